"""Believable weeks of visits for the demo: technicians, visits done, to come and waiting, by the use cases
of the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Final

from app.contract.record import ContractQuery, ContractState, StoredContract
from app.errors import UserError
from app.usecases import book_visit, keep_visit, work_on_site
from app.usecases.desk import Desk
from app.usecases.keep_technicians import add_technician
from app.usecases.visit_ground import ground_for, minutes_in
from app.visit.conflicts import hours_on, span_minutes
from app.visit.days import refusal
from app.visit.order import (
    Device,
    Hours,
    Leave,
    Span,
    StoredVisit,
    Technician,
    TechnicianFields,
    Tick,
    VisitContent,
    VisitPlace,
)
from app.visit.visit_life import last_report

_PEOPLE: Final = (
    ("井上 健太", "イノウエ ケンタ", ""),
    ("大西 真央", "オオニシ マオ", ""),
    ("川端 悟", "カワバタ サトル", ""),
    ("芦田 涼", "アシダ リョウ", "みなと技研"),
    ("木戸 琴音", "キド コトネ", ""),
    ("三宅 大地", "ミヤケ ダイチ", ""),
    ("野崎 文", "ノザキ フミ", "みなと技研"),
    ("久保 陽介", "クボ ヨウスケ", ""),
    ("森口 楓", "モリグチ カエデ", ""),
    ("西田 修", "ニシダ オサム", "西淀サービス"),
    ("早川 凛", "ハヤカワ リン", ""),
    ("古賀 智", "コガ サトシ", "西淀サービス"),
)
_FEWEST: Final = 3
_VISITS_OF_ONE: Final = 12
_STARTS: Final = tuple(range(9 * 60, 15 * 60 + 1, 30))
_SERVICES: Final = ("media-light", "dokodemo-prime")
_POINTS: Final = ("backup", "deletion", "confidential", "price")
_STROKES: Final = (
    ((0, 900), (600, 300), (1_200, 1_000), (1_500, 200)),
    ((1_900, 300), (2_400, 1_100), (3_000, 400), (3_800, 900)),
)
_WORK: Final[Sequence[tuple[Device, ...]]] = (
    (
        Device(name="受付PC", os="Windows 11", menu=("os-recovery", "app-setup"), apps=2, backup=True),
        Device(kind="phone", name="社用スマホ", count=5, menu=("wifi-setup",)),
    ),
    (Device(kind="printer", name="複合機", menu=("printer-setup",)),),
    (
        Device(name="経理PC", os="Windows 11", count=3, menu=("os-recovery", "data-migration"),
               data_gb="50", backup=True),
    ),
    (
        Device(name="事務PC", os="Windows 11", count=4, menu=("data-migration", "app-setup"), data_gb="10"),
        Device(kind="printer", name="レーザープリンター", menu=("printer-setup",)),
    ),
    (Device(name="会議室PC", menu=("os-update", "internet-setup")),),
    (Device(kind="phone", name="タブレット", count=8, menu=("wifi-setup",)),),
    (
        Device(name="製図PC", os="Windows 11", count=2, menu=("data-migration",), data_gb="500", backup=True),
    ),
)  # fmt: skip
_WISHES: Final = ("", "", "", "午前中をご希望", "裏口からお入りください", "昼休み（12:00〜13:00）を避ける")


def fill_visits(desk: Desk, count: int, seed: int) -> list[StoredVisit]:
    """``count`` visits from the week before today to two weeks after it, of customers in West Japan, and
    technicians enough for them. Returns the visits.
    """
    chance = Random(seed)  # noqa: S311 - believable data, not secrets
    people = list(_technicians(desk, count))
    contracts = _contracts(desk)
    made: list[StoredVisit] = []
    for _turn in range(count if contracts else 0):
        contract = chance.choice(contracts)
        day = desk.today() + timedelta(days=chance.randint(-7, 16))
        visit = _visit(desk, chance, contract, people, day)
        if visit is not None:
            made.append(visit)
    return made


def _technicians(desk: Desk, count: int) -> Iterator[Technician]:
    """Three to twelve, the fewer visits the fewer; one away for a day, one free on Saturdays."""
    wanted = min(len(_PEOPLE), max(_FEWEST, -(-count // _VISITS_OF_ONE))) if count else 0
    training = desk.today() + timedelta(days=6)
    for place, (name, kana, partner) in enumerate(_PEOPLE[:wanted]):
        leaves = (Leave(first=training, last=training, why="社内研修"),) if place == 0 else ()
        hours = tuple(Hours(weekday=day) for day in range(5 if place % 3 == 0 else 6))
        fields = TechnicianFields(
            name=name, kana=kana, partner=partner, phone=f"090-0000-{place + 101:04d}", order=place,
            hours=hours, leaves=leaves,
        )  # fmt: skip
        yield add_technician(desk, fields)


def _contracts(desk: Desk) -> list[StoredContract]:
    """Contracts in use in West Japan whose service visits."""
    query = ContractQuery(services=_SERVICES, states=(ContractState.ACTIVE,), sort="number")
    with desk.storage.look() as work:
        rows = work.contracts.rows(work.contracts.seqs(query, limit=400))
        found = [work.contracts.get(row.id) for row in rows]
    return [one for one in found if one.content.site.area == "west" and one.content.site.address]


def _visit(
    desk: Desk, chance: Random, contract: StoredContract, people: Sequence[Technician], day: date
) -> StoredVisit | None:
    """One visit as far as it has come by now; None where the tariff has no such work."""
    asked_on = min(desk.today(), day - timedelta(days=chance.randint(2, 6)))
    then = _at(desk, asked_on, time(chance.randint(9, 16), chance.randint(0, 59)))
    try:
        visit = keep_visit.receive(then, contract.customer_id, _content(chance, contract), "phone")
    except UserError:
        return None  # this service has no such work on its list, or no prices yet
    if day > desk.today() and chance.random() < 0.1:
        return visit
    visit = _booked(then, chance, visit, people, day)
    if not visit.content.spans or (day > desk.today() and chance.random() < 0.15):
        return visit
    visit = book_visit.confirm(then, visit.id, visit.version, contract.content.contact.name)
    last = visit.content.spans[-1]
    over = datetime.combine(last.on, time(last.last // 60, last.last % 60), desk.now().tzinfo)
    return _worked(desk, visit, contract.content.contact.name) if over < desk.now() else visit


def _content(chance: Random, contract: StoredContract) -> VisitContent:
    content = contract.content
    return VisitContent(
        service=content.service,
        contract_id=contract.id,
        place=VisitPlace(
            name=content.site.name,
            postal_code=content.site.postal_code,
            address=content.site.address,
            person=content.contact.name,
            phone=content.contact.phone,
        ),
        devices=chance.choice(_WORK),
        wishes=chance.choice(_WISHES),
    )


def _booked(
    desk: Desk, chance: Random, visit: StoredVisit, people: Sequence[Technician], day: date
) -> StoredVisit:
    """In a slot of that day, else in the nearest that is free."""
    while refusal(desk.catalogue, visit.content.service, "west", day):
        day += timedelta(days=1)
    with desk.storage.look() as work:
        length = span_minutes(minutes_in(ground_for(desk, work, visit), visit.content))
    working = [one for one in people if hours_on(one, day)] or list(people)
    first = chance.choice([start for start in _STARTS if start + length <= 17 * 60] or [_STARTS[0]])
    span, who = Span(on=day, first=first, last=first + length), chance.choice(working)
    try:
        return book_visit.book(desk, visit.id, visit.version, [span], [who.id])
    except book_visit.SlotRefused as refused:
        for slot in refused.slots:
            return book_visit.book(desk, visit.id, visit.version, slot.spans, slot.technicians)
    return visit


def _worked(desk: Desk, visit: StoredVisit, name: str) -> StoredVisit:
    """Done as planned, signed and finished."""
    span = visit.content.spans[-1]
    begun = _at(desk, visit.content.spans[0].on, time(visit.content.spans[0].first // 60, 5))
    ended = _at(desk, span.on, time(span.last // 60, span.last % 60))
    ticks = [
        Tick(device=device.id, menu=code, result="done")
        for device in visit.content.devices
        for code in device.menu
    ]
    name = name or "ご担当者"
    visit = work_on_site.begin(begun, visit.id, visit.version)
    visit = work_on_site.sign_before(begun, visit.id, visit.version, name, _STROKES, _POINTS)
    visit = work_on_site.report(ended, visit.id, visit.version, ticks)
    frozen = last_report(visit.events)
    assert frozen is not None
    visit = work_on_site.sign_report(ended, visit.id, visit.version, name, _STROKES, frozen.sha256)
    return work_on_site.finish(ended, visit.id, visit.version)


def _at(desk: Desk, day: date, hour: time) -> Desk:
    """The desk as it was at some moment."""
    moment = datetime.combine(day, hour, desk.now().tzinfo)
    return replace(desk, now=lambda: moment)
