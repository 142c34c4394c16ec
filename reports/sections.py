"""The sections of a paper other than its priced lines: tables, labels with values, numbered points,
halves.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from app.papers.model import Amount, Column, Facts, Points, Row, Table
from reports.figures import draw_amount
from reports.namebreak import UNEVEN, break_name
from reports.page import below_baseline
from reports.sheet import Align, Document, Sheet
from reports.style import (
    ACCENT,
    BAR,
    BAR_TO_WORDS,
    CLAUSE,
    LABEL,
    LEFT,
    POINT,
    POINTS,
    POINTS_PITCH,
    RIGHT,
    SECTION,
    SECTION_HEAD,
    SUB,
    TABLE_HEAD,
    TEXT,
    WRAP_PITCH,
    Type,
)
from reports.tables import Block, Draw, Ruled, keep_before, keep_together

Made = tuple[Ruled, list[Block]]

_CELL_GAP: Final = 3.0
_VALUES: Final = 24.0  # least room for the labels beside values
_LABEL_GAP: Final = 4.0
_POINT_TEXT: Final = 27.5
_POINT_END: Final = 159.5
_POINT_CLAUSE: Final = 163.0
_POINTS_PAD: Final = 1.3
_SMALLEST_ROW: Final = 6.0
_NUMBER: Final = Type(POINTS.size, colour=SUB)
_LINE: Final = TEXT.size * POINT


def heading(title: str, span: tuple[float, float], remark: str = "", continued: str = "") -> Block | None:
    """A section's heading (none without a title), to be drawn above what it heads.

    ``continued`` follows the title where the heading is drawn again on a new page.
    """
    if not title:
        return None
    block = _heading(title, span, remark)
    block.again = _heading(title + continued, span, remark)
    return block


def _heading(title: str, span: tuple[float, float], remark: str) -> Block:
    left, right = span

    def draw(sheet: Sheet, y: float) -> None:
        width, height = BAR
        room = right - left - BAR_TO_WORDS - sheet.document.width(remark, LABEL)
        kind = sheet.document.fitted(title, SECTION, room)
        sheet.box(left, y + 0.1, width, height, ACCENT)
        sheet.text(left + BAR_TO_WORDS, y + below_baseline(kind, SECTION), title, kind)
        sheet.text(right, y + below_baseline(LABEL, SECTION), remark, LABEL, "right")

    return Block(SECTION_HEAD, draw)


def made(document: Document, section: Table | Facts, span: tuple[float, float]) -> Made:
    """A table or a list of labels and values, ready to be laid over pages."""
    return (
        _table(document, section, *span) if isinstance(section, Table) else _facts(document, section, *span)
    )


def stretched(document: Document, blocks: Sequence[Block], height: float) -> list[Block]:
    """Rows of a list beside a table, a little closer together or wider apart so that both end at one
    height.
    """
    row = document.spacing.row
    share = height / len(blocks) if blocks else 0.0
    if not _SMALLEST_ROW <= share <= row or any(block.height != row for block in blocks):
        return list(blocks)
    shift = (share - row) / 2
    return [Block(share, _shifted(block, shift), keep=block.keep) for block in blocks]


def _shifted(block: Block, shift: float) -> Draw:
    return lambda sheet, y: block.draw(sheet, y + shift)


def _table(document: Document, table: Table, left: float, right: float) -> Made:
    edges = _edges(table.columns, left, right)

    def draw_head(sheet: Sheet, y: float) -> None:
        y += (TABLE_HEAD - LABEL.size * POINT) / 2
        for column, (start, end) in zip(table.columns, edges, strict=True):
            x = end if column.align == "right" else start
            sheet.text(
                x, y, column.head, sheet.document.fitted(column.head, LABEL, end - start), column.align
            )

    blocks = [_row(document, table.columns, edges, row) for row in table.rows]
    if table.rows and table.rows[-1].total:
        keep_before(blocks)
    keep_together(blocks)
    return Ruled(left, right, draw_head if table.head else None), blocks


def _edges(columns: Sequence[Column], left: float, right: float) -> list[tuple[float, float]]:
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


class _Cell(NamedTuple):
    """One cell as it is drawn: an amount, or lines of words."""

    content: int | list[str]
    x: float
    align: Align
    kind: Type

    def draw(self, sheet: Sheet, y: float) -> None:
        y += below_baseline(self.kind, TEXT)
        if isinstance(self.content, int):
            draw_amount(sheet, self.x, y, self.content, self.kind)
            return
        for line in self.content:
            sheet.text(self.x, y, line, self.kind, self.align)
            y += WRAP_PITCH


def _row(
    document: Document, columns: Sequence[Column], edges: Sequence[tuple[float, float]], row: Row
) -> Block:
    cells = [
        _cell(document, cell, column, edge, total=row.total and bool(place), name=row.total and not place)
        for place, (cell, column, edge) in enumerate(zip(row.cells, columns, edges, strict=True))
    ]
    above = _above(document)
    lines = max((len(cell.content) for cell in cells if isinstance(cell.content, list)), default=1)

    def draw(sheet: Sheet, y: float) -> None:
        for cell in cells:
            cell.draw(sheet, y + above)

    return Block(document.spacing.row + WRAP_PITCH * max(lines - 1, 0), draw)


def _cell(
    document: Document, cell: Amount, column: Column, edge: tuple[float, float], *, total: bool, name: bool
) -> _Cell:
    """A cell. In a total the amounts and a name in the first column are bold; a name elsewhere stands at
    the right.
    """
    start, end = edge
    kind = CLAUSE if column.small else TEXT
    if isinstance(cell, int):
        return _Cell(cell, end, "right", kind.bold() if total or name else kind)
    kind = kind.bold() if name else kind
    right = total or column.align == "right"
    lines = (
        break_name(cell, end - start, 3, document.measure(kind), UNEVEN)
        if column.small
        else document.lines(cell, kind, end - start)
    )
    return _Cell(lines, end if right else start, "right" if right else "left", kind)


def _facts(document: Document, facts: Facts, left: float, right: float) -> Made:
    labels = max((document.width(row.label, LABEL) for row in facts.rows), default=0.0)
    values = left + min(max(_VALUES, labels + _LABEL_GAP), (right - left) / 2)
    blocks = [_fact(document, (row.label, row.value), left, values, right) for row in facts.rows]
    keep_together(blocks)
    return Ruled(left, right, None), blocks


def _fact(document: Document, row: tuple[str, str], left: float, values: float, right: float) -> Block:
    label, value = row
    labels = document.lines(label, LABEL, values - left - _LABEL_GAP / 2)
    lines = document.lines(value, TEXT, right - values)
    above = _above(document)

    def draw(sheet: Sheet, y: float) -> None:
        y += above
        _Cell(labels, left, "left", LABEL).draw(sheet, y)
        _Cell(lines, values, "left", TEXT).draw(sheet, y)

    return Block(document.spacing.row + WRAP_PITCH * (max(len(labels), len(lines), 1) - 1), draw)


def points(document: Document, section: Points) -> Made:
    """Numbered points with the clause each rests on."""
    blocks = [
        _point(document, f"{place}", point.text, point.clause)
        for place, point in enumerate(section.points, start=1)
    ]
    if len(blocks) > 1:
        blocks[0].keep = True
        blocks[-2].keep = True
    return Ruled(LEFT, RIGHT, None, lined=False, pad=_POINTS_PAD), blocks


def _point(document: Document, number: str, text: str, clause: str) -> Block:
    lines = document.lines(text, POINTS, (_POINT_END if clause else RIGHT) - _POINT_TEXT)
    clauses = break_name(clause, RIGHT - _POINT_CLAUSE, 3, document.measure(CLAUSE), UNEVEN)
    above = (document.spacing.point - POINTS.size * POINT) / 2

    def draw(sheet: Sheet, y: float) -> None:
        y += above
        sheet.text(LEFT, y, number, _NUMBER)
        for place, line in enumerate(lines):
            sheet.text(_POINT_TEXT, y + POINTS_PITCH * place, line, POINTS)
        for place, line in enumerate(clauses):
            top = y + below_baseline(CLAUSE, POINTS) + POINTS_PITCH * place
            sheet.text(RIGHT, top, line, CLAUSE, "right")

    return Block(document.spacing.point + POINTS_PITCH * (max(len(lines), len(clauses), 1) - 1), draw)
