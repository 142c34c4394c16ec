"""締め: the bills of a month are frozen, numbered and hashed. All of it happens, or none of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Final

import msgspec

from app.charge.stored import BillRow, Payment, Run, RunState, StoredBill
from app.days import Month, short_month_words
from app.errors import ConflictError, Problem, UserError
from app.usecases.bill_contract import month_of
from app.usecases.desk import Desk
from app.usecases.desk_code import check_desk_code
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.run_month import biller_for, check_open, redo_stale
from app.usecases.set_off import set_off
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND: Final = "M"
_BATCH: Final = 2_000


@dataclass(frozen=True)
class _Sums:
    """What the bills of a run come to, and the hash over them."""

    bills: int
    refused: int
    net: int
    tax: int
    exempt: int
    total: int
    sha256: str


def close_month(desk: Desk, run_id: str, version: int) -> Run:
    """Freeze a run that is worked out: contracts that changed since are worked out again first, then every
    bill is hashed in the order of contracts, the run gets its number, and what customers paid ahead, or
    are owed, is set off against their bills. ``version`` is the run's as last seen. What was worked out of
    later months rests on this one being open, adjustments of earlier months among it: it is forgotten.

    Raises UserError: ``month-closed``, ``not-run``, ``earlier-month-open``, ``month-not-begun``,
    ``no-desk-code``; ConflictError when another window ran or closed it meanwhile.
    """
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.CLOSE_MONTH)
        run = _checked(desk, work, run_id, version)
        check_desk_code(settings)
        _drop_later(work, run, who(settings))
        run = redo_stale(desk, work, biller_for(desk, work, run), run)
        advances = work.bills.advances()
        sums, moved = _bills_closed(desk, work, run, advances)
        run = work.bills.save_run(
            msgspec.structs.replace(
                run,
                state=RunState.CLOSED,
                number=work.numbers.next(KIND, settings.desk_code, month_of(run.month).first),
                closed_at=desk.now(),
                staff=who(settings),
                bills=sums.bills,
                refused=sums.refused,
                net=sums.net,
                tax=sums.tax,
                exempt=sums.exempt,
                total=sums.total,
                sha256=sums.sha256,
            )
        )
        if moved:
            work.bills.add_payments(moved)
        work.audit.record(
            who(settings), "month-closed", run.id,
            {"month": run.month, "number": run.number, "sha256": run.sha256, "bills": run.bills,
             "refused": run.refused, "total": run.total},
        )  # fmt: skip
        work.commit()
    return run


def refused_of(desk: Desk, run_id: str, limit: int = 100) -> list[BillRow]:
    """The contracts of a run that could not be charged, the first ones."""
    with desk.storage.look() as work:
        rows = work.bills.rows_at(run_id, work.bills.seqs_of_run(run_id)[:limit])
    return [row for row in rows if row.refused]


def hash_of_run(work: UnitOfWork, run_id: str) -> str:
    """The hash over the bills of a run as they are stored now: equal to the run's own while nobody touched
    them.
    """
    found = sha256()
    for bill in _in_order(work, run_id):
        found.update(_bytes_of(bill))
    return found.hexdigest()


def _checked(desk: Desk, work: UnitOfWork, run_id: str, version: int) -> Run:
    """The run, where it may be closed."""
    runs = work.bills.runs()
    run = next((one for one in runs if one.id == run_id), None)
    if run is not None:
        check_open(runs, month_of(run.month))
    if run is None or run.version != version:
        raise ConflictError(
            Problem(
                "run-changed",
                _("この月は、ほかの画面で計算し直されています。"),
                remedy=_("新しい計算の結果をご確認のうえ、もう一度締めてください。"),
            )
        )
    month = month_of(run.month)
    if run.state is not RunState.OPEN:
        raise UserError(
            Problem(
                "not-run",
                _("{month}分の計算が終わっていません。").format(month=short_month_words(month)),
                remedy=_("計算を最後まで進めてから締めてください。"),
            )
        )
    _check_order(runs, month)
    _check_begun(month, desk.today())
    return run


def _drop_later(work: UnitOfWork, run: Run, staff: str) -> None:
    for later in [one for one in work.bills.runs() if one.month > run.month]:
        work.bills.drop_run(later.id)
        told = {"month": later.month, "closed": run.month}
        work.audit.record(staff, "month-dropped", later.id, told)


def _check_order(runs: list[Run], month: Month) -> None:
    """Months are closed one after the other, from the first one that ever was."""
    closed = [month_of(one.month) for one in runs if one.state is RunState.CLOSED]
    begun = [month_of(one.month) for one in runs if one.state is not RunState.CLOSED]
    waiting = max(closed).plus(1) if closed else min(begun)
    if waiting < month:
        raise UserError(
            Problem(
                "earlier-month-open",
                _("先に{waiting}分を締めてください。").format(waiting=short_month_words(waiting)),
                why=_("月は順番に締めます。"),
                remedy=_("{waiting}分を計算して締めたあと、{month}分を締められます。").format(
                    waiting=short_month_words(waiting), month=short_month_words(month)
                ),
            )
        )


def _check_begun(month: Month, today: date) -> None:
    if month.first > today:
        raise UserError(
            Problem(
                "month-not-begun",
                _("{month}分はまだ始まっていません。").format(month=short_month_words(month)),
                remedy=_("月が始まってから締めてください。計算と出力は先にできます。"),
            )
        )


def _bills_closed(
    desk: Desk, work: UnitOfWork, run: Run, advances: dict[str, int]
) -> tuple[_Sums, list[Payment]]:
    """One pass over all bills: their sums, their hash, and what is set off against them."""
    found, moved = sha256(), []
    bills = refused = net = tax = exempt = total = 0
    for bill in _in_order(work, run.id):
        found.update(_bytes_of(bill))
        bills += bool(bill.content.lines)
        refused += bool(bill.refused)
        net, tax, exempt, total = net + bill.net, tax + bill.tax, exempt + bill.exempt, total + bill.total
        ahead = advances.get(bill.contract_id, 0)
        amount = bill.total if bill.total < 0 else min(max(ahead, 0), bill.total)
        if amount:
            now = desk.now()
            on = min(now.date(), bill.due_on or now.date())  # the money was there before
            moved += set_off(bill.contract_id, bill.id, amount, on, now, run.staff)
    return _Sums(bills, refused, net, tax, exempt, total, found.hexdigest()), moved


def _in_order(work: UnitOfWork, run_id: str) -> Iterator[StoredBill]:
    after = 0
    while batch := work.bills.bills_of_run(run_id, after, _BATCH):
        yield from batch
        after = batch[-1].contract_seq


def _bytes_of(bill: StoredBill) -> bytes:
    """What the hash covers of a bill: whose and of when, every amount, every line and its words."""
    return msgspec.json.encode(
        (
            bill.contract_id,
            bill.contract_version,
            bill.month,
            bill.net,
            bill.tax,
            bill.exempt,
            bill.total,
            bill.due_on,
            bill.content,
            bill.refused,
        )
    )
