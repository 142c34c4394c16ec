"""Sections by their kind: over the whole width, or two beside each other."""

from __future__ import annotations

from app.papers.model import Checks, DayBar, Facts, Halves, Points, Table
from app.papers.product import Product
from reports.daybar import day_bar
from reports.page import Pages
from reports.product import product
from reports.sections import Made, checks, heading, made, note, points, stretched
from reports.sheet import Document
from reports.style import BODY_END, LEFT_HALF, RIGHT_HALF, SECTION_TOP, WHOLE
from reports.tables import Block, draw_whole, flow_table, table_height

Side = Table | Facts | Points | Checks | DayBar | Product


def draw_side(pages: Pages, section: Side, continued: str, tail: float = 0.0) -> None:
    """A section over the whole width, over as many pages as it takes."""
    document = pages.document
    head = heading(section.title, WHOLE, _remark(section), continued)
    below = _note(document, section, WHOLE)
    room = tail + (below.height if below else 0.0)
    flow_table(pages, *_made(document, section, WHOLE, continued), head, room)
    if below:
        below.draw(pages.sheet, pages.y)
        pages.y += below.height


def draw_halves(pages: Pages, halves: Halves, continued: str, tail: float) -> None:
    """Two sections beside each other, kept whole; one after the other where one is empty or too long."""
    document = pages.document
    sides = [
        (side, span) for side, span in ((halves.left, LEFT_HALF), (halves.right, RIGHT_HALF)) if _holds(side)
    ]
    tables = [
        (
            heading(side.title, span, _remark(side), continued),
            *_made(document, side, span, continued),
            _note(document, side, span),
        )
        for side, span in sides
    ]
    heights = [
        table_height(ruled, blocks) + sum(part.height for part in (head, below) if part)
        for head, ruled, blocks, below in tables
    ]
    if max(heights) + tail > BODY_END - SECTION_TOP:
        for place, (head, ruled, blocks, _below) in enumerate(tables):
            flow_table(pages, ruled, blocks, head, tail)
            pages.y += document.spacing.section if place < len(tables) - 1 else 0
        pages.right_y = pages.y
        return
    if pages.y + max(heights) + tail > BODY_END:
        pages.turn()
    ends = [pages.y]
    for (head, ruled, blocks, below), other in zip(tables, (*heights[1:], *heights[:1]), strict=True):
        y = pages.y
        if head:
            head.draw(pages.sheet, y)
            y += head.height
        fitted = (
            stretched(document, blocks, pages.y + other - y - ruled.top)
            if ruled.head is None and ruled.lined
            else blocks
        )
        y = draw_whole(pages.sheet, ruled, fitted, y)
        if below:
            below.draw(pages.sheet, y)
            y += below.height
        ends.append(y)
    if sides[-1][1] == RIGHT_HALF:
        pages.right_y = ends[-1]
    pages.y = max(ends)


def _made(document: Document, section: Side, span: tuple[float, float], continued: str) -> Made:
    match section:
        case Table() | Facts():
            return made(document, section, span, continued)
        case Points():
            return points(document, section, span)
        case Checks():
            return checks(document, section, span)
        case DayBar():
            return day_bar(document, section, span)
        case Product():
            return product(document, section, span)


def _holds(side: Table | Facts | Points | Checks) -> bool:
    match side:
        case Table(rows=content) | Facts(rows=content):
            return bool(content)
        case Points(points=content):
            return bool(content)
        case Checks(groups=content):
            return bool(content)


def _note(document: Document, side: Side, span: tuple[float, float]) -> Block | None:
    return note(document, side.note, span) if isinstance(side, Table | Product) else None


def _remark(side: Side) -> str:
    return side.remark if isinstance(side, Table | Points | DayBar | Product) else ""
