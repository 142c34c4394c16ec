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
    HEADLINE_WORDS,
    HEAVY,
    LABEL,
    LEFT,
    POINT,
    RIGHT,
    TEXT,
    Type,
)

HEIGHT: Final = 15.5
_LONG: Final = 999_999_999
_END: Final = 116.0  # where the figure and its unit end
_BEFORE_UNIT: Final = 0.3
_BEFORE_FACTS: Final = 2.0  # from a hairline to its fact
_BETWEEN_FACTS: Final = 4.0
_UNIT_SMALLER: Final = 1.5  # points
_LABEL_LINES: Final = 2.9
_WORDS: Final = 22.0  # from the left edge to the words that stand in place of a sum
_LEAST_WORDS: Final = 10.0  # points
_FACT_TYPES: Final = (FACT, FACT_TIGHT, FACT_TIGHT.at(7.5), FACT_TIGHT.at(7))
_YEN: Final = {"ja": ("", "円"), "en": ("¥", "")}  # before the figure, after it


def draw_headline(sheet: Sheet, headline: Headline, language: str, y: float) -> float:
    """Draw the headline from y on, nothing where there is none yet; returns where it ends."""
    if not headline.label:
        return y
    sheet.rule(LEFT, RIGHT, y, HEAVY, ACCENT)
    sheet.rule(LEFT, RIGHT, y + HEIGHT, FINE, HAIR)
    sign, unit = _YEN[language]
    if headline.words:
        _draw_great_words(sheet, headline, y)
    else:
        _draw_sum(sheet, headline, (sign, unit), y)
    if headline.facts:
        _draw_facts(sheet, headline.facts, (sign, unit), y)
    return y + HEIGHT


def _draw_sum(sheet: Sheet, headline: Headline, yen: tuple[str, str], y: float) -> None:
    sign, unit = yen
    kind = HEADLINE if abs(headline.amount) <= _LONG else HEADLINE_LONG
    end = _END - sheet.document.width(unit, HEADLINE_UNIT) - _BEFORE_UNIT
    left = end - amount_width(sheet.document, headline.amount, kind) - sheet.document.width(sign, kind)
    _draw_words(sheet, headline, left - 3, y)
    top = y + 3.45 + below_baseline(kind, HEADLINE)
    draw_amount(sheet, end, top, headline.amount, kind)
    sheet.text(left, top, sign, kind)
    sheet.text(end + _BEFORE_UNIT, top + below_baseline(HEADLINE_UNIT, kind), unit, HEADLINE_UNIT)


def _draw_great_words(sheet: Sheet, headline: Headline, y: float) -> None:
    """Words in place of the sum, as large as they fit before the facts; long ones take two lines."""
    document = sheet.document
    left = LEFT + max(_WORDS, document.width(headline.label, TEXT.bold()) + 3)
    room = (BLOCK - 2 * _BEFORE_FACTS if headline.facts else RIGHT) - left
    kind = document.fitted(headline.words, HEADLINE_WORDS, room, _LEAST_WORDS)
    lines = document.lines(headline.words, kind, room)
    _draw_words(sheet, headline, left - 1, y)
    pitch = kind.size * 1.2 * POINT
    top = y + (HEIGHT - kind.size * POINT - pitch * (len(lines) - 1)) / 2
    for line in lines:
        sheet.text(left, top, line, kind)
        top += pitch


def _draw_words(sheet: Sheet, headline: Headline, right: float, y: float) -> None:
    label = sheet.document.fitted(headline.label, TEXT.bold(), right - LEFT)
    sheet.text(LEFT, y + 4.2, headline.label, label)
    lines = sheet.document.lines(headline.sub, LABEL, right - LEFT)
    y += 8.8 if len(lines) < 2 else 8.0
    for line in lines:
        sheet.text(LEFT, y, line, LABEL)
        y += 3.2


def _draw_facts(sheet: Sheet, facts: Sequence[HeadlineFact], yen: tuple[str, str], y: float) -> None:
    sign, unit = yen
    kind, places = _fact_places(sheet, facts, sign + unit)
    unit_kind = kind.at(kind.size - _UNIT_SMALLER)
    for fact, x, end in zip(
        facts, places, [*(place - _BETWEEN_FACTS for place in places[1:]), RIGHT], strict=True
    ):
        sheet.upright(x - _BEFORE_FACTS, y + 3.8, y + 12, FINE, HAIR)
        _draw_fact_label(sheet, fact.label, (x, y + 4.0), end - x)
        top = y + 8.6 + below_baseline(kind, FACT)
        if isinstance(fact.amount, str):
            sheet.text(x, top, fact.amount, kind)
        else:
            sheet.text(x, top, sign, kind)
            right = x + sheet.document.width(sign, kind) + amount_width(sheet.document, fact.amount, kind)
            draw_amount(sheet, right, top, fact.amount, kind)
            sheet.text(right, top + below_baseline(unit_kind, kind), unit, unit_kind)


def _draw_fact_label(sheet: Sheet, label: str, place: tuple[float, float], room: float) -> None:
    """A label on one line, or smaller on two."""
    x, y = place
    kind = sheet.document.fitted(label, LABEL, room)
    lines = sheet.document.lines(label, kind, room)
    y += below_baseline(kind, LABEL) - _LABEL_LINES * (len(lines) - 1)
    for line in lines:
        sheet.text(x, y, line, kind)
        y += _LABEL_LINES


def _fact_places(sheet: Sheet, facts: Sequence[HeadlineFact], unit: str) -> tuple[Type, list[float]]:
    """The type of the facts' figures and where each fact begins: evenly where there is room, else packed.

    Where even small labels are too wide for that, only the figures count and labels take two lines.
    """
    room = RIGHT - BLOCK
    even = room / len(facts)
    for labelled in (True, False):
        for kind in _FACT_TYPES:
            widths = [_fact_width(sheet, fact, unit, kind, labelled=labelled) for fact in facts]
            if all(width <= even - _BETWEEN_FACTS for width in widths):
                return kind, [BLOCK + even * place for place in range(len(facts))]
            gap = (room - sum(widths)) / max(len(facts) - 1, 1)
            if gap >= _BETWEEN_FACTS:
                return kind, _packed(widths, gap)
    return kind, _packed(widths, gap)


def _packed(widths: Sequence[float], gap: float) -> list[float]:
    return [BLOCK, *(BLOCK + reach for reach in accumulate(width + gap for width in widths[:-1]))]


def _fact_width(sheet: Sheet, fact: HeadlineFact, unit: str, kind: Type, *, labelled: bool) -> float:
    figure = amount_width(sheet.document, fact.amount, kind)
    if not isinstance(fact.amount, str):
        figure += sheet.document.width(unit, kind.at(kind.size - _UNIT_SMALLER))
    return max(figure, sheet.document.width(fact.label, LABEL)) if labelled else figure
