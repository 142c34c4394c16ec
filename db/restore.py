"""Going back to a backup: what would be lost, and putting it in the place of the data.

The data stand until the very last step, which is one rename; what was there before is kept as a backup of
its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from app.errors import EnvironmentProblem
from app.places import free_disk, private_folder, unwritable, write_atomically
from app.usecases.audit_words import changes, verb_words
from app.usecases.backups import Lost, RestorePlan
from app.words import _
from db.backup_check import COUNTED, counts_of, faults_in, looking_into
from db.backups import OWN, file_at
from db.copying import copy_database, replace_file
from db.folder import DATABASE_FILE, KEY_FILE
from db.keys import KeyStore, database_tag
from db.own_tariffs import FOLDER, files_beside, put_back
from db.sqlite import (
    connect,
    connect_reading,
    reading_uri,
    refuse_strangers,
    side_files,
    telling,
)
from db.tables import NEWEST

_NAMED: Final = {
    "customers": "name",
    "quotations": "number",
    "contracts": "number",
    "papers": "number",
    "visits": "number",
}
_MOST_NAMES: Final = 10
_STAMP: Final = "%Y%m%d-%H%M%S-%f"
_UNREADABLE: Final = frozenset({"database-damaged", "not-a-database", "disk-error"})
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def plan_restore(current: Path, key: bytes, backup: Path, patience: float) -> RestorePlan:
    """What going back to ``backup`` would lose; nothing is changed. A backup that is not sound has
    ``problems``.

    Raises EnvironmentProblem (``not-a-database``, ``wrong-key``, ``database-unreadable``).
    """
    refuse_strangers(backup, database_tag(key))
    counts: dict[str, int] = {}
    newest = None
    try:
        with telling(backup), looking_into(backup), closing(connect_reading(backup, key)) as opened:
            problems = tuple(faults_in(opened))
            newer = None if problems else _newer(opened)
            if newer is not None:
                problems = (newer.what,)
            if not problems:
                counts, newest = counts_of(opened), _newest(opened)
    except EnvironmentProblem as error:
        if error.code != "database-damaged":
            raise
        problems = (error.what,)
    lost: tuple[Lost, ...] = ()
    if current.is_file() and not problems:
        with telling(current), closing(connect(current, key, patience, uri=True)) as now:
            try:
                with looking_into(backup):
                    lost = tuple(_lost(now, backup, key, set(counts)))
            except EnvironmentProblem as error:
                problems = (error.what,)
    file = file_at(backup)
    own = current.parent / FOLDER
    back = tuple(name for name in files_beside(backup, file.tariffs) if not (own / name).exists())
    return RestorePlan(file, problems, lost, counts, newest, tariffs=back)


def _newest(connection: Any) -> datetime | None:
    """When the last thing was recorded."""
    (at,) = connection.execute("SELECT max(at) FROM audit").fetchone()
    return (_EPOCH + timedelta(microseconds=at)).astimezone() if at is not None else None


def _lost(connection: Any, backup: Path, key: bytes, there: set[str]) -> list[Lost]:
    """What stands now and not in the backup."""
    secret = f"x'{key.hex()}{database_tag(key).hex()}'"
    connection.execute("ATTACH DATABASE ? AS backup KEY ?", (reading_uri(backup), secret))
    found = []
    now = counts_of(connection)
    for table in COUNTED:
        if table not in now:
            continue
        identity = _identity(connection, table)
        missing = (
            f"FROM main.{table} WHERE {identity} NOT IN (SELECT {identity} FROM backup.{table})"  # noqa: S608
            if table in there
            else f"FROM main.{table}"
        )
        count = connection.execute(f"SELECT count(*) {missing}").fetchone()[0]
        if not count or table == "audit":
            continue
        names: tuple[str, ...] = ()
        if table in _NAMED:
            column = _NAMED[table]
            statement = f"SELECT DISTINCT {column} {missing} ORDER BY seq DESC LIMIT {_MOST_NAMES}"
            names = tuple(str(name) for (name,) in connection.execute(statement).fetchall() if name)
        found.append(Lost(table, int(count), names))
    found += _lost_changes(connection)
    connection.execute("DETACH DATABASE backup")
    return found


def _lost_changes(connection: Any) -> Iterator[Lost]:
    """What was done since to what stands in both, and what is kept in no counted table: by the audit."""
    statement = (
        "SELECT what, count(*) FROM main.audit WHERE id NOT IN (SELECT id FROM backup.audit)"
        " GROUP BY what ORDER BY max(seq) DESC"
    )
    done = {what: int(count) for what, count in connection.execute(statement).fetchall() if changes(what)}
    if done:
        yield Lost("changes", sum(done.values()), tuple(verb_words(what) for what in done)[:_MOST_NAMES])


def _identity(connection: Any, table: str) -> str:
    """The columns by which rows of a table are told apart, as SQL."""
    keys = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})").fetchall() if row[5]]
    return keys[0] if len(keys) == 1 else f"({', '.join(keys)})"


def restore_over(
    folder: Path, key: bytes, backup: Path, patience: float, now: Callable[[], datetime]
) -> Path:
    """Put a backup in the place of a database that nobody has open. What was there goes to ``backups`` as
    ``before-restore`` (a damaged one as it is), and its path comes back.

    Raises EnvironmentProblem (``database-locked`` while any window has it open, ``backup-unsound``,
    ``database-newer``, ``wrong-key``, ``disk-full`` …); then the data are as they were.
    """
    target = folder / DATABASE_FILE
    refuse_strangers(backup, database_tag(key))
    _refuse_full(folder, backup, target)
    own = files_beside(backup, file_at(backup).tariffs)
    incoming = folder / f".{DATABASE_FILE}.restoring"
    try:
        with _taking(backup):
            copy_database(backup, key, incoming, patience, in_use=False)
            _refuse_unsound(incoming, key, patience)
            _keep_numbers(target, incoming, key, patience)
        before = _set_aside(target, key, patience, now())
        _take_alone(target, key)
        with put_back(own, folder):
            replace_file(incoming, target)
    finally:
        for leftover in (incoming, *side_files(incoming)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return before


def restore_into(folder: Path, backup: Path, unlock: Callable[[KeyStore], bytes], patience: float) -> Path:
    """Put a backup and the key file beside it into a folder that has no data yet (a new laptop).

    ``unlock`` gets the key store of the backup's folder. Raises EnvironmentProblem (``database-exists``,
    ``key-missing``, ``wrong-key``, ``backup-unsound`` …) and what ``unlock`` raises; then nothing is there.
    """
    private_folder(folder)
    target, key_file = folder / DATABASE_FILE, folder / KEY_FILE
    if target.exists() or key_file.exists():
        raise EnvironmentProblem(
            "database-exists",
            _("このフォルダーには、すでにデータがあります。"),
            kept=_("データは変えていません。"),
            remedy=_("そのデータを開いて設定の「控え」から戻すか、別のフォルダーを選んでください。"),
        )
    keys = KeyStore(backup.parent)
    key = unlock(keys)
    refuse_strangers(backup, database_tag(key))
    own = files_beside(backup, file_at(backup).tariffs)
    incoming = folder / f".{DATABASE_FILE}.restoring"
    try:
        with _taking(backup):
            copy_database(backup, key, incoming, patience, in_use=False)
            _refuse_unsound(incoming, key, patience)
        # The database first: with a database and no key the program says so, and nothing new is made.
        with put_back(own, folder):
            replace_file(incoming, target)
            write_atomically(key_file, keys.path.read_bytes(), private=True)
    except BaseException:
        if not key_file.exists():
            with suppress(OSError):
                target.unlink(missing_ok=True)
        raise
    finally:
        for leftover in (incoming, *side_files(incoming)):
            with suppress(OSError):
                leftover.unlink(missing_ok=True)
    return target


def _refuse_full(folder: Path, backup: Path, target: Path) -> None:
    needed = backup.stat().st_size + (target.stat().st_size if target.exists() else 0)
    if free_disk(folder) < needed:
        raise EnvironmentProblem(
            "disk-full",
            _("控えから戻すための空き容量が足りません（必要{needed}MB）。").format(
                needed=-(-needed // 1_000_000)
            ),
            kept=_("いまのデータはそのまま残っています。"),
            remedy=_("不要なファイルを移してから、もう一度お試しください。"),
        )


@contextmanager
def _taking(backup: Path) -> Iterator[None]:
    """Copy out of a backup: damage met there is told of the backup, not of the copy that is being made."""
    try:
        with looking_into(backup):
            yield
    except EnvironmentProblem as problem:
        if problem.code != "database-damaged":
            raise
        raise _unsound(_("「{name}」を最後まで読めません。").format(name=backup.name)) from problem


def _unsound(fault: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "backup-unsound",
        _("この控えは壊れています。{fault}").format(fault=fault),
        kept=_("いまのデータはそのまま残っています。"),
        remedy=_("別の控えを選んでください。"),
    )


def _refuse_unsound(path: Path, key: bytes, patience: float) -> None:
    with telling(path), closing(connect(path, key, patience)) as copy:
        faults = list(faults_in(copy))
        newer = None if faults else _newer(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()
    if faults:
        raise _unsound(faults[0])
    if newer is not None:
        raise newer


def _newer(connection: Any) -> EnvironmentProblem | None:
    """Why this program could not open what a later one made; None where it can."""
    (schema,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    if schema <= NEWEST:
        return None
    return EnvironmentProblem(
        "database-newer",
        _("この控えは、新しいMadoguchiで取られています。"),
        kept=_("いまのデータはそのまま残っています。"),
        remedy=_("Madoguchiを更新してから、もう一度お試しください。"),
    )


def _keep_numbers(target: Path, incoming: Path, key: bytes, patience: float) -> None:
    """Numbers given since the backup stay given: papers that bear them may be with customers, though they are
    lost here. Data that can't be read can't say which.
    """
    if not target.is_file():
        return
    try:
        with telling(target), closing(connect(target, key, patience)) as now:
            given = now.execute("SELECT kind, desk, yymm, last FROM numbers").fetchall()
    except EnvironmentProblem as error:
        if error.code not in _UNREADABLE:
            raise
        return
    with telling(incoming), closing(connect(incoming, key, patience)) as copy:
        copy.execute("BEGIN")
        copy.executemany(
            "INSERT INTO numbers (kind, desk, yymm, last) VALUES (?, ?, ?, ?) ON CONFLICT (kind, desk, yymm)"
            " DO UPDATE SET last = max(last, excluded.last)",
            given,
        )
        copy.execute("COMMIT")
        copy.execute("PRAGMA journal_mode = DELETE").fetchall()


def _set_aside(target: Path, key: bytes, patience: float, now: datetime) -> Path:
    """A copy of what is there; where it can't be read any more, its files as they are."""
    kept = private_folder(target.parent / OWN) / f"madoguchi-before-restore-{now:{_STAMP}}.db"
    if not target.is_file():
        return kept
    try:
        copy_database(target, key, kept, patience)
    except EnvironmentProblem as error:
        if error.code not in _UNREADABLE:
            raise
        _copy_files(target, kept)
    return kept


def _copy_files(target: Path, kept: Path) -> None:
    import shutil

    try:
        for one, other in zip((target, *side_files(target)), (kept, *side_files(kept)), strict=True):
            if one.exists():
                shutil.copyfile(one, other)
    except OSError as error:
        raise unwritable(kept, error) from error


def _take_alone(target: Path, key: bytes) -> None:
    """See that nobody has the database open, and that no journal of it is left that could be taken for one of
    the file that comes in its place. EnvironmentProblem ``database-locked``.
    """
    if not target.is_file():
        return
    try:
        with telling(target), closing(connect(target, key, 0.0)) as alone:
            alone.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            alone.execute("PRAGMA journal_mode = DELETE").fetchall()
            alone.execute("BEGIN EXCLUSIVE")
            alone.execute("ROLLBACK")
    except EnvironmentProblem as error:
        if error.code not in _UNREADABLE:
            raise
    try:
        for leftover in side_files(target):
            leftover.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(target, error) from error
