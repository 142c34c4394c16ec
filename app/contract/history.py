"""The facts of a contract that hold, sorted: what it had from which day on, and what befell it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

import msgspec

from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Fact,
    Options,
    Outage,
    Promoted,
    Quantities,
    Started,
    Succeeded,
    Suspended,
    Transferred,
    Voided,
    WorksFee,
)

Some = TypeVar("Some", bound=Fact)


class State(msgspec.Struct, frozen=True):
    """What the contract has from ``on`` until the next state, and the fact that made it so."""

    on: date
    items: Quantities
    options: Options
    fact: Started | Changed


class History(msgspec.Struct):
    """The facts that hold, each kind in the order of its days.

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
    sound: bool = False

    def state_on(self, day: date) -> State:
        """What the contract has on a day; the first state before the start."""
        found = self.states[0]
        for state in self.states:
            if state.on > day:
                break
            found = state
        return found


def standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that nobody voided, without the voiding ones."""
    facts = tuple(facts)
    voided = {fact.voids for fact in facts if isinstance(fact, Voided)}
    return tuple(
        fact for fact in facts if not isinstance(fact, Voided) and not (fact.id and fact.id in voided)
    )


def read_history(facts: Iterable[Fact]) -> History:
    """The history the facts make, in whatever order they come. Where facts contradict each other (two
    starts), the earliest stands: ``timeline_check`` tells them.

    Raises LookupError when nothing began the contract.
    """
    facts = standing(facts)
    starts = of_kind(facts, Started)
    if not starts:
        raise LookupError("a timeline without a start")
    started = min(starts, key=lambda fact: fact.on)
    history = History(started, (State(started.on, started.items, started.options, started),))
    if len(facts) > 1:
        _fill(history, facts)
    return history


def of_kind(facts: Iterable[Fact], kind: type[Some]) -> list[Some]:
    """The facts of one kind."""
    return [fact for fact in facts if type(fact) is kind]


def _fill(history: History, facts: tuple[Fact, ...]) -> None:
    history.states = _states(history.states[0], of_kind(facts, Changed))
    history.ended = min(of_kind(facts, Ended), key=lambda fact: fact.on, default=None)
    history.outages = tuple(sorted(of_kind(facts, Outage), key=lambda fact: fact.known_at))
    history.suspensions = tuple(sorted(of_kind(facts, Suspended), key=lambda fact: fact.first))
    history.works = tuple(of_kind(facts, WorksFee))
    history.billings = tuple(sorted(of_kind(facts, Billing), key=lambda fact: fact.on or date.min))
    history.promoted = next(iter(of_kind(facts, Promoted)), None)
    handed = [fact for fact in facts if isinstance(fact, Transferred | Succeeded)]
    history.handed_over = tuple(sorted(handed, key=lambda fact: fact.on))


def _states(first: State, changes: list[Changed]) -> tuple[State, ...]:
    states = [first]
    for change in sorted(changes, key=lambda fact: fact.on):
        before = states[-1]
        items = before.items if change.items is None else change.items
        options = before.options if change.options is None else change.options
        states.append(State(change.on, items, options, change))
    return tuple(states)
