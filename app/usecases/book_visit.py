"""Find slots, take them, move, let go, and confirm: all is looked at again inside the transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

import msgspec

from app.days import DAY, date_words
from app.errors import Problem, UserError
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.keep_visit import check_content, opened
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, asked_in, figures_in, ground_for, ground_of, other_price
from app.visit.conflicts import Calendar, Obstacle, clock, obstacles
from app.visit.order import Booked, Confirmed, Event, Span, StoredVisit, Technician, VisitContent
from app.visit.slots import MOST_DAYS, Slot, nearest
from app.visit.visit_life import Action
from app.words import _

SEARCHED_DAYS: Final = 60
_SUGGESTED: Final = 3


class SlotRefused(UserError):  # noqa: N818 - a refusal, as the others are
    """A slot that can't be taken, with the nearest that can."""

    def __init__(self, problems: Sequence[Problem], slots: tuple[Slot, ...]) -> None:
        super().__init__(*problems)
        self.slots = slots


@dataclass(frozen=True)
class Found:
    """Slots with the technicians they name."""

    slots: tuple[Slot, ...]
    technicians: dict[str, Technician]

    def names(self, slot: Slot) -> str:
        """Who would go."""
        return names_of(slot.technicians, self.technicians)


def find_slots(
    desk: Desk,
    customer_id: str,
    content: VisitContent,
    *,
    visit_id: str = "",
    count: int = 3,
    days: int = SEARCHED_DAYS,
    people: int = 1,
    since: date | None = None,
) -> Found:
    """いつが空いていますか: the nearest slots for a visit as it is typed, stored or not.

    Raises UserError ``area-unknown``, ``no-rule``, ``bad-input``.
    """
    ground = ground_of(desk, customer_id, content.contract_id, visit_id)
    asked = asked_in(ground, content, ("",) * people)
    first = max(ground.now.date(), since or ground.now.date())
    with desk.storage.look() as work:
        technicians = work.technicians.all(active_only=True)
        calendar = work.visits.calendar(first, first + DAY * (min(days, MOST_DAYS) + 30))
    slots = nearest(asked, technicians, calendar, count=count, days=days, people=people, since=since)
    return Found(slots, {one.id: one for one in technicians})


def look_at_slot(
    desk: Desk, visit_id: str, spans: Sequence[Span], technicians: Sequence[str]
) -> tuple[Obstacle, ...]:
    """Everything that stands against a slot of a stored visit; nothing is stored."""
    with desk.storage.look() as work:
        visit = work.visits.get(visit_id)
        ground = ground_for(desk, work, visit)
        return obstacles_in(work, ground, visit.content, spans, technicians, waits=_waits(visit))


def book(
    desk: Desk,
    visit_id: str,
    version: int,
    spans: Sequence[Span],
    technicians: Sequence[str] = (),
    why: str = "",
) -> StoredVisit:
    """Take a slot for a visit that has none (手配); without technicians it stands in the unassigned lane.

    Raises ConflictError; SlotRefused with every obstacle (its kind as the code, with its clause) and the
    nearest slots; UserError ``visit-state``, ``double-booked``.
    """
    return _place(desk, visit_id, version, Action.BOOK, spans, technicians, why)


def move(
    desk: Desk,
    visit_id: str,
    version: int,
    spans: Sequence[Span],
    technicians: Sequence[str],
    why: str = "",
) -> StoredVisit:
    """Change when it is or who goes; what it was stays in the history, and it has to be confirmed again.
    Raises as ``book``.
    """
    return _place(desk, visit_id, version, Action.MOVE, spans, technicians, why)


def place(
    desk: Desk,
    visit_id: str,
    version: int,
    spans: Sequence[Span],
    technicians: Sequence[str],
    minutes: int | None = None,
    why: str = "",
) -> StoredVisit:
    """Book a visit that waits, move one that has a slot, let it go without spans: as somebody draws it on the
    grid. ``minutes``: how long it lasts from now on (None: as before). All of it happens, or nothing.

    Raises as ``book``; UserError ``out-of-range`` for minutes that can't be.
    """
    with desk.storage.look() as work:
        held = bool(work.visits.get(visit_id).content.spans)
    if not spans:
        return release(desk, visit_id, version, why)
    action = Action.MOVE if held else Action.BOOK
    return _place(desk, visit_id, version, action, spans, technicians, why, minutes)


def release(desk: Desk, visit_id: str, version: int, why: str = "") -> StoredVisit:
    """Let the slot go: the visit waits again. Raises ConflictError; UserError ``visit-state``."""
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.RELEASE)
        changed = place_in(desk, work, visit, (), (), why)
        work.commit()
    return changed


def confirm(
    desk: Desk, visit_id: str, version: int, by: str = "", shown_net: int | None = None
) -> StoredVisit:
    """The customer confirmed day and price (確定). What the slot rests on is looked at once more; that it
    began a while ago today is no hindrance. ``shown_net``: the price that was told, in yen without tax.

    Raises ConflictError; SlotRefused; UserError ``visit-state``, ``no-technician``, ``price-changed``
    where it costs something else than was told.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.CONFIRM)
        if not visit.content.technicians:
            raise UserError(
                Problem(
                    "no-technician",
                    _("担当する技術者が決まっていません。"),
                    remedy=_("担当を決めてから確定してください。"),
                    field="technicians",
                )
            )
        ground = ground_for(desk, work, visit)
        _refuse(work, ground, visit.content, visit.content.spans, visit.content.technicians, begun=True)
        figures = figures_in(ground, visit.content)
        differs = other_price(shown_net, figures.net)
        if differs:
            raise UserError(*differs)
        staff = who(ground.settings)
        event = Confirmed(at=desk.now(), staff=staff, by=by.strip(), net=figures.net)
        changed = work.visits.change(visit_id, version, events=[event], figures=figures)
        work.audit.record(staff, "visit-confirmed", visit_id, {"number": visit.number, "net": figures.net})
        work.commit()
    return changed


def _place(
    desk: Desk,
    visit_id: str,
    version: int,
    action: Action,
    spans: Sequence[Span],
    technicians: Sequence[str],
    why: str,
    minutes: int | None = None,
) -> StoredVisit:
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, action)
        if minutes is not None:
            visit = _lasting(visit, minutes)
        ordered = tuple(sorted(spans, key=lambda span: (span.on, span.first)))
        _check_spans(ordered)
        ground = ground_for(desk, work, visit)
        _refuse(work, ground, visit.content, ordered, technicians, waits=_waits(visit))
        changed = place_in(desk, work, visit, ordered, tuple(dict.fromkeys(technicians)), why, ground)
        work.commit()
    return changed


def place_in(
    desk: Desk,
    work: UnitOfWork,
    visit: StoredVisit,
    spans: tuple[Span, ...],
    technicians: tuple[str, ...],
    why: str,
    ground: Ground | None = None,
    *further: Event,
) -> StoredVisit:
    """Put a visit into a slot (none: let it go) with price and free visit of its new day; unchecked, the
    caller has looked at the obstacles. UserError ``double-booked``.
    """
    ground = ground or ground_for(desk, work, visit)
    held = visit.content
    content = msgspec.structs.replace(held, spans=spans, technicians=technicians)
    staff = who(ground.settings)
    event = Booked(
        at=desk.now(),
        staff=staff,
        spans=spans,
        technicians=technicians,
        before=held.spans,
        technicians_before=held.technicians,
        why=why.strip(),
    )
    changed = work.visits.change(
        visit.id,
        visit.version,
        content=content,
        events=[event, *further],
        figures=figures_in(ground, content),
    )
    what = "visit-released" if not spans else "visit-moved" if held.spans else "visit-booked"
    work.audit.record(staff, what, visit.id, {"number": visit.number, "spans": [_told(one) for one in spans]})
    return changed


def _lasting(visit: StoredVisit, minutes: int) -> StoredVisit:
    """The visit with another length, not stored yet."""
    content = msgspec.structs.replace(visit.content, minutes=minutes)
    check_content(content).raise_if_any()
    return msgspec.structs.replace(visit, content=content)


def _waits(visit: StoredVisit) -> bool:
    """Whether it never had a slot: one that had may go back to where it was."""
    return not any(isinstance(event, Booked) for event in visit.events)


def _check_spans(spans: Sequence[Span]) -> None:
    """Spans that are none, or lie over each other: a slip of whoever asks."""
    wrong = not spans or any(not 0 <= one.first < one.last <= 24 * 60 for one in spans)
    wrong = wrong or any(one.on == other.on and other.first < one.last for one, other in pairwise(spans))
    if wrong:
        raise UserError(
            Problem(
                "bad-input",
                _("訪問の日時が正しくありません。"),
                remedy=_("始まりより後に終わる時刻を、日ごとに1つ選んでください。"),
                field="spans",
            )
        )


def obstacles_in(
    work: UnitOfWork,
    ground: Ground,
    content: VisitContent,
    spans: Sequence[Span],
    technicians: Sequence[str],
    *,
    waits: bool = False,
) -> tuple[Obstacle, ...]:
    """Everything that stands against a slot, inside a transaction. ``waits``: it would be the first slot of
    the visit. UserError ``not-found``, ``technician-inactive``.
    """
    people = [_able(work.technicians.get(one)) for one in dict.fromkeys(technicians)]
    days = [span.on for span in spans]
    calendar = work.visits.calendar(min(days), max(days)) if days else {}
    asked = asked_in(ground, content, [one.id for one in people], waits=waits)
    return obstacles(asked, spans, people, calendar)


def _able(technician: Technician) -> Technician:
    if not technician.fields.active:
        raise UserError(
            Problem(
                "technician-inactive",
                _("{name}さんは、いまは訪問していません。").format(name=technician.fields.name),
                remedy=_("別の技術者を選んでください。"),
                field="technicians",
            )
        )
    return technician


def _refuse(
    work: UnitOfWork,
    ground: Ground,
    content: VisitContent,
    spans: Sequence[Span],
    technicians: Sequence[str],
    *,
    begun: bool = False,
    waits: bool = False,
) -> None:
    """Refuse a slot with everything against it. ``begun``: it may have begun earlier today; ``waits``: it
    would be its first.
    """
    today = ground.now.date()
    found = [
        one
        for one in obstacles_in(work, ground, content, spans, technicians, waits=waits)
        if not (begun and one.kind == "past" and one.on == today)
    ]
    if not found:
        return
    near = _nearest(work, ground, content, spans, max(1, len(technicians)))
    problems = [problem_of(one) for one in found]
    if near.slots:
        words = slot_words(near.slots[0], near.technicians)
        remedy = _("{remedy}いちばん近い空きは{slot}です。").format(remedy=problems[0].remedy, slot=words)
        first = problems[0]
        problems[0] = Problem(first.code, first.what, first.why, remedy, first.clause, first.field)
    raise SlotRefused(problems, near.slots)


def _nearest(
    work: UnitOfWork, ground: Ground, content: VisitContent, spans: Sequence[Span], people: int
) -> Found:
    since = max(ground.now.date(), min(span.on for span in spans))
    technicians = work.technicians.all(active_only=True)
    calendar: Calendar = work.visits.calendar(since, since + DAY * (SEARCHED_DAYS + 30))
    asked = asked_in(ground, content, ("",) * people)
    slots = nearest(
        asked, technicians, calendar, count=_SUGGESTED, days=SEARCHED_DAYS, people=people, since=since
    )
    return Found(slots, {one.id: one for one in technicians})


def problem_of(obstacle: Obstacle) -> Problem:
    """An obstacle as a refusal."""
    field = "technicians" if obstacle.kind in {"area", "skill"} else "spans"
    return Problem(obstacle.kind, obstacle.what, remedy=obstacle.remedy, clause=obstacle.clause, field=field)


def slot_words(slot: Slot, technicians: dict[str, Technician]) -> str:
    """``2026年11月24日（火） 9:30〜11:30（大西 航）``."""
    span = slot.spans[0]
    return _("{day} {first}〜{last}（{names}）").format(
        day=date_words(span.on),
        first=clock(span.first),
        last=clock(span.last),
        names=names_of(slot.technicians, technicians),
    )


def names_of(ids: Sequence[str], technicians: dict[str, Technician]) -> str:
    """Their names, the one in charge first."""
    return _("、").join(technicians[one].fields.name for one in ids if one in technicians)


def _told(span: Span) -> str:
    return f"{span.on.isoformat()} {span.first}-{span.last}"
