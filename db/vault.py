"""The data folder before it is opened: what the first screens and the commands ask of it.

Importing this module is cheap; keys come when they are asked for, SQLAlchemy with the first ``create`` or
``open``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from db.folder import StorageState, storage_state

if TYPE_CHECKING:
    from db.engine import SqlStorage
    from db.keys import KeyKind, KeyStore


class FolderVault:
    """``app.usecases.ports.Vault`` on a folder of this computer. ``now`` is the clock of what is stored."""

    def __init__(self, folder: Path, now: Callable[[], datetime] | None = None) -> None:
        self._folder = folder
        self._now = now

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._folder

    def state(self) -> StorageState:
        """What is in the folder: nothing yet, database and key, or one without the other."""
        return storage_state(self._folder)

    def kind(self) -> KeyKind:
        """How the key is kept. EnvironmentProblem: ``key-missing``, ``key-damaged``, ``key-newer``."""
        return self._keys().kind()

    def keyring_usable(self) -> bool:
        """Whether this computer has a key ring that can keep the key. Tried out: may take a moment."""
        return self._keys().keyring_usable()

    def create(self, kind: KeyKind, passphrase: str | None = None) -> SqlStorage:
        """Make key and database and open them. Raises what ``db.engine.create_storage`` raises."""
        from db.engine import create_storage, local_now

        return create_storage(self._folder, kind, passphrase, now=self._now or local_now)

    def open(self, passphrase: str | None = None) -> SqlStorage:
        """Open what is there. Raises what ``db.engine.open_storage`` raises."""
        from db.engine import local_now, open_storage

        return open_storage(self._folder, lambda keys: keys.unlock(passphrase), now=self._now or local_now)

    def change(self, kind: KeyKind, passphrase: str | None = None, old_passphrase: str | None = None) -> None:
        """Keep the same key another way; rewrites the key file only. An open database stays open.

        ``passphrase`` is the new one, ``old_passphrase`` the one that opens it now. Raises what
        ``KeyStore.change`` raises.
        """
        self._keys().change(kind, passphrase=old_passphrase, new_passphrase=passphrase)

    def check(self, passphrase: str) -> None:
        """Refuse a passphrase that does not open the key. Raises what ``KeyStore.unlock`` raises."""
        self._keys().check(passphrase)

    def has_recovery(self) -> bool:
        """Whether a recovery code opens the key, too. EnvironmentProblem as ``kind``."""
        return self._keys().has_recovery()

    def renew_recovery(self, passphrase: str | None = None) -> str:
        """Make a recovery code; one made before no longer works. Raises what ``KeyStore.unlock`` raises."""
        return self._keys().renew_recovery(passphrase)

    def check_recovery(self, code: str) -> None:
        """Refuse a recovery code that does not open the key. Raises what ``KeyStore.unlock_with_recovery``
        raises.
        """
        self._keys().unlock_with_recovery(code)

    def open_with_recovery(self, code: str) -> SqlStorage:
        """Open with the recovery code. Raises what that and ``db.engine.open_storage`` raise."""
        from db.engine import local_now, open_storage

        return open_storage(
            self._folder, lambda keys: keys.unlock_with_recovery(code), now=self._now or local_now
        )

    def change_with_recovery(self, code: str, kind: KeyKind, passphrase: str | None = None) -> None:
        """Keep the key another way where the old way is lost. Raises what
        ``KeyStore.change_with_recovery`` raises.
        """
        self._keys().change_with_recovery(code, kind, passphrase)

    def restore(self, backup: Path, passphrase: str | None = None) -> Path:
        """Put a backup in the place of the data, which nobody may have open; where the data of before are
        kept comes back. Raises what ``KeyStore.unlock`` and ``db.restore.restore_over`` raise.
        """
        from db.engine import PATIENCE, local_now
        from db.restore import restore_over

        key = self._keys().unlock(passphrase)
        return restore_over(self._folder, key, backup, PATIENCE, self._now or local_now)

    def restore_new(self, backup: Path, passphrase: str | None = None, recovery_code: str = "") -> Path:
        """Begin with a backup and the key file beside it, where there are no data yet. Raises what unlocking
        and ``db.restore.restore_into`` raise.
        """
        from db.engine import PATIENCE
        from db.restore import restore_into

        def unlock(keys: KeyStore) -> bytes:
            return keys.unlock_with_recovery(recovery_code) if recovery_code else keys.unlock(passphrase)

        return restore_into(self._folder, backup, unlock, PATIENCE)

    def _keys(self) -> KeyStore:
        from db.keys import KeyStore

        return KeyStore(self._folder)
