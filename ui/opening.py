"""A database that is opened when it is first asked for, by the database worker, after the window stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from app.errors import EnvironmentProblem
    from app.usecases.backups import Backups
    from app.usecases.findings import Finding
    from app.usecases.ports import Storage, StorageStatus, UnitOfWork


class StorageLater:
    """A Storage that `open_(passphrase)` makes on first use, without a passphrase. What that raises is
    raised by every use
    until it succeeds; `UserError passphrase-needed` is mended by `unlock`.

    Opened and closed by one thread, the database worker; once it is open others may use it, too. After
    `close` the next use opens it anew, as when a backup was put in its place.
    """

    def __init__(self, open_: Callable[[str | None], Storage], opened: Storage | None = None) -> None:
        self._open = open_
        self._storage = opened
        self._signed_in = ""

    def _opened(self) -> Storage:
        if self._storage is None:
            self._storage = self._open(None)
        return self._storage

    def unlock(self, passphrase: str) -> None:
        """Open it with a passphrase. Raises what opening raises."""
        if self._storage is None:
            self._storage = self._open(passphrase)

    def unlock_by(self, opening: Callable[[], Storage]) -> None:
        """Open it another way. Raises what that raises."""
        if self._storage is None:
            self._storage = opening()

    @property
    def signed_in(self) -> str:
        """The id of who signed in at this window; "" before that."""
        return self._signed_in

    def let_in(self, staff_id: str) -> None:
        """From now on this member works at this window; "": nobody."""
        self._opened().let_in(staff_id)
        self._signed_in = staff_id

    @contextmanager
    def work(self) -> Iterator[UnitOfWork]:
        """A transaction that may write."""
        with self._opened().work() as work:
            yield work

    @contextmanager
    def look(self) -> Iterator[UnitOfWork]:
        """A transaction that only reads."""
        with self._opened().look() as work:
            yield work

    def status(self) -> StorageStatus:
        """Where the data are and how the key is kept."""
        return self._opened().status()

    @property
    def trouble(self) -> EnvironmentProblem | None:
        """What was found wrong when it was opened."""
        return self._storage.trouble if self._storage is not None else None

    @property
    def backups(self) -> Backups:
        """Its backups."""
        return self._opened().backups

    def findings(self, told: Callable[[str], bool] | None = None) -> list[Finding]:
        """Look through everything stored."""
        return self._opened().findings(told)

    def back_up(self, name: str = "") -> Path:
        """Copy the database as it is now."""
        return self._opened().back_up(name)

    def scrub(self) -> None:
        """Take what was deleted out of the file and its journal."""
        self._opened().scrub()

    def close(self) -> None:
        """Close it if it was ever opened."""
        if self._storage is not None:
            self._storage.close()
            self._storage = None
