"""Quotations the tests of the editor begin with."""

from __future__ import annotations

from datetime import date

from app.contract.customer import Customer
from app.quote.content import QuotationContent, ServiceEntry, VisitEntry, WorkEntry


def prime(customer: Customer, ids: int = 49) -> QuotationContent:
    """どこでもプライム from the tenth of December."""
    entry = ServiceEntry(service="dokodemo-prime", start=date(2026, 12, 10), items={"id": ids})
    return QuotationContent(customer_id=customer.id, customer=customer.fields, services=(entry,))


def visited(customer: Customer, on: date | None = date(2026, 12, 11)) -> QuotationContent:
    """The same with a visit: two PCs to move, one printer."""
    content = prime(customer)
    visit = VisitEntry(
        service="dokodemo-prime",
        for_service=0,
        on=on,
        work=(
            WorkEntry(devices=2, menu=("data-migration",), migrate_gb="10"),
            WorkEntry(menu=("printer-setup",)),
        ),
    )
    return QuotationContent(
        customer_id=customer.id, customer=customer.fields, services=content.services, visits=(visit,)
    )
