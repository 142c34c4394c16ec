"""A week of visits for tests of the grid and the panel: on a real desk, with technicians and a contract."""

from __future__ import annotations

from datetime import date

from app.contract.customer import CustomerFields
from app.contract.facts import Started
from app.contract.record import StoredContract
from app.usecases.book_visit import book
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.keep_technicians import add_technician
from app.usecases.keep_visit import receive
from app.visit.order import (
    Device,
    Leave,
    Span,
    StoredVisit,
    Technician,
    TechnicianFields,
    VisitContent,
    VisitPlace,
)
from tests.ui.contracts.contracts_made import made

TUESDAY = date(2026, 11, 24)
PC = Device(kind="pc", menu=("os-recovery",))
GATEWAY = {"base": 1, "endpoint": 8, "gateway-10": 1}


def technicians(desk: Desk) -> list[Technician]:
    """Two of them; the second is away on Thursday."""
    away = Leave(first=date(2026, 11, 26), last=date(2026, 11, 26), why="社内研修")
    return [
        add_technician(desk, TechnicianFields(name="井上 健太")),
        add_technician(desk, TechnicianFields(name="大西 真央", leaves=(away,), order=1)),
    ]


def visit(
    desk: Desk,
    name: str,
    first: int = 0,
    minutes: int = 120,
    who: tuple[str, ...] = (),
    on: date = TUESDAY,
    address: str = "大阪府大阪市北区1-1",
) -> StoredVisit:
    """A visit, with a slot where ``first`` is a minute of the day."""
    customer = register_customer(desk, CustomerFields(name=name, phone="06-0000-2345"))
    content = VisitContent(
        service="media-light", place=VisitPlace(address=address), devices=(PC,), minutes=minutes
    )
    stored = receive(desk, customer.id, content)
    if not first:
        return stored
    return book(desk, stored.id, stored.version, (Span(on=on, first=first, last=first + minutes),), who)


def with_gateway(desk: Desk) -> StoredContract:
    """A contract since April whose free visit was not used."""
    return made(
        desk, "株式会社あさひ設計", "アサヒセッケイ", "media-light",
        (Started(on=date(2026, 4, 1), items=GATEWAY),), GATEWAY,
    )  # fmt: skip
