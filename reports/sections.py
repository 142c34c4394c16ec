"""The sections of a paper other than its priced lines: tables, labels with values, numbered points,
halves.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from app.papers.model import Checks, Facts, Points, Table, Tick
from reports.cells import draw_tick, words_cell
from reports.celltable import cell_table
from reports.namebreak import break_clause
from reports.page import below_baseline
from reports.sheet import Document, Sheet
from reports.style import (
    ACCENT,
    BAR,
    BAR_TO_WORDS,
    CLAUSE,
    LABEL,
    LABEL_PITCH,
    POINT,
    POINTS,
    POINTS_PITCH,
    SECTION,
    SECTION_HEAD,
    SUB,
    TEXT,
    TEXT_PITCH,
    WRAP_PITCH,
    Type,
)
from reports.tables import Block, Draw, Ruled, keep_together

Made = tuple[Ruled, list[Block]]

_CELL_GAP: Final = 3.0
_VALUES: Final = 24.0  # least room for the labels beside values
_LABEL_GAP: Final = 4.0
_POINT_TEXT: Final = 5.5  # from the left edge
_POINT_END: Final = 32.5  # of the text, from the right edge where a clause stands there
_POINT_CLAUSE: Final = 29.0
_ROOM_FOR_CLAUSES: Final = 120.0
_CHECK_BOX: Final = 14.2
_CHECK_TEXT: Final = 18.6
_CHECK_GAP: Final = 1.2  # above a group
_NOTE_GAP: Final = 2.6
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


def made(document: Document, section: Table | Facts, span: tuple[float, float], continued: str = "") -> Made:
    """A table or a list of labels and values, ready to be laid over pages; ``continued`` follows the title of
    a group that goes on overleaf.
    """
    if isinstance(section, Table):
        return cell_table(document, section, span, continued)
    return _facts(document, section, span)


def _facts(document: Document, section: Facts, span: tuple[float, float]) -> Made:
    left, right = span
    labels = max((document.width(row.label, LABEL) for row in section.rows), default=0.0)
    values = left + min(max(_VALUES, labels + _LABEL_GAP), (right - left) / 2)
    blocks = [_fact(document, (row.label, row.value), left, values, right) for row in section.rows]
    keep_together(blocks)
    return Ruled(left, right, None), blocks


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


def _fact(document: Document, row: tuple[str, str], left: float, values: float, right: float) -> Block:
    label, value = row
    labels = document.lines(label, LABEL, values - left - _LABEL_GAP / 2)
    lines = document.lines(value, TEXT, right - values)
    above = (document.spacing.row - _LINE) / 2

    def draw(sheet: Sheet, y: float) -> None:
        y += above
        words_cell(labels, left, "left", LABEL).draw(sheet, y)
        words_cell(lines, values, "left", TEXT).draw(sheet, y)

    return Block(document.spacing.row + WRAP_PITCH * (max(len(labels), len(lines), 1) - 1), draw)


def points(document: Document, section: Points, span: tuple[float, float]) -> Made:
    """Numbered points with the clause each rests on; in a half the clause follows the text in brackets."""
    narrow = span[1] - span[0] < _ROOM_FOR_CLAUSES
    blocks = []
    for place, point in enumerate(section.points, start=1):
        clause = "" if narrow else point.clause
        text = f"{point.text}（{point.clause}）" if narrow and point.clause else point.text
        blocks.append(_point(document, point.box or f"{place}", text, clause, span))
    if len(blocks) > 1:
        blocks[0].keep = True
        blocks[-2].keep = True
    return Ruled(*span, None, lined=False, pad=_POINTS_PAD), blocks


def _point(document: Document, mark: str | Tick, text: str, clause: str, span: tuple[float, float]) -> Block:
    left, right = span
    start = left + _POINT_TEXT
    lines = document.lines(text, POINTS, (right - _POINT_END if clause else right) - start)
    clauses = break_clause(clause, _POINT_CLAUSE, document.measure(CLAUSE))
    above = (document.spacing.point - POINTS.size * POINT) / 2

    def draw(sheet: Sheet, y: float) -> None:
        y += above
        if isinstance(mark, str):
            sheet.text(left, y, mark, _NUMBER)
        else:
            draw_tick(sheet, left, y, POINTS, checked=mark.checked)
        for place, line in enumerate(lines):
            sheet.text(start, y + POINTS_PITCH * place, line, POINTS)
        for place, line in enumerate(clauses):
            top = y + below_baseline(CLAUSE, POINTS) + POINTS_PITCH * place
            sheet.text(right, top, line, CLAUSE, "right")

    return Block(document.spacing.point + POINTS_PITCH * (max(len(lines), len(clauses), 1) - 1), draw)


def checks(document: Document, section: Checks, span: tuple[float, float]) -> Made:
    """Squares to be ticked by hand, in groups with their label at the left."""
    left, right = span
    blocks = []
    for group in section.groups:
        for place, item in enumerate(group.items):
            label = "" if place else group.label
            blocks.append(_check(document, label, item, (left, right), first=not place))
    keep_together(blocks)
    return Ruled(left, right, None, lined=False, pad=_POINTS_PAD), blocks


def _check(document: Document, label: str, item: str, span: tuple[float, float], *, first: bool) -> Block:
    left, right = span
    text = left + _CHECK_TEXT
    lines = document.lines(item, POINTS, right - text)
    above = _CHECK_GAP if first else 0.0

    def draw(sheet: Sheet, y: float) -> None:
        y += above
        kind = document.fitted(label, LABEL, _CHECK_BOX - 1)
        sheet.text(left, y + below_baseline(kind, POINTS), label, kind)
        draw_tick(sheet, left + _CHECK_BOX, y, POINTS, checked=False)
        for place, line in enumerate(lines):
            sheet.text(text, y + POINTS_PITCH * place, line, POINTS)

    return Block(above + TEXT_PITCH + POINTS_PITCH * (max(len(lines), 1) - 1), draw)


def note(document: Document, words: str, span: tuple[float, float]) -> Block | None:
    """Small words under a table (none without words)."""
    if not words:
        return None
    left, right = span
    lines = document.lines(words, LABEL, right - left)

    def draw(sheet: Sheet, y: float) -> None:
        for place, line in enumerate(lines):
            sheet.text(left, y + _NOTE_GAP + LABEL_PITCH * place, line, LABEL)

    return Block(_NOTE_GAP + LABEL_PITCH * len(lines), draw)
