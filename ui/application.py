"""From the start of the program to its window: preferences, fonts, first run or key, the desk, and the end."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentProblem, UserError
from app.logs import catch_bugs, start_log
from app.places import log_dir, resources
from app.usecases.desk import Desk
from app.usecases.ports import Storage, Vault
from app.words import _, set_language
from ui.opening import StorageLater
from ui.preferences import Preferences
from ui.shell import Shell
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from ui.firstrun.controller import FirstRun


class Parts(Protocol):
    """What main.py hands over."""

    data: Path

    def today(self) -> date:
        """The day on the clock."""
        ...

    def vault(self, subfolder: str = "") -> Vault:
        """The data folder before it is opened."""
        ...

    def desk_of(self, storage: Storage) -> Desk:
        """A desk with a database."""
        ...


def open_window(parts: Parts, language: str | None = None) -> int:
    """Open the desktop and stay until it is closed. Returns the exit status.

    Raises EnvironmentProblem when not even a window can be shown (the fonts are missing).
    """
    preferences = Preferences.load(parts.data)
    preferences.language = language or preferences.language
    set_language(preferences.language)
    app = QApplication.instance()
    app = app if isinstance(app, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("Madoguchi")
    app.setApplicationDisplayName(_("窓口"))
    theme.install(
        app,
        resources(),
        look=preferences.look,
        percent=preferences.text_size,
        language=preferences.language,
    )
    app.setWindowIcon(QIcon(str(resources("app-icon", "madoguchi-256.png"))))
    FocusRing(app)
    start = Start(app, parts, preferences)
    start.begin()
    status = app.exec()
    start.end()
    return status


class Start(QObject):
    """Goes from what the data folder holds to an open window."""

    def __init__(self, app: QApplication, parts: Parts, preferences: Preferences) -> None:
        super().__init__(app)
        self._app = app
        self._parts = parts
        self._preferences = preferences
        self._storage: Storage | None = None
        self._first: FirstRun | None = None
        self.shell: Shell | None = None
        self.tasks = Tasks(app)
        self.tasks.collect_garbage_here()
        logs = log_dir(parts.data)
        catch_bugs(logs, self.tasks.on_bug)
        if parts.data.is_dir():
            # A desk that can't write a log can still show what it holds; opening it tells the rest.
            with suppress(EnvironmentProblem):
                start_log(logs)

    def begin(self) -> None:
        """Show the first page, the question for the passphrase, or the desk."""
        vault = self._parts.vault()
        if vault.state() == "new":
            from ui.firstrun.controller import FirstRun

            self._first = FirstRun(self.tasks, self._parts, self._preferences)
            self._first.ready.connect(self._open_desk)
            self._first.begin()
        elif vault.state() == "ready" and _kind(vault) == "passphrase":
            self._ask_passphrase(vault)
        else:
            self._open_desk(StorageLater(vault.open))

    def _ask_passphrase(self, vault: Vault) -> None:
        from ui.firstrun.unlock_dialog import UnlockDialog

        storage = UnlockDialog.ask(self.tasks, vault.open)
        if storage is None:
            QTimer.singleShot(0, self._app.quit)  # once the event loop runs
        else:
            self._open_desk(storage)  # type: ignore[arg-type]

    def _open_desk(self, storage: Storage) -> None:
        self._storage = storage
        desk = self._parts.desk_of(storage)
        self.shell = Shell(self._app, desk, self.tasks, self._preferences, self._parts.vault())
        self.shell.show()
        if self._first is not None:
            self._first.close()
            self._first = None

    def end(self) -> None:
        """Finish what the workers still do, then close the database."""
        self.tasks.stop()
        if self._storage is not None:
            self._storage.close()


def _kind(vault: Vault) -> str:
    """How the key is kept; "" when the key file can't tell, which opening will say better."""
    try:
        return vault.kind()
    except (EnvironmentProblem, UserError):
        return ""
