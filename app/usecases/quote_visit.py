"""訪問見積: a stored visit becomes a draft quotation of nothing but that visit.

It is issued, revised and printed like any other quotation.
"""

from __future__ import annotations

from typing import Literal

from app.quote.content import (
    ExistingContract,
    HandPrice,
    QuotationContent,
    Site,
    VisitEntry,
    WorkEntry,
)
from app.quote.stored import StoredQuotation
from app.usecases.desk import Desk
from app.usecases.keep_quotation import start_quotation
from app.usecases.visit_ground import Ground, brought_in, day_in, ground_for, sure_area
from app.visit.conflicts import clock
from app.visit.order import Device, StoredVisit
from app.visit.work import VisitContract


def quote_visit(desk: Desk, visit_id: str) -> StoredQuotation:
    """Store a draft quotation of a visit, with its customer, its day and what its contract brings.

    Raises UserError ``not-found``, ``area-unknown``.
    """
    with desk.storage.look() as work:
        visit = work.visits.get(visit_id)
        ground = ground_for(desk, work, visit)
    return start_quotation(desk, visit_quotation(visit, ground))


def visit_quotation(visit: StoredVisit, ground: Ground) -> QuotationContent:
    """What a quotation of a visit says. Its price is that of the visit, but for contracts with several
    gateways: a quotation knows one, the largest. Raises UserError ``area-unknown``.
    """
    content = visit.content
    on = day_in(ground, content)
    first = min((span.first for span in content.spans if span.on == on), default=None)
    entry = VisitEntry(
        service=content.service,
        contract=_existing(brought_in(ground, content, on)),
        on=on,
        at=clock(first).zfill(5) if first is not None else "",
        site=Site(
            name=content.place.name,
            postal_code=content.place.postal_code,
            address=content.place.address,
            area=sure_area(ground, content),
        ),
        with_line_order=content.with_line_order,
        dispatches=content.dispatches,
        use_free=content.use_free,
        work=tuple(_work(device) for device in content.devices),
    )
    return QuotationContent(customer_id=visit.customer_id, customer=ground.customer.fields, visits=(entry,))


def _existing(brought: VisitContract) -> ExistingContract | None:
    if brought.start is None:
        return None
    return ExistingContract(
        start=brought.start,
        gateway=_largest(brought),
        endpoint=brought.endpoint,
        free_visits=tuple(brought.free_visits),
    )


def _largest(brought: VisitContract) -> Literal[10, 50, 100] | None:
    sizes: tuple[Literal[10, 50, 100], ...] = (100, 50, 10)
    return next((size for size in sizes if brought.gateways.get(size)), None)


def _work(device: Device) -> WorkEntry:
    hand = device.by_hand
    return WorkEntry(
        label=device.name,
        devices=device.count,
        menu=device.menu,
        migrate_gb=device.data_gb if "data-migration" in device.menu else None,
        backup=device.backup,
        apps=device.apps,
        by_hand=HandPrice(unit_price=hand.unit_price, reason=hand.reason, approved_by=hand.approved_by)
        if hand
        else None,
    )
