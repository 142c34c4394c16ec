"""Keeps the one window standing, and makes it anew when language or text size change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.usecases.desk import Desk
from app.words import set_language
from ui.background import Background
from ui.main_window import MainWindow
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import theme

if TYPE_CHECKING:
    from app.usecases.vault_ports import Vault

_TOLD_SECONDS = 20


class Shell(QObject):
    """`Shell(app, desk, tasks, preferences, vault).show()` opens the desktop on a desk."""

    def __init__(
        self,
        app: QApplication,
        desk: Desk,
        tasks: Tasks,
        preferences: Preferences,
        vault: Vault | None = None,
    ) -> None:
        super().__init__(app)
        self.session = Session(desk, tasks, preferences, vault, self)
        self.session.look_changed.connect(self._on_look_changed)
        self.session.data_replaced.connect(self._on_data_replaced)
        self.background = Background(self.session)
        self.window = MainWindow(self.session)

    def show(self) -> None:
        """Show the window as it was left."""
        if self.session.preferences.maximized:
            self.window.showMaximized()
        else:
            self.window.show()

    def _on_look_changed(self) -> None:
        preferences = self.session.preferences
        old = self.window
        old.remember()
        set_language(preferences.language)
        theme.set_language(preferences.language)
        theme.set_look(preferences.look, preferences.text_size)
        self._stand_anew(old)
        self.session.read_tariffs()

    def _stand_anew(self, old: MainWindow) -> None:
        self.window = MainWindow(self.session)
        self.window.stand_like(old)
        self.show()
        old.hide()
        old.deleteLater()

    def _on_data_replaced(self, told: str) -> None:
        """Nothing that stands in the window is true any more."""
        old = self.window
        old.remember()
        self.session.preferences.place = "home"
        self._stand_anew(old)
        self.window.toasts.show_message(told, seconds=_TOLD_SECONDS)
