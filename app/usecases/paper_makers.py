"""Which use case makes which kind of paper. ``make_paper`` does the rest, the same way for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final, Literal

from app.papers.archived import PaperAbout
from app.papers.model import Paper
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


@dataclass(frozen=True)
class Making:
    """A paper ready to be numbered. ``make`` gives it with its mark, or as a draft (None).

    ``total``: the sum it shows, in yen with tax (0 where it shows none). ``number``: where it goes under a
    number of something else (a contract's, a visit's); "" takes the next of its kind. ``again``: when there
    is one about the same subject already that still counts — ``revision``: a further revision of it where
    it says something new; ``titled``: the same, among those of its title only; ``refuse``: it has to be
    voided first; ``new``: each is one of its own.
    ``after``: what else is recorded in the same transaction.
    """

    make: Callable[[IssueMark | None], Paper]
    about: PaperAbout
    customer: str
    total: int = 0
    number: str = ""
    again: Literal["revision", "titled", "refuse", "new"] = "revision"
    after: Callable[[UnitOfWork, IssuedPaper], None] | None = None


Maker = Callable[[Desk, "UnitOfWork", PaperRequest], Making]
"""Reads what the paper is made from. Raises UserError with everything that keeps it from being made."""


def _in(module: str, name: str) -> Maker:
    """A maker that is imported when it is first asked: makers need this module themselves."""

    def make(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
        maker: Maker = getattr(import_module(f"app.usecases.{module}"), name)
        return maker(desk, work, request)

    return make


MAKERS: Final[Mapping[str, Maker]] = {
    "A": _in("paper_application", "make_application"),
    "C": _in("paper_contract", "make_contract"),
    "D": _in("paper_deposit", "make_deposit"),
    "L": _in("paper_cover", "make_cover"),
    "B": _in("paper_bill", "invoice_making"),
    "H": _in("paper_bill_return", "return_making"),
    "S": _in("paper_settlement", "settlement_making"),
    "T": _in("paper_bill_qualified", "qualified_making"),
    "E": _in("paper_terms", "terms_making"),
    "F": _in("paper_charges", "charges_making"),
    "P": _in("paper_payments", "payments_making"),
    "V": _in("paper_comparison", "comparison_making"),
}
