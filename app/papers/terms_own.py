"""What a terms summary works out for one contract: the first month, leaving month by month, the first year of
a prepaid service, and OsecT's days before the opening. Where a reading decides, both countings are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Final

from app.charge.engine import charge
from app.charge.lines import Line
from app.charge.termination import Termination, ending, termination
from app.charge.words import counted, formula
from app.contract.facts import Changed, Ended, Timeline
from app.contract.opening import Wish, opening_date
from app.days import Month, corresponding_day
from app.errors import UserError
from app.money import figure
from app.papers.model import Column, Row
from app.papers.parts import paper_month
from app.papers.side import OwnCase, SideTable
from app.papers.terms_facts import TermsCase
from app.tariff.catalogue import Catalogue
from app.tariff.texts import choice_words, words
from app.words import _, pgettext

_FEE: Final = "termination-fee"
_MID_MONTH: Final = 15
_AHEAD: Final = (6, 12, 18)  # months ahead in which leaving is shown
_SOON: Final = (4, 8)  # the same where a year or less is left
_YEAR: Final = 13
_MOST: Final = 60


def worked_out(case: TermsCase, name: str, title: str) -> OwnCase | None:
    """The case of that name under a title; None where nothing can be worked out (no start, no price)."""
    if case.timeline is None:
        return None
    try:
        return _WORKERS[name](case, title)
    except UserError:
        return None  # a price that nobody knows: the points alone say how it is counted


# --- the first month and the month of leaving --------------------------------------------------------------


def _first_month(case: TermsCase, title: str) -> OwnCase | None:
    timeline = _alive(case)
    start = timeline.started.on
    first = Month.of(start)
    rows = [
        _line_row(line, paper_month(first, case.company)) for line in _lines(timeline, case.catalogue, first)
    ]
    if not rows:
        return None
    if case.monthly is not None and first.first != start:
        rows.append(Row((_("翌月から毎月"), case.quantity, case.monthly)))
    leaving, lines = _mid_month(timeline, case.catalogue)
    named = _("{day}に解約した月").format(day=case.day_words(leaving, weekday=False))
    rows += [_line_row(line, named) for line in lines]
    if not lines:
        rows.append(Row((named, _("料金はかかりません"), 0)))
    columns = (
        Column(_("いつ"), "left", 0.33),
        Column(_("計算"), "left", 0.54),
        Column(_("金額"), "right", 0.13),
    )
    notes = _month_notes(case, timeline, leaving)
    table = SideTable(columns, tuple(rows), "".join(notes))
    return OwnCase(title, table, _("税抜、円"))


def _lines(timeline: Timeline, catalogue: Catalogue, month: Month) -> tuple[Line, ...]:
    """A month's charges without the fee for leaving."""
    return tuple(line for line in charge(timeline, catalogue, month) if line.item != _FEE)


def _mid_month(timeline: Timeline, catalogue: Catalogue) -> tuple[date, tuple[Line, ...]]:
    """A day in the middle of a month a year after the start, and that month when the contract ends on it."""
    day = corresponding_day(timeline.started.on, 12).replace(day=_MID_MONTH)
    return day, _lines(_ended(timeline, day), catalogue, Month.of(day))


def _ended(timeline: Timeline, day: date) -> Timeline:
    return replace(timeline, facts=(*timeline.facts, Ended(on=day)))


def _line_row(line: Line, when: str) -> Row:
    return Row((when, formula(line.reason), line.amount))


def _month_notes(case: TermsCase, timeline: Timeline, leaving: date) -> Iterator[str]:
    """What the first month and the month of leaving come to under other readings, one sentence for each."""
    first, last = Month.of(timeline.started.on), Month.of(leaving)
    ended = _ended(timeline, leaving)

    def amounts(catalogue: Catalogue) -> tuple[int, int]:
        return _net(_lines(timeline, catalogue, first)), _net(_lines(ended, catalogue, last))

    now = amounts(case.catalogue)
    for choice, other in _other_amounts(case, _month_readings(case, timeline, first), amounts):
        said = [
            _("{what}は{amount}円").format(what=what, amount=figure(its))
            for what, its, mine in zip(
                (paper_month(first, case.company), _("解約した月")), other, now, strict=True
            )
            if its != mine
        ]
        yield _("「{choice}」と読むと、{amounts}です。").format(choice=choice, amounts=_("、").join(said))


def _month_readings(case: TermsCase, timeline: Timeline, month: Month) -> Iterator[str]:
    for line in _lines(timeline, case.catalogue, month):
        yield from (used.name for used in line.reason.all_readings())
    rule = case.edition.proration
    yield from filter(None, (getattr(rule, "reading", ""), getattr(rule, "same_month_reading", "")))


def _choice(case: TermsCase, name: str) -> str:
    return case.catalogue.choice(case.service.code, name, case.priced_on)


def _net(lines: tuple[Line, ...]) -> int:
    return sum(line.amount for line in lines)


def _other_amounts(
    case: TermsCase, names: Iterator[str], amounts: Callable[[Catalogue], tuple[int, ...]]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Each other choice of the readings that gives other amounts, with what they are then."""
    now = amounts(case.catalogue)
    for name in dict.fromkeys(names):
        reading = case.edition.reading(name)
        for choice in reading.choices if reading else ():
            other = amounts(case.catalogue.with_choices({name: choice.code}))
            if other != now:
                yield words(choice.name), other


# --- leaving ------------------------------------------------------------------------------------------------


def _leaving(case: TermsCase, title: str) -> OwnCase | None:
    timeline = _alive(case)
    found = list(_endings(case, timeline))
    if not found:
        return None
    others = _other_choices(case, found)
    rows = [_ending_row(case, day, fee) for day, fee in found]
    rows += _reduction(case, timeline, found[0][0])
    columns = [
        Column(_("解約日"), "left", 0.33),
        Column(_("何か月目"), "right", 0.11),
        Column(_("残りの月数"), "right", 0.13),
        Column(_("計算"), "right", 0.26),
        Column(_("解約金"), "right", 0.17),
    ]
    notes = [
        _("「{choice}」と読むと、{amounts}です。").format(
            choice=named, amounts=_("、").join(figure(_fee_on(timeline, other, day)) for day, _fee in found)
        )
        for named, other in others
    ]
    if notes and case.agent:
        notes.append(_("提供会社の計算が優先します。"))
    taxed = any(one.line is not None and one.line.tax.value != "outside" for _day, one in found)
    remark = _("金額は円、税抜") if taxed else _("金額は円、不課税")
    return OwnCase(title, SideTable(tuple(columns), tuple(rows), "".join(notes)), remark)


def _alive(case: TermsCase) -> Timeline:
    """The contract as if nobody had ended it."""
    assert case.timeline is not None
    kept = [fact for fact in case.timeline.facts if not isinstance(fact, Ended)]
    names = {"", *(fact.id for fact in kept)}
    facts = tuple(fact for fact in kept if getattr(fact, "voids", "") in names)
    return replace(case.timeline, facts=facts)


def _endings(case: TermsCase, timeline: Timeline) -> Iterator[tuple[date, Termination]]:
    """Days to leave on, the first of a month: some months apart, and the first one that costs
    nothing.
    """
    begun = max(timeline.started.on, case.on)
    since = Month.of(begun)
    free = next(
        (
            ahead
            for ahead in range(1, _MOST)
            if not _fee_on(timeline, case.catalogue, since.plus(ahead).first)
        ),
        None,
    )
    shown = _SOON if free is not None and free <= _YEAR else _AHEAD
    for ahead in (*(one for one in shown if free is None or one < free), *([free] if free else ())):
        day = since.plus(ahead).first
        found = termination(timeline, case.catalogue, day)
        if found is not None:
            yield day, found


def _fee_on(timeline: Timeline, catalogue: Catalogue, day: date) -> int:
    found = termination(timeline, catalogue, day)
    return found.fee if found is not None else 0


def _ending_row(case: TermsCase, day: date, found: Termination) -> Row:
    inputs = found.reason.inputs
    calculation = (
        _("{basis} × {months}か月").format(basis=figure(_whole(inputs["basis"])), months=found.months_left)
        if found.fee
        else "—"
    )
    return Row(
        (
            case.day_words(day, weekday=False),
            _("{months}か月目").format(months=inputs["month_number"]),
            _("{months}か月").format(months=found.months_left),
            calculation,
            found.fee,
        )
    )


def _reduction(case: TermsCase, timeline: Timeline, day: date) -> Iterator[Row]:
    """What giving up a fifth of the units on a day costs, where the terms count that too."""
    rule = case.edition.termination
    counted_items = [item for item in case.edition.items if case.items.get(item.code)]
    if rule is None or rule.policy != "reduced-units-remaining-months" or len(counted_items) != 1:
        return
    main = counted_items[0]
    quantity = case.items[main.code]
    least = main.tiers[0].first if main.tiers else main.minimum
    fewer = max(least, quantity - max(1, quantity // 5))
    if fewer >= quantity:
        return
    changed = Changed(on=day, items={**case.items, main.code: fewer})
    reduced = ending(replace(timeline, facts=(*timeline.facts, changed)), case.catalogue)
    if reduced is None:
        return
    inputs = reduced.reason.inputs
    yield Row(
        (
            _("{day}に{quantity}へ").format(
                day=case.day_words(day, weekday=False), quantity=counted(fewer, main.unit)
            ),
            _("{months}か月目").format(months=inputs["month_number"]),
            _("{months}か月").format(months=reduced.months_left),
            _("{basis} × {months}か月").format(
                basis=figure(_whole(inputs["basis"])), months=reduced.months_left
            ),
            reduced.fee,
        )
    )


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def _other_choices(case: TermsCase, found: list[tuple[date, Termination]]) -> list[tuple[str, Catalogue]]:
    """The other choices of readings that make one of the fees another, with what they are called."""
    timeline = _alive(case)
    others = []
    for name in dict.fromkeys(used.name for _day, one in found for used in one.reason.all_readings()):
        reading = case.edition.reading(name)
        for choice in reading.choices if reading else ():
            other = case.catalogue.with_choices({name: choice.code})
            if any(_fee_on(timeline, other, day) != one.fee for day, one in found):
                others.append((words(choice.name), other))
    return others


# --- a year paid ahead --------------------------------------------------------------------------------------


def _year(case: TermsCase, title: str) -> OwnCase | None:
    dates = case.days().dates
    begun, ends = case.start, case.term_end
    if begun is None or ends is None:
        return None
    first = dates["term_ends"].inputs["first"]
    assert isinstance(first, date)
    rows = [
        Row(
            (
                _("契約期間"),
                pgettext("dates", "{first}〜{last}").format(
                    first=case.day_words(first, weekday=False), last=case.day_words(ends, weekday=False)
                ),
                "",
            )
        )
    ]
    paid = case.yearly if case.yearly is not None else ""
    for code, name, amount in (
        ("payment_due", _("1年分のお支払い"), paid),
        ("notice_by", _("更新しないお申し出"), ""),
        ("return_equipment_by", _("満了時のVPN接続機器の返還"), ""),
    ):
        if code in dates:
            day = _("{date}まで").format(date=case.day_words(dates[code].day))
            rows.append(Row((name, day, amount)))
    columns = (
        Column(_("こと"), "left", 0.36),
        Column(_("期日"), "left", 0.44),
        Column(_("金額（税抜）"), "right", 0.20),
    )
    return OwnCase(title, SideTable(columns, tuple(rows), "".join(_date_notes(case))), _("円"))


def _date_notes(case: TermsCase) -> Iterator[str]:
    """The last day to decline the renewal under another reading."""
    now = case.days().dates.get("notice_by")
    if now is None:
        return
    for name, _chosen in now.all_readings():
        reading = case.edition.reading(name)
        for choice in reading.choices if reading else ():
            other = case.days(case.catalogue.with_choices({name: choice.code})).dates["notice_by"]
            if other.day != now.day:
                yield _("「{choice}」と読むと、更新しないお申し出は{day}までです。").format(
                    choice=words(choice.name), day=case.day_words(other.day, weekday=False)
                )


# --- OsecT's opening ----------------------------------------------------------------------------------------


def _opening(case: TermsCase, title: str) -> OwnCase | None:
    start = case.start
    if start is None or case.edition.opening is None:
        return None
    found = opening_date(Wish(case.service.code, start), case.catalogue)
    theirs = _("提供会社") if case.agent else _("当社")
    rows = tuple(
        Row((name, whose, case.day_words(one.day)))
        for name, whose, one in (
            (_("機器のお届け"), theirs, found.delivery_due),
            (_("センサーの設置"), _("お客さま"), found.install_due),
            (_("開通試験"), theirs, found.test_due),
            (_("開通・料金の始まり"), "", found.opening),
        )
    )
    columns = (
        Column("", "left", 0.40),
        Column("", "left", 0.22),
        Column("", "left", 0.38),
    )
    return OwnCase(title, SideTable(columns, rows))


_Worker = Callable[[TermsCase, str], OwnCase | None]
_WORKERS: Final[Mapping[str, _Worker]] = {
    "first-month": _first_month,
    "leaving": _leaving,
    "year": _year,
    "opening": _opening,
}


def reading_words(case: TermsCase, name: str) -> tuple[str, str] | None:
    """What a paper says of a reading it rests on, and the clause; None where the edition has no such one."""
    reading = case.edition.reading(name)
    if reading is None:
        return None
    chosen = _choice(case, name)
    others = _("・").join(words(one.name) for one in reading.choices if one.code != chosen)
    said = _("{topic}：{choice}（ほかに：{others}）。").format(
        topic=words(reading.topic), choice=choice_words(reading, chosen), others=others
    )
    return said, reading.clause.partition(",")[0]
