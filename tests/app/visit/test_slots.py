"""Slots and obstacles are two ways to say one thing: what is offered can be taken, nothing earlier can."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.days import DAY, DayRange
from app.visit.conflicts import (
    Asked,
    Booked,
    Calendar,
    clock,
    minute_of,
    needed_break,
    obstacles,
    span_minutes,
)
from app.visit.days import permitted_days
from app.visit.order import Area, Device, Hours, Leave, Span, Technician, TechnicianFields, VisitContent
from app.visit.settings import ClosedDays, MinutesTable, VisitSettings
from app.visit.slots import nearest
from tests.shipped import catalogue

NOW = datetime.fromisoformat("2026-11-20 14:32")
TUESDAY = date(2026, 11, 24)  # Monday the 23rd is a holiday


def _asked(
    work: int = 210, service: str = "media-light", area: Area = "west", *, now: datetime = NOW, **ours
) -> Asked:
    content = VisitContent(service=service, devices=(Device(menu=("os-recovery",)),))
    return Asked(content, area, work, catalogue(), VisitSettings(**ours), now, "own")


def _technician(identity: str = "a", **fields) -> Technician:
    return Technician(id=identity, version=1, fields=TechnicianFields(name=identity, **fields))


def _span(text: str, on: date = TUESDAY) -> Span:
    first, last = text.split("-")
    return Span(on=on, first=minute_of(first), last=minute_of(last))


def _booked(*spans: Span) -> Calendar:
    days: dict[date, list[Booked]] = {}
    for number, span in enumerate(spans):
        days.setdefault(span.on, []).append(Booked(str(number), span, "ひばり税理士法人"))
    return {"a": days}


def _kinds(asked: Asked, spans: Sequence[Span], *people: Technician, calendar: Calendar | None = None):
    return [one.kind for one in obstacles(asked, spans, people, calendar or {})]


@pytest.mark.parametrize(
    ("minutes", "area", "text", "on", "kinds"),
    [
        (210, "west", "13:00-16:30", TUESDAY, []),
        (210, "west", "13:00-16:30", date(2026, 11, 23), ["closed"]),  # 勤労感謝の日
        (210, "west", "13:00-16:30", date(2026, 12, 30), ["closed"]),
        (210, "west", "13:00-16:30", date(2026, 11, 28), []),  # Saturday in the West
        (210, "east", "13:00-16:30", date(2026, 11, 28), ["closed"]),
        (120, "west", "16:30-18:30", TUESDAY, ["outside-hours", "not-working"]),
        (60, "west", "08:30-09:30", TUESDAY, ["outside-hours", "not-working"]),
        (60, "west", "13:00-14:00", date(2026, 11, 19), ["past"]),
        (60, "west", "13:00-14:00", NOW.date(), ["past"]),
        (60, "west", "15:00-16:00", NOW.date(), []),
        (120, "west", "13:00-14:00", TUESDAY, ["too-short"]),
    ],
)
def test_what_stands_against_a_slot_is_told(
    minutes: int, area: Area, text: str, on: date, kinds: list[str]
) -> None:
    found = obstacles(_asked(minutes, area=area), [_span(text, on)], [_technician()], {})
    assert [one.kind for one in found] == kinds
    assert all(one.what and one.short for one in found)
    assert all(one.clause for one in found if one.kind != "past")


def test_the_first_slot_of_a_visit_leaves_the_lead_time() -> None:
    first = replace(_asked(60), waits=True)
    assert _kinds(first, [_span("15:00-16:00", NOW.date())], _technician()) == ["lead-time"]
    assert _kinds(first, [_span("15:00-16:00", date(2026, 11, 21))], _technician()) == ["lead-time"]
    assert _kinds(first, [_span("15:00-16:00")], _technician()) == []
    at_once = replace(_asked(60, lead_days=0), waits=True)
    assert _kinds(at_once, [_span("15:00-16:00", NOW.date())], _technician()) == []


def test_two_hours_from_half_past_four_lack_ninety_minutes() -> None:
    late = obstacles(_asked(120), [_span("16:30-18:30")], [], {})
    assert [one.short for one in late] == ["90分不足 17:00までに収まりません"]
    assert "15:00" in late[0].remedy


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("09:00-11:00", ["busy"]),
        ("12:00-13:00", ["travel"]),
        ("12:15-13:15", ["travel"]),
        ("13:30-15:00", []),
        ("12:30-16:30", ["break"]),
    ],
)
def test_a_booked_technician_needs_the_way_and_a_break(text: str, kinds: list[str]) -> None:
    span = _span(text)
    asked = _asked(span.last - span.first)
    assert _kinds(asked, [span], _technician(), calendar=_booked(_span("10:00-12:00"))) == kinds


def test_a_visits_own_booking_does_not_stand_against_it() -> None:
    own = {"a": {TUESDAY: [Booked("own", _span("10:00-12:00"))]}}
    assert _kinds(_asked(120), [_span("10:30-12:30")], _technician(), calendar=own) == []


def test_a_technicians_own_limits_are_told_one_by_one() -> None:
    nobody = _technician(
        areas=("east",),
        skills=("os-update",),
        leaves=(Leave(first=TUESDAY, last=TUESDAY, why="社内研修"),),
    )
    asked = _asked(60)
    assert _kinds(asked, [_span("10:00-11:00")], nobody) == ["area", "skill", "leave"]
    saturday = _technician(hours=tuple(Hours(weekday=day) for day in range(5)))
    assert _kinds(asked, [_span("10:00-11:00", date(2026, 11, 28))], saturday) == ["not-working"]
    half = _technician(leaves=(Leave(first=TUESDAY, last=TUESDAY, from_minute=780),))
    assert _kinds(asked, [_span("10:00-11:00")], half) == []
    assert _kinds(asked, [_span("13:00-14:00")], half) == ["leave"]


def test_the_desks_own_closed_days_are_told_with_their_reason() -> None:
    closed = (ClosedDays(first=TUESDAY, last=TUESDAY, why="創立記念日"),)
    (one,) = obstacles(_asked(60, closed=closed), [_span("10:00-11:00")], [], {})
    assert (one.kind, "創立記念日" in one.what) == ("closed", True)


@pytest.mark.parametrize(("worked", "rest"), [(360, 0), (361, 45), (480, 45), (481, 60)])
def test_the_break_is_the_laws(worked: int, rest: int) -> None:
    assert needed_break(worked) == rest


@pytest.mark.parametrize("minutes", range(30, 421, 30))
def test_work_of_any_length_up_to_a_day_finds_room_on_an_empty_one(minutes: int) -> None:
    (slot,) = nearest(_asked(minutes), [_technician()], {}, count=1, days=10)
    (span,) = slot.spans
    assert span.first == 540
    assert span.last - span.first == minutes + (60 if minutes > 300 else 0)


def test_three_slots_on_different_days_the_nearest_first() -> None:
    calendar = _booked(_span("9:00-12:00"), _span("13:00-16:00", date(2026, 11, 25)))
    found = nearest(_asked(), [_technician()], calendar)
    assert [(slot.spans[0].on.day, clock(slot.spans[0].first)) for slot in found] == [
        (24, "13:30"),
        (26, "9:00"),  # on the 25th the afternoon leaves no break after a morning of 210 minutes
        (27, "9:00"),
    ]


def test_the_lead_time_counts_business_days() -> None:
    (first, *_rest) = nearest(_asked(60, lead_days=2), [_technician()], {})
    assert first.spans[0].on == date(2026, 11, 25)  # Friday the 20th, Tuesday the 24th, Wednesday the 25th


def test_two_go_together_or_not_at_all() -> None:
    people = [_technician("a"), _technician("b", leaves=(Leave(first=TUESDAY, last=TUESDAY),))]
    (first, *_rest) = nearest(_asked(60), people, {}, people=2)
    assert first.spans[0].on == date(2026, 11, 25)
    assert set(first.technicians) == {"a", "b"}
    assert nearest(_asked(60), people[:1], {}, people=2) == ()


def test_a_visit_longer_than_a_day_stands_on_open_days_in_a_row() -> None:
    (first, *_rest) = nearest(_asked(600), [_technician()], {}, count=1)
    assert [(span.on.day, clock(span.first), clock(span.last)) for span in first.spans] == [
        (24, "9:00", "17:00"),
        (25, "9:00", "12:00"),
    ]
    assert _kinds(_asked(600), first.spans, _technician()) == []


def test_no_slot_is_invented_where_nobody_works() -> None:
    assert nearest(_asked(), [], {}) == ()
    assert nearest(_asked(), [_technician(active=False)], {}) == ()
    assert nearest(_asked(), [_technician(skills=("os-update",))], {}) == ()


spans = st.builds(
    lambda day, first, length: Span(
        on=TUESDAY + timedelta(days=day), first=540 + 30 * first, last=540 + 30 * (first + length)
    ),
    st.integers(0, 3),
    st.integers(0, 14),
    st.integers(1, 6),
)


@given(
    st.lists(st.lists(spans, max_size=4), min_size=1, max_size=3),
    st.sampled_from([30, 90, 210, 330, 360, 390, 420]),
    st.sampled_from(["west", "east"]),
    st.sampled_from([0, 15, 30, 60]),
)
@settings(max_examples=60, deadline=None)
def test_what_is_offered_can_be_taken_and_nothing_earlier(
    busy: list[list[Span]], minutes: int, area: Area, travel: int
) -> None:
    asked = _asked(minutes, area=area, minutes=MinutesTable(travel=travel))
    technicians = [_technician(str(number)) for number in range(len(busy))]
    calendar = {
        str(number): {
            day: [Booked("x", one) for one in sorted(found, key=lambda s: s.first) if one.on == day]
            for day in {one.on for one in found}
        }
        for number, found in enumerate(busy)
    }
    offered = nearest(asked, technicians, calendar, days=12)
    for slot in offered:
        people = [one for one in technicians if one.id in slot.technicians]
        assert obstacles(asked, slot.spans, people, calendar) == ()
    earliest = _first_by_trying(asked, technicians, calendar)
    assert (offered[0].starts if offered else None) == earliest


def _first_by_trying(asked: Asked, technicians: Sequence[Technician], calendar: Calendar):
    """The first start anybody can take, by asking for every one."""
    open_days = permitted_days(
        catalogue(), asked.content.service, asked.area, DayRange(NOW.date() + DAY, NOW.date() + 15 * DAY)
    )
    length = span_minutes(asked.minutes)
    for day in open_days:
        if day < TUESDAY:
            continue  # the lead time
        for first in range(540, 1021, 30):
            span = Span(on=day, first=first, last=first + length)
            if any(not obstacles(asked, [span], [one], calendar) for one in technicians):
                return day, first
    return None


def test_slots_of_today_have_not_gone_by() -> None:
    asked = _asked(60, now=datetime.fromisoformat("2026-11-24 13:10"), lead_days=0)
    (slot,) = nearest(asked, [_technician()], {}, count=1)
    assert slot.starts == (TUESDAY, minute_of("13:30"))
