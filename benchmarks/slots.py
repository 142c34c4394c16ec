"""The three nearest slots: 12 technicians, 60 days, 1,500 visits; beside a bare loop over every start.

python -m benchmarks.slots

Three calendars: 1,500 visits that leave room every day, one that is full until its last days, and one in
which nothing is free at all, so that every day of the sixty is looked through. The floor compares each start
of each day with each visit of each technician and knows no rule of the terms.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from statistics import median
from time import perf_counter
from typing import Final

from app.days import DAY
from app.places import resources
from app.tariff.catalogue import Catalogue
from app.visit.conflicts import Asked, Booked, Calendar
from app.visit.order import Device, Span, Technician, TechnicianFields, VisitContent
from app.visit.settings import VisitSettings
from app.visit.slots import nearest
from benchmarks._running import tell_load

BUDGET_MS, RUNS = 100.0, 15
TECHNICIANS, DAYS, VISITS, WORK = 12, 60, 1_500, 210
NOW: Final = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=9)))
FIRST: Final = date(2026, 11, 24)
FREE: Final = ((600, 690), (720, 840), (900, 1020))  # three visits a day, too near for another one
STEP, OPENED, CLOSED = 30, 540, 1020


def main() -> int:
    """Print the figures; 1 where a question takes longer than its budget."""
    people = [
        Technician(id=f"t{one:02}", version=1, fields=TechnicianFields(name=f"技術者{one:02}", order=one))
        for one in range(TECHNICIANS)
    ]
    content = VisitContent(service="media-light", devices=(Device(menu=("os-recovery",)),))
    asked = Asked(content, "west", WORK, Catalogue((resources() / "tariffs",)), VisitSettings(), NOW)
    good = True
    for name, calendar in calendars(people).items():
        visits = sum(len(booked) for days in calendar.values() for booked in days.values())
        found = nearest(asked, people, calendar, days=DAYS)
        taken = median(measured(lambda held=calendar: nearest(asked, people, held, days=DAYS)))
        floor = median(measured(lambda held=calendar: bare(people, held)))
        good = good and taken <= BUDGET_MS
        print(
            f"{name:<16} {visits:>5} visits  {len(found)} slots  {taken:7.2f} ms"
            f"  (budget {BUDGET_MS:.0f})  bare loop {floor:7.2f} ms"
        )
    tell_load()
    return 0 if good else 1


def calendars(people: Sequence[Technician]) -> dict[str, Calendar]:
    """What is booked: 1,500 visits with room between them; full days but for the last; full days."""
    return {
        "room every day": in_turn(people, VISITS, ((540, 600), (930, 975), (990, 1020))),
        "full, free late": full(people, DAYS - 3),
        "nothing free": full(people, DAYS + 10),
    }


def in_turn(people: Sequence[Technician], count: int, times: Sequence[tuple[int, int]]) -> Calendar:
    """So many visits: one for everybody on each day, then a second one, then a third."""
    days: dict[str, dict[date, list[Booked]]] = {one.id: {} for one in people}
    for number in range(count):
        round_, place = divmod(number, len(people) * DAYS)
        on = FIRST + DAY * (place // len(people))
        first, last = times[round_]
        held = days[people[place % len(people)].id].setdefault(on, [])
        held.append(Booked(str(number), Span(on=on, first=first, last=last)))
    return sorted_by_time(days)


def full(people: Sequence[Technician], until: int) -> Calendar:
    """Every technician has three visits a day, for so many days."""
    days = {
        one.id: {
            FIRST + DAY * day: [
                Booked(f"{one.id}-{day}-{first}", Span(on=FIRST + DAY * day, first=first, last=last))
                for first, last in FREE
            ]
            for day in range(until)
        }
        for one in people
    }
    return sorted_by_time(days)


def sorted_by_time(days: dict[str, dict[date, list[Booked]]]) -> Calendar:
    """As the database gives it."""
    return {
        who: {on: sorted(held, key=lambda one: one.span.first) for on, held in booked.items()}
        for who, booked in days.items()
    }


def bare(people: Sequence[Technician], calendar: Calendar) -> int:
    """The floor: how many starts of all days collide with nothing."""
    free = 0
    for day in range(DAYS):
        on = FIRST + DAY * day
        for one in people:
            held = calendar[one.id].get(on, ())
            for start in range(OPENED, CLOSED - WORK + 1, STEP):
                free += all(start + WORK <= two.span.first or two.span.last <= start for two in held)
    return free


def measured(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each run, the first one left out."""
    work()
    times = []
    for _run in range(RUNS):
        begin = perf_counter()
        work()
        times.append((perf_counter() - begin) * 1000)
    return times


if __name__ == "__main__":
    sys.exit(main())
