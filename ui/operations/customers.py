"""Writes about customers."""

from __future__ import annotations

from app.contract.customer import Customer, CustomerFields
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome


def register_customer(desk: Desk, fields: CustomerFields) -> Outcome[Customer]:
    """Store a new customer."""
    from app.usecases.keep_customer import register_customer as register

    customer = register(desk, fields)
    return Outcome(customer, Changed(customers=frozenset({customer.id})))


def change_customer(desk: Desk, customer_id: str, version: int, fields: CustomerFields) -> Outcome[Customer]:
    """Store changed fields."""
    from app.usecases.keep_customer import change_customer as change

    customer = change(desk, customer_id, version, fields)
    return Outcome(customer, Changed(customers=frozenset({customer_id})))
