"""承認待ち: papers that wait for somebody else's agreement, each as the very page it would be."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.money import yen_words
from app.papers.archived import Approval
from app.papers.kinds import title_of
from app.usecases.approve_paper import answered_approvals, draft_to_approve, may_approve, waiting_approvals
from app.usecases.desk import Desk
from app.usecases.make_paper import images_in
from app.words import _
from ui.contracts.letter_view import LetterView
from ui.lock.gate import Gate
from ui.moments import moment_words
from ui.operations.archive import answer_approval
from ui.operations.hub import Changed
from ui.papers.reason_dialog import ReasonDialog
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.layout import column, holding, on_surface, row, rule, scrolling
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import AdviceStrip, EmptyState, Toasts
from ui.widgets.text import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from app.papers.model import Images, Paper
    from app.usecases.staff_account import Account

_LIST_EMS = 26


def read_approvals(desk: Desk) -> tuple[list[Approval], list[Approval]]:
    """On the database worker: what waits, and what was answered."""
    return waiting_approvals(desk), answered_approvals(desk)


def read_draft(desk: Desk, approval: Approval) -> tuple[Paper, Images]:
    """On the database worker: the paper somebody asks to issue, with its pictures."""
    paper = draft_to_approve(desk, approval)
    with desk.storage.look() as work:
        return paper, images_in(work)


class ApprovalsPage(QWidget):
    """``back_wanted`` leads to the list."""

    back_wanted = Signal()

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        s = theme.size
        self._session, self._toasts = session, toasts
        self._waiting: dict[str, Approval] = {}
        self.chosen: Approval | None = None
        self.back = IconButton("chevron-left", _("一覧に戻る"), key="Alt+Left")
        self.list = Sheet((SheetColumn(), SheetColumn(ems=8, right=True)), name=_("承認待ちの書類"), pad="l")
        self.view = LetterView(session, _("内容"))
        self.strip = AdviceStrip(meaning="warn", icon="triangle-alert")
        self.approve_button = Button(_("承認する"), "check", "filled", key="Ctrl+Enter")
        self.refuse_button = Button(_("差し戻す"), "undo-2")
        for button in (self.approve_button, self.refuse_button):
            Gate(button, session, "approve")
        self.nothing = EmptyState(
            "stamp",
            _("承認を待っている書類はありません"),
            _("設定の「書類」で選んだ種類の書類は、別の担当者が承認するまで発行できません。"),
        )
        head_box = QHBoxLayout()
        head_box.setContentsMargins(s.s, 0, s.l, 0)
        head_box.setSpacing(s.s)
        head_box.addWidget(self.back)
        head_box.addWidget(Label(_("承認待ち"), "title"), 1)
        head = holding(head_box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        foot = holding(row(None, self.refuse_button, self.approve_button, pad="m"), "panel", "strong-top")
        right = QWidget()
        right.setLayout(column(self.strip, self.view, foot))
        area = scrolling(self.list)
        area.setFixedWidth(theme.ems(_LIST_EMS))
        self._stack = QStackedWidget()
        self._stack.addWidget(right)
        self._stack.addWidget(self.nothing)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(area)
        body.addWidget(rule(down=True))
        body.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(body, 1)
        self.strip.hide()
        self._connect()

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.list.opened.connect(self.choose)
        self.approve_button.clicked.connect(self._on_approve)
        self.refuse_button.clicked.connect(self._on_refuse)
        self._session.hub.changed.connect(self._on_changed)

    def arrive(self) -> None:
        """Somebody came here: read what waits."""
        self._session.hub.look(read_approvals, done=self._on_read, owner=self)

    def _on_changed(self, changed: Changed) -> None:
        if changed.papers and self.isVisible():
            self.arrive()

    def _on_read(self, read: tuple[list[Approval], list[Approval]]) -> None:
        waiting, answered = read
        self._waiting = {one.id: one for one in waiting}
        sections = [SheetSection(_("承認待ち"), tuple(self._row(one, link=True) for one in waiting))]
        if answered:
            sections.append(
                SheetSection(_("回答済み"), tuple(self._row(one, link=False) for one in answered))
            )
        self.list.set_sections(sections if waiting else sections[1:])
        self._stack.setCurrentIndex(int(not waiting))
        if waiting and (self.chosen is None or self.chosen.id not in self._waiting):
            self.choose(waiting[0].id)

    def _row(self, one: Approval, *, link: bool) -> SheetRow:
        at = moment_words(one.asked_at, self._session.desk.now())
        first = [
            Line(f"{title_of(one.kind)}　{one.customer}", "panel-bold"),
            Line(_("{staff}さんの依頼　{at}").format(staff=one.asked_by or "—", at=at), "caption", "text2"),
        ]
        if not link:
            first.append(_answer_line(one))
        total = Line(yen_words(one.total)) if one.total else Line("—", tone="text3")
        return SheetRow((tuple(first), (total,)), one.id if link else None)

    def choose(self, approval_id: str) -> None:
        """Show one that waits."""
        self.chosen = self._waiting[approval_id]
        self.list.mark(approval_id)
        own = not may_approve(self._session.settings, self._accounts(), self.chosen)
        self.strip.setVisible(own)
        if own:
            self.strip.set_words(
                _("自分の依頼は、自分では承認できません"), _("別の担当者に切り替えてください。")
            )
        self.approve_button.setEnabled(not own)
        self.view.title.set_text(f"{title_of(self.chosen.kind)}　{self.chosen.customer}")
        self._session.hub.look(
            read_draft,
            self.chosen,
            done=partial(self._on_draft, approval_id),
            failed=partial(self._on_no_draft, approval_id),
            owner=self,
        )

    def _accounts(self) -> Mapping[str, Account]:
        standing = self._session.standing
        return standing.accounts if standing is not None else {}

    def _on_draft(self, approval_id: str, draft: tuple[Paper, Images]) -> None:
        if self.chosen is not None and self.chosen.id == approval_id:
            self.view.show_paper(*draft)

    def _on_no_draft(self, approval_id: str, error: UserError) -> None:
        """What was asked for is no longer so: it can only be refused."""
        if self.chosen is None or self.chosen.id != approval_id:
            return
        first = error.problems[0]
        self.strip.set_words(first.what, first.remedy)
        self.strip.show()
        self.approve_button.setEnabled(False)
        self.view.clear()

    def _on_approve(self) -> None:
        if self.chosen is not None:
            self.answer(approve=True)

    def _on_refuse(self) -> None:
        if self.chosen is None:
            return
        why = ReasonDialog.ask(
            self,
            _("承認せずに差し戻しますか"),
            _("依頼した人に、理由とともに差し戻したことが表示されます。"),
            _("差し戻す"),
            _("例：数量が申込書と違います"),
        )
        if why:
            self.answer(approve=False, why=why)

    def answer(self, *, approve: bool, why: str = "") -> None:
        """Agree to the one shown, or refuse it."""
        assert self.chosen is not None
        words = _("承認しました") if approve else _("差し戻しました")
        self._session.hub.run(
            answer_approval, self.chosen.id, approve, why, done=partial(self._on_answered, words), owner=self
        )

    def _on_answered(self, words: str, _approval: object) -> None:
        self._toasts.show_message(words)


def _answer_line(one: Approval) -> Line:
    if one.state == "refused":
        words = _("{staff}さんが差し戻し：{why}").format(staff=one.answered_by or "—", why=one.why)
        return Line(words, "caption", "danger")
    words = _("{staff}さんが承認").format(staff=one.answered_by or "—")
    if one.state == "used":
        words += _("・発行済み")
    return Line(words, "caption", "good")
