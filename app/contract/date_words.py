"""Words for the reason of a day, made only when somebody looks: one line (``because``) and a small tree
(``rows``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from app.contract.date_reason import DateReason
from app.days import date_words, holiday_words, is_year_end
from app.tariff.clauses import clause_note
from app.words import _, pgettext

MOST_NAMED = 6  # closed days named one by one; of more only the number is told


@dataclass(frozen=True)
class DateRow:
    """One row of a tree: what happens, the day it leads to, and the clause it rests on."""

    depth: int
    words: str
    value: str
    clause: str = ""


def because(reason: DateReason) -> str:
    """The rule in one line with the clause: ``2026年3月31日の2か月前の応当日（10条2項）``."""
    words = _WORDS[reason.rule](reason.inputs)
    if not reason.clause:
        return words
    return _("{words}（{clause}）").format(words=words, clause=clause_note(reason.clause))


def rows(reason: DateReason) -> tuple[DateRow, ...]:
    """The reason as rows to read from above: the rule, what it was counted from, closed days, the edition."""
    found = list(_rows(reason, 0))
    if reason.edition is not None:
        words = _("{day}実施").format(day=_day(reason.edition))
        found.append(DateRow(1, _("規約の版"), words))
    return tuple(found)


def _rows(reason: DateReason, depth: int) -> Iterator[DateRow]:
    yield DateRow(depth, _WORDS[reason.rule](reason.inputs), date_words(reason.day), reason.clause)
    closed = reason.inputs.get("closed")
    if isinstance(closed, tuple) and closed:
        yield _closed_row(closed, depth + 1)
    for part in reason.parts:
        yield from _rows(part, depth + 1)


def _closed_row(closed: tuple[date, ...], depth: int) -> DateRow:
    if len(closed) > MOST_NAMED:
        words = _("土日のほか{count}日の休業日を数えていません").format(count=len(closed))
        return DateRow(depth, words, "")
    named = [
        _("{month}月{day}日（{name}）").format(
            month=day.month,
            day=day.day,
            name=_("年末年始") if is_year_end(day) else holiday_words(day) or "",
        )
        for day in closed
    ]
    return DateRow(depth, _("数えない休業日"), _("、").join(named))


def _day(value: object) -> str:
    assert isinstance(value, date)
    return date_words(value, weekday=False)


def _term(inputs: Mapping[str, Any]) -> str:
    months = inputs["months"]
    length = (
        _("{count}年間").format(count=months // 12)
        if months % 12 == 0
        else _("{count}か月間").format(count=months)
    )
    words = _("{first}から{length}の最後の日").format(first=_day(inputs["first"]), length=length)
    if inputs["number"] == 1:
        return words
    return _("{start}の開始から数えて第{number}期：{words}").format(
        start=_day(inputs["start"]), number=inputs["number"], words=words
    )


def _months_before(inputs: Mapping[str, Any]) -> str:
    words = _("{of}の{months}か月前の応当日").format(of=_day(inputs["of"]), months=inputs["months"])
    return _("{words}の前日").format(words=words) if inputs["day_before"] else words


def _months_after(inputs: Mapping[str, Any]) -> str:
    return _("{of}の翌日から{months}か月の最後の日").format(of=_day(inputs["of"]), months=inputs["months"])


def _month_end(inputs: Mapping[str, Any]) -> str:
    of, months = _day(inputs["of"]), inputs["months"]
    if months == 0:
        return _("{of}のある月の末日").format(of=of)
    if months == 1:
        return _("{of}のある月の翌月末日").format(of=of)
    return _("{of}のある月から{months}か月後の月の末日").format(of=of, months=months)


def _days_from(inputs: Mapping[str, Any]) -> str:
    if not inputs["days"]:
        return _("{of}その日まで").format(of=_day(inputs["of"]))
    if inputs["back"]:
        return _("{of}の{days}日前").format(of=_day(inputs["of"]), days=inputs["days"])
    return _("{of}の翌日から数えて{days}日目").format(of=_day(inputs["of"]), days=inputs["days"])


def _business_before(inputs: Mapping[str, Any]) -> str:
    return _("{of}の{count}営業日前（その日は数えない）").format(of=_day(inputs["of"]), count=inputs["count"])


def _business_after(inputs: Mapping[str, Any]) -> str:
    return _("{of}の{count}営業日後（その日は数えない）").format(of=_day(inputs["of"]), count=inputs["count"])


def _next_business_day(inputs: Mapping[str, Any]) -> str:
    return _("{of}が休業日のため翌営業日").format(of=_day(inputs["of"]))


def _wished_day(_inputs: Mapping[str, Any]) -> str:
    return _("お客さまの解約希望日")


def _confirmation_day(inputs: Mapping[str, Any]) -> str:
    return _("解約希望日（{wished}）が確認の日より前のため、確認の日").format(wished=_day(inputs["wished"]))


def _months_of_notice(inputs: Mapping[str, Any]) -> str:
    return _("申し出の日（{of}）から{months}か月後").format(of=_day(inputs["of"]), months=inputs["months"])


def _desired_day(inputs: Mapping[str, Any]) -> str:
    if inputs["customer"]:
        return _("開通希望日（お客さま側の遅れでは延びません）")
    return _("開通希望日")


def _delayed(inputs: Mapping[str, Any]) -> str:
    words = {
        "delivery": _("開通希望日（{desired}）＋ 配送の遅れ{days}{unit}（{first}から、配送した{done}まで）"),
        "test": _(
            "開通希望日（{desired}）＋ 開通試験の遅れ{days}{unit}（{first}から、試験を終えた{done}まで）"
        ),
    }
    return words[inputs["kind"]].format(
        desired=_day(inputs["desired"]),
        days=inputs["days"],
        unit=_unit(inputs),
        first=_day(inputs["first"]),
        done=_day(inputs["done"]),
    )


def _unit(inputs: Mapping[str, Any]) -> str:
    return pgettext("unit", "営業日") if inputs["business"] else pgettext("unit", "日")


def _later_delay(_inputs: Mapping[str, Any]) -> str:
    return _("配送と開通試験の遅れのうち遅い方")


def _sum_of_delays(inputs: Mapping[str, Any]) -> str:
    return _("開通希望日（{desired}）＋ 遅れの合計{days}{unit}").format(
        desired=_day(inputs["desired"]), days=inputs["days"], unit=_unit(inputs)
    )


_WORDS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "term": _term,
    "months-before": _months_before,
    "months-after": _months_after,
    "month-end": _month_end,
    "days-from": _days_from,
    "business-days-before": _business_before,
    "business-days-after": _business_after,
    "next-business-day": _next_business_day,
    "wished-day": _wished_day,
    "confirmation-day": _confirmation_day,
    "months-of-notice": _months_of_notice,
    "desired-day": _desired_day,
    "delayed": _delayed,
    "later-delay": _later_delay,
    "sum-of-delays": _sum_of_delays,
}
