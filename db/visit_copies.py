"""Customers of another desk, kept here under their own ids because a visit that was carried needs them."""

from __future__ import annotations

import sqlalchemy as sa

from app.contract.customer import Customer
from db import search
from db.base import Session, next_seq
from db.customers import columns_of
from db.tables import customers


def insert_customer(session: Session, customer: Customer) -> None:
    """Store a customer under its id, unless one of that id is here."""
    connection = session.connection
    if connection.scalar(sa.select(customers.c.id).where(customers.c.id == customer.id)) is not None:
        return
    now, seq = session.now(), next_seq(connection, "customers")
    born = {"id": customer.id, "seq": seq, "version": 1, "created_at": now, "updated_at": now}
    connection.execute(customers.insert(), born | columns_of(customer.fields))
    entry = search.customer_entry(seq, customer.fields)
    search.put(connection, search.CUSTOMER_INDEX, entry, is_new=True)
