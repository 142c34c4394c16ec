"""What an action brings about, worked out before it is confirmed: pure, nothing is stored.

The same functions as the page and the bills use, on the contract as it is and on the contract with the new
entries; what is shown is what stands there after recording.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import zip_longest
from typing import Final

import msgspec

from app.contract.beside import Equipment
from app.contract.cancellation_date import End, Notice, cancellation_date
from app.contract.date_reason import DateReason
from app.contract.facts import Ended, Started, Timeline, Voided
from app.contract.opening import Wish, opening_date
from app.contract.record import Entry, Recorded, Standing, StoredContract
from app.days import Month
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.usecases.action_advice import advice_on, obligations_of
from app.usecases.action_fee import fee_of
from app.usecases.bill_contract import month_of
from app.usecases.check_entries import check_entries, day_of, named
from app.usecases.consequences import (
    Adjustment,
    Advice,
    AdviceCode,
    Consequences,
    DeadlineChange,
    Fee,
    Obligation,
    Side,
)
from app.usecases.contract_view import MonthRow
from app.usecases.life_picture import life_picture
from app.usecases.month_rows import month_rows
from app.usecases.open_contract import figures_of, timeline_of
from app.usecases.stand_contract import standing_of
from app.usecases.what_if import BillEffect, Charged
from app.words import _

__all__ = [
    "Adjustment",
    "Advice",
    "AdviceCode",
    "Consequences",
    "DeadlineChange",
    "Fee",
    "Obligation",
    "Side",
    "preview",
    "with_entries",
]

BILLS: Final = 3
_MOST_MONTHS: Final = 37  # looked through for three bills: a yearly fee comes once in twelve
_MOST_CLOSED: Final = 120  # closed months compared


def preview(
    contract: StoredContract,
    catalogue: Catalogue,
    today: date,
    new_entries: Sequence[Entry],
    closed_until: Month | None = None,
    equipment: Sequence[Equipment] = (),
) -> Consequences:
    """Everything ``new_entries`` bring about. ``closed_until``: the last month that is closed; ``equipment``:
    the devices of the contract.

    Raises nothing the user could mend: what keeps the entries from being recorded is in ``problems``.
    """
    new = named(new_entries)
    entries = tuple(one.entry for one in contract.entries)
    problems = tuple(check_entries(contract.content, entries, new, catalogue, today))
    before = _Stand(contract, catalogue, today, equipment)
    effective = min((day_of(one, today) for one in new if not isinstance(one, Voided)), default=None)
    side = before.side_on(today)
    if problems:
        return Consequences(problems, effective, None, True, side, side)
    after = _Stand(with_entries(contract, new), catalogue, today, equipment)
    try:
        found = _why(new, contract.content.service, catalogue)
        return _consequences(before, after, new, effective, found, closed_until)
    except UserError as error:
        return Consequences(error.problems, effective, None, True, side, after.side_on(today))


def with_entries(contract: StoredContract, new: Sequence[Entry]) -> StoredContract:
    """The contract as it would stand with further entries, which are about to be recorded."""
    last = max((one.seq for one in contract.entries), default=0)
    at = contract.updated_at
    more = tuple(
        Recorded(entry=entry, recorded_at=at, staff="", seq=last + 1 + place)
        for place, entry in enumerate(new)
    )
    return msgspec.structs.replace(contract, entries=(*contract.entries, *more))


class _Stand:
    """The contract on one side: as it is, or as it would be."""

    def __init__(
        self, contract: StoredContract, catalogue: Catalogue, today: date, equipment: Sequence[Equipment]
    ) -> None:
        self.contract = contract
        self.catalogue = catalogue
        self.today = today
        self.entries = tuple(one.entry for one in contract.entries)
        self.timeline: Timeline | None = timeline_of(contract)
        self.charged = Charged(self.timeline, catalogue)
        self.standing: Standing = standing_of(contract.content, self.entries, catalogue, today, equipment)

    def side_on(self, day: date) -> Side:
        """The figures of a day."""
        content = self.contract.content
        standing = self.standing if day == self.today else self.standing_on(day)
        figures = figures_of(content, self.entries, self.catalogue, day, standing, "")
        return Side(
            figures.quantity_words,
            figures.unit_price,
            figures.price_words,
            figures.amount,
            figures.yearly,
            standing.state,
        )

    def standing_on(self, day: date) -> Standing:
        """Where it stands on another day."""
        return standing_of(self.contract.content, self.entries, self.catalogue, day)


def _consequences(
    before: _Stand,
    after: _Stand,
    new: Sequence[Entry],
    effective: date | None,
    found: tuple[DateReason | None, End | None],
    closed_until: Month | None,
) -> Consequences:
    on = max(effective or before.today, before.today)
    catalogue, today = after.catalogue, after.today
    fee = fee_of(before.timeline, after.timeline, new, catalogue)
    adjustments = _adjustments(before, after, new, closed_until)
    reason, end = found
    content = after.contract.content
    sides = (before.charged, after.charged)
    advice = advice_on(sides, before.entries, new, catalogue, fee, end, adjustments, content.service)
    return Consequences(
        problems=(),
        effective_on=effective,
        effective_reason=reason,
        in_time=end is None or end.in_time,
        before=before.side_on(on),
        after=after.side_on(on),
        bills=_bills(before, after, _first_changed(before, after, new, Month.of(on), closed_until)),
        fee=fee,
        deadlines=_moved(before.standing, after.standing),
        adjustments=adjustments,
        advice=tuple(advice),
        obligations=tuple(obligations_of(before.timeline, after.timeline, new, catalogue)),
        standing=after.standing,
        life=life_picture(content, after.entries, after.timeline, catalogue, today),
        months=_rows(before, after),
    )


def _rows(before: _Stand, after: _Stand) -> tuple[MonthRow, ...]:
    """The months as they would stand; those an end takes away bring nothing, and say so."""
    rows, had = _months_of(after), _months_of(before)
    gone = [row.month for row in had if rows and row.month > rows[-1].month]
    return *rows, *(MonthRow(month, _("解約後"), "planned", 0, 0, 0) for month in gone)


def _months_of(stand: _Stand) -> tuple[MonthRow, ...]:
    if stand.timeline is None:
        return ()
    billed_from = stand.contract.content.billed_from
    return month_rows(
        stand.timeline, stand.catalogue, stand.today, {}, charged=stand.charged, billed_from=billed_from
    )


def _why(new: Sequence[Entry], service: str, catalogue: Catalogue) -> tuple[DateReason | None, End | None]:
    """Why the day is what it is: the notice of an end, the wished opening of a start."""
    for one in new:
        if isinstance(one, Ended) and one.by == "customer" and one.requested and one.reason is None:
            end = cancellation_date(
                Notice(service, one.wished or one.on, one.requested, one.confirmed), catalogue
            )
            return end.reason, end
        if isinstance(one, Started):
            try:
                return opening_date(Wish(service, one.on), catalogue).opening, None
            except UserError:
                return None, None
    return None, None


def _first_changed(
    before: _Stand, after: _Stand, new: Sequence[Entry], month: Month, closed_until: Month | None
) -> Month:
    """The first open month whose bill comes out otherwise: one that has passed may still be open. ``month``,
    or the first open one after it, where nothing before it does.
    """
    if closed_until is not None:
        month = max(month, closed_until.plus(1))
    starts = [one.timeline.started.on for one in (before, after) if one.timeline is not None]
    if not starts:
        return month
    touched = max(min(starts), min(_touched(one, before.entries, min(starts)) for one in new))
    first = max(Month.of(touched), month.plus(-_MOST_CLOSED))
    if closed_until is not None:
        first = max(first, closed_until.plus(1))
    if billed_from := after.contract.content.billed_from:
        first = max(first, month_of(billed_from))
    passed = first.until(month.plus(-1)) if first < month else ()
    changed = (one for one in passed if before.charged.bill(one).total != after.charged.bill(one).total)
    return next(changed, month)


def _bills(before: _Stand, after: _Stand, first: Month) -> tuple[BillEffect, ...]:
    """The next three months that bring a bill on either side, from ``first`` on."""
    found: list[BillEffect] = []
    for one in first.until(first.plus(_MOST_MONTHS)):
        effect = BillEffect(one, before.charged.bill(one), after.charged.bill(one))
        if effect.before.lines or effect.after.lines:
            found.append(effect)
        if len(found) == BILLS:
            break
    return tuple(found)


def _touched(entry: Entry, entries: Sequence[Entry], start: date) -> date:
    """The first day whose charges an entry may move: that of the entry it takes back."""
    if isinstance(entry, Voided):
        return min((day_of(one, start) for one in entries if one.id == entry.voids), default=start)
    return day_of(entry, start)


def _adjustments(
    before: _Stand, after: _Stand, new: Sequence[Entry], closed_until: Month | None
) -> tuple[Adjustment, ...]:
    """The closed months that would come out otherwise; not those that were billed elsewhere."""
    starts = [one.timeline.started.on for one in (before, after) if one.timeline is not None]
    if closed_until is None or not starts:
        return ()
    touched = max(min(starts), min(_touched(one, before.entries, min(starts)) for one in new))
    first = max(Month.of(touched), closed_until.plus(-_MOST_CLOSED))
    if billed_from := after.contract.content.billed_from:
        first = max(first, month_of(billed_from))
    carried = closed_until.plus(1)
    sums = (
        (month, before.charged.bill(month).total, after.charged.bill(month).total)
        for month in first.until(closed_until)
    )
    return tuple(Adjustment(month, was, now, carried) for month, was, now in sums if was != now)


def _moved(before: Standing, after: Standing) -> tuple[DeadlineChange, ...]:
    """The deadlines that come, go or move; several may have one code, and those that stay are left out."""
    changes = []
    for code in dict.fromkeys(one.code for one in (*before.deadlines, *after.deadlines)):
        had = [one for one in before.deadlines if one.code == code]
        has = [one for one in after.deadlines if one.code == code]
        gone, came = [one for one in had if one not in has], [one for one in has if one not in had]
        changes += [DeadlineChange(code, was, now) for was, now in zip_longest(gone, came)]
    return tuple(changes)
