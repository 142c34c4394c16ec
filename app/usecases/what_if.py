"""What would it cost: ending on each of the next days, and what a change does to the next bills.

The same ``charge`` over a timeline with hypothetical facts; nothing is stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.charge.engine import charge
from app.charge.lines import Bill, Line, make_bill
from app.contract.facts import Ended, Fact, Timeline
from app.days import Month
from app.errors import Problem, UserError
from app.tariff.catalogue import Catalogue
from app.words import _

FEE = "termination-fee"
MOST_DAYS = 1_100  # three years of days


@dataclass(frozen=True)
class EndingCost:
    """What ending on a day costs from the first month asked about, in yen with tax.

    ``charges``: the bills up to the end without the fee; ``fee``: 解約金, with tax where it bears it;
    ``bills``: how many months bring a bill.
    """

    day: date
    charges: int
    fee: int
    bills: int

    @property
    def total(self) -> int:
        """Everything to be paid until the contract has ended."""
        return self.charges + self.fee


@dataclass(frozen=True)
class BillEffect:
    """A month's bill without and with the hypothetical facts."""

    month: Month
    before: Bill
    after: Bill

    @property
    def difference(self) -> int:
        """What the month costs more (less when negative), with tax."""
        return self.after.total - self.before.total


def cost_of_ending(
    timeline: Timeline, catalogue: Catalogue, first: date, days: int
) -> tuple[EndingCost, ...]:
    """The cost of ending on each of so many days from ``first``; bills count from the month of ``first``.

    An end already in the timeline is left out, and what was to happen after the day asked about. Days
    before the start are skipped. Raises UserError (``bad-input``) for no or too many days;
    ``edition-unknown`` as ``charge`` does.
    """
    if not 1 <= days <= MOST_DAYS:
        raise UserError(
            Problem("bad-input", _("日数は1から{most}までです。").format(most=MOST_DAYS), field="days")
        )
    wanted = (first + timedelta(days=passed) for passed in range(days))
    return cost_on_days(timeline, catalogue, Month.of(first), wanted)


def cost_on_days(
    timeline: Timeline, catalogue: Catalogue, since: Month, days: Iterable[date]
) -> tuple[EndingCost, ...]:
    """The cost of ending on each of some days, none before ``since``, the month from which bills count.

    Otherwise as ``cost_of_ending``.
    """
    before = _Before(timeline, catalogue, since)
    return tuple(_ending_cost(timeline, catalogue, before, day) for day in days if day >= timeline.started.on)


def cheapest(costs: Iterable[EndingCost]) -> EndingCost | None:
    """The day with the lowest total, the earliest of several; None without any."""
    return min(costs, key=lambda cost: (cost.total, cost.day), default=None)


def cheapest_fee(costs: Iterable[EndingCost]) -> EndingCost | None:
    """The day with the lowest fee, the earliest of several; None without any."""
    return min(costs, key=lambda cost: (cost.fee, cost.day), default=None)


def effect_of_change(
    timeline: Timeline, catalogue: Catalogue, facts: Sequence[Fact], month: Month, bills: int = 3
) -> tuple[BillEffect, ...]:
    """The bills of so many months from ``month``, without and with further facts.

    Raises UserError as ``charge`` does, also for facts that are impossible together.
    """
    changed = replace(timeline, facts=(*timeline.facts, *facts))
    return tuple(
        BillEffect(one, bill_of(timeline, catalogue, one), bill_of(changed, catalogue, one))
        for one in month.until(month.plus(bills - 1))
    )


def ended_on(timeline: Timeline, day: date) -> Timeline:
    """The timeline as it would be with an end on ``day``: other ends and everything that begins later
    are left out.
    """
    return replace(timeline, facts=(*_facts_until(timeline, day), Ended(on=day)))


def bill_of(timeline: Timeline, catalogue: Catalogue, month: Month) -> Bill:
    """A month's bill, with the termination fee in the month of the end."""
    return make_bill(charge(timeline, catalogue, month), month.last)


def without_fee(bill: Bill, month: Month) -> Bill:
    """The bill as it would be without a termination fee."""
    lines = tuple(line for line in bill.lines if line.item != FEE)
    return bill if len(lines) == len(bill.lines) else make_bill(lines, month.last)


class Charged:
    """The months of a contract, each charged once however often it is asked for. None: it never began."""

    def __init__(self, timeline: Timeline | None, catalogue: Catalogue) -> None:
        self.timeline = timeline
        self._catalogue = catalogue
        self._lines: dict[Month, tuple[Line, ...]] = {}

    def lines(self, month: Month) -> tuple[Line, ...]:
        """A month's lines. Raises UserError as ``charge`` does."""
        found = self._lines.get(month)
        if found is None:
            found = charge(self.timeline, self._catalogue, month) if self.timeline is not None else ()
            self._lines[month] = found
        return found

    def bill(self, month: Month) -> Bill:
        """A month's bill. Raises UserError as ``charge`` does."""
        return make_bill(self.lines(month), month.last)


class _Before:
    """What is paid before the month of an end, summed up month by month as it is asked for.

    An end moves only the bill of its own month and takes the later ones away, so that the months before it
    are those of the contract that goes on.
    """

    def __init__(self, timeline: Timeline, catalogue: Catalogue, since: Month) -> None:
        self._goes_on = replace(timeline, facts=_facts_until(timeline, date.max))
        self._catalogue = catalogue
        self._next = since
        self._sums: dict[Month, tuple[int, int, int]] = {since: (0, 0, 0)}

    def sums(self, month: Month) -> tuple[int, int, int]:
        """Charges and fees (of reductions) in yen with tax, and how many bills, from the first month to the
        one before ``month``.
        """
        while month not in self._sums:
            charges, fees, bills = self._sums[self._next]
            bill = bill_of(self._goes_on, self._catalogue, self._next)
            plain = without_fee(bill, self._next).total
            self._next = self._next.plus(1)
            self._sums[self._next] = (charges + plain, fees + bill.total - plain, bills + bool(bill.lines))
        return self._sums[month]


def _ending_cost(timeline: Timeline, catalogue: Catalogue, before: _Before, day: date) -> EndingCost:
    month = Month.of(day)
    charges, fees, bills = before.sums(month)
    bill = bill_of(ended_on(timeline, day), catalogue, month)
    plain = without_fee(bill, month).total
    return EndingCost(day, charges + plain, fees + bill.total - plain, bills + bool(bill.lines))


def _facts_until(timeline: Timeline, day: date) -> tuple[Fact, ...]:
    """The facts without any end and without what begins after a day."""
    kept = [fact for fact in timeline.facts if not isinstance(fact, Ended) and not _begins_after(fact, day)]
    names = {getattr(fact, "id", "") for fact in kept}
    return tuple(fact for fact in kept if getattr(fact, "voids", "") in {"", *names})


def _begins_after(fact: Fact, day: date) -> bool:
    """Whether a fact begins after a day; facts without a day of their own do not."""
    for name in ("on", "first", "known_at"):
        value = getattr(fact, name, None)
        if isinstance(value, datetime):
            return value.date() > day
        if isinstance(value, date):
            return value > day
    return False
