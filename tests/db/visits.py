"""Visits and technicians to put into a storage of a test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app.visit.carried import Carried
from app.visit.order import (
    Begun,
    Booked,
    Confirmed,
    Device,
    Finished,
    Happened,
    PriceByHand,
    Received,
    Reported,
    Signed,
    Span,
    StoredVisit,
    Technician,
    TechnicianFields,
    Tick,
    VisitContent,
    VisitFigures,
    VisitPlace,
    VisitState,
)
from db.work import SqlWork

AT = datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC)
DAY = date(2026, 11, 25)
PLACE = VisitPlace(
    name="第2倉庫", address="大阪府堺市西区1-2", person="坂井 恵子", phone="072-000-0160", area="west"
)
DEVICES = (
    Device(id="d1", name="受付PC", menu=("os-recovery", "data-migration"), data_gb="4.7", backup=True),
    Device(
        id="d2",
        name="倉庫PC",
        count=25,
        menu=("data-migration",),
        data_gb="50",
        by_hand=PriceByHand(unit_price=9_000, reason="台数が多いため", approved_by="店長"),
    ),
)
FIGURES = VisitFigures(minutes=120, net=21_000, area="west")
STROKES = (((0, 0), (120, 340), (400, 90)), ((10, 20), (30, 40)))


def span(first: int = 10, last: int = 12, on: date = DAY) -> Span:
    """A span of whole hours."""
    return Span(on=on, first=first * 60, last=last * 60)


def content(**others: Any) -> VisitContent:
    """Work on two kinds of devices."""
    fields: dict[str, Any] = {"service": "mihariban", "place": PLACE, "devices": DEVICES, **others}
    return VisitContent(**fields)


def technician(work: SqlWork, name: str = "大西 航", **others: Any) -> Technician:
    """Store somebody who visits."""
    return work.technicians.add(TechnicianFields(name=name, **others))


def add(work: SqlWork, customer_id: str, place: int = 1, **others: Any) -> StoredVisit:
    """Store a visit; others are fields of its content, or ``figures``."""
    figures = others.pop("figures", FIGURES)
    known, number = content(**others), f"W-A1-2611-{place:04}"
    return work.visits.add(number, customer_id, known, figures, [Received(at=AT, staff="田村")], "田村 美咲")


def book(work: SqlWork, visit: StoredVisit, *spans: Span, technicians: tuple[str, ...] = ()) -> StoredVisit:
    """Take a slot, or move."""
    before = visit.content
    event = Booked(
        at=AT,
        spans=spans,
        technicians=technicians,
        before=before.spans,
        technicians_before=before.technicians,
    )
    changed = VisitContent(
        **{
            name: getattr(before, name)
            for name in before.__struct_fields__
            if name not in {"spans", "technicians"}
        },
        spans=spans,
        technicians=technicians,
    )
    return work.visits.change(visit.id, visit.version, content=changed, events=[event])


EVENTS = (
    Confirmed(id="e-c", at=AT, staff="田村", by="坂井", net=21_000),
    Begun(id="e-b", at=AT),
    Signed(id="e-s1", at=AT, what="before", name="坂井", strokes=STROKES, sha256="ab", net=1, agreed=("x",)),
    Reported(
        id="e-r",
        at=AT,
        devices=DEVICES,
        ticks=(Tick(device="d1", menu="os-recovery", result="partly", why="部品待ち", first=600, last=660),),
        net=21_000,
        tax=2_100,
        notes="再訪問",
        sha256="cd" * 32,
    ),
    Signed(id="e-s2", at=AT, what="report", name="坂井", strokes=STROKES, sha256="cd" * 32),
    Finished(id="e-f", at=AT, claim_id="claim", used_free=True),
)

VISIT_SAMPLES: dict[Any, Any] = {
    VisitContent: VisitContent(service="mihariban"),
    Happened: Happened(event=EVENTS[0]),
    TechnicianFields: TechnicianFields(name="大西 航"),
    Carried: Carried(
        way="out",
        at=AT,
        home_version=1,
        base=StoredVisit(
            id="v",
            seq=1,
            version=1,
            number="W-A1-2611-0001",
            customer_id="c",
            content=content(),
            events=EVENTS,
            state=VisitState.DONE,
            staff="",
            created_at=AT,
            updated_at=AT,
        ),
    ),
}
"""One of each kind of record that is stored."""
