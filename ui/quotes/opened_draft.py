"""What an editor opens with, read on the database worker."""

from __future__ import annotations

from dataclasses import dataclass

from app.papers.issuer import Settings
from app.papers.model import Images
from app.quote.content import QuotationContent
from app.quote.stored import StoredQuotation
from app.usecases.desk import Desk


@dataclass(frozen=True)
class OpenedDraft:
    """What an editor opens with. ``stored`` None: a new quotation, kept from its first change on.

    ``issued``: the paper of the latest revision as it was issued.
    """

    settings: Settings
    images: Images
    content: QuotationContent
    stored: StoredQuotation | None = None
    issued: bytes | None = None


def read_draft(desk: Desk, quotation_id: str, customer_id: str) -> OpenedDraft:
    """A stored quotation, or an empty one (perhaps for a customer), and our side of the paper.

    The first time it also loads the editor's modules and the tariffs, which would hold up the window for a
    tenth of a second.
    """
    from msgspec.structs import replace

    import ui.quotes.editor  # noqa: F401
    from app.usecases.keep_customer import get_customer
    from app.usecases.keep_quotation import open_quotation
    from app.usecases.price_quotation import load_images

    desk.catalogue.services()
    stored: StoredQuotation | None = None
    issued: bytes | None = None
    content = QuotationContent()
    if quotation_id:
        opened = open_quotation(desk, quotation_id)
        stored = opened.stored
        content = stored.content
        if opened.revisions:
            with desk.storage.look() as work:
                issued = work.papers.get(opened.revisions[-1].paper_id).pdf
    elif customer_id:
        customer = get_customer(desk, customer_id)
        content = replace(content, customer_id=customer.id, customer=customer.fields)
    return OpenedDraft(desk.settings(), load_images(desk), content, stored, issued)
