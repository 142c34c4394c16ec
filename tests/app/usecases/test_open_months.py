"""The months of a contract that are not closed: the open run's bill, and what waits for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.charge.stored import StoredBill
from app.contract.facts import Changed, Ended, Started
from app.contract.record import StoredContract
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.contract_view import ContractView, MonthRow
from app.usecases.desk import Desk
from app.usecases.keep_claims import claim_surcharge
from app.usecases.keep_payments import record_payment
from app.usecases.month_rows import sum_of
from app.usecases.open_contract import lines_of_month, months_until, open_contract
from app.usecases.run_month import run_month
from tests.billing_desk import Clock, billing_desk, register, take_back, write

NOVEMBER, DECEMBER, JANUARY = Month(2026, 11), Month(2026, 12), Month(2027, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(data: Path, clock: Clock) -> Iterator[Desk]:
    made = billing_desk(data, clock)
    yield made
    made.storage.close()


@pytest.fixture
def prime(desk: Desk) -> StoredContract:
    return register(desk, "紅葉会計事務所", "dokodemo-prime", Started(date(2026, 8, 1), {"id": 10}))


def close(desk: Desk, month: Month) -> None:
    run = run_month(desk, month)
    close_month(desk, run.id, run.version)


def row(view: ContractView, month: Month) -> MonthRow:
    return next(one for one in view.months if one.month == month)


def stored_bill(desk: Desk, contract: StoredContract, month: Month) -> StoredBill:
    with desk.storage.look() as work:
        found = work.bills.bill_of(contract.id, str(month))
    assert found is not None
    return found


def figures(one: MonthRow | StoredBill) -> tuple[int, int, int, int]:
    return one.net, one.tax, one.exempt, one.total


def test_a_month_worked_out_shows_the_bill_of_its_run(desk: Desk, prime: StoredContract) -> None:
    claim_surcharge(desk, prime.id, 5_000, "", on=date(2026, 11, 10))
    run_month(desk, NOVEMBER)
    view = open_contract(desk, prime.id)
    november = row(view, NOVEMBER)
    bill = stored_bill(desk, prime, NOVEMBER)
    assert (november.state, november.bill, november.computed) == ("computed", None, bill)
    assert figures(november) == figures(bill)
    assert november.words == "10 ID・追加請求あり・計算済み・締め前"
    lines = lines_of_month(view, NOVEMBER)
    assert [line.amount for line in lines] == [line.amount for line in bill.content.lines]
    assert lines[0].reason is not None
    assert all(line.why for line in lines[1:])
    assert view.months_sum is not None
    assert view.months_sum.total == sum(one.total for one in view.months if one.state != "planned")


def test_what_waits_stands_in_the_first_open_month(desk: Desk, prime: StoredContract) -> None:
    before = row(open_contract(desk, prime.id), NOVEMBER)
    claim_surcharge(desk, prime.id, 5_000, "窓口で確認", on=date(2026, 11, 10))
    view = open_contract(desk, prime.id)
    november = row(view, NOVEMBER)
    assert (november.state, november.computed) == ("unbilled", None)
    assert november.words == "10 ID・追加請求あり・請求前"
    with desk.storage.look() as work:
        (claim,) = work.bills.claims_of(prime.id)
    assert november.net - before.net == sum(line.amount for line in claim.lines)
    shown = lines_of_month(view, NOVEMBER)
    assert [line.why for line in shown[1:]] == [line.why for line in claim.lines]
    assert shown[0].reason is not None
    run_month(desk, NOVEMBER)
    assert figures(row(open_contract(desk, prime.id), NOVEMBER)) == figures(november)  # as it was foretold
    assert [one.month for one in view.months if one.waiting is not None] == [NOVEMBER]


def test_a_bill_that_is_stale_is_not_shown(desk: Desk, prime: StoredContract) -> None:
    run_month(desk, NOVEMBER)
    write(desk, prime, Changed(date(2026, 11, 16), {"id": 20}))
    november = row(open_contract(desk, prime.id), NOVEMBER)
    assert november.computed is None
    assert november.state == "unbilled"
    run_month(desk, NOVEMBER)
    fresh = row(open_contract(desk, prime.id), NOVEMBER)
    assert fresh.computed is not None
    assert figures(fresh) == figures(november)


def test_adjustments_and_late_interest_that_are_to_come_are_foretold(desk: Desk, clock: Clock) -> None:
    one = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    clock.go(2027, 1, 30)
    close(desk, DECEMBER)
    record_payment(
        desk, one.id, date(2027, 1, 30), 66_000, "transfer", (stored_bill(desk, one, NOVEMBER).id,)
    )
    write(desk, one, Changed(date(2026, 12, 10), {"sensor": 2}))
    view = open_contract(desk, one.id)
    january = row(view, JANUARY)
    assert january.waiting is not None
    assert january.exempt == 66_000 * 145 * 29 // 365_000
    assert "調整あり・追加請求あり" in january.words
    assert any(line.month == "2026-12" for line in january.waiting.content.lines)
    run_month(desk, JANUARY)
    after = row(open_contract(desk, one.id), JANUARY)
    assert after.computed is not None
    assert figures(after) == figures(january)
    assert after.besides == january.besides


def test_a_bill_after_the_end_has_a_row(desk: Desk, clock: Clock, prime: StoredContract) -> None:
    close(desk, NOVEMBER)
    write(desk, prime, Ended(date(2026, 12, 10)))
    clock.go(2027, 1, 5)
    close(desk, DECEMBER)
    claim_surcharge(desk, prime.id, 5_000, "", on=date(2026, 11, 10))
    january = open_contract(desk, prime.id).months[-1]
    assert (january.month, january.words) == (JANUARY, "解約後・追加請求あり・請求前")
    assert january.total > 0
    close(desk, JANUARY)
    closed = open_contract(desk, prime.id).months[-1]
    assert (closed.month, closed.state) == (JANUARY, "billed")
    assert closed.total == january.total


def test_a_contract_without_a_start_shows_what_waits(desk: Desk, prime: StoredContract) -> None:
    claim_surcharge(desk, prime.id, 5_000, "", on=date(2026, 11, 10))
    take_back(desk, prime, Started)
    (only,) = open_contract(desk, prime.id).months
    assert (only.month, only.words) == (NOVEMBER, "追加請求あり・請求前")
    assert figures(only) == (only.net, only.tax, 0, only.waiting.total if only.waiting else 0)


def test_months_further_ahead_are_the_same_months(desk: Desk, prime: StoredContract) -> None:
    close(desk, NOVEMBER)
    write(desk, prime, Changed(date(2026, 11, 16), {"id": 20}))
    claim_surcharge(desk, prime.id, 5_000, "", on=date(2026, 11, 10))
    view = open_contract(desk, prime.id)
    ahead = months_until(view, 12)
    assert ahead[: len(view.months)] == view.months
    assert len(ahead) > len(view.months)
    assert row(view, NOVEMBER).words == "10 ID"  # as it was billed, not as it is now


def test_months_billed_elsewhere_are_in_no_sum() -> None:
    rows = [
        MonthRow(NOVEMBER, "", "elsewhere", 1_000, 100, 0),
        MonthRow(DECEMBER, "", "unbilled", 2_000, 200, 0),
    ]
    summed = sum_of(rows)
    assert summed is not None
    assert (summed.first, summed.total) == (DECEMBER, 2_200)
    assert sum_of(rows[:1]) is None
