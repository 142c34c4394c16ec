"""Where days, lanes and blocks stand in the week. No painting: only whole pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from PySide6.QtCore import QRect

from app.visit.order import Area, VisitRow
from app.visit.settings import VisitSettings
from ui.theme import theme
from ui.visits.week_facts import (
    AREAS,
    FIRST_MINUTE,
    LAST_MINUTE,
    Block,
    WeekFacts,
    WeekFilter,
    blocks_of,
)
from ui.visits.words import closed_words, nobody, short_day
from ui.widgets.paint import width_of

_FOLDED, _LARGE = 0.4, 1.5
_NAME_EMS = 7  # longer names end in …


@dataclass
class Lane:
    """A technician's day: ``top`` and ``height`` in pixels. ``technician`` "": nobody is assigned."""

    day: date
    technician: str
    name: str
    top: int
    height: int
    folded: bool
    blocks: list[Block] = field(default_factory=list)
    away: list[tuple[int, int, str]] = field(default_factory=list)  # from, to (minutes), why

    @property
    def bottom(self) -> int:
        """Below its last pixel."""
        return self.top + self.height


@dataclass
class Day:
    """A day with its lanes; ``closed``: what is written on it when nobody goes anywhere."""

    day: date
    top: int
    height: int
    closed: tuple[str, str] | None = None
    note: str = ""  # one area only is closed
    lanes: list[Lane] = field(default_factory=list)


@dataclass
class Waiting:
    """A visit without a slot, on the shelf above the days."""

    row: VisitRow
    rect: QRect


class WeekLayout:
    """The whole grid at a width. ``names`` is how wide days and technicians stand at the left."""

    def __init__(
        self,
        facts: WeekFacts,
        chosen: WeekFilter,
        folded: frozenset[str],
        width: int,
        *,
        large: bool = False,
    ) -> None:
        s = theme.size
        self.facts, self.chosen, self.folded, self.large = facts, chosen, folded, large
        self.day_width = max(
            [s.visit_day, *(width_of(short_day(day), "body-bold") + s.s for day in facts.dates)]
        )
        who = [one.fields.name for one in facts.technicians] + [nobody()]
        widest = max(width_of(name, "panel") for name in who)
        self.names = s.l + self.day_width + min(widest, theme.ems(_NAME_EMS)) + s.m
        self.first, self.last = self._hours()
        self.left = self.names
        self.width = max(theme.ems(20), width - self.names - s.l)
        self.rows = [one for one in facts.rows if chosen.shows(one)]
        self.waiting: list[Waiting] = []
        self.taken: dict[tuple[date, str], list[tuple[int, int]]] = {}  # by the slot that is chosen
        self.days: list[Day] = []
        top = self._shelf(s.xs)
        for day in facts.dates:
            one = self._day(day, top)
            self.days.append(one)
            top += one.height + s.s
        self.height = top

    def _hours(self) -> tuple[int, int]:
        """The hours across: the visiting hours, and more where something stands outside them."""
        spans = [span for row in self.facts.rows for span in row.spans]
        first = min([FIRST_MINUTE, *(span.first for span in spans)])
        last = max([LAST_MINUTE, *(span.last for span in spans)])
        return first // 60 * 60, -(-last // 60) * 60

    # --- across ---------------------------------------------------------------------------------------

    def x_of(self, minute: int) -> int:
        """Where a minute of the day stands."""
        return self.left + round((minute - self.first) * self.width / (self.last - self.first))

    def minute_at(self, x: float) -> int:
        """The minute of the day at a place."""
        return self.first + round((x - self.left) * (self.last - self.first) / self.width)

    # --- down -----------------------------------------------------------------------------------------

    def _shelf(self, top: int) -> int:
        """Visits that wait for a slot stand side by side in rows of their own."""
        s = theme.size
        rows = [one for one in self.facts.waiting if self.chosen.shows(one)]
        if not rows:
            return top
        width, x, y = theme.ems(13), self.left, top
        for row in rows:
            if x + width > self.left + self.width and x > self.left:
                x, y = self.left, y + s.visit_lane
            rect = QRect(x, y + (s.visit_lane - s.visit_block) // 2, width, s.visit_block)
            self.waiting.append(Waiting(row, rect))
            x += width + s.xs
        return y + s.visit_lane + s.s

    def _day(self, day: date, top: int) -> Day:
        s = theme.size
        closed = self._closed(day)
        rows = [row for row in self.rows if any(span.on == day for span in row.spans)]
        if closed is not None and not rows:
            return Day(day, top, s.visit_closed, closed)
        made = Day(day, top, 0, closed, self._note(day))
        y = top
        for technician, name in self._who(rows):
            folded = technician in self.folded
            lane = Lane(day, technician, name, y, self.lane_height(folded=folded), folded)
            lane.blocks = blocks_of(rows, day, technician)
            lane.away = self._away(day, technician)
            made.lanes.append(lane)
            y += lane.height
        made.height = max(y - top, s.visit_closed)
        return made

    def lane_height(self, *, folded: bool) -> int:
        """How high a lane is."""
        height = theme.size.visit_lane
        if folded:
            return round(height * _FOLDED)
        return round(height * _LARGE) if self.large else height

    def _closed(self, day: date) -> tuple[str, str] | None:
        """Why nobody goes anywhere that is shown."""
        areas: Sequence[Area] = [one for one in AREAS if not self.chosen.area or one == self.chosen.area]
        found = [(self.facts.closed[day, one], one) for one in areas if (day, one) in self.facts.closed]
        if len(found) < len(areas):
            return None
        return closed_words(found[0][0], day, found[0][1])

    def _note(self, day: date) -> str:
        """Where one area alone is closed, which and why."""
        for area in AREAS:
            refusal = self.facts.closed.get((day, area))
            if refusal is not None and not self.chosen.area:
                return closed_words(refusal, day, area)[1]
        return ""

    def _who(self, rows: Sequence[VisitRow]) -> list[tuple[str, str]]:
        wanted = self.chosen.technicians
        found = [
            (one.id, one.fields.name) for one in self.facts.technicians if not wanted or one.id in wanted
        ]
        known = {one.id for one in self.facts.technicians}
        if not wanted:  # somebody who left and still has visits
            gone = dict.fromkeys(who for row in rows for who in row.technicians if who not in known)
            found += [(one, _left()) for one in gone]
        unassigned = any(not row.technicians for row in rows)
        if "" in wanted or (not wanted and (unassigned or self.large)) or not found:
            found.append(("", nobody()))
        return found

    def _away(self, day: date, technician_id: str) -> list[tuple[int, int, str]]:
        from app.visit.conflicts import hours_on
        from app.words import _

        technician = self.facts.technician(technician_id)
        if technician is None:
            return []
        on_duty = hours_on(technician, day)
        if on_duty is None:
            return [(self.first, self.last, _("休み"))]
        found = []
        for leave in technician.fields.leaves:
            if leave.first <= day <= leave.last:
                first = self.first if leave.from_minute is None else max(leave.from_minute, self.first)
                last = self.last if leave.to_minute is None else min(leave.to_minute, self.last)
                found.append((first, last, leave.why.strip() or _("休み")))
        if on_duty.first > self.first:
            found.append((self.first, on_duty.first, ""))
        if on_duty.last < self.last:
            found.append((on_duty.last, self.last, ""))
        return [one for one in found if one[0] < one[1]]

    # --- finding --------------------------------------------------------------------------------------

    def lanes(self) -> list[Lane]:
        """All lanes from above."""
        return [lane for day in self.days for lane in day.lanes]

    def lane_at(self, y: float) -> Lane | None:
        """The lane at a height."""
        return next((one for one in self.lanes() if one.top <= y < one.bottom), None)

    def lane_of(self, day: date, technician: str) -> Lane | None:
        """The lane of a technician on a day."""
        return next((one for one in self.lanes() if (one.day, one.technician) == (day, technician)), None)

    def rect_in(self, lane: Lane, first: int, last: int) -> QRect:
        """Where a stretch of time stands in a lane."""
        gap = 1 if lane.folded else (lane.height - self._block(lane)) // 2
        x = self.x_of(first) + 1
        return QRect(x, lane.top + gap, max(theme.size.s, self.x_of(last) - x), lane.height - 2 * gap)

    def _block(self, lane: Lane) -> int:
        return theme.size.visit_block + lane.height - theme.size.visit_lane

    def rect_of(self, block: Block) -> QRect:
        """Where a block stands; nowhere when it is not shown."""
        lane = self.lane_of(block.span.on, block.technician)
        return self.rect_in(lane, block.span.first, block.span.last) if lane is not None else QRect()

    def blocks(self) -> list[Block]:
        """All blocks in the order they are walked: by day, by lane, by time."""
        return [
            block for lane in self.lanes() for block in sorted(lane.blocks, key=lambda one: one.span.first)
        ]

    def _busy(self, lane: Lane) -> list[tuple[int, int]]:
        """What is booked in a lane and what the chosen slot takes, in minutes."""
        taken = self.taken.get((lane.day, lane.technician), [])
        return sorted([*((one.span.first, one.span.last) for one in lane.blocks), *taken])

    def travel(self, lane: Lane, settings: VisitSettings) -> list[tuple[int, int]]:
        """The ways of a lane's day, in minutes: before and after each visit, never into another one."""
        found: list[tuple[int, int]] = []
        if not lane.technician:
            return found
        spans = self._busy(lane)
        way = settings.minutes.travel
        for place, (first, last) in enumerate(spans):
            before = spans[place - 1][1] if place else self.first
            if first > before:
                found.append((max(before, first - way), first))
            if place == len(spans) - 1 and last < self.last:
                found.append((last, min(self.last, last + way)))
        return found

    def rest(self, lane: Lane, settings: VisitSettings) -> tuple[int, int] | None:
        """Where the break of a day with visits lies: the longest gap in its middle, the way taken off."""
        from app.visit.conflicts import hours_on

        technician = self.facts.technician(lane.technician)
        on_duty = hours_on(technician, lane.day) if technician is not None else None
        spans = self._busy(lane)
        if on_duty is None or not spans or not on_duty.break_minutes:
            return None
        quarter = (on_duty.last - on_duty.first) // 4
        earliest, latest = on_duty.first + quarter, on_duty.last - quarter
        edges = [on_duty.first, *(edge for span in spans for edge in span), on_duty.last]
        way, gaps = settings.minutes.travel, []
        for place in range(0, len(edges), 2):
            over = (
                place == len(edges) - 2
            )  # after the last visit comes the way back, else that to the next one
            end = edges[place + 1] - (0 if over else way)
            first, last = max(edges[place] + (way if over else 0), earliest), min(end, latest)
            noon = max(first, min(12 * 60, last - on_duty.break_minutes))
            # a break that begins in the course of the work has its whole length
            gaps.append((last - first, noon, min(end, noon + on_duty.break_minutes)))
        length, first, last = max(gaps)
        return (first, last) if length > 0 and last > first else None


def _left() -> str:
    from app.words import _

    return _("退職・休職")
