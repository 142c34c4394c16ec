"""A strip of facts in the headline's place: labels and values beside each other, one figure in bold."""

from __future__ import annotations

from typing import Final

from app.papers.side import FactStrip
from reports.figures import amount_width, draw_amount
from reports.page import below_baseline
from reports.sheet import Document, Sheet
from reports.style import ACCENT, FINE, HAIR, HEAVY, LABEL, LEFT, RIGHT, Type

HEIGHT: Final = 14.5
_LABELS: Final = 3.4
_VALUES: Final = 7.9
_VALUE: Final = Type(9)
_FIGURE: Final = Type(11, "bold")
_UNIT: Final = Type(8.5, "bold")
_GAP: Final = 5.0
_CLOSEST: Final = 3.0
_YEN: Final = {"ja": ("", "円"), "en": ("¥", "")}


def draw_strip(sheet: Sheet, strip: FactStrip, language: str, y: float) -> float:
    """Draw the strip from y on; returns where it ends."""
    document = sheet.document
    sheet.rule(LEFT, RIGHT, y, HEAVY, ACCENT)
    sheet.rule(LEFT, RIGHT, y + HEIGHT, FINE, HAIR)
    sign, unit = _YEN[language]
    right = RIGHT
    if strip.figure is not None:
        right = RIGHT - _figure_width(document, strip, sign, unit) - _GAP
        _draw_figure(sheet, strip, (sign, unit), y)
    kind, places = _places(document, strip, right)
    for fact, (x, room) in zip(strip.facts, places, strict=True):
        sheet.text(x, y + _LABELS, fact.label, document.fitted(fact.label, LABEL, room))
        sheet.text(x, y + _VALUES + below_baseline(kind, _VALUE), fact.value, kind)
    return y + HEIGHT


def _figure_width(document: Document, strip: FactStrip, sign: str, unit: str) -> float:
    figure = strip.figure
    assert figure is not None
    width = amount_width(document, figure.amount, _FIGURE)
    width += document.width(sign, _FIGURE) + document.width(unit, _UNIT) + 0.6
    return max(width, document.width(figure.label, LABEL))


def _draw_figure(sheet: Sheet, strip: FactStrip, yen: tuple[str, str], y: float) -> None:
    figure = strip.figure
    assert figure is not None
    sign, unit = yen
    sheet.text(RIGHT, y + _LABELS, figure.label, LABEL, "right")
    top = y + _VALUES + below_baseline(_FIGURE, _VALUE)
    if isinstance(figure.amount, str):
        sheet.text(RIGHT, top, figure.amount, _FIGURE, "right")
        return
    end = RIGHT - sheet.document.width(unit, _UNIT) - (0.6 if unit else 0.0)
    sheet.text(RIGHT, top + below_baseline(_UNIT, _FIGURE), unit, _UNIT, "right")
    draw_amount(sheet, end, top, figure.amount, _FIGURE)
    width = amount_width(sheet.document, figure.amount, _FIGURE)
    sheet.text(end - width - sheet.document.width(sign, _FIGURE), top, sign, _FIGURE)


def _places(document: Document, strip: FactStrip, right: float) -> tuple[Type, list[tuple[float, float]]]:
    """The type of the values, and where each fact begins with its room: spread evenly, smaller where they
    would meet.
    """
    facts = strip.facts
    for kind in (_VALUE, _VALUE.at(8.5), _VALUE.at(8), _VALUE.at(7.5), _VALUE.at(7)):
        widths = [max(document.width(one.value, kind), document.width(one.label, LABEL)) for one in facts]
        gap = (right - LEFT - sum(widths)) / max(len(facts) - (strip.figure is None), 1)
        if gap >= _CLOSEST:
            break
    gap = max(gap, _CLOSEST)
    places, x = [], LEFT
    for width in widths:
        places.append((x, width))
        x += width + gap
    return kind, places
