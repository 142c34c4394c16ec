"""What tests of widgets do over and over: hear signals, stand widgets in a window, type into them."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets.layout import column

_LONGEST_PAUSE_MS = 500


class Ear:
    """Hears signals."""

    def __init__(self) -> None:
        self.heard: list[object] = []

    def hear(self, what: object = None) -> None:
        self.heard.append(what)


def holder(*widgets: QWidget) -> QWidget:
    """A window with widgets one below the other."""
    window = QWidget()
    window.setLayout(column(*widgets, None))
    return window


def type_into(widget: QWidget, text: str) -> None:
    """Replace what stands in an edit, as with the keyboard."""
    widget.setFocus()
    edit = widget.focusWidget() or widget
    QTest.keySequence(edit, "Ctrl+A")
    QTest.keyClicks(edit, text)


def pause(settle: Callable[[], None]) -> None:
    """Type no more until whatever waits for that has begun, and what it began has come to rest."""
    deadline = monotonic() + 120
    while any(map(_waits, QApplication.topLevelWidgets())):
        assert monotonic() < deadline, "something waits for ever"
        QTest.qWait(5)
    settle()


def _waits(window: QWidget) -> bool:
    timers = window.findChildren(QTimer)
    return any(
        one.isActive() and one.isSingleShot() and one.interval() <= _LONGEST_PAUSE_MS for one in timers
    )
