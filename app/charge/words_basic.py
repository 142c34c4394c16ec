"""What the words of all reasons are made of: figures, spans of days, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.money import figure
from app.tariff.model import Text
from app.tariff.texts import words as say
from app.words import _


@dataclass(frozen=True)
class ReasonRow:
    """One row of a reason tree: what happens, the value it leads to, and the clause it rests on."""

    depth: int
    words: str
    value: str
    clause: str = ""
    strong: bool = False


def counted(quantity: object, unit: object) -> str:
    """``31 ID``, ``50ライセンス``: Latin units stand apart from the figure."""
    unit_words = say(unit) if isinstance(unit, Text) else str(unit or "")
    gap = " " if unit_words[:1].isascii() and unit_words else ""
    return f"{number(quantity)}{gap}{unit_words}"


def number(value: object) -> str:
    """A figure with separators; proportions as they are."""
    if isinstance(value, Fraction):
        return figure(value.numerator) if value.denominator == 1 else f"{float(value):g}"
    return figure(value) if isinstance(value, int) else str(value)


def product(inputs: Mapping[str, object]) -> str:
    """``31 ID × 2,400円``."""
    return _("{quantity} × {price}円").format(
        quantity=counted(inputs["quantity"], inputs["unit"]), price=number(inputs["unit_price"])
    )


def period_words(first: object, last: object) -> str:
    """``2026年6月1日〜2027年5月31日``."""
    if not (isinstance(first, date) and isinstance(last, date)):
        return ""
    return _("{y1}年{m1}月{d1}日〜{y2}年{m2}月{d2}日").format(
        y1=first.year, m1=first.month, d1=first.day, y2=last.year, m2=last.month, d2=last.day
    )


def spans_words(inputs: Mapping[str, object]) -> str:
    """``6月11日〜6月30日``, several of them joined."""
    spans = inputs.get("spans") or ((inputs["first"], inputs["last"]),)
    assert isinstance(spans, tuple)
    return _("・").join(_span(first, last) for first, last in spans)


def _span(first: date, last: date) -> str:
    if first == last:
        return _("{month}月{day}日").format(month=first.month, day=first.day)
    return _("{m1}月{d1}日〜{m2}月{d2}日").format(m1=first.month, d1=first.day, m2=last.month, d2=last.day)


def unrounded(value: Fraction) -> str:
    """The exact value before flooring: ``= 76,503.2…円``."""
    whole, rest = divmod(abs(value), 1)
    tenths, below = divmod(rest * 10, 1)
    more, sign = "…" if below else "", "−" if value < 0 else ""
    return _("= {amount}円").format(amount=f"{sign}{figure(int(whole))}.{tenths}{more}")
