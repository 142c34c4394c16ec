"""The archive as it is read: the list, and one paper with all that is known of it."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from msgspec.structs import replace

from app.errors import EnvironmentProblem, UserError
from app.papers.archived import PaperFault, PaperQuery, PaperRow, PaperSent, PaperSums, PaperVoid
from app.papers.retention import Retention, retention_of
from app.usecases.desk import Desk

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


@dataclass(frozen=True)
class FoundPapers:
    """Papers in the order asked for, the rows of the first of them, and what all come to."""

    seqs: array[int]
    rows: tuple[PaperRow, ...]
    sums: PaperSums


@dataclass(frozen=True)
class PaperFacts:
    """One paper: its row, its exact bytes (None where they are gone or no longer what they were), how it
    went, why it no longer counts, how long it is kept, and what does not hold of it; for one made of a bill,
    the id of its contract.
    """

    row: PaperRow
    pdf: bytes | None
    sends: tuple[PaperSent, ...]
    void: PaperVoid | None
    retention: Retention
    faults: tuple[PaperFault, ...]
    billed_contract: str = ""


def find_papers(desk: Desk, query: PaperQuery, screen: int = 60) -> FoundPapers:
    """Every paper the query asks for, with the first screenful and the sums."""
    with desk.storage.look() as work:
        seqs = work.papers.seqs(query)
        return FoundPapers(seqs, tuple(work.papers.rows(seqs[:screen])), work.papers.sums(seqs, query))


def open_paper(desk: Desk, paper_id: str) -> PaperFacts:
    """One paper with all that is known of it; what is wrong with it is told, not raised.

    Raises UserError ``not-found``.
    """
    with desk.storage.look() as work:
        row = work.papers.row(paper_id)
        try:
            pdf = None if row.erased else work.papers.get(paper_id).pdf
        except (EnvironmentProblem, UserError):
            pdf = None
        void, zone = work.papers.voided(paper_id), desk.now().tzinfo
        return PaperFacts(
            row=replace(row, issued_at=row.issued_at.astimezone(zone)),
            pdf=pdf,
            sends=tuple(replace(one, at=one.at.astimezone(zone)) for one in work.papers.sends(paper_id)),
            void=None if void is None else replace(void, at=void.at.astimezone(zone)),
            retention=retention_of(row.issued_on, work.settings.load()),
            faults=tuple(work.papers.faults_of(paper_id)),
            billed_contract=_billed_contract(work, row),
        )


def _billed_contract(work: UnitOfWork, row: PaperRow) -> str:
    """The contract a bill is for; "" for a paper of something else, and where the bill is gone."""
    if row.subject_kind != "bill":
        return ""
    try:
        return work.bills.bill(row.subject_id).contract_id
    except UserError:
        return ""
