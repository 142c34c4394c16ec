"""Words for late interest and surcharges: the calculation in one line and as a small tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from app.charge.lines import Reason
from app.charge.words import ReasonRow, unrounded
from app.days import date_words
from app.money import figure, percent_words, yen_words
from app.words import _


def formula(reason: Reason) -> str:
    """``528,000円 × 3％ × 61日 ÷ 365日``; why nothing is due where nothing is."""
    return _FORMULAS[reason.rule](reason.inputs)


def sentence(reason: Reason) -> str:
    """The calculation, its result and the clause."""
    grounds = [ground for ground in (reason.clause, _dropped(reason)) if ground]
    after = _("（{grounds}）").format(grounds=_("、").join(grounds)) if grounds else ""
    return f"{formula(reason)} = {yen_words(reason.amount)}{after}"


def tree(reason: Reason) -> tuple[ReasonRow, ...]:
    """The reason as rows to read from above: the formula, its steps, the rounding, the edition."""
    value = unrounded(reason.exact) if reason.floored else yen_words(reason.amount)
    rows = [ReasonRow(0, formula(reason), value, reason.clause, strong=True)]
    rows += _STEPS[reason.rule](reason)
    if reason.floored:
        rows.append(
            ReasonRow(1, _("1円未満切捨て"), yen_words(reason.amount), reason.floor_clause, strong=True)
        )
    if reason.edition is not None:
        rows.append(ReasonRow(1, _("規約の版"), _in_force_from(reason.edition)))
    return tuple(rows)


def _dropped(reason: Reason) -> str:
    floored = reason.floored or any(part.floored for part in reason.parts)
    return _("1円未満切捨て") if floored else ""


def _in_force_from(day: date) -> str:
    return _("{day}実施").format(day=date_words(day, weekday=False))


# --- late interest -----------------------------------------------------------------------------------------


def _interest_formula(inputs: Mapping[str, Any]) -> str:
    shares = [
        _("{count}日 ÷ {length}日").format(count=figure(count), length=length)
        for length, count in inputs["days_by_year"]
    ]
    years = shares[0] if len(shares) == 1 else _("（{shares}）").format(shares=" + ".join(shares))
    return _("{principal}円 × {rate} × {years}").format(
        principal=figure(inputs["principal"]), rate=percent_words(inputs["rate"]), years=years
    )


def _interest_steps(reason: Reason) -> Iterator[ReasonRow]:
    inputs: Mapping[str, Any] = reason.inputs
    yield ReasonRow(1, _due_words(inputs), "")
    counted = _("{first}から{last}まで").format(
        first=date_words(inputs["first"], weekday=False), last=date_words(inputs["last"], weekday=False)
    )
    last = inputs["last"] == inputs["paid"]
    note = _("支払いの日を含む") if last else _("支払いの日は含まない")
    yield ReasonRow(
        1, _("遅滞の日数  {span}（{note}）").format(span=counted, note=note), _days(inputs["days"])
    )
    yield ReasonRow(1, _rate_words(inputs), percent_words(inputs["rate"]))
    for length, count in inputs["days_by_year"]:
        if length == 366:
            words = _("閏年の日は366日割り") if len(inputs["days_by_year"]) > 1 else _("366日割り")
            yield ReasonRow(1, words, _days(count))


def _rate_words(inputs: Mapping[str, Any]) -> str:
    if not inputs["statutory"]:
        return _("年率")
    first = date_words(inputs["first"], weekday=False)
    if inputs["expected"]:
        return _("法定利率（見込み：{day}の利率は未告示）").format(day=first)
    return _("法定利率（遅滞の始まった{day}の利率）").format(day=first)


def _due_words(inputs: Mapping[str, Any]) -> str:
    due = date_words(inputs["due"])
    if inputs["moved_from"] is None:
        return _("支払期日 {day}").format(day=due)
    return _("支払期日 {day}（{nominal}が休業日のため翌営業日）").format(
        day=due, nominal=date_words(inputs["moved_from"])
    )


def _days(count: int) -> str:
    return _("{count}日").format(count=figure(count))


def _nothing_formula(inputs: Mapping[str, Any]) -> str:
    words = {
        "in-time": _("支払期日までのお支払いのため、延滞利息はかかりません"),
        "within-grace": _("支払期日の翌日から{days}日以内のお支払いのため、延滞利息はかかりません").format(
            days=inputs["grace_days"]
        ),
        "no-day-between": _("支払期日の翌日のお支払いで、数える日がないため、延滞利息はかかりません"),
    }
    return words[inputs["why"]]


def _nothing_steps(reason: Reason) -> Iterator[ReasonRow]:
    inputs: Mapping[str, Any] = reason.inputs
    yield ReasonRow(1, _("支払期日"), date_words(inputs["due"]))
    yield ReasonRow(1, _("お支払い"), date_words(inputs["paid"]))


# --- surcharge ---------------------------------------------------------------------------------------------


def _with_tax(net: str, rate: Fraction) -> str:
    if not rate:
        return net
    return _("{net} ＋ 消費税{rate}").format(net=net, rate=percent_words(rate))


def _evaded_formula(inputs: Mapping[str, Any]) -> str:
    return _with_tax(yen_words(inputs["net"]), inputs["rate"])


def _surcharge_formula(inputs: Mapping[str, Any]) -> str:
    net = _("{evaded}円 × {factor}").format(evaded=figure(inputs["evaded"]), factor=inputs["factor"])
    return _with_tax(net, inputs["rate"])


def _sum_formula(inputs: Mapping[str, Any]) -> str:
    return _("免れた額 {evaded}円 ＋ 割増金 {surcharge}円").format(
        evaded=figure(inputs["evaded"]), surcharge=figure(inputs["surcharge"])
    )


def _sum_steps(reason: Reason) -> Iterator[ReasonRow]:
    names = {"evaded-fee": _("免れた額"), "surcharge": _("割増金")}
    for part in reason.parts:
        words = f"{names[part.rule]}  {formula(part)}"
        yield ReasonRow(1, words, yen_words(part.amount), part.clause)
        if part.floored:
            yield ReasonRow(2, _("1円未満切捨て"), unrounded(part.exact), part.floor_clause)
    if reason.inputs["discretionary"]:
        yield ReasonRow(1, _("提供会社の判断で請求されない場合があります"), "")


def _no_steps(_reason: Reason) -> Iterator[ReasonRow]:
    return iter(())


_FORMULAS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "late-interest": _interest_formula,
    "no-late-interest": _nothing_formula,
    "evaded-fee": _evaded_formula,
    "surcharge": _surcharge_formula,
    "evaded-fee-and-surcharge": _sum_formula,
}

_STEPS: Final[Mapping[str, Callable[[Reason], Iterator[ReasonRow]]]] = {
    "late-interest": _interest_steps,
    "no-late-interest": _nothing_steps,
    "evaded-fee": _no_steps,
    "surcharge": _no_steps,
    "evaded-fee-and-surcharge": _sum_steps,
}

RULES: Final = frozenset(_FORMULAS)
