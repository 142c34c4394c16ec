"""One issued paper: its very pages, what is known of it, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.papers.file_names import paper_file_name
from app.papers.kinds import title_of
from app.usecases.search_papers import PaperFacts, open_paper
from app.words import _
from ui.issuing.acts import PaperActs
from ui.issuing.done_part import DonePart
from ui.issuing.pane import FinishedPane
from ui.menus import Menu
from ui.operations.archive import void_paper
from ui.operations.hub import Changed
from ui.papers.facts_part import FactsPart
from ui.papers.list_columns import customer_words, number_words, state_of
from ui.papers.reason_dialog import ReasonDialog
from ui.session import Session
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.layout import column, holding, on_surface, rule, scrolling
from ui.widgets.strips import EmptyState, Toasts
from ui.widgets.text import ElidedLabel

_SIDE_EMS = 26


class PaperPage(QWidget):
    """``back_wanted``; ``subject_wanted`` carries the kind and id of what the paper was made from."""

    back_wanted = Signal()
    subject_wanted = Signal(str, str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session, self._toasts = session, toasts
        self.facts: PaperFacts | None = None
        self._paper = ""
        self._acts = PaperActs(self, session, toasts)
        self.pane = FinishedPane(session, toasts, acts_shown=False)
        self.gone = EmptyState("file-x", _("この書類の内容を表示できません"), _("右の説明をご覧ください。"))
        self.known = FactsPart()
        self.sending = DonePart(session, toasts)
        self._build()
        session.hub.changed.connect(self._on_changed)

    def _build(self) -> None:
        s = theme.size
        self.back = IconButton("chevron-left", _("一覧に戻る"), key="Alt+Left")
        self.name = ElidedLabel("", "title")
        self.chip = Chip("circle-check", "", "plain")
        self.print_button = Button(_("印刷"), "printer", key="Ctrl+P")
        self.save_button = Button(_("保存"), "download")
        self.mail_button = Button(_("メール"), "mail")
        self.more = IconButton("ellipsis", _("そのほかの操作"), small=False)
        line = QHBoxLayout()
        line.setContentsMargins(s.s, 0, s.l, 0)
        line.setSpacing(s.s)
        for widget in (self.back, self.name, self.chip):
            line.addWidget(widget, int(widget is self.name))
        for button in (self.print_button, self.save_button, self.mail_button, self.more):
            line.addWidget(button)
        head = holding(line, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        content = holding(column(self.known, self.sending, None, gap="m", pad="l"), "panel")
        side = scrolling(content)
        side.setFixedWidth(theme.ems(_SIDE_EMS))
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self.pane, 1)
        body.addWidget(self.gone, 1)
        body.addWidget(rule(down=True))
        body.addWidget(side)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(head)
        whole.addLayout(body, 1)
        self.gone.hide()
        self.back.clicked.connect(self.back_wanted)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.mail_button.clicked.connect(self._on_mail)
        self.more.clicked.connect(self._on_more)

    # --- showing ------------------------------------------------------------------------------------

    def open_paper(self, paper_id: str) -> None:
        """Show a paper."""
        if paper_id != self._paper:
            self.facts = None
        self._paper = paper_id
        self._session.hub.look(open_paper, paper_id, done=partial(self._on_read, paper_id), owner=self)

    def _on_read(self, paper_id: str, facts: PaperFacts) -> None:
        if paper_id != self._paper:
            return
        shown = self.facts is not None and self.facts.row.id == paper_id
        self.facts = facts
        row = facts.row
        title = f"{title_of(row.kind)}　{number_words(row)}"
        self.name.set_text(f"{title}　{customer_words(row)}")
        self.chip.set_chip(*state_of(row))
        self.known.show_facts(facts)
        for button in (self.print_button, self.save_button, self.mail_button):
            button.setEnabled(facts.pdf is not None)
        for button in (self.print_button, self.mail_button):  # what no longer counts goes out as 控 only
            button.setVisible(facts.void is None)
        self.pane.setVisible(facts.pdf is not None)
        self.gone.setVisible(facts.pdf is None)
        self.sending.setVisible(not row.erased)
        if not row.erased:
            self.sending.show_paper(row.id)
        if facts.pdf is not None and not shown:
            name = paper_file_name(title_of(row.kind), row.number, row.revision, row.customer)
            self.pane.show_paper(title, name, facts.pdf)

    def _on_changed(self, changed: Changed) -> None:
        if changed.papers and self.isVisible() and self._paper:
            self.open_paper(self._paper)

    # --- what can be done -----------------------------------------------------------------------------

    def _on_print(self) -> None:
        self._acts.print_paper(self._paper)

    def _on_save(self) -> None:
        self._acts.save_paper(self._paper)

    def _on_mail(self) -> None:
        self._acts.mail_paper(self._paper)

    def _on_more(self) -> None:
        menu = self.menu()
        if menu is not None:
            corner = self.more.rect().bottomRight()
            menu.open_at(self.more.mapToGlobal(corner) - QPoint(menu.sizeHint().width(), 0))

    def menu(self) -> Menu | None:
        """What else can be done with the paper; None before it was read."""
        if self.facts is None:
            return None
        menu, row = Menu(self), self.facts.row
        if self.facts.pdf is not None:
            menu.add_item("printer", _("「控」を印刷"), self._acts.reprint, row.id)
            menu.add_item("copy", _("「控」をPDFで保存"), self._acts.save_copy, row.id)
        kind, subject = row.subject_kind, row.subject_id
        if self.facts.billed_contract:
            kind, subject = "contract", self.facts.billed_contract
        words = _SUBJECTS.get(kind)
        if words is not None and subject:
            menu.add_item("external-link", words(), self.subject_wanted.emit, kind, subject)
        if row.customer_id:
            menu.add_item("users", _("顧客を開く"), self.subject_wanted.emit, "customer", row.customer_id)
        if self.facts.void is None and not row.erased:
            menu.addSeparator()
            item = menu.add_item("circle-x", _("この書類を取り消す"), self.ask_void)
            item.setEnabled(not self._session.refusal("void"))
        return menu

    def ask_void(self) -> None:
        """Ask for the reason and let the paper no longer count."""
        assert self.facts is not None
        row = self.facts.row
        why = ReasonDialog.ask(
            self,
            _("{title}「{number}」を取り消しますか").format(
                title=title_of(row.kind), number=number_words(row)
            ),
            _(
                "取り消したことと理由は記録に残り、元に戻せません。書類の内容も番号もこのまま保管します。"
                "同じ内容の書類は、あらためて発行できます。お渡し済みのときは、お客さまにお知らせください。"
            ),
            _("取り消す"),
            _("例：宛名の誤り。正しい宛名で発行し直すため"),
        )
        if why:
            self.void(why)

    def void(self, why: str) -> None:
        """Let the paper no longer count."""
        self._session.hub.run(void_paper, self._paper, why, done=self._on_voided, owner=self)

    def _on_voided(self, _void: object) -> None:
        self._toasts.show_message(_("書類を取り消しました"))


def _contract() -> str:
    return _("契約を開く")


def _quotation() -> str:
    return _("見積を開く")


def _visit() -> str:
    return _("訪問を開く")


_SUBJECTS = {"contract": _contract, "quotation": _quotation, "visit": _visit}
