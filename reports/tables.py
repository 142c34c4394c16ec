"""Tables over pages: heads repeated, group heads kept with their rows, no total alone at the top of a
page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from reports.page import Pages
from reports.sheet import Sheet
from reports.style import ACCENT, BODY_END, CONTINUED_TABLE, FINE, HAIR, INK, ROWS_END, RULE, TABLE_HEAD

Draw = Callable[[Sheet, float], None]

_WHOLE: Final = 6  # a table of so many rows is never broken


class Block:
    """What is never broken over pages: a row, a group's head, a subtotal.

    ``keep``: stays on the page of the block after it. ``again``: what is drawn above it when it opens a
    page (its group's head). ``heavy``: the rule below it closes a group. ``inset``: how far from the left the
    rule below it begins (mm), where the next row goes on with the same thing. ``carried``: the running sum
    handed on where a page ends after it, as the last row of that page and the first of the next.
    """

    __slots__ = ("again", "carried", "draw", "heavy", "height", "inset", "is_row", "keep")

    def __init__(self, height: float, draw: Draw, *, keep: bool = False, is_row: bool = True) -> None:
        self.height = height
        self.draw = draw
        self.keep = keep
        self.is_row = is_row
        self.again: Block | None = None
        self.heavy = False
        self.inset = 0.0
        self.carried: tuple[Block, Block] | None = None

    @property
    def handing_on(self) -> float:
        """The room a page that ends after it needs under it (mm)."""
        return self.carried[0].height if self.carried else 0.0


class Ruled(NamedTuple):
    """How far a table reaches, what its head looks like (None: no head), whether rules part its blocks."""

    left: float
    right: float
    head: Draw | None
    lined: bool = True
    pad: float = 0.0  # room between the first rule and the first block
    topped: bool = True  # a rule stands above the first block

    @property
    def top(self) -> float:
        """What stands above the first block."""
        return (TABLE_HEAD if self.head else 0.0) + self.pad


def keep_together(blocks: Sequence[Block]) -> None:
    """A table of few rows moves to the next page as a whole."""
    if sum(block.is_row for block in blocks) <= _WHOLE:
        for block in blocks[:-1]:
            block.keep = True


def keep_before(blocks: Sequence[Block]) -> None:
    """What stands last (a subtotal, a total) keeps the two rows before it."""
    for block in blocks[-3:-1]:
        block.keep = True


def table_height(ruled: Ruled, blocks: Sequence[Block]) -> float:
    """How high a table stands when nothing breaks it (mm)."""
    return ruled.top + sum(block.height for block in blocks)


def draw_whole(sheet: Sheet, ruled: Ruled, blocks: Sequence[Block], y: float) -> float:
    """Draw a table that is known to fit; returns where it ends."""
    return _draw_blocks(sheet, ruled, blocks, _draw_head(sheet, ruled, y), last=True)


def flow_table(
    pages: Pages, ruled: Ruled, blocks: Sequence[Block], above: Block | None, tail: float = 0.0
) -> None:
    """Draw a table from ``pages.y`` on, over as many pages as it takes.

    ``above`` is its heading, which stays with it; ``tail`` is room to be left free under its end (mm). On
    further pages a table stands on the page's rule; one without a head of its own gets its heading again
    (``above.again``).
    """
    start = 0
    y = pages.y + (above.height if above else 0.0)
    if not page_end(y, ruled, blocks, 0, tail):
        pages.turn()
        y = pages.y + above.height if above else CONTINUED_TABLE
    if above:
        above.draw(pages.sheet, y - above.height)
    repeated = above.again if above and not ruled.head else None
    while True:
        end = page_end(y, ruled, blocks, start, tail) or forced_end(y, ruled, blocks, start)
        last = end == len(blocks)
        shown = [*_openers(blocks, start), *blocks[start:end]]
        if not last and (carried := blocks[end - 1].carried):
            shown.append(carried[0])
        pages.y = _draw_blocks(pages.sheet, ruled, shown, _draw_head(pages.sheet, ruled, y), last=last)
        if last:
            return
        start = end
        pages.carry_on()
        pages.turn()
        y = CONTINUED_TABLE
        if repeated:
            y = pages.y + repeated.height
            repeated.draw(pages.sheet, pages.y)


def page_end(y: float, ruled: Ruled, blocks: Sequence[Block], start: int, tail: float) -> int:
    """The block before which the page ends when the table goes on at y, 0 when no block can stand there
    well.
    """
    y = _first_block(y, ruled, blocks, start)
    if y + sum(block.height for block in blocks[start:]) + tail <= BODY_END:
        return len(blocks)
    allowed = 0
    for index in range(start, len(blocks) - 1):
        y += blocks[index].height
        if y > ROWS_END:
            break
        if not blocks[index].keep and y + blocks[index].handing_on <= ROWS_END:
            allowed = index + 1
    return allowed


def forced_end(y: float, ruled: Ruled, blocks: Sequence[Block], start: int) -> int:
    """The same where what should stay together is longer than a page: as many blocks as the page holds."""
    y = _first_block(y, ruled, blocks, start)
    end = start
    while end < len(blocks) and (y := y + blocks[end].height) + blocks[end].handing_on <= ROWS_END:
        end += 1
    return max(end, start + 1)


def _first_block(y: float, ruled: Ruled, blocks: Sequence[Block], start: int) -> float:
    return y + ruled.top + sum(block.height for block in _openers(blocks, start))


def _openers(blocks: Sequence[Block], start: int) -> list[Block]:
    """What stands above a block that opens a page: its group's head, and the sum carried there."""
    if not start:
        return []
    carried = blocks[start - 1].carried
    return [block for block in (blocks[start].again, carried[1] if carried else None) if block]


def _draw_head(sheet: Sheet, ruled: Ruled, y: float) -> float:
    if ruled.topped:
        sheet.rule(ruled.left, ruled.right, y, RULE, ACCENT)
    if ruled.head:
        ruled.head(sheet, y)
        sheet.rule(ruled.left, ruled.right, y + TABLE_HEAD, RULE, INK)
    return y + ruled.top


def _draw_blocks(sheet: Sheet, ruled: Ruled, blocks: Sequence[Block], y: float, *, last: bool) -> float:
    for place, block in enumerate(blocks, start=1):
        block.draw(sheet, y)
        y += block.height
        if not ruled.lined:
            continue
        if last and place == len(blocks):
            sheet.rule(ruled.left, ruled.right, y, RULE, INK)
        else:
            left = ruled.left if place == len(blocks) else ruled.left + block.inset
            sheet.rule(left, ruled.right, y, RULE if block.heavy else FINE, HAIR)
    return y
