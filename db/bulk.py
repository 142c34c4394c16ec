"""Many rows at once, through the same tables, for demonstrations and benchmarks.

One transaction and one link of the audit chain for the lot. Quotations come without papers and revisions,
also those said to be issued: nothing was ever printed of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from itertools import islice
from typing import Any, Final, TypeVar

import msgspec
import sqlalchemy as sa

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent
from app.quote.stored import QuotationState, Totals
from db import customers as customer_rows
from db import quotations as quotation_rows
from db import search
from db.base import insert_many, next_seq
from db.engine import SqlStorage
from db.ids import uuid7
from db.payloads import pack
from db.sqlite import roomy
from db.tables import customers, quotation_contents, quotation_services, quotations
from db.work import SqlWork

_AT_ONCE: Final = 2_000

Thing = TypeVar("Thing")


class BulkQuotation(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation to insert. EXPIRED is no state to store: give ISSUED and a day that is over."""

    content: QuotationContent
    totals: Totals = Totals()
    staff: str = ""
    state: QuotationState = QuotationState.DRAFT
    number: str = ""
    updated_at: datetime
    issued_on: date | None = None
    valid_until: date | None = None


def insert_customers(storage: SqlStorage, people: Iterable[CustomerFields]) -> list[str]:
    """Insert customers and return their ids, in their order."""
    ids: list[str] = []
    with storage.work() as work:
        with quickly(work.session.connection, customers):
            for batch in batches(people):
                ids += _insert_customers(work, batch)
        work.audit.record("", "customers-inserted", "", {"count": len(ids)})
        work.commit()
    return ids


def insert_quotations(storage: SqlStorage, many: Iterable[BulkQuotation]) -> int:
    """Insert quotations and return how many. The customers they name must be stored."""
    count = 0
    with storage.work() as work:
        with quickly(work.session.connection, quotations):
            for batch in batches(many):
                _insert_quotations(work, batch)
                count += len(batch)
        work.audit.record("", "quotations-inserted", "", {"count": count})
        work.commit()
    return count


@contextmanager
def quickly(connection: sa.Connection, *tables: sa.Table) -> Iterator[None]:
    """Build the indexes of tables once, after their rows, not row by row (part of the transaction)."""
    indexes = [index for table in tables for index in table.indexes]
    with roomy(connection):
        for index in indexes:
            index.drop(connection)
        yield
        for index in indexes:
            index.create(connection)


def _insert_customers(work: SqlWork, people: Sequence[CustomerFields]) -> list[str]:
    connection, now = work.session.connection, work.session.now()
    first = next_seq(connection, "customers", len(people))
    rows = [
        {
            "id": uuid7(),
            "seq": seq,
            "version": 1,
            "created_at": now,
            "updated_at": now,
            **customer_rows.columns_of(fields),
        }
        for seq, fields in enumerate(people, first)
    ]
    entries = [search.customer_entry(seq, fields) for seq, fields in enumerate(people, first)]
    insert_many(connection, customers, rows)
    insert_many(connection, search.CUSTOMER_INDEX, entries)
    return [str(row["id"]) for row in rows]


def _insert_quotations(work: SqlWork, many: Sequence[BulkQuotation]) -> None:
    connection = work.session.connection
    first = next_seq(connection, "quotations", len(many))
    rows = [_row(seq, one) for seq, one in enumerate(many, first)]
    insert_many(connection, quotations, rows)
    insert_many(
        connection,
        quotation_contents,
        [
            {"quotation_id": row["id"], "content": pack(one.content)}
            for row, one in zip(rows, many, strict=True)
        ],
    )
    insert_many(
        connection,
        search.QUOTATION_INDEX,
        [
            search.quotation_entry(row["seq"], one.number, one.content, row["title"], row["services"])
            for row, one in zip(rows, many, strict=True)
        ],
    )
    insert_many(
        connection,
        quotation_services,
        [
            {"service": service, "quotation_seq": row["seq"]}
            for row, one in zip(rows, many, strict=True)
            for service in sorted(quotation_rows.services_of(one.content))
        ],
    )


def _row(seq: int, one: BulkQuotation) -> dict[str, Any]:
    if one.state is QuotationState.EXPIRED:
        raise ValueError("EXPIRED follows from the validity date and is never stored")
    issued = one.state is not QuotationState.DRAFT
    return {
        "id": uuid7(),
        "seq": seq,
        "version": 1,
        "created_at": one.updated_at,
        "updated_at": one.updated_at,
        "state": one.state.value,
        "number": one.number or None,
        "number_key": quotation_rows.number_key(one.number),
        "revision": int(issued),
        "dirty": not issued,
        "staff": one.staff,
        "copied_from": "",
        "issued_on": one.issued_on,
        "valid_until": one.valid_until,
        **quotation_rows.columns_of(one.content, one.totals),
    }


def batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    """The things in lists of so many as are inserted at once."""
    rest = iter(things)
    while batch := list(islice(rest, _AT_ONCE)):
        yield batch
