"""Whether a slot can be taken: everything that stands against it, each with its kind and its clause.

A technician's day holds bookings, the way between them, and a break (労働基準法34条). Minutes count from
midnight; a span's ``last`` is the minute at which it is over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final, Literal

from app.days import add_business_days, date_words, weekday_words
from app.tariff.catalogue import Catalogue
from app.visit.days import hours
from app.visit.desk_calendar import closed
from app.visit.order import Area, Hours, Span, Technician, VisitContent
from app.visit.settings import OURS, VisitSettings
from app.words import _

Kind = Literal[
    "closed", "outside-hours", "past", "lead-time", "not-working", "leave", "area", "skill", "busy", "travel",
    "break", "too-short",
]  # fmt: skip

LABOUR_LAW: Final = "労働基準法34条"
_LONG_DAY, _LONGER_DAY = 6 * 60, 8 * 60
_LONG_VISIT = 5 * 60
_BREAK, _LONGER_BREAK = 45, 60


@dataclass(frozen=True)
class Booked:
    """A span a technician already has. ``rests``: it is long enough to hold a break of its own."""

    visit_id: str
    span: Span
    customer: str = ""
    rests: bool = False


Calendar = Mapping[str, Mapping[date, Sequence[Booked]]]
"""Technician's id → day → what is booked, in the order of time."""


@dataclass(frozen=True)
class Obstacle:
    """Something that stands against a slot. ``short`` fits on the slot itself (60分不足); ``technician`` "":
    it stands against everybody.
    """

    kind: Kind
    what: str
    short: str
    remedy: str = ""
    clause: str = ""
    technician: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Asked:
    """What a slot is looked at for: the visit, where, how long, and the rules of day and desk. ``waits``: it
    never had a slot, so that the lead time stands before the first.
    """

    content: VisitContent
    area: Area
    minutes: int
    catalogue: Catalogue
    settings: VisitSettings
    now: datetime
    visit_id: str = ""  # its own bookings do not stand against it
    waits: bool = False

    @property
    def first_day(self) -> date:
        """The first day the lead time leaves."""
        return add_business_days(self.now.date(), self.settings.lead_days)


def span_minutes(minutes: int, technician_break: int = _LONGER_BREAK) -> int:
    """How long somebody is there for so much work on one day: over five hours a break is part of it, for with
    the ways to and fro it is a day of more than six, and no break fits before or behind it.
    """
    return minutes + technician_break if minutes > _LONG_VISIT else minutes


def needed_break(worked: int) -> int:
    """The break, in minutes, that the law asks for within so many minutes of work (労働基準法34条)."""
    if worked > _LONGER_DAY:
        return _LONGER_BREAK
    return _BREAK if worked > _LONG_DAY else 0


def obstacles(
    asked: Asked, spans: Sequence[Span], technicians: Sequence[Technician], calendar: Calendar
) -> tuple[Obstacle, ...]:
    """Everything that stands against a slot; empty where it can be taken. A visit may stand in a slot before
    anybody is assigned to it.
    """
    found = [one for span in spans for one in _of_the_day(asked, span)]
    if spans and sum(work_in(span) for span in spans) < asked.minutes:
        missing = asked.minutes - sum(work_in(span) for span in spans)
        found.append(
            Obstacle(
                "too-short",
                _("作業に{minutes}分足りません。").format(minutes=missing),
                _("{minutes}分不足").format(minutes=missing),
                _("時間を延ばすか、日を分けるか、人数を増やしてください。"),
                _(OURS),
                on=spans[0].on,
            )
        )
    for technician in technicians:
        found += _cannot_go(asked, technician)
        for span in spans:
            found += _of_technician(asked, span, technician, calendar)
    return tuple(found)


def work_in(span: Span) -> int:
    """The minutes of work a span holds: a long one holds a break."""
    length = span.last - span.first
    return length - _LONGER_BREAK if length > _LONG_DAY + _LONGER_BREAK else min(length, _LONG_DAY)


# --- the day -----------------------------------------------------------------------------------------------


def _of_the_day(asked: Asked, span: Span) -> Iterator[Obstacle]:
    service = asked.content.service
    shut = closed(asked.catalogue, service, asked.area, span.on, asked.settings.closed)
    if shut is not None:
        yield Obstacle("closed", shut.what + shut.why, shut.why, shut.remedy, shut.clause, on=span.on)
        return
    yield from _outside(asked, span)
    if (span.on, span.first) < (asked.now.date(), asked.now.hour * 60 + asked.now.minute):
        yield Obstacle(
            "past",
            _("{day} {time}はもう過ぎています。").format(day=date_words(span.on), time=clock(span.first)),
            _("過ぎた時刻"),
            _("これからの時刻をお選びください。"),
            on=span.on,
        )
    elif asked.waits and span.on < asked.first_day:
        yield Obstacle(
            "lead-time",
            _("訪問を手配できるのは、{day}からです。").format(day=date_words(asked.first_day)),
            _("手配は{day}から").format(day=date_words(asked.first_day)),
            _("その日からの空きを選んでください。急ぐときは、設定の「訪問の時間」で手配の日を早められます。"),
            _(OURS),
            on=span.on,
        )


def _outside(asked: Asked, span: Span) -> Iterator[Obstacle]:
    """A visit has to begin and (unless a reading says otherwise) to end within the visiting hours."""
    opened = hours(asked.catalogue, asked.content.service, span.on)
    first, last = minute_of(opened.first), minute_of(opened.last)
    told = _("訪問時間は{first}から{last}までです。").format(first=opened.first, last=opened.last)
    if span.first < first or span.first > last or (opened.ends and span.first >= last):
        yield Obstacle(
            "outside-hours",
            told,
            _("{first}〜{last}の外").format(first=opened.first, last=opened.last),
            _("訪問時間の中で始めてください。"),
            opened.clause,
            on=span.on,
        )
    elif opened.ends and span.last > last:
        missing = span.last - last
        yield Obstacle(
            "outside-hours",
            told,
            _("{minutes}分不足 {last}までに収まりません").format(minutes=missing, last=opened.last),
            _("{time}までに始めるか、日を分けてください。").format(
                time=clock(max(first, span.first - missing))
            ),
            opened.clause,
            on=span.on,
        )


# --- the technician ----------------------------------------------------------------------------------------


def _cannot_go(asked: Asked, technician: Technician) -> Iterator[Obstacle]:
    fields = technician.fields
    if fields.areas and asked.area not in fields.areas:
        yield Obstacle(
            "area",
            _("{name}さんの担当エリアではありません。").format(name=fields.name),
            _("担当エリアの外"),
            _("別の技術者を選んでください。"),
            _(OURS),
            technician.id,
        )
    wanted = dict.fromkeys(code for device in asked.content.devices for code in device.menu)
    lacking = [code for code in wanted if fields.skills and code not in fields.skills]
    if lacking:
        yield Obstacle(
            "skill",
            _("{name}さんは、この作業のうち{count}種類を担当していません。").format(
                name=fields.name, count=len(lacking)
            ),
            _("担当外の作業"),
            _("別の技術者を選ぶか、技術者の設定を直してください。"),
            _(OURS),
            technician.id,
        )


def _of_technician(
    asked: Asked, span: Span, technician: Technician, calendar: Calendar
) -> Iterator[Obstacle]:
    name = technician.fields.name
    on_duty = hours_on(technician, span.on)
    if on_duty is None:
        yield Obstacle(
            "not-working",
            _("{name}さんは{weekday}曜日が休みです。").format(name=name, weekday=weekday_words(span.on)),
            _("休み"),
            _("別の日か別の技術者を選んでください。"),
            _(OURS),
            technician.id,
            span.on,
        )
        return
    away = leave_in(technician, span)
    if away is not None:
        yield Obstacle(
            "leave",
            _("{name}さんは不在です（{why}）。").format(name=name, why=away),
            away,
            _("別の日か別の技術者を選んでください。"),
            _(OURS),
            technician.id,
            span.on,
        )
    travel = asked.settings.minutes.travel
    if span.first - travel < on_duty.first or span.last + travel > on_duty.last:
        yield Obstacle(
            "not-working",
            _("{name}さんの勤務は{first}〜{last}です（移動{travel}分を含む）。").format(
                name=name, first=clock(on_duty.first), last=clock(on_duty.last), travel=travel
            ),
            _("勤務時間の外"),
            _("勤務時間の中の時刻を選んでください。"),
            _(OURS),
            technician.id,
            span.on,
        )
    others = [
        one for one in calendar.get(technician.id, {}).get(span.on, ()) if one.visit_id != asked.visit_id
    ]
    yield from _busy(asked, span, technician, others)
    yield from _without_break(asked, span, technician, on_duty, others)


def _busy(asked: Asked, span: Span, technician: Technician, others: Sequence[Booked]) -> Iterator[Obstacle]:
    name, travel = technician.fields.name, asked.settings.minutes.travel
    for one in others:
        if span.first < one.span.last and one.span.first < span.last:
            yield Obstacle(
                "busy",
                _("{name}さんは{first}〜{last}に別の訪問（{customer}）があります。").format(
                    name=name,
                    first=clock(one.span.first),
                    last=clock(one.span.last),
                    customer=one.customer or _("予約済み"),
                ),
                _("重なり"),
                _("前後の空いている時刻か、別の技術者を選んでください。"),
                _(OURS),
                technician.id,
                span.on,
            )
        elif span.first < one.span.last + travel and one.span.first < span.last + travel:
            gap = max(one.span.first - span.last, span.first - one.span.last)
            yield Obstacle(
                "travel",
                _("{name}さんの移動に{minutes}分足りません。").format(name=name, minutes=travel - gap),
                _("移動が{minutes}分不足").format(minutes=travel - gap),
                _("{minutes}分ずらしてください。").format(minutes=travel - gap),
                _(OURS),
                technician.id,
                span.on,
            )


def _without_break(
    asked: Asked, span: Span, technician: Technician, on_duty: Hours, others: Sequence[Booked]
) -> Iterator[Obstacle]:
    """The day has to leave a gap for the break, apart from the ways."""
    worked = on_duty.last - on_duty.first - on_duty.break_minutes
    needed = max(needed_break(worked), min(on_duty.break_minutes, _LONGER_BREAK) if worked > _LONG_DAY else 0)
    if not needed or any(one.rests for one in others) or rests(span):
        return
    busy = sorted([(one.span.first, one.span.last) for one in others] + [(span.first, span.last)])
    longest = longest_gap(on_duty, busy, asked.settings.minutes.travel)
    if longest < needed:
        yield Obstacle(
            "break",
            _("{name}さんの休憩{minutes}分が取れません。").format(
                name=technician.fields.name, minutes=needed
            ),
            _("休憩が{minutes}分不足").format(minutes=needed - longest),
            _("別の時刻か別の技術者を選んでください。"),
            LABOUR_LAW,
            technician.id,
            span.on,
        )


def rests(span: Span) -> bool:
    """Whether a span is so long that a break is part of it."""
    return span.last - span.first > _LONG_DAY


def longest_gap(on_duty: Hours, busy: Sequence[tuple[int, int]], travel: int) -> int:
    """The longest break a day leaves, in minutes: between what is booked, the way taken off, and in the
    course of the work (途中), which is taken as the middle half of the time on duty.
    """
    quarter = (on_duty.last - on_duty.first) // 4
    earliest, latest = on_duty.first + quarter, on_duty.last - quarter
    edges = [(on_duty.first, on_duty.first), *busy, (on_duty.last, on_duty.last)]
    return max(
        0,
        *(
            min(after[0] - before[1] - travel, min(after[0], latest) - max(before[1], earliest))
            for before, after in pairwise(edges)
        ),
    )


def hours_on(technician: Technician, day: date) -> Hours | None:
    """The technician's hours on a day; None on a day off."""
    weekday = day.weekday()
    return next((one for one in technician.fields.hours if one.weekday == weekday), None)


def leave_in(technician: Technician, span: Span) -> str | None:
    """Why a technician is away at some time of a span; None when there."""
    for leave in technician.fields.leaves:
        if not leave.first <= span.on <= leave.last:
            continue
        first = leave.from_minute if leave.from_minute is not None else 0
        last = leave.to_minute if leave.to_minute is not None else 24 * 60
        if span.first < last and first < span.last:
            return leave.why.strip() or _("休み")
    return None


# --- minutes of a day --------------------------------------------------------------------------------------


def minute_of(text: str) -> int:
    """``"09:30"`` → 570. Raises ValueError."""
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def clock(minute: int) -> str:
    """570 → ``9:30``."""
    return f"{minute // 60}:{minute % 60:02d}"
