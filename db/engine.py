"""Opening and making the database.

``open_storage`` and ``create_storage`` give the ``Storage`` that use cases work with. Importing this module
imports SQLAlchemy (0.17 s): only where storage is really needed. ``db.keys`` tells without it what a folder
holds.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.errors import EnvironmentProblem
from app.places import private_folder
from app.words import _
from db.base import Session
from db.folder import DATABASE_FILE, storage_state
from db.journal import Journal, keep_aside, look_at_journal
from db.key_problems import key_missing
from db.keys import KeyKind, KeyStore
from db.migrate import bring_up_to_date
from db.sqlite import (
    WRITING,
    make_engine,
    refuse_strangers,
    refuse_unwritable,
    side_files,
    telling,
)
from db.work import SqlWork

if TYPE_CHECKING:
    from app.usecases.findings import Finding
    from db.backups import DatabaseBackups

_log: Final = logging.getLogger(__name__)

PATIENCE: Final = 5.0
"""Seconds to wait while another window writes."""

Clock = Callable[[], datetime]
Unlock = Callable[[KeyStore], bytes]


def local_now() -> datetime:
    """Now, with the time zone of the machine."""
    return datetime.now().astimezone()


@dataclass(frozen=True)
class Status:
    """``app.usecases.ports.StorageStatus``."""

    path: str
    key_kind: str
    last_backup: datetime | None
    has_recovery: bool = False


class SqlStorage:
    """``app.usecases.ports.Storage``. May be used from several threads; each transaction stays in one."""

    def __init__(self, folder: Path, keys: KeyStore, key: bytes, patience: float, now: Clock) -> None:
        self.path: Final = folder / DATABASE_FILE
        self._keys: Final = keys
        self._key: Final = key
        self._patience: Final = patience
        self._now: Final = now
        self._engine: Final = make_engine(self.path, key, patience)
        self._writing: Final = threading.local()
        self._signed_in = ""
        self.trouble: EnvironmentProblem | None = None
        """What was found wrong when it was opened, and is to be told."""

    @cached_property
    def backups(self) -> DatabaseBackups:
        """The copies in the folders of backups."""
        from db.backups import DatabaseBackups

        return DatabaseBackups(self.path, self._key, self._patience, self._now, self._keys.travelling)

    def __repr__(self) -> str:
        return f"SqlStorage({self.path!s})"

    @property
    def signed_in(self) -> str:
        """The id of who signed in at this window; "" before that and without PINs."""
        return self._signed_in

    def let_in(self, staff_id: str) -> None:
        """From now on this member works at this window; "": nobody."""
        self._signed_in = staff_id

    @contextmanager
    def work(self) -> Iterator[SqlWork]:
        """A transaction that may write; it has the write lock from its start and is undone unless committed.

        Raises EnvironmentProblem: ``database-locked`` when another window held the lock for too long,
        ``disk-full``, ``database-read-only``, ``disk-error``, ``database-damaged``. RuntimeError inside
        another ``work`` of the same thread, which would wait for itself (a bug).
        """
        if getattr(self._writing, "now", False):
            raise RuntimeError("a transaction that writes is already open in this thread")
        self._writing.now = True
        try:
            with self._transaction({WRITING: True}) as work:
                yield work
        finally:
            self._writing.now = False

    @contextmanager
    def look(self) -> Iterator[SqlWork]:
        """A transaction that only reads: it sees the database as it was when it first looked."""
        with self._transaction({WRITING: False}) as work:
            yield work

    @contextmanager
    def _transaction(self, options: dict[str, bool]) -> Iterator[SqlWork]:
        with (
            telling(self.path, looking=not options[WRITING]),
            self._engine.connect().execution_options(**options) as connection,
        ):
            connection.begin()
            yield SqlWork(Session(connection, self._now, self._signed_in))

    def status(self) -> Status:
        """Where the data are, how the key is kept, and when they were last copied."""
        last = self.backups.last_at()
        return Status(str(self.path), self._keys.kind(), last, self._keys.has_recovery())

    def back_up(self, name: str = "") -> Path:
        """Copy the database as it is now into the folder ``backups``, under the same key; other windows may
        go on. It was opened and found sound.

        Raises EnvironmentProblem when the copy could not be made; then there is none, not half a one.
        """
        return self.backups.copy(name)

    def check(self) -> list[str]:
        """What is wrong inside the database (pages, references, audit chain, papers, scans, sums of closed
        months); empty when it is sound.
        """
        from db.audit import AuditTable
        from db.soundness import unsound
        from db.sqlite import broken_pages, broken_references

        with self.look() as work:
            connection = work.session.connection
            return [
                *broken_pages(connection),
                *broken_references(connection),
                *AuditTable(work.session).check(),
                *work.papers.check(),
                *unsound(connection),
            ]

    def findings(self, told: Callable[[str], bool] | None = None) -> list[Finding]:
        """Look through everything stored. See the port."""
        from db.findings import findings_in

        with self.look() as work:
            return list(findings_in(work, told))

    def scrub(self) -> None:
        """Take what was deleted out of the file itself. See the port."""
        from db.erasure import scrub

        with telling(self.path):
            scrub(self._engine)

    def update_schema(self) -> None:
        """Run the migrations that are missing, after a copy. Raises EnvironmentProblem ``database-newer``."""
        with telling(self.path):
            bring_up_to_date(self._engine, self.path, lambda found: self.back_up(f"schema-{found}"))

    def note_damaged_journal(self, journal: Journal, aside: Path) -> None:
        """Record that something confirmed could not be read after a crash, and where everything was kept."""
        _log.warning("journal damaged: %d commits behind it", journal.behind)
        self.trouble = EnvironmentProblem(
            "journal-damaged",
            _("前回の終了のあと、保存した内容の一部（{count}件まで）が読めなくなっています。").format(
                count=journal.behind
            ),
            kept=_("そのときのファイルは「{name}」に残しました。それより前の内容は読めています。").format(
                name=aside.name
            ),
            remedy=_("最後に登録した内容を確かめてください。足りないときは、もう一度登録してください。"),
        )
        with self.work() as work:
            detail = {"behind": journal.behind, "kept": aside.name}
            work.audit.record("Madoguchi", "journal-damaged", "database", detail)
            work.commit()

    def close(self) -> None:
        """Close the file. What was committed is in it."""
        self._engine.dispose()


def open_storage(
    folder: Path,
    unlock: Unlock = KeyStore.unlock,
    *,
    patience: float = PATIENCE,
    now: Clock = local_now,
) -> SqlStorage:
    """Open the database of a data folder and bring its schema up to date.

    ``unlock`` gets the key store and gives the raw key; as it stands it does for keys without a passphrase,
    else ``lambda keys: keys.unlock(passphrase)``. Nothing is ever created here in place of what is missing.

    Raises UserError (``passphrase-needed``, ``wrong-passphrase``) and EnvironmentProblem
    (``data-folder-missing``, ``no-database``, ``database-missing``, ``key-missing``, ``key-damaged``,
    ``key-newer``, ``keyring-unavailable``, ``key-not-in-keyring``, ``not-a-database``, ``wrong-key``,
    ``database-damaged``, ``database-newer``, ``database-read-only``, ``database-unreadable``,
    ``database-locked``, ``disk-full``).
    """
    refuse_incomplete(folder)
    keys = KeyStore(folder)
    refuse_strangers(folder / DATABASE_FILE, keys.tag())
    key = unlock(keys)
    refuse_unwritable(folder / DATABASE_FILE)
    return _opened(folder, keys, key, patience, now)


def create_storage(
    folder: Path,
    kind: KeyKind,
    passphrase: str | None = None,
    *,
    patience: float = PATIENCE,
    now: Clock = local_now,
) -> SqlStorage:
    """Make a data folder with a new key and an empty database, and open it. All of it or nothing.

    A key file without a database is put aside under another name, never deleted. Raises what
    ``KeyStore.create`` and ``open_storage`` raise, and EnvironmentProblem ``database-exists``,
    ``key-missing``.
    """
    private_folder(folder)
    state = storage_state(folder)
    if state == "ready":
        raise EnvironmentProblem(
            "database-exists",
            _("このフォルダーには、すでにデータベースがあります。"),
            kept=_("データは変えていません。"),
            remedy=_("そのデータを開くか、別のフォルダーを選んでください。"),
        )
    if state == "key-missing":
        raise key_missing(folder)
    keys = KeyStore(folder)
    if state == "database-missing":
        keys.set_aside()
    key = keys.create(kind, passphrase)
    try:
        return _opened(folder, keys, key, patience, now)
    except BaseException:
        _remove_new(folder / DATABASE_FILE)
        keys.remove_new()
        raise


def refuse_incomplete(folder: Path) -> None:
    """Refuse a folder that does not hold both database and key. EnvironmentProblem as ``open_storage``
    says.
    """
    if not folder.is_dir():
        raise EnvironmentProblem(
            "data-folder-missing",
            _("データのフォルダー「{folder}」がありません。").format(folder=folder),
            remedy=_("フォルダーを元の場所に戻すか、取り外したディスクをつないでください。"),
        )
    state = storage_state(folder)
    if state == "key-missing":
        raise key_missing(folder)
    if state == "new":
        raise EnvironmentProblem(
            "no-database",
            _("データのフォルダー「{folder}」に、まだデータベースがありません。").format(folder=folder),
            remedy=_("Madoguchiを開いて、最初の設定をしてください。"),
        )
    if state == "database-missing":
        raise EnvironmentProblem(
            "database-missing",
            _("鍵ファイルはありますが、データベース「{name}」がありません。").format(name=DATABASE_FILE),
            kept=_("鍵ファイルはそのまま残っています。新しいデータベースは作っていません。"),
            remedy=_("「backups」フォルダーにある控えを「{name}」という名前で戻してください。").format(
                name=DATABASE_FILE
            ),
        )


def _opened(folder: Path, keys: KeyStore, key: bytes, patience: float, now: Clock) -> SqlStorage:
    journal = look_at_journal(folder / DATABASE_FILE)
    aside = None
    if journal.lost_confirmed:
        from db.backups import OWN

        stamp = f"{now():%Y%m%d-%H%M%S-%f}"
        aside = keep_aside(folder / DATABASE_FILE, private_folder(folder / OWN), stamp)
    storage = SqlStorage(folder, keys, key, patience, now)
    try:
        storage.update_schema()
        if aside is not None:
            storage.note_damaged_journal(journal, aside)
    except BaseException:
        storage.close()
        raise
    return storage


def _remove_new(path: Path) -> None:
    """Take away a database that could not be finished. Nothing was in it yet."""
    for leftover in (path, *side_files(path)):
        with suppress(OSError):
            leftover.unlink(missing_ok=True)
