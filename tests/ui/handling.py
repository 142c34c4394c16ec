"""What tests of widgets do over and over: hear signals, stand widgets in a window, type into them."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from ui.widgets.layout import column


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
