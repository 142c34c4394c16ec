"""What does not show when the look changes: it gets its new clothes in slices, or at once when it comes up.

Where every page was opened once thousands of widgets stand, and Qt dresses all of them in one go: for a
second nothing answers. It leaves out whatever is marked as never dressed or as dressed by itself (no widget
here has a style of its own).
"""

from __future__ import annotations

from collections import deque
from time import perf_counter

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from ui.qt import Event, Widget

SLICE_SECONDS = 0.01
_OWN, _DRESSED = Widget.WA_SetStyle, Widget.WA_WState_Polished  # asked for by the thousand


class Stale(QObject):
    """`leave_out` before the sheet is taken away, `begin` when the new one is on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # While some widget wears a sheet of its own, what Qt remembers of all of them (how they looked
        # without one, that they are to be forgotten when they die) stays when the sheet of the program goes.
        self._memory = QWidget()
        self._memory.setStyleSheet("*{}")
        self._marked: list[QWidget] = []
        self._waiting: deque[QWidget] = deque()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next_slice)

    @property
    def waiting(self) -> int:
        """How many widgets still wear the look before."""
        return len(self._waiting)

    def leave_out(self, app: QApplication) -> None:
        """From now on Qt passes over everything that does not show."""
        self._timer.stop()
        self._marked = [one for one in app.allWidgets() if not one.isVisible()]
        for one in self._marked:
            one.setAttribute(_OWN, True)
            if one.testAttribute(_DRESSED):
                one.setAttribute(_DRESSED, False)
                self._waiting.append(one)

    def begin(self) -> None:
        """The new sheet is on: the rest follows."""
        for one in self._marked:
            if shiboken6.isValid(one):
                one.setAttribute(_OWN, False)
        self._marked.clear()
        for one in self._waiting:
            if shiboken6.isValid(one) and (one.isHidden() or one.isWindow()):
                one.installEventFilter(self)  # somebody may go there sooner
        if self._waiting:
            self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == Event.Show and isinstance(watched, QWidget):
            for one in (watched, *watched.findChildren(QWidget)):
                if one.isVisible() or one.isVisibleTo(watched):
                    self._dress(one)
        return False

    def _next_slice(self) -> None:
        until = perf_counter() + SLICE_SECONDS
        while self._waiting and perf_counter() < until:
            one = self._waiting.popleft()
            if shiboken6.isValid(one):
                one.removeEventFilter(self)
                self._dress(one)
        if not self._waiting:
            self._timer.stop()

    def _dress(self, one: QWidget) -> None:
        """As Qt does it itself; once, for whatever was dressed is marked so."""
        if one.testAttribute(_DRESSED):
            return
        one.style().polish(one)
        one.setAttribute(_DRESSED, True)
        QCoreApplication.sendEvent(one, QEvent(Event.StyleChange))
        one.update()
