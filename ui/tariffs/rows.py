"""Rows of sheets and lists: what an edition says, what differs, whose quotations are touched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from app.days import date_words
from app.money import yen_words
from app.tariff.clauses import clause_words
from app.tariff.describe import describe_edition
from app.tariff.diff import EditionDiff
from app.tariff.diff_words import change_sections, unpriced_words
from app.words import _
from ui.quotes.list_columns import states_in_words
from ui.tariffs.facts import EditionFacts, ServiceFacts
from ui.tariffs.pick_list import Pick
from ui.widgets.sheet import Line, SheetColumn, SheetRow, SheetSection

if TYPE_CHECKING:
    from app.tariff.model import Edition
    from app.tariff.problems import TariffProblem
    from app.usecases.find_touched import Touched

ALL_READINGS = ""

_STATES = {
    "now": ("circle-check", "good"),
    "future": ("calendar-clock", "note"),
    "past": ("history", "text3"),
}


def state_words(state: str) -> str:
    """実施中, これから or 過去の版."""
    return {"now": _("実施中"), "future": _("これから"), "past": _("過去の版")}[state]


def state_line(facts: EditionFacts) -> Line:
    """How an edition stands today, with its icon."""
    icon, tone = _STATES[facts.state]
    said = state_words(facts.state)
    if not facts.edition.priced:
        said = _("{state}・料金の記載なし").format(state=said)
    if facts.path is not None:
        said = _("{state}・追加したファイル").format(state=said)
    return Line(said, "caption", tone, icon)


def service_pick(facts: ServiceFacts) -> Pick:
    """A service of the list at the left."""
    lines = [Line(facts.short, "body-bold")]
    if facts.problems:
        said = _("ファイルの誤り {count}件").format(count=len(facts.problems))
        return Pick(facts.code, (*lines, Line(said, "caption", "danger", "circle-alert")))
    today = facts.today
    lines.append(Line(facts.provider, "caption", "text2"))
    if today is None:
        said, tone = _("今日の版はありません"), "warn"
    elif today.edition.start is None:
        said, tone = _("日付の記載のない版"), "text2"
    else:
        day = date_words(today.edition.start, weekday=False)
        said, tone = _("{day}実施・全{count}版").format(day=day, count=len(facts.editions)), "text2"
    lines.append(Line(said, "caption", tone))
    if facts.checked_on is not None:
        lines.append(Line(checked_words(facts), "caption", "text3"))
    return Pick(facts.code, tuple(lines))


def checked_words(facts: ServiceFacts) -> str:
    """When the data were last compared with the terms, and by whom."""
    day = date_words(facts.checked_on, weekday=False) if facts.checked_on is not None else ""
    return _("{day}確認（{who}）").format(day=day, who=facts.checked_by)


def edition_pick(facts: EditionFacts) -> Pick:
    """An edition of the list."""
    role = "panel-bold" if facts.state == "now" else "panel"
    return Pick(facts.key, (Line(facts.span(), role), state_line(facts)))


# --- what an edition says ----------------------------------------------------------------------------------


def edition_columns() -> list[SheetColumn]:
    """Of `edition_sections`."""
    return [SheetColumn("", share=3), SheetColumn("", share=6), SheetColumn("", share=2)]


def edition_sections(
    edition: Edition, choices: Mapping[str, str], topics: Mapping[str, str]
) -> list[SheetSection]:
    """Prices and rules in words. A row that rests on readings says so and opens them."""
    return [
        SheetSection(
            section.heading,
            tuple(
                SheetRow(
                    (
                        (Line(row.label, "panel", "text2"),),
                        (Line(row.value), *_reading_line(row.readings, row.label, topics)),
                        (Line(clause_words(row.clause), "caption", "text3"),),
                    ),
                    row.readings or None,
                    row.clause,
                )
                for row in section.rows
            ),
        )
        for section in describe_edition(edition, choices)
    ]


def _reading_line(readings: Sequence[str], label: str, topics: Mapping[str, str]) -> tuple[Line, ...]:
    if not readings:
        return ()
    first = topics.get(readings[0], readings[0])
    if len(readings) == 1 and first == label:  # the section of the readings themselves
        return ()
    said = _("解釈：{topic}").format(topic=first)
    if len(readings) > 1:
        said = _("{reading} ほか{count}件").format(reading=said, count=len(readings) - 1)
    return (Line(said, "caption", "note", "scale"),)


# --- differences -------------------------------------------------------------------------------------------


def change_columns() -> list[SheetColumn]:
    """Of `diff_sections`."""
    return [
        SheetColumn(_("変わるところ"), share=4),
        SheetColumn(_("前"), share=4),
        SheetColumn(_("後"), share=4),
        SheetColumn(_("条項"), share=2),
    ]


def diff_sections(diff: EditionDiff) -> list[SheetSection]:
    """What differs, in groups."""
    return [
        SheetSection(
            section.heading,
            tuple(
                SheetRow(
                    (
                        (Line(row.place, "panel", "text2"),),
                        (Line(row.before or "—", "panel", "text2" if row.before else "text3"),),
                        (Line(row.after or "—", "panel", "text" if row.after else "text3"),),
                        (Line(clause_words(row.clause), "caption", "text3"),),
                    )
                )
                for row in section.rows
            ),
        )
        for section in change_sections(diff)
    ]


def diff_words(diff: EditionDiff) -> str:
    """How much differs, and what can't be compared."""
    count = sum(len(found) for found in diff.groups.values())
    said = _("違いは{count}か所です。").format(count=count) if count else _("違いはありません。")
    return " ".join((said, *unpriced_words(diff)))


# --- problems of a file ------------------------------------------------------------------------------------


def problem_columns() -> list[SheetColumn]:
    """Of `problem_sections`."""
    return [
        SheetColumn(_("場所"), share=3),
        SheetColumn(_("見つかったもの"), share=4),
        SheetColumn(_("正しい書き方"), share=4),
    ]


def problem_sections(problems: Sequence[TariffProblem]) -> list[SheetSection]:
    """By file: where, what was found there, what is allowed."""
    files = dict.fromkeys(problem.file.name for problem in problems)
    return [
        SheetSection(
            name,
            tuple(
                SheetRow(
                    (
                        (Line(one.key or _("ファイル全体"), "panel-bold"),),
                        (Line(one.found, "panel", "danger"),),
                        (Line(one.allowed, "panel", "text"),),
                    )
                )
                for one in problems
                if one.file.name == name
            ),
        )
        for name in files
    ]


# --- touched quotations ------------------------------------------------------------------------------------


def touched_columns(*, narrow: bool) -> list[SheetColumn]:
    """Of `touched_rows`; in a side panel both totals stand in one column."""
    if narrow:
        return [SheetColumn(_("見積"), share=1), SheetColumn(_("合計（税込）"), ems=9, right=True)]
    return [
        SheetColumn(_("見積"), ems=13),
        SheetColumn(_("顧客"), share=4),
        SheetColumn(_("状態"), ems=7),
        SheetColumn(_("いまの合計（税込）"), ems=10, right=True),
        SheetColumn(_("変更後"), ems=10, right=True),
        SheetColumn(_("差"), ems=9, right=True),
    ]


def touched_rows(found: Sequence[Touched], *, narrow: bool) -> tuple[SheetRow, ...]:
    """Quotations that change; a row opens its quotation."""
    return tuple(_narrow(one) if narrow else _wide(one) for one in found)


def _named(one: Touched) -> tuple[str, str]:
    number = (
        _("{number} 第{revision}版").format(number=one.row.number, revision=one.row.revision)
        if one.row.number
        else _("下書き")
    )
    return number, one.row.customer or _("（お客さま未定）")


def _after(one: Touched) -> str:
    return yen_words(one.after) if one.after is not None else _("計算できません")


def _difference(one: Touched) -> Line:
    if one.after is None:
        return Line("—", "panel", "danger")
    if one.after == one.before:
        return Line(_("同じ"), "panel", "text3")
    by = one.after - one.before
    return Line(("+" if by > 0 else "") + yen_words(by), "panel", "warn" if by > 0 else "good")


def _narrow(one: Touched) -> SheetRow:
    number, customer = _named(one)
    same = one.after == one.before
    tone = "danger" if one.after is None else "text3" if same else "text"
    totals = (
        (Line(yen_words(one.before)), Line(_("同じ"), "caption", "text3"))
        if same
        else (Line(yen_words(one.before), "caption", "text2"), Line(_after(one), "panel-bold", tone))
    )
    left = [Line(customer, "panel"), Line(number, "caption", "text2")]
    if one.problem:
        left.append(Line(one.problem, "caption", "danger"))
    return SheetRow((tuple(left), totals), one.row.id)


def _wide(one: Touched) -> SheetRow:
    number, customer = _named(one)
    icon, word, _meaning = states_in_words()[one.row.state.value]
    customers = [Line(customer)]
    if one.problem:
        customers.append(Line(one.problem, "caption", "danger"))
    return SheetRow(
        (
            (Line(number),),
            tuple(customers),
            (Line(word, "panel", "text2", icon),),
            (Line(yen_words(one.before), "panel", "text2"),),
            (Line(_after(one), "panel-bold", "danger" if one.after is None else "text"),),
            (_difference(one),),
        ),
        one.row.id,
    )
