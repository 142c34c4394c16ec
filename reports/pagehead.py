"""The head of a page of its own within a list: for whom it is, in bold, and what is to be known."""

from __future__ import annotations

from typing import Final

from app.papers.model import PageHead
from reports.labels import draw_label_value, indent_of
from reports.page import Pages, below_baseline
from reports.style import ADDRESSEE, LABEL, LEFT, RIGHT, TEXT_PITCH

_ROWS: Final = 7.6
_VALUES: Final = 22.0
_AFTER: Final = 3.0


def draw_page_head(pages: Pages, head: PageHead) -> None:
    """Draw it from ``pages.y`` on, which then stands below it."""
    sheet, y = pages.sheet, pages.y
    document = sheet.document
    beside = document.width(head.beside, LABEL)
    kind = document.fitted(head.name, ADDRESSEE, RIGHT - LEFT - beside - 4, 9)
    sheet.text(LEFT, y + below_baseline(kind, ADDRESSEE), head.name, kind)
    sheet.text(RIGHT, y + below_baseline(LABEL, ADDRESSEE), head.beside, LABEL, "right")
    y += _ROWS
    indent = indent_of(sheet, head.rows, _VALUES)
    for row in head.rows:
        y = draw_label_value(sheet, row, (LEFT, indent, RIGHT), y, TEXT_PITCH)
    pages.y = y + _AFTER
