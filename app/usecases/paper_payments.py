"""支払証明書 of a contract over a period.

Options: ``first`` and ``last`` (days, ``2026-04-01``; without them the calendar year so far), ``charge``
(False: the fee of the terms is not charged; it is the provider's, and never charged where we only arrange).
"""

from __future__ import annotations

from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Final

from app.charge.stored import Payment, PaymentMethod, StoredBill
from app.errors import Problem, Problems, UserError
from app.papers.archived import PaperAbout
from app.papers.invoice_notes import RequestFee
from app.papers.invoice_parts import Issuing, issuing_of
from app.papers.payment_proof import PaidRow, Payments, payment_proof
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.tariff.texts import words
from app.usecases.bill_contract import month_of
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_fees import fee_of, is_charged, record_request
from app.usecases.paper_makers import Making
from app.usecases.record_entry import holder_on
from app.usecases.surviving_customer import surviving
from app.words import N_, _

if TYPE_CHECKING:
    from app.contract.record import StoredContract
    from app.papers.issuer import Settings
    from app.usecases.ports import UnitOfWork

REQUEST: Final = "payment-certificate"

METHODS: Final[dict[PaymentMethod, str]] = {
    "transfer": N_("お振込み"),
    "account-transfer": N_("口座振替"),
    "cash": N_("現金"),
    "phone-bill": N_("電話料金合算"),
}
"""How money comes. What is only set off between bills (``offset``) is none, and is not certified."""


def payments_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind P; the subject is a contract.

    Raises UserError ``bad-input`` (a period that ends before it begins or in which the contract
    passed on, nothing paid in it), ``not-found``.
    """
    settings = work.settings.load()
    first, last = asked_period(request, desk.today())
    contract = work.contracts.get(request.subject)
    ours = issuing_of(settings, contract.content.service) is Issuing.PROVIDER
    charge = ours and bool(request.options.get("charge", True))
    holder = _holder(work, contract, (first, last))
    payments = payments_in(desk, work, contract, settings, (first, last), holder=holder, charge=charge)

    charged = _charged_before(work, contract)

    def after(work: UnitOfWork, issued: IssuedPaper) -> None:
        if charge and not charged:
            record_request(desk, work, contract, REQUEST, issued.number)

    return Making(
        make=lambda mark: payment_proof(payments, settings, mark),
        about=PaperAbout(
            customer_id=holder,
            subject_kind="contract",
            subject_id=contract.id,
            staff=who(settings),
        ),
        customer=payments.customer.name.strip(),
        total=payments.total,
        again="new",
        after=after,
    )


def _charged_before(work: UnitOfWork, contract: StoredContract) -> bool:
    """Whether this one takes the place of one that was voided, and whose fee stands: it is charged once."""
    issued = work.papers.about("contract", contract.id, ("P",))
    voided = {one.number for one in takewhile(lambda one: bool(one.voided), reversed(issued))}
    return is_charged(work, contract, REQUEST, voided)


def asked_period(request: PaperRequest, today: date) -> tuple[date, date]:
    """The days asked for, both included. UserError ``bad-input`` with everything wrong."""
    problems = Problems()
    found = {"first": today.replace(month=1, day=1), "last": today}
    for name in found:
        given = request.options.get(name)
        if given is None:
            continue
        try:
            found[name] = given if isinstance(given, date) else date.fromisoformat(str(given))
        except ValueError:
            problems.add(
                "bad-input", _("日付を「2026-04-01」のように指定してください。"), field=f"options.{name}"
            )
    if not problems and found["last"] < found["first"]:
        problems.add(
            "bad-input",
            _("期間の終わりが、始まりより前です。"),
            remedy=_("期間を入れ直してください。"),
            field="options.last",
        )
    problems.raise_if_any()
    return found["first"], found["last"]


def payments_in(
    desk: Desk,
    work: UnitOfWork,
    contract: StoredContract,
    settings: Settings,
    days: tuple[date, date],
    *,
    holder: str,
    charge: bool,
) -> Payments:
    """What was paid for a contract between two days, while ``holder`` (a customer) had it. UserError
    ``bad-input`` where nothing was.
    """
    first, last = days
    bills = {bill.id: bill for bill in work.bills.closed_of((contract.id,)).get(contract.id, ())}
    paid = sorted(
        (
            one
            for one in work.bills.payments_of(contract.id)
            if not one.voided and one.method in METHODS and first <= one.on <= last
        ),
        key=lambda one: (one.on, one.at, one.id),
    )
    if not paid:
        raise UserError(
            Problem(
                "bad-input",
                _("この期間に、確認できたお支払いがありません。"),
                remedy=_("入金を登録するか、期間を変えてください。"),
                field="options.first",
            )
        )
    catalogue = desk.catalogue_for(settings)
    service = catalogue.service(contract.content.service)
    fee = fee_of(catalogue, contract, REQUEST, desk.today()) if charge else None
    agent = settings.role_for(service.code).role == "agent"
    return Payments(
        customer=work.customers.get(holder).fields,
        service=words(service.name),
        provider=words(service.provider) if agent else "",
        contract_number=contract.number,
        first=first,
        last=last,
        rows=tuple(_row(one, bills) for one in paid),
        total=sum(one.amount for one in paid),
        times=len({one.receipt for one in paid}),
        fee=RequestFee(fee.amount or 0, fee.clause) if fee is not None else RequestFee(),
        today=desk.today(),
    )


def _holder(work: UnitOfWork, contract: StoredContract, days: tuple[date, date]) -> str:
    """Who had the contract in the period, and so paid. UserError ``bad-input`` where it passed on in it."""
    entries = tuple(one.entry for one in contract.entries)
    first, last = (holder_on(entries, contract.customer_id, day) for day in days)
    if first != last:
        raise UserError(
            Problem(
                "bad-input",
                _("この期間の途中で、契約者が変わっています。"),
                remedy=_("契約者が変わる前と後の期間に分けてください。"),
                field="options.first",
            )
        )
    return surviving(work, last)


def _row(payment: Payment, bills: dict[str, StoredBill]) -> PaidRow:
    bill = bills.get(payment.bill_id)
    return PaidRow(
        on=payment.on,
        month=month_of(bill.month) if bill is not None else None,
        method=_(METHODS[payment.method]),
        billed=bill.total if bill is not None else None,
        amount=payment.amount,
    )
