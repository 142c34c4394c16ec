"""The one great sum of a paper, with up to three facts beside it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from app.papers.model import Headline, HeadlineFact
from reports.figures import amount_width, draw_amount
from reports.page import below_baseline
from reports.sheet import Sheet
from reports.style import (
    ACCENT,
    BLOCK,
    FACT,
    FACT_TIGHT,
    FINE,
    HAIR,
    HEADLINE,
    HEADLINE_LONG,
    HEADLINE_UNIT,
    HEAVY,
    LABEL,
    LEFT,
    RIGHT,
    TEXT,
    Type,
)

HEIGHT: Final = 15.5
_LONG: Final = 999_999_999
_END: Final = 116.0  # where the figure and its unit end
_BEFORE_FACTS: Final = 2.0  # from a hairline to its fact
_BETWEEN_FACTS: Final = 4.0
_YEN: Final = {"ja": "円", "en": " yen"}


def draw_headline(sheet: Sheet, headline: Headline, language: str, y: float) -> float:
    """Draw the headline from y on; returns where it ends."""
    sheet.rule(LEFT, RIGHT, y, HEAVY, ACCENT)
    sheet.rule(LEFT, RIGHT, y + HEIGHT, FINE, HAIR)
    unit = _YEN[language]
    left = _draw_figure(sheet, headline.amount, unit, y)
    _draw_words(sheet, headline, left - 3, y)
    if headline.facts:
        _draw_facts(sheet, headline.facts, unit, y)
    return y + HEIGHT


def _draw_figure(sheet: Sheet, amount: int, unit: str, y: float) -> float:
    """The sum with its unit; returns where it begins."""
    kind = HEADLINE if abs(amount) <= _LONG else HEADLINE_LONG
    end = _END - sheet.document.width(unit, HEADLINE_UNIT) - 0.3
    top = y + 3.3 + below_baseline(kind, HEADLINE)
    draw_amount(sheet, end, top, amount, kind)
    sheet.text(end + 0.3, top + below_baseline(HEADLINE_UNIT, kind), unit, HEADLINE_UNIT)
    return end - amount_width(sheet, amount, kind)


def _draw_words(sheet: Sheet, headline: Headline, right: float, y: float) -> None:
    label = sheet.document.fitted(headline.label, TEXT.bold(), right - LEFT)
    sheet.text(LEFT, y + 4.2, headline.label, label)
    lines = sheet.document.lines(headline.sub, LABEL, right - LEFT)
    y += 8.8 if len(lines) < 2 else 8.0
    for line in lines:
        sheet.text(LEFT, y, line, LABEL)
        y += 3.2


def _draw_facts(sheet: Sheet, facts: Sequence[HeadlineFact], unit: str, y: float) -> None:
    kind, places = _fact_places(sheet, facts, unit)
    unit_kind = kind.at(kind.size - 1.5)
    for fact, x in zip(facts, places, strict=True):
        sheet.upright(x - _BEFORE_FACTS, y + 3.8, y + 12, FINE, HAIR)
        sheet.text(x, y + 4.0, fact.label, LABEL)
        top = y + 8.6 + below_baseline(kind, FACT)
        if isinstance(fact.amount, str):
            sheet.text(x, top, fact.amount, kind)
        else:
            end = x + amount_width(sheet, fact.amount, kind)
            draw_amount(sheet, end, top, fact.amount, kind)
            sheet.text(end, top + below_baseline(unit_kind, kind), unit, unit_kind)


def _fact_places(sheet: Sheet, facts: Sequence[HeadlineFact], unit: str) -> tuple[Type, list[float]]:
    """The type of the facts' figures and where each fact begins: evenly where there is room, else packed."""
    room = RIGHT - BLOCK
    even = room / len(facts)
    for kind in (FACT, FACT_TIGHT):
        widths = [_fact_width(sheet, fact, unit, kind) for fact in facts]
        if all(width <= even - _BETWEEN_FACTS for width in widths):
            return kind, [BLOCK + even * place for place in range(len(facts))]
        gap = (room - sum(widths)) / max(len(facts) - 1, 1)
        if gap >= _BETWEEN_FACTS or kind is FACT_TIGHT:
            break
    return kind, [BLOCK, *(BLOCK + reach for reach in accumulate(width + gap for width in widths[:-1]))]


def _fact_width(sheet: Sheet, fact: HeadlineFact, unit: str, kind: Type) -> float:
    label = sheet.document.width(fact.label, LABEL)
    figure = amount_width(sheet, fact.amount, kind)
    if not isinstance(fact.amount, str):
        figure += sheet.document.width(unit, kind.at(kind.size - 1.5))
    return max(label, figure)
