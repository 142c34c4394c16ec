"""The months of a contract that are worked out and not closed, as its page tells them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QWidget

from app.days import Month
from app.usecases.contract_view import MonthRow, ShownLine
from ui.contracts.month_detail import MonthDetail
from ui.contracts.month_words import month_told
from ui.contracts.months_tab import with_besides

NOVEMBER = Month(2026, 11)
ROW = MonthRow(NOVEMBER, "31 ID・計算済み・締め前", "computed", 88_000, 8_800, 0, besides=(5_000, 500, 0))


def test_a_month_worked_out_says_so(dressed: QApplication, stage: Callable[[QWidget], QWidget]) -> None:
    detail = MonthDetail()
    stage(detail)
    late = ShownLine("surcharge", "割増金", 5_000, False, "", None, "", None, "", None, ("免れた額の2倍",))
    detail.show_month(ROW, (late,))
    assert len(detail.lines.rows()) == 1
    assert month_told(ROW, planned=False) == (
        "2026年11月 31 ID・計算済み・締め前 税込96,800円（計算済み・締め前）"
    )


def test_a_plan_keeps_what_waits_besides_the_charges() -> None:
    planned = MonthRow(NOVEMBER, "31 ID・請求前", "unbilled", 83_000, 8_300, 0)
    assert with_besides(planned, ROW).total == ROW.total  # the plan changes nothing: nothing is shown
    more = MonthRow(NOVEMBER, "40 ID・請求前", "unbilled", 100_000, 10_000, 0)
    assert with_besides(more, ROW).total == 115_500
