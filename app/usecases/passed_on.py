"""What changes of a contract's content once it has passed to another customer."""

from __future__ import annotations

import msgspec

from app.contract.customer import CustomerFields
from app.contract.record import BillingAddress, ContractContact, ContractContent


def passed_to(content: ContractContent, customer: CustomerFields) -> ContractContent:
    """The content in the hands of ``customer``: bills and calls go to them and no longer to whoever had the
    contract before, and the line is theirs. How it is paid stays until it is changed.
    """
    contact = ContractContact(
        name=customer.person, department=customer.department, phone=customer.phone, email=customer.email
    )
    billing = BillingAddress(method=content.billing.method)
    return msgspec.structs.replace(content, contact=contact, billing=billing, line_holder="")
