"""The cells of tables: amounts, words on several lines, a square to tick."""

from __future__ import annotations

from typing import Final, NamedTuple

from app.papers.model import Cell, Column, Stack, Strong, Tick
from reports.figures import draw_amount
from reports.linebreak import pieces
from reports.namebreak import break_clause
from reports.page import below_baseline
from reports.sheet import Align, Document, Sheet
from reports.style import CLAUSE, INK, LABEL, LABEL_PITCH, POINT, TEXT, WRAP_PITCH, Type
from reports.tables import Draw

_LEAST_WHOLE: Final = 7.25  # points
TICK: Final = 2.6  # the side of a square to tick, mm
_TICK_LINE: Final = 0.5  # points
_TICK_MARK: Final = 1.1
_SHAPE: Final = ((0.18, 0.5), (0.42, 0.78), (0.9, 0.08))  # of the tick in its square


class Drawn(NamedTuple):
    """A cell ready to be drawn from the top of its first line; ``more``: what it adds to the row (mm)."""

    more: float
    draw: Draw


def table_cell(
    document: Document, cell: Cell, column: Column, edge: tuple[float, float], *, total: bool, name: bool
) -> Drawn:
    """A cell. In a total the amounts and a name in the first column are bold; words elsewhere stand at the
    right.
    """
    start, end = edge
    kind = CLAUSE if column.small else TEXT
    kind = kind.bold() if name or isinstance(cell, Strong) else kind
    moved = total and column.align == "left" and not isinstance(cell, Strong)
    align: Align = "right" if moved else column.align
    x = {"left": start, "right": end, "center": (start + end) / 2}[align]
    if isinstance(cell, Tick):
        box = x - TICK * {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        return Drawn(0.0, lambda sheet, y: draw_tick(sheet, box, y, TEXT, checked=cell.checked))
    if isinstance(cell, int):
        bold = kind.bold() if total else kind
        return Drawn(0.0, lambda sheet, y: draw_amount(sheet, end, y, cell, bold))
    if isinstance(cell, Stack):
        return _stack(document, cell, (start, end))
    text = cell.text if isinstance(cell, Strong) else cell
    if len(pieces(text)) == 1:  # a range, a formula: better a little smaller than torn
        fitting = document.fitted(text, kind, end - start, _LEAST_WHOLE)
        kind = fitting if document.width(text, fitting) <= end - start else kind
    lines = (
        break_clause(text, end - start, document.measure(kind))
        if column.small
        else document.lines(text, kind, end - start)
    )
    return words_cell(lines, x, align, kind)


def words_cell(lines: list[str], x: float, align: Align, kind: Type) -> Drawn:
    """Lines of words, one under the other."""

    def draw(sheet: Sheet, y: float) -> None:
        y += below_baseline(kind, TEXT)
        for line in lines:
            sheet.text(x, y, line, kind, align)
            y += WRAP_PITCH

    return Drawn(WRAP_PITCH * max(len(lines) - 1, 0), draw)


def _stack(document: Document, cell: Stack, edge: tuple[float, float]) -> Drawn:
    start, end = edge
    first = document.lines(cell.text, TEXT, end - start)
    under = [line for text in cell.under for line in document.lines(text, LABEL, end - start)]
    drop = WRAP_PITCH * max(len(first), 1)

    def draw(sheet: Sheet, y: float) -> None:
        for place, line in enumerate(first):
            sheet.text(start, y + WRAP_PITCH * place, line, TEXT)
        for place, line in enumerate(under):
            sheet.text(start, y + drop + LABEL_PITCH * place, line, LABEL)

    return Drawn(WRAP_PITCH * max(len(first) - 1, 0) + LABEL_PITCH * len(under), draw)


def draw_tick(sheet: Sheet, x: float, y: float, beside: Type, *, checked: bool) -> None:
    """A square level with text of a type whose em box begins at y, with its tick where it has one."""
    top = y + (beside.size * POINT - TICK) / 2
    sheet.frame((x, top, TICK, TICK), _TICK_LINE, INK)
    if checked:
        sheet.strokes([[(x + TICK * across, top + TICK * down) for across, down in _SHAPE]], _TICK_MARK, INK)
