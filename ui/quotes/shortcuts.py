"""The keys of the editor, in one place; the manual lists the same ones."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from ui.qt import Event, ShortcutScope

UNDO, REDO = "Ctrl+Z", "Ctrl+Y"
COMPARE = "Ctrl+B"  # 並べて比較, from the editor and from the list


def add_shortcut(owner: QWidget, key: str, act: Callable[[], object]) -> None:
    """A key that works anywhere on the page."""
    shortcut = QShortcut(QKeySequence(key), owner)
    shortcut.setContext(ShortcutScope.WidgetWithChildrenShortcut)
    shortcut.activated.connect(act)


class UndoKeys(QObject):
    """Ctrl+Z and Ctrl+Y belong to the quotation, not to the one field the cursor is in.

    Qt's line edits take these keys for themselves; the edit that has the focus is watched, so that it
    does not.
    """

    _KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)

    def __init__(self, page: QWidget, undo: Callable[[], object], redo: Callable[[], object]) -> None:
        super().__init__(page)
        self._page = page
        self._watched: QWidget | None = None
        add_shortcut(page, UNDO, undo)
        for key in (REDO, "Ctrl+Shift+Z"):
            add_shortcut(page, key, redo)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if now is not None and self._page.isAncestorOf(now):
            self._watched = now
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != Event.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        ours = any(event.matches(key) for key in self._KEYS)
        if ours:
            event.ignore()
        return ours
