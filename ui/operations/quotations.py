"""What can be done to a quotation from outside its editor."""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problem, UserError
from app.quote.content import QuotationContent
from app.quote.stored import IssuedPaper, QuotationState, StoredQuotation
from app.usecases.desk import Desk
from app.words import _
from ui.operations.hub import Changed, Outcome


@dataclass(frozen=True)
class Marked:
    """A quotation in its new state, and the state before it, so that it can be taken back."""

    stored: StoredQuotation
    before: QuotationState


def copy_quotation(desk: Desk, quotation_id: str) -> Outcome[StoredQuotation]:
    """A new draft with the same content."""
    from app.usecases.keep_quotation import copy_quotation as copy

    stored = copy(desk, quotation_id)
    return Outcome(stored, Changed(quotations=frozenset({stored.id})))


def mark_quotation(desk: Desk, quotation_id: str, state: QuotationState) -> Outcome[Marked]:
    """受注, 失注, or back to 発行."""
    from app.usecases.keep_quotation import open_quotation, set_state

    before = open_quotation(desk, quotation_id).stored
    stored = set_state(desk, quotation_id, before.version, state)
    return Outcome(Marked(stored, before.state), Changed(quotations=frozenset({quotation_id})))


def delete_draft(desk: Desk, quotation_id: str) -> Outcome[QuotationContent]:
    """Throw a draft away that was never issued; its content comes back, so that it can be started again."""
    from app.usecases.keep_quotation import delete_draft as delete
    from app.usecases.keep_quotation import open_quotation

    stored = open_quotation(desk, quotation_id).stored
    delete(desk, quotation_id, stored.version)
    return Outcome(stored.content, Changed(quotations=frozenset({quotation_id})))


def restart_draft(desk: Desk, content: QuotationContent) -> Outcome[StoredQuotation]:
    """Start a draft with content that was thrown away."""
    from app.usecases.keep_quotation import start_quotation

    stored = start_quotation(desk, content)
    return Outcome(stored, Changed(quotations=frozenset({stored.id})))


def latest_paper(desk: Desk, quotation_id: str) -> IssuedPaper:
    """The exact paper of the last issued revision. Reads only.

    Raises UserError `not-issued` for a quotation that has none.
    """
    from app.usecases.keep_quotation import open_quotation

    revisions = open_quotation(desk, quotation_id).revisions
    if not revisions:
        raise UserError(
            Problem(
                "not-issued",
                _("まだ発行していない見積です。"),
                remedy=_("見積を開き、発行してから保存してください。"),
            )
        )
    with desk.storage.look() as work:
        return work.papers.get(revisions[-1].paper_id)
