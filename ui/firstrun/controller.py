"""Shows the first page and makes the database from its answers, off the GUI thread."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import EnvironmentProblem, UserError
from app.usecases.ports import Storage
from app.usecases.vault_ports import Vault
from app.words import set_language
from ui.firstrun.answers import Answers
from ui.firstrun.window import FirstRunWindow
from ui.preferences import Preferences
from ui.tasks import Tasks
from ui.theme import theme

if TYPE_CHECKING:
    from ui.application import Parts
    from ui.lock.recovery_dialog import RecoveryDialog


@dataclass(frozen=True)
class Made:
    """The opened storage of a new desk, and the recovery code of its key ("" where it is unprotected)."""

    storage: Storage
    code: str


def make_desk(parts: Parts, vault: Vault, answers: Answers) -> Made:
    """On the database worker: key and database, then settings and pictures, then a recovery code.

    Raises UserError (the passphrase), EnvironmentProblem.
    """
    from app.usecases.keep_key import renew_recovery
    from app.usecases.keep_settings import save_image, save_settings

    storage = vault.create(answers.key_kind, answers.passphrase or None)
    try:
        desk = parts.desk_of(storage)
        with suppress(
            UserError
        ):  # the page has checked them; whatever is still wrong is asked for in the settings
            save_settings(desk, answers.settings())
            for name, data in (("logo", answers.logo), ("seal", answers.seal)):
                if data is not None:
                    save_image(desk, name, data)
        code = "" if answers.key_kind == "none" else renew_recovery(desk, vault, answers.passphrase or None)
    except BaseException:
        storage.close()
        raise
    return Made(storage, code)


class FirstRun(QObject):
    """`ready` carries the opened storage."""

    ready = Signal(object)

    def __init__(self, tasks: Tasks, parts: Parts, preferences: Preferences) -> None:
        super().__init__(tasks)
        self._tasks = tasks
        self._parts = parts
        self._preferences = preferences
        self._keyring = False
        self.window: FirstRunWindow | None = None
        self.recovery: RecoveryDialog | None = None
        self._made: Made | None = None
        self.code_used = ""  # a recovery code opened the backup one began with
        tasks.environment_problem.connect(self._on_environment)

    def begin(self) -> None:
        """Ask whether there is a key ring, then show the page."""
        self._tasks.database.submit(self._parts.vault().keyring_usable, done=self._on_keyring, owner=self)

    def _on_keyring(self, usable: bool) -> None:
        self._keyring = usable
        self._show(None)

    def _show(self, answers: Answers | None) -> None:
        old = self.window
        self.window = FirstRunWindow(self._tasks, self._parts.today(), keyring=self._keyring, answers=answers)
        self.window.answered.connect(self._on_answered)
        self.window.skipped.connect(self._on_answered)
        self.window.language_wanted.connect(self._on_language)
        self.window.backup_wanted.connect(self._on_backup)
        if old is not None:
            self.window.setGeometry(old.geometry())
        self.window.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _on_language(self, answers: Answers) -> None:
        self._preferences.language = "en" if self._preferences.language == "ja" else "ja"
        set_language(self._preferences.language)
        theme.set_language(self._preferences.language)
        self._show(answers)

    def _on_backup(self) -> None:
        from ui.firstrun.from_backup import FromBackupDialog

        dialog = FromBackupDialog(self.window, self._tasks, self._parts.vault())
        dialog.opened.connect(self._on_began)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_began(self, storage: Storage, code: str) -> None:
        self._preferences.save()
        self.code_used = code
        self.ready.emit(storage)

    def _on_answered(self, answers: Answers) -> None:
        if self.window is None:
            return
        self.window.set_busy(True)
        self._tasks.database.submit(
            make_desk,
            self._parts,
            self._parts.vault(),
            answers,
            done=self._on_made,
            failed=self._on_refused,
            owner=self,
        )

    def _on_made(self, made: Made) -> None:
        """The desk opens when the recovery code was seen."""
        self._preferences.save()
        self._made = made
        if not made.code or self.window is None:
            self._on_code_seen()
            return
        from ui.lock.recovery_dialog import RecoveryDialog

        draw = self._parts.desk_of(made.storage).draw
        settings = self.window.answers().settings()
        path = made.storage.status().path
        dialog = RecoveryDialog(
            self.window, self._tasks, draw, made.code, settings, self._parts.today(), path
        )
        self.recovery = dialog
        dialog.finished.connect(self._on_code_seen)
        dialog.open()

    def _on_code_seen(self, _result: int = 0) -> None:
        made, self._made = self._made, None
        self.recovery = None
        if made is not None:
            self.ready.emit(made.storage)

    def _on_refused(self, error: UserError) -> None:
        if self.window is not None:
            self.window.show_refusal(error)

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        if self.window is not None and self.window.isVisible():
            self.window.show_environment(problem)

    def close(self) -> None:
        """The desk stands: the page goes."""
        if self.window is not None:
            self.window.close()
            self.window.deleteLater()
            self.window = None
        self.deleteLater()
