"""The days that follow from a contract: ends of terms, notices, invoices, payments, returns, each with
its reason.

Which of them a service has, and how each is counted, is in its tariff (``term``, ``deadlines``,
``liability``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from app.contract.date_reason import (
    DateReason,
    Grounds,
    business_days_from,
    grounds,
    month_end,
    months_after,
    months_before,
    moved_to_open_day,
)
from app.days import DAY, DayRange, Month, corresponding_day, nth_period, period_number
from app.tariff.catalogue import Catalogue
from app.tariff.model import Deadline, Term

DAMAGE: Final = "claim_by"  # the event a claim for damages counts from


@dataclass(frozen=True)
class Question:
    """A contract whose days are asked for.

    ``on``: a day of the term meant (None: the first term). ``cancel``: the day of its end (解約日).
    ``notified``: the day on which non-renewal was notified. ``events``: the day something happened or is
    to happen, by the code of the deadline that counts from it (``inspect_by``: works finished;
    ``abolition_notice_by``: the service is abolished; ``claim_by``: damage arose).
    """

    service: str
    start: date
    on: date | None = None
    cancel: date | None = None
    notified: date | None = None
    events: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Deadlines:
    """The days that exist, by their code, each with its reason.

    ``renews``: whether the term is followed by another as things stand, None where the terms know no renewal.
    """

    dates: Mapping[str, DateReason]
    renews: bool | None
    renewal_month: Month | None = None


def deadlines(asked: Question, catalogue: Catalogue) -> Deadlines:
    """Every day that follows from the contract by the terms that stand for its start.

    Raises UserError ``bad-input`` for an unknown service; ValueError for an ``on`` before the start.
    """
    on = grounds(catalogue, asked.service, asked.start)
    term = on.edition.term
    found: dict[str, DateReason] = {}
    renews, renewal_month = None, None
    span = DayRange(asked.start, asked.start)
    if term is not None:
        number = _term_number(asked, term)
        span = nth_period(asked.start, term.months, number)
        found[_term_code(term)] = _term_end(on, asked, term, number)
        renews, renewal_month = _renewal(on, asked, term, number)
        if renews:
            found["renewed_to"] = _term_end(on, asked, term, number + 1)
    end = asked.cancel
    if end is None and term is not None and renews is False and asked.notified is not None:
        end = span.last  # nothing follows the term
    for rule in on.edition.deadlines:
        reason = _deadline(on, rule, span if term is not None else None, end, asked)
        if reason is not None:
            found[rule.code] = reason
    found.update(_claims(on, asked))
    return Deadlines(found, renews, renewal_month)


# --- terms and renewals ------------------------------------------------------------------------------------


def _term_code(term: Term) -> str:
    """A term that renews unless noticed *ends*; the others are minimum terms."""
    return "term_ends" if term.renewal == "yearly-unless-noticed" else "min_term_ends"


def _term_number(asked: Question, term: Term) -> int:
    if asked.on is None or term.renewal == "open-ended":
        return 1
    return period_number(asked.start, term.months, asked.on)


def _term_end(on: Grounds, asked: Question, term: Term, number: int) -> DateReason:
    span = nth_period(asked.start, term.months, number)
    inputs = {
        "start": asked.start,
        "first": span.first,
        "last": span.last,
        "months": term.months,
        "number": number,
    }
    return on.reason(span.last, "term", inputs, term.clause)


def _renewal(on: Grounds, asked: Question, term: Term, number: int) -> tuple[bool | None, Month | None]:
    """Whether another term follows, and the month in which a yearly minimum term can be left without a
    fee.
    """
    if term.renewal == "open-ended":
        return None, None
    last = nth_period(asked.start, term.months, number).last
    month = None
    if term.renewal == "yearly-in-renewal-month":
        anniversary = corresponding_day(asked.start, term.months * number)
        month = Month.of(last if on.chose(term.reading, "last-term-month") else anniversary)
        until = month.last
    else:
        until = months_before(on, last, term.notice_months or 0, term.clause, term.reading).day
    if asked.cancel is not None and asked.cancel <= max(last, until):
        return False, month
    return asked.notified is None or asked.notified > until, month


# --- deadlines of the tariff -------------------------------------------------------------------------------


def _deadline(
    on: Grounds, rule: Deadline, term: DayRange | None, end: date | None, asked: Question
) -> DateReason | None:
    """The day of one deadline; None where what it counts from has not happened."""
    anchor = _anchor(rule, term, end, asked)
    if anchor is None:
        return None
    back = rule.counted.startswith("before")
    if rule.business_days is not None:
        count = -rule.business_days if back else rule.business_days
        return business_days_from(on, anchor, count, rule.clause, rule.reading)
    if rule.days is not None:
        return _days(on, rule, anchor, -rule.days if back else rule.days)
    months = rule.months or 0
    if rule.to_month_end:
        return month_end(on, anchor, months, rule.clause, rule.reading)
    if back:
        return months_before(on, anchor, months, rule.clause, rule.reading)
    reason = months_after(on, anchor, months, rule.clause)
    return moved_to_open_day(on, reason, rule.reading)


def _anchor(rule: Deadline, term: DayRange | None, end: date | None, asked: Question) -> date | None:
    """The day a deadline is counted from."""
    anchors: Mapping[str, Callable[[], date | None]] = {
        "from-term-start": lambda: term.first if term else None,
        "before-term-end": lambda: term.last if term else None,
        "before-end": lambda: asked.cancel,
        "after-end": lambda: end,
        "after-early-end": lambda: asked.cancel,
        "before-event": lambda: asked.events.get(rule.code),
        "after-event": lambda: asked.events.get(rule.code),
    }
    return anchors[rule.counted]()


def _days(on: Grounds, rule: Deadline, anchor: date, days: int) -> DateReason:
    inputs = {"of": anchor, "days": abs(days), "back": days < 0}
    return on.reason(anchor + DAY * days, "days-from", inputs, rule.clause, rule.reading)


def _claims(on: Grounds, asked: Question) -> Iterator[tuple[str, DateReason]]:
    """The last day of a claim for damages, where the terms limit it and the day of the damage is known."""
    arose = asked.events.get(DAMAGE)
    for limit in on.edition.liability:
        if arose is not None and limit.claim_months is not None:
            yield DAMAGE, months_after(on, arose, limit.claim_months, limit.claim_clause)
