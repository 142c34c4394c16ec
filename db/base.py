"""What the repositories share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final

import sqlalchemy as sa

from app.errors import ConflictError, Problem, UserError
from app.words import _
from db.tables import counters

ERASED_MARK: Final = "erased:"
"""How ``hidden`` begins once somebody's data were erased."""

_MOST_YEN: Final = 2**63 - 1


@dataclass(frozen=True)
class Session:
    """A transaction as repositories see it."""

    connection: sa.Connection
    now: Callable[[], datetime]
    signed_in: str = ""  # the id of who signed in at this window


def next_seq(connection: sa.Connection, table: str, count: int = 1) -> int:
    """The next ``seq`` of a table (the first of ``count``). Never given twice, also after a row was
    deleted.
    """
    last = connection.scalar(
        counters.update()
        .where(counters.c.name == table)
        .values(last=counters.c.last + count)
        .returning(counters.c.last)
    )
    if last is None:
        connection.execute(counters.insert().values(name=table, last=count))
        last = count
    return int(last) - count + 1


def insert_many(connection: sa.Connection, table: sa.TableClause, rows: list[dict[str, Any]]) -> None:
    """Insert rows that all have the same keys, handing tuples to the driver: dicts take twice as long."""
    if not rows:
        return
    dialect, keys = connection.dialect, list(rows[0])
    statement = table.insert().compile(dialect=dialect, column_keys=keys)
    assert statement.positiontup is not None
    names = statement.positiontup
    processors = {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names}
    changed = {name: process for name, process in processors.items() if process is not None}
    if changed:
        rows = [row | {name: process(row[name]) for name, process in changed.items()} for row in rows]
    pick = itemgetter(*names)
    connection.exec_driver_sql(str(statement), [pick(row) for row in rows])


def refuse_stale(connection: sa.Connection, table: sa.Table, row_id: str, version: int) -> None:
    """Make sure a row still has the version its reader saw.

    Raises ConflictError (``conflict``) when it has another one, UserError (``not-found``) when it is gone.
    """
    found = connection.scalar(sa.select(table.c.version).where(table.c.id == row_id))
    if found is None:
        raise not_found()
    if found != version:
        raise conflict()


def gone(connection: sa.Connection, table: sa.Table, row_id: str) -> UserError:
    """What to tell when the content of a row is not there: it was erased, or there never was such a row."""
    there = connection.scalar(sa.select(table.c.id).where(table.c.id == row_id))
    return not_found() if there is None else erased()


def erased() -> UserError:
    """What to tell whoever opens something that went with its customer's data."""
    return UserError(
        Problem(
            "erased",
            _("この内容は、保存期間が過ぎたため消去されています。"),
            why=_("番号・日付・金額だけが残っています。"),
            remedy=_("一覧に戻ってください。"),
        )
    )


def conflict() -> ConflictError:
    """What to tell when somebody else saved first."""
    return ConflictError(
        Problem(
            "conflict",
            _("別の画面で、先に内容が変更されています。"),
            why=_("上書きはしていません。"),
            remedy=_("いまの入力を控えてから開き直し、もう一度変更してください。"),
        )
    )


def not_found() -> UserError:
    """What to tell when a record isn't there (any more)."""
    return UserError(
        Problem(
            "not-found",
            _("データが見つかりません。"),
            why=_("別の画面で削除された可能性があります。"),
            remedy=_("一覧を更新してください。"),
        )
    )


def unknown_customer() -> UserError:
    """What to tell when a record names a customer that is not stored, or no longer stands for himself."""
    return UserError(
        Problem(
            "unknown-customer",
            _("この顧客は登録されていません。"),
            remedy=_("顧客を選び直すか、新しく登録してください。"),
            field="customer_id",
        )
    )


def refuse_endless(field: str, *amounts: int) -> None:
    """Refuse amounts no database column holds (over nine quintillion yen). UserError: ``out-of-range``."""
    if any(abs(amount) > _MOST_YEN for amount in amounts):
        raise UserError(Problem("out-of-range", _("金額が大きすぎます。"), field=field))
