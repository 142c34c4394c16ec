"""Writes about the quotation that stands open: every change kept, and 発行."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.errors import EnvironmentProblem
from app.quote.content import QuotationContent
from app.quote.priced import PricedQuotation
from app.quote.stored import StoredQuotation
from app.usecases.desk import Desk
from app.usecases.issue_quotation import Issued
from ui.operations.hub import Changed, Outcome


@dataclass
class Slot:
    """Where the open quotation is kept: its id ("" before the first save) and the version this window knows.

    Only the database worker changes it, so that saves that wait behind one another each know the one before.
    """

    quotation_id: str = ""
    version: int = 0
    copied_from: str = field(default="")

    def take(self, stored: StoredQuotation) -> None:
        """The quotation as it stands in the database now."""
        self.quotation_id, self.version = stored.id, stored.version


@dataclass(frozen=True)
class Kept:
    """What came of a save: the stored quotation, or why the machine would not (everything typed is still on
    the screen).
    """

    content: QuotationContent
    stored: StoredQuotation | None
    problem: EnvironmentProblem | None = None


def keep_draft(desk: Desk, slot: Slot, content: QuotationContent, priced: PricedQuotation) -> Outcome[Kept]:
    """Store what is typed, as a new draft the first time.

    Raises ConflictError when another window saved first; nothing is overwritten.
    """
    from app.usecases.keep_quotation import save_draft, start_quotation

    try:
        if slot.quotation_id:
            stored = save_draft(desk, slot.quotation_id, slot.version, content, priced)
        else:
            stored = start_quotation(desk, content, slot.copied_from)
    except EnvironmentProblem as problem:
        return Outcome(Kept(content, None, problem), Changed())
    slot.take(stored)
    return Outcome(Kept(content, stored), Changed(quotations=frozenset({stored.id})))


def issue_draft(desk: Desk, slot: Slot) -> Outcome[Issued]:
    """Freeze what was stored last as a numbered revision.

    Raises UserError with everything that keeps it from being issued, ConflictError, EnvironmentProblem.
    """
    from app.usecases.issue_quotation import issue_quotation

    issued = issue_quotation(desk, slot.quotation_id, slot.version)
    slot.take(issued.stored)
    return Outcome(issued, Changed(quotations=frozenset({issued.stored.id}), papers=True))
