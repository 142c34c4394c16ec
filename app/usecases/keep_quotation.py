"""Keep a quotation while it is written: start, save every change, copy, change its state, throw a draft
away.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.quote.content import QuotationContent
from app.quote.priced import PricedQuotation
from app.quote.stored import QuotationState, Revision, StoredQuotation
from app.usecases.desk import Desk
from app.usecases.permissions import Act, require
from app.usecases.price_quotation import price_for_paper, totals_of
from app.words import _


@dataclass(frozen=True)
class OpenedQuotation:
    """A quotation with its issued revisions, the newest last."""

    stored: StoredQuotation
    revisions: tuple[Revision, ...]


def start_quotation(
    desk: Desk, content: QuotationContent, copied_from: str = "", priced: PricedQuotation | None = None
) -> StoredQuotation:
    """Store a new draft. ``priced``: what the content comes to, where the caller knows it already."""
    settings = desk.settings()
    priced = priced or price_for_paper(desk, content, settings)
    totals = totals_of(desk, priced, settings)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SELL)
        stored = work.quotations.add(content, totals, who(settings), copied_from)
        work.audit.record(who(settings), "quotation-started", stored.id, {"copied_from": copied_from})
        work.commit()
    return stored


def save_draft(
    desk: Desk, quotation_id: str, version: int, content: QuotationContent, priced: PricedQuotation
) -> StoredQuotation:
    """Store what is typed now. Raises ConflictError when another window saved first; nothing is
    overwritten.
    """
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.SELL)
        totals = totals_of(desk, priced, settings)
        stored = work.quotations.save_draft(quotation_id, version, content, totals)
        work.audit.record(who(settings), "draft-saved", stored.id, {"version": stored.version})
        work.commit()
    return stored


def open_quotation(desk: Desk, quotation_id: str) -> OpenedQuotation:
    """A stored quotation with its history."""
    with desk.storage.look() as work:
        return OpenedQuotation(
            work.quotations.get(quotation_id), tuple(work.quotations.revisions(quotation_id))
        )


def copy_quotation(desk: Desk, quotation_id: str) -> StoredQuotation:
    """A new draft with the same content; its own dates of issue and validity start afresh."""
    opened = open_quotation(desk, quotation_id)
    content = msgspec.structs.replace(opened.stored.content, issued_on=None, valid_until=None)
    return start_quotation(desk, content, copied_from=quotation_id)


def set_state(desk: Desk, quotation_id: str, version: int, state: QuotationState) -> StoredQuotation:
    """受注 or 失注 (or back to 発行). Only an issued quotation can be won or lost.

    Raises UserError ``not-issued``, ConflictError.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SELL)
        stored = work.quotations.get(quotation_id)
        if stored.revision == 0:
            raise UserError(
                Problem(
                    "not-issued",
                    _("まだ発行していない見積です。"),
                    remedy=_("発行してから、受注または失注にしてください。"),
                )
            )
        changed = work.quotations.set_state(quotation_id, version, state)
        work.audit.record(who(work.settings.load()), "state-changed", quotation_id, {"state": state.value})
        work.commit()
    return changed


def delete_draft(desk: Desk, quotation_id: str, version: int) -> None:
    """Throw away a draft that was never issued. Raises UserError ``already-issued``, ConflictError."""
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.SELL)
        work.quotations.delete_draft(quotation_id, version)
        work.audit.record(who(work.settings.load()), "draft-deleted", quotation_id, {})
        work.commit()


def who(settings: Settings) -> str:
    """Who is at the desk, for records ("" before anybody was named)."""
    member = settings.staff_member()
    return member.name if member else ""
