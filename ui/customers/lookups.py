"""What forms about people ask the workers: a customer, possible doubles, the address of a postal code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.postal import Address, lookup
from app.usecases.desk import Desk

if TYPE_CHECKING:
    from app.contract.customer import Customer, CustomerFields
    from app.quote.stored import CustomerRow


def read_customer(desk: Desk, customer_id: str) -> Customer:
    """On the database worker: one customer."""
    from app.usecases.keep_customer import get_customer

    return get_customer(desk, customer_id)


def read_similar(desk: Desk, fields: CustomerFields) -> list[CustomerRow]:
    """On the database worker: stored customers that may be the same."""
    from app.usecases.keep_customer import similar_customers

    return similar_customers(desk, fields)


def read_address(_desk: Desk, code: str) -> Address | None:
    """On a worker: the address of a postal code."""
    return lookup(code)


def shown_code(digits: str) -> str:
    """`541-0053` of `5410053`; anything else as it is."""
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 and digits.isdigit() else digits
