"""A backup in the place of the data, while the window stands."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.errors import EnvironmentProblem
from app.usecases.backups import Backups, RestorePlan
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.restore_backup import check_restoring, record_restore
from app.usecases.vault_ports import Vault
from ui.opening import StorageLater
from ui.operations.hub import Changed, Outcome

DAMAGED = frozenset({"database-damaged", "database-missing", "not-a-database", "disk-error"})
"""What of the data themselves makes going back to a backup the way out."""


@dataclass(frozen=True)
class Restored:
    """Where the data of before are kept; or why nothing was changed."""

    before: Path | None = None
    problem: EnvironmentProblem | None = None


def read_plan(backups: Backups, path: Path) -> RestorePlan | EnvironmentProblem:
    """On the worker for long work: open a backup, and see what going back to it would lose."""
    try:
        return backups.plan(path)
    except EnvironmentProblem as problem:
        return problem


def restore_data(desk: Desk, vault: Vault, path: Path, passphrase: str | None) -> Outcome[Restored]:
    """Close the data, put the backup in their place and open it, with whoever is signed in recorded; then
    nobody is signed in. What the machine refuses leaves everything as it was, opened again.

    Raises UserError ``not-permitted``, ``wrong-passphrase`` before anything is closed; EnvironmentProblem
    where what was put there can't be opened.
    """
    by = _check(desk)
    if passphrase is not None:
        vault.check(passphrase)
    staff = desk.storage.signed_in
    desk.storage.close()
    try:
        before = vault.restore(path, passphrase)
    except EnvironmentProblem as problem:
        _open_as_before(desk, passphrase, staff)
        return Outcome(Restored(problem=problem), Changed())
    except BaseException:
        _open_as_before(desk, passphrase, staff)
        raise
    _open_again(desk, passphrase, staff)
    desk.take_catalogue(desk.catalogue.anew())  # own tariff files may have come back
    record_restore(desk, path, before, by)
    desk.storage.let_in("")
    return Outcome(Restored(before), Changed())


def _check(desk: Desk) -> str:
    """Who does it. Data that can't be read can't say who may ("" then); whoever has their key may."""
    try:
        check_restoring(desk)
        return who(desk.settings())
    except EnvironmentProblem as problem:
        if problem.code not in DAMAGED:
            raise
    return ""


def _open_as_before(desk: Desk, passphrase: str | None, staff: str) -> None:
    """As far as it could be opened before."""
    with suppress(EnvironmentProblem):
        _open_again(desk, passphrase, staff)


def _open_again(desk: Desk, passphrase: str | None, staff: str) -> None:
    if passphrase is not None and isinstance(desk.storage, StorageLater):
        desk.storage.unlock(passphrase)
    desk.storage.let_in(staff)
