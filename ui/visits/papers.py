"""The papers of a visit for the screen: drawn when somebody looks, issued when it is finished or handed on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.usecases.desk import Desk
from app.words import _


class PaperKind(StrEnum):
    """The papers of one visit, and of a technician's day."""

    ORDER = "order"  # 訪問作業指示書
    BEFORE = "before"  # 作業前確認書
    REPORT = "report"  # 作業完了報告書
    DAY = "day"  # 当日予定表


@dataclass(frozen=True)
class ReadPaper:
    """A finished PDF with what it is called."""

    name: str
    file_name: str
    pdf: bytes


def paper_name(kind: PaperKind) -> str:
    """What a paper is called."""
    return {
        PaperKind.ORDER: _("訪問作業指示書"),
        PaperKind.BEFORE: _("作業前確認書"),
        PaperKind.REPORT: _("作業完了報告書"),
        PaperKind.DAY: _("当日予定表"),
    }[kind]


def read_paper(desk: Desk, visit_id: str, kind: PaperKind) -> ReadPaper:
    """On the database worker: a paper of a visit as it stands now. Raises UserError where it can't be made."""
    from app.usecases import issue_visit_papers as papers

    raise NotImplementedError
