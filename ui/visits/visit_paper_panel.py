"""A paper of a visit beside its page."""

from __future__ import annotations

from PySide6.QtCore import QPoint

from app.errors import UserError
from app.words import _
from ui.issuing.acts import PaperActs
from ui.issuing.opening import open_paper
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.visits.papers import PaperKind, ReadPaper, issue_paper, paper_name, read_paper
from ui.visits.visit_paper import VisitPaper
from ui.widgets.button import Button, IconButton
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip, Toasts


class PaperPanel(SidePanel):
    """Shows the paper as it was issued, else its draft; the foot issues it as the visit stands now."""

    def __init__(self, session: Session, toasts: Toasts, visit_id: str, kind: PaperKind) -> None:
        super().__init__(paper_name(kind), "file-text")
        self._session, self._toasts = session, toasts
        self._visit, self._kind = visit_id, kind
        self._paper_id = ""
        self.setFixedWidth(theme.size.first_paper + theme.size.indent)
        self.problem = AdviceStrip(meaning="danger", icon="circle-alert")
        self.problem.hide()
        self.paper = VisitPaper(session, toasts)
        self.changed = AdviceStrip(meaning="warn", icon="history")
        self.changed.hide()
        self.acts = PaperActs(self, session, toasts)
        self.issue = Button(_("発行する"), "stamp", "filled")
        self.more = IconButton("ellipsis", _("控・メールなど"), small=False)
        self.more.hide()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.addWidget(self.problem)
        self.body.addWidget(self.changed)
        self.body.addWidget(self.paper, 1)
        if kind is not PaperKind.DAY:
            self.add_to_foot(self.more, self.issue)
        self.issue.setEnabled(False)
        self.issue.clicked.connect(self.issue_now)
        self.more.clicked.connect(self._on_more)
        session.hub.changed.connect(self._on_changed)
        self._read()

    def _read(self) -> None:
        session, visit_id, kind = self._session, self._visit, self._kind
        session.hub.look(read_paper, visit_id, kind, done=self._on_paper, failed=self._on_refused, owner=self)

    def _on_changed(self, changed: Changed) -> None:
        """What was issued may no longer say what the visit says."""
        if self._visit in changed.visits or changed.settings:
            self._read()

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
        self._paper_id = paper.paper_id
        self.changed.setVisible(bool(paper.before))
        if paper.before:
            self.changed.set_words(
                _("{number}を発行したあとに、訪問の内容が変わっています").format(number=paper.before),
                _("発行すると次の版になります。前の版も残ります。"),
            )
        self.issue.setVisible(not paper.issued)
        self.issue.setEnabled(True)
        self.more.setVisible(bool(paper.issued and paper.paper_id))

    def _on_more(self) -> None:
        """What else is done with an issued paper."""
        menu = Menu(self)
        menu.add_item("files", _("控を印刷…"), self.acts.reprint, self._paper_id)
        menu.add_item("mail", _("メールの下書き…"), self.acts.mail_paper, self._paper_id)
        menu.add_item("send", _("送付を記録…"), open_paper, self, self._session, self._paper_id)
        corner = self.more.mapToGlobal(QPoint(0, 0))
        menu.open_at(corner - QPoint(0, menu.sizeHint().height()))

    def _on_issued(self, paper: ReadPaper) -> None:
        self._on_paper(paper)
        self._toasts.show_message(_("「{name}」を発行しました").format(name=f"{paper.name} {paper.issued}"))

    def _on_refused(self, error: UserError) -> None:
        first = error.problems[0]
        self.problem.set_words(first.what, " ".join(one for one in (first.why, first.remedy) if one))
        self.problem.show()
        self.paper.setVisible(self.paper.preview.pdf is not None)
