"""Amounts as they stand in columns: digit by digit on a fixed advance, so that units stand under units."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from reports.sheet import Document, Sheet
from reports.style import COMMA, DIGIT, POINT, Type

_FIXED = dict.fromkeys("0123456789", DIGIT) | {",": COMMA}


def amount_text(amount: int | str) -> str:
    """An amount with separators and U+2212; words stay as they are."""
    return amount if isinstance(amount, str) else f"{amount:,}".replace("-", "−")


def amount_width(document: Document, amount: int | str, kind: Type) -> float:
    """How wide an amount stands (mm)."""
    if isinstance(amount, str):
        return document.width(amount, kind)
    return (
        sum(given for _natural, given in _advances(document, amount_text(amount), kind)) * kind.size * POINT
    )


def draw_amount(sheet: Sheet, right: float, y: float, amount: int | str, kind: Type) -> None:
    """Draw an amount whose right edge is ``right``; words (``—``) as usual text."""
    if isinstance(amount, str):
        sheet.text(right, y, amount, kind, "right")
        return
    text = amount_text(amount)
    advances = list(_advances(sheet.document, text, kind))
    spare = [(given - natural) / 2 for natural, given in advances]
    left = right - sum(given for _natural, given in advances) * kind.size * POINT
    gaps = [before + after for before, after in pairwise(spare)]
    sheet.spaced_text(left + spare[0] * kind.size * POINT, y, text, kind, gaps)


def _advances(document: Document, text: str, kind: Type) -> Iterator[tuple[float, float]]:
    """The font's own advance and the one given to each character (em)."""
    natural = document.letters(kind.face).advances
    for character in text:
        yield natural[character], _FIXED.get(character, natural[character])
