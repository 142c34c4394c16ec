"""Draws a finished paper as a PDF. Computes nothing: every sum and every word stands in the paper
already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.papers.model import Facts, Halves, Images, LineTable, Paper, Points, Section, Table
from app.places import resources
from reports.fonts import shelf
from reports.headline import draw_headline
from reports.letterhead import draw_letterhead, draw_seal
from reports.linetable import line_table
from reports.page import Pages
from reports.sections import heading, made, points, stretched
from reports.sheet import Document, Labels, Picture
from reports.style import BODY_END, DENSE, LEFT_HALF, RIGHT, RIGHT_HALF, SECTION_TOP, TEXT, WHOLE
from reports.tables import draw_whole, flow_table, table_height

_FIRST_TABLE: Final = 5.5  # from the headline's end to the first table
_CLOSING_GAP: Final = 5.5
_CLOSING: Final = 8.5  # the room it takes with its gap
_NEARLY_EMPTY: Final = 100.0  # a last page that ends above this is worth sparing
_NO_IMAGES: Final = Images()
_LANGUAGES: Final = {"ja": "ja-JP", "en": "en"}


def draw(paper: Paper, images: Images = _NO_IMAGES, fonts: Path | None = None) -> bytes:
    """The paper as the bytes of a PDF file. The same paper always gives the same bytes.

    ``fonts`` is the folder of the font files, the program's own unless given. Raises UserError
    (``image-unreadable``, ``image-too-large``) for a seal or logo that can't be drawn, EnvironmentProblem
    (``font-missing``, ``font-damaged``) when the installation is damaged.
    """
    logo = _picture(images.logo, "logo") if paper.issuer.logo else None
    seal = _picture(images.seal, "seal") if paper.issuer.seal and not paper.draft else None
    faces = shelf(fonts or resources("fonts"))
    pages = _drawn(Document(faces, _labels(paper)), paper, logo, seal)
    if pages.count > 1 and pages.y < _NEARLY_EMPTY:
        closer = _drawn(Document(faces, _labels(paper), DENSE), paper, logo, seal)
        if closer.count < pages.count:
            pages = closer
    return pages.finish()


def _drawn(document: Document, paper: Paper, logo: Picture | None, seal: Picture | None) -> Pages:
    pages = Pages(document, paper)
    first = pages.sheet
    top = draw_letterhead(first, paper, logo)
    pages.y = draw_headline(first, paper.headline, paper.language, top) + _FIRST_TABLE
    _draw_sections(pages, paper)
    if seal:
        draw_seal(first, seal)
    return pages


def _labels(paper: Paper) -> Labels:
    title = " ".join(
        part for part in (paper.title, paper.number, paper.revision, paper.addressee.name) if part
    )
    return Labels(title, paper.issuer.name, _LANGUAGES[paper.language], paper.keywords)


def _picture(data: bytes | None, field: str) -> Picture | None:
    if not data:
        return None
    from reports.images import picture  # Pillow is loaded only where there is a picture

    return picture(data, field)


def _draw_sections(pages: Pages, paper: Paper) -> None:
    sections = [section for section in paper.sections if not _is_empty(section)]
    gap = pages.document.spacing.section
    for place, section in enumerate(sections, start=1):
        tail = _CLOSING if paper.closing and place == len(sections) else 0.0
        _draw_section(pages, paper, section, tail)
        pages.y += gap
    if paper.closing:
        y = pages.y - gap + _CLOSING_GAP if sections else pages.y
        pages.sheet.text(RIGHT, y, paper.closing, TEXT, "right")


def _is_empty(section: Section) -> bool:
    match section:
        case LineTable(groups=groups):
            return not any(group.rows or group.subtotal is not None for group in groups)
        case Halves(left=left, right=right):
            return _is_empty(left) and _is_empty(right)
        case Points(points=content):
            return not content
        case Table(rows=content) | Facts(rows=content):
            return not content


def _draw_section(pages: Pages, paper: Paper, section: Section, tail: float) -> None:
    document = pages.document
    match section:
        case LineTable():
            ruled, blocks = line_table(document, section, paper.continued_title)
            flow_table(pages, ruled, blocks, None, tail)
        case Table() | Facts():
            head = heading(section.title, WHOLE, _remark(section), paper.continued_title)
            flow_table(pages, *made(document, section, WHOLE), head, tail)
        case Points():
            head = heading(section.title, WHOLE, continued=paper.continued_title)
            flow_table(pages, *points(document, section), head, tail)
        case Halves():
            _draw_halves(pages, section, paper.continued_title, tail)


def _draw_halves(pages: Pages, halves: Halves, continued: str, tail: float) -> None:
    """Two sections beside each other, kept whole; one after the other where one is empty or too long."""
    sides = [
        (side, span)
        for side, span in ((halves.left, LEFT_HALF), (halves.right, RIGHT_HALF))
        if not _is_empty(side)
    ]
    tables = [
        (heading(side.title, span, _remark(side), continued), *made(pages.document, side, span))
        for side, span in sides
    ]
    heights = [(head.height if head else 0.0) + table_height(ruled, blocks) for head, ruled, blocks in tables]
    if max(heights) + tail > BODY_END - SECTION_TOP:
        for place, (head, ruled, blocks) in enumerate(tables):
            flow_table(pages, ruled, blocks, head, tail)
            pages.y += pages.document.spacing.section if place < len(tables) - 1 else 0
        return
    if pages.y + max(heights) + tail > BODY_END:
        pages.turn()
    end = pages.y
    for (head, ruled, blocks), other in zip(tables, (*heights[1:], *heights[:1]), strict=True):
        y = pages.y
        if head:
            head.draw(pages.sheet, y)
            y += head.height
        fitted = (
            stretched(pages.document, blocks, pages.y + other - y - ruled.top)
            if ruled.head is None
            else blocks
        )
        end = max(end, draw_whole(pages.sheet, ruled, fitted, y))
    pages.y = end


def _remark(side: Table | Facts) -> str:
    return side.remark if isinstance(side, Table) else ""
