"""Draws a finished paper as a PDF. Computes nothing: every sum and every word stands in the paper
already.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from app.papers.model import (
    Checks,
    DayBar,
    Facts,
    Halves,
    Images,
    LineTable,
    PageHead,
    Paper,
    Points,
    Prose,
    Section,
    Table,
)
from app.papers.product import Product
from app.papers.side import FactStrip, SidePoints
from app.places import resources
from reports.fonts import shelf
from reports.foot import draw_foot, foot_top
from reports.halves import draw_halves, draw_side
from reports.headline import draw_headline
from reports.issuerblock import draw_seal
from reports.letterhead import draw_letterhead
from reports.linetable import line_table
from reports.page import Pages
from reports.pagehead import draw_page_head
from reports.prose import draw_prose
from reports.sheet import Document, Labels, Picture
from reports.sidepoints import draw_side_points
from reports.strip import draw_strip
from reports.style import DENSE, RIGHT, TEXT, TIGHT
from reports.tables import flow_table

_FIRST_TABLE: Final = 5.5  # from the headline's end to the first table
_CLOSING_GAP: Final = 5.5
_CLOSING: Final = 8.5  # the room it takes with its gap
_NEARLY_EMPTY: Final = 100.0  # a last page that ends above this is worth sparing
_SECOND: Final = 130.0  # so is a second page above this: one sheet is more than a page less
_ABOVE_FOOT: Final = 3.0
_AFTER: Final = {PageHead: 0.0, FactStrip: 4.5}  # to the next section, where it is not the usual gap
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
    spared = _SECOND if pages.count == 2 else _NEARLY_EMPTY
    if pages.count > 1 and (pages.y < spared or paper.foot):
        for spacing in (DENSE, TIGHT):
            closer = _drawn(Document(faces, _labels(paper), spacing), paper, logo, seal)
            if closer.count < pages.count:
                return closer.finish()
    return pages.finish()


def _drawn(document: Document, paper: Paper, logo: Picture | None, seal: Picture | None) -> Pages:
    pages = Pages(document, paper)
    first = pages.sheet
    if not paper.plain_head:
        top = draw_letterhead(first, paper, logo)
        pages.y = draw_headline(first, paper.headline, paper.language, top) + _FIRST_TABLE
    _draw_sections(pages, paper)
    _draw_foot(pages, paper)
    if seal:
        draw_seal(first, seal, paper.issuer, logo)
    return pages


def _draw_foot(pages: Pages, paper: Paper) -> None:
    """What is anchored to the foot: on a page of its own where the sections reach into its place."""
    if paper.foot is None:
        return
    if pages.right_y + _ABOVE_FOOT > foot_top(paper.foot):
        pages.turn()
    draw_foot(pages.sheet, paper.foot)


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
        if isinstance(section, PageHead) and place > 1:
            pages.own_page()
        tail = _CLOSING if paper.closing and place == len(sections) else 0.0
        _draw_section(pages, paper, section, tail)
        pages.y += _AFTER.get(type(section), gap)
    if paper.closing:
        y = pages.y - gap + _CLOSING_GAP if sections else pages.y
        pages.sheet.text(RIGHT, y, paper.closing, TEXT, "right")


def _is_empty(section: Section | Checks) -> bool:
    match section:
        case LineTable(groups=groups):
            return not any(group.rows or group.subtotal is not None for group in groups)
        case Halves(left=left, right=right):
            return _is_empty(left) and _is_empty(right)
        case Points(points=content) | Product(factors=content):
            return not content
        case Table(rows=content) | Facts(rows=content):
            return not content
        case DayBar(lanes=lanes):
            return not lanes
        case Checks(groups=groups):
            return not groups
        case SidePoints(sections=parts):
            return not parts
        case Prose(paragraphs=content):
            return not content
        case PageHead() | FactStrip():
            return False


def _draw_section(pages: Pages, paper: Paper, section: Section, tail: float) -> None:
    document, continued = pages.document, paper.continued_title
    match section:
        case LineTable():
            ruled, blocks = line_table(document, section, continued)
            flow_table(pages, ruled, blocks, None, tail)
        case PageHead():
            draw_page_head(pages, section)
        case FactStrip():
            pages.y = draw_strip(pages.sheet, section, paper.language, pages.y - _FIRST_TABLE)
        case Prose():
            draw_prose(pages, section)
        case SidePoints():
            draw_side_points(pages, section, continued, tail)
        case Halves():
            draw_halves(pages, section, continued, tail)
            return
        case _:
            draw_side(pages, section, continued, tail)
    pages.right_y = pages.y
