"""``by-day``: months begun or left in the middle are charged by calendar days.

The days run from the start to the end as the record says (the day before the end, or the day itself); a
stretch is a run of them with the same quantities and prices. ``segment`` floors every stretch;
``charged-days`` follows the single units and floors those with equally many days together.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

import msgspec

from app.charge.lines import Line, Reason, UsedReading
from app.charge.policies.whole_month import is_whole_month_charged, whole
from app.charge.promotions import free_days, free_lines
from app.charge.view import Stretch, View
from app.contract.history import State
from app.tariff.model import ByDay

DAY = timedelta(days=1)
_WHOLE_READINGS = ("touched-month", "start-full-end-free")


def stretches(view: View, policy: ByDay) -> list[Stretch]:
    """The charged days of the month in runs of equal quantities and prices; none where nothing is charged."""
    way = view.rules.choice(policy.reading)
    if way == "start-full-end-free":
        if not is_whole_month_charged(view):
            return []
        return [_last_state(view, view.last)]
    first = max(view.first, view.started)
    last = view.last
    ended = view.history.ended
    if ended is not None:
        end = ended.on if policy.last_charged_day == "same-day" else max(ended.on - DAY, view.started)
        last = min(last, end)
    if first > last:
        return []
    if way == "touched-month":
        return [_last_state(view, last)]
    return _split(view, policy, first, last)


def _last_state(view: View, day: date) -> Stretch:
    """The whole month at the quantities it ends with."""
    state = view.history.state_on(day)
    return Stretch(view.first, view.last, view.price(state, max(state.on, view.started, view.first)))


def _split(view: View, policy: ByDay, first: date, last: date) -> list[Stretch]:
    states, free = view.history.states, free_days(view)
    if len(states) == 1 and free is None and view.plan.at(last) is view.rules:
        return [Stretch(first, last, view.price(states[0], first))]
    late = DAY if view.rules.choice(policy.change_day_reading) == "old-quantity" else timedelta()
    begins = [(state.on + late if place else state.on, state) for place, state in enumerate(states)]
    cuts = {first, *(begin for begin, _state in begins), *(run.first for run in view.plan.runs)}
    if free is not None:
        cuts |= {free.first, free.last + DAY}
    days = sorted(cut for cut in cuts if first <= cut <= last)
    found: list[Stretch] = []
    for begin, end in zip(days, [*(day - DAY for day in days[1:]), last], strict=True):
        is_free = free is not None and begin in free
        priced = None if is_free else view.price(_state_of(begins, begin), begin)
        if found and found[-1].priced is priced:  # a change to what was there already is none
            found[-1] = Stretch(found[-1].first, end, priced)
        else:
            found.append(Stretch(begin, end, priced))
    return found


def _state_of(begins: list[tuple[date, State]], day: date) -> State:
    return [state for begin, state in begins if begin <= day][-1]


def lines(view: View, policy: ByDay, found: list[Stretch]) -> list[Line]:
    """The monthly lines of the stretches."""
    used = view.used(policy.reading)
    if used and used[0].choice in _WHOLE_READINGS:
        assert found[0].priced is not None
        return [*whole(view, found[0].priced, policy.clause, used)]
    how = _How(policy, policy.clause, used)
    if len(found) > 1:
        how = _How(policy, policy.change_clause or policy.clause, used + view.used(policy.change_day_reading))
        if policy.floor == "charged-days":
            return [*_by_charged_days(view, how, found)]
    made: list[Line] = []
    for stretch in found:
        if stretch.priced is None:
            made += free_lines(view, stretch)
        elif stretch.days == view.days:
            made += stretch.priced.monthly
        else:
            spans = ((stretch.first, stretch.last),)
            made += (_cut(view, how, line, spans, stretch.days) for line in stretch.priced.monthly)
    return made


class _How(NamedTuple):
    """The record, the clause that has the month divided, and the readings that say so."""

    policy: ByDay
    clause: str
    used: tuple[UsedReading, ...]


def _cut(view: View, how: _How, line: Line, spans: tuple[tuple[date, date], ...], days: int) -> Line:
    """``full × days ÷ days of the month``, floored; under the reading ``unit`` floored for each unit."""
    inputs: dict[str, object] = {
        "full": line.amount,
        "days": days,
        "days_of_month": view.days,
        "first": spans[0][0],
        "last": spans[0][1],
    }
    if len(spans) > 1:
        inputs["spans"] = spans
    rule, exact = "days-of-month", Fraction(line.amount * days, view.days)
    amount, used = line.amount * days // view.days, how.used
    floor = view.used(how.policy.floor_reading)
    if floor and line.quantity and line.unit_price is not None:
        each = line.unit_price * days // view.days
        if each * line.quantity != amount:  # the reading moves this amount
            used += floor
            if floor[0].choice == "unit":
                rule, amount = "days-of-month-each", each * line.quantity
                inputs |= {"quantity": line.quantity, "unit_price": line.unit_price, "each": each}
    reason = Reason(
        rule,
        inputs,
        exact,
        amount,
        how.clause,
        how.policy.floor_clause,
        line.reason.edition,
        used,
        (line.reason,),
    )
    return line.charged(amount, reason, how.clause)


# --- units one by one -----------------------------------------------------------------------------


class _Units(msgspec.Struct):
    """Units that came together, with the days they were there. The last to come are the first to go."""

    count: int
    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def _by_charged_days(view: View, how: _How, found: list[Stretch]) -> Iterator[Line]:
    """Units with equally many charged days make one line, the longest there first."""
    for _key, run in groupby(found, key=_prices):
        parts = list(run)
        if parts[0].priced is None:
            for stretch in parts:
                yield from free_lines(view, stretch)
            continue
        for item in dict.fromkeys(line.item for part in parts for line in _monthly(part)):
            yield from _item_by_charged_days(view, how, parts, item)


def _prices(stretch: Stretch) -> object:
    """What tells prices apart: units at another price are other units."""
    if stretch.priced is None:
        return None
    return id(stretch.priced.edition), tuple((line.item, line.unit_price) for line in stretch.priced.monthly)


def _monthly(stretch: Stretch) -> tuple[Line, ...]:
    return stretch.priced.monthly if stretch.priced is not None else ()


def _item_by_charged_days(view: View, how: _How, parts: list[Stretch], item: str) -> Iterator[Line]:
    by_days: dict[int, list[_Units]] = {}
    for units in _follow(parts, item):
        by_days.setdefault(units.days, []).append(units)
    sample = next(line for part in parts for line in _monthly(part) if line.item == item)
    for days, group in sorted(by_days.items(), reverse=True):
        full = _of_count(sample, sum(units.count for units in group))
        spans = tuple(sorted({(units.first, units.last) for units in group}))
        yield full if days == view.days else _cut(view, how, full, spans, days)


def _follow(parts: list[Stretch], item: str) -> list[_Units]:
    """Each unit's days in the month: who comes is put on top, who goes is taken from the top."""
    here: list[_Units] = []
    gone: list[_Units] = []
    for part in parts:
        wanted = sum(line.quantity or 0 for line in _monthly(part) if line.item == item)
        there = sum(units.count for units in here)
        while there > wanted:
            top = here.pop()
            leaving = min(top.count, there - wanted)
            gone.append(_Units(leaving, top.first, top.last))
            if leaving < top.count:
                here.append(_Units(top.count - leaving, top.first, top.last))
            there -= leaving
        if wanted > there:
            here.append(_Units(wanted - there, part.first, part.last))
        for units in here:
            units.last = part.last
    return here + gone


def _of_count(line: Line, count: int) -> Line:
    """The full month's line for another number of the same units."""
    if line.quantity == count or line.unit_price is None:
        return line
    amount = count * line.unit_price
    inputs = {**line.reason.inputs, "quantity": count}
    reason = msgspec.structs.replace(line.reason, inputs=inputs, exact=Fraction(amount), amount=amount)
    return msgspec.structs.replace(line, quantity=count, amount=amount, reason=reason)
