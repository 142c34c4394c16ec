"""Paper out of the printer: the system's own dialog, then the pages on the paper worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.errors import EnvironmentProblem
from app.words import _
from ui.quotes.sheets import POINTS_PER_INCH, draw_sheet
from ui.tasks import Tasks

if TYPE_CHECKING:  # it loads the printing system of the machine: only when somebody prints
    from PySide6.QtPrintSupport import QPrinter

_PRINT_DPI = 300  # laser printers at a counter; finer only costs memory


def printer_gone() -> EnvironmentProblem:
    """The printer takes nothing."""
    return EnvironmentProblem(
        "printer-gone",
        _("プリンターに送れませんでした。"),
        kept=_("書類は発行されたまま保管されています。"),
        remedy=_(
            "プリンターの電源・接続・用紙を確かめて、もう一度印刷してください。"
            "急ぐときは「PDFを保存」をお使いください。"
        ),
    )


def choose_printer(parent: QWidget, name: str, pages: int) -> QPrinter | None:
    """Ask for printer, copies and pages in the system's dialog; None when it was left. ``name``: of the job.

    Raises EnvironmentProblem ``printer-gone`` where this computer has none that works.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    if not printer.isValid():
        raise printer_gone()
    printer.setDocName(name)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, pages))
    try:
        return printer if dialog.exec() else None
    finally:
        dialog.deleteLater()


def print_pages(pdf: bytes, printer: QPrinter) -> int:
    """On the paper worker: paint the chosen pages on a printer set up by its dialog; how many were sent.

    The sheet is printed in its own size, so that fold ticks and punch marks fall where they belong. Raises
    EnvironmentProblem ``printer-gone`` when the printer takes no page (more).
    """
    painter = QPainter()
    if not painter.begin(printer):
        raise printer_gone()
    sent = 0
    try:
        for page in _wanted(pdf, printer):
            if sent and not printer.newPage():
                raise printer_gone()
            _paint(painter, printer, pdf, page)
            sent += 1
    finally:
        painter.end()
    if printer.printerState() in {printer.PrinterState.Error, printer.PrinterState.Aborted}:
        raise printer_gone()
    return sent


def _wanted(pdf: bytes, printer: QPrinter) -> list[int]:
    """The pages in the order they come out. A printer that can't repeat a job is sent it as often."""
    pages = page_count(pdf)
    first, last = printer.fromPage() or 1, min(printer.toPage() or pages, pages)
    once = list(range(first - 1, last))
    copies = 1 if printer.supportsMultipleCopies() else max(1, printer.copyCount())
    if printer.collateCopies():
        return once * copies
    return [page for page in once for _copy in range(copies)]


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _paint(painter: QPainter, printer: QPrinter, pdf: bytes, page: int) -> None:
    dots = min(printer.resolution(), _PRINT_DPI)
    sheet = draw_sheet(pdf, page, dots / POINTS_PER_INCH)
    per_point = printer.resolution() / POINTS_PER_INCH
    margins = printer.pageLayout().marginsPoints()
    full = printer.fullPage()
    left = 0 if full else -margins.left() * per_point
    top = 0 if full else -margins.top() * per_point
    width, height = sheet.width_points * per_point, sheet.height_points * per_point
    painter.drawImage(QRectF(left, top, width, height), sheet.image())


def ask_and_print(
    tasks: Tasks,
    owner: QWidget,
    name: str,
    pdf: bytes,
    done: Callable[[int], None],
    pages: int | None = None,
) -> None:
    """Ask for a printer and print; ``done`` hears how many pages were sent. Trouble with the printer is told
    where troubles of the machine are told.
    """
    try:
        printer = choose_printer(owner, name, pages if pages is not None else page_count(pdf))
    except EnvironmentProblem as problem:
        tasks.environment_problem.emit(problem)
        return
    if printer is not None:
        send_to(tasks, owner, pdf, printer, done)


def send_to(tasks: Tasks, owner: QObject, pdf: bytes, printer: QPrinter, done: Callable[[int], None]) -> None:
    """Print on a printer that was chosen."""
    tasks.paper.submit("print", print_pages, pdf, printer, done=done, owner=owner)
