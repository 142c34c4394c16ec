"""Writes about papers: issued, asked to be approved, sent, taken out again as a copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.errors import UserError
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.papers.archived import Approval, PaperSent, SentHow
    from app.papers.request import PaperRequest
    from app.quote.stored import IssuedPaper
    from app.usecases.reprint_paper import Reprint

PAPERS = Changed(papers=True)


def issue_paper(desk: Desk, request: PaperRequest) -> Outcome[IssuedPaper]:
    """Issue a paper; where it says nothing new, the one that was issued comes back."""
    from app.usecases.make_paper import issue_paper as issue

    return Outcome(issue(desk, request), _changed_by(request))


def _changed_by(request: PaperRequest) -> Changed:
    """Papers on request may put their fee on the next bill: T as a claim, P as a record of its contract."""
    contracts = frozenset({request.subject}) if request.kind == "P" else frozenset()
    return Changed(contracts=contracts, bills=request.kind in {"P", "T"}, papers=True)


def issue_some(desk: Desk, requests: Sequence[PaperRequest]) -> Outcome[list[IssuedPaper | UserError]]:
    """Issue a few papers of a batch, each whole or not at all. What else may have changed is told once, by
    who runs the batch.
    """
    from app.usecases.make_paper import issue_many

    return Outcome(issue_many(desk, requests), Changed())


def end_batch(_desk: Desk) -> Outcome[None]:
    """A batch is over, done or stopped: everybody hears that there are papers."""
    return Outcome(None, PAPERS)


def reprint_paper(desk: Desk, paper_id: str) -> Outcome[Reprint]:
    """An issued paper marked 控."""
    from app.usecases.reprint_paper import reprint_paper as reprint

    return Outcome(reprint(desk, paper_id), Changed())


def ask_approval(desk: Desk, request: PaperRequest) -> Outcome[Approval]:
    """Ask that a paper may be issued as it stands."""
    from app.usecases.approve_paper import ask_approval as ask

    return Outcome(ask(desk, request), PAPERS)


def ask_quotation_approval(desk: Desk, quotation_id: str) -> Outcome[Approval]:
    """Ask that a quotation may be issued as its draft stands."""
    from app.usecases.approve_paper import ask_quotation_approval as ask

    return Outcome(ask(desk, quotation_id), PAPERS)


def ask_some(desk: Desk, requests: Sequence[PaperRequest]) -> Outcome[list[Approval | UserError]]:
    """Ask for a few papers of a batch."""
    from app.usecases.approve_paper import ask_approval as ask

    asked: list[Approval | UserError] = []
    for request in requests:
        try:
            asked.append(ask(desk, request))
        except UserError as error:
            asked.append(error)
    return Outcome(asked, Changed())


def send_paper(desk: Desk, paper_id: str, how: SentHow, to: str, note: str) -> Outcome[PaperSent]:
    """Note how a paper went to the customer."""
    from app.usecases.send_paper import send_paper as send

    return Outcome(send(desk, paper_id, how, to, note), PAPERS)
