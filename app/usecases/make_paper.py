"""Every paper of the desk goes through here: drafted, approved where the settings ask for it, numbered,
drawn, archived and recorded, in one transaction or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from app.errors import Problem, UserError
from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.usecases.issue_quotation import check_settings
from app.usecases.keep_quotation import who
from app.usecases.paper_approval import approve_use, digest_of, needs_approval
from app.usecases.paper_makers import MAKERS, Making
from app.usecases.permissions import Act, require
from app.words import _, speaking

VISIT_KINDS = frozenset("WKR")  # 訪問の書類 are the technicians' own

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

__all__ = [
    "digest_of",
    "issue_in",
    "issue_many",
    "issue_paper",
    "making_of",
    "needs_approval",
    "preview_paper",
]


AT_ONCE: Final = 10
"""Papers written in one transaction: other windows wait for no more than that."""


def preview_paper(desk: Desk, request: PaperRequest) -> tuple[Paper, Images]:
    """The paper as a draft, without number, seal or archive, and the pictures it needs.

    Raises UserError with everything that keeps it from being made.
    """
    with desk.storage.look() as work, speaking(request.language):
        making = making_of(desk, work, request)
        return making.make(None), images_in(work)


def issue_paper(desk: Desk, request: PaperRequest) -> IssuedPaper:
    """Issue a paper. Where it says nothing new, the one that was issued comes back.

    Raises UserError: what keeps it from being made, ``already-issued`` (another one counts still),
    ``not-approved``; EnvironmentProblem when it could not be written. Then nothing was issued.
    """
    with desk.storage.work() as work:
        paper = issue_in(desk, work, request)
        work.commit()
    return paper


def issue_many(
    desk: Desk,
    requests: Sequence[PaperRequest],
    told: Callable[[int, int], bool] | None = None,
) -> list[IssuedPaper | UserError]:
    """Issue many papers, each whole or not at all: one that is refused keeps no other back.

    ``told`` hears how many of how many are done and stops the rest by False. What is issued stays issued;
    issuing the same again gives the same papers. Some are written in one transaction, as every commit waits
    for the disk: what that breaks off is issued again with the rest.
    """
    done: list[IssuedPaper | UserError] = []
    while len(done) < len(requests):
        done += _issue_some(desk, requests[len(done) : len(done) + AT_ONCE])
        if told is not None and not told(len(done), len(requests)):
            break
    return done


def _issue_some(desk: Desk, requests: Sequence[PaperRequest]) -> Sequence[IssuedPaper | UserError]:
    """Issue all of a few papers in one transaction; where one is refused, each in its own."""
    try:
        with desk.storage.work() as work:
            papers = [issue_in(desk, work, request) for request in requests]
            work.commit()
    except UserError:
        return [_paper_or_error(desk, request) for request in requests]
    return papers


def _paper_or_error(desk: Desk, request: PaperRequest) -> IssuedPaper | UserError:
    try:
        return issue_paper(desk, request)
    except UserError as error:
        return error


def issue_in(desk: Desk, work: UnitOfWork, request: PaperRequest) -> IssuedPaper:
    """Issue a paper within a transaction of the caller's. Raises as ``issue_paper``."""
    with speaking(request.language):
        settings = work.settings.load()
        check_settings(settings)
        require(work, settings, Act.BOOK if request.kind in VISIT_KINDS else Act.SELL)
        making = making_of(desk, work, request)
        images = images_in(work)
        mark, before = _mark(desk, work, settings, request, making)
        paper = making.make(mark)
        pdf = desk.draw(paper, images)
        if before is not None and before.revision == mark.revision:
            if pdf == before.pdf:
                return before
            if making.again == "refuse":
                raise _already_issued(before)
            further = _next_revision(work, request.kind, mark.number)
            mark = replace(mark, revision=further, on=request.on or desk.today())
            paper = making.make(mark)
            pdf = desk.draw(paper, images)
        if needs_approval(settings, request.kind):
            approve_use(work, settings, request.kind, making.about.subject_id, making.make(None))
    issued = work.papers.add(
        request.kind, mark.number, mark.revision, making.customer, mark.on, making.total, pdf, making.about
    )
    if making.after is not None:
        making.after(work, issued)
    detail = {"number": issued.number, "kind": issued.kind, "revision": issued.revision}
    detail |= {"sha256": issued.sha256, "total": issued.total}
    work.audit.record(who(settings), "paper-issued", issued.id, detail)
    return issued


def making_of(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """What a request asks for, read from storage. UserError ``bad-input`` for a kind nobody makes."""
    maker = MAKERS.get(request.kind)
    if maker is None:
        raise UserError(
            Problem(
                "bad-input",
                _("「{kind}」という書類はありません。").format(kind=request.kind),
                field="kind",
            )
        )
    return maker(desk, work, request)


def images_in(work: UnitOfWork) -> Images:
    """The pictures of the company's papers."""
    return Images(seal=work.settings.image("seal"), logo=work.settings.image("logo"))


def _mark(
    desk: Desk, work: UnitOfWork, settings: Settings, request: PaperRequest, making: Making
) -> tuple[IssueMark, IssuedPaper | None]:
    """Number, revision and day to issue under first, and the paper that has them already."""
    today = request.on or desk.today()
    last = counting_paper(work, request.kind, making)
    if last is not None:
        return IssueMark(last.number, last.revision, last.issued_on), last
    if making.number:
        return IssueMark(making.number, _next_revision(work, request.kind, making.number), today), None
    return IssueMark(work.numbers.next(request.kind, settings.desk_code, today), 1, today), None


def counting_paper(work: UnitOfWork, kind: str, making: Making) -> IssuedPaper | None:
    """The last paper about the same that counts still; None where none does, or each is one of its own."""
    if making.again == "new":
        return None
    counting = [
        one
        for one in work.papers.about(making.about.subject_kind, making.about.subject_id, (kind,))
        if not one.voided and (making.again != "titled" or one.title == making.about.title)
    ]
    return work.papers.get(counting[-1].id) if counting else None


def _next_revision(work: UnitOfWork, kind: str, number: str) -> int:
    """The revision after all that were issued under a number: one that was voided keeps its own."""
    return 1 + max((one.revision for one in work.papers.with_numbers((kind,), (number,))), default=0)


def _already_issued(before: IssuedPaper) -> UserError:
    return UserError(
        Problem(
            "already-issued",
            _("この内容の書類は「{number}」としてすでに発行されています。").format(number=before.number),
            why=_("発行したあとで内容が変わっています。"),
            remedy=_("前の書類を「書類」で取り消してから、もう一度発行してください。"),
        )
    )
