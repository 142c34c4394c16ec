"""``whole-month``: the start month is charged whole, the month of the end not at all.

Within a month units added are charged for all of it and units given up are free for all of it, unless a
reading has them take effect with the next month.
"""

from __future__ import annotations

from fractions import Fraction

import msgspec

from app.charge.lines import Line, Reason, UsedReading
from app.charge.plan import Priced
from app.charge.view import Stretch, View
from app.contract.history import State
from app.tariff.model import WholeMonth

_MOST_KEPT = 600  # months a priced order remembers


def is_whole_month_charged(view: View) -> bool:
    """From the start month up to the month before the end; start and end in one month: that month."""
    ended = view.history.ended
    start = view.number_of(view.started)
    if ended is None:
        return view.number >= start
    end = view.number_of(ended.on)
    return start <= view.number < end or start == end == view.number


def stretches(view: View, policy: WholeMonth) -> list[Stretch]:
    """The month as one stretch at the quantities it ends with; none where it is not charged."""
    if not is_whole_month_charged(view):
        return []
    ended = view.history.ended
    if ended is not None and view.is_in(ended.on) and view.rules.choice(policy.same_month_reading) == "free":
        return []
    state = view.history.state_on(view.last)
    return [Stretch(view.first, view.last, _price(view, state))]


def _price(view: View, state: State) -> Priced:
    """Prices of the month: those of its first charged day, or of the change where the edition is newer."""
    return view.price(state, max(view.started, view.first, state.on))


def lines(view: View, policy: WholeMonth, found: list[Stretch]) -> list[Line]:
    """The monthly lines of the month."""
    priced = found[0].priced
    assert priced is not None
    ended = view.history.ended
    used: tuple[UsedReading, ...] = ()
    if ended is not None and view.is_in(ended.on):
        used = view.used(policy.same_month_reading)
    changes = view.changes()
    if not changes:
        return [*whole(view, priced, policy.clause, used)]
    return _after_changes(view, policy, used)


def whole(view: View, priced: Priced, clause: str, used: tuple[UsedReading, ...]) -> tuple[Line, ...]:
    """The full lines as lines of this month. Made once for each month: many contracts have the same."""
    if used:
        return tuple(_line(view, line, clause, used) for line in priced.monthly)
    found = priced.months.get(view.number)
    if found is None:
        if len(priced.months) >= _MOST_KEPT:
            priced.months.clear()
        found = tuple(_line(view, line, clause, ()) for line in priced.monthly)
        priced.months[view.number] = found
    return found


def _line(view: View, line: Line, clause: str, used: tuple[UsedReading, ...]) -> Line:
    reason = Reason(
        "whole-month",
        {"month": str(view.month)},
        Fraction(line.amount),
        line.amount,
        clause,
        "",
        line.reason.edition,
        used,
        (line.reason,),
    )
    return line.charged(line.amount, reason, line.clause)


def charged_lines(view: View, policy: WholeMonth) -> dict[str, tuple[Line, tuple[UsedReading, ...]]]:
    """The full line each item is charged with in a month with changes, and the readings it rests on.

    What makes an item dearer is an addition, what makes it cheaper is giving something up.
    """
    adding, reducing = view.used(policy.addition_reading), view.used(policy.reduction_reading)
    adds_now = not (adding and adding[0].choice == "next-month")
    reduces_now = not (reducing and reducing[0].choice == "next-month")
    changes = view.changes()
    charged = {line.item: (line, ()) for line in _price(view, changes[0][0]).monthly}
    found: dict[str, tuple[Line, tuple[UsedReading, ...]]] = dict(charged)
    for _before, after in changes:
        new = {line.item: line for line in _price(view, after).monthly}
        for item in dict.fromkeys((*found, *new)):
            old_line, used = found.get(item, (None, ()))
            old, now = old_line.amount if old_line else 0, new[item].amount if item in new else 0
            why, takes = (adding, adds_now) if now > old else (reducing, reduces_now)
            if now != old:
                used = tuple(dict.fromkeys((*used, *why)))
            if takes or now == old:
                line = new.get(item) or _none_of(old_line)
            else:
                line = old_line or _none_of(new.get(item))
            found[item] = (line, used)
    return found


def _none_of(line: Line | None) -> Line:
    """None of an item, in place of a line that is not there: to compare with, never to be shown."""
    assert line is not None
    return msgspec.structs.replace(line, quantity=0, amount=0)


def _after_changes(view: View, policy: WholeMonth, used: tuple[UsedReading, ...]) -> list[Line]:
    return [
        _line(view, line, policy.clause, (*used, *more))
        for line, more in charged_lines(view, policy).values()
        if line.quantity or line.amount
    ]
