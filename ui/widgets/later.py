"""Parts of a page that are made one after the other, each in a turn of events of its own.

A page with many parts that nobody sees at first would hold the window for a tenth of a second if all of them
were made at once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QTimer


class Later(QObject):
    """`Later(page, {"notes": make_notes, …})`: `take("notes")` makes it now where it is not made yet."""

    def __init__(self, page: QObject, makers: dict[str, Callable[[], Any]]) -> None:
        super().__init__(page)
        self._makers = makers
        self._waiting = deque(makers)
        self._made: dict[str, Any] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def take(self, name: str) -> Any:
        """The part."""
        if name not in self._made:
            self._made[name] = self._makers[name]()
        return self._made[name]

    def has(self, name: str) -> bool:
        """Whether it is made already."""
        return name in self._made

    def _next(self) -> None:
        while self._waiting:
            name = self._waiting.popleft()  # tried once: what can't be made is told when somebody wants it
            if name not in self._made:
                self.take(name)
                return
        self._timer.stop()
