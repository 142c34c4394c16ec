"""Maker of 請求書 (B): from a bill of a closed month.

Options: ``accept``: problems that don't forbid the paper, by code (``no-address``: it is handed over;
``no-registration``: an ordinary invoice, for a company without 登録番号).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.days import short_month_words
from app.errors import Problem, UserError
from app.money import yen_words
from app.papers.archived import PaperAbout
from app.papers.bill import bill_paper, bill_title
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_bill_ground import BillGround, bill_facts, check_paper, ground_of, settling
from app.usecases.paper_makers import Making
from app.words import _, speaking

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def invoice_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind B; the subject is a bill.

    Raises UserError with everything that keeps it from being issued: ``month-open``, ``bill-refused``,
    ``nothing-billed``, ``nothing-to-pay``, ``gives-back``, ``settled``, ``no-registration``, ``no-address``.
    """
    ground = ground_of(desk, work, request.subject)
    check_paper(ground, request, invoice=ground.issuing.invoices)
    check_amount(ground)
    check_not_settled(work, ground)
    check_not_qualified(work, ground)
    facts = bill_facts(work, ground)
    return Making(
        make=lambda mark: bill_paper(facts, ground.settings, mark),
        about=about_bill(ground, lambda: bill_title("B", ground.issuing)),
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


def check_not_settled(work: UnitOfWork, ground: BillGround) -> None:
    """See that no 解約精算書 stands for the month's invoice. UserError ``settled``."""
    settlement = settled_by(work, ground)
    if settlement and not invoice_number(work, ground.bill.id):
        raise UserError(
            Problem(
                "settled",
                _("{month}分は、解約精算書「{number}」で請求しています。").format(
                    month=short_month_words(ground.month), number=settlement
                ),
                remedy=_("請求書を別に発行するときは、先に解約精算書を「書類」で取り消してください。"),
            )
        )


def check_not_qualified(work: UnitOfWork, ground: BillGround) -> None:
    """See that no 適格請求書 asked for the bill's money first: a second paper would ask for it again. UserError
    ``settled``.
    """
    issued = [one for one in work.papers.about("bill", ground.bill.id, ("T",)) if not one.voided]
    if issued and not invoice_number(work, ground.bill.id):
        raise UserError(
            Problem(
                "settled",
                _("{month}分は、適格請求書「{number}」で請求しています。").format(
                    month=short_month_words(ground.month), number=issued[-1].number
                ),
                remedy=_("請求書を別に発行するときは、先に適格請求書を「書類」で取り消してください。"),
            )
        )


def settled_by(work: UnitOfWork, ground: BillGround) -> str:
    """The number of the 解約精算書 that asks for the bill's money: one issued after the month that charges the
    end was closed. "" where none does, or where it only informs.
    """
    closed = ground.run.closed_at
    if (
        not ground.issuing.invoices
        or settling((*ground.earlier, ground.bill), ground.contract) != ground.bill
    ):
        return ""
    found = [
        one.number
        for one in work.papers.about("contract", ground.contract.id, ("S",))
        if not one.voided and closed is not None and one.issued_at >= closed
    ]
    return found[-1] if found else ""


def about_bill(ground: BillGround, title: Callable[[], str]) -> PaperAbout:
    """What a paper of the bill is about. ``title`` gives its name, asked for in Japanese."""
    with speaking("ja"):
        said = title()
    return PaperAbout(
        title=said,
        customer_id=ground.customer.id,
        subject_kind="bill",
        subject_id=ground.bill.id,
        staff=who(ground.settings),
    )


def asked_by(work: UnitOfWork, ground: BillGround) -> str:
    """The number of the paper that asks for the bill's money: its 請求書, or the 解約精算書 that stands for it;
    "" where none does.
    """
    return invoice_number(work, ground.bill.id) or settled_by(work, ground)


def invoice_number(work: UnitOfWork, bill_id: str) -> str:
    """The number of the 請求書 that went out for a bill and still counts; "" where none did."""
    issued = [one for one in work.papers.about("bill", bill_id, ("B",)) if not one.voided]
    return issued[-1].number if issued else ""
