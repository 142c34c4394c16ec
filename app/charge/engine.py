"""``charge(timeline, catalogue, month)``: the lines a contract is charged in a month, each with its reason.

The services differ only by the records of their tariff: each proration policy (``by-day``,
``whole-month``, ``prepaid-year``)
is one function here, found by the type of its record.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from app.charge.lines import Line, Reason, UsedReading
from app.charge.prices import REFUSALS, Ordered, check_ordered, full_lines
from app.contract.facts import Started, Timeline
from app.days import DayRange, Month, corresponding_day, short_month_words
from app.money import floor_yen
from app.tariff.catalogue import Catalogue
from app.tariff.model import ByDay, Edition, PrepaidYear, WholeMonth
from app.words import _

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Stretch:
    """Days of one month with the same quantities and the same edition."""

    days: DayRange
    ordered: Ordered


def charge(timeline: Timeline, catalogue: Catalogue, month: Month) -> tuple[Line, ...]:
    """The lines of a month, one-off fees of the start month first; empty where nothing is charged.

    Raises UserError: ``bad-input``, ``out-of-range``, ``no-price`` for quantities; ``edition-unknown``
    where a charged day lies
    before the first edition with printed prices.
    """
    days = charged_days(timeline, catalogue, month)
    if not len(days):
        return ()
    stretches = tuple(_stretches(timeline, catalogue, days))
    for stretch in stretches:
        check_ordered(stretch.ordered).raise_if_any(REFUSALS)
    lines: list[Line] = []
    if Month.of(timeline.started.on) == month:
        start = ordered_on(timeline, catalogue, timeline.started.on)
        lines += full_lines(start, "one-off")
    lines += _monthly(timeline, catalogue, month, stretches)
    lines += _annual(timeline, catalogue, month)
    return tuple(lines)


def _monthly(
    timeline: Timeline, catalogue: Catalogue, month: Month, stretches: tuple[Stretch, ...]
) -> list[Line]:
    policy = stretches[0].ordered.edition.proration
    if isinstance(policy, WholeMonth) or _takes_whole_months(timeline, catalogue, month):
        used = _used(timeline, catalogue, month)
        return [_whole(line, month, policy, used) for line in full_lines(stretches[-1].ordered, "monthly")]
    if isinstance(policy, ByDay):
        used = _used(timeline, catalogue, month)
        return [
            _by_days(line, stretch, month, policy, used)
            for stretch in stretches
            for line in full_lines(stretch.ordered, "monthly")
        ]
    return []


def _annual(timeline: Timeline, catalogue: Catalogue, month: Month) -> tuple[Line, ...]:
    """The year's fee, due in the month of the start and of each renewal that the contract lives to see."""
    renewal = _year_start_in(timeline.started.on, month)
    ended = timeline.ended
    if renewal is None or (ended is not None and ended.on <= renewal and renewal != timeline.started.on):
        return ()
    ordered = ordered_on(timeline, catalogue, renewal)
    if not isinstance(ordered.edition.proration, PrepaidYear):
        return ()
    policy = ordered.edition.proration
    last = corresponding_day(timeline.started.on, _months_between(timeline.started.on, renewal) + 12) - DAY
    return tuple(
        replace(
            line,
            reason=Reason(
                "prepaid-year",
                {"first": renewal, "last": last},
                line.reason.exact,
                line.amount,
                clause=policy.clause,
                edition=ordered.edition.start,
                parts=(line.reason,),
            ),
        )
        for line in full_lines(ordered, "annual")
    )


def _months_between(start: date, later: date) -> int:
    return (later.year - start.year) * 12 + later.month - start.month


def _year_start_in(start: date, month: Month) -> date | None:
    """The day in ``month`` on which a contract year begins, if one does."""
    months = _months_between(start, month.first)
    return corresponding_day(start, months) if months >= 0 and months % 12 == 0 else None


# --- which days are charged
# ----------------------------------------------------------------------------------


def charged_days(timeline: Timeline, catalogue: Catalogue, month: Month) -> DayRange:
    """The days of a month that are charged; an empty range when none is.

    Whole-month policies charge all days of the month or none; a prepaid year has its day of payment.
    """
    started = timeline.started.on
    nothing = DayRange(month.last, month.first - DAY)
    if month < Month.of(started):
        return nothing
    policy = _policy(timeline, catalogue, month)
    if isinstance(policy, PrepaidYear):
        day = _year_start_in(started, month)
        return DayRange(day, day) if day is not None else nothing
    if isinstance(policy, WholeMonth) or _is_start_full(timeline, catalogue, month):
        return month.range if _whole_month_runs(timeline, month) else nothing
    last = _last_charged_day(timeline, policy)
    touched = (
        month.range.common(DayRange(started, last))
        if last
        else DayRange(max(started, month.first), month.last)
    )
    if len(touched) and _takes_whole_months(timeline, catalogue, month):
        return month.range
    return touched


def _whole_month_runs(timeline: Timeline, month: Month) -> bool:
    """Start month up to the month before the end; start and end in the same month: that month."""
    started, ended = Month.of(timeline.started.on), timeline.ended
    if ended is None:
        return month >= started
    end = Month.of(ended.on)
    return started <= month < end or (started == end == month)


def _last_charged_day(timeline: Timeline, policy: object) -> date | None:
    ended = timeline.ended
    if ended is None:
        return None
    if isinstance(policy, ByDay) and policy.last_charged_day == "same-day":
        return ended.on
    return max(ended.on - DAY, timeline.started.on)  # start and end on one day: one day


def end_after(edition: Edition, last_day: date) -> date:
    """The 解約日 that makes ``last_day`` the last day that counts, by the edition's own rule."""
    policy = edition.proration
    if isinstance(policy, ByDay) and policy.last_charged_day == "same-day":
        return last_day
    return last_day + DAY


# --- policies, readings, editions
# ------------------------------------------------------------------------------


def _known_edition(timeline: Timeline, catalogue: Catalogue, month: Month) -> Edition:
    """The edition in force when the month's charging begins, priced or not."""
    return catalogue.edition(timeline.service, max(timeline.started.on, month.first))


def _policy(
    timeline: Timeline, catalogue: Catalogue, month: Month
) -> ByDay | WholeMonth | PrepaidYear | None:
    """How the month is charged. Editions without printed prices charge like the first one that has them."""
    edition = _known_edition(timeline, catalogue, month)
    if edition.proration is not None:
        return edition.proration
    editions = catalogue.service(timeline.service).editions
    return next((one.proration for one in editions if one.proration is not None), None)


def _choice(timeline: Timeline, catalogue: Catalogue, month: Month) -> UsedReading | None:
    """The reading that decides how begun months are charged, where the terms are silent."""
    policy = _policy(timeline, catalogue, month)
    if not isinstance(policy, ByDay) or not policy.reading:
        return None
    day = max(timeline.started.on, month.first)
    return UsedReading(
        timeline.service, policy.reading, catalogue.choice(timeline.service, policy.reading, day)
    )


def _used(timeline: Timeline, catalogue: Catalogue, month: Month) -> tuple[UsedReading, ...]:
    chosen = _choice(timeline, catalogue, month)
    return (chosen,) if chosen else ()


def _takes_whole_months(timeline: Timeline, catalogue: Catalogue, month: Month) -> bool:
    chosen = _choice(timeline, catalogue, month)
    return chosen is not None and chosen.choice in ("touched-month", "start-full-end-free")


def _is_start_full(timeline: Timeline, catalogue: Catalogue, month: Month) -> bool:
    chosen = _choice(timeline, catalogue, month)
    return chosen is not None and chosen.choice == "start-full-end-free"


def ordered_on(timeline: Timeline, catalogue: Catalogue, day: date) -> Ordered:
    """What the contract has on a day, with the edition that prices it.

    Raises UserError ``edition-unknown`` where that edition's prices are not known.
    """
    started: Started = timeline.started
    edition = catalogue.priced_edition(timeline.service, day)
    return Ordered(timeline.service, edition, started.items, started.options, timeline.agreed)


def _stretches(timeline: Timeline, catalogue: Catalogue, days: DayRange) -> Iterator[Stretch]:
    starts = [edition.start for edition in catalogue.service(timeline.service).editions if edition.start]
    first = days.first
    for start in sorted(start for start in starts if days.first < start <= days.last):
        yield Stretch(DayRange(first, start - DAY), ordered_on(timeline, catalogue, first))
        first = start
    yield Stretch(DayRange(first, days.last), ordered_on(timeline, catalogue, first))


# --- lines
# -------------------------------------------------------------------------------------------------------


def _by_days(
    line: Line, stretch: Stretch, month: Month, policy: ByDay, used: tuple[UsedReading, ...]
) -> Line:
    """The full month's line cut down to the days of a stretch, floored (whole months stay as they are)."""
    days, of_month = len(stretch.days), month.days
    if days == of_month:
        return line
    exact = Fraction(line.amount * days, of_month)
    reason = Reason(
        "days-of-month",
        {
            "full": line.amount,
            "days": days,
            "days_of_month": of_month,
            "first": stretch.days.first,
            "last": stretch.days.last,
        },
        exact,
        floor_yen(exact),
        clause=policy.clause,
        floor_clause=policy.floor_clause,
        edition=stretch.ordered.edition.start,
        readings=used,
        parts=(line.reason,),
    )
    return replace(line, amount=reason.amount, reason=reason, clause=policy.clause)


def _whole(line: Line, month: Month, policy: object, used: tuple[UsedReading, ...]) -> Line:
    clause = policy.clause if isinstance(policy, ByDay | WholeMonth) else ""
    reason = Reason(
        "whole-month",
        {"month": str(month)},
        line.reason.exact,
        line.amount,
        clause=clause,
        edition=line.reason.edition,
        readings=used,
        parts=(line.reason,),
    )
    return replace(line, reason=reason)


def month_title(month: Month) -> str:
    """``2026年12月分``."""
    return _("{month}分").format(month=short_month_words(month))
