"""``slots``: the nearest free slots of a visit across technicians."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Final

from app.answers.explain import day_json
from app.answers.fields import REFUSALS, Fields
from app.answers.visit import area_of
from app.days import date_words
from app.visit.checking import MOST_APPS, MOST_DEVICES
from app.visit.conflicts import Asked, Booked, Calendar, minute_of
from app.visit.days import hours, visit_rules
from app.visit.minutes import minutes_of
from app.visit.order import Area, Device, Hours, Leave, Span, Technician, TechnicianFields, VisitContent
from app.visit.settings import ClosedDays, MinutesTable, VisitSettings
from app.visit.slots import MOST_DAYS, Slot, nearest
from app.visit.volume import volume_text
from app.words import _

_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)
_LONGEST: Final = 100
_MOST_MINUTES: Final = 10_000
_MOST_PEOPLE: Final = 20
AREAS: Final[tuple[Area, ...]] = ("west", "east")


def answer(given: Fields) -> dict[str, object]:
    """``{"minutes", "slots"}``: how long the work takes, and when somebody could come."""
    service = given.service()
    table = MinutesTable(travel=given.number("travel", 30, most=480))
    settings = VisitSettings(
        minutes=table,
        closed=tuple(_closed(one) for one in given.objects("closed")),
        lead_days=given.number("lead_days", 1, most=365),
        step=given.number("step", 30, least=5, most=480),
    )
    people = given.number("people", 1, least=1, most=_MOST_PEOPLE)
    content = VisitContent(
        service=service,
        devices=tuple(_device(one) for one in given.objects("work")),
        minutes=given.number("minutes", 0, most=_MOST_MINUTES) or None,
    )
    now = datetime.combine(given.day("on"), time())
    technicians, calendar = _technicians(given.objects("technicians", needed=True))
    count, days = (
        given.number("count", 3, least=1, most=50),
        given.number("days", 60, least=1, most=MOST_DAYS),
    )
    since = given.day("since") if given.has("since") else None
    given.asked.problems.raise_if_any(REFUSALS)
    visit_rules(given.asked.catalogue, service, now.date())
    minutes = minutes_of(content, table, people)
    asked = Asked(content, area_of(given), minutes, given.asked.catalogue, settings, now)
    found = nearest(asked, technicians, calendar, count=count, days=days, people=people, since=since)
    opened = hours(given.asked.catalogue, service, now.date())
    return {
        "minutes": minutes,
        "slots": [_slot_json(slot) for slot in found],
        "hours": {"first": opened.first, "last": opened.last},
        "clause": opened.clause,
    }


def _slot_json(slot: Slot) -> dict[str, object]:
    words = _("、").join(
        _("{day} {first}〜{last}").format(
            day=date_words(span.on), first=_clock(span.first), last=_clock(span.last)
        )
        for span in slot.spans
    )
    return {
        "text": _("{when}（{who}）").format(when=words, who=_("、").join(slot.technicians)),
        "spans": [
            {"on": day_json(span.on), "first": _clock(span.first), "last": _clock(span.last)}
            for span in slot.spans
        ],
        "technicians": list(slot.technicians),
        "gaps": {"before": slot.gap_before, "after": slot.gap_after},
    }


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _device(entry: Fields) -> Device:
    volume = entry.decimal("migrate_gb")
    return Device(
        count=entry.number("devices", 1, least=1, most=MOST_DEVICES),
        menu=entry.codes("menu"),
        data_gb=volume_text(volume) if volume is not None else None,
        apps=entry.number("apps", 1, least=1, most=MOST_APPS),
    )


def _closed(entry: Fields) -> ClosedDays:
    first = entry.day("from")
    last = entry.day("to") if entry.has("to") else first
    return ClosedDays(first=first, last=last, why=_text(entry, "why"))


def _technicians(entries: Iterable[Fields]) -> tuple[Sequence[Technician], Calendar]:
    technicians: list[Technician] = []
    calendar: dict[str, Mapping[date, Sequence[Booked]]] = {}
    for order, entry in enumerate(entries):
        identity = _text(entry, "id", str(order))
        if identity in calendar:
            entry.refuse("id", _("技術者「{id}」が二度書かれています。").format(id=identity))
        technicians.append(Technician(id=identity, version=1, fields=_fields(entry, identity, order)))
        calendar[identity] = _booked(entry)
    return technicians, calendar


def _fields(entry: Fields, name: str, order: int) -> TechnicianFields:
    first, last = _minute(entry, "from", "08:30"), _minute(entry, "to", "17:30")
    weekdays = entry.members.get("weekdays", [0, 1, 2, 3, 4, 5])
    if not (
        isinstance(weekdays, list)
        and all(type(day) is int and 0 <= day <= 6 for day in weekdays)
        and len(weekdays) <= 7
    ):
        entry.refuse("weekdays", _("曜日は0（月）から6（日）の数の並びです。"))
        weekdays = []
    rest = entry.number("break", 60, most=240)
    if last <= first:
        entry.refuse("to", _("勤務の終わりが始まりより前です。"))
    return TechnicianFields(
        name=name,
        areas=_areas(entry),
        skills=_codes(entry, "skills"),
        hours=tuple(Hours(weekday=day, first=first, last=last, break_minutes=rest) for day in weekdays),
        leaves=tuple(_leave(one) for one in entry.objects("leave")),
        order=order,
    )


def _areas(entry: Fields) -> tuple[Area, ...]:
    named = _codes(entry, "areas")
    for area in named:
        if area not in AREAS:
            entry.refuse("areas", _("エリアは west か east です。"))
    return tuple(area for area in AREAS if area in named)


def _codes(entry: Fields, name: str) -> tuple[str, ...]:
    return entry.codes(name) if entry.has(name) else ()


def _text(entry: Fields, name: str, default: str = "") -> str:
    return entry.text(name, _LONGEST) if entry.has(name) else default


def _leave(entry: Fields) -> Leave:
    first = entry.day("from")
    last = entry.day("to") if entry.has("to") else first
    return Leave(first=first, last=last, why=_text(entry, "why"))


def _booked(entry: Fields) -> dict[date, list[Booked]]:
    found: dict[date, list[Booked]] = {}
    for place, one in enumerate(entry.objects("booked")):
        on, first, last = one.day("on"), _minute(one, "from"), _minute(one, "to")
        if last <= first:
            one.refuse("to", _("予定の終わりが始まりより前です。"))
        found.setdefault(on, []).append(Booked(str(place), Span(on=on, first=first, last=last)))
    return {day: sorted(booked, key=lambda one: one.span.first) for day, booked in found.items()}


def _minute(entry: Fields, name: str, default: str = "") -> int:
    """A time of day as minutes; a problem where it is none."""
    text = _text(entry, name, default)
    if not text:
        entry.missing(name)
        return 0
    if not _CLOCK.fullmatch(text):
        entry.refuse(name, _("「{name}」は「13:00」の形の時刻です。").format(name=entry.where(name)))
        return 0
    return minute_of(text)
