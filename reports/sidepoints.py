"""Points under numbered side heads with their articles at the right, the tables under them, and what is
worked out for this very contract on a tint (重要事項説明書).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from app.papers.model import Table
from app.papers.side import OwnCase, SidePart, SidePoint, SidePoints, SideSection, SideTable, SideTables
from reports.namebreak import break_clause
from reports.page import Pages, below_baseline
from reports.sections import made
from reports.sheet import Document, Sheet
from reports.style import (
    ACCENT,
    CLAUSE,
    DENSE,
    FINE,
    HAIR,
    INK,
    LABEL,
    LABEL_PITCH,
    LEFT,
    NORMAL,
    POINTS,
    POINTS_PITCH,
    RIGHT,
    RULE,
    TEXT,
    TIGHT,
    TINT,
    Spacing,
    Type,
)
from reports.tables import Block, Draw, Ruled, draw_whole, flow_table, table_height

_TEXT: Final = LEFT + 33.0
_TEXT_END: Final = RIGHT - 26.0
_CLAUSE_WIDTH: Final = 24.0
_HEAD: Final = LEFT + 6.4
_HEAD_WIDTH: Final = _TEXT - _HEAD - 1.5
_TITLE: Final = TEXT.bold()
_NUMBER: Final = Type(TEXT.size, "bold", ACCENT)
_INSIDE: Final = 3.0  # of the tinted box
_TABLES_GAP: Final = 4.0
_AFTER_TABLE: Final = 1.4
_BOX_TITLE: Final = 5.4


class _Measures(NamedTuple):
    """How close points stand: above the first and below the last part of a section, between parts, from
    line to line, and the rows of small tables (mm).
    """

    pad: float
    between: float
    pitch: float
    row: float


_MEASURES: Final[Mapping[Spacing, _Measures]] = {
    NORMAL: _Measures(2.2, 0.6, POINTS_PITCH, 5.5),
    DENSE: _Measures(1.4, 0.4, 4.0, 4.7),
    TIGHT: _Measures(1.2, 0.3, 3.75, 4.4),
}


def draw_side_points(pages: Pages, section: SidePoints, continued: str, tail: float) -> None:
    """All side heads from ``pages.y`` on. A section stays whole where it is not longer than half a page."""
    measures = _MEASURES[pages.document.spacing]
    blocks: list[Block] = []
    for number, one in enumerate(section.sections, start=1):
        blocks += _section(pages.document, number, one, continued, measures)
    ruled = Ruled(LEFT, RIGHT, None, lined=False)
    flow_table(pages, ruled, blocks, None, tail)
    pages.sheet.rule(LEFT, RIGHT, pages.y, FINE, HAIR)


def _section(
    document: Document, number: int, section: SideSection, continued: str, measures: _Measures
) -> Iterator[Block]:
    pad, between = measures.pad, measures.between
    bodies = [_part(document, part, measures) for part in section.parts]
    last = len(bodies) - 1
    again = _head_again(document, number, section.title + continued, measures)
    for place, body in enumerate(bodies):
        above = pad if not place else between
        below = pad if place == last else between
        head = (f"{number}", section.title) if not place else None
        block = Block(
            above + body.height + below,
            _placed(document, body, above, head, ruled=number > 1 and not place),
            keep=place < last and (not place or place == last - 1),
        )
        if place:
            block.again = again
        yield block


def _placed(
    document: Document, body: Block, above: float, head: tuple[str, str] | None, *, ruled: bool
) -> Draw:
    def draw(sheet: Sheet, y: float) -> None:
        if ruled:
            sheet.rule(LEFT, RIGHT, y, FINE, HAIR)
        if head:
            _draw_head(document, sheet, head, y + above)
        body.draw(sheet, y + above)

    return draw


def _draw_head(document: Document, sheet: Sheet, head: tuple[str, str], y: float) -> None:
    number, title = head
    y += below_baseline(_NUMBER, POINTS)
    sheet.text(LEFT, y, number, _NUMBER)
    kind = document.fitted(title, _TITLE, _HEAD_WIDTH)
    for line in document.lines(title, kind, _HEAD_WIDTH):
        sheet.text(_HEAD, y + below_baseline(kind, _TITLE), line, kind)
        y += 4.0


def _head_again(document: Document, number: int, title: str, measures: _Measures) -> Block:
    """The side head once more where a section goes on overleaf: it takes no room of its own."""

    def draw(sheet: Sheet, y: float) -> None:
        _draw_head(document, sheet, (f"{number}", title), y + measures.pad)

    return Block(measures.pad - measures.between, draw, is_row=False)


def _part(document: Document, part: SidePart, measures: _Measures) -> Block:
    match part:
        case SidePoint():
            return _point(document, part, measures)
        case SideTable():
            return _table(document, part, (_TEXT, RIGHT), measures)
        case SideTables(left=left, right=right):
            middle = _TEXT + (RIGHT - _TEXT - _TABLES_GAP) * part.share
            return _beside(
                _table(document, left, (_TEXT, middle), measures),
                _table(document, right, (middle + _TABLES_GAP, RIGHT), measures),
            )
        case OwnCase():
            return _own_case(document, part, measures)


def _beside(left: Block, right: Block) -> Block:
    def draw(sheet: Sheet, y: float) -> None:
        left.draw(sheet, y)
        right.draw(sheet, y)

    return Block(max(left.height, right.height), draw)


def _point(document: Document, point: SidePoint, measures: _Measures) -> Block:
    pitch = measures.pitch
    inside = 1.6 if point.own else 0.0
    lines = document.lines(point.text, POINTS, _TEXT_END - _TEXT - inside)
    clauses = break_clause(point.clause, _CLAUSE_WIDTH, document.measure(CLAUSE))
    height = pitch * max(len(lines), len(clauses), 1)

    def draw(sheet: Sheet, y: float) -> None:
        if point.own:
            sheet.box(_TEXT - 1.6, y - 0.9, RIGHT - _TEXT + 1.6, height + 0.5, TINT)
        for place, line in enumerate(lines):
            sheet.text(_TEXT, y + pitch * place, line, POINTS)
        for place, line in enumerate(clauses):
            top = y + below_baseline(CLAUSE, POINTS) + pitch * place
            sheet.text(RIGHT - inside, top, line, CLAUSE, "right")

    return Block(height, draw)


def _table(document: Document, table: SideTable, span: tuple[float, float], measures: _Measures) -> Block:
    left, right = span
    ruled, blocks = _rows(document, table, span, measures.row)
    height = table_height(ruled, blocks)
    notes = document.lines(table.note, LABEL, right - left) if table.note else []
    mark = _marked(table, span)

    def draw(sheet: Sheet, y: float) -> None:
        y += 0.6
        if mark:
            sheet.box(mark[0], y, mark[1] - mark[0], height, TINT)
        draw_whole(sheet, ruled, blocks, y)
        sheet.rule(left, right, y, RULE, INK)
        for place, line in enumerate(notes):
            sheet.text(left, y + height + 1.3 + LABEL_PITCH * place, line, LABEL)

    return Block(0.6 + height + _AFTER_TABLE + LABEL_PITCH * len(notes), draw)


def _rows(
    document: Document, table: SideTable, span: tuple[float, float], row: float
) -> tuple[Ruled, list[Block]]:
    """The rows of a table, as close as small tables stand; cells of several lines keep their room."""
    head = any(column.head for column in table.columns)
    ruled, blocks = made(document, Table("", table.columns, table.rows, head=head), span)
    shift = (row - document.spacing.row) / 2

    def closer(block: Block) -> Block:
        return Block(block.height + 2 * shift, lambda sheet, y: block.draw(sheet, y + shift))

    return ruled, [closer(block) for block in blocks]


def _marked(table: SideTable, span: tuple[float, float]) -> tuple[float, float] | None:
    """From where to where the column of this contract reaches."""
    if table.marked is None:
        return None
    left, right = span
    whole = sum(column.share for column in table.columns)
    before = sum(column.share for column in table.columns[: table.marked])
    start = left + (right - left) * before / whole
    end = start + (right - left) * table.columns[table.marked].share / whole
    return start + 1.2, min(end + 1.2, right)


def _own_case(document: Document, own: OwnCase, measures: _Measures) -> Block:
    left, right = _TEXT + _INSIDE, RIGHT - _INSIDE
    body = _table(document, own.table, (left, right), measures)
    top = _INSIDE - 0.4
    height = top + _BOX_TITLE + body.height + (0.8 if own.table.note else 0.0)
    title = document.fitted(own.title, _TITLE, right - left - document.width(own.remark, LABEL) - 3)

    def draw(sheet: Sheet, y: float) -> None:
        sheet.box(_TEXT, y, RIGHT - _TEXT, height, TINT)
        sheet.text(left, y + top + below_baseline(title, _TITLE), own.title, title)
        sheet.text(right, y + top + below_baseline(LABEL, _TITLE), own.remark, LABEL, "right")
        body.draw(sheet, y + top + _BOX_TITLE - 1.0)

    return Block(height, draw)
