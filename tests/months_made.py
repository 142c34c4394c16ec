"""Contracts and bills for tests of months, made in memory: what is recorded, when, and what was closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count

import msgspec

from app.charge.stored import BillLine, Claim, Run, RunState, StoredBill
from app.contract.facts import Fact, Timeline, Voided
from app.contract.record import (
    ContractContent,
    ContractSite,
    ContractState,
    Entry,
    Recorded,
    StoredContract,
)
from app.days import Month
from app.usecases.bill_contract import Before, Biller, ClosedRun
from tests.desks import NOW
from tests.shipped import catalogue


def stored(timeline: Timeline, *, seq: int = 1) -> StoredContract:
    """A contract that was recorded as the timeline says, its entries numbered in that order."""
    one = StoredContract(
        id=f"contract-{seq}",
        seq=seq,
        version=1,
        number=f"C-HM1-2611-{seq:04}",
        customer_id="customer",
        content=ContractContent(
            service=timeline.service,
            customer_kind=timeline.customer,
            line=timeline.line,
            site=ContractSite(area=timeline.area),
            agreed=timeline.agreed,
        ),
        entries=(),
        state=ContractState.ACTIVE,
        staff="田村 美咲",
        created_at=NOW,
        updated_at=NOW,
    )
    return recorded(one, *timeline.facts)


def recorded(contract: StoredContract, *entries: Entry, at: datetime = NOW) -> StoredContract:
    """The contract with further entries."""
    numbers = count(len(contract.entries) + 1)
    new = tuple(
        Recorded(
            entry=one if one.id else msgspec.structs.replace(one, id=f"entry-{number}"),
            recorded_at=at,
            staff="田村 美咲",
            seq=number,
        )
        for one, number in zip(entries, numbers, strict=False)
    )
    return msgspec.structs.replace(
        contract, entries=(*contract.entries, *new), version=contract.version + 1, updated_at=at
    )


def without(contract: StoredContract, fact: Fact) -> StoredContract:
    """The contract after the entry was taken back."""
    found = next(one for one in contract.entries if one.entry is fact or one.entry.id == fact.id)
    return recorded(contract, Voided(found.entry.id), at=NOW + timedelta(days=1))


class Months:
    """Closes one month of one contract after the other, as the program does with all of them."""

    def __init__(self, first: Month) -> None:
        self.next = first
        self.closed: list[ClosedRun] = []
        self.bills: list[StoredBill] = []

    def biller(self, choices: dict[str, str] | None = None) -> Biller:
        """What makes the bills of the next month."""
        text = str(self.next)
        run = Run(
            id=text, version=1, month=text, state=RunState.RUNNING, started_at=NOW, staff="", readings={}
        )
        return Biller(run, catalogue().with_choices(choices or {}), self.closed, 1)

    def close(
        self, contract: StoredContract, choices: dict[str, str] | None = None, claims: tuple[Claim, ...] = ()
    ) -> StoredBill:
        """The next month's bill, closed."""
        bill = self.biller(choices).bill(contract, Before(self.bills, claims))
        self.bills.append(bill)
        self.closed.append(ClosedRun(self.next, catalogue().with_choices(choices or {})))
        self.next = self.next.plus(1)
        return bill

    def billed(self, month: Month) -> dict[str, int]:
        """What was billed for a month so far, by item and tax; without what came to nothing."""
        sums: dict[str, int] = {}
        for bill in self.bills:
            for line in bill.content.lines:
                if line.month == str(month) or (bill.month == str(month) and not line.month):
                    key = f"{line.item} {line.tax.value}"
                    sums[key] = sums.get(key, 0) + line.amount
        return {key: amount for key, amount in sums.items() if amount}


def total_of(lines: tuple[BillLine, ...]) -> int:
    """Net yen of lines."""
    return sum(line.amount for line in lines)
