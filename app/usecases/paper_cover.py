"""送付状 to a customer, or to where the bills of a contract go; filled in from papers of the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final, cast

from app.contract.billed_to import billed_to
from app.contract.customer import CustomerFields
from app.errors import Problem, UserError
from app.papers.archived import PaperRow
from app.papers.cover import Cover, Enclosed, Greeting, cover_letter
from app.papers.kinds import title_of
from app.papers.model import Paper
from app.papers.options import Options
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.usecases.paper_deposit import SUBJECTS, Subject, made_for, subject_of
from app.usecases.paper_makers import Making
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

KIND: Final = "L"
MOST_ENCLOSED: Final = 40
MOST_COPIES: Final = 999
LONGEST_MESSAGE: Final = 600


def make_cover(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Each letter is one of its own. Options: ``subject_kind`` (customer, contract, visit), ``to``
    (``billing``: where bills go, where that is somewhere else; ``customer``), ``enclosed`` (``title``,
    ``number``, ``copies``), ``greeting`` (``season``, ``plain``), ``about``, ``message``, ``remarks``.

    Raises UserError with every problem of the options, each with its field.
    """
    options = Options(request.options)
    subject_kind = options.one_of("subject_kind", _("送付状の対象"), SUBJECTS)
    to = options.one_of("to", _("送り先"), ("billing", "customer"))
    greeting = options.one_of("greeting", _("挨拶"), ("season", "plain"))
    enclosed = tuple(
        _enclosed(one) for one in options.rows("enclosed", _("お送りする書類"), MOST_ENCLOSED, needed=True)
    )
    about = options.text("about", _("件名"), 60)
    message = options.text("message", _("本文"), LONGEST_MESSAGE)
    remarks = options.text("remarks", _("追記"), LONGEST_MESSAGE)
    options.finish()
    subject = subject_of(desk, work, subject_kind, request.subject)
    settings = work.settings.load()
    asked = request.on or desk.today()
    cover = Cover(
        to=_addressed(work, subject, subject_kind, request.subject) if to == "billing" else subject.customer,
        enclosed=enclosed,
        day=asked,
        greeting=cast("Greeting", greeting),
        about=about,
        message=message,
        remarks=remarks,
    )

    def make(mark: IssueMark | None) -> Paper:
        return cover_letter(replace(cover, day=mark.on if mark else asked), settings, mark)

    return made_for(subject, subject_kind, request.subject, settings, make)


def _enclosed(one: Options) -> Enclosed:
    found = Enclosed(
        title=one.text("title", _("書類"), 60, needed=True),
        number=one.text("number", _("番号"), 40),
        copies=one.number("copies", _("部数"), 1, MOST_COPIES, 1),
    )
    one.nothing_else()
    return found


def _addressed(work: UnitOfWork, subject: Subject, kind: str, subject_id: str) -> CustomerFields:
    """The customer with the address bills go to: the contract's own, else the customer's."""
    own = work.contracts.get(subject_id).content.billing if kind == "contract" else None
    return billed_to(subject.customer, work.customers.details(subject.customer_id).billing, own)


def cover_for(desk: Desk, paper_ids: Sequence[str]) -> PaperRequest:
    """A letter for papers chosen in the archive, each in one copy: to the contract they are all about, else
    to their customer. What it says can be changed before it is issued.

    Raises UserError: ``nothing-chosen``, ``several-customers``, ``not-found``.
    """
    if not paper_ids:
        raise UserError(
            Problem(
                "nothing-chosen",
                _("送る書類が選ばれていません。"),
                remedy=_("一覧で書類を選んでください。"),
                field="options.enclosed",
            )
        )
    with desk.storage.look() as work:
        rows = [work.papers.row(one) for one in dict.fromkeys(paper_ids)]
    customers = {row.customer_id or row.customer for row in rows}
    if len(customers) > 1 or not rows[0].customer_id:
        raise UserError(
            Problem(
                "several-customers",
                _("選ばれた書類のお客さまが1社ではありません。"),
                why=_("、").join(sorted({row.customer for row in rows})),
                remedy=_("同じお客さまの書類だけを選んでください。"),
                field="options.enclosed",
            )
        )
    about = {(row.subject_kind, row.subject_id) for row in rows}
    kind, subject = next(iter(about))
    if len(about) > 1 or kind != "contract":
        kind, subject = "customer", rows[0].customer_id
    enclosed = [{"title": _title(row), "number": _number(row), "copies": 1} for row in rows]
    return PaperRequest(kind=KIND, subject=subject, options={"subject_kind": kind, "enclosed": enclosed})


def _title(row: PaperRow) -> str:
    return row.title or title_of(row.kind)


def _number(row: PaperRow) -> str:
    if row.revision < 2:
        return row.number
    return f"{row.number}  " + _("第{number}版").format(number=row.revision)
