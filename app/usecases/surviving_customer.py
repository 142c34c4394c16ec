"""Who a customer is now: itself, or the one it was merged into; for entries name customers for ever."""

from __future__ import annotations

from app.usecases.ports import UnitOfWork


def surviving(work: UnitOfWork, customer_id: str) -> str:
    """The id of the customer that stands for ``customer_id`` today, through merges that still hold."""
    seen = set()
    while customer_id and customer_id not in seen:
        seen.add(customer_id)
        merges = work.customers.merges(customer_id)
        into = next((one.kept for one in merges if one.gone == customer_id and one.undone_at is None), None)
        if into is None:
            break
        customer_id = into
    return customer_id
