"""Pages of a finished PDF as pictures. On the paper worker only: pdfium works in one thread at a time."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


@dataclass(frozen=True)
class Sheet:
    """One page as pixels. ``scale`` is pixels per point; ``pages`` how many the paper has."""

    pdf: bytes
    page: int
    pages: int
    scale: float
    width_points: float
    height_points: float
    pixels: bytes
    width: int
    height: int
    stride: int

    def image(self) -> QImage:
        """The picture; it keeps the pixels of the sheet alive by copying them once."""
        return QImage(self.pixels, self.width, self.height, self.stride, QImage.Format.Format_RGB32).copy()


def draw_sheet(pdf: bytes, page: int, scale: float, longest: float = math.inf) -> Sheet:
    """Draw page ``page`` (0 = first, cut to the last there is) at ``scale`` pixels per point, or smaller
    where a side would have more than ``longest`` pixels: a PDF of somebody else may claim a page of any size.
    """
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        place = min(max(page, 0), pages - 1)
        sheet = document[place]
        try:
            width, height = sheet.get_size()
            scale = min(scale, longest / max(width, height, 1.0))
            pixels, across, down, stride = _pixels(sheet, scale)
        finally:
            sheet.close()
        return Sheet(pdf, place, pages, scale, width, height, pixels, across, down, stride)
    finally:
        document.close()


def _pixels(sheet: Any, scale: float) -> tuple[bytes, int, int, int]:
    bitmap = sheet.render(scale=scale, prefer_bgrx=True)
    try:
        return bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride
    finally:
        bitmap.close()


def text_of(pdf: bytes, page: int) -> str:
    """The words of a page, as they copy out of the PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        sheet = document[page]
        words = sheet.get_textpage()
        try:
            return str(words.get_text_bounded())
        finally:
            words.close()
            sheet.close()
    finally:
        document.close()
