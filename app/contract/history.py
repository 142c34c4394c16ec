"""The facts of a contract that hold, sorted: what it had from which day on, and what befell it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import msgspec

from app.contract.facts import (
    Billing,
    Changed,
    CustomerKind,
    Ended,
    Fact,
    Interrupted,
    Notified,
    Options,
    Outage,
    Promoted,
    Quantities,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    TermsNoticed,
    Transferred,
    Voided,
    WorksFee,
)
from app.days import DAY

EVENTS: Final = frozenset(
    {Interrupted, Notified, RenewalDeclined, Restored, Resumed, Succeeded, TermsNoticed, Transferred}
)
"""What befell a contract besides its charges."""


class State(msgspec.Struct, frozen=True, gc=False):
    """What the contract has from ``on`` until the next state, and the fact that made it so."""

    on: date
    items: Quantities
    options: Options
    fact: Started | Changed


class History(msgspec.Struct, gc=False):
    """The facts that hold, each kind in the order of its days.

    ``repeated``: the kinds of which there are several. ``eventful``: there are facts of ``EVENTS``.
    ``sound`` notes that the facts were found to go together, so that nobody looks a second time.
    """

    started: Started
    states: tuple[State, ...]
    ended: Ended | None = None
    outages: tuple[Outage, ...] = ()
    suspensions: tuple[Suspended, ...] = ()
    works: tuple[WorksFee, ...] = ()
    billings: tuple[Billing, ...] = ()
    promoted: Promoted | None = None
    handed_over: tuple[Transferred | Succeeded, ...] = ()
    repeated: tuple[type, ...] = ()
    eventful: bool = False
    sound: bool = False

    def state_on(self, day: date) -> State:
        """What the contract has on a day; the first state before the start."""
        found = self.states[0]
        for state in self.states:
            if state.on > day:
                break
            found = state
        return found


def customer_on(facts: Sequence[object], first: CustomerKind, day: date) -> CustomerKind:
    """What the terms take the customer of a day for: the last one the contract passed to by facts that hold,
    ``first`` while it did not.
    """
    passed = [one for one in facts if isinstance(one, Transferred | Succeeded) and one.on <= day]
    known = [one.customer_kind for one in sorted(passed, key=_on) if one.customer_kind is not None]
    return known[-1] if known else first


def standing(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts that nobody voided, without the voiding ones."""
    voided = {fact.voids for fact in facts if isinstance(fact, Voided)}
    return tuple(
        fact for fact in facts if not isinstance(fact, Voided) and not (fact.id and fact.id in voided)
    )


def read_history(facts: Sequence[Fact]) -> History:
    """The history the facts make, in whatever order they come. Where facts contradict each other (two
    starts), the earliest stands: ``timeline_check`` tells them.

    Raises LookupError when nothing began the contract.
    """
    if len(facts) == 1 and isinstance(facts[0], Started):  # most contracts, and soon told
        return _begun(facts[0])
    if any(type(fact) is Voided for fact in facts):
        facts = standing(facts)
    by_kind: dict[type, list[Any]] = {}
    for fact in facts:
        by_kind.setdefault(type(fact), []).append(fact)
    starts = by_kind.get(Started)
    if not starts:
        raise LookupError("a timeline without a start")
    history = _begun(min(starts, key=_on))
    history.eventful = not EVENTS.isdisjoint(by_kind)
    history.repeated = tuple(kind for kind, found in by_kind.items() if len(found) > 1)
    _fill(history, by_kind)
    return history


def _begun(started: Started) -> History:
    return History(started, (State(started.on, started.items, started.options, started),))


def _on(fact: Started | Changed | Ended | Transferred | Succeeded) -> date:
    return fact.on


def _fill(history: History, by_kind: Mapping[type, list[Any]]) -> None:
    """Put the facts of each kind in the order of their days."""
    if Changed in by_kind:
        history.states = _states(history.states[0], by_kind[Changed])
    if Ended in by_kind:
        history.ended = min(by_kind[Ended], key=_on)
    if Outage in by_kind:
        outages = _restored(by_kind[Outage], by_kind[Restored]) if Restored in by_kind else by_kind[Outage]
        history.outages = tuple(sorted(outages, key=lambda fact: fact.known_at))
    if Suspended in by_kind:
        stops = _resumed(by_kind[Suspended], by_kind[Resumed]) if Resumed in by_kind else by_kind[Suspended]
        history.suspensions = tuple(sorted(stops, key=lambda fact: fact.first))
    if Billing in by_kind:
        history.billings = tuple(sorted(by_kind[Billing], key=lambda fact: fact.on or date.min))
    history.works = tuple(by_kind.get(WorksFee, ()))
    if Promoted in by_kind:
        history.promoted = by_kind[Promoted][0]
    handed = [*by_kind.get(Transferred, ()), *by_kind.get(Succeeded, ())]
    history.handed_over = tuple(sorted(handed, key=_on)) if handed else ()


def _restored(outages: list[Outage], ends: list[Restored]) -> list[Outage]:
    """The outages with the moment at which each was restored; an end that came with the outage stands, and
    one before it began is no end.
    """
    known = {end.outage: end.at for end in ends if end.outage}
    found = []
    for one in outages:
        at = known.get(one.id)
        ends_it = at is not None and one.restored_at is None and at >= one.known_at
        found.append(msgspec.structs.replace(one, restored_at=at) if ends_it else one)
    return found


def _resumed(stops: list[Suspended], ends: list[Resumed]) -> list[Suspended]:
    """The suspensions with their last day: the day before the one on which each was resumed, where it was.
    One that is resumed on its first day stopped nothing and is left out.
    """
    found = []
    for one, on in zip(stops, resumed_on(stops, [end.on for end in ends]), strict=True):
        if on is None:
            found.append(one)
        elif on > one.first:
            found.append(msgspec.structs.replace(one, last=on - DAY))
    return found


def resumed_on(stops: Sequence[Suspended], days: Sequence[date]) -> list[date | None]:
    """For each suspension the day on which it was resumed before it was over; None where it never was.

    A resumption ends what had been running when its day came. Only where nothing had, it ends what begins on
    that very day: a suspension from the day of a resumption on runs on.
    """
    found: list[date | None] = [None] * len(stops)
    for day in sorted(days):
        running = [
            place
            for place, one in enumerate(stops)
            if found[place] is None and one.first <= day and (one.last is None or day <= one.last)
        ]
        for place in [one for one in running if stops[one].first < day] or running:
            found[place] = day
    return found


def _states(first: State, changes: list[Changed]) -> tuple[State, ...]:
    states = [first]
    for change in sorted(changes, key=lambda fact: fact.on):
        before = states[-1]
        items = before.items if change.items is None else change.items
        options = before.options if change.options is None else change.options
        states.append(State(change.on, items, options, change))
    return tuple(states)
