"""The bills of a closed month that become 請求書 together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.charge.stored import BillRow
from app.papers.request import PaperRequest
from app.usecases.desk import Desk


@dataclass(frozen=True)
class BillsToIssue:
    """``rows``: bills with something to be paid, in the order of the list; ``issued``: how many of them have
    a 請求書 that counts; ``left_out``: bills of nothing, of money given back, and those not worked out.
    """

    rows: tuple[BillRow, ...]
    issued: int
    left_out: int


def bills_to_issue(desk: Desk, run_id: str, seqs: Sequence[int] | None = None) -> BillsToIssue:
    """Those of a run; of the contracts ``seqs`` only, where given."""
    with desk.storage.look() as work:
        wanted = list(seqs) if seqs is not None else list(work.bills.seqs_of_run(run_id))
        rows = work.bills.rows_at(run_id, wanted)
        billed = tuple(row for row in rows if row.total > 0 and not row.refused)
        issued = sum(
            any(not paper.voided for paper in work.papers.about("bill", row.id, ("B",))) for row in billed
        )
    return BillsToIssue(billed, issued, len(rows) - len(billed))


def requests_for(
    rows: Sequence[BillRow], on: date | None, accepted: Sequence[str] = ()
) -> list[PaperRequest]:
    """What is asked of the one way to issue papers. ``accepted``: problems that keep none of them back."""
    options = {"accept": list(accepted)} if accepted else {}
    return [PaperRequest(kind="B", subject=row.id, on=on, options=options) for row in rows]
