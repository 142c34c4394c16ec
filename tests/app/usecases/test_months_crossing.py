"""Months worked out before an earlier one is closed, and money that was set off and is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.charge.stored import Run, RunState
from app.contract.facts import Changed, Started
from app.contract.record import StoredContract
from app.days import Month
from app.errors import ConflictError, UserError
from app.usecases import run_month as running
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_claims import claim_surcharge
from app.usecases.keep_payments import record_payment, void_payment
from app.usecases.run_month import MonthRunner, drop_run, run_month
from app.usecases.show_bills import account
from tests.billing_desk import Clock, billing_desk, register, three, write

NOVEMBER, DECEMBER, JANUARY = Month(2026, 11), Month(2026, 12), Month(2027, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(data: Path, clock: Clock) -> Iterator[Desk]:
    made = billing_desk(data, clock)
    yield made
    made.storage.close()


def close(desk: Desk, month: Month) -> Run:
    with desk.storage.look() as work:
        run = work.bills.run(str(month))
    if run is None or run.state is not RunState.OPEN:
        run = run_month(desk, month)
    return close_month(desk, run.id, run.version)


def adjusted(desk: Desk, contract: StoredContract, month: Month) -> list[tuple[str, int]]:
    """Month and amount of each adjustment on a bill."""
    with desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, str(month))
    assert bill is not None
    return [(line.month, line.amount) for line in bill.content.lines if line.month]


def test_what_one_month_adjusts_the_next_worked_out_before_does_not_adjust_again(
    desk: Desk, clock: Clock
) -> None:
    first = three(desk)[0]
    close(desk, NOVEMBER)
    clock.go(2027, 1, 10)
    write(desk, first, Changed(date(2026, 11, 1), {"license": 25}))
    run_month(desk, DECEMBER)
    run_month(desk, JANUARY)  # looked at ahead of time
    close(desk, DECEMBER)
    close(desk, JANUARY)
    assert adjusted(desk, first, DECEMBER) == [("2026-11", -1_140)]
    assert adjusted(desk, first, JANUARY) == []


def test_a_payment_taken_back_takes_back_what_it_was_set_off_against(desk: Desk, clock: Clock) -> None:
    sensor = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    made = record_payment(desk, sensor.id, date(2026, 12, 1), 76_000, "transfer")
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    void_payment(desk, sensor.id, made[0].receipt, "別のお客さまの振込")
    found = account(desk, sensor.id)
    assert (found.ahead, found.open) == (0, 132_000)


def test_what_was_paid_ahead_besides_stays_set_off(desk: Desk, clock: Clock) -> None:
    sensor = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    wrong = record_payment(desk, sensor.id, date(2026, 12, 1), 76_000, "transfer")
    record_payment(desk, sensor.id, date(2026, 12, 1), 30_000, "cash")
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    void_payment(desk, sensor.id, wrong[0].receipt, "別のお客さまの振込")
    found = account(desk, sensor.id)
    assert {one.row.month: one.open for one in found.bills} == {"2026-11": 66_000, "2026-12": 36_000}
    assert (found.ahead, found.open) == (0, 102_000)


def test_what_was_worked_out_of_later_months_is_forgotten_at_closing(desk: Desk, clock: Clock) -> None:
    sensor = three(desk)[1]
    close(desk, NOVEMBER)
    clock.go(2027, 1, 10)
    claim = claim_surcharge(desk, sensor.id, 100_000, "", on=date(2026, 12, 20))
    run_month(desk, JANUARY)
    close(desk, DECEMBER)
    with desk.storage.look() as work:
        assert work.bills.run("2027-01") is None
    close(desk, JANUARY)
    with desk.storage.look() as work:
        standing = [one.bill_id for one in work.bills.claims_of(sensor.id) if one.id == claim.id]
        bill = work.bills.bill_of(sensor.id, "2027-01")
    assert bill is not None
    assert standing == [bill.id]


def test_a_run_dropped_between_two_batches_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "BATCH", 2)
    three(desk)
    runner = MonthRunner(desk, NOVEMBER)
    runner.step()
    drop_run(desk, runner.run.id)
    with pytest.raises(ConflictError):
        runner.step()


def test_a_set_off_is_not_taken_back_by_itself(desk: Desk, clock: Clock) -> None:
    sensor = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    record_payment(desk, sensor.id, date(2026, 12, 1), 76_000, "transfer")
    clock.go(2027, 1, 4)
    close(desk, DECEMBER)
    [receipt] = {one.receipt for one in account(desk, sensor.id).payments if one.method == "offset"}
    with pytest.raises(UserError) as refused:
        void_payment(desk, sensor.id, receipt, "取り違え")
    assert refused.value.code == "set-off"
    assert account(desk, sensor.id).open == 56_000


def test_money_that_was_paid_back_is_not_taken_back_before_that(desk: Desk, clock: Clock) -> None:
    sensor = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    made = record_payment(desk, sensor.id, date(2026, 12, 1), 76_000, "transfer")
    back = record_payment(desk, sensor.id, date(2026, 12, 1), -10_000, "transfer", note="返金")
    with pytest.raises(UserError) as refused:
        void_payment(desk, sensor.id, made[0].receipt, "取り違え")
    assert refused.value.code == "paid-back"
    assert account(desk, sensor.id).open == 0
    void_payment(desk, sensor.id, back[0].receipt, "取り違え")
    void_payment(desk, sensor.id, made[0].receipt, "取り違え")
    assert (account(desk, sensor.id).ahead, account(desk, sensor.id).open) == (0, 66_000)


def test_a_bill_named_twice_is_paid_once(desk: Desk) -> None:
    sensor = register(desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    close(desk, NOVEMBER)
    [row] = account(desk, sensor.id).bills
    made = record_payment(desk, sensor.id, date(2026, 12, 1), 100_000, "cash", (row.row.id, row.row.id))
    assert [one.amount for one in made] == [66_000, 34_000]
    assert account(desk, sensor.id).ahead == 34_000
