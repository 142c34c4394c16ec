"""遅延損害金・延滞利息: what a payment after its due day costs.

The services differ only by the record ``Interest`` of their tariff: the rate, the days of grace, whether
the day of payment counts, and what a day of a leap year is divided by.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.charge.lines import Reason, UsedReading
from app.charge.statutory import statutory_rate
from app.days import DAY, DayRange, days_of_month, next_business_day
from app.errors import Problem, UserError
from app.money import floor_yen
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition, Interest
from app.words import _

YEAR, LEAP_YEAR = 365, 366


@dataclass(frozen=True)
class Overdue:
    """A payment. ``principal`` yen with tax; ``receivable_assigned``: the claim was assigned to the
    billing company.
    """

    service: str
    principal: int
    due: date
    paid: date
    receivable_assigned: bool = False


@dataclass(frozen=True)
class LateInterest:
    """Interest in whole yen, outside consumption tax, and the days it counts (both 0 where none is due).

    ``expected``: the rate of law of that time is not announced yet (見込み).
    """

    amount: int
    days: int
    reason: Reason
    rule: Interest
    expected: bool = False


@dataclass(frozen=True)
class _Case:
    """A payment with the rule it falls under and the readings in force."""

    overdue: Overdue
    rule: Interest
    edition: Edition
    catalogue: Catalogue

    def used(self, *names: str) -> tuple[UsedReading, ...]:
        service, day = self.overdue.service, self.overdue.due
        return tuple(
            UsedReading(service, name, self.catalogue.choice(service, name, day)) for name in names if name
        )

    def chose(self, name: str, choice: str) -> bool:
        return any(one.choice == choice for one in self.used(name))


def late_interest(overdue: Overdue, catalogue: Catalogue) -> LateInterest:
    """The interest on a payment, by the terms that stand for the first day of the delay. Floored once.

    Raises UserError: ``no-rule`` where the terms know no interest; ``edition-unknown`` where the rate of
    law of that day is not known.
    """
    edition = stands_for(catalogue.service(overdue.service).editions, overdue.due + DAY)
    rule = edition.interest
    if rule is None:
        raise UserError(Problem("no-rule", _("この規約には延滞利息・遅延損害金の定めがありません。")))
    case = _Case(overdue, rule, edition, catalogue)
    due = _due_day(case)
    days = _charged_days(case, due)
    why = _why_none(rule, overdue, due, days)
    if why:
        return LateInterest(0, 0, _no_interest(case, due, why), rule)
    rate, expected = _rate(rule, days.first)
    return _charged(case, due, days, rate, expected=expected)


def _due_day(case: _Case) -> date:
    """The due day, moved to the next business day where the reading for closed days says so."""
    if case.chose(case.rule.due_reading, "next-business-day"):
        return next_business_day(case.overdue.due)
    return case.overdue.due


def _charged_days(case: _Case, due: date) -> DayRange:
    """From the day after the due day to the day of payment, or the day before it; possibly no day at all."""
    counts = case.rule.payment_day_counts
    if case.rule.payment_day_reading:
        counts = case.chose(case.rule.payment_day_reading, "included")
    return DayRange(due + DAY, case.overdue.paid if counts else case.overdue.paid - DAY)


def _why_none(rule: Interest, overdue: Overdue, due: date, days: DayRange) -> str:
    """Why nothing is due: paid in time, within the days of grace, or no day lies between; empty where it
    is.
    """
    if overdue.paid <= due:
        return "in-time"
    if overdue.paid <= due + rule.grace_days * DAY:
        return "within-grace"
    return "" if len(days) else "no-day-between"


def _rate(rule: Interest, first: date) -> tuple[Fraction, bool]:
    """The proportion of a year, and whether it is only expected. The rate of the first day holds
    throughout.
    """
    if not rule.statutory:
        return Fraction(rule.rate), False
    found = statutory_rate(first)
    return found.rate, found.expected


def _no_interest(case: _Case, due: date, why: str) -> Reason:
    rule, overdue = case.rule, case.overdue
    moved = due != overdue.due
    return Reason(
        "no-late-interest",
        {
            "why": why,
            "principal": overdue.principal,
            "due": due,
            "paid": overdue.paid,
            "grace_days": rule.grace_days,
        },
        Fraction(0),
        0,
        clause=rule.clause,
        edition=case.edition.start,
        readings=case.used(rule.due_reading) if moved else (),
    )


def _charged(case: _Case, due: date, days: DayRange, rate: Fraction, *, expected: bool) -> LateInterest:
    rule, overdue = case.rule, case.overdue
    parts = _days_by_year_length(case, days)
    years = sum((Fraction(count, length) for length, count in parts), Fraction(0))
    exact = overdue.principal * rate * years
    reason = Reason(
        "late-interest",
        {
            "principal": overdue.principal,
            "rate": rate,
            "statutory": rule.statutory,
            "expected": expected,
            "due": due,
            "moved_from": overdue.due if due != overdue.due else None,
            "paid": overdue.paid,
            "first": days.first,
            "last": days.last,
            "days": len(days),
            "days_by_year": parts,
        },
        exact,
        floor_yen(exact),
        clause=rule.clause,
        floor_clause=case.edition.proration.floor_clause if case.edition.proration else "",
        edition=case.edition.start,
        readings=_readings(case, days),
    )
    return LateInterest(reason.amount, len(days), reason, rule, expected)


def _readings(case: _Case, days: DayRange) -> tuple[UsedReading, ...]:
    """The readings that could have moved this amount."""
    rule = case.rule
    names = [rule.payment_day_reading]
    leap_matters = rule.leap_basis == "365" or case.overdue.receivable_assigned
    if leap_matters and _leap_days(days):
        names.append(rule.reading)
    if next_business_day(case.overdue.due) != case.overdue.due:
        names.append(rule.due_reading)
    return case.used(*names)


# --- what a day is divided by ------------------------------------------------------------------------------


def _days_by_year_length(case: _Case, days: DayRange) -> tuple[tuple[int, int], ...]:
    """(days of the year, days charged at that) for every kind of year in the period; the ordinary ones
    first.
    """
    leap = _leap_days(days)
    way = _leap_way(case)
    if not leap or way == "never":
        return ((YEAR, len(days)),)
    if way == "whole-period" or leap == len(days):
        return ((LEAP_YEAR, len(days)),)
    return ((YEAR, len(days) - leap), (LEAP_YEAR, leap))


def _leap_way(case: _Case) -> str:
    """How days of a leap year are divided: ``never`` by 366, ``by-day``, or the ``whole-period`` that
    has one.
    """
    rule = case.rule
    if rule.leap_basis == "by-assignment" and not case.overdue.receivable_assigned:
        return "never"  # 非譲渡債権: always 365
    if rule.leap_basis == "by-assignment":
        return "whole-period" if case.chose(rule.reading, "whole-period") else "by-day"
    return "by-day" if case.chose(rule.reading, "366-in-leap-years") else "never"


def _leap_days(days: DayRange) -> int:
    """How many of the days lie in leap years."""
    return sum(
        len(days.common(DayRange(date(year, 1, 1), date(year, 12, 31))))
        for year in range(days.first.year, days.last.year + 1)
        if days_of_month(year, 2) == 29
    )
