"""Maker of 解約精算書 (S): of a contract whose end is recorded.

Where the month of the end is closed, no 請求書 went out for it and we bill it ourselves, the paper stands for
that invoice; else it informs. Options: ``accept`` as for B; ``provider_fee``: what the provider itself
counted as 解約金, in yen.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.charge.stored import Run, RunState, StoredBill
from app.charge.termination import ending
from app.contract.facts import Ended
from app.contract.record import StoredContract
from app.days import Month, short_month_words
from app.errors import Problem, UserError
from app.papers.archived import PaperAbout
from app.papers.invoice_parts import Issuing, issuing_of, month_from
from app.papers.issuer import Settings
from app.papers.request import PaperRequest
from app.papers.settlement import Asks, Settlement, settlement_paper
from app.usecases.bill_contract import Before
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.next_bill import open_bills
from app.usecases.paper_bill import invoice_number
from app.usecases.paper_bill_ground import BillGround, bill_facts, check_paper, end_of, ground_on, settling
from app.usecases.paper_makers import Making
from app.usecases.paper_settlement_parts import checks_of, counted_by, last_used_day, other_counts, term_of
from app.usecases.run_month import biller_for
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def settlement_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind S; the subject is a contract.

    Raises UserError: ``not-ended`` without a recorded end, ``billed-elsewhere``, ``bill-refused``,
    ``no-registration``, ``no-address``, ``bad-input``.
    """
    contract = work.contracts.get(request.subject)
    ended = _ended(contract)
    settings = work.settings.load()
    bill, run = _last_bill(desk, work, contract, Month.of(ended.on), settings)
    _refuse_elsewhere(work, contract, Month.of(ended.on), bill)
    ground = ground_on(desk, work, bill, run, work.bills.runs())
    asks, invoice = _who_asks(work, ground)
    check_paper(ground, request, invoice=asks == "here", empty=True)
    told = _settlement(work, ground, ended, asks, invoice, request)
    return Making(
        make=lambda mark: settlement_paper(told, settings, mark),
        about=PaperAbout(
            customer_id=contract.customer_id,
            subject_kind="contract",
            subject_id=contract.id,
            staff=who(settings),
        ),
        customer=told.bill.to.name,
        total=bill.total,
        again="revision",
    )


def _ended(contract: StoredContract) -> Ended:
    ended = end_of(contract)
    if ended is None:
        raise UserError(
            Problem(
                "not-ended",
                _("契約{number}には、解約が記録されていません。").format(number=contract.number),
                remedy=_("契約の「解約」で解約日を記録してから発行してください。"),
            )
        )
    return ended


def _last_bill(
    desk: Desk, work: UnitOfWork, contract: StoredContract, month: Month, settings: Settings
) -> tuple[StoredBill, Run]:
    """The bill that charges the end: as closed, else as worked out, else as it would be today."""
    runs = work.bills.runs()
    closed = work.bills.closed_of((contract.id,)).get(contract.id, [])
    found = settling(closed, contract)
    if found is not None:
        return found, next(one for one in runs if one.id == found.run_id)
    coming = open_bills(desk, work, contract, runs, settings.readings)
    open_ones = sorted((*coming.computed.items(), *coming.waiting.items()))
    text = next((known for known, _bill in open_ones if known >= str(month)), str(month))
    run = next((one for one in runs if one.month == text), None) or _to_come(desk, text, settings)
    bill = dict(open_ones).get(text)
    return bill or biller_for(desk, work, run).bill(contract, Before()), run


def _refuse_elsewhere(work: UnitOfWork, contract: StoredContract, month: Month, bill: StoredBill) -> None:
    """A paper that shows nothing for a month this desk never billed would be wrong. UserError."""
    closed = (one.month for one in work.bills.runs() if one.state is RunState.CLOSED)
    first = max(min(closed, default=""), contract.content.billed_from)
    if str(month) < first and not bill.content.lines:
        raise UserError(
            Problem(
                "billed-elsewhere",
                _("契約{number}の最後の月（{month}分）は、この窓口では請求していません。").format(
                    number=contract.number, month=short_month_words(month)
                ),
                why=_("この窓口の請求は、{month}分からです。").format(
                    month=short_month_words(month_from(first))
                ),
                remedy=_("請求した窓口や提供会社の記録でご確認ください。"),
            )
        )


def _to_come(desk: Desk, month: str, settings: Settings) -> Run:
    """The run of a month nobody has worked out; it is never stored."""
    return Run(
        id="",
        version=0,
        month=month,
        state=RunState.RUNNING,
        started_at=desk.now(),
        staff="",
        readings=dict(settings.readings),
    )


def _who_asks(work: UnitOfWork, ground: BillGround) -> tuple[Asks, str]:
    """Who asks for the money of the last month, and the number of the 請求書 where one did."""
    if issuing_of(ground.settings, ground.contract.content.service) is Issuing.AGENT:
        return "provider", ""
    if ground.run.state is not RunState.CLOSED:
        return "open", ""
    if ground.bill.total <= 0:
        return "none", ""
    invoice = invoice_number(work, ground.bill.id)
    return ("billed", invoice) if invoice else ("here", "")


def _settlement(
    work: UnitOfWork,
    ground: BillGround,
    ended: Ended,
    asks: Asks,
    invoice: str,
    request: PaperRequest,
) -> Settlement:
    timeline = ground.contract.timeline
    leaving = ending(timeline, ground.catalogue)
    facts = bill_facts(work, ground)
    units, price = counted_by(leaving)
    term_ends, months = term_of(timeline, ground.catalogue, ended.on)
    return Settlement(
        bill=facts,
        started=timeline.started.on,
        ended=ended.on,
        last_used=last_used_day(ground.catalogue, timeline.service, ended.on),
        asks=asks,
        leaving=leaving,
        unit_words=units,
        unit_price=price,
        others=other_counts(timeline, ground.catalogue, leaving, ended.on),
        provider_fee=_provider_fee(request),
        invoice=invoice,
        term_ends=term_ends,
        term_months=months,
        checks=checks_of(work, ground, ended, leaving, facts),
    )


def _provider_fee(request: PaperRequest) -> int | None:
    fee = request.options.get("provider_fee")
    if fee is None or (isinstance(fee, int) and not isinstance(fee, bool) and fee >= 0):
        return fee
    raise UserError(
        Problem(
            "bad-input",
            _("提供会社の計算した解約金は、0円以上の金額で指定してください。"),
            field="options.provider_fee",
        )
    )
