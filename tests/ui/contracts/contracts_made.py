"""Contracts for tests of the list and the page: on a real desk, with customers of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Fact, Outage, Started
from app.contract.record import Application, ContractContent, Entry, StoredContract
from app.contract.steps import Accepted, Submitted
from app.usecases.desk import Desk
from app.usecases.keep_application import start_application
from app.usecases.keep_customer import register_customer
from app.usecases.record_entry import record

KNOWN = datetime.fromisoformat("2026-10-08T09:20+09:00")
BACK = datetime.fromisoformat("2026-10-09T23:20+09:00")
MINORI: tuple[Fact, ...] = (
    Started(on=date(2026, 5, 20), items={"id": 28}),
    Changed(id="more", on=date(2026, 9, 14), items={"id": 31}),
    Outage(id="outage", known_at=KNOWN, restored_at=BACK, cause="company"),
)
"""28 IDs from 20 May, 31 from 14 September, nothing worked for 38 hours in October."""


def made(
    desk: Desk,
    name: str = "株式会社みのり食品",
    kana: str = "ミノリショクヒン",
    service: str = "dokodemo-prime",
    entries: Sequence[Entry] = MINORI,
    items: dict[str, int] | None = None,
) -> StoredContract:
    """A contract that went the whole way, with what happened since; without entries only applied for."""
    customer = register_customer(
        desk,
        CustomerFields(
            name=name, kana=kana, prefecture="大阪府", address="大阪市中央区本町1-2-3", phone="06-0000-2345"
        ),
    )
    start = next((one.on for one in entries if isinstance(one, Started)), None)
    content = ContractContent(
        service=service,
        line_number="CAF0012345678" if name.endswith("食品") else "",
        provider_number="P-2605-114",
        application=Application(items=items or {"id": 28}, wished_start=start),
    )
    stored = start_application(desk, customer.id, content)
    if start is None:
        return stored
    stored = record(
        desk, stored.id, stored.version, (Submitted(on=start), Accepted(on=start, effective=start))
    )
    begin = tuple(one for one in entries if isinstance(one, Started))
    stored = record(desk, stored.id, stored.version, begin)
    rest = tuple(one for one in entries if not isinstance(one, Started))
    return record(desk, stored.id, stored.version, rest) if rest else stored
