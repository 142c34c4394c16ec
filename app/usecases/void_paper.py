"""取消: an issued paper no longer counts. Its bytes, number and place in the chain stay."""

from __future__ import annotations

from app.errors import Problem, UserError
from app.papers.archived import PaperVoid
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import _


def void_paper(desk: Desk, paper_id: str, why: str) -> PaperVoid:
    """Void a paper for a reason; what it was made from may then be issued anew, under a new number or
    revision.

    Raises UserError ``no-reason``, ``already-voided``, ``not-found``, and what ``permissions`` refuses.
    """
    why = why.strip()
    if not why:
        raise UserError(
            Problem(
                "no-reason",
                _("取り消す理由が入力されていません。"),
                remedy=_("あとから見て分かる理由を入力してください。"),
                field="why",
            )
        )
    with desk.storage.work() as work:
        settings = work.settings.load()
        require(work, settings, Act.VOID)
        row = work.papers.row(paper_id)
        void = work.papers.void(paper_id, who(settings), why)
        detail = {"number": row.number, "revision": row.revision, "why": why}
        work.audit.record(who(settings), "paper-voided", paper_id, detail)
        work.commit()
    return void
