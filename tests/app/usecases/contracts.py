"""Contracts for tests of use cases: applied for and begun on a real desk, and asked of ``answer``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.answers.questions import answer_question
from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Ended, Outage, Timeline
from app.contract.record import (
    Application,
    ContractContent,
    ContractQuery,
    ContractRow,
    Entry,
    StoredContract,
)
from app.usecases import keep_application
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.record_entry import record
from tests.shipped import TODAY, catalogue


@dataclass(frozen=True)
class Life:
    """The life of one contract: what is applied for, when it begins, and what happens to it."""

    service: str
    items: dict[str, int]
    start: date
    change: dict[str, int]
    change_on: date
    outage: tuple[str, str]
    end: date
    requested: date


LIVES = (
    Life(
        "mihariban", {"license": 15}, date(2026, 5, 20), {"license": 20}, date(2026, 9, 14),
        ("2026-10-08T09:00", "2026-10-09T23:00"), date(2026, 12, 10), date(2026, 11, 20),
    ),
    Life(
        "media-light", {"endpoint": 8, "gateway-10": 1}, date(2026, 5, 20), {"endpoint": 6, "gateway-10": 1},
        date(2026, 9, 14), ("2026-10-08T09:00", "2026-10-09T23:00"), date(2026, 12, 10),
        date(2026, 11, 20),
    ),
    Life(
        "osect", {"sensor": 2}, date(2026, 5, 20), {"sensor": 3}, date(2026, 9, 14),
        ("2026-10-08T09:00", "2026-10-09T23:00"), date(2026, 12, 10), date(2026, 11, 20),
    ),
    Life(
        "dokodemo-prime", {"id": 28}, date(2026, 5, 20), {"id": 31}, date(2026, 9, 14),
        ("2026-10-08T09:00", "2026-10-09T23:00"), date(2026, 12, 10), date(2026, 11, 20),
    ),
    Life(
        "mdr-ndr", {"annual-fee": 3_000_000}, date(2025, 5, 20), {"annual-fee": 3_600_000}, date(2026, 9, 14),
        ("2026-10-08T09:00", "2026-10-09T23:00"), date(2027, 6, 10), date(2026, 11, 20),
    ),
)  # fmt: skip


def customer(desk: Desk, name: str = "株式会社みのり食品") -> str:
    """A stored customer's id."""
    fields = CustomerFields(
        name=name, prefecture="大阪府", address="大阪市中央区本町1-1", phone="06-6123-4567",
        email="info@example.jp", person="実 太郎",
    )  # fmt: skip
    return register_customer(desk, fields).id


def content(service: str, items: dict[str, int], start: date, line: str = "") -> ContractContent:
    applied = Application(applied_on=start, wished_start=start, items=items)
    return ContractContent(service=service, line_number=line, application=applied)


def begun(
    desk: Desk, service: str, items: dict[str, int], start: date, line: str = "", owner: str = ""
) -> StoredContract:
    """A contract applied for, passed on, accepted and begun on one day; a later start is accepted today."""
    on = min(start, desk.today())
    made = keep_application.start_application(
        desk, owner or customer(desk), content(service, items, start, line)
    )
    made = keep_application.submit(desk, made.id, made.version, on, anyway=True)
    made = keep_application.accept(desk, made.id, made.version, on, start)
    return keep_application.start(desk, made.id, made.version, start)


def happenings(life: Life) -> tuple[Entry, ...]:
    """What happens to a contract after its start."""
    known, restored = (datetime.fromisoformat(text) for text in life.outage)
    return (
        Changed(on=life.change_on, items=life.change),
        Outage(known_at=known, restored_at=restored, cause="company"),
        Ended(on=life.end, requested=life.requested),
    )


def lived(desk: Desk, life: Life) -> StoredContract:
    """A whole life, recorded one entry after the other."""
    made = begun(desk, life.service, life.items, life.start)
    for entry in happenings(life):
        made = record(desk, made.id, made.version, (entry,))
    return made


def asked(life: Life, months: list[str]) -> dict[str, Any]:
    """What ``answer`` says of the same life: the bills of months, and the fee of its end."""
    contract = {
        "start": life.start.isoformat(),
        "items": life.items,
        "changes": [{"on": life.change_on.isoformat(), "items": life.change}],
        "outages": [
            {"known_at": life.outage[0], "restored_at": life.outage[1], "cause": "company"},
        ],
        "cancel": {"on": life.end.isoformat(), "requested": life.requested.isoformat()},
    }
    given = {"service": life.service, "contract": contract}
    bill = answer_question({"id": 1, "ask": "bill", "given": {**given, "months": months}}, catalogue(), TODAY)
    fee = answer_question({"id": 2, "ask": "termination", "given": given}, catalogue(), TODAY)
    return {"months": bill["answer"]["months"], "fee": fee["answer"]["fee"]}  # type: ignore[index]


def bills_of(one: Timeline, months: list[str]) -> dict[str, Any]:
    """What ``answer`` says of a timeline's months; {} where it refuses."""
    history = one.history
    contract: dict[str, Any] = {
        "start": one.started.on.isoformat(),
        "items": dict(one.started.items),
        "customer": one.customer,
        "line": one.line,
        "changes": [{"on": state.on.isoformat(), "items": dict(state.items)} for state in history.states[1:]],
        "outages": [
            {"known_at": _clock(out.known_at), "restored_at": _clock(out.restored_at), "cause": out.cause}
            for out in history.outages
        ],
        "suspensions": [
            {"from": stop.first.isoformat(), "to": stop.last.isoformat() if stop.last else None}
            for stop in history.suspensions
        ],
    }
    if history.ended is not None:
        contract["cancel"] = {"on": history.ended.on.isoformat()}
    if history.billings:
        contract["billing"] = {"method": history.billings[0].method, "notice": history.billings[0].notice}
    given = {"service": one.service, "contract": contract, "months": months}
    answer = answer_question({"id": 1, "ask": "bill", "given": given}, catalogue(), TODAY)
    found: Any = answer.get("answer", {"months": {}})
    return dict(found["months"])


def _clock(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="minutes") if moment is not None else None


def listed(desk: Desk) -> list[ContractRow]:
    """The rows of the list of contracts, all of them."""
    with desk.storage.look() as work:
        return work.contracts.rows(work.contracts.seqs(ContractQuery()))
