"""What forms about people ask the workers: a customer, possible doubles, the address of a postal code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.postal import Address, lookup
from app.usecases.desk import Desk

if TYPE_CHECKING:
    from app.contract.customer import CustomerDetails, CustomerFields
    from app.quote.stored import CustomerRow
    from app.usecases.keep_customer import OpenedCustomer
    from app.usecases.merge_customers import Pair


def read_customer(desk: Desk, customer_id: str) -> OpenedCustomer:
    """On the database worker: one customer with all that is known."""
    from app.usecases.keep_customer import open_customer

    return open_customer(desk, customer_id)


def read_similar(
    desk: Desk, fields: CustomerFields, details: CustomerDetails | None = None
) -> list[CustomerRow]:
    """On the database worker: stored customers that may be the same."""
    from app.usecases.keep_customer import similar_customers

    return similar_customers(desk, fields, details)


def find_rows(desk: Desk, words: str) -> list[CustomerRow]:
    """On the database worker: customers found by words, the likeliest first."""
    from app.usecases.keep_customer import find_customers

    return find_customers(desk, words, 8)


def read_merge_pair(desk: Desk, one: str, other: str) -> Pair:
    """On the database worker: two customers side by side, the one with more hanging on it kept."""
    from app.usecases.merge_customers import likelier_kept, read_pair

    return likelier_kept(read_pair(desk, one, other))


def read_address(_desk: Desk, code: str) -> Address | None:
    """On a worker: the address of a postal code."""
    return lookup(code)


def shown_code(digits: str) -> str:
    """`541-0053` of `5410053`; anything else as it is."""
    return f"{digits[:3]}-{digits[3:]}" if len(digits) == 7 and digits.isdigit() else digits
