"""Register, change and find customers."""

from __future__ import annotations

import msgspec

from app.contract.customer import Customer, CustomerFields
from app.errors import Problems
from app.quote.stored import CustomerRow
from app.quote.validate import check_customer_fields
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who


def register_customer(desk: Desk, fields: CustomerFields) -> Customer:
    """Store a new customer. Raises UserError with every problem, fields named as in the record."""
    fields = _tidy(fields)
    _check(fields)
    with desk.storage.work() as work:
        customer = work.customers.add(fields)
        work.audit.record(who(work.settings.load()), "customer-registered", customer.id, {})
        work.commit()
    return customer


def change_customer(desk: Desk, customer_id: str, version: int, fields: CustomerFields) -> Customer:
    """Store changed fields. Raises UserError, ConflictError when another window changed them first."""
    fields = _tidy(fields)
    _check(fields)
    with desk.storage.work() as work:
        before = work.customers.get(customer_id).fields
        customer = work.customers.save(customer_id, version, fields)
        changed = [
            name for name in fields.__struct_fields__ if getattr(before, name) != getattr(fields, name)
        ]
        work.audit.record(who(work.settings.load()), "customer-changed", customer_id, {"fields": changed})
        work.commit()
    return customer


def get_customer(desk: Desk, customer_id: str) -> Customer:
    """A stored customer."""
    with desk.storage.look() as work:
        return work.customers.get(customer_id)


def find_customers(desk: Desk, words: str, limit: int = 20) -> list[CustomerRow]:
    """Customers whose name, reading, phone or address holds the words, the likeliest first."""
    with desk.storage.look() as work:
        return work.customers.find(words, limit)


def similar_customers(desk: Desk, fields: CustomerFields) -> list[CustomerRow]:
    """Stored customers that may be the same as the one being typed."""
    with desk.storage.look() as work:
        return work.customers.similar(fields)


def _check(fields: CustomerFields) -> None:
    problems = Problems()
    check_customer_fields(fields, "", problems)
    problems.raise_if_any()


def _tidy(fields: CustomerFields) -> CustomerFields:
    """Without spaces around the texts; postal code and phone keep what was typed but for width."""
    tidy = {
        name: value.strip() if isinstance(value := getattr(fields, name), str) else value
        for name in fields.__struct_fields__
    }
    tidy["postal_code"] = tidy["postal_code"].replace("-", "").replace("〒", "").strip()
    return msgspec.structs.replace(fields, **tidy)
