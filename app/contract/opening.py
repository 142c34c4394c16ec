"""OsecT's opening day: deadlines counted back from the day desired, and what delays on the provider's
side add.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.contract.date_reason import DateReason, Grounds, business_days_from, grounds
from app.days import DAY, add_business_days, is_business_day
from app.errors import Problem, UserError
from app.tariff.catalogue import Catalogue
from app.tariff.model import Opening
from app.words import _


@dataclass(frozen=True)
class Wish:
    """The opening a customer desires and how the preparation went.

    ``delivered``, ``tested``: when the devices arrived and the test was done; None: in time. ``cause``:
    whose doing a delay is. ``installed``: whether the customer had the sensors in place in time.
    """

    service: str
    desired: date
    delivered: date | None = None
    tested: date | None = None
    cause: Literal["company", "customer"] = "company"
    installed: bool = True


@dataclass(frozen=True)
class OpeningDates:
    """The opening and the last days of delivery, installation and test, each with its reason."""

    opening: DateReason
    delivery_due: DateReason
    install_due: DateReason
    test_due: DateReason


@dataclass(frozen=True)
class _Delay:
    """Days a delivery or test came late, counted from the first late business day to its day, both
    included.
    """

    kind: str
    days: int
    first: date
    done: date
    opening: date


def opening_date(wish: Wish, catalogue: Catalogue) -> OpeningDates:
    """The opening day by the terms that stand for the day desired.

    Raises UserError ``no-rule`` where the terms know no such day.
    """
    on = grounds(catalogue, wish.service, wish.desired)
    rule = on.edition.opening
    if rule is None:
        raise UserError(Problem("no-rule", _("この規約には開通日の定めがありません。")))
    return OpeningDates(
        _opening(on, rule, wish),
        business_days_from(on, wish.desired, -rule.delivery_before, rule.delivery_clause),
        business_days_from(on, wish.desired, -rule.install_before, rule.install_clause),
        business_days_from(on, wish.desired, -rule.test_before, rule.delay_clause),
    )


def _opening(on: Grounds, rule: Opening, wish: Wish) -> DateReason:
    delays = tuple(_delays(on, rule, wish))
    if not delays:
        inputs = {"desired": wish.desired, "customer": wish.cause == "customer" or not wish.installed}
        return on.reason(wish.desired, "desired-day", inputs, rule.clause)
    parts = tuple(_delay_reason(on, rule, wish, delay) for delay in delays)
    if len(parts) == 1:
        return parts[0]
    if on.chose(rule.reading_both, "sum"):
        days = sum(delay.days for delay in delays)
        inputs = {"desired": wish.desired, "days": days, "business": _in_business_days(on, rule)}
        day = _shifted(on, rule, wish.desired, days)
        return on.reason(day, "sum-of-delays", inputs, rule.delay_clause, rule.reading_both, parts=parts)
    later = max(parts, key=lambda part: part.day)
    inputs = {"desired": wish.desired}
    return on.reason(later.day, "later-delay", inputs, rule.delay_clause, rule.reading_both, parts=parts)


def _delays(on: Grounds, rule: Opening, wish: Wish) -> Iterator[_Delay]:
    """What the provider's own lateness adds. A late test counts only where the customer had installed in
    time.
    """
    if wish.cause != "company":
        return
    done = (
        ("delivery", wish.delivered, rule.delivery_before),
        ("test", wish.tested if wish.installed else None, rule.test_before),
    )
    for kind, day, before in done:
        if day is None:
            continue
        first = add_business_days(wish.desired, -(before - 1))
        days = _counter(on, rule)(first, day)
        if days > 0:
            yield _Delay(kind, days, first, day, _shifted(on, rule, wish.desired, days))


def _delay_reason(on: Grounds, rule: Opening, wish: Wish, delay: _Delay) -> DateReason:
    inputs = {
        "desired": wish.desired,
        "kind": delay.kind,
        "first": delay.first,
        "done": delay.done,
        "days": delay.days,
        "business": _in_business_days(on, rule),
    }
    return on.reason(delay.opening, "delayed", inputs, rule.delay_clause, rule.reading_days)


def _in_business_days(on: Grounds, rule: Opening) -> bool:
    return on.chose(rule.reading_days, "business")


def _counter(on: Grounds, rule: Opening) -> Callable[[date, date], int]:
    return _business_days if _in_business_days(on, rule) else _calendar_days


def _calendar_days(first: date, last: date) -> int:
    return (last - first).days + 1


def _business_days(first: date, last: date) -> int:
    return sum(is_business_day(first + DAY * passed) for passed in range(_calendar_days(first, last)))


def _shifted(on: Grounds, rule: Opening, desired: date, days: int) -> date:
    """The desired day so many days later, counted in the same kind of days as the delay."""
    if _in_business_days(on, rule):
        return add_business_days(desired, days)
    return desired + DAY * days
