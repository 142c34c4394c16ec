"""解約シミュレーション: what ending would cost from today on, as a curve and as the few days that matter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from app.charge.lines import UsedReading, make_bill
from app.charge.plan import plan_of
from app.charge.termination import Termination, termination
from app.contract.cancellation_date import Notice, cancellation_date
from app.contract.facts import Timeline
from app.days import Month, add_business_days
from app.errors import UserError
from app.money import TaxKind
from app.tariff.catalogue import Catalogue
from app.usecases.contract_view import ContractView, EndingCurve, EndingPoint
from app.usecases.what_if import Charged, EndingCost, bill_of, cheapest, cost_on_days, ended_on

MOST_MONTHS: Final = 38  # the longest term, and a little after it
USUAL_MONTHS: Final = 13
AFTER: Final = 3  # months shown after the fee is 0


def ending_curve(view: ContractView) -> EndingCurve | None:
    """The curve of a contract that runs; None for one that has not begun or whose end is recorded, and
    where no price is known.
    """
    timeline = view.timeline
    if timeline is None or timeline.ended is not None:
        return None
    try:
        return curve_of(timeline, view.catalogue, view.today)
    except UserError:
        return None


def curve_of(timeline: Timeline, catalogue: Catalogue, today: date) -> EndingCurve:
    """What ending costs on the earliest possible day and on the first of each month after it.

    Raises UserError as ``charge`` does.
    """
    first = max(earliest_end(timeline, catalogue, today), timeline.started.on)
    free = fee_free_from(timeline, catalogue, first)
    # The notice may reach into the next month; what is paid until then counts from this one.
    since = max(Month.of(today), Month.of(timeline.started.on))
    costs = cost_on_days(timeline, catalogue, since, _days(timeline, catalogue, first, free))
    points = tuple(_point(cost, timeline, catalogue) for cost in costs)
    leaving = termination(_open(timeline, first), catalogue, first)
    best = cheapest(costs)
    assert best is not None
    return EndingCurve(
        points=points,
        earliest=points[0],
        next_step=next((one for one in points if one.fee < points[0].fee), None),
        free_from=next((one for one in points if one.on == free), None),
        cheapest_total=_point(best, timeline, catalogue),
        reason=leaving.reason if leaving is not None else None,
        line=leaving.line if leaving is not None else None,
        has_fee=leaving is not None,
        outside_tax=leaving is None or leaving.line is None or leaving.line.tax is TaxKind.OUTSIDE,
        moving=moving_readings(timeline, catalogue, first),
        same_net=_same_net(timeline, catalogue, first, free),
    )


def earliest_end(timeline: Timeline, catalogue: Catalogue, today: date) -> date:
    """The first 解約日 for which telling today is in time, as the terms count the notice."""
    rule = plan_of(catalogue, timeline.service).at(today).rules.cancellation
    if rule is None:
        return today
    if rule.business_days is not None:
        return add_business_days(today, rule.business_days)
    return cancellation_date(Notice(timeline.service, today, today), catalogue).day


def fee_free_from(timeline: Timeline, catalogue: Catalogue, first: date) -> date | None:
    """The first day from ``first`` on which ending costs no fee; None where none comes soon, or where the
    terms know no fee at all. A fee changes with the month only.
    """
    for day in _firsts(first, MOST_MONTHS):
        leaving = termination(_open(timeline, day), catalogue, day)
        if leaving is None:
            return None
        if not leaving.fee:
            return day
    return None


def leaving_on(timeline: Timeline, catalogue: Catalogue, day: date) -> Termination | None:
    """What ending on a day costs, as though nothing were to begin after it; None where the terms know no fee.

    Raises UserError as ``termination``.
    """
    return termination(_open(timeline, day), catalogue, day)


def moving_readings(timeline: Timeline, catalogue: Catalogue, day: date) -> tuple[UsedReading, ...]:
    """The readings whose other choice gives another fee on a day."""
    leaving = termination(_open(timeline, day), catalogue, day)
    if leaving is None:
        return ()
    return tuple(
        used
        for used in leaving.reason.all_readings()
        if any(
            _differs(leaving, timeline, catalogue, day, {used.name: other})
            for other in _others(catalogue, used, day)
        )
    )


def _others(catalogue: Catalogue, used: UsedReading, day: date) -> Iterator[str]:
    for choice in catalogue.reading(used.service, used.name, day).choices:
        if choice.code != used.choice:
            yield choice.code


def _differs(
    now: Termination, timeline: Timeline, catalogue: Catalogue, day: date, choices: dict[str, str]
) -> bool:
    other = termination(_open(timeline, day), catalogue.with_choices(choices), day)
    if other is None:
        return now.fee != 0
    tax = other.line.tax if other.line is not None else TaxKind.OUTSIDE
    return other.fee != now.fee or (now.line is not None and tax is not now.line.tax)


def _days(timeline: Timeline, catalogue: Catalogue, first: date, free: date | None) -> Iterator[date]:
    months = USUAL_MONTHS
    if free is not None and free > first:
        ahead = Month.of(free)
        months = (ahead.year - first.year) * 12 + ahead.month - first.month + AFTER
    term = plan_of(catalogue, timeline.service).at(first).rules.term
    if free is not None and term is not None and term.renewal != "open-ended":
        months = max(months, term.months + 1)  # the fee comes back with the next year
    return _firsts(first, min(months, MOST_MONTHS))


def _firsts(first: date, months: int) -> Iterator[date]:
    """A day, and the first day of so many months after it."""
    yield first
    month = Month.of(first)
    for ahead in range(1, months + 1):
        yield month.plus(ahead).first


def _open(timeline: Timeline, day: date) -> Timeline:
    """The timeline without what begins after a day: ending on it makes that never happen."""
    later = timeline.history.states[-1].on > day
    if not later:
        return timeline
    ended = ended_on(timeline, day)
    return Timeline(
        timeline.service,
        tuple(fact for fact in ended.facts if fact is not ended.facts[-1]),
        timeline.customer,
        timeline.line,
        timeline.area,
        timeline.agreed,
    )


def _point(cost: EndingCost, timeline: Timeline, catalogue: Catalogue) -> EndingPoint:
    leaving = termination(_open(timeline, cost.day), catalogue, cost.day)
    line = leaving.line if leaving is not None else None
    return EndingPoint(cost.day, make_bill((line,), cost.day).total if line is not None else 0, cost.total)


def _same_net(timeline: Timeline, catalogue: Catalogue, first: date, free: date | None) -> int | None:
    """Months and fee together, without tax, where every first of a month until the fee is 0 gives
    the same.
    """
    if free is None or free <= first:
        return None
    goes_on = Charged(timeline, catalogue)
    paid, same = 0, None
    for month in Month.of(first).plus(1).until(Month.of(free)):
        last = bill_of(ended_on(timeline, month.first), catalogue, month)
        net = paid + last.net + last.exempt
        if same is not None and net != same:
            return None
        same = net
        bill = goes_on.bill(month)
        paid += bill.net + bill.exempt
    return same
