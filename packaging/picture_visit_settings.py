"""Scenes of the settings of visits: who visits, how long work takes, closed days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from picture_contracts_made import fill_contracts
from picture_plan import scene
from picture_stage import Stage
from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from ui.settings.page import SettingsPage
    from ui.settings.technicians import TechniciansSection

Key = Qt.Key


def fill_technicians(desk: Desk) -> list[str]:
    """Six people, one of a partner firm, one away next week, one no longer active. Their ids."""
    from app.usecases.keep_technicians import add_technician
    from app.visit.order import Hours, Leave, TechnicianFields

    today = desk.today()
    weekdays = tuple(Hours(weekday=day) for day in range(5))
    late = tuple(Hours(weekday=day, first=10 * 60, last=19 * 60) for day in range(5))
    away = (
        Leave(first=today + timedelta(days=4), last=today + timedelta(days=4), why="健康診断",
              from_minute=9 * 60, to_minute=12 * 60),
        Leave(first=date(2026, 12, 24), last=date(2026, 12, 25), why="休み"),
    )  # fmt: skip
    people = (
        TechnicianFields(name="井上 健太", kana="イノウエ ケンタ", phone="090-0000-1101"),
        TechnicianFields(name="大西 真央", kana="オオニシ マオ", phone="090-0000-1102", leaves=away),
        TechnicianFields(name="川端 悟", kana="カワバタ サトル", phone="090-0000-1103", hours=weekdays,
                         areas=("west",)),
        TechnicianFields(name="森 彩香", kana="モリ アヤカ", phone="090-0000-1104", hours=late,
                         skills=("os-update", "wifi-setup", "printer-setup")),
        TechnicianFields(name="野口 亮", kana="ノグチ リョウ", phone="03-0000-2201", hours=weekdays,
                         areas=("east",), partner="東都フィールド株式会社"),
        TechnicianFields(name="西田 光", kana="ニシダ ヒカル", active=False),
    )  # fmt: skip
    fields = [
        TechnicianFields(**{name: getattr(one, name) for name in one.__struct_fields__} | {"order": place})
        for place, one in enumerate(people)
    ]
    return [add_technician(desk, one).id for one in fields]


def _section(stage: Stage, code: str, *, filled: bool = True) -> SettingsPage:
    window = stage.open("settings")
    assert stage.session is not None
    if filled:
        fill_technicians(stage.session.desk)
    window.open_settings(code)
    stage.settle()
    page: SettingsPage = window.page("settings")  # type: ignore[assignment]
    return page


def _technicians(page: SettingsPage) -> TechniciansSection:
    return page.sections["technicians"]  # type: ignore[return-value]


@scene("settings", manual=True)
def settings_technicians(stage: Stage) -> None:
    """Everybody who visits."""
    _technicians(_section(stage, "technicians")).list.list.setFocus()
    stage.settle()


@scene("settings")
def settings_technicians_empty(stage: Stage) -> None:
    """Nobody yet."""
    _section(stage, "technicians", filled=False)


@scene("settings", manual=True)
def settings_technician(stage: Stage) -> None:
    """One of them in full."""
    section = _technicians(_section(stage, "technicians"))
    assert section.known is not None
    section.open_technician(section.known.shown[3].technician.id)
    stage.settle()


@scene("settings")
def settings_technician_wrong(stage: Stage) -> None:
    """Too short a break, a leave that can't be read; further down."""
    page = _section(stage, "technicians")
    section = _technicians(page)
    assert section.known is not None
    section.open_technician(section.known.shown[1].technician.id)
    stage.settle()
    rest = section.form.hours.rows[0].rest
    rest.edit.setFocus()
    rest.edit.clear()
    stage.type("30")
    stage.press(Key.Key_Tab)
    section.form.leaves.add_leave()
    stage.settle()


@scene("settings", manual=True)
def settings_visit_times(stage: Stage) -> None:
    """How long work takes; one value changed."""
    page = _section(stage, "visit_times")
    stepper = page.sections["visit_times"].steppers["minutes.menu.os-recovery"]  # type: ignore[attr-defined]
    stepper.edit.setFocus()
    stepper.edit.clear()
    stage.type("45")
    stage.press(Key.Key_Tab)


@scene("settings", manual=True)
def settings_closed_days(stage: Stage) -> None:
    """Two of our own."""
    page = _section(stage, "closed_days")
    section = page.sections["closed_days"]
    for first, last, why in (("12/28", "", "棚卸し"), ("2027/8/12", "2027/8/14", "夏季休業")):
        row = section.add_row()  # type: ignore[attr-defined]
        stage.type(first, into=row.first)
        stage.type(last, into=row.last)
        stage.type(why, into=row.why)
        stage.press(Key.Key_Tab)


@scene("contracts", manual=True)
def contract_visits(stage: Stage) -> None:
    """The visits of a contract, and the free visit that is left."""
    from app.contract.record import ContractQuery
    from app.usecases.book_visit import book
    from app.usecases.keep_visit import receive
    from app.visit.order import Device, Span, VisitContent, VisitPlace

    window = stage.open("contracts")
    assert stage.session is not None
    desk = stage.session.desk
    fill_contracts(desk)
    people = fill_technicians(desk)
    with desk.storage.look() as work:
        seqs = work.contracts.seqs(ContractQuery(services=("media-light",)))
        rows = work.contracts.rows(seqs)
    row = next(row for row in rows if row.state.value == "active")
    place = VisitPlace(address="大阪府大阪市中央区本町1-2-3")
    for day, menu in ((26, "os-recovery"), (0, "printer-setup")):
        devices = (Device(id="a", count=2, menu=(menu,), backup=True),)
        content = VisitContent(service="media-light", contract_id=row.id, place=place, devices=devices)
        visit = receive(desk, row.customer_id, content)
        if day:
            span = Span(on=date(2026, 11, day), first=13 * 60, last=15 * 60)
            book(desk, visit.id, visit.version, (span,), (people[0],))
    window.open_contract(row.id, "visits")
    stage.settle()


@scene("customers")
def customer_visits(stage: Stage) -> None:
    """The visits of a customer."""
    from picture_visits import fill_visits

    window = stage.open("customers")
    assert stage.session is not None
    _contract, made = fill_visits(stage.session.desk)
    window.open_customer(made[0].customer_id)
    stage.settle()
    window.page("customers").form.side.go("visits")  # type: ignore[attr-defined]
    stage.settle()
