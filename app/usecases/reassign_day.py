"""A technician is away for a day: where each visit of that day goes, shown first, then done in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import msgspec

from app.days import DAY
from app.errors import Problem, UserError
from app.usecases.book_visit import obstacles_in, place_in
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.keep_visit import conflict
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, asked_in, ground_for
from app.visit.conflicts import Asked, Booked, Calendar, obstacles, rests
from app.visit.order import Leave, Span, StoredVisit, Technician, VisitContent
from app.visit.slots import nearest
from app.visit.visit_life import Action, permitted
from app.words import _

NEXT_DAYS: Final = 8
"""How many days a new slot is looked for: the day itself and the week after it."""

Way = Literal["other-technician", "other-time", "open", "stays"]

_Days = dict[str, dict[date, list[Booked]]]


@dataclass(frozen=True)
class Move:
    """Where a visit goes: ``other-technician`` at the same time, ``other-time``, ``open`` in the lane of
    nobody, or it ``stays`` (work has begun or is done; ``why``).
    """

    visit: StoredVisit
    way: Way
    spans: tuple[Span, ...]
    technicians: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True)
class DayPlan:
    """The moves of a day, the earliest visit first."""

    technician: Technician
    day: date
    moves: tuple[Move, ...]
    technicians: tuple[Technician, ...]

    @property
    def open(self) -> tuple[Move, ...]:
        """What nobody can take."""
        return tuple(move for move in self.moves if move.way == "open")


def propose(desk: Desk, technician_id: str, day: date) -> DayPlan:
    """Where the visits of a technician's day can go; nothing is stored. UserError ``not-found``."""
    with desk.storage.look() as work:
        return _Planner(desk, work, technician_id, day).plan()


def apply(desk: Desk, plan: DayPlan, why: str) -> tuple[StoredVisit, ...]:
    """Move all of them in one transaction, and note the technician as away on that day. Every slot is looked
    at again.

    Raises ConflictError when a visit changed since the plan was made or a slot was taken meanwhile (propose
    anew); UserError ``bad-input`` without a reason. Then nothing was moved.
    """
    why = why.strip()
    if not why:
        raise UserError(
            Problem(
                "bad-input",
                _("不在の理由がありません。"),
                remedy=_("理由を入力してください。例：急病"),
                field="why",
            )
        )
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        now = {row.id: row.version for row in work.visits.rows_between(plan.day, plan.day)}
        moving = [move for move in plan.moves if move.way != "stays"]
        if any(now.get(move.visit.id) != move.visit.version for move in moving):
            raise conflict()
        _note_leave(work, plan, why)
        moved = _Applying(desk, work, moving, why).all()
        detail = {"day": plan.day.isoformat(), "moved": len(moved), "open": len(plan.open)}
        work.audit.record(who(work.settings.load()), "day-reassigned", plan.technician.id, detail)
        work.commit()
    return moved


class _Applying:
    """Moves being made: each as soon as its place is free, for one may get the place of another. Where they
    wait for one another, they are all let go first.
    """

    def __init__(self, desk: Desk, work: UnitOfWork, moves: Sequence[Move], why: str) -> None:
        self._desk = desk
        self._work = work
        self._moves = moves
        self._why = why
        self._done: dict[str, StoredVisit] = {}

    def all(self) -> tuple[StoredVisit, ...]:
        """Make every move; in the order of the plan. ConflictError where a place is taken."""
        waiting = list(self._moves)
        visits = {move.visit.id: move.visit for move in waiting}
        while waiting:
            left = [move for move in waiting if not self._put(move, visits[move.visit.id])]
            if len(left) == len(waiting):
                if any(not visits[move.visit.id].content.technicians for move in left):
                    raise conflict()
                for move in left:
                    spans = move.visit.content.spans
                    visits[move.visit.id] = place_in(self._desk, self._work, move.visit, spans, (), self._why)
            waiting = left
        return tuple(self._done[move.visit.id] for move in self._moves)

    def _put(self, move: Move, visit: StoredVisit) -> bool:
        """Make a move; False where something still stands against it."""
        ground = ground_for(self._desk, self._work, visit)
        if move.way != "open" and obstacles_in(
            self._work, ground, visit.content, move.spans, move.technicians
        ):
            return False
        self._done[visit.id] = place_in(
            self._desk, self._work, visit, move.spans, move.technicians, self._why, ground
        )
        return True


def _note_leave(work: UnitOfWork, plan: DayPlan, why: str) -> None:
    known = work.technicians.get(plan.technician.id)
    if not _is_away(known, plan.day):
        leave = Leave(first=plan.day, last=plan.day, why=why)
        fields = msgspec.structs.replace(known.fields, leaves=(*known.fields.leaves, leave))
        work.technicians.save(known.id, known.version, fields)


def _is_away(technician: Technician, day: date) -> bool:
    return any(
        one.first <= day <= one.last and one.from_minute is None and one.to_minute is None
        for one in technician.fields.leaves
    )


class _Planner:
    """One question. What a visit was given is taken for those after it."""

    def __init__(self, desk: Desk, work: UnitOfWork, technician_id: str, day: date) -> None:
        self._desk = desk
        self._work = work
        self._day = day
        self._away = work.technicians.get(technician_id)
        self._others = [one for one in work.technicians.all(active_only=True) if one.id != technician_id]
        self._visits = [
            work.visits.get(row.id)
            for row in work.visits.rows_between(day, day)
            if technician_id in row.technicians
        ]
        spans = [span.on for visit in self._visits for span in visit.content.spans]
        first, last = min(spans, default=day), max(spans, default=day)
        self._taken: _Days = {
            one: {on: list(booked) for on, booked in days.items()}
            for one, days in work.visits.calendar(min(first, day), last + DAY * (NEXT_DAYS + 40)).items()
        }

    def plan(self) -> DayPlan:
        """The moves of the day."""
        for visit in self._visits:
            if permitted(Action.MOVE, visit.events) is None:
                self._let_go(visit)
        moves = tuple(self._move(visit) for visit in self._visits)
        return DayPlan(self._away, self._day, moves, (self._away, *self._others))

    def _move(self, visit: StoredVisit) -> Move:
        content = visit.content
        refused = permitted(Action.MOVE, visit.events)
        if refused is not None:
            return Move(visit, "stays", content.spans, content.technicians, refused.what)
        ground = ground_for(self._desk, self._work, visit)
        try:
            move = self._same_time(visit, ground) or self._other_time(visit, ground)
        except UserError:
            move = None  # no area, no rules any more: a person has to look at it
        if move is None:
            return Move(visit, "open", content.spans, (), _("空いている技術者がいません。"))
        self._take(visit, move)
        return move

    def _same_time(self, visit: StoredVisit, ground: Ground) -> Move | None:
        """Somebody else for the one who is away, the others stay; the least busy of the day first."""
        content = visit.content
        kept = [one for one in self._others if one.id in content.technicians]
        if len(kept) + 1 < len(set(content.technicians)):
            return None  # somebody else of the team no longer visits either
        asked = asked_in(ground, content)
        for one in sorted(self._others, key=lambda one: (self._busy(one.id), one.fields.order)):
            if one in kept:
                continue
            team = self._in_order(content, one.id)
            people = [each for each in self._others if each.id in team]
            if not obstacles(asked, content.spans, people, self._calendar):
                return Move(visit, "other-technician", content.spans, team)
        return None

    def _other_time(self, visit: StoredVisit, ground: Ground) -> Move | None:
        """The nearest slot on that day or the next; on the day itself it has not gone by."""
        content = visit.content
        count = len(content.technicians)
        asked = _at_once(asked_in(ground, content, ("",) * count))
        since = max(self._day, ground.now.date())
        found = nearest(
            asked, self._others, self._calendar, count=10, days=NEXT_DAYS, people=count, since=since
        )
        for slot in found:
            people = [one for one in self._others if one.id in slot.technicians]
            if not obstacles(asked, slot.spans, people, self._calendar):
                return Move(visit, "other-time", slot.spans, slot.technicians)
        return None

    def _in_order(self, content: VisitContent, new: str) -> tuple[str, ...]:
        return tuple(new if one == self._away.id else one for one in content.technicians)

    def _busy(self, technician_id: str) -> int:
        booked = self._taken.get(technician_id, {}).get(self._day, ())
        return sum(one.span.last - one.span.first for one in booked)

    @property
    def _calendar(self) -> Calendar:
        return self._taken

    def _let_go(self, visit: StoredVisit) -> None:
        for days in self._taken.values():
            for booked in days.values():
                booked[:] = [one for one in booked if one.visit_id != visit.id]

    def _take(self, visit: StoredVisit, move: Move) -> None:
        for technician_id in move.technicians:
            for span in move.spans:
                booked = self._taken.setdefault(technician_id, {}).setdefault(span.on, [])
                booked.append(Booked(visit.id, span, "", rests(span)))
                booked.sort(key=lambda one: one.span.first)


def _at_once(asked: Asked) -> Asked:
    """The same question without the days the desk asks for in advance: this can't wait."""
    settings = msgspec.structs.replace(asked.settings, lead_days=0)
    return Asked(
        asked.content, asked.area, asked.minutes, asked.catalogue, settings, asked.now, asked.visit_id
    )
