"""A real desk with technicians, a customer with a gateway, and visits on their way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from app.contract.customer import CustomerFields
from app.contract.facts import Started
from app.contract.record import ContractContent, StoredContract
from app.errors import UserError
from app.usecases import book_visit, keep_visit, work_on_site
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.keep_technicians import add_technician
from app.usecases.stand_contract import standing_of
from app.visit.order import (
    Device,
    Span,
    StoredVisit,
    Technician,
    TechnicianFields,
    Tick,
    VisitContent,
    VisitFigures,
    VisitPlace,
)
from app.visit.visit_life import last_report
from tests.billing_desk import Clock, billing_desk
from tests.desks import JAPAN

TUESDAY = date(2026, 11, 24)  # Monday the 23rd is a holiday
STROKES = (((0, 0), (2_000, 900), (4_000, 100)),)
POINTS = ("backup", "deletion", "confidential", "price")
PLACE = VisitPlace(name="本社", address="大阪府大阪市中央区本町1-1", person="実 太郎", phone="06-6123-4567")
RECOVERY = Device(id="d1", name="受付PC", menu=("os-recovery",), backup=True)


def clock() -> Clock:
    """Friday afternoon."""
    return Clock(datetime(2026, 11, 20, 14, 32, tzinfo=JAPAN))


def desk_with(folder: Path, time: Clock | None = None) -> Desk:
    """A desk on a Friday afternoon."""
    return billing_desk(folder, time or clock())


def go(time: Clock, on: date, hour: int = 9, minute: int = 0) -> None:
    """Set the clock."""
    time.time = datetime(on.year, on.month, on.day, hour, minute, tzinfo=JAPAN)


def technicians(desk: Desk, *names: str, **fields: Any) -> list[Technician]:
    """Those who visit, in the order named."""
    return [
        add_technician(desk, TechnicianFields(name=name, order=place, **fields))
        for place, name in enumerate(names)
    ]


def customer(desk: Desk, name: str = "株式会社みのり食品") -> str:
    """A customer in Osaka."""
    fields = CustomerFields(
        name=name, kana="ミノリショクヒン", prefecture="大阪府", address="大阪市中央区本町1-1",
        phone="06-6123-4567", person="実 太郎",
    )  # fmt: skip
    return register_customer(desk, fields).id


def contract(
    desk: Desk,
    customer_id: str,
    service: str = "media-light",
    items: dict[str, int] | None = None,
    start: date = date(2026, 5, 20),
) -> StoredContract:
    """A contract in use, with a gateway unless told otherwise."""
    known = ContractContent(service=service)
    facts = (Started(start, items or {"endpoint": 8, "gateway-10": 1}, {}),)
    with desk.storage.work() as work:
        standing = standing_of(known, facts, desk.catalogue, desk.today())
        made = work.contracts.add(
            work.numbers.next("C", "HM1", desk.today()), customer_id, known, standing, "田村 美咲"
        )
        made = work.contracts.change(made.id, made.version, standing, entries=facts, staff="田村 美咲")
        work.commit()
    return made


def content(**others: Any) -> VisitContent:
    """One recovery in Osaka."""
    fields: dict[str, Any] = {
        "service": "media-light", "place": PLACE, "devices": (RECOVERY,), **others
    }  # fmt: skip
    return VisitContent(**fields)


def span(first: str, last: str, on: date = TUESDAY) -> Span:
    """A span by the clock."""

    def minute(text: str) -> int:
        hour, _colon, rest = text.partition(":")
        return int(hour) * 60 + int(rest or 0)

    return Span(on=on, first=minute(first), last=minute(last))


def confirmed(desk: Desk, customer_id: str, technician: Technician, at: Span, **others: Any) -> StoredVisit:
    """A visit received, booked and confirmed."""
    visit = keep_visit.receive(desk, customer_id, content(**others))
    visit = book_visit.book(desk, visit.id, visit.version, [at], [technician.id])
    return book_visit.confirm(desk, visit.id, visit.version, "実")


def done(visit: StoredVisit) -> tuple[Tick, ...]:
    """Everything done."""
    return tuple(
        Tick(device=one.id, menu=code, result="done") for one in visit.content.devices for code in one.menu
    )


def worked(desk: Desk, visit: StoredVisit, ticks: Sequence[Tick] | None = None) -> StoredVisit:
    """Begun, agreed to, reported and signed; only finishing remains."""
    visit = work_on_site.begin(desk, visit.id, visit.version)
    visit = work_on_site.sign_before(desk, visit.id, visit.version, "実 太郎", STROKES, POINTS)
    visit = work_on_site.report(desk, visit.id, visit.version, ticks or done(visit))
    frozen = last_report(visit.events)
    assert frozen is not None
    return work_on_site.sign_report(desk, visit.id, visit.version, "実 太郎", STROKES, frozen.sha256)


def figures(desk: Desk, visit: StoredVisit) -> VisitFigures:
    """What was worked out of a visit when it was stored."""
    with desk.storage.look() as work:
        return work.visits.figures(visit.id)


def codes(error: pytest.ExceptionInfo[UserError]) -> list[str]:
    """The codes of a refusal."""
    return [one.code for one in error.value.problems]


def claims(desk: Desk, contract_id: str) -> list[int]:
    """Net yen of each claim that waits."""
    with desk.storage.look() as work:
        waiting = work.bills.waiting([contract_id]).get(contract_id, [])
        return [sum(line.amount for line in claim.lines) for claim in waiting]
