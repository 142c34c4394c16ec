"""A block on its way to another time, day or technician, and what stands against it there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.visit.conflicts import Asked, Obstacle, obstacles, work_in
from app.visit.order import Device, Span, VisitContent, VisitRow
from ui.visits.week_facts import Block, WeekFacts

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue


@dataclass(frozen=True)
class Moving:
    """Where a visit would stand. ``number`` is the span that moves, ``technician`` whose place the new one
    takes ("" while nobody was assigned); ``whole``: the visit has no slot yet; ``resized``: its length was
    set by hand.
    """

    row: VisitRow
    number: int
    span: Span
    technician: str
    before: str
    resized: bool = False

    @property
    def spans(self) -> tuple[Span, ...]:
        """All spans of the visit with the moved one."""
        if not self.row.spans:
            return (self.span,)
        return tuple(self.span if n == self.number else one for n, one in enumerate(self.row.spans))

    @property
    def technicians(self) -> tuple[str, ...]:
        """Who goes, the one whose lane was left exchanged for the one of the new lane."""
        if not self.before:
            return tuple(one for one in dict.fromkeys((self.technician, *self.row.technicians)) if one)
        found = (self.technician if one == self.before else one for one in self.row.technicians)
        return tuple(one for one in dict.fromkeys(found) if one)

    @property
    def minutes(self) -> int:
        """How long the work lasts: as it stands, or as long as the block was made by hand; a long one holds
        a break.
        """
        if not self.resized:
            return self.row.minutes
        return sum(work_in(one) for one in self.spans)

    @property
    def changed(self) -> bool:
        """Whether it stands elsewhere than before."""
        return self.spans != self.row.spans or self.technicians != self.row.technicians


def picked_up(block: Block) -> Moving:
    """A block as it stands."""
    return Moving(block.row, block.number, block.span, block.technician, block.technician)


def from_shelf(row: VisitRow, day: date, first: int, technician: str, length: int) -> Moving:
    """A visit without a slot, held over one."""
    return Moving(row, 0, Span(on=day, first=first, last=first + length), technician, "")


def to_place(moving: Moving, day: date, first: int, technician: str) -> Moving:
    """The same length at another place."""
    length = moving.span.last - moving.span.first
    return replace(moving, span=Span(on=day, first=first, last=first + length), technician=technician)


def lengthened(moving: Moving, last: int, step: int) -> Moving:
    """The same start, another end; at least one step long."""
    span = moving.span
    last = max(last, span.first + step)
    return replace(moving, span=Span(on=span.on, first=span.first, last=last), resized=True)


def snapped(minute: float, step: int) -> int:
    """The nearest time of the grid of starts."""
    return round(minute / step) * step


class Judge:
    """Asks the rules what stands against a move; answers what was asked before from memory, so that a drag
    stays smooth.
    """

    def __init__(self, facts: WeekFacts, catalogue: Catalogue, now: datetime) -> None:
        self._facts, self._catalogue, self._now = facts, catalogue, now
        self._known: dict[object, tuple[Obstacle, ...]] = {}

    def obstacles(self, moving: Moving) -> tuple[Obstacle, ...]:
        """What stands against it there; empty where it can be dropped."""
        key = moving.row.id, moving.spans, moving.technicians, moving.minutes
        if key not in self._known:
            self._known[key] = self._ask(moving)
        return self._known[key]

    def _ask(self, moving: Moving) -> tuple[Obstacle, ...]:
        row = moving.row
        asked = Asked(
            VisitContent(service=row.service, devices=(Device(menu=row.work),)),
            row.area,
            moving.minutes,
            self._catalogue,
            self._facts.settings,
            self._now,
            row.id,
            waits=not row.spans,
        )
        who = [one for one in self._facts.technicians if one.id in moving.technicians]
        return obstacles(asked, moving.spans, who, self._facts.calendar)


def told(found: Sequence[Obstacle]) -> str:
    """The gravest obstacle in a few words; "" where there is none."""
    return found[0].short if found else ""
