"""Where a visit goes, in the addressee's position of papers that never leave in an envelope."""

from __future__ import annotations

from typing import Final

from app.papers.model import Place
from reports.labels import draw_label_value, indent_of
from reports.namebreak import UNEVEN, break_name
from reports.sheet import Sheet
from reports.style import ADDRESSEE, BLOCK, LABEL, LEFT, POINT, TEXT, TEXT_PITCH

HEADLINE_TOP: Final = 78.0
_LABEL_TOP: Final = 13.3
_NAME_TOP: Final = 18.2
_ROWS_TOP: Final = 38.4
_END: Final = 118.0  # beyond it stands the title
_VALUES: Final = 22.0
_UNDER_NAME: Final = 1.9
_BEFORE_ROWS: Final = 3.4
_CLEAR: Final = 4.0


def draw_place(sheet: Sheet, place: Place) -> float:
    """Draw label, name, address and facts of a place; returns the least height of the headline (mm)."""
    document = sheet.document
    sheet.text(LEFT, _LABEL_TOP, place.label, LABEL)
    room = _END - LEFT
    kind = document.fitted(place.name, ADDRESSEE, room, 10)
    lines = break_name(place.name, room, 3, document.measure(kind))
    y = _NAME_TOP
    for line in lines:
        sheet.text(LEFT, y, line, kind)
        y += kind.size * POINT + 0.5
    y += _UNDER_NAME
    for part in place.address:
        for line in break_name(part, room, 2, document.measure(TEXT), UNEVEN):
            sheet.text(LEFT, y, line, TEXT)
            y += TEXT_PITCH
    y = max(_ROWS_TOP, y - TEXT_PITCH + TEXT.size * POINT + _BEFORE_ROWS)
    indent = indent_of(sheet, place.rows, _VALUES)
    for row in place.rows:
        y = draw_label_value(sheet, row, (LEFT, indent, BLOCK - 3), y, TEXT_PITCH)
    return max(HEADLINE_TOP, y - TEXT_PITCH + TEXT.size * POINT + _CLEAR)
