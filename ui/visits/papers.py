"""The papers of a visit for the screen: as they were issued, else the draft, drawn when somebody looks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.errors import Problem, UserError
from app.papers.file_names import paper_file_name
from app.usecases.desk import Desk
from app.words import _
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.quote.stored import IssuedPaper


class PaperKind(StrEnum):
    """The papers of one visit, and of the day of those who go there."""

    ORDER = "W"  # 訪問作業指示書
    BEFORE = "K"  # 作業前確認書
    REPORT = "R"  # 作業完了報告書
    DAY = "day"  # 当日予定表


@dataclass(frozen=True)
class ReadPaper:
    """A PDF with what it is called. ``issued``: number and revision, "" for a draft; ``before``: those of the
    paper that was issued before the visit changed; ``paper_id``: of the issued one that is shown.
    """

    name: str
    file_name: str
    pdf: bytes
    issued: str = ""
    before: str = ""
    paper_id: str = ""


def paper_name(kind: PaperKind) -> str:
    """What a paper is called."""
    return {
        PaperKind.ORDER: _("訪問作業指示書"),
        PaperKind.BEFORE: _("作業前確認書"),
        PaperKind.REPORT: _("作業完了報告書"),
        PaperKind.DAY: _("当日予定表"),
    }[kind]


def read_paper(desk: Desk, visit_id: str, kind: PaperKind) -> ReadPaper:
    """On the database worker: the paper as it was issued while the visit still says the same, else a draft of
    it as the visit stands.

    Raises UserError where it can't be made.
    """
    from app.usecases.issue_visit_papers import show_paper

    if kind is PaperKind.DAY:
        return _day(desk, visit_id)
    shown = show_paper(desk, visit_id, kind.value)
    if shown.same and shown.issued is not None:
        return _issued(kind, shown.issued)
    name = paper_name(kind)
    before = _number(shown.issued) if shown.issued is not None else ""
    return ReadPaper(
        name, paper_file_name(_("{name}（下書き）").format(name=name), "", 0, ""), shown.pdf, before=before
    )


def issue_paper(desk: Desk, visit_id: str, kind: PaperKind) -> Outcome[ReadPaper]:
    """Issue a paper as the visit stands; where nothing changed since, the one of then comes back."""
    from app.usecases.issue_visit_papers import issue_before, issue_order, issue_report

    issue = {PaperKind.ORDER: issue_order, PaperKind.BEFORE: issue_before, PaperKind.REPORT: issue_report}
    paper = issue[kind](desk, visit_id)
    return Outcome(_issued(kind, paper), Changed(papers=True))


def _issued(kind: PaperKind, paper: IssuedPaper) -> ReadPaper:
    file_name = paper_file_name(paper_name(kind), paper.number, paper.revision, paper.customer)
    return ReadPaper(paper_name(kind), file_name, paper.pdf, _number(paper), paper_id=paper.id)


def _number(paper: IssuedPaper) -> str:
    return _("{number} 第{revision}版").format(number=paper.number, revision=paper.revision)


def _day(desk: Desk, visit_id: str) -> ReadPaper:
    """The run sheet of the visit's first day, for those who go there."""
    from app.usecases.issue_visit_papers import draw_day

    with desk.storage.look() as work:
        content = work.visits.get(visit_id).content
    if not content.spans or not content.technicians:
        raise UserError(
            Problem(
                "visit-not-placed",
                _("日時と担当がまだ決まっていないため、予定表を作れません。"),
                remedy=_("空いている日時と担当を選んでください。"),
            )
        )
    sheet = draw_day(desk, content.spans[0].on, content.technicians)
    name = paper_name(PaperKind.DAY)
    return ReadPaper(name, f"{name}_{sheet.on.isoformat()}.pdf", sheet.pdf, name)
