"""What issuing a paper on request costs the customer where the terms say so: it is recorded as a request of
the month, from which the next bill charges the fee by itself. A contract's billing changes once a day at
most: a further request of the day goes on the next bill as a claim.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

import msgspec

from app.charge.stored import BillLine, Claim
from app.contract.facts import Billing
from app.contract.life import OVER, entries_standing, state_on
from app.contract.record import StoredContract
from app.days import Month
from app.ids import uuid7
from app.money import yen_words
from app.tariff.editions import stands_for
from app.tariff.rules import Fee
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.record_entry import record_in
from app.usecases.run_month import CUSTOMERS_READ, refresh_open
from app.words import speaking

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
    fee = fee_of(desk.catalogue_for(work.settings.load()), contract, request, today)
    if fee is None:
        return False
    held = billing_of(contract) or Billing()
    if held.on == today:
        _claim(desk, work, contract, fee, request, note)
        return True
    counts = {str(Month.of(today)): 1}
    invoices, certificates = (counts, {}) if request == "qualified-invoice" else ({}, counts)
    asked = msgspec.structs.replace(
        held, id="", on=today, qualified_invoices=invoices, payment_certificates=certificates
    )
    record_in(desk, work, contract.id, contract.version, (asked,), note=note)
    return True


def is_charged(work: UnitOfWork, contract: StoredContract, request: Request, notes: Collection[str]) -> bool:
    """Whether the fee of a request recorded with one of these notes stands, and was not taken back."""
    standing = {one.id for one in entries_standing([one.entry for one in contract.entries])}
    causes = {_cause(request, note) for note in notes}
    return any(one.note in notes and one.entry.id in standing for one in contract.entries) or any(
        one.cause in causes and not one.withdrawn for one in work.bills.claims_of(contract.id)
    )


def fee_line(fee: Fee, number: str = "") -> BillLine:
    """The fee on a bill, in the language of bills; ``number``: of the paper it is for."""
    assert fee.amount is not None
    with speaking(CUSTOMERS_READ):
        name, unit = words(fee.name), words(fee.unit)
        why = f"1{unit} × {yen_words(fee.amount)}"
    return BillLine(
        item=fee.code,
        name=name,
        amount=fee.amount,
        quantity=1,
        unit=unit,
        unit_price=fee.amount,
        clause=fee.clause,
        detail=number,
        why=(why, number) if number else (why,),
    )


def _claim(
    desk: Desk, work: UnitOfWork, contract: StoredContract, fee: Fee, request: Request, note: str
) -> None:
    work.bills.add_claim(
        Claim(
            id=uuid7(),
            contract_id=contract.id,
            kind="adjustment",
            cause=_cause(request, note),
            lines=(fee_line(fee, note),),
            created_at=desk.now(),
            staff=who(work.settings.load()),
        )
    )
    refresh_open(desk, work, contract)


def _cause(request: Request, note: str) -> str:
    return f"{request} {note}"


def billing_of(contract: StoredContract) -> Billing | None:
    """How the contract is billed now, as last recorded."""
    held = entries_standing([one.entry for one in contract.entries])
    return next((one for one in reversed(held) if isinstance(one, Billing)), None)
