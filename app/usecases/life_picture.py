"""A contract's life as a picture: what it had when, what befell it, and the days that lie ahead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Final

from app.charge.termination import termination
from app.contract.deadlines import Deadlines, Question, deadlines
from app.contract.facts import (
    Changed,
    Interrupted,
    Outage,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Succeeded,
    Suspended,
    Timeline,
    Transferred,
)
from app.contract.history import History, State
from app.contract.life import entries_standing
from app.contract.record import ContractContent, Entry
from app.days import DAY, DayRange, Month
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition, Service
from app.usecases.contract_view import LifePicture, Mark, Segment
from app.usecases.ending_curve import fee_free_from
from app.usecases.month_rows import state_words
from app.words import _

_TENTH: Final = 10  # of the life: room behind an end
_ROOM: Final = 4  # months after the last day that matters


def life_picture(
    content: ContractContent,
    entries: Sequence[Entry],
    timeline: Timeline | None,
    catalogue: Catalogue,
    today: date,
) -> LifePicture:
    """The bar. Before the start it shows only the day wished for."""
    held = entries_standing(entries)
    if timeline is None:
        return _not_begun(content, today)
    service = catalogue.service(content.service)
    history = timeline.history
    edition = stands_for(service.editions, max(today, history.started.on))
    start, end = history.started.on, history.ended.on if history.ended else None
    ahead = _term(timeline, held, catalogue, today)
    term = edition.term
    term_end = _term_end(ahead) if term is not None else None
    marks = [*_entry_marks(held, service, today), *_worked_out(timeline, catalogue, today, term_end, end)]
    last = max(day for day in (today, start, end, term_end, *(one.on for one in marks)) if day is not None)
    if end is None:
        last = Month.of(last).plus(_ROOM).last
    else:  # room for the words of the end, which stand after it
        last = max(Month.of(last).plus(1).last, Month.of(end + (end - start) // _TENTH).last)
    return LifePicture(
        first=Month.of(start).first if start < today else Month.of(min(start, today)).first,
        last=last,
        today=today,
        start=start,
        end=end,
        segments=tuple(_segments(history, edition, last)),
        marks=tuple(sorted(marks, key=lambda one: (one.on, one.kind))),
        term_end=term_end,
        term_words=_term_words(edition),
        months_left=_months_left(timeline, catalogue, today) if end is None else None,
        renewal=_renewal(ahead, edition) if end is None else None,
    )


def _not_begun(content: ContractContent, today: date) -> LifePicture:
    wished = content.application.wished_start
    marks = (Mark(wished, "started", _("利用開始の希望日"), planned=True),) if wished else ()
    first = Month.of(min(wished or today, today)).first
    last = Month.of(max(wished or today, today)).plus(_ROOM).last
    return LifePicture(first, last, today, None, None, (), marks)


# --- segments --------------------------------------------------------------------------------------------


def _segments(history: History, edition: Edition, last: date) -> Iterator[Segment]:
    """Each quantity from its day on, cut where the service was suspended."""
    until = history.ended.on if history.ended is not None else last
    states = history.states
    for place, state in enumerate(states):
        end = states[place + 1].on - DAY if place + 1 < len(states) else until
        if state.on <= min(end, until):
            yield from _cut(history, state, DayRange(state.on, min(end, until)), edition)


def _cut(history: History, state: State, span: DayRange, edition: Edition) -> Iterator[Segment]:
    words = state_words(edition, state)
    first = span.first
    for one in history.suspensions:
        stop = span.common(DayRange(one.first, one.last or span.last))
        if not len(stop):
            continue
        if first < stop.first:
            yield Segment(first, stop.first - DAY, words)
        yield Segment(stop.first, stop.last, words, suspended=True)
        first = stop.last + DAY
    if first <= span.last:
        yield Segment(first, span.last, words)


# --- marks -----------------------------------------------------------------------------------------------


def _entry_marks(held: Sequence[Entry], service: Service, today: date) -> Iterator[Mark]:
    before = next((one.items for one in held if isinstance(one, Started)), {})
    restored = {one.outage: one.at for one in held if isinstance(one, Restored)}
    for one in sorted(held, key=_day_of):
        on = _day_of(one)
        planned = on > today
        if isinstance(one, Started):
            yield Mark(on, "started", _("開始"), planned, one.id)
        elif isinstance(one, Changed):
            yield Mark(on, "changed", _change_words(before, one), planned, one.id)
            before = one.items if one.items is not None else before
        elif isinstance(one, Outage):
            over = one.restored_at or restored.get(one.id)
            words = outage_words(one, over, stands_for(service.editions, on))
            yield Mark(on, "outage", words, planned, one.id, over.date() if over else None)
        elif isinstance(one, Suspended):
            yield Mark(on, "suspended", _("利用停止"), planned, one.id, one.last)
        elif isinstance(one, Resumed):
            yield Mark(on, "suspended", _("利用再開"), planned, one.id)
        elif isinstance(one, Interrupted):
            yield Mark(on, "interrupted", _("提供中止"), planned, one.id)
        elif isinstance(one, Transferred | Succeeded):
            words = _("譲渡") if isinstance(one, Transferred) else _("承継")
            yield Mark(on, "handed-over", words, planned, one.id)


def _day_of(entry: Entry) -> date:
    for name in ("on", "first", "notified"):
        day = getattr(entry, name, None)
        if isinstance(day, date):
            return day
    for name in ("known_at", "since", "at"):
        moment = getattr(entry, name, None)
        if moment is not None:
            return moment.date()  # type: ignore[no-any-return]
    return date.min


def _change_words(before: object, change: Changed) -> str:
    if change.items is None or not isinstance(before, dict):
        return _("変更")
    less = sum(change.items.values()) - sum(before.values())
    return _("増加") if less > 0 else _("減少") if less < 0 else _("変更")


def outage_words(outage: Outage, over: datetime | None, edition: Edition) -> str:
    """``障害 38時間・1日分を減額``; what lasts has no hours yet."""
    if over is None:
        return _("障害 継続中")
    hours = int((over - outage.known_at).total_seconds() // 3600)
    words = _("障害 {hours}時間").format(hours=hours)
    rule = edition.outage
    if rule is None or outage.cause in rule.not_for:
        return words
    days = hours // rule.hours
    return _("{words}・{days}日分を減額").format(words=words, days=days) if days else words


def _worked_out(
    timeline: Timeline, catalogue: Catalogue, today: date, term_end: date | None, end: date | None
) -> Iterator[Mark]:
    if end is not None:
        fact = timeline.ended
        yield Mark(end, "ended", _("解約"), end > today, fact.id if fact is not None else "")
        return
    if term_end is not None:
        yield Mark(term_end, "deadline", _("満了"), term_end > today)
    begin = max(today, timeline.started.on)
    try:
        free = fee_free_from(timeline, catalogue, begin)
    except UserError:
        free = None
    if free is not None and free > begin:
        yield Mark(free, "fee-zero", _("解約金が0円になる日"), planned=True)


# --- the term --------------------------------------------------------------------------------------------


def _term(timeline: Timeline, held: Sequence[Entry], catalogue: Catalogue, today: date) -> Deadlines:
    start, end = timeline.started.on, timeline.ended
    declined = max((one.on for one in held if isinstance(one, RenewalDeclined)), default=None)
    on = max(today, start)
    if end is not None:
        on = max(start, min(on, end.on))
    asked = Question(timeline.service, start, on, end.on if end is not None else None, declined)
    return deadlines(asked, catalogue)


def _term_end(ahead: Deadlines) -> date | None:
    found = ahead.dates.get("min_term_ends") or ahead.dates.get("term_ends")
    return found.day if found is not None else None


def _term_words(edition: Edition) -> str:
    term = edition.term
    if term is None:
        return ""
    if term.renewal == "yearly-unless-noticed":
        return _("契約期間 {months}か月").format(months=term.months)
    return _("最低契約期間 {months}か月").format(months=term.months)


def _renewal(ahead: Deadlines, edition: Edition) -> DayRange | None:
    """The renewal month, or the days from the last notice of non-renewal to the end of the year."""
    if ahead.renewal_month is not None:
        return ahead.renewal_month.range
    notice, end = ahead.dates.get("notice_by"), ahead.dates.get("term_ends")
    if (
        edition.term is None
        or edition.term.renewal != "yearly-unless-noticed"
        or notice is None
        or end is None
    ):
        return None
    return DayRange(notice.day, end.day)


def _months_left(timeline: Timeline, catalogue: Catalogue, today: date) -> int | None:
    try:
        leaving = termination(timeline, catalogue, max(today, timeline.started.on))
    except UserError:
        return None
    return leaving.months_left if leaving is not None else None
