"""Pages of a finished PDF as pictures. On the paper worker only: pdfium works in one thread at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:  # it loads the printing system of the machine: only when somebody prints
    from PySide6.QtPrintSupport import QPrinter

POINTS_PER_INCH = 72
_PRINT_DPI = 300  # laser printers at a counter; finer only costs memory


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


def draw_sheet(pdf: bytes, page: int, scale: float) -> Sheet:
    """Draw page ``page`` (0 = first, cut to the last there is) at ``scale`` pixels per point."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        place = min(max(page, 0), pages - 1)
        sheet = document[place]
        try:
            width, height = sheet.get_size()
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


def print_pages(pdf: bytes, printer: QPrinter, first: int, last: int) -> int:
    """Paint pages ``first``…``last`` (0 = first, inclusive) on a printer set up by its dialog; returns
    how many were sent.

    The sheet is printed in its own size, so that fold ticks and punch marks fall where they belong.
    """
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    dots = min(printer.resolution(), _PRINT_DPI)
    sent = 0
    try:
        for page in range(first, last + 1):
            if sent:
                printer.newPage()
            sheet = draw_sheet(pdf, page, dots / POINTS_PER_INCH)
            per_point = printer.resolution() / POINTS_PER_INCH
            margins = printer.pageLayout().marginsPoints()
            full = printer.fullPage()
            left = 0 if full else -margins.left() * per_point
            top = 0 if full else -margins.top() * per_point
            width, height = sheet.width_points * per_point, sheet.height_points * per_point
            painter.drawImage(QRectF(left, top, width, height), sheet.image())
            sent += 1
    finally:
        painter.end()
    return sent
