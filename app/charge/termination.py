"""解約金: what ending a contract before its term costs. Stands outside consumption tax by the reading in
force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.charge.engine import ordered_on
from app.charge.lines import Line, Reason, UsedReading
from app.charge.prices import full_lines
from app.contract.facts import Timeline
from app.money import TaxKind
from app.tariff.catalogue import Catalogue
from app.tariff.model import TerminationFee
from app.words import _


@dataclass(frozen=True)
class Termination:
    """The fee in yen, the months it counts, and why."""

    fee: int
    months_left: int
    line: Line | None
    reason: Reason


def termination(timeline: Timeline, catalogue: Catalogue, on: date) -> Termination | None:
    """What the customer's own ending of the whole contract on ``on`` (解約日) costs; None where the terms
    know no fee.

    Raises UserError ``edition-unknown`` where prices of that day are not known.
    """
    ordered = ordered_on(timeline, catalogue, on)
    rule, term = ordered.edition.termination, ordered.edition.term
    if rule is None or term is None:
        return None
    month_number = _month_number(timeline.started.on, on)
    if rule.policy == "reduced-units-remaining-months":
        left, used = _months_left(timeline, catalogue, rule, on, term.months, month_number)
    else:
        left, used = _months_left_of_year(timeline, catalogue, rule, on, term.months)
    basis, scope = _monthly_basis(timeline, catalogue, rule, on)
    used += scope
    tax = _used(timeline, catalogue, rule.tax_reading, on)
    fee = basis * left
    reason = Reason(
        rule.policy,
        {"basis": basis, "months_left": left, "month_number": month_number, "term": term.months},
        Fraction(fee),
        fee,
        clause=rule.clause,
        edition=ordered.edition.start,
        readings=used + tax,
    )
    taxed = bool(tax) and tax[0].choice == "taxed"
    line = Line(
        timeline.service,
        "termination-fee",
        _("解約金"),
        fee,
        reason,
        tax=TaxKind.STANDARD if taxed else TaxKind.OUTSIDE,
        clause=rule.clause,
    )
    return Termination(fee, left, line if fee else None, reason)


def _used(timeline: Timeline, catalogue: Catalogue, name: str, on: date) -> tuple[UsedReading, ...]:
    if not name:
        return ()
    return (UsedReading(timeline.service, name, catalogue.choice(timeline.service, name, on)),)


def _month_number(start: date, on: date) -> int:
    """Which month of the contract ``on`` lies in by calendar months, the start month being 1."""
    return (on.year - start.year) * 12 + on.month - start.month + 1


def _months_left(
    timeline: Timeline, catalogue: Catalogue, rule: TerminationFee, on: date, term: int, number: int
) -> tuple[int, tuple[UsedReading, ...]]:
    """Months left of a term that ends once: whole months, or calendar months touched (rules.md D1)."""
    used = _used(timeline, catalogue, rule.months_reading, on)
    months = term
    starts_within = timeline.started.on.day > 1
    if used and used[0].choice == "calendar-months" and starts_within:
        months = term + 1
    return max(0, months - number), used


# How each reading of 残月数 differs from twelve less the months charged (別紙4※1).
_OFF_BY = {"after-end-month": -1, "calendar-months": 1}


def _months_left_of_year(
    timeline: Timeline, catalogue: Catalogue, rule: TerminationFee, on: date, term: int
) -> tuple[int, tuple[UsedReading, ...]]:
    """Months left of the running contract year: none in the month of the anniversary (契約更新月)."""
    passed = _month_number(timeline.started.on, on) - 1  # months charged: the month of the end is not
    if passed == 0:
        passed = 1  # start and end in one month: that month is charged
    left = -passed % term
    used = _used(timeline, catalogue, rule.months_reading, on)
    if left and used:
        left += _OFF_BY.get(used[0].choice, 0)
    renewed = _used(timeline, catalogue, rule.renewed_reading, on) if passed >= term else ()
    if renewed and renewed[0].choice == "first-year":
        left = 0
    return left, used + renewed


def _monthly_basis(
    timeline: Timeline, catalogue: Catalogue, rule: TerminationFee, on: date
) -> tuple[int, tuple[UsedReading, ...]]:
    """The yen per month the fee counts: every monthly charge, or the base fee alone."""
    lines = full_lines(ordered_on(timeline, catalogue, on), "monthly")
    used = _used(timeline, catalogue, rule.scope_reading, on)
    if used and used[0].choice == "base":
        edition = ordered_on(timeline, catalogue, on).edition
        base = {item.code for item in edition.items if item.fixed_quantity is not None}
        return sum(line.amount for line in lines if line.item in base), used
    return sum(line.amount for line in lines), used
