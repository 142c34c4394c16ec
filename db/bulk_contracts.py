"""Many contracts at once, through the same tables, for demonstrations and benchmarks.

One transaction and one link of the audit chain for the lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.beside import CallNote, Equipment, EquipmentFields
from app.contract.record import ContractContent, Recorded, Standing
from db import search
from db.base import insert_many, next_seq, unknown_customer
from db.beside import equipment_row
from db.bulk import batches, quickly
from db.contract_rows import CUSTOMER, columns_of, deadline_rows, entry_rows, highest_receipt, named
from db.contract_tables import (
    contract_contents,
    contract_deadlines,
    contract_entries,
    contracts,
    equipment,
    notes,
)
from db.engine import SqlStorage
from db.ids import uuid7
from db.payloads import pack
from db.quotations import number_key
from db.sqlite import among
from db.tables import customers
from db.work import SqlWork

_TABLES: Final = (contracts, contract_entries, contract_deadlines, equipment, notes)


class BulkContract(msgspec.Struct, frozen=True, kw_only=True):
    """A contract to insert. The ``seq`` of its entries is given here, in their order; so are missing ids, and
    whose the notes are.
    """

    customer_id: str
    number: str
    content: ContractContent
    standing: Standing
    staff: str = ""
    entries: tuple[Recorded, ...] = ()
    equipment: tuple[EquipmentFields, ...] = ()
    notes: tuple[CallNote, ...] = ()
    created_at: datetime
    updated_at: datetime


def insert_contracts(storage: SqlStorage, many: Iterable[BulkContract]) -> list[str]:
    """Insert contracts and return their ids, in their order. The customers they name must be stored
    (UserError ``unknown-customer``); two on one line are a bug (IntegrityError).
    """
    ids: list[str] = []
    with storage.work() as work:
        with quickly(work.session.connection, *_TABLES):
            for batch in batches(many):
                ids += _insert(work, batch)
        work.audit.record("", "contracts-inserted", "", {"count": len(ids)})
        work.commit()
    return ids


def _insert(work: SqlWork, many: Sequence[BulkContract]) -> list[str]:
    connection = work.session.connection
    people = _people(connection, many)
    first = next_seq(connection, "contracts", len(many))
    rows = [_row(seq, one, people[one.customer_id]) for seq, one in enumerate(many, first)]
    insert_many(connection, contracts, rows)
    pairs = list(zip(rows, many, strict=True))
    insert_many(
        connection,
        contract_contents,
        [{"contract_id": row["id"], "content": pack(one.content)} for row, one in pairs],
    )
    insert_many(
        connection,
        search.CONTRACT_INDEX,
        [search.contract_entry(row["seq"], row, one.content) for row, one in pairs],
    )
    insert_many(
        connection,
        contract_deadlines,
        [deadline for row, one in pairs for deadline in deadline_rows(row["id"], one.standing)],
    )
    _insert_entries(connection, pairs)
    _insert_beside(connection, pairs)
    return [row["id"] for row in rows]


def _insert_entries(connection: sa.Connection, pairs: Sequence[tuple[dict[str, Any], BulkContract]]) -> None:
    count = sum(len(one.entries) for _row, one in pairs)
    seq = next_seq(connection, "contract_entries", count)
    rows: list[dict[str, Any]] = []
    for row, one in pairs:
        recorded = [
            msgspec.structs.replace(entry, entry=named(entry.entry), seq=place)
            for place, entry in enumerate(one.entries, seq)
        ]
        seq += len(recorded)
        rows += entry_rows(row["id"], recorded)
    insert_many(connection, contract_entries, rows)


def _insert_beside(connection: sa.Connection, pairs: Sequence[tuple[dict[str, Any], BulkContract]]) -> None:
    devices = [
        Equipment(id=uuid7(), version=1, contract_id=row["id"], fields=fields)
        for row, one in pairs
        for fields in one.equipment
    ]
    first = next_seq(connection, "equipment", len(devices))
    insert_many(connection, equipment, [equipment_row(one, seq) for seq, one in enumerate(devices, first)])
    insert_many(
        connection,
        notes,
        [
            {
                **msgspec.structs.asdict(note),
                "id": note.id or uuid7(),
                "version": 1,
                "subject": "contract",
                "subject_id": row["id"],
            }
            for row, one in pairs
            for note in one.notes
        ],
    )


def _people(connection: sa.Connection, many: Sequence[BulkContract]) -> dict[str, Mapping[Any, Any]]:
    wanted = {one.customer_id for one in many}
    rows = connection.execute(CUSTOMER.where(among(customers.c.id, sorted(wanted)))).mappings()
    found: dict[str, Mapping[Any, Any]] = {str(row["id"]): row for row in rows}
    if len(found) != len(wanted):
        raise unknown_customer()
    return found


def _row(seq: int, one: BulkContract, customer: Mapping[Any, Any]) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "seq": seq,
        "version": 1 + len(one.entries),
        "created_at": one.created_at,
        "updated_at": one.updated_at,
        "number": one.number,
        "number_key": number_key(one.number),
        "staff": one.staff,
        "receipt": highest_receipt(entry.entry for entry in one.entries),
        "hidden": "",
        **columns_of(one.content, one.standing, customer),
    }
