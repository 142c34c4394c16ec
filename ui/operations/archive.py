"""Writes about papers that are issued already: voided, approved, and the proofs of the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.papers.archived import Approval, PaperVoid

PAPERS = Changed(papers=True)


def void_paper(desk: Desk, paper_id: str, why: str) -> Outcome[PaperVoid]:
    """Let a paper no longer count."""
    from app.usecases.void_paper import void_paper as void

    return Outcome(void(desk, paper_id, why), PAPERS)


def answer_approval(desk: Desk, approval_id: str, approve: bool, why: str) -> Outcome[Approval]:
    """Agree that a paper is issued, or refuse it with a reason."""
    from app.usecases.approve_paper import answer_approval as answer

    return Outcome(answer(desk, approval_id, approve=approve, why=why), PAPERS)
