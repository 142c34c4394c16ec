"""Bills of closed months: what is stored is what is printed, what the screen shows, what ``answer`` says."""

from __future__ import annotations

import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from app.charge.stored import StoredBill
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_payments import record_payment
from app.usecases.run_month import run_month
from app.usecases.show_bills import account, bill_in_full
from tests.agreement.issuing import previewed, provider
from tests.agreement.lives import Given, asked, fewest, lives, stored
from tests.agreement.printed import last_column, tables
from tests.billing_desk import Clock, billing_desk

MONTHS = (Month(2026, 10), Month(2026, 11))


@fewest
@given(st.lists(lives(), min_size=3, max_size=3))
def test_every_bill_agrees(found: list[Given]) -> None:
    clock = Clock()
    clock.go(2026, 12, 1)
    with tempfile.TemporaryDirectory() as folder:
        desk = billing_desk(Path(folder) / "data", clock)
        with closing(desk.storage):
            provider(desk)
            contracts = {
                stored(desk, life, f"株式会社青葉野{place}"): life for place, life in enumerate(found)
            }
            for month in MONTHS:
                run = run_month(desk, month)
                close_month(desk, run.id, run.version)
            for contract, life in contracts.items():
                bills = _bills(desk, contract)
                for bill in bills:
                    _agrees(desk, bill, life)
                _payments_agree(desk, contract, [bill for bill in bills if bill.total > 0])


def _bills(desk: Desk, contract: str) -> list[StoredBill]:
    with desk.storage.look() as work:
        bills = work.bills.closed_of((contract,)).get(contract, [])
    return [bill for bill in bills if bill.content.lines and not bill.refused]


def _payments_agree(desk: Desk, contract: str, bills: list[StoredBill]) -> None:
    """支払証明書: what came for the bills, payment by payment."""
    if not bills:
        return
    for bill in bills:
        record_payment(desk, contract, date(2026, 11, 30), bill.total, "transfer", (bill.id,))
    paper = previewed(desk, "P", contract)
    assert sorted(last_column(tables(paper)[0])) == sorted(bill.total for bill in bills)
    assert paper.headline.amount == sum(bill.total for bill in bills)
    assert account(desk, contract).open == 0


def _agrees(desk: Desk, bill: StoredBill, life: Given) -> None:
    amounts = [line.amount for line in bill.content.lines]
    screen = bill_in_full(desk, bill.id)
    assert [line.amount for line in screen.bill.content.lines] == amounts
    if bill.total > 0:
        for kind in "BT":
            paper = previewed(desk, kind, bill.id, accept=["no-address"])
            charged = next(table for table in tables(paper) if len(table.columns) == 6)
            assert sorted(last_column(charged)) == sorted(amounts)
            assert paper.headline.amount == bill.total
            taxes = next(table for table in tables(paper) if "税率" in table.title)
            assert taxes.rows[-1].cells[-1] == bill.total
            assert sum(row.cells[2] for row in taxes.rows[:-1] if isinstance(row.cells[2], int)) == bill.tax
    elif bill.total < 0:
        assert previewed(desk, "H", bill.id, accept=["no-address"]).headline.amount == -bill.total
    own = [line for line in bill.content.lines if not line.month and not line.claim]
    answered = (asked("bill", life, months=[bill.month]) or {}).get("months", {}).get(bill.month)
    assert answered is not None
    assert [(line.item, line.amount) for line in own] == [
        (line["item"], line["amount"]) for line in answered["lines"]
    ]
    if len(own) == len(bill.content.lines):
        sums = (bill.net, bill.tax, bill.exempt, bill.total)
        assert sums == tuple(answered[key] for key in ("net", "tax", "exempt", "total"))
