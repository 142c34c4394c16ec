"""The table of priced lines: item, clause, quantity, unit, unit price and amount, in groups with
subtotals.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from app.papers.model import Carry, LineGroup, LineRow, LineTable
from reports.figures import amount_width, draw_amount
from reports.namebreak import break_clause
from reports.page import below_baseline
from reports.sheet import Document, Sheet
from reports.style import (
    CLAUSE,
    GROUP,
    LABEL,
    LEFT,
    POINT,
    REASON,
    RIGHT,
    TABLE_HEAD,
    TEXT,
    WRAP_PITCH,
    Type,
)
from reports.tables import Block, Ruled, keep_before, keep_together

# Edges of the columns, mm.
_ITEM_END: Final = 94.5
_CLAUSE: Final = 97.2
_CLAUSE_END: Final = 120.0
_QUANTITY_END: Final = 130.2
_UNIT: Final = 133.5
_PRICE_END: Final = 163.5
_GAP: Final = 2.0
_LINE: Final = TEXT.size * POINT
_SUM: Final = TEXT.bold()
_REASON_DROP: Final = 1.1  # from the last line of a name to its reason


class _Setting(NamedTuple):
    """What all rows of one table share."""

    document: Document
    continued: str
    carry: Carry | None

    @property
    def row(self) -> float:
        """How high a row of one line is."""
        return self.document.spacing.row

    @property
    def above(self) -> float:
        """From a row's top to its text."""
        return (self.row - _LINE) / 2


def line_table(document: Document, table: LineTable, continued: str) -> tuple[Ruled, list[Block]]:
    """A line table ready to be laid over pages; ``continued`` follows a group's title on a new page."""
    setting = _Setting(document, continued, table.carry)
    blocks: list[Block] = []
    for group in table.groups:
        if blocks:
            blocks[-1].heavy = True
        blocks.extend(_group_blocks(setting, group))
    keep_together(blocks)
    return Ruled(LEFT, RIGHT, lambda sheet, y: _draw_head(sheet, table, y)), blocks


def _group_blocks(setting: _Setting, group: LineGroup) -> list[Block]:
    again = None
    blocks = [_row_block(setting, row) for row in group.rows]
    if group.title:
        again = _group_head(setting, group, continued=True)
        for row in blocks:
            row.again = again
        if blocks:
            blocks[0].keep = len(blocks) > 1
            blocks.insert(0, _group_head(setting, group))
    if group.subtotal is not None:
        blocks.append(_subtotal(setting, group.subtotal_label, group.subtotal))
        blocks[-1].again = again
        blocks[-1].carried = _carried(setting, group.running)
        keep_before(blocks)
    return blocks


def _carried(setting: _Setting, running: int | None) -> tuple[Block, Block] | None:
    """The rows that hand a sum on to the next page."""
    if setting.carry is None or running is None:
        return None
    words = (setting.carry.over, setting.carry.brought)
    over, brought = (_subtotal(setting, label, running, TEXT) for label in words)
    return over, brought


def _draw_head(sheet: Sheet, table: LineTable, y: float) -> None:
    item, clause, quantity, unit, price, amount = table.heads
    y += (TABLE_HEAD - LABEL.size * POINT) / 2
    sheet.text(LEFT, y, item, LABEL)
    sheet.text(_CLAUSE, y, clause, LABEL)
    sheet.text(_QUANTITY_END, y, quantity, LABEL, "right")
    sheet.text(_UNIT, y, unit, LABEL)
    sheet.text(_PRICE_END, y, price, LABEL, "right")
    sheet.text(RIGHT, y, amount, LABEL, "right")


def _group_head(setting: _Setting, group: LineGroup, *, continued: bool = False) -> Block:
    document = setting.document
    title = group.title + setting.continued if continued else group.title
    remark_width = document.width(group.remark, LABEL)
    room = RIGHT - LEFT - (remark_width + 2 * _GAP if group.remark else 0)
    lines = document.lines(title, GROUP, room)

    def draw(sheet: Sheet, y: float) -> None:
        y += setting.above + 0.2
        for place, line in enumerate(lines):
            sheet.text(LEFT, y + WRAP_PITCH * place, line, GROUP)
        sheet.text(RIGHT, y + below_baseline(LABEL, GROUP), group.remark, LABEL, "right")

    return Block(setting.row + WRAP_PITCH * (len(lines) - 1), draw, keep=True, is_row=False)


def _row_block(setting: _Setting, row: LineRow) -> Block:
    document = setting.document
    kind = TEXT.bold() if row.bold else TEXT
    names = document.lines(row.name, kind, _ITEM_END - LEFT)
    reasons = document.lines(row.reason, LABEL, _ITEM_END - LEFT)
    clauses = break_clause(row.clause, _CLAUSE_END - _CLAUSE, document.measure(CLAUSE))
    height = setting.row + WRAP_PITCH * max(len(names) - 1, 0) + REASON * len(reasons)
    height = max(height, setting.row + REASON * (len(clauses) - 1))
    unit, unit_place = _unit_place(document, row)
    if unit_place[1]:
        height = max(height, setting.row + REASON)

    def draw(sheet: Sheet, y: float) -> None:
        y += setting.above
        _draw_lines(sheet, names, kind, (LEFT, y), WRAP_PITCH)
        _draw_lines(sheet, clauses, CLAUSE, (_CLAUSE, y + below_baseline(CLAUSE, TEXT)), REASON)
        draw_amount(sheet, _QUANTITY_END, y, row.quantity, TEXT)
        sheet.text(unit_place[0], y + unit_place[1] + below_baseline(unit, TEXT), row.unit, unit)
        draw_amount(sheet, _PRICE_END, y, row.unit_price, TEXT)
        draw_amount(sheet, RIGHT, y, row.amount, kind)
        under = y + WRAP_PITCH * max(len(names) - 1, 0) + _LINE + _REASON_DROP
        _draw_lines(sheet, reasons, LABEL, (LEFT, under), REASON)

    block = Block(height, draw)
    block.carried = _carried(setting, row.running)
    return block


def _draw_lines(sheet: Sheet, lines: list[str], kind: Type, place: tuple[float, float], pitch: float) -> None:
    x, y = place
    for line in lines:
        sheet.text(x, y, line, kind)
        y += pitch


def _unit_place(document: Document, row: LineRow) -> tuple[Type, tuple[float, float]]:
    """The type of a row's unit, where it begins and how far below the row's text: beside a huge price
    there is no room for a long one.
    """
    room = _PRICE_END - _UNIT - _GAP - amount_width(document, row.unit_price, TEXT)
    kind = document.fitted(row.unit, TEXT, room)
    return kind, (_UNIT, 0.0 if document.width(row.unit, kind) <= room else _LINE + _REASON_DROP)


def _subtotal(setting: _Setting, label: str, amount: int, kind: Type = _SUM) -> Block:
    def draw(sheet: Sheet, y: float) -> None:
        y += setting.above
        room = _PRICE_END - LEFT
        sheet.text(_PRICE_END, y, label, sheet.document.fitted(label, TEXT, room), "right")
        draw_amount(sheet, RIGHT, y, amount, kind)

    return Block(setting.row, draw, is_row=False)
