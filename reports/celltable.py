"""Tables of cells: columns of shares, rows in groups, totals, and the sum carried from page to page."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from app.papers.model import Carry, Cell, Column, Row, Strong, Table
from reports.cells import table_cell
from reports.figures import draw_amount
from reports.page import below_baseline
from reports.sheet import Document, Sheet
from reports.style import GROUP, LABEL, POINT, TABLE_HEAD, TEXT
from reports.tables import Block, Ruled, keep_before, keep_together

_CELL_GAP: Final = 3.0
_STEP: Final = 3.0
_DEEPEST: Final = 15.0  # mm a cell ever stands in
_GROUP_DROP: Final = 0.2
_LINE: Final = TEXT.size * POINT

Edge = tuple[float, float]


def cell_table(
    document: Document, table: Table, span: tuple[float, float], continued: str = ""
) -> tuple[Ruled, list[Block]]:
    """A table ready to be laid over pages; ``continued`` follows a group's title on a new page."""
    left, right = span
    edges = _edges(table.columns, left, right)
    blocks = [
        _group_head(document, row, span) if row.group else _row(document, table.columns, edges, row)
        for row in table.rows
    ]
    _tie(document, table, blocks, edges)
    _group(document, table.rows, blocks, span, continued)
    keep_together(blocks)
    return Ruled(
        left, right, (lambda sheet, y: _draw_head(sheet, table, edges, y)) if table.head else None
    ), blocks


def _draw_head(sheet: Sheet, table: Table, edges: Sequence[Edge], y: float) -> None:
    y += (TABLE_HEAD - LABEL.size * POINT) / 2
    for column, (start, end) in zip(table.columns, edges, strict=True):
        x = {"left": start, "right": end, "center": (start + end) / 2}[column.align]
        sheet.text(x, y, column.head, sheet.document.fitted(column.head, LABEL, end - start), column.align)


def _tie(document: Document, table: Table, blocks: Sequence[Block], edges: Sequence[Edge]) -> None:
    """What keeps rows together, and the sums they hand on."""
    for place, (block, row) in enumerate(zip(blocks, table.rows, strict=True)):
        following = table.rows[place + 1] if place + 1 < len(blocks) else None
        if following and following.joins:
            block.inset = edges[following.joins][0] - edges[0][0]
            block.keep = True
        if row.total:
            keep_before(blocks[: place + 1])
        elif row.cells and isinstance(row.cells[0], Strong):  # heads those after it
            for head in blocks[place : place + 2]:
                head.keep = head is not blocks[-1]
        if table.carry and row.running is not None:
            block.carried = _carried(document, table.carry, row.running, edges)


def _group(
    document: Document, rows: Sequence[Row], blocks: Sequence[Block], span: Edge, continued: str
) -> None:
    """A group's head keeps two rows with it and stands again where the group goes on overleaf."""
    again: Block | None = None
    for place, (row, block) in enumerate(zip(rows, blocks, strict=True)):
        if not row.group:
            block.again = again
            continue
        again = _group_head(document, row, span, continued)
        if place:
            blocks[place - 1].heavy = True
        if place + 2 < len(rows) and not rows[place + 2].group:
            blocks[place + 1].keep = True


def _edges(columns: Sequence[Column], left: float, right: float) -> list[Edge]:
    """Where the cells of each column begin and end; words keep a gap to what follows."""
    whole = sum(column.share for column in columns)
    ends = [left + (right - left) * share / whole for share in accumulate(column.share for column in columns)]
    starts = [left, *ends[:-1]]
    return [
        (start, end if column.align == "right" or end >= right - 0.01 else end - _CELL_GAP)
        for column, start, end in zip(columns, starts, ends, strict=True)
    ]


def _above(document: Document) -> float:
    """From a row's top to its text."""
    return (document.spacing.row - _LINE) / 2


def _row(document: Document, columns: Sequence[Column], edges: Sequence[Edge], row: Row) -> Block:
    shown = _reaching_left(row.cells, columns, edges) if row.total else list(edges)
    if row.depth:
        shown[0] = (shown[0][0] + min(_STEP * row.depth, _DEEPEST), shown[0][1])
    cells = [
        table_cell(
            document, cell, column, edge, total=row.total and bool(place), name=row.total and not place
        )
        for place, (cell, column, edge) in enumerate(zip(row.cells, columns, shown, strict=True))
    ]
    above = _above(document)

    def draw(sheet: Sheet, y: float) -> None:
        for cell in cells:
            cell.draw(sheet, y + above)

    return Block(document.spacing.row + max(cell.more for cell in cells), draw)


def _reaching_left(cells: Sequence[Cell], columns: Sequence[Column], edges: Sequence[Edge]) -> list[Edge]:
    """The edges of a total's cells: what stands at the right may reach left over the empty cells before it;
    what stands under its column stays there.
    """
    found, start = [], edges[0][0]
    for place, (cell, column, edge) in enumerate(zip(cells, columns, edges, strict=True)):
        stays = column.align == "center" or (column.align == "left" and isinstance(cell, Strong))
        found.append(edge if stays else (min(start, edge[0]), edge[1]))
        if cell != "" and place + 1 < len(edges):
            start = edges[place + 1][0]
    return found


def _group_head(document: Document, row: Row, span: Edge, continued: str = "") -> Block:
    title, remark = (*(str(cell) for cell in row.cells), "")[:2]
    above = _above(document)

    def draw(sheet: Sheet, y: float) -> None:
        y += above + _GROUP_DROP
        room = span[1] - span[0] - document.width(remark, LABEL) - _CELL_GAP
        words = title + continued
        sheet.text(span[0], y, words, document.fitted(words, GROUP, room))
        sheet.text(span[1], y + below_baseline(LABEL, GROUP), remark, LABEL, "right")

    return Block(document.spacing.row, draw, keep=True, is_row=False)


def _carried(document: Document, carry: Carry, running: int, edges: Sequence[Edge]) -> tuple[Block, Block]:
    above = _above(document)
    label_end = edges[-2][1] if len(edges) > 1 else edges[-1][1]

    def block(words: str) -> Block:
        def draw(sheet: Sheet, y: float) -> None:
            sheet.text(label_end, y + above, words, TEXT, "right")
            draw_amount(sheet, edges[-1][1], y + above, running, TEXT)

        return Block(document.spacing.row, draw, is_row=False)

    return block(carry.over), block(carry.brought)
