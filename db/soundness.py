"""Whether what is frozen is still what it was: scans by their SHA-256, closed runs by their bills."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Final

import sqlalchemy as sa

from app.words import _
from db.contract_tables import (
    attachment_bytes,
    attachments,
    bills,
    contract_contents,
    contract_entries,
    customer_details,
    equipment,
    runs,
)
from db.tables import quotation_contents, quotation_revisions
from db.visit_tables import technicians, visit_contents, visit_events

_RECORDS: Final = (
    contract_contents.c.content,
    contract_entries.c.payload,
    customer_details.c.content,
    equipment.c.fields,
    quotation_contents.c.content,
    quotation_revisions.c.content,
    technicians.c.fields,
    visit_contents.c.content,
    visit_events.c.payload,
)
_SUMS: Final = ("net", "tax", "exempt", "total")


def unsound(connection: sa.Connection) -> Iterator[str]:
    """What does not hold, as sentences. Reads every scan, and the narrow rows of closed bills; their hash,
    which covers every line, the business works out (``hash_of_run``).
    """
    yield from damaged_scans(connection)
    yield from changed_runs(connection)


def unreadable_records(connection: sa.Connection) -> Iterator[str]:
    """Kinds of records of which one or more hold no text the program could have written. Whether they hold
    together otherwise is for what reads them; a closed month, its bills and the papers have hashes of their
    own.
    """
    said = _("「{table}」に、読めない内容が{count}件あります。")
    for column in _RECORDS:
        count = connection.scalar(
            sa.select(sa.func.count())
            .select_from(column.table)
            .where(
                sa.case(
                    (column.is_(None), False),
                    (sa.func.typeof(column) != "text", True),
                    else_=sa.not_(sa.func.json_valid(column)),
                )
            )
        )
        if count:
            yield said.format(table=column.table.name, count=count)


def damaged_scans(connection: sa.Connection) -> Iterator[str]:
    """Scans whose bytes are not those that were kept."""
    statement = (
        sa.select(attachments.c.name, attachments.c.sha256, attachment_bytes.c.data)
        .join_from(attachments, attachment_bytes, isouter=True)
        .order_by(attachments.c.id)
    )
    rows = connection.execute(statement, execution_options={"yield_per": 1})  # never all of them at once
    for name, expected, data in rows:
        if data is None or hashlib.sha256(data).hexdigest() != expected:
            yield _("添付ファイル「{name}」が、保存したときの内容と一致しません。").format(name=name)


def changed_runs(connection: sa.Connection) -> Iterator[str]:
    """Closed months whose bills no longer come to their sums."""
    rows = connection.execute(
        sa.select(
            runs.c.number,
            runs.c.month,
            *(runs.c[name] for name in ("refused", *_SUMS)),
            sa.func.sum(sa.case((bills.c.refused != "", 1), else_=0)),
            *(sa.func.coalesce(sa.func.sum(bills.c[name]), 0) for name in _SUMS),
        )
        .join_from(runs, bills, isouter=True)
        .where(runs.c.state == "closed")
        .group_by(runs.c.id)
        .order_by(runs.c.month)
    ).all()
    for number, month, *sums in rows:
        half = len(sums) // 2
        if sums[:half] != [one or 0 for one in sums[half:]]:
            yield _("締めた{month}分（{number}）の合計が、請求の内容と一致しません。").format(
                month=month, number=number
            )
