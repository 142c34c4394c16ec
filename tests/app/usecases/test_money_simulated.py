"""Half a year at a desk where things are recorded late, taken back and paid at random: every closed month
comes to what charging says of it, no claim stands on two bills, and no yen is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from app.charge.adjust import billed_by_month
from app.charge.bill_lines import lines_of_month
from app.charge.stored import RunState
from app.contract.facts import Changed, Ended, Started
from app.contract.life import entries_standing
from app.days import DAY, Month
from app.errors import UserError
from app.usecases.bill_contract import month_of
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_claims import claim_surcharge, withdraw_claim
from app.usecases.keep_payments import record_payment, void_payment
from app.usecases.ports import UnitOfWork
from app.usecases.record_entry import record, void
from app.usecases.run_month import run_month
from app.usecases.show_bills import account
from tests.billing_desk import Clock, billing_desk, three

FIRST, LAST = Month(2026, 8), Month(2027, 1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(data: Path, clock: Clock) -> Iterator[Desk]:
    clock.go(2026, 8, 20)
    made = billing_desk(data, clock)
    yield made
    made.storage.close()


class Staff:
    """Does at random what may be done; what the rules refuse is left."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.random, self.done = desk, Random(seed), 0
        self.contracts = [one.id for one in three(desk)]
        self._acts: tuple[Callable[[str], object], ...] = (
            self._change, self._end, self._take_back, self._pay, self._pay, self._give_back, self._void,
            self._claim, self._let_go,
        )  # fmt: skip

    def work(self, most: int) -> None:
        for _act in range(self.random.randint(2, most)):
            try:
                self.random.choice(self._acts)(self.random.choice(self.contracts))
                self.done += 1
            except UserError:
                continue

    def _day(self) -> date:
        return self.desk.today() - DAY * self.random.randint(-15, 60)

    def _change(self, contract: str) -> None:
        with self.desk.storage.look() as work:
            now = work.contracts.get(contract)
        start = next(one.entry for one in now.entries if isinstance(one.entry, Started))
        items = {code: self.random.randint(1, 40) for code in start.items}
        record(self.desk, contract, now.version, (Changed(self._day(), items),))

    def _end(self, contract: str) -> None:
        with self.desk.storage.look() as work:
            version = work.contracts.get(contract).version
        record(self.desk, contract, version, (Ended(self._day()),))

    def _take_back(self, contract: str) -> None:
        with self.desk.storage.look() as work:
            now = work.contracts.get(contract)
        held = entries_standing(one.entry for one in now.entries)
        if held:
            void(self.desk, contract, now.version, self.random.choice(held).id, "取り違え")

    def _pay(self, contract: str) -> None:
        amount = self.random.choice((5_000, 70_000, account(self.desk, contract).open + 3_000))
        on = self.desk.today() - DAY * self.random.randint(0, 20)
        record_payment(self.desk, contract, on, amount, "transfer")

    def _give_back(self, contract: str) -> None:
        record_payment(self.desk, contract, self.desk.today(), -account(self.desk, contract).ahead, "cash")

    def _void(self, contract: str) -> None:
        paid = account(self.desk, contract).payments
        if paid:
            void_payment(self.desk, contract, self.random.choice(paid).receipt, "取り違え")

    def _claim(self, contract: str) -> None:
        claim_surcharge(self.desk, contract, self.random.randint(1, 9) * 1_000, "", on=self.desk.today())

    def _let_go(self, contract: str) -> None:
        claims = account(self.desk, contract).claims
        if claims:
            withdraw_claim(self.desk, contract, self.random.choice(claims).id, "免除")


@pytest.mark.parametrize("seed", [3, 11])
def test_every_yen_is_accounted_for(desk: Desk, clock: Clock, seed: int) -> None:
    staff = Staff(desk, seed)
    for month in FIRST.until(LAST):
        today = month.last + timedelta(days=staff.random.randint(1, 9))
        clock.go(today.year, today.month, today.day)
        staff.work(8)
        if staff.random.random() < 0.5:
            run_month(desk, month.plus(1))  # somebody looks ahead
        run_month(desk, month)
        staff.work(4)
        with desk.storage.look() as work:
            run = work.bills.run(str(month))
        assert run is not None
        close_month(desk, run.id, run.version)
        with desk.storage.look() as work:
            for contract in staff.contracts:
                check_charges(desk, work, contract)
                check_claims(work, contract)
                check_money(work, contract)
    assert staff.done > 20


def check_charges(desk: Desk, work: UnitOfWork, contract: str) -> None:
    """What was billed of each closed month so far is what the month costs by what is known now."""
    timeline = work.contracts.get(contract).timeline
    billed = billed_by_month(work.bills.closed_of([contract])[contract])
    for run in work.bills.runs():
        if run.state is RunState.CLOSED:
            catalogue = desk.catalogue.with_choices(run.readings)
            due = sum(line.amount for line in lines_of_month(timeline, catalogue, month_of(run.month)))
            assert sum(line.amount for line in billed.get(run.month, ())) == due, run.month


def check_claims(work: UnitOfWork, contract: str) -> None:
    """A claim stands on the one bill it names."""
    found: dict[str, set[str]] = {}
    for bill in work.bills.closed_of([contract])[contract]:
        for line in bill.content.lines:
            if line.claim:
                found.setdefault(line.claim, set()).add(bill.id)
    named = {one.id: {one.bill_id} for one in work.bills.claims_of(contract) if one.bill_id and one.lines}
    assert found == named


def check_money(work: UnitOfWork, contract: str) -> None:
    """What was billed is paid or open, and what was paid stands on a bill or waits for one."""
    rows = [row for row in work.bills.rows_of_contract(contract) if row.closed]
    payments = [one for one in work.bills.payments_of(contract) if not one.voided]
    came = sum(one.amount for one in payments if one.method != "offset")
    ahead = sum(one.amount for one in payments if not one.bill_id)
    assert sum(row.total for row in rows) - came == sum(row.total - row.paid for row in rows) - ahead
    assert ahead >= 0
