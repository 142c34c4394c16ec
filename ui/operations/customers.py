"""Writes about customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.contract.customer import Customer, CustomerDetails, CustomerFields, Merge
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.contract.customer_notice import NoticeTold
    from app.usecases.keep_customer import StoredChange
    from app.usecases.merge_customers import Pair


def register_customer(
    desk: Desk, fields: CustomerFields, details: CustomerDetails | None = None
) -> Outcome[Customer]:
    """Store a new customer."""
    from app.usecases.keep_customer import register_customer as register

    customer = register(desk, fields, details)
    return Outcome(customer, Changed(customers=frozenset({customer.id})))


def change_customer(desk: Desk, customer_id: str, version: int, fields: CustomerFields) -> Outcome[Customer]:
    """Store changed fields."""
    from app.usecases.keep_customer import change_customer as change

    customer = change(desk, customer_id, version, fields)
    return Outcome(customer, Changed(customers=frozenset({customer_id})))


def store_customer(
    desk: Desk,
    customer_id: str,
    version: int,
    fields: CustomerFields,
    details: CustomerDetails,
    told: NoticeTold | None,
) -> Outcome[StoredChange]:
    """Store fields and details; ``told`` records the change as notified, on the contracts too."""
    from app.usecases.keep_customer import store_customer as store

    stored = store(desk, customer_id, version, fields, details, told)
    return Outcome(stored, Changed(customers=frozenset({customer_id}), contracts=frozenset(stored.noted_ids)))


def merge_customers(
    desk: Desk, pair: Pair, fields: CustomerFields, details: CustomerDetails
) -> Outcome[Merge]:
    """Make two customers one: all that hangs on them may have moved."""
    from app.usecases.merge_customers import merge_customers as merge

    made = merge(desk, pair, fields, details)
    return Outcome(made, _moved(desk, made))


def undo_merge(desk: Desk, merge: Merge) -> Outcome[Customer]:
    """Take a merge back."""
    from app.usecases.merge_customers import undo_merge as undo

    customer = undo(desk, merge.id, merge.kept)
    return Outcome(customer, _moved(desk, merge))


def _moved(desk: Desk, merge: Merge) -> Changed:
    """The two customers, and what belongs to either of them now."""
    from app.usecases.merge_customers import belongings

    quotations, contracts = belongings(desk, (merge.kept, merge.gone))
    return Changed(
        customers=frozenset({merge.kept, merge.gone}),
        quotations=quotations,
        contracts=contracts,
        notes=True,
    )
