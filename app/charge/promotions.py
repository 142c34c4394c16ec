"""The free period of a promotion (附則): days within it cost nothing, whatever the price list says."""

from __future__ import annotations

from fractions import Fraction

from app.charge.lines import Line, Reason
from app.charge.view import Stretch, View
from app.contract.application import applies
from app.days import DayRange, period
from app.tariff.texts import words


def free_days(view: View) -> DayRange | None:
    """The days a promotion leaves free, if the contract was applied for under one."""
    promoted, promotion = view.history.promoted, view.plan.promotion
    if promoted is None or promotion is None:
        return None
    if not applies(promotion, promoted.applied_on, used_before=promoted.used_before):
        return None
    return period(view.started, promotion.free_months)


def free_lines(view: View, stretch: Stretch) -> list[Line]:
    """A line of 0 yen for each monthly item, which needs no price to be known."""
    promotion = view.plan.promotion
    assert promotion is not None
    state = view.history.state_on(stretch.last)
    made = []
    for item in view.rules.rules.items:
        quantity = state.items.get(item.code, item.fixed_quantity or 0)
        if item.charge != "monthly" or not quantity:
            continue
        inputs = {"name": item.name, "first": stretch.first, "last": stretch.last, "days": stretch.days}
        reason = Reason("free-period", inputs, Fraction(0), 0, promotion.clause)
        made.append(
            Line(
                view.timeline.service,
                item.code,
                words(item.name),
                0,
                reason,
                quantity,
                words(item.unit),
                clause=promotion.clause,
            )
        )
    return made
