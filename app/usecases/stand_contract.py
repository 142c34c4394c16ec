"""Where a contract stands on a day: what lists show, sort and filter by, worked out from its entries.

100,000 contracts are worked out at once after an import or at midnight: prices come from the plan of the
service, which remembers what an order costs, and no bill is made.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from app.charge.plan import Priced, ServicePlan, plan_of
from app.contract.beside import Equipment
from app.contract.contract_deadlines import contract_deadlines
from app.contract.facts import Options, Quantities, Started
from app.contract.history import State, read_history
from app.contract.life import OVER, entries_standing, state_on
from app.contract.record import ContractContent, ContractState, DeadlineDay, Entry, Standing, facts_among
from app.days import DAY, nth_period, period_number
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Item, PrepaidYear

_HOLDING: Final = frozenset({ContractState.ACCEPTED, ContractState.ACTIVE, ContractState.SUSPENDED})
_DAY_NAMES: Final = ("on", "first", "last", "effective")


def standing_of(
    content: ContractContent,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
    equipment: Sequence[Equipment] = (),
) -> Standing:
    """Where a contract stands on ``today``. Fees are a full future month (or year) at today's list, agreed
    prices before it; 0 for a contract that is over and where no price is known.

    A contract whose end is recorded keeps its line for nobody else: from when it is free is compared by day.
    Raises UserError ``bad-input`` for an unknown service.
    """
    held = entries_standing(entries)
    state = state_on(entries, today)
    plan = plan_of(catalogue, content.service)
    has = what_it_has(content, held, today)
    edition = plan.at(has.priced_on).rules
    item, quantity = main_item(edition, has.items)
    priced = None if state in OVER else price_of(plan, has, content)
    deadlines = contract_deadlines(content, held, catalogue, today, equipment)
    return Standing(
        state=state,
        quantity=quantity,
        item=item.code if item is not None else "",
        monthly_net=priced.full if priced is not None else 0,
        yearly_net=yearly(priced),
        started_on=has.started,
        ended_on=has.ended,
        holds_line=state in _HOLDING and edition.life is not None and bool(edition.life.one_per_line_clause),
        recheck_on=_recheck(plan, held, deadlines, today, over=state in OVER),
        deadlines=deadlines,
    )


class Has:
    """What a contract has on a day, or is to have, and the day its prices are asked for."""

    __slots__ = ("ended", "items", "options", "priced_on", "started")

    def __init__(
        self,
        items: Quantities,
        options: Options,
        priced_on: date,
        started: date | None = None,
        ended: date | None = None,
    ) -> None:
        self.items = items
        self.options = options
        self.priced_on = priced_on
        self.started = started
        self.ended = ended


def what_it_has(content: ContractContent, held: Sequence[Entry], today: date) -> Has:
    """Quantities and options of a day; what was applied for, before anything began."""
    held = entries_standing(held)
    if any(type(one) is Started for one in held):
        history = read_history(facts_among(held))
        end = history.ended.on if history.ended is not None else None
        day = max(today, history.started.on)
        state: State = history.state_on(day if end is None else min(day, end))
        return Has(state.items, state.options, day, history.started.on, end)
    applied = content.application
    return Has(applied.items, applied.options, max(applied.wished_start or today, today))


def price_of(plan: ServicePlan, has: Has, content: ContractContent) -> Priced | None:
    """The order with its prices; None where they are not known or the price list has no such order."""
    run = plan.at(has.priced_on)
    if not run.is_priced:
        return None
    try:
        return run.price(has.items, has.options, content.agreed)
    except UserError:
        return None


def yearly(priced: Priced | None) -> int:
    """A year's fee paid ahead, in net yen; 0 for services charged by the month."""
    if priced is None or not isinstance(priced.edition.proration, PrepaidYear):
        return 0
    return sum(line.amount for line in priced.annual)


def main_item(edition: Edition, items: Quantities) -> tuple[Item | None, int]:
    """The item a contract is known by, and how many: protected devices before gateways, anything counted
    before a basic fee; a fee of the provider's estimate counts once.
    """
    best: tuple[int, Item, int] | None = None
    for item in edition.items:
        rank, quantity = _rank(item, items)
        if quantity and (best is None or rank < best[0]):
            best = rank, item, quantity
    return (best[1], best[2]) if best is not None else (None, 0)


def _rank(item: Item, items: Quantities) -> tuple[int, int]:
    if item.charge == "one-off":
        return 9, 0
    if item.fixed_quantity is not None:
        return 3, item.fixed_quantity
    quantity = items.get(item.code, 0)
    if item.quoted:
        return 2, 1 if quantity else 0
    return (0 if item.per_device else 1), quantity


def _recheck(
    plan: ServicePlan, held: Sequence[Entry], deadlines: Sequence[DeadlineDay], today: date, *, over: bool
) -> date | None:
    """The first day after today on which state, quantity, prices or deadlines may differ."""
    days = [day for one in held for day in _days_of(one) if day > today]
    days += [one.on + DAY for one in deadlines if one.on >= today]
    if not over:
        days += [run.first for run in plan.runs if run.first > today][-1:]  # the newest stand first
        days += _next_term(plan, held, today)
    return min(days, default=None)


def _next_term(plan: ServicePlan, held: Sequence[Entry], today: date) -> list[date]:
    """The first day of the term after today's: its deadlines count as soon as all of this one are past."""
    start = min((one.on for one in held if type(one) is Started), default=None)
    if start is None or start > today:
        return []
    term = plan.at(start).rules.term
    if term is None:
        return []
    return [nth_period(start, term.months, period_number(start, term.months, today) + 1).first]


def _days_of(entry: Entry) -> list[date]:
    """The days of an entry on which something begins or is over."""
    found = []
    for name in _DAY_NAMES:
        day = getattr(entry, name, None)
        if day is not None:
            day = day.date() if isinstance(day, datetime) else day
            found += [day, day + DAY]
    return found
