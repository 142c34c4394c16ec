"""Reading drawn papers back: their text, and where each piece of it stands."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

import pypdf
import pypdfium2
import pypdfium2.raw

_MM = 25.4 / 72


class Piece(NamedTuple):
    """One piece of text on a page: its ink, in millimetres from the top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def texts(pdf: bytes) -> list[str]:
    """The text of every page as copying gives it."""
    return [page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf), strict=True).pages]


def whole_text(pdf: bytes) -> str:
    """The text of all pages, without line ends."""
    return "".join(texts(pdf)).replace("\n", "")


def pieces(pdf: bytes) -> list[Piece]:
    """Every piece of text with its place, in the order it was drawn."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [piece for number, page in enumerate(document) for piece in _on_page(number, page)]
    finally:
        document.close()


def _on_page(number: int, page: pypdfium2.PdfPage) -> list[Piece]:
    height = page.get_height()
    textpage = page.get_textpage()
    found = []
    for piece in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_TEXT,), textpage=textpage):
        left, bottom, right, top = piece.get_bounds()
        place = (left * _MM, (height - top) * _MM, right * _MM, (height - bottom) * _MM)
        found.append(Piece(number, *place, piece.extract()))
    return found


def overlaps(found: list[Piece], least: float = 0.25) -> list[tuple[Piece, Piece]]:
    """Pairs of pieces whose ink overlaps by more than ``least`` mm both ways."""
    return [
        (one, other)
        for index, one in enumerate(found)
        for other in found[index + 1 :]
        if one.page == other.page
        and min(one.right, other.right) - max(one.left, other.left) > least
        and min(one.bottom, other.bottom) - max(one.top, other.top) > least
    ]
