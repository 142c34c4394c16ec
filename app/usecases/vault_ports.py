"""What is asked of the data folder before it is opened: its key, and how that is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from app.usecases.ports import Storage

KeyKind = Literal["keyring", "passphrase", "none"]
VaultState = Literal["new", "ready", "key-missing", "database-missing"]


class Vault(Protocol):
    """The data folder before it is opened: its database and the key file beside it.

    ``main.py`` hands one to the window, which asks for the passphrase or runs the first-run screen.
    """

    @property
    def folder(self) -> Path: ...

    def state(self) -> VaultState: ...

    def kind(self) -> KeyKind:
        """How the key is kept. Raises EnvironmentProblem when the key file is missing or damaged."""
        ...

    def keyring_usable(self) -> bool:
        """Whether this computer has a key ring that can keep the key."""
        ...

    def create(self, kind: KeyKind, passphrase: str | None = None) -> Storage:
        """Make key and database and open them. Raises UserError (``passphrase-too-short``),
        EnvironmentProblem.
        """
        ...

    def open(self, passphrase: str | None = None) -> Storage:
        """Open what is there. Raises UserError (``wrong-passphrase``, ``passphrase-needed``),
        EnvironmentProblem.
        """
        ...

    def change(self, kind: KeyKind, passphrase: str | None = None, old_passphrase: str | None = None) -> None:
        """Keep the same key another way; rewrites the key file only. Raises as ``create`` and ``open`` do."""
        ...

    def check(self, passphrase: str) -> None:
        """Refuse a passphrase that does not open the key. UserError ``wrong-passphrase``."""
        ...

    def has_recovery(self) -> bool:
        """Whether a recovery code opens the key, too."""
        ...

    def renew_recovery(self, passphrase: str | None = None) -> str:
        """Make a recovery code; one made before no longer works. Raises as ``open`` does."""
        ...

    def check_recovery(self, code: str) -> None:
        """Refuse a recovery code that does not open the key. UserError ``bad-recovery-code``,
        ``wrong-recovery-code``, ``no-recovery-code``.
        """
        ...

    def open_with_recovery(self, code: str) -> Storage:
        """Open what is there with the recovery code. Raises as ``check_recovery`` and ``open`` do."""
        ...

    def change_with_recovery(self, code: str, kind: KeyKind, passphrase: str | None = None) -> None:
        """Keep the key another way where the old way is lost. Raises as ``check_recovery`` and ``create``."""
        ...

    def restore(self, backup: Path, passphrase: str | None = None) -> Path:
        """Put a backup in the place of the data, which nobody may have open (``database-locked``); where the
        data of before are kept comes back. Raises UserError (``wrong-passphrase``, ``passphrase-needed``) and
        EnvironmentProblem (``backup-unsound``, ``wrong-key`` …); then nothing has changed.
        """
        ...

    def restore_new(self, backup: Path, passphrase: str | None = None, recovery_code: str = "") -> Path:
        """Begin with a backup and the key file beside it, where there are no data yet. Raises as ``restore``
        and UserError (``wrong-recovery-code`` …), EnvironmentProblem ``database-exists``.
        """
        ...
