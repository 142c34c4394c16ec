"""Writes about visits: requests received and changed, slots taken, moved and let go, visits confirmed,
called off, and quoted.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.quote.stored import StoredQuotation
    from app.visit.order import Span, StoredVisit, VisitContent

How = Literal["phone", "counter", "e-mail"]


def receive_visit(desk: Desk, customer_id: str, content: VisitContent, how: How) -> Outcome[StoredVisit]:
    """Take a request; it waits for a slot. Raises UserError with everything that is wrong."""
    from app.usecases.keep_visit import receive

    return _told(receive(desk, customer_id, content, how))


def save_visit(desk: Desk, visit_id: str, version: int, content: VisitContent) -> Outcome[StoredVisit]:
    """Store another content; the slot stays. ConflictError when another window wrote first."""
    from app.usecases.keep_visit import edit

    return _told(edit(desk, visit_id, version, content))


def book_visit(
    desk: Desk, visit_id: str, version: int, spans: Sequence[Span], technicians: Sequence[str]
) -> Outcome[StoredVisit]:
    """Take a slot. Raises SlotRefused with every obstacle, UserError ``double-booked``, ConflictError."""
    from app.usecases.book_visit import book

    return _told(book(desk, visit_id, version, spans, technicians))


def place_visit(
    desk: Desk,
    visit_id: str,
    version: int,
    spans: Sequence[Span],
    technicians: Sequence[str],
    minutes: int | None = None,
    why: str = "",
) -> Outcome[StoredVisit]:
    """Book a visit that waits, move one that has a slot, let it go where ``spans`` is empty. ``minutes``: how
    long it lasts from now on, where somebody drew it longer or shorter. Raises as ``book_visit``.
    """
    from app.usecases.book_visit import place

    return _told(place(desk, visit_id, version, spans, technicians, minutes, why))


def confirm_visit(
    desk: Desk, visit_id: str, version: int, by: str = "", shown_net: int | None = None
) -> Outcome[StoredVisit]:
    """The customer confirmed day and price (net yen, as it was shown)."""
    from app.usecases.book_visit import confirm

    return _told(confirm(desk, visit_id, version, by, shown_net))


def call_off_visit(
    desk: Desk, visit_id: str, version: int, by: Literal["customer", "desk", "weather"], why: str
) -> Outcome[StoredVisit]:
    """The visit does not take place; its slot and its free visit are free again, the fee goes onto a bill."""
    from app.usecases.call_off import call_off

    stored = call_off(desk, visit_id, version, by, why)
    with desk.storage.look() as work:
        others = [row.id for row in work.visits.of_contract(stored.content.contract_id)]
    return Outcome(stored, Changed(visits=frozenset({stored.id, *others}), bills=True))


def quote_visit(desk: Desk, visit_id: str) -> Outcome[StoredQuotation]:
    """A draft quotation of nothing but the visit. Raises UserError ``area-unknown``."""
    from app.usecases.quote_visit import quote_visit as quote

    stored = quote(desk, visit_id)
    return Outcome(stored, Changed(quotations=frozenset({stored.id})))


def _told(stored: StoredVisit) -> Outcome[StoredVisit]:
    return Outcome(stored, Changed(visits=frozenset({stored.id})))
