"""Maker of 適格返還請求書 (H): of a bill that gives back more than it charges. Options: ``accept`` as for B."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.days import short_month_words
from app.errors import Problem, UserError
from app.papers.request import PaperRequest
from app.papers.return_invoice import return_invoice, return_title
from app.usecases.desk import Desk
from app.usecases.paper_bill import about_bill
from app.usecases.paper_bill_ground import BillGround, bill_facts, check_paper, ground_of
from app.usecases.paper_makers import Making
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def return_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind H; the subject is a bill.

    Raises UserError as B does, and ``nothing-returned`` where the bill charges more than it gives back: its
    own paper takes it off then.
    """
    ground = ground_of(desk, work, request.subject)
    check_paper(ground, request, invoice=ground.issuing.invoices)
    _check_returned(ground)
    facts = bill_facts(work, ground)
    return Making(
        make=lambda mark: return_invoice(facts, ground.settings, mark),
        about=about_bill(ground, lambda: return_title(ground.issuing, registered=facts.registered)),
        customer=facts.to.name,
        total=-ground.bill.total,
        again="refuse",
    )


def _check_returned(ground: BillGround) -> None:
    if ground.bill.total < 0:
        return
    month = short_month_words(ground.month)
    netted = any(line.month and line.amount < 0 for line in ground.bill.content.lines)
    raise UserError(
        Problem(
            "nothing-returned",
            _("{month}分には、別にお戻しする額がありません。").format(month=month),
            why=_("減額は同じ月の請求から差し引いてあり、請求書が適格返還請求書を兼ねます。")
            if netted
            else "",
            remedy=_("{month}分の請求書を発行してください。").format(month=month),
        )
    )
