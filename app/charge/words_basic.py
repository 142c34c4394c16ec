"""What the words of all reasons are made of: figures, spans of days, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.days import date_words, days_words
from app.money import figure
from app.tariff.model import Text
from app.tariff.texts import words as say
from app.words import _, language, pgettext


@dataclass(frozen=True)
class ReasonRow:
    """One row of a reason tree: what happens, the value it leads to, the clause it rests on, and what that
    clause says (``ground``).
    """

    depth: int
    words: str
    value: str
    clause: str = ""
    strong: bool = False
    ground: str = ""


def counted(quantity: object, unit: object) -> str:
    """``31 ID``, ``50ライセンス``: Latin units stand apart from the figure."""
    unit_words = units(quantity, say(unit) if isinstance(unit, Text) else str(unit or ""))
    gap = " " if unit_words[:1].isascii() and unit_words else ""
    return f"{number(quantity)}{gap}{unit_words}"


def units(quantity: object, unit: str) -> str:
    """A unit in the plural where the language in use has one: ``licences``."""
    plural = language() == "en" and unit.isascii() and unit and number(quantity) != "1"
    return f"{unit}s" if plural else unit


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
    return pgettext("dates", "{first}〜{last}").format(
        first=date_words(first, weekday=False), last=date_words(last, weekday=False)
    )


def spans_words(inputs: Mapping[str, object]) -> str:
    """``6月11日〜6月30日``, several of them joined."""
    spans = inputs.get("spans") or ((inputs["first"], inputs["last"]),)
    assert isinstance(spans, tuple)
    return _("・").join(days_words(first, last) for first, last in spans)


def unrounded(value: Fraction) -> str:
    """The exact value before flooring: ``= 76,503.2…円``."""
    whole, rest = divmod(abs(value), 1)
    tenths, below = divmod(rest * 10, 1)
    more, sign = "…" if below else "", "−" if value < 0 else ""
    return _("= {amount}円").format(amount=f"{sign}{figure(int(whole))}.{tenths}{more}")
