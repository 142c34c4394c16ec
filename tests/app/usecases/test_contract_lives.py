"""A contract of each service from its application to its last bill: what the page shows, what was previewed
and what ``answer`` says are the same figures.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.contract.facts import Ended
from app.contract.record import ContractState
from app.days import Month
from app.usecases.month_rows import month_rows
from app.usecases.open_contract import lines_of_month, open_contract
from app.usecases.preview_action import preview
from app.usecases.record_entry import record
from tests.app.usecases.contracts import LIVES, Life, asked, begun, happenings, listed, lived
from tests.desks import new_desk
from tests.shipped import TODAY, catalogue

_NAMES = [life.service for life in LIVES]


@pytest.mark.parametrize("life", LIVES, ids=_NAMES)
def test_a_life_is_billed_as_answer_says(life: Life, tmp_path: Path) -> None:
    contract = lived(new_desk(tmp_path), life)
    rows = month_rows(contract.timeline, catalogue(), life.end, {})
    months = [str(month) for month in Month.of(life.start).until(Month.of(life.end))]
    told = asked(life, months)
    shown = {str(row.month): (row.net, row.tax, row.exempt, row.total) for row in rows}
    for month, bill in told["months"].items():
        wanted = (bill["net"], bill["tax"], bill["exempt"], bill["total"])
        assert shown.get(month, (0, 0, 0, 0)) == wanted, month
    assert set(shown) <= set(months)
    fee = preview_of_end(tmp_path / "again", life)
    assert fee == told["fee"]


def preview_of_end(folder: Path, life: Life) -> int:
    desk = new_desk(folder)
    contract = begun(desk, life.service, life.items, life.start)
    *before, end = happenings(life)
    contract = record(desk, contract.id, contract.version, before)
    found = preview(contract, catalogue(), TODAY, (end,))
    assert found.problems == ()
    return found.fee.amount if found.fee is not None else 0


@pytest.mark.parametrize("life", LIVES, ids=_NAMES)
def test_what_is_previewed_stands_there_after_recording(life: Life, tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contract = begun(desk, life.service, life.items, life.start)
    for entry in happenings(life):
        view = open_contract(desk, contract.id)
        found = preview(view.stored, view.catalogue, view.today, (entry,), view.closed_until)
        assert found.problems == ()
        contract = record(desk, contract.id, contract.version, (entry,))
        after = open_contract(desk, contract.id)
        assert found.standing == after.standing
        assert found.months[: len(after.months)] == after.months
        assert {(row.words, row.total) for row in found.months[len(after.months) :]} <= {("解約後", 0)}
        assert found.life is not None
        assert [mark.on for mark in found.life.marks] == [mark.on for mark in after.life.marks]
        before_bills = {row.month: row.total for row in view.months}
        after_bills = {row.month: row.total for row in after.months}
        for effect in found.bills:
            assert before_bills.get(effect.month, effect.before.total) == effect.before.total
            assert after_bills.get(effect.month, effect.after.total) == effect.after.total


@pytest.mark.parametrize("life", LIVES, ids=_NAMES)
def test_the_list_and_the_page_agree(life: Life, tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contract = lived(desk, life)
    view = open_contract(desk, contract.id)
    (row,) = listed(desk)
    standing = view.standing
    assert (row.state, row.quantity, row.item) == (standing.state, standing.quantity, standing.item)
    assert (row.monthly_net, row.yearly_net) == (standing.monthly_net, standing.yearly_net)
    assert (row.started_on, row.ended_on) == (life.start, life.end)
    assert row.state is ContractState.ENDING
    assert view.figures.amount == row.monthly_net + row.yearly_net
    for month in view.months:
        assert sum(line.amount for line in lines_of_month(view, month.month)) == month.net + month.exempt
        assert all(line.reason is not None for line in lines_of_month(view, month.month))


def test_the_words_of_months_say_what_was_special(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    prime = next(life for life in LIVES if life.service == "dokodemo-prime")
    contract = begun(desk, prime.service, prime.items, prime.start)
    contract = record(desk, contract.id, contract.version, happenings(prime)[:2])
    view = open_contract(desk, contract.id)
    assert [(str(row.month), row.words, row.total) for row in view.months] == [
        ("2026-05", "28 ID・12日分・請求前", 30_998),
        ("2026-06", "28 ID・請求前", 80_080),
        ("2026-07", "28 ID・請求前", 80_080),
        ("2026-08", "28 ID・請求前", 80_080),
        ("2026-09", "14日から31 ID・請求前", 81_076),
        ("2026-10", "31 ID・障害1日減額・請求前", 79_200),
        ("2026-11", "31 ID・請求前", 81_840),
        ("2026-12", "31 ID・見込み", 81_840),
        ("2027-01", "31 ID・見込み", 81_840),
    ]
    total = view.months_sum
    assert total is not None
    assert (total.net, total.tax, total.total) == (466_686, 46_668, 513_354)
    assert view.figures.price_words == "単価（30〜39）"
    assert (view.figures.unit_price, view.figures.amount, view.figures.days_left) == (2_400, 74_400, 546)


def test_what_is_over_costs_nothing_any_more(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    contract = begun(desk, "dokodemo-prime", {"id": 28}, date(2026, 5, 20))
    record(desk, contract.id, contract.version, (Ended(on=date(2026, 10, 1)),))
    view = open_contract(desk, contract.id)
    assert (view.figures.amount, view.figures.unit_price, view.figures.quantity_words) == (0, None, "28 ID")
    assert str(view.months[-1].month) == "2026-10"


def test_an_end_shows_in_the_last_month(tmp_path: Path) -> None:
    desk = new_desk(tmp_path)
    prime = next(life for life in LIVES if life.service == "dokodemo-prime")
    view = open_contract(desk, lived(desk, prime).id)
    assert view.months[-1].words == "31 ID・9日分・解約金・見込み"
    assert view.months[-1].exempt == 31 * 2_400 * 16  # December 2026 is month 8 of 24
    assert view.timeline is not None
    assert isinstance(view.timeline.ended, Ended)
