"""What issuing a paper on request costs the customer where the terms say so: it is recorded as a request of
the month, from which the next bill charges the fee by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from app.contract.facts import Billing
from app.contract.life import OVER, entries_standing, state_on
from app.contract.record import StoredContract
from app.days import Month
from app.tariff.editions import stands_for
from app.tariff.rules import Fee
from app.usecases.desk import Desk
from app.usecases.record_entry import record_in

if TYPE_CHECKING:
    from datetime import date

    from app.tariff.catalogue import Catalogue
    from app.usecases.ports import UnitOfWork

Request = Literal["qualified-invoice", "payment-certificate"]


def fee_of(catalogue: Catalogue, contract: StoredContract, request: Request, day: date) -> Fee | None:
    """The fee of a paper on request on a day; None where the terms ask none of this customer, or where no
    bill is to come that it could stand on.
    """
    if state_on(tuple(one.entry for one in contract.entries), day) in OVER:
        return None
    edition = stands_for(catalogue.service(contract.content.service).editions, day)
    fee = next((one for one in edition.fees if one.per == request), None)
    if fee is None or fee.amount is None:
        return None
    held = billing_of(contract)
    return None if fee.not_if_assigned and held is not None and held.receivable_assigned else fee


def record_request(
    desk: Desk, work: UnitOfWork, contract: StoredContract, request: Request, note: str = ""
) -> bool:
    """Record that one was asked for today, so that this month's bill charges it. False where nothing is to
    be charged: no such fee, or a contract that has no bills to come.

    Raises what ``record_in`` raises.
    """
    today = desk.today()
    catalogue = desk.catalogue_for(work.settings.load())
    if fee_of(catalogue, contract, request, today) is None:
        return False
    held = billing_of(contract) or Billing()
    counts = {str(Month.of(today)): 1}
    invoices, certificates = (counts, {}) if request == "qualified-invoice" else ({}, counts)
    asked = msgspec.structs.replace(
        held, id="", on=today, qualified_invoices=invoices, payment_certificates=certificates
    )
    record_in(desk, work, contract.id, contract.version, (asked,), note=note)
    return True


def billing_of(contract: StoredContract) -> Billing | None:
    """How the contract is billed now, as last recorded."""
    held = entries_standing([one.entry for one in contract.entries])
    return next((one for one in reversed(held) if isinstance(one, Billing)), None)
