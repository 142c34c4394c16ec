"""Long work in small steps on the database worker, so that whatever else is asked gets in between."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.usecases.desk import Desk
from ui.operations.hub import Outcome
from ui.session import Session

_AT_ONCE = 4  # papers: about a tenth of a second


class Steps(QObject):
    """``start(items, step)`` calls ``step(desk, some of them)``, which gives a result for each; ``stepped``
    carries those results, ``ended`` whether everything was done (False: stopped, or it could not go on).
    """

    stepped = Signal(list)
    ended = Signal(bool)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._items: Sequence[Any] = ()
        self._step: Callable[[Desk, Sequence[Any]], Outcome[list[Any]]] | None = None
        self._stopping = False
        self._gone_on = False
        self._began = 0.0
        self.done = 0

    @property
    def running(self) -> bool:
        """Whether something is being worked on."""
        return self._step is not None

    @property
    def count(self) -> int:
        """How many there are in all."""
        return len(self._items)

    def start(self, items: Sequence[Any], step: Callable[[Desk, Sequence[Any]], Outcome[list[Any]]]) -> None:
        """Begin. Nothing happens while something is under way."""
        if self._step is not None:
            return
        self._items, self._step, self.done = items, step, 0
        self._stopping, self._began = False, monotonic()
        self._next()

    def stop(self) -> None:
        """Stop after what is at hand; what is done stays done."""
        self._stopping = True

    def seconds_left(self) -> int | None:
        """How long the rest takes at the pace so far; None before anybody can tell."""
        if not self.done:
            return None
        return round((monotonic() - self._began) * (self.count - self.done) / self.done)

    def _next(self) -> None:
        if self._stopping or self.done >= self.count:
            self._end(finished=self.done >= self.count)
            return
        some = self._items[self.done : self.done + _AT_ONCE]
        assert self._step is not None
        self._session.hub.run(
            self._step, some, done=self._on_step, failed=self._on_refused, ended=self._on_ended, owner=self
        )

    def _on_ended(self) -> None:
        """Trouble with the machine is told by nobody else: unless results follow, it ends here."""
        self._gone_on = False
        self._session.tasks.after_picture(self._look_whether_it_ended)

    def _look_whether_it_ended(self) -> None:
        if not self._gone_on and self._step is not None:
            self._end(finished=False)

    def _on_step(self, results: list[Any]) -> None:
        self._gone_on = True
        self.done += len(results)
        self.stepped.emit(results)
        self._next()

    def _on_refused(self, error: object) -> None:
        self._gone_on = True
        self._session.tasks.user_error.emit(error)
        self._end(finished=False)

    def _end(self, *, finished: bool) -> None:
        self._step = None
        self.ended.emit(finished)
