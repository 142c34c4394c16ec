"""What a page shows of bills and money: the months, a contract's account, and what is overdue by age."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from app.charge.bill_lines import lines_of_month
from app.charge.late import LateBill, assigned_in, interest_of
from app.charge.stored import (
    BillLine,
    BillRow,
    Claim,
    Payment,
    Receivable,
    Run,
    RunState,
    StoredBill,
    late_bill,
)
from app.charge.words import sentence
from app.days import Month
from app.errors import UserError
from app.papers.invoice_parts import billed_by_others
from app.tariff.texts import words
from app.usecases.bill_contract import month_of
from app.usecases.desk import Desk
from app.usecases.set_off import paid_ahead

if TYPE_CHECKING:
    from app.contract.record import StoredContract
    from app.tariff.catalogue import Catalogue
    from app.usecases.ports import UnitOfWork

AGES: Final = (30, 60, 90)
"""The last day past the due date of each group but the last, which has none."""


@dataclass(frozen=True)
class Months:
    """The months a chooser offers, the newest first, with the run of each (None: not worked out yet), and
    the one to be worked out next.
    """

    months: tuple[tuple[Month, Run | None], ...]
    next: Month


@dataclass(frozen=True)
class OpenBill:
    """A bill of a contract with what is open on it, and the interest that has accrued on it until today
    (paid parts not yet claimed, and what is open as if it were paid today).
    """

    row: BillRow
    open: int
    days_late: int
    interest: int


@dataclass(frozen=True)
class Account:
    """The money of a contract: its bills, the newest first; payments, the newest first; claims that wait or
    stand on a bill; what was paid ahead.
    """

    contract: StoredContract
    customer: str
    bills: tuple[OpenBill, ...]
    payments: tuple[Payment, ...]
    claims: tuple[Claim, ...]
    ahead: int

    @property
    def open(self) -> int:
        """Yen open on closed bills."""
        return sum(one.open for one in self.bills if one.row.closed)

    @property
    def overdue(self) -> int:
        """Yen open on bills past their due day."""
        return sum(one.open for one in self.bills if one.days_late > 0)


@dataclass(frozen=True)
class AgeGroup:
    """Overdue bills of an age: from ``first`` to ``last`` days past the due date (None: and more)."""

    first: int
    last: int | None
    count: int
    open: int


@dataclass(frozen=True)
class Ageing:
    """Overdue bills, the oldest first, and what each age comes to."""

    groups: tuple[AgeGroup, ...]
    rows: tuple[Receivable, ...]

    @property
    def open(self) -> int:
        """Yen overdue in all."""
        return sum(group.open for group in self.groups)


def months(desk: Desk) -> Months:
    """The months worked out so far and the one that comes next: after the last closed one, else the month
    before today's.
    """
    with desk.storage.look() as work:
        runs = {month_of(one.month): one for one in work.bills.runs()}
    closed = [month for month, run in runs.items() if run.state is RunState.CLOSED]
    this = Month.of(desk.today())
    following = max(closed).plus(1) if closed else min(runs, default=this.plus(-1))
    offered = dict.fromkeys((*sorted(runs), following, this))
    last = max(offered)
    first = min(offered)
    every = tuple((month, runs.get(month)) for month in first.until(last))
    return Months(tuple(reversed(every)), following)


def account(desk: Desk, contract_id: str) -> Account:
    """The money of a contract."""
    with desk.storage.look() as work:
        contract = work.contracts.get(contract_id)
        rows = work.bills.rows_of_contract(contract_id)
        payments = work.bills.payments_of(contract_id)
        claims = work.bills.claims_of(contract_id)
        catalogue = desk.catalogue_for(work.settings.load())
        back = {one.cause for one in claims if one.kind == "adjustment" and not one.withdrawn}
        claimed = {
            late_bill(one.cause) for one in claims if one.kind == "late-interest" and one.id not in back
        }
        bills = tuple(
            _open_bill(desk, work, contract, row, payments, catalogue, claimed=row.id in claimed)
            for row in rows
        )
        customer = work.customers.get(contract.customer_id).fields.name
    newest = sorted(payments, key=lambda one: (one.on, one.at), reverse=True)
    return Account(
        contract,
        customer,
        tuple(sorted(bills, key=lambda one: one.row.month, reverse=True)),
        tuple(newest),
        tuple(one for one in claims if one.lines),
        paid_ahead(payments),
    )


def ageing(desk: Desk, limit: int | None = None) -> Ageing:
    """Closed bills past their due day with something open, grouped by how long. What a provider bills
    itself is its money, not ours.
    """
    with desk.storage.look() as work:
        others = billed_by_others(work.settings.load(), desk.catalogue.codes())
        rows = work.bills.receivables(desk.today(), True, limit, without=others)
    firsts = (1, *(last + 1 for last in AGES))
    lasts = (*AGES, None)
    groups = []
    for first, last in zip(firsts, lasts, strict=True):
        aged = [one.open for one in rows if first <= one.days and (last is None or one.days <= last)]
        groups.append(AgeGroup(first, last, len(aged), sum(aged)))
    return Ageing(tuple(groups), tuple(rows))


@dataclass(frozen=True)
class ExplainedLine:
    """A line of a bill with how it was worked out, a sentence each."""

    line: BillLine
    why: tuple[str, ...]


@dataclass(frozen=True)
class BillInFull:
    """A bill with its explained lines. ``contract``: as it stands now; ``service``: its short name."""

    bill: StoredBill
    contract: StoredContract
    customer: str
    service: str
    run: Run | None
    lines: tuple[ExplainedLine, ...]


def bill_in_full(desk: Desk, bill_id: str) -> BillInFull:
    """A bill with its lines, each with its reason, worked out again from the entries the bill had seen and
    the readings of its run.
    """
    with desk.storage.look() as work:
        bill = work.bills.bill(bill_id)
        contract = work.contracts.get(bill.contract_id)
        run = work.bills.run(bill.month)
        customer = work.customers.get(contract.customer_id).fields.name
    reasons = _reasons(desk, contract, bill, run)
    lines = tuple(
        ExplainedLine(line, line.why or (reasons[place] if place < len(reasons) else ()))
        for place, line in enumerate(bill.content.lines)
    )
    service = words(desk.catalogue.service(contract.content.service).short)
    return BillInFull(bill, contract, customer, service, run, lines)


def _reasons(
    desk: Desk, contract: StoredContract, bill: StoredBill, run: Run | None
) -> list[tuple[str, ...]]:
    """The reasons of the lines a bill begins with; none where charging says something else today (an edition
    was added since).
    """
    known = tuple(one for one in contract.entries if one.seq <= bill.content.seen)
    seen = msgspec.structs.replace(contract, entries=known)
    catalogue = desk.catalogue.with_choices(run.readings if run is not None else {})
    try:
        lines = lines_of_month(seen.timeline, catalogue, month_of(bill.month))
    except UserError:
        return []
    kept = bill.content.lines[: len(lines)]
    if [(one.item, one.amount) for one in lines] != [(one.item, one.amount) for one in kept]:
        return []
    return [(sentence(one.reason),) for one in lines]


def _open_bill(
    desk: Desk,
    work: UnitOfWork,
    contract: StoredContract,
    row: BillRow,
    payments: list[Payment],
    catalogue: Catalogue,
    *,
    claimed: bool,
) -> OpenBill:
    today = desk.today()
    left = row.total - row.paid if row.closed else 0
    days = (today - row.due_on).days if row.due_on and left > 0 else 0
    interest = 0
    if row.closed and row.due_on and today > row.due_on and not claimed and row.total > 0:
        parts = tuple(one for one in payments if one.bill_id == row.id and not one.voided)
        if left > 0 or any(one.on > row.due_on for one in parts):
            interest = _interest(work.bills.bill(row.id), contract, parts, catalogue, today)
    return OpenBill(row, left, max(0, days), interest)


def _interest(
    bill: StoredBill,
    contract: StoredContract,
    parts: tuple[Payment, ...],
    catalogue: Catalogue,
    today: date,
) -> int:
    assigned = assigned_in(contract.timeline, month_of(bill.month))
    late = LateBill(contract.content.service, bill, parts, assigned)
    try:
        return sum(one.amount for one in interest_of(late, catalogue, today))
    except UserError:  # no rate of law is known for the day: nothing to show yet
        return 0
