"""How a paper stands before somebody issues it: what it would say, whether it was issued like that already,
whether somebody has to agree first.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.errors import Problems
from app.papers.archived import Approval
from app.papers.kinds import title_of
from app.papers.model import Images, Paper
from app.papers.quotation import IssueMark
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.usecases.issue_quotation import check_settings
from app.usecases.make_paper import VISIT_KINDS, counting_paper, images_in, making_of
from app.usecases.paper_approval import digest_of, needs_approval
from app.usecases.paper_makers import Making
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.words import speaking


@dataclass(frozen=True)
class PaperStand:
    """``draft``: what it would say now. ``issued``: the paper about the same that counts still, with its row;
    ``same``: issuing now would give that very paper. ``approval``: the newest asking about exactly this
    content, where one is needed (``needs_approval``). ``total``: yen with tax, 0 where the paper shows none.
    """

    request: PaperRequest
    title: str
    customer: str
    customer_id: str
    total: int
    draft: Paper
    images: Images
    issued: IssuedPaper | None = None
    same: bool = False
    needs_approval: bool = False
    approval: Approval | None = None

    @property
    def may_issue(self) -> bool:
        """Whether nothing but the person at the desk is needed to issue it."""
        approved = self.approval is not None and self.approval.state == "approved"
        return not self.same and (approved or not self.needs_approval)


def stand_of(desk: Desk, request: PaperRequest) -> PaperStand:
    """How a paper stands. Nothing is written.

    Raises UserError with everything that keeps it from being issued: of the desk's settings and of what it is
    made from.
    """
    problems = Problems()
    found: PaperStand | None = None
    with desk.storage.look() as work:
        settings = work.settings.load()
        with problems.collecting():
            require(work, settings, Act.BOOK if request.kind in VISIT_KINDS else Act.SELL)
        with problems.collecting():
            check_settings(settings)
        with problems.collecting(), speaking(request.language):
            making = making_of(desk, work, request)
            images = images_in(work)
            draft = making.make(None)
            issued = counting_paper(work, request.kind, making)
            found = PaperStand(
                request=request,
                title=making.about.title or title_of(request.kind),
                customer=making.customer,
                customer_id=making.about.customer_id,
                total=making.total,
                draft=draft,
                images=images,
                issued=issued,
                same=issued is not None and _says_the_same(desk, making, issued, images),
                needs_approval=needs_approval(settings, request.kind),
                approval=_approval(work, request, making, draft),
            )
    problems.raise_if_any()
    assert found is not None
    return found


def _says_the_same(desk: Desk, making: Making, issued: IssuedPaper, images: Images) -> bool:
    mark = IssueMark(issued.number, issued.revision, issued.issued_on)
    return desk.draw(making.make(mark), images) == issued.pdf


def _approval(work: UnitOfWork, request: PaperRequest, making: Making, draft: Paper) -> Approval | None:
    digest = digest_of(draft)
    asked = work.papers.approvals(subject_id=making.about.subject_id, kind=request.kind)
    return next((one for one in asked if one.digest == digest), None)
