"""A paper of a visit beside its page."""

from __future__ import annotations

from app.errors import UserError
from app.words import _
from ui.session import Session
from ui.theme import theme
from ui.visits.papers import PaperKind, ReadPaper, issue_paper, paper_name, read_paper
from ui.visits.visit_paper import VisitPaper
from ui.widgets.button import Button
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip, Toasts


class PaperPanel(SidePanel):
    """Shows the paper as it was issued, else its draft; the foot issues it as the visit stands now."""

    def __init__(self, session: Session, toasts: Toasts, visit_id: str, kind: PaperKind) -> None:
        super().__init__(paper_name(kind), "file-text")
        self._session, self._toasts = session, toasts
        self._visit, self._kind = visit_id, kind
        self.setFixedWidth(theme.size.first_paper + theme.size.indent)
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.problem.hide()
        self.paper = VisitPaper(session, toasts)
        self.issue = Button(_("発行する"), "stamp", "filled")
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.paper, 1)
        if kind is not PaperKind.DAY:
            self.add_to_foot(self.issue)
        self.issue.setEnabled(False)
        self.issue.clicked.connect(self.issue_now)
        session.hub.look(read_paper, visit_id, kind, done=self._on_paper, failed=self._on_refused, owner=self)

    def issue_now(self) -> None:
        """Issue the paper as the visit stands."""
        self.issue.setEnabled(False)
        self._session.hub.run(
            issue_paper, self._visit, self._kind, done=self._on_issued, failed=self._on_refused, owner=self
        )

    def _on_paper(self, paper: ReadPaper) -> None:
        self.problem.hide()
        name = paper.issued or _("{name}（下書き）").format(name=paper.name)
        self.paper.show_paper(name, paper.file_name, paper.pdf)
        self.issue.set_text(_("いまの内容で発行") if paper.issued else _("発行する"))
        self.issue.set_kind("normal" if paper.issued else "filled")
        self.issue.setEnabled(True)

    def _on_issued(self, paper: ReadPaper) -> None:
        self._on_paper(paper)
        self._toasts.show_message(_("「{name}」を発行しました").format(name=f"{paper.name} {paper.issued}"))

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        self.problem.set_words(first.what, " ".join(one for one in (first.why, first.remedy) if one))
        self.problem.show()
        self.paper.setVisible(self.paper.preview.pdf is not None)
