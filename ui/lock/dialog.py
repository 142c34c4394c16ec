"""The lock where a question stands open: its question is covered, and the lock asks above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from app.words import _, pgettext
from ui.qt import CENTRE, Event, Key, Window
from ui.theme import theme
from ui.widgets.layout import on_surface
from ui.widgets.text import Label

if TYPE_CHECKING:
    from ui.lock.screen import LockScreen


class _Cover(QWidget):
    """Lies over everything a window shows."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        on_surface(self, "window")
        self.title = window.windowTitle()
        window.setWindowTitle(pgettext("program", "窓口"))
        box = QVBoxLayout(self)
        box.addWidget(Label(_("ロックしています"), "body", "text2"), 0, CENTRE)
        self.setGeometry(window.rect())
        window.installEventFilter(self)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        holder = self.parentWidget()
        if event.type() == Event.Resize and holder is not None:
            self.setGeometry(holder.rect())
        return False


def cover(window: QWidget) -> None:
    """Let nothing of a window be read, whose cover is still missing."""
    if any(isinstance(one, _Cover) for one in window.children()):  # not one of a window opened from it
        return
    made = _Cover(window)
    made.show()
    made.raise_()


def uncover_all() -> None:
    """Take every cover away."""
    for window in QApplication.topLevelWidgets():
        for one in [child for child in window.children() if isinstance(child, _Cover)]:
            window.setWindowTitle(one.title)
            one.hide()
            one.deleteLater()


class LockDialog(QDialog):
    """Asks above the question that stood there. It can't be put away, only answered."""

    def __init__(self, above: QWidget, screen: LockScreen) -> None:
        super().__init__(above, Window.Dialog | Window.CustomizeWindowHint | Window.WindowTitleHint)
        self.setWindowTitle(pgettext("program", "窓口"))
        self.setModal(True)
        on_surface(self, "panel")
        self._done = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(screen.lift())
        self.setFixedWidth(theme.size.dialog_width)

    def stand_above(self, question: QWidget) -> None:
        """Above the question on the screen, without dying with it."""
        self.winId()  # makes the window
        window, below = self.windowHandle(), question.windowHandle()
        if window is not None and below is not None:
            window.setTransientParent(below)

    def close_for_good(self) -> None:
        """It was answered."""
        self._done = True
        self.hide()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Key.Key_Escape:
            super().keyPressEvent(event)

    def reject(self) -> None:
        if self._done:
            super().reject()
