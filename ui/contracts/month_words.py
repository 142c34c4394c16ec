"""The months of a contract in words: cells of the table, lines of a month, sums."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from app.charge.words import counted
from app.days import Month, month_name, month_words
from app.money import figure, yen_words
from app.tariff.clauses import clause_words
from app.usecases.contract_view import MonthRow, MonthSum, ShownLine
from app.words import _, pgettext
from ui.quotes.price_words import reason_words
from ui.widgets.price_group import PriceLine
from ui.widgets.reason_tree import ReasonRow, ReasonWords


def head_words() -> tuple[str, ...]:
    """The heads of the columns."""
    return _("月"), _("内訳"), _("税抜"), _("消費税"), pgettext("caption", "税込"), ""


def month_cells(row: MonthRow, before: Month | None) -> tuple[str, ...]:
    """The cells of a month; the year only where it is another than in the row above."""
    name = month_words(row.month)
    if before is not None and before.year == row.month.year:
        name = month_name(row.month.month)
    if row.refused:
        return name, row.words, "—", "—", "—", ""
    return name, row.words, yen_words(row.net), yen_words(row.tax), yen_words(row.total), ""


def state_of_month(row: MonthRow) -> str:
    """Whether a month is billed."""
    states = {
        "billed": _("締め済み"),
        "computed": _("計算済み・締め前"),
        "unbilled": _("請求前"),
        "planned": _("見込み"),
        "elsewhere": _("ほかで請求済み"),
        "carried": _("後の月で精算"),
    }
    return states[row.state]


def month_told(row: MonthRow, *, planned: bool) -> str:
    """A month in one line, for screen readers and the tool tip."""
    what = _("変更案") if planned else state_of_month(row)
    return _("{month} {words} 税込{total}（{state}）").format(
        month=month_words(row.month), words=row.words, total=yen_words(row.total), state=what
    )


def sum_cells(sum_: MonthSum) -> tuple[str, str, str, str]:
    """``2026年5月〜11月の計`` and its three sums."""
    first, last = month_words(sum_.first), month_words(sum_.last)
    if sum_.first == sum_.last:
        name = _("{month}の計").format(month=first)
    else:
        same = sum_.first.year == sum_.last.year
        name = _("{first}〜{last}の計").format(
            first=first, last=month_name(sum_.last.month) if same else last
        )
    return name, yen_words(sum_.net), yen_words(sum_.tax), yen_words(sum_.total)


def line_words(line: ShownLine) -> PriceLine:
    """A line of a month; its amount opens to the reason, or to what the bill said of it."""
    reason = None
    if line.reason is not None:
        reason = partial(reason_words, line.reason)
    elif line.why:
        reason = partial(_told, line.why, line.amount, line.clause)
    return PriceLine(line.name, _calculation(line), yen_words(line.amount), reason, detail=line.detail)


def _told(why: Sequence[str], amount: int, clause: str) -> ReasonWords:
    """What nothing can work out again, in the words of the bill."""
    head, *rest = why
    rows = [ReasonRow(0, text) for text in rest]
    rows.append(
        ReasonRow(0, _("金額"), yen_words(amount), clause_words(clause) if clause else "", strong=True)
    )
    return ReasonWords(head, "", tuple(rows))


def _calculation(line: ShownLine) -> str:
    if line.quantity is None:
        return ""
    quantity = counted(line.quantity, line.unit) if line.unit else figure(line.quantity)
    if line.unit_price is None or line.quantity == 1:
        return quantity
    return _("{quantity} × {price}").format(quantity=quantity, price=yen_words(line.unit_price))
