"""``charge(timeline, catalogue, month)``: the lines a contract is charged in a month, each with its reason.

The services differ only by the records of their tariff: each proration policy (``by-day``,
``whole-month``, ``prepaid-year``) is one module of ``charge/policies``, found by the type of its record.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.charge.fees import fee_lines
from app.charge.lines import Line
from app.charge.one_off import one_off_lines
from app.charge.outage import credit_lines
from app.charge.policies import by_day, prepaid_year, whole_month
from app.charge.termination import fee_lines as termination_lines
from app.charge.view import View
from app.contract.facts import Timeline
from app.days import Month, short_month_words
from app.tariff.catalogue import Catalogue
from app.tariff.model import ByDay, Edition, PrepaidYear, WholeMonth
from app.words import _

DAY = timedelta(days=1)


def charge(timeline: Timeline, catalogue: Catalogue, month: Month) -> tuple[Line, ...]:
    """The lines of a month: one-off fees first, then the period's charges, credits, fees and 解約金; empty
    where nothing is charged.

    Raises UserError: ``bad-input`` for facts that cannot have happened; ``bad-input``, ``out-of-range``,
    ``no-price`` for quantities; ``edition-unknown`` where a charged day lies before the first edition with
    printed prices.
    """
    view = View(timeline, catalogue, month)
    if view.last < view.started:
        return ()
    lines = _period_lines(view)
    history = view.history
    if history.billings or history.works or len(history.states) > 1 or history.ended is not None:
        leaving = termination_lines(view)
        due = sum(line.amount for line in lines) + sum(line.amount for line in leaving)
        lines += fee_lines(view, due)
        lines += leaving
    return tuple(lines)


def _period_lines(view: View) -> list[Line]:
    """One-off lines, the charges of the month and the credits for outages."""
    policy = view.rules.policy
    if isinstance(policy, PrepaidYear):
        return prepaid_year.lines(view, policy)
    if isinstance(policy, WholeMonth):
        stretches = whole_month.stretches(view, policy)
        lines = whole_month.lines(view, policy, stretches) if stretches else []
    elif isinstance(policy, ByDay):
        stretches = by_day.stretches(view, policy)
        lines = by_day.lines(view, policy, stretches) if stretches else []
    else:  # no edition of the service has prices
        view.catalogue.priced_edition(view.timeline.service, max(view.started, view.first))
        return []
    if view.history.outages:
        lines += credit_lines(view, stretches, lines)
    moves = view.first <= view.started or len(view.history.states) > 1
    if moves and any(stretch.priced is not None for stretch in stretches):
        lines = one_off_lines(view) + lines
    return lines


def end_after(edition: Edition, last_day: date) -> date:
    """The 解約日 that makes ``last_day`` the last day that counts, by the edition's own rule."""
    policy = edition.proration
    if isinstance(policy, ByDay) and policy.last_charged_day == "same-day":
        return last_day
    return last_day + DAY


def month_title(month: Month) -> str:
    """``2026年12月分``."""
    return _("{month}分").format(month=short_month_words(month))
