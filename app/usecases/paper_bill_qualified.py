"""Maker of 適格請求書 on request (T): of one bill, or of several months of a contract up to it.

Options: ``accept`` as for B; ``months``: how many bills up to this one (1); ``fee``: whether the fee the
terms have for it goes on the next bill (where they have one and we provide the service, unless it was
recorded with the contract already); ``postage``: yen of postage on top.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import structs

from app.charge.stored import BillLine, Claim, StoredBill
from app.days import short_month_words
from app.errors import Problem, UserError
from app.ids import uuid7
from app.money import TaxKind
from app.papers.bill import Wanted, bill_paper, bill_title
from app.papers.bill_period import period_paper
from app.papers.invoice_notes import RequestFee
from app.papers.invoice_parts import Issuing
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.tariff.editions import stands_for
from app.tariff.rules import Fee
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_bill import about_bill, asked_by, check_amount
from app.usecases.paper_bill_ground import BillGround, bill_facts, check_paper, ground_of
from app.usecases.paper_fees import fee_line
from app.usecases.paper_makers import Making
from app.usecases.run_month import CUSTOMERS_READ, refresh_open
from app.words import _, speaking

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

MOST_MONTHS: Final = 12
PER: Final = "qualified-invoice"


def qualified_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind T; the subject is the last bill it takes.

    Raises UserError as B does, and ``not-ours`` where we only arrange the service and the rule for agents
    (媒介者交付特例) does not hold, ``nothing-taxed``, ``bad-input`` for options that say nothing.
    """
    ground = ground_of(desk, work, request.subject)
    _check_ours(ground)
    grounds = _grounds(desk, work, ground, _months(request))
    for one in grounds:
        check_paper(one, request, invoice=True)
    if len(grounds) == 1:
        check_amount(ground)
    _check_taxed(grounds)
    facts = [bill_facts(work, one) for one in grounds]
    numbers = _("・").join(number for one in grounds if (number := asked_by(work, one)))
    wanted = Wanted("T", numbers, _fee_told(work, ground, request))
    return Making(
        make=(
            (lambda mark: period_paper(facts, ground.settings, mark, wanted))
            if len(facts) > 1
            else (lambda mark: bill_paper(facts[0], ground.settings, mark, wanted))
        ),
        about=about_bill(ground, lambda: bill_title("T", ground.issuing)),
        customer=facts[-1].to.name,
        total=sum(one.bill.total for one in grounds),
        again="refuse",
        after=_claiming(desk, ground, request),
    )


def fee_of(ground: BillGround) -> Fee | None:
    """The fee the terms have for a 適格請求書 on request; None where they have none, or where it is the
    provider's and not ours to ask for.
    """
    if ground.issuing is not Issuing.PROVIDER:
        return None
    service = ground.catalogue.service(ground.contract.content.service)
    edition = stands_for(service.editions, ground.today)
    return next((one for one in edition.fees if one.per == PER and one.amount is not None), None)


def _check_ours(ground: BillGround) -> None:
    if ground.issuing.invoices:
        return
    provider = words(ground.catalogue.service(ground.contract.content.service).provider)
    raise UserError(
        Problem(
            "not-ours",
            _("当社は取次店のため、このサービスの適格請求書を発行できません。"),
            why=_("適格請求書は、提供会社の{provider}が発行します。").format(provider=provider),
            remedy=_(
                "媒介者交付特例によるときは、設定の「サービス」で選んでください。"
                "そうでないときは、提供会社へのお取次ぎをお願いします。"
            ),
            clause=_("消令70条の12"),
        )
    )


def _check_taxed(grounds: Sequence[BillGround]) -> None:
    lines = (line for one in grounds for line in one.bill.content.lines)
    if any(line.tax is TaxKind.STANDARD for line in lines):
        return
    raise UserError(
        Problem(
            "nothing-taxed",
            _("消費税のかかる料金がないため、適格請求書は発行しません。"),
            why=_("解約金や延滞利息は不課税です。"),
            remedy=_("請求書を発行してください。"),
        )
    )


# --- several months ------------------------------------------------------------------------------------


def _months(request: PaperRequest) -> int:
    asked = request.options.get("months", 1)
    if isinstance(asked, int) and 1 <= asked <= MOST_MONTHS:
        return asked
    raise UserError(
        Problem(
            "bad-input",
            _("月数は1〜{most}で指定してください。").format(most=MOST_MONTHS),
            field="options.months",
        )
    )


def _grounds(desk: Desk, work: UnitOfWork, last: BillGround, months: int) -> Sequence[BillGround]:
    """The bills of so many months up to the last one, the oldest first; months without a bill are left out.

    Raises UserError ``already-issued`` where a month stands on another 適格請求書.
    """
    first = str(last.month.plus(1 - months))
    earlier = [one for one in last.earlier if one.month >= first and _is_taken(one)]
    grounds = (*(ground_of(desk, work, one.id) for one in earlier), last)
    for one in grounds:
        _check_alone(work, one, last)
    return grounds


def _check_alone(work: UnitOfWork, ground: BillGround, last: BillGround) -> None:
    """See that a month stands on no 適格請求書 of another bill; that of the last one is for issuing to find."""
    closed = work.bills.closed_of((ground.contract.id,)).get(ground.contract.id, [])
    for place, bill in enumerate(closed):
        if bill.id == last.bill.id or not ground.bill.month <= bill.month:
            continue
        for paper in work.papers.about("bill", bill.id, ("T",)):
            if not paper.voided and ground.bill.month in _months_on(paper.total, closed[: place + 1]):
                raise _already_on(ground, paper.number)


def _months_on(total: int, closed: Sequence[StoredBill]) -> frozenset[str]:
    """The months of a 適格請求書 up to the last of these bills, by its total: that is the sum of theirs, and
    closed bills never change.
    """
    found, left = set(), total
    for bill in [one for one in reversed(closed) if _is_taken(one)][:MOST_MONTHS]:
        found.add(bill.month)
        left -= bill.total
        if not left:
            return frozenset(found)
    return frozenset({closed[-1].month})


def _is_taken(bill: StoredBill) -> bool:
    return bool(bill.content.lines or bill.refused)


def _already_on(ground: BillGround, number: str) -> UserError:
    return UserError(
        Problem(
            "already-issued",
            _("{month}分の適格請求書は「{number}」としてすでに発行されています。").format(
                month=short_month_words(ground.month), number=number
            ),
            remedy=_("前の書類を「書類」で取り消すか、期間を短くしてください。"),
        )
    )


# --- the fee -------------------------------------------------------------------------------------------


def _claiming(
    desk: Desk, ground: BillGround, request: PaperRequest
) -> Callable[[UnitOfWork, IssuedPaper], None] | None:
    """What puts the fee on the next bill when the paper is issued; None where nothing is to be charged."""
    lines = _fee_lines(ground, request)
    if not lines:
        return None

    def claim(work: UnitOfWork, paper: IssuedPaper) -> None:
        if _claimed(work, ground) is not None:
            return  # voided and issued again: it is charged once
        told = tuple(_with_number(line, paper.number) for line in lines)
        work.bills.add_claim(
            Claim(
                id=uuid7(),
                contract_id=ground.contract.id,
                kind="adjustment",
                cause=_cause(ground),
                lines=told,
                created_at=desk.now(),
                staff=who(ground.settings),
            )
        )
        refresh_open(desk, work, work.contracts.get(ground.contract.id))

    return claim


def _cause(ground: BillGround) -> str:
    return f"{PER} {ground.bill.id}"


def _claimed(work: UnitOfWork, ground: BillGround) -> Claim | None:
    """What an earlier 適格請求書 of the bill put on the next bill, and stands."""
    known = work.bills.claims_of(ground.contract.id)
    return next(
        (
            one
            for one in known
            if one.kind == "adjustment" and one.cause == _cause(ground) and not one.withdrawn
        ),
        None,
    )


def _fee_told(work: UnitOfWork, ground: BillGround, request: PaperRequest) -> RequestFee:
    """The fee as the paper tells it: what was put on the next bill when it was issued, and before that what
    will be.
    """
    claim = _claimed(work, ground)
    issued = any(not one.voided for one in work.papers.about("bill", ground.bill.id, ("T",)))
    if claim is None and issued:
        return RequestFee()
    lines = claim.lines if claim is not None else _fee_lines(ground, request)
    return RequestFee(lines[0].amount, lines[0].clause) if lines else RequestFee()


def _fee_lines(ground: BillGround, request: PaperRequest) -> tuple[BillLine, ...]:
    fee = fee_of(ground)
    asked = request.options.get("fee", not _recorded(ground))
    postage = request.options.get("postage", 0)
    if not isinstance(asked, bool) or not isinstance(postage, int) or postage < 0:
        raise UserError(
            Problem("bad-input", _("手数料と送料の指定が正しくありません。"), field="options.fee")
        )
    if fee is None or fee.amount is None or not asked:
        return ()
    lines = [fee_line(fee)]
    if postage and fee.plus_postage:
        with speaking(CUSTOMERS_READ):
            sent = _("適格請求書の送料（実費）")
        lines.append(BillLine(item="postage", name=sent, amount=postage, clause=fee.clause, why=(sent,)))
    return tuple(lines)


def _with_number(line: BillLine, number: str) -> BillLine:
    return structs.replace(line, detail=number, why=(*line.why, number))


def _recorded(ground: BillGround) -> bool:
    """Whether the request was recorded with the contract, so that the month charges the fee by itself."""
    try:
        billings = ground.contract.timeline.history.billings
    except LookupError:
        return False
    today = ground.today.isoformat()[:7]
    return any(
        one.qualified_invoices.get(month, 0) for one in billings for month in {ground.bill.month, today}
    )
