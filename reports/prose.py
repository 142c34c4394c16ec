"""The paragraphs of a letter, over as many pages as they take."""

from __future__ import annotations

from typing import Final

from app.papers.model import Prose
from reports.page import Pages
from reports.style import BODY_END, DEPARTMENT, LEFT, POINT, RIGHT

_PITCH: Final = 6.2
_BETWEEN: Final = 2.2  # paragraphs
_KIND: Final = DEPARTMENT  # the size of a letter's words, between those of a table and of a name


def draw_prose(pages: Pages, prose: Prose) -> None:
    """Draw the paragraphs from ``pages.y`` on, which then stands below them."""
    document = pages.document
    for place, paragraph in enumerate(prose.paragraphs):
        pages.y += _BETWEEN if place else 0.0
        for line in document.lines(paragraph, _KIND, RIGHT - LEFT):
            _room(pages)
            pages.sheet.text(LEFT, pages.y, line, _KIND)
            pages.y += _PITCH
    if prose.last:
        _room(pages)
        pages.sheet.text(RIGHT, pages.y, prose.last, _KIND, "right")
        pages.y += _PITCH
    pages.y -= _PITCH - _KIND.size * POINT


def _room(pages: Pages) -> None:
    if pages.y + _KIND.size * POINT > BODY_END:
        pages.turn()
