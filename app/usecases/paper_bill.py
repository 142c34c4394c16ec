"""Makers of 請求書 (B) and 適格請求書 (T): from bills of closed months.

Options of both: ``accept``: problems that don't forbid the paper, by code (``no-address``: it is handed
over; ``no-registration``: an ordinary invoice, for a company without 登録番号). Options of T: ``months``: how
many bills up to this one it takes together (1); ``fee``: whether the fee of the terms goes on the next bill;
``postage``: yen of postage on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.days import short_month_words
from app.errors import Problem, UserError
from app.money import yen_words
from app.papers.archived import PaperAbout
from app.papers.bill import Wanted, bill_paper
from app.papers.kinds import title_of
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_bill_ground import BillGround, bill_facts, check_paper, ground_of
from app.usecases.paper_makers import Making
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def invoice_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind B; the subject is a bill.

    Raises UserError with everything that keeps it from being issued: ``month-open``, ``bill-refused``,
    ``nothing-billed``, ``nothing-to-pay``, ``gives-back``, ``no-registration``, ``no-address``.
    """
    ground = ground_of(desk, work, request.subject)
    check_paper(ground, request, invoice=ground.issuing.invoices)
    check_amount(ground)
    facts = bill_facts(work, ground)
    return Making(
        make=lambda mark: bill_paper(facts, ground.settings, mark),
        about=about_bill(ground, "B"),
        customer=facts.to.name,
        total=ground.bill.total,
        again="refuse",
    )


def qualified_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind T; the subject is a bill."""
    ground = ground_of(desk, work, request.subject)
    check_paper(ground, request, invoice=True)
    check_amount(ground)
    facts = bill_facts(work, ground)
    wanted = Wanted("T", invoice_number(work, ground.bill.id))
    return Making(
        make=lambda mark: bill_paper(facts, ground.settings, mark, wanted),
        about=about_bill(ground, "T"),
        customer=facts.to.name,
        total=ground.bill.total,
        again="refuse",
    )


def check_amount(ground: BillGround) -> None:
    """See that there is something to be paid. UserError ``nothing-to-pay``, ``gives-back``."""
    month, total = short_month_words(ground.month), ground.bill.total
    if total == 0:
        raise UserError(
            Problem(
                "nothing-to-pay",
                _("{month}分の請求額は0円のため、請求書は発行しません。").format(month=month),
                remedy=_("内訳が要るときは、料金計算書を発行してください。"),
            )
        )
    if total < 0:
        raise UserError(
            Problem(
                "gives-back",
                _("{month}分は{amount}の返金になるため、請求書を発行できません。").format(
                    month=month, amount=yen_words(-total)
                ),
                why=_("この金額は、次の請求に充てられます。"),
                remedy=_("お客さまには適格返還請求書を発行してください。"),
            )
        )


def about_bill(ground: BillGround, kind: str) -> PaperAbout:
    """What a paper of the bill is about."""
    return PaperAbout(
        title=title_of(kind),
        customer_id=ground.customer.id,
        subject_kind="bill",
        subject_id=ground.bill.id,
        staff=who(ground.settings),
    )


def invoice_number(work: UnitOfWork, bill_id: str) -> str:
    """The number of the 請求書 that went out for a bill and still counts; "" where none did."""
    issued = [one for one in work.papers.about("bill", bill_id, ("B",)) if not one.voided]
    return issued[-1].number if issued else ""
