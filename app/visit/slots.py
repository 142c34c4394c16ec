"""いつが空いていますか: the nearest slots at which a visit can be made, across all technicians.

A slot is looked for on every open day from the lead time on: on a grid of starts, for whoever may do the work
and has the time, the way and the break. Visits longer than a day stand on open days one after the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.days import DAY
from app.visit.conflicts import (
    Asked,
    Booked,
    Calendar,
    hours_on,
    leave_in,
    longest_gap,
    minute_of,
    needed_break,
    rests,
    span_minutes,
)
from app.visit.days import hours
from app.visit.desk_calendar import closed
from app.visit.order import Hours, Span, Technician

MOST_DAYS: Final = 366
_FULL_DAY_WORK: Final = 420  # minutes: 9:00 to 17:00 with a break of one hour


@dataclass(frozen=True)
class Slot:
    """A free slot: when, and who could go, the one in charge first. ``gap_before`` and ``gap_after``: minutes
    to what stands before and after it on that technician's day, the way not taken off.
    """

    spans: tuple[Span, ...]
    technicians: tuple[str, ...]
    gap_before: int = 0
    gap_after: int = 0

    @property
    def starts(self) -> tuple[date, int]:
        """Day and minute at which it begins."""
        return self.spans[0].on, self.spans[0].first


def nearest(
    asked: Asked,
    technicians: Sequence[Technician],
    calendar: Calendar,
    *,
    count: int = 3,
    days: int = 60,
    people: int = 1,
    since: date | None = None,
) -> tuple[Slot, ...]:
    """The first ``count`` slots within so many days, each at another time; fewer where there are no more.

    ``people``: how many technicians go together. ``since``: not before that day. Nobody is offered twice on
    one day. Raises UserError ``no-rule``, ``bad-input`` for a service without visits.
    """
    able = [one for one in technicians if one.fields.active and _may(asked, one)]
    if len(able) < people:
        return ()
    found: list[Slot] = []
    search = _Search(asked, able, calendar, people)
    for day in _days_from(asked, since, min(days, MOST_DAYS)):
        offered: set[str] = set()
        for slot in search.of_day(day):
            if offered.isdisjoint(slot.technicians):
                found.append(slot)
                offered.update(slot.technicians)
                if len(found) == count:
                    return tuple(found)
    return tuple(found)


def _days_from(asked: Asked, since: date | None, days: int) -> Iterator[date]:
    first = max(asked.first_day, since) if since is not None else asked.first_day
    for passed in range(days):
        yield first + DAY * passed


def _may(asked: Asked, technician: Technician) -> bool:
    fields = technician.fields
    if fields.areas and asked.area not in fields.areas:
        return False
    wanted = {code for device in asked.content.devices for code in device.menu}
    return not fields.skills or wanted <= set(fields.skills)


class _Search:
    """One question, with what it is asked again and again remembered."""

    def __init__(
        self, asked: Asked, technicians: Sequence[Technician], calendar: Calendar, people: int
    ) -> None:
        self._asked = asked
        self._technicians = technicians
        self._calendar = calendar
        self._people = people
        self._open: dict[date, bool] = {}
        self._travel = asked.settings.minutes.travel
        self._step = max(5, asked.settings.step)

    def of_day(self, day: date) -> Iterator[Slot]:
        """The slots that begin on a day, each start once, the earliest first."""
        if not self._is_open(day):
            return
        if self._asked.minutes > _FULL_DAY_WORK:
            yield from self._over_days(day)
            return
        length = span_minutes(self._asked.minutes)
        free = {one.id: _Day(self, one, day) for one in self._technicians}
        for start in self._starts(day, length):
            span = Span(on=day, first=start, last=start + length)
            who = [one for one in free.values() if one.takes(span)]
            if len(who) >= self._people:
                yield self._slot((span,), sorted(who, key=_Day.load)[: self._people])

    def _over_days(self, first: date) -> Iterator[Slot]:
        """A visit that fills days: open days one after the other, the same people on all of them."""
        spans: list[Span] = []
        left, day = self._asked.minutes, first
        for _passed in range(MOST_DAYS):
            if left <= 0:
                break
            if self._is_open(day):
                start = next(iter(self._starts(day, 0)), None)
                if start is None:
                    return
                work = min(left, _FULL_DAY_WORK)
                spans.append(Span(on=day, first=start, last=start + span_minutes(work)))
                left -= work
            day += DAY
        days = {one.id: [_Day(self, one, span.on) for span in spans] for one in self._technicians}
        who = [
            found[0]
            for found in days.values()
            if all(one.takes(span) for one, span in zip(found, spans, strict=True))
        ]
        if len(who) >= self._people:
            yield self._slot(tuple(spans), sorted(who, key=_Day.load)[: self._people])

    def _slot(self, spans: tuple[Span, ...], who: Sequence[_Day]) -> Slot:
        before, after = who[0].gaps(spans[0])
        return Slot(spans, tuple(one.technician.id for one in who), before, after)

    def _starts(self, day: date, length: int) -> Iterator[int]:
        """The starts at which a visit of that length lies in the visiting hours, on the grid; of today those
        that have not gone by.
        """
        now = self._asked.now
        opened = hours(self._asked.catalogue, self._asked.content.service, day)
        first, last = minute_of(opened.first), minute_of(opened.last)
        if day == now.date():
            gone = max(0, now.hour * 60 + now.minute - first)
            first += -(-gone // self._step) * self._step
        latest = last - length if opened.ends else last
        return iter(range(first, latest + 1, self._step))

    def _is_open(self, day: date) -> bool:
        if day not in self._open:
            asked = self._asked
            shut = closed(asked.catalogue, asked.content.service, asked.area, day, asked.settings.closed)
            self._open[day] = shut is None
        return self._open[day]

    def booked(self, technician: Technician, day: date) -> list[Booked]:
        """What a technician has on a day apart from this very visit, in the order of time."""
        found = self._calendar.get(technician.id, {}).get(day, ())
        return [one for one in found if one.visit_id != self._asked.visit_id]

    @property
    def travel(self) -> int:
        """The way, in minutes."""
        return self._travel


class _Day:
    """A technician's day: whether a span fits into it."""

    def __init__(self, search: _Search, technician: Technician, day: date) -> None:
        self.technician = technician
        self._travel = search.travel
        self._hours: Hours | None = hours_on(technician, day)
        others = search.booked(technician, day)
        self._busy = sorted((one.span.first, one.span.last) for one in others)
        self._rests = any(one.rests or rests(one.span) for one in others)
        self._needed = self._needed_break()

    def _needed_break(self) -> int:
        if self._hours is None or self._rests:
            return 0
        worked = self._hours.last - self._hours.first - self._hours.break_minutes
        lawful = needed_break(worked)
        return max(lawful, min(self._hours.break_minutes, 60)) if lawful else 0

    def load(self) -> tuple[int, int]:
        """How much there is to do already: the least busy goes first, then the order of the list."""
        return sum(last - first for first, last in self._busy), self.technician.fields.order

    def takes(self, span: Span) -> bool:
        """Whether the span fits: hours, leave, other visits with the ways, and the break."""
        if self._hours is None or leave_in(self.technician, span) is not None:
            return False
        if span.first - self._travel < self._hours.first or span.last + self._travel > self._hours.last:
            return False
        before, after = self.gaps(span)
        if before < self._travel or after < self._travel:
            return False
        if not self._needed or rests(span):
            return True
        busy = [*self._busy, (span.first, span.last)]
        busy.sort()
        return longest_gap(self._hours, busy, self._travel) >= self._needed

    def gaps(self, span: Span) -> tuple[int, int]:
        """Minutes to what stands before and after a span; below zero where they overlap."""
        assert self._hours is not None
        place = bisect_left(self._busy, (span.first, span.last))
        before = self._busy[place - 1][1] if place else self._hours.first
        after = self._busy[place][0] if place < len(self._busy) else self._hours.last
        return span.first - before, after - span.last
