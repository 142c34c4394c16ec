"""The day on which a customer's cancellation ends the contract, and whether the notice came in time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from app.contract.date_reason import DateReason, Grounds, business_days_from, grounds
from app.days import corresponding_day
from app.errors import Problem, Problems
from app.tariff.catalogue import Catalogue
from app.tariff.model import Cancellation
from app.words import _


@dataclass(frozen=True)
class Notice:
    """A customer wants to leave: when they said so, the day they wish, and when the request had been checked.

    ``confirmed`` None: checked on the day of the notice. ``notified`` None: only where the terms know no
    period of notice.
    """

    service: str
    wished: date
    notified: date | None = None
    confirmed: date | None = None


@dataclass(frozen=True)
class End:
    """The end of the contract (解約日).

    ``in_time``: whether the notice came early enough for the day wished. ``last_notice``: the last day
    on which it would have, with its reason; None where the terms have no period of notice.
    """

    reason: DateReason
    in_time: bool
    last_notice: DateReason | None = None

    @property
    def day(self) -> date:
        """The day itself."""
        return self.reason.day


def cancellation_date(notice: Notice, catalogue: Catalogue) -> End:
    """The end that follows from a notice, by the terms that stand for the day of the notice.

    Raises UserError: ``bad-input`` when a day that the terms ask for is missing, or a confirmation lies
    before the notice; ``no-rule`` where the terms say nothing of cancellation.
    """
    on = grounds(catalogue, notice.service, notice.notified or notice.wished)
    rule = on.edition.cancellation
    _check(notice, rule).raise_if_any()
    assert rule is not None
    return _POLICIES[rule.policy](on, rule, notice)


def _check(notice: Notice, rule: Cancellation | None) -> Problems:
    problems = Problems()
    if rule is None:
        problems.add("no-rule", _("この規約には解約の定めがありません。"))
        return problems
    if rule.policy != "wished-day" and notice.notified is None:
        needs_confirmation = rule.policy == "not-before-confirmation"
        if not (needs_confirmation and notice.confirmed):
            problems.add(
                "bad-input",
                _("「{name}」がありません。").format(name="notified"),
                clause=rule.clause,
                field="notified",
            )
    if notice.notified and notice.confirmed and notice.confirmed < notice.notified:
        problems.extend([Problem("bad-input", _("確認の日が申し出の日より前です。"), field="confirmed")])
    return problems


def _confirmed(notice: Notice) -> date:
    """The day on which the request had been checked; that of the notice where nobody says otherwise."""
    found = notice.confirmed or notice.notified
    assert found is not None
    return found


def _wished_day(on: Grounds, rule: Cancellation, notice: Notice) -> End:
    return End(_as_wished(on, rule, notice), in_time=True)


def _as_wished(on: Grounds, rule: Cancellation, notice: Notice, *readings: str) -> DateReason:
    return on.reason(notice.wished, "wished-day", {"wished": notice.wished}, rule.clause, *readings)


def _not_before_confirmation(on: Grounds, rule: Cancellation, notice: Notice) -> End:
    confirmed = _confirmed(notice)
    if notice.wished >= confirmed:
        return End(_as_wished(on, rule, notice), in_time=True)
    inputs = {"wished": notice.wished, "confirmed": confirmed}
    return End(on.reason(confirmed, "confirmation-day", inputs, rule.clause), in_time=False)


def _business_days_notice(on: Grounds, rule: Cancellation, notice: Notice) -> End:
    """The day wished, unless it passed before the request had been checked; a late notice as the reading
    says.
    """
    assert notice.notified is not None
    count, confirmed = rule.business_days or 0, _confirmed(notice)
    last_notice = business_days_from(on, notice.wished, -count, rule.clause)
    in_time = notice.notified <= last_notice.day
    late = not in_time and on.chose(rule.reading, "confirmation-plus-five")
    if notice.wished >= confirmed and not late:
        reading = "" if in_time else rule.reading
        return End(_as_wished(on, rule, notice, reading), in_time, last_notice)
    reading = rule.reading if notice.wished >= confirmed else ""
    return End(business_days_from(on, confirmed, count, rule.clause, reading), in_time, last_notice)


def _months_notice(on: Grounds, rule: Cancellation, notice: Notice) -> End:
    """The day wished, but not earlier than so many months after the notice."""
    assert notice.notified is not None
    months = rule.months or 0
    earliest = corresponding_day(notice.notified, months)
    if notice.wished >= earliest:
        return End(_as_wished(on, rule, notice), in_time=True)
    inputs = {"of": notice.notified, "months": months}
    return End(on.reason(earliest, "months-of-notice", inputs, rule.clause), in_time=False)


_POLICIES: Mapping[str, Callable[[Grounds, Cancellation, Notice], End]] = {
    "wished-day": _wished_day,
    "not-before-confirmation": _not_before_confirmation,
    "business-days-notice": _business_days_notice,
    "months-notice": _months_notice,
}
