"""A contract as rows: what its lists show, its entries, its deadlines, its search entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.record import ContractContent, ContractState, Entry, Recorded, Standing, StoredContract
from app.contract.steps import Submitted
from app.folding import fold
from db import search
from db.base import refuse_endless
from db.contract_tables import contract_contents, contract_entries, contracts
from db.ids import uuid7
from db.payloads import pack_entry, reader, unpack, unpack_entries
from db.sqlite import CONTRACTS_TO_RECHECK, NEXT_CONTRACTS
from db.tables import customers
from db.towns import town_of

CUSTOMER: Final = sa.select(
    *(customers.c[name] for name in ("id", "name", "kana", "kana_key", "town", "phone", "hidden"))
)
"""What a contract's list row repeats of its customer."""

_FOUND_BY: Final = ("number", "customer", "kana", "town", "phone")
_DAYS: Final = ("on", "first", "since", "known_at", "at", "notified", "applied_on")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)

read_content: Final[Callable[[str], ContractContent]] = reader(ContractContent)


def columns_of(content: ContractContent, standing: Standing, customer: Mapping[Any, Any]) -> dict[str, Any]:
    """The list columns of a contract, without its number, staff and versions."""
    return {
        "customer_id": customer["id"],
        **columns_of_customer(content, customer),
        **columns_of_content(content),
        **columns_of_standing(standing, line_key(content.line_number)),
    }


def columns_of_customer(content: ContractContent, customer: Mapping[Any, Any]) -> dict[str, Any]:
    """What a list row repeats of the customer; the town is that of the place the service is used at."""
    return {
        "customer": customer["name"],
        "kana": customer["kana"],
        "customer_key": customer["kana_key"],
        "town": town_of("", content.site.address) or customer["town"],
        "phone": customer["phone"] or content.contact.phone,
    }


def columns_of_content(content: ContractContent) -> dict[str, Any]:
    """The list columns that what was agreed makes."""
    return {
        "service": content.service,
        "line_number": content.line_number,
        "line_key": line_key(content.line_number),
        "provider_number": content.provider_number,
        "quotation_id": content.quotation_id,
    }


def columns_of_standing(standing: Standing, line: str) -> dict[str, Any]:
    """The list columns that a standing makes. A contract without a line number holds none."""
    refuse_endless("standing", standing.monthly_net, standing.yearly_net, standing.quantity)
    deadline = standing.next_deadline
    return {
        "state": standing.state.value,
        "quantity": standing.quantity,
        "item": standing.item,
        "monthly_net": standing.monthly_net,
        "yearly_net": standing.yearly_net,
        "started_on": standing.started_on,
        "ended_on": standing.ended_on,
        "next_on": deadline.on if deadline else None,
        "next_since": deadline.since if deadline else None,
        "next_code": deadline.code if deadline else "",
        "holds_line": standing.holds_line and bool(line),
        "recheck_on": standing.recheck_on,
    }


def line_key(line_number: str) -> str:
    """The number of a line as it is compared: letters and digits only."""
    return fold(line_number)


def entry_rows(contract_id: str, entries: Sequence[Recorded]) -> list[dict[str, Any]]:
    """Rows of entries that have their ids."""
    return [
        {
            "id": one.entry.id,
            "seq": one.seq,
            "contract_id": contract_id,
            "kind": one.entry.__struct_config__.tag,
            "day": _day_of(one.entry),
            "recorded_at": one.recorded_at,
            "payload": pack_entry(one),
        }
        for one in entries
    ]


def named(entry: Entry) -> Entry:
    """An entry that has an id."""
    return entry if entry.id else msgspec.structs.replace(entry, id=uuid7())


def highest_receipt(entries: Iterable[Entry]) -> int:
    """The highest place in the order of receipt that entries give, also those voided later."""
    return max((one.receipt for one in entries if isinstance(one, Submitted)), default=0)


def deadline_rows(contract_id: str, standing: Standing) -> list[dict[str, Any]]:
    """Rows of the deadlines of a standing, in its order."""
    return [
        {
            "contract_id": contract_id,
            "place": place,
            "code": one.code,
            "day": one.on,
            "since": one.since,
            "whose": one.whose,
            "clause": one.clause,
        }
        for place, one in enumerate(standing.deadlines)
    ]


def search_again(
    connection: sa.Connection,
    content: ContractContent,
    columns: dict[str, Any],
    before: Mapping[Any, Any] | None,
) -> None:
    """Bring the search entry up to date, where what it is found by differs from ``before``."""
    if before is not None and all(columns[name] == before[name] for name in _FOUND_BY):
        old = before.get("content_before")
        if old is None or _found(old) == _found(content):
            return
    entry = search.contract_entry(columns["seq"], columns, content)
    search.put(connection, search.CONTRACT_INDEX, entry, is_new=before is None)


def _found(content: ContractContent) -> tuple[object, ...]:
    return (
        content.title, content.provider_number, content.line_number, content.site.name, content.contact.phone,
        content.contact.name,
    )  # fmt: skip


def rename(connection: sa.Connection, customer_id: str) -> None:
    """Let the lists of contracts say what their customer is called now."""
    customer = connection.execute(CUSTOMER.where(customers.c.id == customer_id)).mappings().one()
    rows = connection.execute(
        sa.select(contracts, contract_contents.c.content)
        .join_from(contracts, contract_contents)
        .where(contracts.c.customer_id == customer_id, contracts.c.hidden == "")
    )
    for row in rows.mappings().all():
        content = unpack(ContractContent, row["content"])
        columns = columns_of_customer(content, customer)
        if any(columns[name] != row[name] for name in columns):
            connection.execute(contracts.update().where(contracts.c.id == row["id"]).values(columns))
            search_again(connection, content, {**row, **columns}, before=row)


def stored(row: Mapping[Any, Any], content: ContractContent, entries: tuple[Recorded, ...]) -> StoredContract:
    """A contract out of its rows."""
    return StoredContract(
        id=row["id"],
        seq=row["seq"],
        version=row["version"],
        number=row["number"],
        customer_id=row["customer_id"],
        content=content,
        entries=entries,
        state=ContractState(row["state"]),
        staff=row["staff"],
        created_at=row["created_at"],
        updated_at=row["updated_at"],
    )


def entries_of(connection: sa.Connection, contract_id: str) -> tuple[Recorded, ...]:
    """What was recorded of a contract, in the order of recording; moments are local."""
    payloads = connection.scalars(
        sa.select(contract_entries.c.payload)
        .where(contract_entries.c.contract_id == contract_id)
        .order_by(contract_entries.c.seq)
    )
    return tuple(
        msgspec.structs.replace(one, recorded_at=one.recorded_at.astimezone())
        for one in unpack_entries(f"[{','.join(payloads)}]")
    )


_STATES: Final = {state.value: state for state in ContractState}
_BY_SEQ: Final = attrgetter("seq")


def batch(connection: sa.Connection, after_seq: int, count: int) -> list[StoredContract]:
    """The next contracts in the order of ``seq``, in one statement; their moments are in UTC."""
    return _whole(connection.execute(NEXT_CONTRACTS, {"after": after_seq, "count": count}).all())


def to_recheck(connection: sa.Connection, today: date, count: int) -> list[StoredContract]:
    """Contracts whose standing may have changed by ``today``, those longest due first; moments in UTC."""
    return _whole(connection.execute(CONTRACTS_TO_RECHECK, {"today": today, "count": count}))


def _whole(rows: Iterable[Any]) -> list[StoredContract]:
    return [
        StoredContract(
            id=contract_id,
            seq=seq,
            version=version,
            number=number,
            customer_id=customer_id,
            content=read_content(content),
            entries=tuple(sorted(unpack_entries(entries), key=_BY_SEQ)) if entries else (),
            state=_STATES[state],
            staff=staff,
            created_at=_EPOCH + timedelta(microseconds=created),
            updated_at=_EPOCH + timedelta(microseconds=updated),
        )
        for contract_id, seq, version, number, customer_id, state, staff, created, updated, content, entries
        in rows
    ]  # fmt: skip


def _day_of(entry: Entry) -> date | None:
    """The day an entry speaks of, for whoever looks with SQL alone."""
    for name in _DAYS:
        found = getattr(entry, name, None)
        if found is not None:
            return found.date() if isinstance(found, datetime) else found
    return None
