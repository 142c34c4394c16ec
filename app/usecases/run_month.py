"""毎月の請求: the charges of a month for all contracts, in batches, each of them one transaction.

A run that is stopped, or killed, keeps what it has worked out and goes on from there. Contracts that
changed meanwhile are worked out again at the end, and once more before closing.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import msgspec

from app.charge.late import LateBill, assigned_in, interest_line, interest_of
from app.charge.stored import Claim, Run, RunState, StoredBill, late_bill
from app.days import Month, short_month_words
from app.errors import ConflictError, Problem, UserError
from app.ids import uuid7
from app.usecases.bill_contract import Before, Biller, closed_run, month_of
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import _, speaking

if TYPE_CHECKING:
    from app.contract.record import StoredContract
    from app.usecases.ports import UnitOfWork

BATCH: Final = 2_000
"""Contracts worked out in one transaction."""

CUSTOMERS_READ: Final = "ja"
"""The language of bills."""


@dataclass(frozen=True)
class RunProgress:
    """How far a run has come: contracts worked out, of how many, and what they come to (yen)."""

    run: Run
    contracts: int

    @property
    def done(self) -> int:
        """Contracts worked out so far."""
        return self.run.contracts

    @property
    def percent(self) -> int:
        """0–100; 100 only when everything is done."""
        if self.run.state is not RunState.RUNNING:
            return 100
        return min(99, self.done * 100 // self.contracts) if self.contracts else 0


def run_month(desk: Desk, month: Month, progress: Callable[[RunProgress], bool] | None = None) -> Run:
    """Work out a month for all contracts and return the run: open, or still running where ``progress``
    said False after a batch.

    Raises UserError ``month-closed``, ``later-month-closed``; ConflictError when another window runs it too.
    """
    runner = MonthRunner(desk, month)
    with _uncollected():
        while not runner.finished:
            told = runner.step()
            if progress is not None and not progress(told):
                break
    return runner.run


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without a look for cycles: bills hold none, and looking takes a fifteenth of a run. The window collects
    by a timer of its own anyway.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class MonthRunner:
    """A run in steps: a window does one after the other and lets other work in between.

    Nothing is read or written before the first step, which takes up a run that was stopped, or begins one.
    One that is open is worked out anew. Not for several threads at a time.
    """

    def __init__(self, desk: Desk, month: Month) -> None:
        self._desk = desk
        self._month = month
        self._run: Run | None = None
        self._biller: Biller | None = None
        self._contracts = 0

    @property
    def run(self) -> Run:
        """The run as it stands. LookupError before the first step."""
        if self._run is None:
            raise LookupError("no step was made")
        return self._run

    @property
    def finished(self) -> bool:
        """Whether every contract is worked out."""
        return self._run is not None and self._run.state is not RunState.RUNNING

    def step(self) -> RunProgress:
        """Work out the next batch, or, after the last, finish. Raises as ``run_month``."""
        with self._desk.storage.work() as work:
            run = self._begin(work) if self._run is None else _still(work, self._run)
            biller = self._biller or biller_for(self._desk, work, run)
            batch = work.contracts.batch(run.done_seq, BATCH)
            if batch:
                made = put_batch(self._desk, work, biller, batch)
                run = _added(run, made, batch[-1].seq, len(batch))
            else:
                run = redo_stale(self._desk, work, biller, run)
                run = msgspec.structs.replace(run, state=RunState.OPEN)
                work.audit.record(run.staff, "month-run", run.id, _told(run))
            run = work.bills.save_run(run)
            work.commit()
        self._run, self._biller = run, biller
        return RunProgress(run, max(self._contracts, run.contracts))

    def _begin(self, work: UnitOfWork) -> Run:
        settings = work.settings.load()
        require(work, settings, Act.RUN_MONTH)
        self._contracts = work.contracts.count()
        found = work.bills.run(str(self._month))
        check_open(work.bills.runs(), self._month)
        if found is not None and found.state is RunState.RUNNING:
            return found
        if found is not None:
            work.bills.drop_run(found.id)
        return work.bills.add_run(
            Run(
                id=uuid7(),
                version=1,
                month=str(self._month),
                state=RunState.RUNNING,
                started_at=self._desk.now(),
                staff=who(settings),
                readings=dict(settings.readings),
            )
        )


def _still(work: UnitOfWork, run: Run) -> Run:
    """The run, where nobody dropped it or went on with it meanwhile."""
    found = work.bills.run(run.month)
    if found is None or (found.id, found.version) != (run.id, run.version):
        raise ConflictError(
            Problem(
                "run-changed",
                _("{month}分は、ほかの画面で計算し直されたか、破棄されています。").format(
                    month=short_month_words(month_of(run.month))
                ),
                remedy=_("もう一度計算してください。"),
            )
        )
    return found


def drop_run(desk: Desk, run_id: str) -> None:
    """Forget a run that is not closed: nothing of it stays. Its claims wait again.

    Raises UserError ``not-found``, ``run-closed``.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.RUN_MONTH)
        month = next((one.month for one in work.bills.runs() if one.id == run_id), "")
        work.bills.drop_run(run_id)
        work.audit.record(who(work.settings.load()), "month-dropped", run_id, {"month": month})
        work.commit()


def check_open(runs: Iterable[Run], month: Month) -> None:
    """Refuse to work out a month that is closed, or that lies before one that is.

    Raises UserError ``month-closed``, ``later-month-closed``.
    """
    closed = [one for one in runs if one.state is RunState.CLOSED]
    words = short_month_words(month)
    if any(one.month == str(month) for one in closed):
        raise UserError(
            Problem(
                "month-closed",
                _("{month}分は締め済みです。").format(month=words),
                remedy=_("あとから分かったことは契約に記録してください。翌月の請求に調整として入ります。"),
            )
        )
    later = [one.month for one in closed if one.month > str(month)]
    if later:
        raise UserError(
            Problem(
                "later-month-closed",
                _("{month}分より後の{later}分がすでに締められています。").format(
                    month=words, later=short_month_words(month_of(max(later)))
                ),
                remedy=_("前の月の料金は、次に締める月の請求に調整として入ります。"),
            )
        )


def biller_for(desk: Desk, work: UnitOfWork, run: Run) -> Biller:
    """What makes the bills of a run: tariffs under its readings, the months closed before it."""
    closed = [one for one in work.bills.runs() if one.state is RunState.CLOSED and one.month < run.month]
    return Biller(
        run,
        desk.catalogue.with_choices(run.readings),
        [closed_run(one, desk.catalogue) for one in closed],
        work.settings.load().company.due_months,
        max((one.started_at for one in closed), default=None),
    )


def put_batch(
    desk: Desk,
    work: UnitOfWork,
    biller: Biller,
    contracts: Sequence[StoredContract],
    replaced: frozenset[str] = frozenset(),
) -> list[StoredBill]:
    """Make and store the bills of contracts, with what waits for them, or stood on the bills ``replaced``.

    Their words are Japanese, whatever the window speaks: the customers read them.
    """
    ids = [one.id for one in contracts]
    with speaking(CUSTOMERS_READ):
        claims = _claims(desk, work, biller, contracts, replaced)
        closed = closed_before(work, biller, contracts, ids)
        bills = [biller.bill(one, Before(closed.get(one.id), claims.get(one.id, ()))) for one in contracts]
    work.bills.put_bills(bills)
    stand_on = {
        claim.id: bill.id
        for bill in bills
        if bill.content.lines
        for claim in claims.get(bill.contract_id, ())
    }
    if stand_on:
        work.bills.put_claims(stand_on)
    return bills


def redo_stale(desk: Desk, work: UnitOfWork, biller: Biller, run: Run) -> Run:
    """Work out again what changed or came since the run saw it; the run's sums follow (unsaved)."""
    seen: set[str] = set()
    while ids := [one for one in work.bills.stale(run.id, BATCH) if one not in seen]:
        seen.update(ids)
        run = redo(desk, work, biller, run, ids)
    return run


def redo(desk: Desk, work: UnitOfWork, biller: Biller, run: Run, ids: Sequence[str]) -> Run:
    """Work out the bills of some contracts again; the run's sums follow (unsaved)."""
    found = [work.bills.bill_of(one, run.month) for one in ids]
    before = [one for one in found if one is not None]
    contracts = [work.contracts.get(one) for one in ids]
    made = put_batch(desk, work, biller, contracts, frozenset(one.id for one in before))
    known = sum(one.seq <= run.done_seq for one in contracts)
    run = _added(run, before, run.done_seq, 0, -1)
    return _added(run, made, max(run.done_seq, *(one.seq for one in contracts)), len(contracts) - known)


def refresh_open(desk: Desk, work: UnitOfWork, contract: StoredContract) -> None:
    """Work out a contract's bill of the month that is open again: something waits for it, or no longer does.
    A run under way takes it up by itself, or the next one does.
    """
    runs = [one for one in work.bills.runs() if one.state is RunState.OPEN]
    if runs:
        run = min(runs, key=lambda one: one.month)
        if contract.seq <= run.done_seq:
            biller = biller_for(desk, work, run)
            work.bills.save_run(redo(desk, work, biller, run, [contract.id]))


def without_bills(run: Run, gone: Sequence[StoredBill]) -> Run:
    """The run with sums that leave some of its bills out (unsaved)."""
    return _added(run, gone, run.done_seq, 0, -1)


def _added(run: Run, bills: Sequence[StoredBill], done_seq: int, contracts: int, sign: int = 1) -> Run:
    """The run with the sums of some more bills (or less)."""
    with_lines = sum(bool(one.content.lines) for one in bills)
    return msgspec.structs.replace(
        run,
        done_seq=done_seq,
        contracts=run.contracts + contracts,
        bills=run.bills + sign * with_lines,
        refused=run.refused + sign * sum(bool(one.refused) for one in bills),
        net=run.net + sign * sum(one.net for one in bills),
        tax=run.tax + sign * sum(one.tax for one in bills),
        exempt=run.exempt + sign * sum(one.exempt for one in bills),
        total=run.total + sign * sum(one.total for one in bills),
    )


def closed_before(
    work: UnitOfWork, biller: Biller, contracts: Sequence[StoredContract], ids: Sequence[str]
) -> dict[str, list[StoredBill]]:
    """The closed bills of those contracts whose closed months may differ from what was billed."""
    if not biller.looks_back:
        return {}
    versions = work.bills.closed_versions(ids)
    changed = [one.id for one in contracts if biller.may_differ(one, versions.get(one.id))]
    found = work.bills.closed_of(changed) if changed else {}
    return {one: found.get(one, []) for one in changed}


def _claims(
    desk: Desk,
    work: UnitOfWork,
    biller: Biller,
    contracts: Sequence[StoredContract],
    replaced: frozenset[str],
) -> dict[str, list[Claim]]:
    """What waits for the next bill of each contract, late interest made ready among it."""
    ids = [one.id for one in contracts]
    found = work.bills.waiting(ids)
    late = work.bills.paid_late(ids)
    for one in contracts:
        for bill in late.get(one.id, ()):
            claim = interest_claim(desk, work, biller, one, bill)
            if claim is not None:
                found.setdefault(one.id, []).append(work.bills.add_claim(claim))
    return {
        contract: taken
        for contract, claims in found.items()
        if (taken := [claim for claim in claims if not claim.bill_id or claim.bill_id in replaced])
    }


def interest_claim(
    desk: Desk, work: UnitOfWork, biller: Biller, contract: StoredContract, bill: StoredBill
) -> Claim | None:
    """The claim for a bill paid late; without lines where it costs nothing (days of grace), so that nobody
    looks again. None where the terms or the rate of law are not known yet: a later run asks again.
    """
    payments = [one for one in work.bills.payments_of(contract.id) if one.bill_id == bill.id]
    late = LateBill(
        contract.content.service,
        bill,
        tuple(one for one in payments if not one.voided),
        assigned_in(contract.timeline, month_of(bill.month)),
    )
    try:
        line = interest_line(late, interest_of(late, biller.catalogue))
    except UserError:
        return None
    before = [
        one
        for one in work.bills.claims_of(contract.id)
        if one.kind == "late-interest" and not one.withdrawn and late_bill(one.cause) == bill.id
    ]
    return Claim(
        id=uuid7(),
        contract_id=contract.id,
        kind="late-interest",
        cause=f"{bill.id}/{len(before) + 1}" if before else bill.id,  # what was given back still stands
        lines=(line,) if line is not None else (),
        created_at=desk.now(),
        staff=biller.run.staff,
    )


def _told(run: Run) -> dict[str, object]:
    return {"month": run.month, "bills": run.bills, "refused": run.refused, "total": run.total}
