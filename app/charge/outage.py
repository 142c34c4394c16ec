"""What is not charged for hours without service.

Whole units of 24 hours from the moment the company knew count as days; each belongs to the calendar day on
which it starts, and only charged days have anything to take off.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction

from app.charge.lines import Line, Reason, UsedReading
from app.charge.view import Stretch, View
from app.contract.facts import Outage
from app.tariff.model import OutageCredit
from app.words import _

Span = tuple[date, date]


def credit_lines(view: View, stretches: list[Stretch], charged: list[Line]) -> list[Line]:
    """One negative line for all outages of the month, or none. ``charged``: the lines of the stretches."""
    rule = view.rules.rules.outage
    outages = view.history.outages
    if rule is None or not outages or not stretches:
        return []
    spans = list(_joined(_days_out(view, rule, outages)))
    parts = []
    for stretch in stretches:
        days, within = _within(spans, stretch)
        if days and stretch.priced is not None:
            whole = sum(line.amount for line in charged) if len(stretches) == 1 else None
            parts.append(_credit(view, rule, stretch, days, within, whole))
    if not parts:
        return []
    reason = parts[0] if len(parts) == 1 else _sum(parts, rule)
    return [
        Line(
            view.timeline.service,
            "outage-credit",
            _("利用できなかった期間の減額"),
            reason.amount,
            reason,
            clause=rule.clause,
        )
    ]


def _days_out(view: View, rule: OutageCredit, outages: tuple[Outage, ...]) -> Iterator[Span]:
    """First and last day of the units of each outage that gives a credit. One that lasts has no end yet."""
    unit = timedelta(hours=rule.hours)
    for outage in outages:
        if outage.cause in rule.not_for:
            continue
        if outage.restored_at is None:
            yield outage.known_at.date(), view.last
            continue
        units = (outage.restored_at - outage.known_at) // unit
        if units:
            yield outage.known_at.date(), (outage.known_at + (units - 1) * unit).date()


def _joined(spans: Iterator[Span]) -> Iterator[Span]:
    """The spans without the days they share: a day is credited once."""
    last: date | None = None
    for first, end in sorted(spans):
        begin = max(first, last + timedelta(days=1)) if last is not None else first
        if begin <= end:
            yield begin, end
            last = end


def _within(spans: list[Span], stretch: Stretch) -> tuple[int, tuple[Span, ...]]:
    cut = [(max(first, stretch.first), min(last, stretch.last)) for first, last in spans]
    inside = tuple((first, last) for first, last in cut if first <= last)
    return sum((last - first).days + 1 for first, last in inside), inside


def _credit(
    view: View, rule: OutageCredit, stretch: Stretch, out: int, spans: tuple[Span, ...], whole: int | None
) -> Reason:
    """The credit of a stretch: the fee of the days out, or what is charged less that of the days left."""
    assert stretch.priced is not None
    full = stretch.priced.full if whole is None or stretch.days != view.days else whole
    base = 30 if view.rules.choice(rule.days_reading) == "thirty-days" else view.days
    days = min(out, base)
    charged = full * stretch.days // view.days
    used: tuple[UsedReading, ...] = (*view.used(rule.reading), *view.used(rule.days_reading))
    floor = view.rules.rules.proration
    inputs: dict[str, object] = {"full": full, "days": days, "days_of_month": base, "spans": spans}
    way = view.rules.choice(rule.reading)
    if way == "remainder" or (not way and rule.policy == "reduced-days"):
        left = stretch.days - days if base == view.days else max(0, base - days)
        inputs |= {"left": left, "charged": charged}
        name, exact = "outage-remainder", Fraction(full * left, base) - charged
        amount = full * left // base - charged
    else:
        name, exact = "outage-credit", Fraction(-full * days, base)
        amount = -(full * days // base)
    return Reason(
        name,
        inputs,
        exact,
        amount,
        rule.clause,
        floor.floor_clause if floor else "",
        stretch.priced.edition.start,
        used,
    )


def _sum(parts: list[Reason], rule: OutageCredit) -> Reason:
    amount = sum(part.amount for part in parts)
    return Reason("sum", {}, Fraction(amount), amount, rule.clause, parts=tuple(parts))
