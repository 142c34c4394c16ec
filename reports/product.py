"""A calculation as a figure: the months of a term as boxes, factors under it with signs between them."""

from __future__ import annotations

from typing import Final

from app.papers.product import Factor, Product, TermStrip
from reports.page import below_baseline
from reports.sections import Made
from reports.sheet import Document, Sheet
from reports.style import (
    ACCENT,
    CLAUSE,
    FINE,
    HAIR,
    HEAVY,
    INK,
    LABEL,
    LEFT,
    NORMAL,
    POINT,
    RIGHT,
    RULE,
    SUB,
    Type,
)
from reports.tables import Block, Ruled, keep_together

_WORDS: Final = 4.4  # the line above the boxes
_BOX: Final = 5.0
_BETWEEN: Final = 0.7  # boxes
_LEFT_OVER: Final = 6.6  # the line under the months that are left
_AFTER_STRIP: Final = 2.4
_MARK: Final = LABEL._replace(face="bold", colour=ACCENT)
_TEXT: Final = Type(11)
_LEAST: Final = 8.0  # points
_UNDER: Final = 5.6  # from a factor's top to what it is
_PRODUCT: Final = 10.0
_PRODUCT_CLOSE: Final = 8.6  # where a page would spill over
_SIGN: Final = 8.0  # the room of a sign
_NUMBER: Final = Type(7.5)
_INSIDE: Final = 0.5  # mm of a box that stay free; smaller boxes have no numbers


def product(document: Document, section: Product, span: tuple[float, float] = (LEFT, RIGHT)) -> Made:
    """The figure ready to be laid on a page; it is never broken."""
    left, right = span
    usual = document.spacing is NORMAL
    blocks = []
    if section.strip is not None:
        strip = section.strip
        height = _WORDS + _BOX + _LEFT_OVER + (_AFTER_STRIP if usual else 0.0)
        blocks.append(Block(height, lambda sheet, y: _draw_strip(sheet, strip, (left, right), y)))
    below = _PRODUCT if usual else _PRODUCT_CLOSE
    blocks.append(Block(below, lambda sheet, y: _draw_product(sheet, section, (left, right), y)))
    keep_together(blocks)
    return Ruled(left, right, None, lined=False, topped=False), blocks


def _draw_strip(sheet: Sheet, strip: TermStrip, span: tuple[float, float], y: float) -> None:
    left, right = span
    step = (right - left + _BETWEEN) / strip.count
    edges = [(left + step * place, left + step * (place + 1) - _BETWEEN) for place in range(strip.count)]
    _draw_words(sheet, strip, edges, y)
    y += _WORDS
    for place, (start, end) in enumerate(edges, start=1):
        weight, colour, kind = _look(place, strip.marked)
        sheet.frame((start, y, end - start, _BOX), weight, colour)
        if sheet.document.width(f"{strip.count}", kind) <= end - start - _INSIDE:
            top = y + (_BOX - kind.size * POINT) / 2
            sheet.text((start + end) / 2, top, f"{place}", kind, "center")
    if strip.marked < strip.count:
        begin, y = edges[strip.marked][0], y + _BOX + 1.3
        sheet.rule(begin, right, y, HEAVY, ACCENT)
        sheet.text(
            _within(sheet, strip.left, (begin + right) / 2, span), y + 1.5, strip.left, _MARK, "center"
        )


def _look(place: int, marked: int) -> tuple[float, tuple[float, float, float], Type]:
    """Months that are over are pale, the one of leaving is heavy, those to come are plain."""
    if place < marked:
        return FINE, HAIR, _NUMBER._replace(colour=SUB)
    if place == marked:
        return HEAVY, ACCENT, _NUMBER.bold()
    return RULE, INK, _NUMBER


def _draw_words(sheet: Sheet, strip: TermStrip, edges: list[tuple[float, float]], y: float) -> None:
    """First and last at their ends, the mark over its box; an end that the mark would touch is left out."""
    span = (edges[0][0], edges[-1][1])
    half = sheet.document.width(strip.mark, _MARK) / 2
    start, end = edges[strip.marked - 1]
    middle = _within(sheet, strip.mark, (start + end) / 2, span)
    if span[0] + sheet.document.width(strip.first, LABEL) + 2 < middle - half:
        sheet.text(span[0], y, strip.first, LABEL)
    if span[1] - sheet.document.width(strip.last, LABEL) - 2 > middle + half:
        sheet.text(span[1], y, strip.last, LABEL, "right")
    sheet.text(middle, y, strip.mark, _MARK, "center")


def _within(sheet: Sheet, words: str, middle: float, span: tuple[float, float]) -> float:
    """The middle of words that stay between two edges."""
    half = sheet.document.width(words, _MARK) / 2
    return min(max(middle, span[0] + half), span[1] - half)


def _draw_product(sheet: Sheet, section: Product, span: tuple[float, float], y: float) -> None:
    """Factors in the middle of even shares, each with a sign before it but the first."""
    left, right = span
    count = len(section.factors)
    share = (right - left - _SIGN * (count - 1)) / count
    for place, factor in enumerate(section.factors):
        middle = left + share / 2 + (share + _SIGN) * place
        _draw_factor(sheet, factor, middle, share, y)
        if place:
            sheet.text(middle - share / 2 - _SIGN / 2, y, section.signs[place - 1], _TEXT, "center")


def _draw_factor(sheet: Sheet, factor: Factor, middle: float, share: float, y: float) -> None:
    document = sheet.document
    kind = document.fitted(factor.text, _TEXT.bold() if factor.strong else _TEXT, share, _LEAST)
    sheet.text(middle, y + below_baseline(kind, _TEXT), factor.text, kind, "center")
    under = document.fitted(factor.under, LABEL, share, CLAUSE.size)
    sheet.text(middle, y + _UNDER, factor.under, under, "center")
