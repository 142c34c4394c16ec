"""Backups of an opened database: made while windows go on, checked at once, kept in rotation."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

import msgspec

from app.errors import EnvironmentProblem
from app.places import free_disk, private_folder, write_atomically
from app.usecases.backups import (
    SCHEMAS,
    BackupFile,
    BackupKind,
    BackupState,
    RestorePlan,
    Told,
    kept,
)
from app.words import _
from db.audit import AuditTable
from db.backup_check import counts_of, faults_in
from db.base import Session
from db.copying import copy_database, replace_file
from db.folder import KEY_FILE
from db.keys import KeyStore, database_tag
from db.own_tariffs import drop_pack, put_beside
from db.sqlite import connect, make_engine, side_files, telling

OWN: Final = "backups"
_PLAN: Final = "backup.json"
_STAMP: Final = "%Y%m%d-%H%M%S-%f"
_KINDS: Final[tuple[BackupKind, ...]] = ("schema", "before-restore", "journal")
_BROKEN_OFF: Final = 3600.0
"""After so many seconds nobody works at an unfinished one any more."""
_ROOM: Final = 1.05
"""How much more than the database a disk must have free."""


class _Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What this computer remembers of its backups, beside the data."""

    folder: str = ""
    problem: str = ""
    problem_at: datetime | None = None
    last: datetime | None = None  # the newest checked one in that folder, so far as this computer made it


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside a backup: when it was made and checked, and what it holds."""

    made_at: datetime
    size: int
    schema: str
    counts: dict[str, int]
    tariffs: tuple[str, ...] = ()  # the owner's own tariff files, packed beside it


class DatabaseBackups:
    """``app.usecases.backups.Backups``. ``key_file``: the bytes of the key file that travels with
    them.
    """

    def __init__(
        self,
        path: Path,
        key: bytes,
        patience: float,
        now: Callable[[], datetime],
        key_file: Callable[[], bytes],
    ) -> None:
        self._path: Final = path
        self._key: Final = key
        self._patience: Final = patience
        self._now: Final = now
        self._key_file: Final = key_file
        self.own: Final = path.parent / OWN

    # --- where they stand ----------------------------------------------------------------------------

    def state(self) -> BackupState:
        """Where backups stand now. Looks at folders only, never into a backup."""
        plan = self._plan()
        folder = Path(plan.folder) if plan.folder else None
        reachable = folder is not None and _is_there(folder)
        own = [one for one in files_in(self.own) if one.checked]
        outside = [one for one in files_in(folder) if one.checked] if folder is not None and reachable else []
        newest = max([*own, *outside], key=lambda one: one.made_at, default=None)
        return BackupState(
            own=self.own,
            folder=folder,
            reachable=reachable,
            last=newest,
            last_outside=max(outside, key=lambda one: one.made_at, default=None),
            problem=plan.problem,
            problem_at=plan.problem_at,
        )

    def last_at(self) -> datetime | None:
        """When the newest was made, without a look at the owner's folder: a share that is away may take long
        to say so.
        """
        moments = [one.made_at for one in files_in(self.own) if one.checked]
        last = self._plan().last
        return max([*moments, last.astimezone()] if last is not None else moments, default=None)

    def choose(self, folder: Path | None) -> BackupState:
        """Back up into ``folder``, too (None: beside the data only)."""
        if folder is not None:
            private_folder(folder)
            if folder.resolve() == self.own.resolve() or folder.resolve() == self._path.parent.resolve():
                folder = None
            else:
                self._refuse_taken(folder)
        self._keep(msgspec.structs.replace(self._plan(), folder=str(folder) if folder else "", last=None))
        return self.state()

    def files(self) -> list[BackupFile]:
        """All of them, the newest first."""
        folder = self.state().folder
        found = [*files_in(self.own), *(files_in(folder) if folder is not None else ())]
        return sorted(filter(self._is_ours, found), key=lambda one: one.made_at, reverse=True)

    # --- making one ----------------------------------------------------------------------------------

    def make(self, told: Told | None = None) -> BackupFile:
        """Make one, check it, and let go of those no longer kept. See the port."""
        state = self.state()
        folder = state.folder if state.folder is not None and state.reachable else self.own
        try:
            made = self._made(folder, "", told)
        except EnvironmentProblem as error:
            self._keep(msgspec.structs.replace(self._plan(), problem=error.code, problem_at=self._now()))
            raise
        plan = msgspec.structs.replace(self._plan(), problem="", problem_at=None)
        self._keep(plan if folder == self.own else msgspec.structs.replace(plan, last=made.made_at))
        self._rotate(folder)
        if folder != self.own:
            self._rotate(self.own)
        return made

    def copy(self, name: str) -> Path:
        """A checked copy beside the data for a purpose (``schema-0004``)."""
        made = self._made(self.own, name, None)
        self._rotate(self.own)
        return made.path

    def _made(self, folder: Path, name: str, told: Told | None) -> BackupFile:
        private_folder(folder)
        if folder != self.own:
            self._refuse_taken(folder)
        self._refuse_full(folder)
        with telling(self._path), closing(connect(self._path, self._key, self._patience)) as source:
            before = counts_of(source)
        made_at = self._now()
        target = folder / "-".join(part for part in ("madoguchi", name, f"{made_at:{_STAMP}}.db") if part)
        _clear_broken_off(folder)
        # Only a checked one gets a backup's name: an end in the middle leaves nothing that looks like one.
        unchecked = target.with_name(f".{target.name}")
        copy_database(self._path, self._key, unchecked, self._patience, told)
        try:
            note = self._checked(unchecked, made_at, before)
            self._put_key(folder)
            own = put_beside(self._path.parent, target)
            note = msgspec.structs.replace(note, tariffs=own)
            write_atomically(_note_path(target), msgspec.json.encode(note))
            replace_file(unchecked, target)
        except BaseException:
            _remove(unchecked)
            _remove(target)
            raise
        return BackupFile(
            target, made_at, note.size, _kind_of(target), True, note.schema, note.counts, note.tariffs
        )

    def _checked(self, target: Path, made_at: datetime, before: dict[str, int]) -> Note:
        """Open the copy and look whether it holds everything. EnvironmentProblem ``backup-unsound``."""
        with telling(target), closing(connect(target, self._key, self._patience)) as copy:
            counts = counts_of(copy)
            faults = [*faults_in(copy), *self._broken_links(target)]
            faults += [
                _("「{table}」の件数が元より少なくなっています。").format(table=name)
                for name, count in before.items()
                if counts.get(name, 0) < count and name != "typed"
            ]
            schema = copy.execute("SELECT version_num FROM alembic_version").fetchone()
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
        for leftover in side_files(target):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
        if faults:
            raise EnvironmentProblem(
                "backup-unsound",
                _("取った控えを確かめたところ、内容が正しくありませんでした。{fault}").format(
                    fault=faults[0]
                ),
                kept=_("いまのデータと、前の控えはそのまま残っています。この控えは残していません。"),
                remedy=_("設定の「点検」でデータを調べてください。"),
            )
        return Note(
            made_at=made_at,
            size=target.stat().st_size,
            schema=str(schema[0]) if schema else "",
            counts=counts,
        )

    def _broken_links(self, target: Path) -> list[str]:
        """What does not hold in the audit chain of a copy."""
        engine = make_engine(target, self._key, self._patience)
        try:
            with engine.connect() as connection:
                return AuditTable(Session(connection, self._now)).check()
        finally:
            engine.dispose()

    def _refuse_taken(self, folder: Path) -> None:
        """Refuse a folder with the key of other data: that key would be lost, and their backups rotated."""
        try:
            taken = KeyStore(folder).tag() != database_tag(self._key)
        except EnvironmentProblem as problem:
            if problem.code not in {"key-missing", "key-damaged"}:
                raise
            return
        if taken:
            raise EnvironmentProblem(
                "backup-folder-taken",
                _("「{folder}」には、別のデータの控えとその鍵があります。").format(folder=folder),
                kept=_("その控えも鍵も変えていません。"),
                remedy=_("この窓口だけのフォルダーを作り、設定の「控え」で選んでください。"),
            )

    def _is_ours(self, file: BackupFile) -> bool:
        """Whether a backup begins as our database does, and not as that of another desk."""
        tag = database_tag(self._key)
        try:
            with file.path.open("rb") as stream:
                return stream.read(len(tag)) == tag
        except OSError:
            return False

    def _refuse_full(self, folder: Path) -> None:
        needed = int(self._path.stat().st_size * _ROOM)
        free = free_disk(folder)
        if free < needed:
            raise EnvironmentProblem(
                "disk-full",
                _("控えを取るための空き容量が足りません（必要{needed}MB、空き{free}MB）。").format(
                    needed=-(-needed // 1_000_000), free=free // 1_000_000
                ),
                kept=_("いまのデータと、前の控えはそのまま残っています。"),
                remedy=_("不要なファイルを移すか、控えの置き場所を変えてください。"),
            )

    def _put_key(self, folder: Path) -> None:
        """The key file beside backups that leave this folder, as far as it may travel."""
        if folder == self.own:
            return
        content, path = self._key_file(), folder / KEY_FILE
        with suppress(OSError):
            if path.read_bytes() == content:
                return
        write_atomically(path, content, private=True)

    def renew_key(self) -> None:
        """Let the key file beside backups elsewhere follow at once. See the port."""
        folder = Path(self._plan().folder) if self._plan().folder else None
        if folder is None or not (folder / KEY_FILE).is_file():
            return
        with suppress(EnvironmentProblem):
            self._refuse_taken(folder)
            self._put_key(folder)

    def _rotate(self, folder: Path) -> None:
        """Remove what the rotation no longer keeps; files nobody can judge stay, and those of other data."""
        files = [one for one in files_in(folder) if self._is_ours(one)]
        daily = [one for one in files if one.kind == "daily" and one.checked]
        keep = kept(((one.made_at.date(), one.made_at) for one in daily), self._now().date())
        gone = [one for one in daily if one.made_at not in keep]
        for kind in _KINDS:
            same = sorted((one for one in files if one.kind == kind), key=lambda one: one.made_at)
            gone += same[:-SCHEMAS]
        for one in gone:
            _remove(one.path)

    # --- going back ----------------------------------------------------------------------------------

    def plan(self, path: Path) -> RestorePlan:
        """Open a backup and tell what going back to it would lose. See the port."""
        from db.restore import plan_restore

        return plan_restore(self._path, self._key, path, self._patience)

    # --- what is remembered --------------------------------------------------------------------------

    def _plan(self) -> _Plan:
        try:
            return msgspec.json.decode((self._path.parent / _PLAN).read_bytes(), type=_Plan)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return _Plan()  # the folder is chosen again; nothing else is lost with it

    def _keep(self, plan: _Plan) -> None:
        if plan != self._plan():
            write_atomically(self._path.parent / _PLAN, msgspec.json.encode(plan))


def note_of(path: Path) -> Note | None:
    """What stands beside a backup; None where nothing, or nothing readable, does."""
    try:
        return msgspec.json.decode(_note_path(path).read_bytes(), type=Note)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _note_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def files_in(folder: Path | None) -> list[BackupFile]:
    """The backups of a folder."""
    if folder is None:
        return []
    try:
        return list(_read(folder))
    except OSError:
        return []


def _read(folder: Path) -> Iterator[BackupFile]:
    for path in sorted(folder.glob("madoguchi-*.db")):
        if _made_at(path) is not None:
            yield file_at(path)


def file_at(path: Path) -> BackupFile:
    """What is known of a backup without opening it; any file of a database may be one."""
    note, status = note_of(path), path.stat()
    checked = note is not None and note.size == status.st_size
    made_at = _made_at(path) or datetime.fromtimestamp(status.st_mtime).astimezone()
    return BackupFile(
        path,
        note.made_at.astimezone() if note is not None and checked else made_at,
        status.st_size,
        _kind_of(path),
        checked,
        note.schema if note is not None else "",
        note.counts if note is not None else {},
        note.tariffs if note is not None else (),
    )


def _made_at(path: Path) -> datetime | None:
    """When a backup was made, by its name."""
    stamp = "-".join(path.stem.split("-")[-3:])
    try:
        return datetime.strptime(stamp, _STAMP).astimezone()
    except ValueError:
        return None


def _kind_of(path: Path) -> BackupKind:
    name = path.name.removeprefix("madoguchi-")
    return next((kind for kind in _KINDS if name.startswith(kind)), "daily")


def _clear_broken_off(folder: Path) -> None:
    """Take away what an end in the middle left, unless another window may be at it still."""
    with suppress(OSError):
        for path in folder.glob(".madoguchi-*"):
            if time.time() - path.stat().st_mtime > _BROKEN_OFF:
                path.unlink(missing_ok=True)


def _is_there(folder: Path) -> bool:
    """Whether a folder can be reached: a stick that was taken out, a share that is away, is not."""
    try:
        return folder.is_dir()
    except OSError:
        return False


def _remove(path: Path) -> None:
    drop_pack(path)
    for one in (path, _note_path(path), *side_files(path)):
        with suppress(OSError):
            one.unlink(missing_ok=True)
