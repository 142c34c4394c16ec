"""What the papers about bills are made from: the bill, its lines with their reasons, what was carried over,
whom the paper goes to, and what keeps it from being made.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from app.charge.lines import Line
from app.charge.stored import Run, RunState, StoredBill
from app.contract.billed_to import billed_to
from app.contract.customer import Customer, CustomerDetails, CustomerFields
from app.contract.facts import Ended
from app.contract.record import BillingMethod, StoredContract
from app.days import Month, short_month_words
from app.errors import Problem, UserError
from app.money import tax_rate
from app.papers.invoice_parts import BillFacts, Carried, InterestRule, Issuing, issuing_of, month_from
from app.papers.issuer import Settings
from app.papers.request import PaperRequest
from app.quote.service_price import quantity_words
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.paper_bill_lines import edition_in, lines_behind, rows_of
from app.usecases.record_entry import holder_on
from app.usecases.surviving_customer import surviving
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

ACCEPTED: Final = "accept"
"""The option that names what is accepted as it is: codes of problems that do not forbid a paper."""

MAY_BE_ACCEPTED: Final = ("no-address", "no-registration")


@dataclass(frozen=True)
class BillGround:
    """A stored bill with everything around it. ``customer``: who had the contract in its month, also where it
    passed on since.
    """

    bill: StoredBill
    run: Run
    contract: StoredContract
    customer: Customer
    details: CustomerDetails
    settings: Settings
    catalogue: Catalogue
    earlier: tuple[StoredBill, ...]  # closed bills of the contract before this one, the oldest first
    before: datetime | None  # when the month of the last of them was closed
    now: datetime

    @property
    def today(self) -> date:
        """The day at the desk."""
        return self.now.date()

    @property
    def to(self) -> CustomerFields:
        """Whom papers of the bill go to. The contract's own billing address is that of who has it now."""
        has_it_still = self.customer.id == self.contract.customer_id
        own = self.contract.content.billing if has_it_still else None
        return billed_to(self.customer.fields, self.details.billing, own)

    @property
    def issuing(self) -> Issuing:
        """Our part for the service of the contract."""
        return issuing_of(self.settings, self.contract.content.service)

    @property
    def month(self) -> Month:
        """The month billed."""
        return month_from(self.bill.month)


def ground_of(desk: Desk, work: UnitOfWork, bill_id: str) -> BillGround:
    """Everything about a bill of a closed month. UserError ``not-found``, ``month-open``."""
    bill = work.bills.bill(bill_id)
    runs = work.bills.runs()
    run = next((one for one in runs if one.id == bill.run_id), None)
    if run is None or run.state is not RunState.CLOSED:
        raise UserError(
            Problem(
                "month-open",
                _("{month}分はまだ締められていません。").format(
                    month=short_month_words(month_from(bill.month))
                ),
                why=_("締めるまでは金額が変わることがあるため、請求の書類を発行できません。"),
                remedy=_("「月次請求」で{month}分を締めてから発行してください。").format(
                    month=short_month_words(month_from(bill.month))
                ),
            )
        )
    return ground_on(desk, work, bill, run, runs)


def ground_on(desk: Desk, work: UnitOfWork, bill: StoredBill, run: Run, runs: Sequence[Run]) -> BillGround:
    """Everything about a bill of a run, closed or not; ``runs``: all there are. UserError ``not-found``."""
    contract = work.contracts.get(bill.contract_id)
    settings = work.settings.load()
    entries = tuple(one.entry for one in contract.entries)
    holder = holder_on(entries, contract.customer_id, month_from(bill.month).last)
    customer = work.customers.get(surviving(work, holder))
    closed = work.bills.closed_of((contract.id,)).get(contract.id, [])
    earlier = tuple(one for one in closed if one.month < bill.month)
    last = earlier[-1].month if earlier else ""
    return BillGround(
        bill=bill,
        run=run,
        contract=contract,
        customer=customer,
        details=work.customers.details(customer.id),
        settings=settings,
        catalogue=desk.catalogue.with_choices(run.readings),
        earlier=earlier,
        before=next((one.closed_at for one in runs if one.month == last), None),
        now=desk.now(),
    )


# --- what keeps a paper from being made ----------------------------------------------------------------


def check_paper(ground: BillGround, request: PaperRequest, *, invoice: bool, empty: bool = False) -> None:
    """See that a paper about the bill may go out. ``invoice``: it is one of the tax law; ``empty``: it may
    have no line.

    Raises UserError with every problem at once: ``bill-refused``, ``nothing-billed``, ``no-registration``,
    ``no-address``.
    """
    found = [*_about_bill(ground, empty=empty), *_about_parties(ground, request, invoice=invoice)]
    if found:
        raise UserError(*found)


def accepted(request: PaperRequest) -> frozenset[str]:
    """The problems somebody accepts for this paper. UserError ``bad-input`` for one that forbids it."""
    asked = request.options.get(ACCEPTED, ())
    codes = (
        frozenset(str(one) for one in asked) if isinstance(asked, list | tuple) else frozenset({str(asked)})
    )
    unknown = sorted(codes - set(MAY_BE_ACCEPTED))
    if unknown:
        raise UserError(
            Problem(
                "bad-input",
                _("「{code}」は、そのまま発行できる内容ではありません。").format(code=_("、").join(unknown)),
                field=f"options.{ACCEPTED}",
            )
        )
    return codes


def _about_bill(ground: BillGround, *, empty: bool) -> Iterator[Problem]:
    month = short_month_words(ground.month)
    if ground.bill.refused:
        yield Problem(
            "bill-refused",
            _("{month}分は料金を計算できなかったため、書類を作れません。").format(month=month),
            remedy=_("契約の内容を直してください。次に締める月の請求に、調整として入ります。"),
        )
    elif not ground.bill.content.lines and not empty:
        yield Problem("nothing-billed", _("{month}分に請求する料金はありません。").format(month=month))


def _about_parties(ground: BillGround, request: PaperRequest, *, invoice: bool) -> Iterator[Problem]:
    waived = accepted(request) - ({"no-registration"} if request.kind == "T" else set())
    if invoice and not ground.settings.company.registration and "no-registration" not in waived:
        yield Problem(
            "no-registration",
            _("登録番号が登録されていないため、適格請求書の記載事項がそろいません。"),
            remedy=_("設定の「会社」で登録番号（T＋13桁）を登録してください。"),
            field="settings.company.registration",
        )
    to = ground.to
    if not to.address.strip() and "no-address" not in waived:
        yield Problem(
            "no-address",
            _("{name}の住所が登録されていません。").format(name=to.name or _("お客さま")),
            remedy=_("「顧客」で住所を登録するか、契約の請求先に住所を入れてください。"),
            field="customer.address",
        )


def end_of(contract: StoredContract) -> Ended | None:
    """The end a contract has on record; None for one that goes on or never began."""
    try:
        return contract.timeline.ended
    except LookupError:
        return None


def settling(closed: Iterable[StoredBill], contract: StoredContract) -> StoredBill | None:
    """The closed bill that charges what the end comes to: the first from its month on that had seen it. An
    end that was recorded after its month was closed is charged by a later one, as adjustments.
    """
    ended = end_of(contract)
    if ended is None:
        return None
    month = str(Month.of(ended.on))
    seq = next(one.seq for one in contract.entries if one.entry is ended)
    return next((one for one in closed if one.month >= month and one.content.seen >= seq), None)


# --- how it is paid ----------------------------------------------------------------


def method_of(ground: BillGround) -> BillingMethod:
    """How the bill is paid: as recorded for the month, else as agreed in the contract, else as the customer
    pays.
    """
    recorded: BillingMethod = ""
    try:
        billings = ground.contract.timeline.history.billings
    except LookupError:
        billings = ()
    for one in billings:
        if one.on is None or one.on <= ground.month.last:
            recorded = one.method or recorded
    return recorded or ground.contract.content.billing.method or ground.details.billing.method


# --- what was carried over -----------------------------------------------------------------------------


def carried_in(work: UnitOfWork, ground: BillGround) -> Carried:
    """前回請求・入金・繰越 of the contract, as of the closing of the month: what the bill before came to with
    what it carried, and what came in since. Payments that were taken back never counted; what was only set
    off between bills is no money.
    """
    if not ground.earlier:
        return Carried()
    now, before = ground.run.closed_at, ground.before
    payments = [one for one in work.bills.payments_of(ground.contract.id) if not one.voided]
    until_now = sum(one.amount for one in payments if now is None or one.at <= now)
    until_then = sum(one.amount for one in payments if before is not None and one.at <= before)
    billed = sum(one.total for one in ground.earlier)
    return Carried(
        previous=billed - until_then,
        paid=until_now - until_then,
        until=day_of(now, ground.now),
        first=False,
    )


# --- the bill with its lines ---------------------------------------------------------------------------


def bill_facts(work: UnitOfWork, ground: BillGround) -> BillFacts:
    """Everything a paper about the bill says."""
    service = ground.catalogue.service(ground.contract.content.service)
    edition = stands_for(service.editions, ground.month.last)
    lines = lines_behind(ground.bill, ground.contract, ground.catalogue)
    return BillFacts(
        bill=ground.bill,
        rows=rows_of(work, ground.bill, lines, edition, _ended(ground)),
        to=ground.to,
        service=words(service.name),
        provider=words(service.provider),
        title=ground.contract.content.title,
        contract_number=ground.contract.number,
        provider_number=ground.contract.content.provider_number,
        quantity=_quantity(ground, edition),
        issuing=ground.issuing,
        method=method_of(ground),
        rate=tax_rate(ground.month.last),
        today=ground.today,
        carried=carried_in(work, ground),
        interest=interest_rule(ground),
        editions=_editions(lines, edition),
        contact=ground.settings.role_for(service.code).contact,
        registered=bool(ground.settings.company.registration),
        closed_on=day_of(ground.run.closed_at, ground.now),
    )


def _ended(ground: BillGround) -> date | None:
    """The day the contract ended, where that lies in the month."""
    ended = end_of(ground.contract)
    return ended.on if ended is not None and Month.of(ended.on) == ground.month else None


def interest_rule(ground: BillGround) -> InterestRule | None:
    """Late interest of the bill's service, by the terms that stand the day it is due."""
    due = ground.bill.due_on
    code = ground.contract.content.service
    if due is None:
        return None
    rule = stands_for(ground.catalogue.service(code).editions, due).interest
    if rule is None:
        return None
    counts = rule.payment_day_counts
    if rule.payment_day_reading:
        counts = ground.catalogue.choice(code, rule.payment_day_reading, due) == "included"
    return InterestRule(rule, counts)


def _quantity(ground: BillGround, edition: Edition) -> str:
    try:
        state = ground.contract.timeline.history.state_on(ground.month.last)
    except LookupError:
        return ""
    return quantity_words(edition, dict(state.items))


def _editions(lines: Sequence[Line], edition: Edition) -> tuple[date, ...]:
    found = {day for line in lines if (day := edition_in(line.reason)) is not None}
    return tuple(sorted(found or ({edition.start} if edition.start else set())))


def day_of(at: datetime | None, now: datetime) -> date | None:
    """The day of a moment on the clock of the desk; storage keeps moments in UTC."""
    return at.astimezone(now.tzinfo).date() if at is not None else None
