"""Words for reasons, made only when somebody looks: one line (``formula``) and a small tree (``tree``)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from app.charge.lines import Line, Reason
from app.charge.words_basic import (
    ReasonRow,
    counted,
    number,
    period_words,
    product,
    spans_words,
    units,
    unrounded,
)
from app.charge.words_charges import CHARGE_FORMULAS, CHARGE_STEPS
from app.days import date_words
from app.money import figure, yen_words
from app.tariff.clauses import clause_note, clause_words
from app.tariff.model import Text
from app.tariff.texts import words as say
from app.words import _, pgettext

__all__ = [
    "ReasonRow",
    "agreed_words",
    "counted",
    "formula",
    "line_detail",
    "part_words",
    "sentence",
    "tier_words",
    "tree",
    "units",
    "unrounded",
]


def formula(reason: Reason) -> str:
    """The calculation in one line: ``31 ID × 2,400円 × 21日 ÷ 31日``."""
    maker = _FORMULAS.get(reason.rule)
    return maker(reason) if maker else yen_words(reason.amount)


def sentence(reason: Reason) -> str:
    """The calculation, its result and the clause: ``… = 50,400円（別紙4、1円未満切捨て）``."""
    grounds = [clause_note(ground) for ground in dict.fromkeys((*_clauses(reason),)) if ground]
    if reason.floored:
        grounds.append(_("1円未満切捨て"))
    after = _("（{grounds}）").format(grounds=_("、").join(grounds)) if grounds else ""
    return f"{formula(reason)} = {yen_words(reason.amount)}{after}"


def _clauses(reason: Reason) -> Iterator[str]:
    yield reason.clause
    for part in reason.parts:
        yield from _clauses(part)


def tree(reason: Reason, say_clause: Callable[[str], str] = clause_words) -> tuple[ReasonRow, ...]:
    """The reason as rows to read from above: the whole formula, the steps, the edition, the rounding with
    the amount last. ``say_clause`` puts clauses in words: in full, or short as papers have them.
    """
    first_value = unrounded(reason.exact) if reason.floored else yen_words(reason.amount)
    rows = [ReasonRow(0, formula(reason), first_value, "" if reason.parts else reason.clause, strong=True)]
    for part in reason.parts:
        rows.extend(_part_rows(part))
    if reason.parts or reason.rule in _OWN_STEPS:
        own = _OWN_STEPS.get(reason.rule)
        if own:
            rows.append(own(reason))
    edition = _edition_row(reason)
    if edition:
        rows.append(edition)
    if reason.floored:
        rows.append(_rounding_row(reason))
    return tuple(_with_ground(row, say_clause(row.clause)) for row in rows)


def _rounding_row(reason: Reason) -> ReasonRow:
    told = not reason.floor_clause or "端数処理" in reason.floor_clause
    ground = "" if told else _("端数処理")
    return ReasonRow(
        1, _("1円未満切捨て"), yen_words(reason.amount), reason.floor_clause, strong=True, ground=ground
    )


def _with_ground(row: ReasonRow, clause: str) -> ReasonRow:
    """The row with its clause in words, and what the clause says beside it."""
    both = _("{clause}：{rule}").format(clause=clause, rule=row.ground) if clause and row.ground else ""
    return ReasonRow(row.depth, row.words, row.value, both or clause or row.ground, row.strong)


def _part_rows(part: Reason) -> Iterator[ReasonRow]:
    grounds = {"tier-for-all": tier_words, "agreed-price": agreed_words}.get(part.rule)
    value = "" if part.rule == "option" else yen_words(part.amount)
    yield ReasonRow(1, part_words(part), value, part.clause, ground=grounds(part) if grounds else "")
    for deeper in part.parts:
        for row in _part_rows(deeper):
            yield ReasonRow(row.depth + 1, row.words, row.value, row.clause, row.strong, row.ground)


def part_words(part: Reason) -> str:
    """A step of a larger calculation in words: its name and its formula."""
    name = part.inputs.get("name")
    label = say(name) if isinstance(name, Text) else str(name or "")
    if part.rule == "option":
        return f"{label}{_option_effect(part)}"
    return f"{label}  {formula(part)}".strip()


def _edition_row(reason: Reason) -> ReasonRow | None:
    start = _edition_of(reason)
    if start is None:
        return None
    shown = _("{date}実施").format(date=date_words(start, weekday=False))
    return ReasonRow(1, _("料金の版"), shown)


def _edition_of(reason: Reason) -> date | None:
    if reason.edition is not None:
        return reason.edition
    return next((found for part in reason.parts if (found := _edition_of(part))), None)


# --- one function per rule
# -----------------------------------------------------------------------------------


def _times(reason: Reason) -> str:
    return product(reason.inputs)


def _free(reason: Reason) -> str:
    """``2台 × 10,500円 → 0円``: what it would cost, and that it does not."""
    listed = formula(reason.parts[0]) if reason.parts else _times(reason)
    return _("{listed} → 0円").format(listed=listed)


def _free_visit_step(reason: Reason) -> ReasonRow:
    first, last = reason.inputs["first"], reason.inputs["last"]
    words = _("契約年度（{period}）の無償訪問：{count}台まで").format(
        period=period_words(first, last), count=number(reason.inputs["capacity"])
    )
    return ReasonRow(1, words, "", reason.clause)


def _waived_step(reason: Reason) -> ReasonRow:
    return ReasonRow(1, _("回線と同時のお申込みのため無料"), "", reason.clause)


def _band_step(reason: Reason) -> ReasonRow:
    inputs = reason.inputs
    band = inputs["band"]
    assert isinstance(band, tuple)
    words = _("{column}・{span}の単価").format(column=inputs["column"], span=band_words(*band))
    if inputs["blocks"] and not inputs["capped"]:
        words = _("{words}：{price}円 × {blocks}（始まった分ごと）").format(
            words=words, price=number(inputs["block_price"]), blocks=inputs["blocks"]
        )
    if inputs["steps"]:
        words = _("{words}、1TB追加 {price}円 × {steps}").format(
            words=words, price=number(inputs["step_price"]), steps=inputs["steps"]
        )
    return ReasonRow(1, words, "", reason.clause)


def band_words(first: int, last: int) -> str:
    """How many PCs a band holds: ``1台``, ``16〜20台``."""
    if first == last:
        return pgettext("devices", "{count}台").format(count=first)
    return _("{first}〜{last}台").format(first=first, last=last)


def _by_hand_step(reason: Reason) -> ReasonRow:
    words = _("個別見積：{why}").format(why=reason.inputs["why"])
    return ReasonRow(1, words, _("承認 {name}").format(name=reason.inputs["approved_by"]))


def _quoted(reason: Reason) -> str:
    return _("見積の年額 {amount}円").format(amount=figure(reason.amount))


def _days_of_month(reason: Reason) -> str:
    inputs = reason.inputs
    whole = formula(reason.parts[0]) if reason.parts else yen_words(int(str(inputs["full"])))
    return _("{whole} × {days}日 ÷ {month}日").format(
        whole=whole, days=inputs["days"], month=inputs["days_of_month"]
    )


def _days_step(reason: Reason) -> ReasonRow:
    inputs = reason.inputs
    words = _("日割  {days}").format(days=spans_words(inputs))
    value = _("× {days}日 ÷ {month}日").format(days=inputs["days"], month=inputs["days_of_month"])
    return ReasonRow(1, words, value, reason.clause, ground=_("暦日数による"))


def _of_first_part(reason: Reason) -> str:
    return formula(reason.parts[0]) if reason.parts else yen_words(reason.amount)


def _whole_step(reason: Reason) -> ReasonRow:
    return ReasonRow(1, _("月単位の料金（日割りなし）"), yen_words(reason.amount), reason.clause)


def _year_step(reason: Reason) -> ReasonRow:
    period = period_words(reason.inputs["first"], reason.inputs["last"])
    return ReasonRow(1, _("1年分の前払い  {period}").format(period=period), "", reason.clause)


def _agreed_step(reason: Reason) -> ReasonRow:
    words = _("別段の合意：{why}").format(why=reason.inputs["why"])
    approved = _("承認 {name}").format(name=reason.inputs["approved_by"])
    return ReasonRow(1, words, approved, reason.clause, ground=_price_change(reason))


def agreed_words(reason: Reason) -> str:
    """``別段の合意（定価2,400円）``: that the price is an agreed one, and what the list has."""
    listed = reason.inputs.get("list_price")
    if not isinstance(listed, int):
        return _("別段の合意")
    return _("別段の合意（定価{price}）").format(price=yen_words(listed))


def _price_change(reason: Reason) -> str:
    listed, agreed = reason.inputs.get("list_price"), reason.inputs["unit_price"]
    if not isinstance(listed, int) or not isinstance(agreed, int):
        return ""
    return _("定価 {listed} → {agreed}").format(listed=yen_words(listed), agreed=yen_words(agreed))


def _tier_step(reason: Reason) -> ReasonRow:
    return ReasonRow(1, tier_words(reason), "", reason.clause)


def tier_words(reason: Reason) -> str:
    """``30〜39 IDの単価を31 IDすべてに適用``."""
    tier = reason.inputs["tier"]
    assert isinstance(tier, tuple)
    first, last = tier
    unit = reason.inputs["unit"]
    span = (
        _("{first}〜").format(first=figure(first))
        if last is None
        else _("{first}〜{last}").format(first=figure(first), last=figure(last))
    )
    return _("{span}の単価を{all}すべてに適用").format(
        span=counted(span, unit), all=counted(reason.inputs["quantity"], unit)
    )


def _option_effect(part: Reason) -> str:
    effect = part.inputs["effect"]
    if effect == "less":
        return _("：1台につき{less}円引き").format(less=number(part.inputs["less"]))
    if effect == "free-count":
        return _("：{count}台は無料").format(count=number(part.inputs["count"]))
    return _("：無料")


_FORMULAS: dict[str, Callable[[Reason], str]] = {
    "unit-price": _times,
    "tier-for-all": _times,
    "agreed-price": _times,
    "by-hand": _times,
    "migration-band": _times,
    "free-visit": _free,
    "waived-with-line-order": _free,
    "quoted": _quoted,
    "days-of-month": _days_of_month,
    "whole-month": _of_first_part,
    "prepaid-year": _of_first_part,
    **CHARGE_FORMULAS,
}

_OWN_STEPS: dict[str, Callable[[Reason], ReasonRow]] = {
    "days-of-month": _days_step,
    "whole-month": _whole_step,
    "prepaid-year": _year_step,
    "agreed-price": _agreed_step,
    "by-hand": _by_hand_step,
    "migration-band": _band_step,
    "free-visit": _free_visit_step,
    "waived-with-line-order": _waived_step,
    "tier-for-all": _tier_step,
    "days-of-month-each": _days_step,
    **CHARGE_STEPS,
}


def line_detail(line: Line) -> str:
    """The small line under an item on papers and screens: its own remark, or what its reason says of the
    price.
    """
    if line.detail:
        return line.detail
    reason = line.reason
    if reason.rule == "tier-for-all":
        return tier_words(reason)
    if reason.rule == "days-of-month":
        return _days_detail(reason)
    if reason.rule == "agreed-price":
        return _agreed_detail(reason)
    if reason.rule == "by-hand":
        return _("個別見積：{why}").format(why=reason.inputs["why"])
    if reason.rule == "unit-price":
        return _("、").join(part_words(part) for part in reason.parts)
    return ""


def _agreed_detail(reason: Reason) -> str:
    why, listed = reason.inputs["why"], reason.inputs.get("list_price")
    if not isinstance(listed, int):
        return _("別段の合意：{why}").format(why=why)
    return _("別段の合意：{why}（定価{price}）").format(why=why, price=yen_words(listed))


def _days_detail(reason: Reason) -> str:
    return _("{span}  {full}円 × {days}日 ÷ {month}日").format(
        span=spans_words(reason.inputs),
        full=number(reason.inputs["full"]),
        days=reason.inputs["days"],
        month=reason.inputs["days_of_month"],
    )
