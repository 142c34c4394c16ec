"""What a week shows, read on the worker: visits, technicians, what is booked, and why days are closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from app.visit.order import Area, Span, Technician, VisitRow, VisitState
from app.visit.settings import VisitSettings

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.visit.conflicts import Calendar
    from app.visit.days import Refusal

WEEK: Final = 7
FIRST_MINUTE, LAST_MINUTE = 9 * 60, 17 * 60
AREAS: Final[tuple[Area, ...]] = ("west", "east")


@dataclass(frozen=True)
class WeekFacts:
    """Everything of some days in a row. ``waiting``: visits without a slot. ``closed``: (day, area) → why
    nobody goes there; ``service``: whose rules of days these are, "" where no service knows visits.
    """

    first: date
    days: int = WEEK
    rows: tuple[VisitRow, ...] = ()
    waiting: tuple[VisitRow, ...] = ()
    technicians: tuple[Technician, ...] = ()
    calendar: Calendar = field(default_factory=dict)
    closed: Mapping[tuple[date, Area], Refusal] = field(default_factory=dict)
    settings: VisitSettings = field(default_factory=VisitSettings)
    service: str = ""

    @property
    def dates(self) -> tuple[date, ...]:
        """The days shown, the earliest first."""
        return tuple(self.first + timedelta(days=passed) for passed in range(self.days))

    def row_of(self, visit_id: str) -> VisitRow | None:
        """A visit that is shown."""
        return next((one for one in (*self.rows, *self.waiting) if one.id == visit_id), None)

    def technician(self, technician_id: str) -> Technician | None:
        """A technician by id."""
        return next((one for one in self.technicians if one.id == technician_id), None)


@dataclass(frozen=True)
class WeekFilter:
    """What is shown of it; empty means everything. ``technicians`` may hold "" for the unassigned lane."""

    area: str = ""
    technicians: tuple[str, ...] = ()
    states: tuple[str, ...] = ()

    def shows(self, row: VisitRow) -> bool:
        """Whether a visit is shown."""
        return (not self.area or row.area == self.area) and (not self.states or row.state in self.states)


@dataclass(frozen=True)
class Block:
    """A visit in one lane on one day. ``mates``: how many other technicians go along."""

    row: VisitRow
    number: int  # of the span
    span: Span
    technician: str
    mates: int = 0

    @property
    def key(self) -> tuple[str, int, str]:
        """The same block again after another reading."""
        return self.row.id, self.number, self.technician

    @property
    def movable(self) -> bool:
        """Whether it may be dragged: work that has begun or is over stays where it was."""
        return self.row.state in {VisitState.RECEIVED, VisitState.ARRANGED, VisitState.CONFIRMED}


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def first_service(catalogue: Catalogue, day: date) -> str:
    """The service whose days stand in the grid: the first that knows areas, else any with visits."""
    from app.errors import UserError
    from app.visit.days import visit_rules

    known = []
    for code in catalogue.codes():
        try:
            known.append((not any(one.area for one in visit_rules(catalogue, code, day).days), code))
        except UserError:
            continue
    return min(known)[1] if known else ""


def closures(
    catalogue: Catalogue, service: str, days: Iterable[date], settings: VisitSettings
) -> dict[tuple[date, Area], Refusal]:
    """Why nobody goes to an area on a day, for the days on which that is so."""
    from app.visit.desk_calendar import closed

    found = {}
    for day in days:
        for area in AREAS:
            refusal = closed(catalogue, service, area, day, settings.closed) if service else None
            if refusal is not None:
                found[day, area] = refusal
    return found


def read_week(desk: Desk, first: date, days: int = WEEK) -> WeekFacts:
    """On the database worker: what the grid shows of these days."""
    with desk.storage.look() as work:
        settings = work.settings.load()
        last = first + timedelta(days=days - 1)
        facts = WeekFacts(
            first,
            days,
            tuple(work.visits.rows_between(first, last)),
            tuple(work.visits.waiting()),
            tuple(work.technicians.all(active_only=True)),
            work.visits.calendar(first, last),
            settings=settings.visits,
        )
    return with_closures(facts, desk.catalogue_for(settings))


def with_closures(facts: WeekFacts, catalogue: Catalogue) -> WeekFacts:
    """The facts with the closed days by a catalogue."""
    from dataclasses import replace

    service = first_service(catalogue, facts.first)
    found = closures(catalogue, service, facts.dates, facts.settings)
    return replace(facts, closed=found, service=service)


def blocks_of(rows: Sequence[VisitRow], day: date, technician: str) -> list[Block]:
    """The blocks of a lane on a day; "" for the visits nobody is assigned to."""
    return [
        Block(row, number, span, technician, max(0, len(row.technicians) - 1))
        for row in rows
        if (technician in row.technicians if technician else not row.technicians)
        for number, span in enumerate(row.spans)
        if span.on == day
    ]
