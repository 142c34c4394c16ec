"""控: an issued paper once more, marked as a copy. The original is read, never touched."""

from __future__ import annotations

from dataclasses import dataclass

from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.words import _


@dataclass(frozen=True)
class Reprint:
    """The copy as a PDF, and the paper it is of."""

    paper: IssuedPaper
    pdf: bytes


def reprint_paper(desk: Desk, paper_id: str) -> Reprint:
    """An issued paper with 控 on each page, and 取消済み where it no longer counts; that it was taken out
    again is recorded.

    Raises UserError ``not-found``; EnvironmentProblem ``paper-damaged`` where its bytes are no longer those
    that were issued. Then nothing is recorded.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        paper = work.papers.get(paper_id)
        words = _("控・取消済み") if work.papers.row(paper_id).voided else ""
        pdf = desk.stamp_copy(paper.pdf, words)
        detail = {"number": paper.number, "kind": paper.kind, "revision": paper.revision, "copy": True}
        work.audit.record(who(work.settings.load()), "paper-reprinted", paper.id, detail)
        work.commit()
    return Reprint(paper, pdf)
