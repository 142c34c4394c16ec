"""Priced lines and reasons in the words of the price column."""

from __future__ import annotations

from functools import partial

from app.charge.lines import Line, Reason
from app.charge.words import agreed_words, counted, formula, tree
from app.money import percent_words, yen_words
from app.quote.priced import Advice, ExitFee, Group, PricedQuotation
from app.tariff.clauses import clause_words
from app.words import _, pgettext
from ui.widgets.price_group import PriceLine
from ui.widgets.reason_tree import ReasonRow, ReasonWords

_PATHS = {"service": "services", "visit": "visits", "hand-line": "hand_lines"}
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
    agreed = line.reason.rule == "agreed-price"
    return PriceLine(
        name=line.name,
        calculation=_calculation(line, whole_formula=whole_formula),
        amount=_("無料") if free else yen_words(line.amount),
        reason=partial(reason_words, line.reason),
        tone="good" if free else "text2",
        detail="" if free else agreed_words(line.reason) if agreed else line.detail,
        detail_tone="note" if agreed else "text3",
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


def exit_fee_words(fee: ExitFee, service: str) -> list[tuple[str, str, str]]:
    """Label, caption and amount of what ending early would cost (``service`` where there are several), and
    of what the other reading makes of it.
    """
    ending = _("{months}か月で解約時の解約金").format(months=fee.months)
    label = f"{service} {ending}".strip()
    rows = [(label, clause_words(fee.clause), yen_words(fee.amount))]
    if fee.other_amount is not None and fee.other_amount != fee.amount:
        rows.append((_("　別の読み方では"), "", yen_words(fee.other_amount)))
    return rows


def total_captions(priced: PricedQuotation) -> tuple[str, ...]:
    """Whether the term is a minimum term or only an example; shorter where there is little room."""
    short = pgettext("caption", "税込")
    if any(service.minimum_term for service in priced.services):
        return _("最低契約期間・税込"), short
    return (_("最低契約期間なし・税込"), short) if priced.services else (short,)


def missing_words(priced: PricedQuotation) -> str:
    """What could not be priced: ``サービス 1・訪問 2``."""
    names = {"service": _("サービス"), "visit": _("訪問"), "hand-line": _("手入力の行")}
    counts = {
        "service": len(priced.content.services),
        "visit": len(priced.content.visits),
        "hand-line": len(priced.content.hand_lines),
    }
    return _("・").join(
        _("{name} {number}").format(name=names[kind], number=place + 1) if counts[kind] > 1 else names[kind]
        for kind, place in priced.missing
    )


def first_wrong(priced: PricedQuotation) -> tuple[str, str] | None:
    """Path of the first part without a price that people have to mend, and what is wrong with it.

    None while nothing lacks, and while there is no amount yet and all that lacks is still being filled in.
    """
    missing = [(kind, place) for kind, place in priced.missing if not _unfilled(priced, kind, place)]
    if priced.partial:
        missing = missing or list(priced.missing)
    if not missing:
        return None
    kind, place = missing[0]
    path = f"{_PATHS[kind]}.{place}"
    problems = (one.what for one in priced.problems if f"{one.field}.".startswith(f"{path}."))
    return path, next(problems, "")


def _unfilled(priced: PricedQuotation, kind: str, place: int) -> bool:
    """Whether a service still waits for its quantity or its first day."""
    if kind != "service":
        return False
    entry = priced.content.services[place]
    return entry.start is None or not any(entry.items.values())


def provisional_captions(priced: PricedQuotation) -> tuple[str, ...]:
    """Why the total is not final although nothing lacks in it; shorter where there is little room."""
    parts = [one.field.split(".") for one in priced.problems]
    if any(part[0] == "visits" and part[-1] in {"on", "at"} for part in parts):
        return _("訪問日が決まるまでの見込み・税込"), _("訪問日が決まるまでの見込み"), _("見込み・税込")
    if any(part[0] == "services" and "agreed_prices" in part for part in parts):
        return (
            _("別段の合意が決まるまでの見込み・税込"),
            _("別段の合意が決まるまでの見込み"),
            _("見込み・税込"),
        )
    return ()


def tax_words(priced: PricedQuotation) -> list[tuple[str, str]]:
    """Net sum and tax of each rate; what stands outside the tax."""
    found = []
    for row in priced.tax_rows:
        if row.rate is None:
            found.append((_("不課税 {amount}").format(amount=yen_words(row.net)), ""))
        else:
            label = _("{rate}対象 {net}").format(rate=percent_words(row.rate), net=yen_words(row.net))
            found.append((label, _("消費税 {tax}").format(tax=yen_words(row.tax))))
    return found
