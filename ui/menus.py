"""Menus that open at a place, do one thing, and are gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from ui import icons


class Menu(QMenu):
    """A menu of named functions. It dies when it closes, and what its entries hold dies with it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts: dict[QAction, tuple[Callable[..., Any], tuple[Any, ...]]] = {}
        self.triggered.connect(self._on_triggered)

    def add_item(self, icon: str, words: str, act: Callable[..., Any], *arguments: Any) -> QAction:
        """An entry that calls `act(*arguments)`."""
        action = self.addAction(icons.icon(icon), words.replace("&", "&&"))
        self._acts[action] = (act, arguments)
        return action

    def open_at(self, where: QPoint) -> None:
        """Open with the first entry chosen."""
        self.aboutToHide.connect(self.deleteLater)
        self.popup(where)
        if self.actions():
            self.setActiveAction(self.actions()[0])

    def _on_triggered(self, action: QAction) -> None:
        act, arguments = self._acts[action]
        act(*arguments)
