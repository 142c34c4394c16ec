"""Breaks over pages, on bare blocks: nothing is lost, nothing stands where it should not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.style import BODY_END, CONTINUED_TABLE, ROWS_END, TABLE_HEAD
from reports.tables import Block, Ruled, forced_end, keep_before, keep_together, page_end

HEADED = Ruled(22, 192, lambda _sheet, _y: None)


def blocks(heights: list[float]) -> list[Block]:
    """Rows of some heights."""
    return [Block(height, lambda _sheet, _y: None) for height in heights]


def pages(rows: list[Block], y: float = 110.0, tail: float = 0.0) -> list[int]:
    """How many blocks each page takes."""
    found, start = [], 0
    if not page_end(y, HEADED, rows, 0, tail):
        y = CONTINUED_TABLE
    while start < len(rows):
        end = page_end(y, HEADED, rows, start, tail) or forced_end(y, HEADED, rows, start)
        found.append(end - start)
        start, y = end, CONTINUED_TABLE
    return found


@given(st.lists(st.floats(5, 40), min_size=1, max_size=120), st.floats(30, 276), st.floats(0, 12))
def test_every_block_finds_a_page_that_holds_it(heights: list[float], y: float, tail: float) -> None:
    rows = blocks(heights)
    counts = pages(rows, y, tail)
    assert sum(counts) == len(rows)
    assert min(counts) >= 1
    start = counts[0]
    for place, count in enumerate(counts[1:], start=2):
        bottom = CONTINUED_TABLE + TABLE_HEAD + sum(heights[start : start + count])
        assert bottom <= (BODY_END - tail if place == len(counts) else ROWS_END)
        start += count


@given(st.integers(3, 150), st.floats(30, 250))
def test_a_total_never_opens_a_page_and_keeps_two_rows(count: int, y: float) -> None:
    rows = blocks([7.0] * count)
    keep_before(rows)
    assert pages(rows, y)[-1] >= 3


def test_a_table_of_six_rows_moves_whole() -> None:
    rows = blocks([7.0] * 6)
    keep_together(rows)
    assert pages(rows, y=240.0) == [6]
    assert not page_end(240.0, HEADED, rows, 0, 0.0)
    more = blocks([7.0] * 7)
    keep_together(more)
    assert pages(more, y=240.0) == [3, 4]


def test_rows_kept_together_that_fill_more_than_a_page_are_broken_all_the_same() -> None:
    rows = blocks([20.0] * 30)
    for row in rows[:-1]:
        row.keep = True
    assert sum(pages(rows)) == 30
    assert min(pages(rows)) >= 1


def test_a_row_higher_than_a_page_still_ends() -> None:
    assert pages(blocks([400.0, 7.0])) == [1, 1]


def test_room_kept_free_under_the_end_moves_the_last_rows() -> None:
    rows = blocks([7.0] * 22)
    assert pages(rows, y=110.0) == [22]
    assert pages(rows, y=110.0, tail=8.5) == [21, 1]


def test_a_groups_head_above_the_first_row_of_a_page_takes_its_room() -> None:
    rows = blocks([7.0] * 60)
    head = Block(7.0, lambda _sheet, _y: None)
    plain = pages(rows)
    for row in rows:
        row.again = head
    assert plain[1] - pages(rows)[1] == 1
