"""Months that were closed before anybody knew of them, and bills of a contract that never began."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from app.contract.facts import Started
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.open_contract import lines_of_month, open_contract
from app.usecases.record_entry import void
from app.usecases.run_month import run_month
from tests.app.usecases.contracts import begun
from tests.desks import new_desk

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)


def close(desk: Desk, month: Month) -> None:
    run = run_month(desk, month, lambda _told: True)
    close_month(desk, run.id, run.version)


def test_a_month_charged_by_a_later_bill_is_not_counted_twice(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    begun(desk, "mihariban", {"license": 5}, date(2026, 9, 1), "06-1111-0001")
    close(desk, OCTOBER)
    late = begun(desk, "mihariban", {"license": 10}, date(2026, 10, 1), "06-1111-0002")
    close(desk, NOVEMBER)
    view = open_contract(desk, late.id)
    rows = {str(row.month): row for row in view.months}
    assert rows["2026-10"].state == "carried"
    assert "2026年11月分で精算" in rows["2026-10"].words
    assert lines_of_month(view, OCTOBER) == ()
    bill = rows["2026-11"].bill
    assert bill is not None
    assert {line.month for line in bill.content.lines} == {"", "2026-10"}
    assert view.months_sum is not None
    assert view.months_sum.net == bill.net == 2 * 10 * 190


def test_bills_stay_to_be_seen_when_the_start_is_taken_back(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    made = begun(desk, "mihariban", {"license": 10}, date(2026, 10, 1), "06-1111-0001")
    close(desk, OCTOBER)
    start = next(one.entry.id for one in made.entries if isinstance(one.entry, Started))
    void(desk, made.id, made.version, start, "お客さまを取り違えた")
    view = open_contract(desk, made.id)
    assert view.timeline is None
    assert [(str(row.month), row.state, row.net) for row in view.months] == [
        ("2026-10", "billed", 1_900),
        ("2026-11", "unbilled", -1_900),  # what the next run gives back
    ]
    assert [line.amount for line in lines_of_month(view, OCTOBER)] == [1_900]
    close(desk, NOVEMBER)
    view = open_contract(desk, made.id)
    assert [row.net for row in view.months] == [1_900, -1_900]
    assert view.months_sum is not None
    assert view.months_sum.total == 0
