"""Labels with their values beside each other, as heads of papers hold them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.papers.model import LabelValue
from reports.page import below_baseline
from reports.sheet import Sheet
from reports.style import LABEL, LABEL_PITCH, TEXT

_LEAST_VALUE: Final = 7.5  # points; longer values take two lines
_LABEL_GAP: Final = 3.0


def indent_of(sheet: Sheet, rows: Sequence[LabelValue], usual: float) -> float:
    """How far in the values of some rows stand: further than usual where a label is long."""
    widest = max((sheet.document.width(row.label, LABEL) for row in rows), default=0.0)
    return min(max(usual, widest + _LABEL_GAP), usual * 1.75)


def draw_label_value(
    sheet: Sheet, row: LabelValue, place: tuple[float, float, float], y: float, pitch: float
) -> float:
    """A label and its value (left, where values stand from there, right); returns where the next one
    begins.
    """
    left, indent, right = place
    document = sheet.document
    label = document.fitted(row.label, LABEL, indent - _LABEL_GAP / 2)
    sheet.text(left, y + below_baseline(label, TEXT), row.label, label)
    room = right - left - indent
    kind = document.fitted(row.value, TEXT, room, _LEAST_VALUE)
    lines = document.lines(row.value, kind, room)
    for line in lines:
        sheet.text(left + indent, y + below_baseline(kind, TEXT), line, kind)
        y += LABEL_PITCH
    return y + pitch - LABEL_PITCH if lines else y + pitch
