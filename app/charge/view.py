"""One month of one contract, as every rule of charging looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.charge.lines import UsedReading
from app.charge.plan import Priced, plan_of
from app.contract.facts import Timeline
from app.contract.history import History, State
from app.contract.ordered import REFUSALS
from app.contract.timeline_check import check_facts
from app.days import Month, days_of_month
from app.tariff.catalogue import Catalogue


class Stretch:
    """Days of a month with the same quantities and prices; ``priced`` None: days a promotion leaves free."""

    __slots__ = ("days", "first", "last", "priced")

    def __init__(self, first: date, last: date, priced: Priced | None) -> None:
        self.first = first
        self.last = last
        self.days = last.toordinal() - first.toordinal() + 1
        self.priced = priced


class View:
    """A month of a contract: ``rules`` are those of the first day of the month the contract lives in."""

    __slots__ = (
        "agreed", "catalogue", "days", "first", "history", "last", "number", "plan", "rules",
        "started", "timeline",
    )  # fmt: skip

    def __init__(self, timeline: Timeline, catalogue: Catalogue, month: Month) -> None:
        self.timeline = timeline
        self.catalogue = catalogue
        self.plan = plan_of(catalogue, timeline.service)
        history: History | None = timeline.__dict__.get("_history")
        if history is None or not history.sound:
            check_facts(timeline, self.plan.service).raise_if_any(REFUSALS)
            history = timeline.history
            history.sound = True  # facts never change: once is enough
        self.history = history
        year, number = month.year, month.month
        self.number = year * 12 + number  # months since nowhere in particular
        self.days = days_of_month(year, number)
        self.first = date(year, number, 1)
        self.last = date(year, number, self.days)
        self.started = self.history.started.on
        self.agreed = timeline.agreed
        self.rules = self.plan.at(max(self.first, self.started))

    @property
    def month(self) -> Month:
        """The month charged."""
        return Month.of(self.first)

    def number_of(self, day: date) -> int:
        """Year × 12 + month of a day, to compare months by."""
        return day.year * 12 + day.month

    def is_in(self, day: date) -> bool:
        """Whether a day lies in the month."""
        return self.first <= day <= self.last

    def price(self, state: State, day: date) -> Priced:
        """A state with the prices of a day. Raises UserError ``edition-unknown`` where they are not known."""
        return self.plan.priced(state, day, self.agreed, self.catalogue)

    def changes(self) -> Sequence[tuple[State, State]]:
        """The changes of the month, as what was before and what is after."""
        states = self.history.states
        if len(states) == 1:
            return ()
        return [(states[i - 1], states[i]) for i in range(1, len(states)) if self.is_in(states[i].on)]

    def used(self, name: str) -> tuple[UsedReading, ...]:
        """The reading an amount rests on."""
        return self.rules.used(name)
