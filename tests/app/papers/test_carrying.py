"""Running sums of tables, before any page exists."""

from __future__ import annotations

from app.papers.carrying import carrying_lines, carrying_rows
from app.papers.model import Column, LineGroup, LineRow, LineTable, Row, Table

HEADS = ("品目", "根拠", "数量", "単位", "単価", "金額")


def _rows(*amounts: int | str) -> tuple[LineRow, ...]:
    return tuple(LineRow("作業", "", "", 1, "台", amount, amount) for amount in amounts)


def _lines() -> LineTable:
    groups = (
        LineGroup("月額", "", _rows(100)),
        LineGroup("訪問", "", _rows(10, "—", -3), "小計", 7),
        LineGroup("", "", (), "合計", 107),
    )
    return LineTable(HEADS, groups)


def test_a_bill_carries_one_sum_through_all_groups() -> None:
    table = carrying_lines(_lines(), through=True)
    assert [[row.running for row in group.rows] for group in table.groups] == [[100], [110, 110, 107], []]
    assert [group.running for group in table.groups] == [100, 107, 107]
    assert table.carry is not None
    assert (table.carry.over, table.carry.brought) == ("次ページへ繰越", "前ページより繰越")


def test_groups_that_do_not_add_up_carry_only_their_own_sum() -> None:
    table = carrying_lines(_lines(), through=False)
    assert [[row.running for row in group.rows] for group in table.groups] == [[None], [10, 10, 7], []]
    assert {group.running for group in table.groups} == {None}


def _table() -> Table:
    rows = (
        Row(("利用料",), group=True),
        Row(("2月", 30)),
        Row(("3月", "—")),
        Row(("小計", 30), total=True),
        Row(("手数料",), group=True),
        Row(("3月", 400)),
    )
    return Table("", (Column("月", "left", 1), Column("金額", "right", 1)), rows)


def test_a_table_carries_the_sum_of_its_last_column_and_counts_no_total_twice() -> None:
    assert [row.running for row in carrying_rows(_table()).rows] == [None, 30, 30, 30, None, 430]
    alone = [row.running for row in carrying_rows(_table(), through=False).rows]
    assert alone == [None, 30, 30, None, None, 400]
