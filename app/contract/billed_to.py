"""Whom bills go to, and every letter that goes with them."""

from __future__ import annotations

from typing import Final

import msgspec

from app.contract.customer import CustomerBilling, CustomerFields
from app.contract.record import BillingAddress

_COMPANIES: Final = ("会社", "㈱", "㈲", "（株）", "(株)")


def billed_to(
    customer: CustomerFields, general: CustomerBilling, own: BillingAddress | None = None
) -> CustomerFields:
    """The contract's ``own`` billing address, else the customer's (``general``), else the customer.

    A billing address with another name stands for itself; one without an address keeps the customer's; a
    person or department goes there alone, too.
    """
    for billing in (own or BillingAddress(), general):
        if any(one.strip() for one in (billing.name, billing.department, billing.person, billing.address)):
            return _addressed(customer, billing)
    return customer


def _addressed(customer: CustomerFields, billing: BillingAddress | CustomerBilling) -> CustomerFields:
    name = billing.name.strip()
    found = {
        "name": name or customer.name,
        "department": billing.department or ("" if name else customer.department),
        "person": billing.person or ("" if name or billing.department.strip() else customer.person),
    }
    if any(word in name for word in _COMPANIES):
        found["kind"] = "corporation"
    if billing.address.strip():
        found |= {
            "postal_code": billing.postal_code,
            "prefecture": "",
            "address": billing.address,
            "building": "",
        }
    return msgspec.structs.replace(customer, **found)
