"""What the paper of a quotation on the screen is called when it is saved."""

from __future__ import annotations

from app.papers.file_names import paper_file_name as named
from app.quote.content import QuotationContent
from app.quote.stored import StoredQuotation
from app.words import _


def paper_file_name(content: QuotationContent, stored: StoredQuotation | None) -> str:
    """``Q-A1-2611-0318-1_見積書_髙橋精工株式会社.pdf``; a draft has no number yet."""
    customer = content.customer.name
    if stored is not None and stored.number:
        return named(_("見積書"), stored.number, stored.revision, customer)
    return named(_("見積書（下書き）"), "", 0, customer)
