"""What a saved paper is called: its number and the customer, without what file systems refuse."""

from __future__ import annotations

import re
import unicodedata

from app.quote.content import QuotationContent
from app.quote.stored import StoredQuotation
from app.words import _

_REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]')
_LONGEST_NAME = 40


def paper_file_name(content: QuotationContent, stored: StoredQuotation | None) -> str:
    """``Q-A1-2611-0318-1_髙橋精工株式会社.pdf``; a draft has no number yet."""
    customer = _REFUSED.sub("", unicodedata.normalize("NFC", content.customer.name)).strip(" .")[
        :_LONGEST_NAME
    ]
    number = (
        f"{stored.number}-{stored.revision}"
        if stored is not None and stored.number
        else _("見積書（下書き）")
    )
    return f"{number}_{customer}.pdf" if customer else f"{number}.pdf"
