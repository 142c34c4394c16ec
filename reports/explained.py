"""説明の記録 at the foot of a 重要事項説明書: who explained, when and how, beside the customer's signature."""

from __future__ import annotations

from typing import Final

from app.papers.side import ExplanationRecord
from reports.cells import TICK, draw_tick
from reports.page import below_baseline
from reports.sheet import Sheet
from reports.style import (
    ACCENT,
    BAR,
    BAR_TO_WORDS,
    LABEL,
    LEFT,
    LEFT_HALF,
    RIGHT,
    RULE,
    SECTION,
    SECTION_HEAD,
    TEXT,
)

ABOVE_BOX: Final = 8.4  # from the heading to the box
_VALUES: Final = 22.0
_PITCH: Final = 6.6
_AFTER_TICK: Final = 1.0
_BETWEEN_TICKS: Final = 2.6


def draw_record(sheet: Sheet, record: ExplanationRecord, top: float) -> None:
    """Draw all but the signature's box, from ``top`` (its heading) on."""
    width, height = BAR
    sheet.box(LEFT, top + 0.1, width, height, ACCENT)
    sheet.text(LEFT + BAR_TO_WORDS, top, record.title, SECTION)
    sheet.rule(LEFT, RIGHT, top + SECTION_HEAD, RULE, ACCENT)
    y = top + ABOVE_BOX + 1.0
    document = sheet.document
    room = LEFT_HALF[1] - LEFT - _VALUES - 3
    for row in record.rows:
        sheet.text(LEFT, y + below_baseline(LABEL, TEXT), row.label, LABEL)
        kind = document.fitted(row.value, TEXT, room)
        sheet.text(LEFT + _VALUES, y + below_baseline(kind, TEXT), row.value, kind)
        y += _PITCH
    for label, options in record.choices:
        sheet.text(LEFT, y + below_baseline(LABEL, TEXT), label, LABEL)
        x = LEFT + _VALUES
        for words, checked in options:
            draw_tick(sheet, x, y, TEXT, checked=checked)
            sheet.text(x + TICK + _AFTER_TICK, y, words, TEXT)
            x += TICK + _AFTER_TICK + document.width(words, TEXT) + _BETWEEN_TICKS
        y += _PITCH
