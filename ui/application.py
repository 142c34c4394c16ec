"""From the start of the program to its window: preferences, fonts, first run or key, desk, and the end."""

from __future__ import annotations

import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentProblem
from app.logs import catch_bugs, start_log
from app.places import log_dir, resources
from app.usecases.desk import Desk
from app.words import pgettext, set_language
from ui.opening import StorageLater
from ui.preferences import Preferences
from ui.qt import Connection
from ui.shell import Shell
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.focus_ring import FocusRing

if TYPE_CHECKING:
    from app.usecases.ports import Storage
    from app.usecases.vault_ports import Vault
    from ui.firstrun.controller import FirstRun


_RING_TROUBLE = frozenset({"key-not-in-keyring", "keyring-unavailable"})


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
    app = app if isinstance(app, QApplication) else QApplication([*sys.argv[:1], "-style", "Fusion"])
    app.setApplicationName("Madoguchi")
    app.setApplicationDisplayName(pgettext("program", "窓口"))
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
        self._asking = False
        self.tasks = Tasks(app)
        self.tasks.environment_problem.connect(self._on_environment)
        catch_bugs(log_dir(parts.data), self.tasks.on_bug)

    def _start_log(self) -> None:
        """A desk that can't write a log can still show what it holds; opening it tells the rest."""
        if self._parts.data.is_dir():
            with suppress(EnvironmentProblem):
                start_log(log_dir(self._parts.data))

    def begin(self) -> None:
        """Show the first page or the desk."""
        vault = self._parts.vault()
        if vault.state() == "new":
            from ui.firstrun.controller import FirstRun

            self._first = FirstRun(self.tasks, self._parts, self._preferences)
            self._first.ready.connect(self._open_desk)
            self._first.begin()
        else:
            self._open_desk(StorageLater(vault.open))

    def _on_passphrase_wanted(self) -> None:
        """The window stands already; the question stands before it."""
        self._ask_key(code_only=False)

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        """A key ring that does not know the key: the recovery code may open the data all the same."""
        shell = self.shell
        if problem.code in _RING_TROUBLE and shell is not None and shell.session.standing is None:
            QTimer.singleShot(0, self, self._on_ring_trouble)

    def _on_ring_trouble(self) -> None:
        with suppress(EnvironmentProblem):
            if self._parts.vault().has_recovery():
                self._ask_key(code_only=True)

    def _ask_key(self, *, code_only: bool) -> None:
        from ui.firstrun.unlock_dialog import UnlockDialog

        storage, shell, vault = self._storage, self.shell, self._parts.vault()
        if self._asking or shell is None or not isinstance(storage, StorageLater):
            return
        self._asking = True

        def by_code(code: str) -> None:
            storage.unlock_by(lambda: vault.open_with_recovery(code))

        known = code_only or vault.has_recovery()
        code = UnlockDialog.ask_any(
            self.tasks, storage.unlock, by_code if known else None, shell.window, code_only=code_only
        )
        self._asking = False
        if code is not None:
            shell.session.read()
            if code:
                self._ask_new_key(code)
        elif not code_only:
            shell.window.close()

    def _ask_new_key(self, code: str) -> None:
        """The data were opened by the recovery code: how the key is kept from now on."""
        from ui.lock.new_key_dialog import NewKeyDialog

        if self.shell is not None:
            dialog = NewKeyDialog(self.shell.window, self.shell.session, code)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    def _open_desk(self, storage: Storage) -> None:
        if not isinstance(storage, StorageLater):  # as it must be for a backup to be put in its place
            storage = StorageLater(self._parts.vault().open, storage)
        self._storage = storage
        self.tasks.wait_for_picture()
        desk = self._parts.desk_of(storage)
        self.shell = Shell(self._app, desk, self.tasks, self._preferences, self._parts.vault())
        self.shell.session.passphrase_wanted.connect(self._on_passphrase_wanted, Connection.QueuedConnection)
        self.shell.show()
        self.tasks.after_picture(self._start_log)
        if self._first is not None:
            code = self._first.code_used
            self._first.close()
            self._first = None
            if code:
                self._ask_new_key(code)

    def end(self) -> None:
        """Finish what the workers still do, then close the database."""
        self.tasks.stop()
        if self._storage is not None:
            self._storage.close()
