"""``prepaid-year``: a year is charged in the month it begins in, and never given back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import msgspec

from app.charge.lines import Line, Reason
from app.charge.view import View
from app.days import nth_period
from app.tariff.model import PrepaidYear


def year_begun(view: View) -> tuple[date, date] | None:
    """First and last day of the contract year that begins in the month, if one does and the contract lives.

    Years are counted from the first start (民法143条): after one from 29 February the next begins on 1 March.
    """
    years, months = divmod(view.number - view.number_of(view.started), 12)
    if months > 1:
        return None
    for number in (years, years + 1):
        if number < 1:
            continue
        year = nth_period(view.started, 12, number)
        ended = view.history.ended
        goes_on = number == 1 or ended is None or ended.on > year.first
        if view.is_in(year.first) and goes_on:
            return year.first, year.last
    return None


def lines(view: View, policy: PrepaidYear) -> list[Line]:
    """The year's fee, at the quantities of the day the year begins."""
    year = year_begun(view)
    if year is None:
        return []
    first, last = year
    priced = view.price(view.history.state_on(first), first)
    return [
        msgspec.structs.replace(
            line,
            reason=Reason(
                "prepaid-year",
                {"first": first, "last": last},
                Fraction(line.amount),
                line.amount,
                policy.clause,
                "",
                priced.edition.start,
                (),
                (line.reason,),
            ),
        )
        for line in priced.annual
    ]
