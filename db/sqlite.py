"""What is particular to SQLite and SQLCipher: opening the file, its settings, its errors, copies of it.

With ``db.search`` this is all that another database would need anew.
"""

from __future__ import annotations

import errno
import json
import logging
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from app.errors import EnvironmentProblem
from app.words import _
from db.keys import TAG_BYTES, database_tag

_log: Final = logging.getLogger(__name__)

WRITING: Final = "madoguchi_writing"
"""Execution option of a connection: its transactions take the write lock at once."""

_PLAIN_HEADER: Final = b"SQLite format 3\0"
_PAGE: Final = 4096
_CACHE: Final = -16_000
_APPLICATION_ID: Final = 0x4D44_4755  # "MDGU"

_BUSY: Final = {5, 6}
_READ_ONLY: Final = {3, 8}
_QUERY_ONLY: Final = 8
_IO: Final = 10
_DAMAGED: Final = 11
_FULL: Final = 13
_CANNOT_OPEN: Final = 14
_NO_DATABASE: Final = 26


def make_engine(path: Path, key: bytes, patience: float) -> sa.Engine:
    """An engine on the encrypted file. ``patience``: seconds to wait for somebody else's write lock."""
    engine = sa.create_engine(
        "sqlite://",
        module=driver,  # with a creator alone, IntegrityError would not be known for what it is
        creator=lambda: connect(path, key, patience),
        poolclass=QueuePool,
        pool_size=2,
        max_overflow=8,
        hide_parameters=True,  # they hold names and addresses; errors are logged
    )
    sa.event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path, key: bytes, patience: float, *, uri: bool = False) -> Any:
    """A connection of the driver, keyed and set up. It begins transactions only when told to.

    ``uri``: further files may be attached to it by what ``reading_uri`` gives.
    """
    # The pool hands a connection to one thread at a time; SQLite itself is built to be called from any.
    name = reading_uri(path).partition("?")[0] if uri else str(path)
    connection = driver.connect(
        name, isolation_level=None, check_same_thread=False, timeout=patience, uri=uri
    )
    try:
        for statement in (
            "PRAGMA cipher_log_level = NONE",  # else a wrong key writes to the console
            f"PRAGMA key = \"x'{key.hex()}{database_tag(key).hex()}'\"",
            "PRAGMA cipher_compatibility = 4",  # the format stays when the library moves on
            "PRAGMA foreign_keys = ON",
            "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE deletes past the append-only triggers
            "PRAGMA synchronous = FULL",
            "PRAGMA fullfsync = ON",  # macOS alone: there a plain flush may end in the drive's own memory
            f"PRAGMA cache_size = {_CACHE}",
            "PRAGMA temp_store = MEMORY",  # no plain text in a temporary file
            "PRAGMA journal_mode = WAL",
        ):
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reading(path: Path, key: bytes) -> Any:
    """A connection to a copy that nobody writes: it may lie on a disk that can only be read, and is not
    touched.
    """
    connection = driver.connect(reading_uri(path), uri=True, isolation_level=None, check_same_thread=False)
    try:
        for statement in (
            "PRAGMA cipher_log_level = NONE",
            f"PRAGMA key = \"x'{key.hex()}{database_tag(key).hex()}'\"",
            "PRAGMA cipher_compatibility = 4",
            f"PRAGMA cache_size = {_CACHE}",
            "PRAGMA temp_store = MEMORY",
            "PRAGMA query_only = ON",
        ):
            connection.execute(statement).fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def reading_uri(path: Path) -> str:
    """A file that nobody writes, as SQLite takes it; also on a share (``//server/share``)."""
    plain = path.absolute().as_posix()
    return f"file://{'' if plain.startswith('/') else '/'}{quote(plain, safe='/:')}?immutable=1"


def _begin(connection: sa.Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


@contextmanager
def telling(path: Path, *, looking: bool = False) -> Iterator[None]:
    """Errors of the database inside the block, told as EnvironmentProblem where the machine is to blame.

    ``looking``: the block has no right to write, so that an attempt to is a bug and stays what it is.
    """
    try:
        yield
    except (DBAPIError, driver.Error) as error:
        code = getattr(error.orig if isinstance(error, DBAPIError) else error, "sqlite_errorcode", 0)
        make = _PROBLEMS.get(code & 0xFF)
        if make is None or (looking and code == _QUERY_ONLY):
            raise
        raise make(path) from error


def _locked(_path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "database-locked",
        _("別の画面やほかのプログラムがデータベースに書き込んでいるため、保存できませんでした。"),
        kept=_("これまでに保存した内容はそのまま残っています。"),
        remedy=_("少し待って、もう一度お試しください。"),
    )


def read_only(path: Path) -> EnvironmentProblem:
    """What to tell when the file or its folder can't be written."""
    return EnvironmentProblem(
        "database-read-only",
        _("データのフォルダー「{folder}」に書き込めません。").format(folder=path.parent),
        kept=_("これまでに保存した内容はそのまま残っています。"),
        remedy=_("フォルダーとファイルの書き込みの許可を確かめてください。"),
    )


def _full(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "disk-full",
        _("空き容量が足りないため、「{name}」に保存できませんでした。").format(name=path.name),
        kept=_("これまでに保存した内容はそのまま残っています。"),
        remedy=_("不要なファイルを移して空きを作り、もう一度お試しください。"),
    )


def _disk_error(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "disk-error",
        _("「{name}」の読み書きに失敗しました。").format(name=path.name),
        kept=_("これまでに保存した内容はそのまま残っています。"),
        remedy=_("ディスクの接続と状態を確かめて、もう一度お試しください。"),
    )


def _unreadable(path: Path) -> EnvironmentProblem:
    return EnvironmentProblem(
        "database-unreadable",
        _("データベース「{name}」を開けません。").format(name=path.name),
        kept=_("ファイルは変えていません。"),
        remedy=_("フォルダーがあるか、読み書きの許可があるかを確かめてください。"),
    )


def damaged(path: Path) -> EnvironmentProblem:
    """What to tell when the file is ours but broken."""
    return EnvironmentProblem(
        "database-damaged",
        _("データベース「{name}」が壊れています。").format(name=path.name),
        kept=_("ファイルは変えていません。"),
        remedy=_("「backups」フォルダーにある控えから戻してください。"),
    )


_PROBLEMS: Final[dict[int, Callable[[Path], EnvironmentProblem]]] = {
    **dict.fromkeys(_BUSY, _locked),
    **dict.fromkeys(_READ_ONLY, read_only),
    _IO: _disk_error,
    _DAMAGED: damaged,
    _FULL: _full,
    _CANNOT_OPEN: _unreadable,
    _NO_DATABASE: damaged,
}


def is_told(error: Exception) -> bool:
    """Whether ``telling`` has words for an error of the driver."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _PROBLEMS


def refuse_strangers(path: Path, tag: bytes) -> None:
    """Refuse a file that is no database of ours, or the database of another key, before anything opens it.

    Raises EnvironmentProblem (``not-a-database``, ``wrong-key``, ``database-unreadable``).
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(TAG_BYTES)
            size = stream.seek(0, 2)
    except OSError as error:
        raise _unreadable(path) from error
    if head == tag:
        return
    if head == _PLAIN_HEADER or size % _PAGE or head.isascii():
        raise EnvironmentProblem(
            "not-a-database",
            _("「{name}」はMadoguchiのデータベースではありません。").format(name=path.name),
            kept=_("ファイルは変えていません。"),
            remedy=_("正しいファイルを戻すか、別のフォルダーを選んでください。"),
        )
    raise EnvironmentProblem(
        "wrong-key",
        _("鍵ファイルは、データベース「{name}」のものではありません。").format(name=path.name),
        kept=_("どちらのファイルも変えていません。"),
        remedy=_("同じときに保存された鍵ファイルとデータベースを、同じフォルダーに置いてください。"),
    )


def refuse_unwritable(path: Path) -> None:
    """Refuse a file that can only be read, which SQLite would open all the same and fail at the first change.

    Raises EnvironmentProblem (``database-read-only``, ``database-unreadable``).
    """
    try:
        with path.open("r+b"):
            pass
    except OSError as error:
        if isinstance(error, PermissionError) or error.errno == errno.EROFS:
            raise read_only(path) from error
        raise _unreadable(path) from error


def mark(connection: sa.Connection) -> None:
    """Write into the file's head that it is ours."""
    connection.exec_driver_sql(f"PRAGMA application_id = {_APPLICATION_ID}")


@contextmanager
def without_foreign_keys(connection: sa.Connection) -> Iterator[None]:
    """Foreign keys off while tables are rebuilt. Only outside a transaction; broken ones are found at the
    end.
    """
    raw = connection.connection.driver_connection
    assert raw is not None
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("PRAGMA legacy_alter_table = ON")  # else a table named in triggers can't be made anew
    try:
        yield
    finally:
        raw.execute("PRAGMA legacy_alter_table = OFF")
        raw.execute("PRAGMA foreign_keys = ON")


@contextmanager
def roomy(connection: sa.Connection) -> Iterator[None]:
    """Half a gigabyte for pages inside the block, so that many rows don't write the same pages many times."""
    connection.exec_driver_sql("PRAGMA cache_size = -500000")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size = {_CACHE}")


def broken_references(connection: sa.Connection) -> list[str]:
    """Tables with rows that refer to nothing."""
    return sorted({str(row[0]) for row in connection.exec_driver_sql("PRAGMA foreign_key_check")})


def broken_pages(connection: sa.Connection) -> list[str]:
    """What SQLite finds wrong inside the file; empty when it is sound."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if found == ["ok"] else found


def cipher_faults(connection: sa.Connection) -> list[str]:
    """Pages whose own code does not match what they hold; empty when all do."""
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]


def side_files(path: Path) -> tuple[Path, Path]:
    """What SQLite puts beside a database in use."""
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def seq_array(connection: sa.Connection, statement: sa.Select[Any]) -> array[int]:
    """The whole numbers a statement of one column gives, in its order.

    They come over as one text of JSON: a hundred thousand in half the time they take row by row.
    """
    (column,) = statement.subquery("whole_numbers").c
    found = connection.execute(sa.select(sa.func.json_group_array(column))).scalar_one()
    return array("q", json.loads(found))


def among(column: sa.ColumnElement[Any], values: Sequence[Any]) -> sa.ColumnElement[bool]:
    """The condition that a column has one of many values, more than may be handed over one by one.

    They go over as one text of JSON.
    """
    listed = sa.func.json_each(json.dumps(list(values))).table_valued("value")
    return column.in_(sa.select(listed.c.value))


_CONTRACTS_AND_ENTRIES: Final = (
    "SELECT c.id, c.seq, c.version, c.number, c.customer_id, c.state, c.staff, c.created_at, c.updated_at,"
    " t.content, (SELECT '[' || group_concat(e.payload) || ']' FROM contract_entries e"
    " WHERE e.contract_id = c.id)"
    " FROM contracts c JOIN contract_contents t ON t.contract_id = c.id WHERE c.hidden = '' AND "
)
NEXT_CONTRACTS: Final = sa.text(_CONTRACTS_AND_ENTRIES + "c.seq > :after ORDER BY c.seq LIMIT :count")
"""Whole contracts for a run over all of them. The entries of each come over as one list of JSON, in no
promised order: four hundred thousand in half the time they take row by row.
"""
CONTRACTS_TO_RECHECK: Final = sa.text(
    _CONTRACTS_AND_ENTRIES + "c.recheck_on <= :today ORDER BY c.recheck_on, c.seq LIMIT :count"
).bindparams(sa.bindparam("today", type_=sa.Date))
"""Those a new day may find elsewhere, in the same way."""
