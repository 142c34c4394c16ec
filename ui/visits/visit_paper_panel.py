"""A paper of a visit beside its page."""

from __future__ import annotations

from app.errors import UserError
from ui.session import Session
from ui.theme import theme
from ui.visits.papers import PaperKind, ReadPaper, paper_name, read_paper
from ui.visits.visit_paper import VisitPaper
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip, Toasts


class PaperPanel(SidePanel):
    """Draws the paper when it opens."""

    def __init__(self, session: Session, toasts: Toasts, visit_id: str, kind: PaperKind) -> None:
        super().__init__(paper_name(kind), "file-text")
        self.setFixedWidth(theme.size.first_paper + theme.size.indent)
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.problem.hide()
        self.paper = VisitPaper(session, toasts)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.paper, 1)
        session.hub.look(read_paper, visit_id, kind, done=self._on_paper, failed=self._on_refused, owner=self)

    def _on_paper(self, paper: ReadPaper) -> None:
        self.paper.show_paper(paper.name, paper.file_name, paper.pdf)

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        self.problem.set_words(first.what, " ".join(one for one in (first.why, first.remedy) if one))
        self.problem.show()
        self.paper.hide()
