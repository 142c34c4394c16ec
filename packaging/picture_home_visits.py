"""Scenes of Home on a day with visits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from picture_home import open_home
from picture_plan import scene
from picture_stage import Stage
from picture_visit_settings import fill_technicians

from app.visit.order import Device, Span, StoredVisit, Tick, VisitContent, VisitPlace

if TYPE_CHECKING:
    from app.usecases.desk import Desk

_TODAY: Final = date(2026, 11, 20)
_SIGNATURE: Final = (((0, 0), (1_800, 900), (3_600, 200)), ((900, 600), (2_700, 700)))
_VISITS: Final = (
    # start, minutes, technician, customer, devices, how far
    (540, 120, 2, "ひばり税理士法人", (Device(id="a", count=4, menu=("os-update",)),), "done"),
    (600, 150, 0, "株式会社岡野商店",
     (Device(id="a", count=2, menu=("data-migration",), data_gb="40", backup=True),), "done"),
    (780, 150, 1, "医療法人つばさ会",
     (Device(id="a", count=2, menu=("os-recovery", "endpoint-reinstall"), backup=True),), "working"),
    (930, 90, 0, "さつき不動産株式会社", (Device(id="a", kind="printer", count=2, menu=("printer-setup",)),),
     "confirmed"),
    (0, 0, 0, "喫茶ひなた", (Device(id="a", kind="wifi", menu=("internet-setup",)),), ""),
)  # fmt: skip


def fill_today(stage: Stage, desk: Desk) -> None:
    """Four visits today, two of them over and one under way, and one that waits for a slot."""
    clock, now = stage.maker.clock, stage.maker.clock.at
    people = fill_technicians(desk)
    clock.at = now - timedelta(days=1)
    visits = [_booked(desk, people[who], *rest) for *rest, who in _turned()]
    for visit, (first, minutes, _who, _name, _devices, how) in zip(visits, _VISITS, strict=True):
        morning = now.replace(hour=0, minute=0)
        if how in {"done", "working"}:
            clock.at = morning + timedelta(minutes=first)
            visit = _begun(desk, visit)
        if how == "done":
            clock.at = morning + timedelta(minutes=first + minutes - 5)
            _finished(desk, visit)
    clock.at = now


def _turned() -> list[tuple[Any, ...]]:
    return [(first, minutes, name, devices, who) for first, minutes, who, name, devices, _how in _VISITS]


def _booked(
    desk: Desk, technician: str, first: int, minutes: int, name: str, devices: tuple[Device, ...]
) -> StoredVisit:
    from app.contract.customer import CustomerFields
    from app.usecases.book_visit import book, confirm
    from app.usecases.keep_customer import register_customer
    from app.usecases.keep_visit import receive

    address = "大阪市中央区本町1-2-3"
    customer = register_customer(
        desk, CustomerFields(name=name, prefecture="大阪府", address=address, phone="06-0000-2345")
    )
    place = VisitPlace(address=f"大阪府{address}")
    content = VisitContent(service="media-light", place=place, devices=devices, minutes=minutes or None)
    stored = receive(desk, customer.id, content)
    if not minutes:
        return stored
    span = Span(on=_TODAY, first=first, last=first + minutes)
    stored = book(desk, stored.id, stored.version, (span,), (technician,))
    return confirm(desk, stored.id, stored.version)


def _begun(desk: Desk, visit: StoredVisit) -> StoredVisit:
    from app.usecases import work_on_site as site

    visit = site.begin(desk, visit.id, visit.version)
    points = site.points_before(visit.content)
    return site.sign_before(desk, visit.id, visit.version, "実 太郎", _SIGNATURE, points)


def _finished(desk: Desk, visit: StoredVisit) -> None:
    from app.usecases import work_on_site as site
    from app.visit.visit_life import last_report

    ticks = tuple(
        Tick(device=one.id, menu=menu, result="done") for one in visit.content.devices for menu in one.menu
    )
    visit = site.report(desk, visit.id, visit.version, ticks)
    frozen = last_report(visit.events)
    assert frozen is not None
    visit = site.sign_report(desk, visit.id, visit.version, "実 太郎", _SIGNATURE, frozen.sha256)
    site.finish(desk, visit.id, visit.version)


@scene("home", manual=True)
def home_visits(stage: Stage) -> None:
    """A day with visits: two over, one under way, one to come, one without a slot."""
    stage.open("home")
    assert stage.session is not None
    fill_today(stage, stage.session.desk)
    page = open_home(stage)
    page.visits.list.setFocus()
    stage.settle()


@scene("home")
def home_visits_only(stage: Stage) -> None:
    """Technicians, but nobody visits today."""
    stage.open("home", empty=True)
    assert stage.session is not None
    fill_technicians(stage.session.desk)
    page: Any = stage.window.page("home")  # type: ignore[union-attr]
    page.read()
    stage.settle()
