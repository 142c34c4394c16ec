"""Priced lines and reasons in the words of the price column."""

from __future__ import annotations

from functools import partial

from app.charge.lines import Line, Reason
from app.charge.words import counted, formula, tree
from app.money import percent_words, yen_words
from app.quote.priced import Advice, ExitFee, Group, PricedQuotation
from app.words import _, pgettext
from ui.widgets.price_group import PriceLine
from ui.widgets.reason_tree import ReasonRow, ReasonWords

# Rules whose 0 yen is a favour worth a word of its own, not an empty amount.
_FREE = frozenset({"free-visit", "waived-with-line-order", "free"})


def reason_words(reason: Reason) -> ReasonWords:
    """A reason for the tree: its formula, the value before rounding, the steps below it."""
    head, *steps = tree(reason)
    rows = tuple(
        ReasonRow(max(0, step.depth - 1), step.words, step.value, step.clause, step.strong) for step in steps
    )
    if not rows and head.clause:
        rows = (ReasonRow(0, head.clause, head.value, strong=True),)
    return ReasonWords(head.words, head.value, rows)


def price_line(line: Line, *, whole_formula: bool = False) -> PriceLine:
    """A line of a group. ``whole_formula``: the calculation in full (days, halves), not only quantity ×
    price.
    """
    free = line.amount == 0 and line.reason.rule in _FREE
    return PriceLine(
        name=line.name,
        calculation=_calculation(line, whole_formula=whole_formula),
        amount=_("無料") if free else yen_words(line.amount),
        reason=partial(reason_words, line.reason),
        tone="good" if free else "text2",
        detail="" if free else line.detail,
    )


def _calculation(line: Line, *, whole_formula: bool) -> str:
    if whole_formula:
        return formula(line.reason)
    if line.quantity is None:
        return ""
    quantity = counted(line.quantity, line.unit)
    if line.unit_price is None or line.quantity == 1:
        return quantity
    value = line.reason.inputs.get("unit_price")
    price = value if isinstance(value, int) else line.unit_price
    return _("{quantity} × {price}").format(quantity=quantity, price=yen_words(price))


def group_caption(group: Group) -> str:
    """What stands softly after a group's name."""
    return group.note or group.remark


def advice_words(advice: Advice, term: str) -> tuple[str, str, str]:
    """The sentence, the line that explains it, and the button of a cheaper quantity."""
    quantity = counted(advice.quantity, advice.unit)
    return (
        _("{quantity}にすると月額が{saving}安くなります").format(
            quantity=quantity, saving=yen_words(advice.saving_month)
        ),
        _("月額{monthly}・{term}で{saving}の差").format(
            monthly=yen_words(advice.monthly_net), term=term, saving=yen_words(advice.saving_term)
        ),
        _("{quantity}にする").format(quantity=quantity),
    )


def exit_fee_words(fee: ExitFee, service: str) -> tuple[str, str, str]:
    """Label, caption and amount of what ending early would cost; ``service`` where there are several."""
    caption = fee.clause
    if fee.other_amount is not None and fee.other_amount != fee.amount:
        caption = _("別の読み方では{amount}").format(amount=yen_words(fee.other_amount))
    label = _("{months}か月で解約時の解約金").format(months=fee.months)
    return f"{service} {label}".strip(), caption, yen_words(fee.amount)


def total_caption(priced: PricedQuotation) -> str:
    """Whether the term is a minimum term or only an example."""
    if any(service.minimum_term for service in priced.services):
        return _("最低契約期間・税込")
    return _("最低契約期間なし・税込") if priced.services else pgettext("caption", "税込")


def tax_words(priced: PricedQuotation) -> list[tuple[str, str]]:
    """Net sum and tax of each rate; what stands outside the tax."""
    found = []
    for row in priced.tax_rows:
        if row.rate is None:
            found.append((_("不課税 {amount}").format(amount=yen_words(row.net)), ""))
        else:
            label = _("{rate}対象 {net}").format(rate=percent_words(row.rate), net=yen_words(row.net))
            found.append((label, _("うち消費税 {tax}").format(tax=yen_words(row.tax))))
    return found
