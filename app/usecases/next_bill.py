"""What a contract's months that are not closed come to: bills that are worked out already, and what waits for
the next one (adjustments, late interest, 割増金, visit work).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from app.charge.stored import Claim, Run, RunState, StoredBill
from app.days import Month
from app.usecases.bill_contract import Before, month_of
from app.usecases.run_month import biller_for, closed_before, interest_claim

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.contract.record import StoredContract
    from app.usecases.desk import Desk
    from app.usecases.ports import UnitOfWork


@dataclass(frozen=True)
class OpenBills:
    """Bills that are not closed, by month (``2026-11``). ``computed``: of a run that is worked out, as they
    stand in it; ``waiting``: the first open month where no such bill stands for what the contract is now, as
    it would be billed, with what waits for it.
    """

    computed: Mapping[str, StoredBill] = field(default_factory=dict)
    waiting: Mapping[str, StoredBill] = field(default_factory=dict)


NONE = OpenBills()


def open_bills(
    desk: Desk, work: UnitOfWork, contract: StoredContract, runs: Sequence[Run], readings: Mapping[str, str]
) -> OpenBills:
    """The open bills of a contract; nothing is stored. ``runs``: all there are; ``readings``: the owner's
    choices, for a month that no run has begun.
    """
    claims = [one for one in work.bills.waiting((contract.id,)).get(contract.id, ()) if one.lines]
    month = _first_open(desk, runs)
    computed = {
        bill.month: bill
        for run in runs
        if run.state is RunState.OPEN
        and (bill := work.bills.bill_of(contract.id, run.month)) is not None
        and _stands(bill, contract, claims, first=run.month == month)
    }
    if month in computed:
        return OpenBills(computed)
    run = next((one for one in runs if one.month == month), None) or _to_come(desk, month, readings)
    bill = _as_it_would_be(
        desk, work, contract, run, [one for one in claims if one.bill_id not in _ids(computed)]
    )
    return OpenBills(computed, {month: bill} if _more_than_charges(bill) else {})


def _first_open(desk: Desk, runs: Sequence[Run]) -> str:
    """The month that is closed next, as the chooser of months offers it."""
    closed = [one.month for one in runs if one.state is RunState.CLOSED]
    if closed:
        return str(month_of(max(closed)).plus(1))
    return min((one.month for one in runs), default=str(Month.of(desk.today()).plus(-1)))


def _stands(bill: StoredBill, contract: StoredContract, claims: Sequence[Claim], *, first: bool) -> bool:
    """Whether a bill still says what it would say if it were worked out now."""
    on_it = {line.claim for line in bill.content.lines if line.claim}
    meant = {one.id for one in claims if one.bill_id == bill.id or (first and not one.bill_id)}
    return not bill.refused and bill.contract_version == contract.version and on_it == meant


def _ids(bills: Mapping[str, StoredBill]) -> set[str]:
    return {one.id for one in bills.values()}


def _to_come(desk: Desk, month: str, readings: Mapping[str, str]) -> Run:
    """A run nobody has begun; it is never stored."""
    return Run(
        id="",
        version=0,
        month=month,
        state=RunState.RUNNING,
        started_at=desk.now(),
        staff="",
        readings=dict(readings),
    )


def _as_it_would_be(
    desk: Desk, work: UnitOfWork, contract: StoredContract, run: Run, claims: Sequence[Claim]
) -> StoredBill:
    biller = biller_for(desk, work, run)
    late = work.bills.paid_late((contract.id,)).get(contract.id, ())
    due = [interest_claim(desk, work, biller, contract, bill) for bill in late]
    closed = closed_before(work, biller, (contract,), (contract.id,)).get(contract.id)
    return biller.bill(contract, Before(closed, [*claims, *(one for one in due if one is not None)]))


def _more_than_charges(bill: StoredBill) -> bool:
    return any(line.claim or line.month for line in bill.content.lines)
