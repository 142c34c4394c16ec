"""残月数: how many months of the minimum term are left when a contract ends."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.charge.lines import UsedReading
from app.charge.plan import EditionPlan
from app.days import Month, period, period_number
from app.tariff.model import TerminationFee


class Left(NamedTuple):
    """Months left, the number of the month of the end (the start month is 1), and the readings used."""

    months: int
    number: int
    used: tuple[UsedReading, ...]


def months_left(run: EditionPlan, rule: TerminationFee, term: int, start: date, on: date) -> Left:
    """The months left of a term that ends once, or of the contract year that runs on ``on``."""
    number = (on.year - start.year) * 12 + on.month - start.month + 1
    if rule.policy == "reduced-units-remaining-months":
        return _of_term(run, rule, term, start, number)
    return _of_year(run, rule, term, start, on, number)


def _of_term(run: EditionPlan, rule: TerminationFee, term: int, start: date, number: int) -> Left:
    """Whole months from the start month on, or also the broken last month of the term."""
    used = run.used(rule.months_reading)
    broken = start.day > 1 and run.choice(rule.months_reading) == "calendar-months"
    return Left(max(0, term + broken - number), number, used)


# How each reading of 残月数 differs from the term less the months charged (別紙4※1).
_OFF_BY = {"after-end-month": -1, "calendar-months": 1}


def _of_year(run: EditionPlan, rule: TerminationFee, term: int, start: date, on: date, number: int) -> Left:
    """The term less the months charged in it (that of the end is not); none in the renewal month.

    Start and end in one month: that month is charged.
    """
    charged = max(1, number - 1)
    used = run.used(rule.months_reading)
    renewed = run.used(rule.renewed_reading) if charged >= term else ()
    left = -charged % term
    renewal = run.used(rule.renewal_month_reading)
    if renewal and renewal[0].choice == "last-term-month":
        left = 0 if _holds_a_last_day(start, on, term) else left or term
    if left and used:
        left += _OFF_BY.get(used[0].choice, 0)
    if renewed and renewed[0].choice == "first-year":
        left = 0
    return Left(left, number, (*used, *renewal, *renewed))


def _holds_a_last_day(start: date, on: date, term: int) -> bool:
    """Whether the month of ``on`` holds the last day of a term: otherwise the month of an anniversary is the
    first of a new year, of which nothing is charged yet.
    """
    running = period_number(start, term, on)
    lasts = (period(start, term * number).last for number in (running - 1, running) if number)
    return Month.of(on) in map(Month.of, lasts)
