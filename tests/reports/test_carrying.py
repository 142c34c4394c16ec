"""Sums handed on from page to page: the last row of one page and the first of the next say the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from msgspec.structs import replace

from app.papers.carrying import carrying_lines, carrying_rows
from app.papers.model import Column, Images, LineGroup, LineRow, LineTable, Paper, Row, Table
from reports import draw
from tests.reports import papers
from tests.reports.reading import overlaps, pieces, texts

COLUMNS = (Column("日", "left", 2), Column("品目", "left", 5), Column("金額", "right", 3))
OVER, BROUGHT = "次ページへ繰越", "前ページより繰越"


def _bill(count: int, groups: int) -> Paper:
    rows = tuple(LineRow(f"品目{place}", "", "", 1, "台", 7, 1_000 + place) for place in range(count))
    table = LineTable(
        papers.HEADS, tuple(LineGroup(f"群{group}", "", rows, "小計", 0) for group in range(groups))
    )
    return papers.quotation((carrying_lines(table, through=True),))


def _cells(count: int, groups: int) -> Paper:
    rows: list[Row] = []
    for group in range(groups):
        rows.append(Row((f"群{group}", "2月分"), group=True))
        rows += [Row(("2月", f"品目{place}", 1_000 + place)) for place in range(count)]
        rows.append(Row(("", "小計", 0), total=True))
    return papers.quotation((carrying_rows(Table("", COLUMNS, tuple(rows))),))


@pytest.mark.parametrize("made", [_bill, _cells])
@pytest.mark.parametrize(("count", "groups"), [(9, 9), (70, 1), (31, 3)])
def test_every_page_takes_up_what_the_one_before_handed_on(
    made: Callable[[int, int], Paper], count: int, groups: int
) -> None:
    pages = texts(draw(made(count, groups), Images()))
    assert len(pages) > 2
    running = 0
    for page, following in pairwise(pages):
        running += sum(
            int(one.replace(",", "")) for one in re.findall(r"品目\d+ .*?(1,0\d\d)$", page, re.MULTILINE)
        )
        [over] = re.findall(rf"{OVER}\s+([\d,]+)", page)
        [brought] = re.findall(rf"{BROUGHT}\s+([\d,]+)", following)
        assert over == brought == f"{running:,}"
        lines = page.splitlines()
        assert OVER in lines[-4] or OVER in lines[-3]
    assert OVER not in pages[-1]


@pytest.mark.parametrize("made", [_bill, _cells])
def test_pages_with_carried_sums_stay_within_their_edges(made: Callable[[int, int], Paper]) -> None:
    for count in (13, 17, 25):
        found = pieces(draw(made(count, 3), Images()))
        assert overlaps(found) == []
        assert not [piece for piece in found if piece.bottom > 277.1 and piece.top < 282.9]
        [(over, word)] = [
            (one, other)
            for one in found
            for other in found
            if OVER in one.text and one.page == other.page == 0 and "次のページ" in other.text
        ]
        assert over.bottom < word.top


def test_a_group_that_goes_on_stands_above_the_carried_sum() -> None:
    page = texts(draw(_cells(60, 1), Images()))[1]
    assert page.index("群0（つづき）") < page.index(BROUGHT) < page.index("品目2")


def test_a_table_that_does_not_break_carries_nothing() -> None:
    short = _cells(4, 2)
    assert OVER not in "".join(texts(draw(short, Images())))


def test_words_of_a_total_reach_left_over_empty_cells() -> None:
    wide = "訪問サポートと利用料をあわせた小計"
    columns = (*COLUMNS[:2], Column("税率", "left", 0.5), COLUMNS[2])
    rows = (Row(("2月", "品目", "10％", 1)), Row(("", "", wide, 1), total=True))
    paper = replace(papers.quotation(), sections=(Table("", columns, rows),))
    assert wide in [piece.text.strip() for piece in pieces(draw(paper, Images()))]


def test_steps_stand_in_below_the_row_they_explain() -> None:
    rows = tuple(Row(("2月", f"品目{depth}", depth), depth=depth) for depth in (0, 1, 2, 40))
    found = pieces(draw(papers.quotation((Table("", COLUMNS, rows),)), Images()))
    lefts = [piece.left for piece in found if piece.text.strip() == "2月"]
    assert [round(left - lefts[0]) for left in lefts] == [0, 3, 6, 15]
