"""Making a paper: its pages at the left, at the right what it is, what it asks for, and what may be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.errors import EnvironmentProblem, UserError
from app.money import yen_words
from app.papers.kinds import title_of
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.usecases.paper_stand import PaperStand
from app.words import _
from ui.contracts.actions.kept_typing import KeptTyping
from ui.issuing.acts import PaperActs, PaperFile, file_name_of
from ui.issuing.done_part import DonePart
from ui.issuing.forms import form_for
from ui.issuing.pane import FinishedPane
from ui.issuing.problem_list import ProblemList
from ui.issuing.state_words import number_words, state_chip, state_sentence
from ui.menus import Menu
from ui.operations.hub import Changed
from ui.operations.papers import ask_approval, issue_paper
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.chips import Chip
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.layout import column, holding, on_surface, row, rule, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar, EmptyState, Toasts
from ui.widgets.text import ElidedLabel, Label

_AFTER_TYPING_MS = 200


def read_stand(desk: Desk, request: PaperRequest) -> PaperStand:
    """On the database worker: how the paper stands."""
    from app.usecases.paper_stand import stand_of

    return stand_of(desk, request)


class IssueDialog(QDialog):
    """``issued`` carries the IssuedPaper. What was typed and not issued is there again the next time."""

    issued = Signal(object)

    def __init__(self, parent: QWidget, session: Session, request: PaperRequest) -> None:
        super().__init__(parent)
        self._session, self._request = session, request
        self._asked: Task | None = None
        self.stand: PaperStand | None = None
        self.paper: IssuedPaper | None = None  # what stands at the left, where it was issued
        self.toasts = Toasts(self)
        self.acts = PaperActs(self, session, self.toasts)
        self.form = form_for(session, request)
        self.chip = Chip(*state_chip(None))
        self.customer = ElidedLabel("", "body-bold")
        self.total = Label("", "title")
        self.told = AdviceStrip()
        self.problems = ProblemList()
        self.pane = FinishedPane(session, self.toasts, acts_shown=False)
        self.nothing = EmptyState("file-text", _("書類を用意しています"), "")
        self.busy = BusyBar()
        self.day = DateField(
            session.today, request.on or session.today, wareki=session.settings.company.era == "wareki"
        )
        self.language = Segments([("ja", _("日本語")), ("en", "English")], request.language)
        self.done_part = DonePart(session, self.toasts)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_TYPING_MS)
        self._build()
        self._connect()
        self._put_kept()
        self.look()

    # --- building -----------------------------------------------------------------------------------

    def _build(self) -> None:
        title = title_of(self._request.kind)
        self.setWindowTitle(title)
        on_surface(self, "panel")
        self.close_button = IconButton("x", _("閉じる（Esc）"))
        head_row = row(Label(title, "title"), self.chip, None, self.close_button, gap="m", pad=("l", ""))
        head = holding(head_row, "panel", "bottom")
        head.setFixedHeight(theme.size.page_head)
        left = QWidget()
        self._left = QStackedLayout(left)
        self._left.addWidget(self.nothing)
        self._left.addWidget(self.pane)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(left, 1)
        body.addWidget(rule(down=True))
        body.addWidget(self._make_side())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(head)
        box.addWidget(self.busy)
        box.addLayout(body, 1)

    def _make_side(self) -> QWidget:
        self.day_field = Field(_("発行日"), self.day)
        self.language_field = Field(_("書類の言語"), self.language)
        content = QWidget()
        inner = column(
            self.customer, self.total, self.told, self.problems, self.form, self.day_field,
            self.language_field, self.done_part, None,
            gap="field_gap", pad="l",
        )  # fmt: skip
        content.setLayout(inner)
        for hidden in (self.told, self.done_part):
            hidden.hide()
        side = QWidget()
        side.setFixedWidth(theme.size.side_panel)
        box = QVBoxLayout(side)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(scrolling(content), 1)
        box.addWidget(rule())
        box.addWidget(self._make_foot())
        return side

    def _make_foot(self) -> QWidget:
        """Two rows: what is done with the file, and below the one step that counts."""
        self.print_button = Button(_("印刷"), "printer", key="Ctrl+P")
        self.save_button = Button(_("PDFを保存"), "download")
        self.more = IconButton("ellipsis", _("控・メールなど"), small=False)
        self.ask_button = Button(_("承認を依頼"), "shield-check", "filled", key="Ctrl+Enter")
        self.issue_button = Button(_("発行"), "stamp", "filled", key="Ctrl+Enter")
        self.mail_button = Button(_("メールの下書き"), "mail")
        foot = QWidget()
        foot.setLayout(
            column(
                row(self.print_button, self.save_button, None, self.more),
                row(self.mail_button, None, self.ask_button, self.issue_button),
                gap="s",
                pad=("l", "m"),
            )
        )
        return foot

    def _connect(self) -> None:
        self.close_button.clicked.connect(self.reject)
        self.form.edited.connect(self._on_edited)
        self.day.day_changed.connect(self._on_edited)
        self.language.chosen.connect(self._on_edited)
        self._soon.timeout.connect(self.look)
        self.issue_button.clicked.connect(self.issue_now)
        self.ask_button.clicked.connect(self.ask_now)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.mail_button.clicked.connect(self._on_mail)
        self.more.clicked.connect(self._on_more)
        self._session.hub.changed.connect(self._on_changed)
        self._session.tasks.environment_problem.connect(self._on_environment)

    # --- what is asked for --------------------------------------------------------------------------

    def request(self) -> PaperRequest:
        """The paper as it is asked for now."""
        given = self._request
        return PaperRequest(
            kind=given.kind,
            subject=given.subject,
            language=self.language.value(),
            on=self.day.day(),
            options=self.form.options(),
        )

    def _on_edited(self, _value: object = None) -> None:
        self.paper = None
        self._keep()
        self.issue_button.setEnabled(False)
        self.ask_button.setEnabled(False)
        self._soon.start()

    def _keep(self) -> None:
        typed = self.form.typed()
        if typed:
            KeptTyping.of(self._session).keep(self._request.subject, f"paper-{self._request.kind}", typed)

    def _put_kept(self) -> None:
        kept = KeptTyping.of(self._session).find(self._request.subject, f"paper-{self._request.kind}")
        if kept and not self._request.options:
            self.form.put_typed(kept)

    # --- how it stands ------------------------------------------------------------------------------

    def look(self) -> None:
        """Work out how the paper stands, and show it."""
        if self._asked is not None and not self._asked.finished:
            self._asked.cancel()
            self.busy.stop()
        if not self.day.readable:
            self.day_field.set_error(_("日付として読めません。例：2026/11/20"))
            return
        self.day_field.set_error("")
        self.busy.start()
        self._asked = self._session.hub.look(
            read_stand,
            self.request(),
            done=self._on_stand,
            failed=self._on_refused,
            ended=self.busy.stop,
            owner=self,
        )

    def _on_changed(self, changed: Changed) -> None:
        if (changed.papers or changed.settings or changed.bills or changed.contracts) and self.paper is None:
            self.look()

    def _on_stand(self, stand: PaperStand) -> None:
        self.stand = stand
        self._clear_problems()
        self.chip.set_chip(*state_chip(stand))
        self.customer.set_text(stand.customer)
        self.total.set_text(yen_words(stand.total) if stand.total else "")
        self.total.setVisible(bool(stand.total))
        self._tell(*state_sentence(stand))
        self.language_field.setVisible(True)
        if stand.same and stand.issued is not None:
            self._show_issued(stand.issued)
        else:
            self.paper = None
            self._session.tasks.paper.submit(
                "issue-draft",
                self._session.desk.draw,
                stand.draft,
                stand.images,
                done=partial(self._on_drawn, stand),
                failed=self._on_refused,
                owner=self,
            )
        self._show_buttons()

    def _tell(self, meaning: str, icon: str, words: str, detail: str) -> None:
        self.told.set_meaning(meaning, icon)
        self.told.set_words(words, detail)
        self.told.setVisible(bool(words))

    def _on_drawn(self, stand: PaperStand, pdf: bytes) -> None:
        if stand is not self.stand or self.paper is not None:
            return
        name = _("{name}（下書き）").format(name=stand.title)
        self.pane.show_paper(name, file_name_of_draft(stand), pdf)
        self._left.setCurrentWidget(self.pane)

    def _on_refused(self, error: UserError) -> None:
        """Everything that keeps the paper from being made; no page stands there, for it would be another."""
        self.stand = None
        self.chip.set_chip(*state_chip(None))
        self.told.hide()
        self._show_problems(error)
        self.nothing.set_words(
            _("このままでは発行できません"), _("右に挙げたことを直すと、ここに書類が表示されます。")
        )
        self._left.setCurrentWidget(self.nothing)
        self._show_buttons()

    def _show_problems(self, error: UserError) -> None:
        self.form.clear_problems()
        self.problems.show_problems([one for one in error.problems if not self.form.take_problem(one)])

    def _clear_problems(self) -> None:
        self.form.clear_problems()
        self.problems.show_problems([])

    def _show_issued(self, paper: IssuedPaper) -> None:
        self.paper = paper
        name = number_words(paper.number, paper.revision)
        self.pane.show_paper(f"{title_of(paper.kind)}　{name}", file_name_of(paper), paper.pdf)
        self._left.setCurrentWidget(self.pane)
        self.done_part.show_paper(paper.id)

    def _show_buttons(self) -> None:
        stand, issued = self.stand, self.paper is not None
        waits = stand is not None and stand.needs_approval and not stand.may_issue and not stand.same
        asked = waits and stand is not None and stand.approval is not None and stand.approval.state == "asked"
        self.ask_button.setVisible(waits)
        self.ask_button.setEnabled(waits and not asked)
        self.issue_button.setVisible(not waits and not issued)
        self.issue_button.setEnabled(stand is not None and stand.may_issue)
        shown = stand is not None
        for button in (self.print_button, self.save_button):
            button.setEnabled(shown)
        self.print_button.set_kind("filled" if issued else "normal")
        for widget in (self.mail_button, self.more, self.done_part):
            widget.setVisible(issued)

    # --- issuing ------------------------------------------------------------------------------------

    def issue_now(self) -> None:
        """Issue the paper as it stands."""
        if not self.issue_button.isEnabled():
            return
        self.issue_button.setEnabled(False)
        self.busy.start()
        self._session.hub.run(
            issue_paper,
            self.request(),
            done=self._on_issued,
            failed=self._on_not_issued,
            ended=self.busy.stop,
            owner=self,
        )

    def _on_issued(self, paper: IssuedPaper) -> None:
        KeptTyping.of(self._session).forget(self._request.subject, f"paper-{self._request.kind}")
        self._clear_problems()
        self._show_issued(paper)
        words = number_words(paper.number, paper.revision)
        self.chip.set_chip("circle-check", _("発行済み"), "good")
        self._tell("good", "circle-check", words, _("発行し、書類に保管しました。"))
        self._show_buttons()
        self.print_button.setFocus()
        self.issued.emit(paper)

    def _on_not_issued(self, error: UserError) -> None:
        self._show_problems(error)
        self._show_buttons()

    def ask_now(self) -> None:
        """Ask somebody else to agree."""
        self.ask_button.setEnabled(False)
        self._session.hub.run(
            ask_approval, self.request(), done=self._on_asked, failed=self._on_not_issued, owner=self
        )

    def _on_asked(self, _approval: object) -> None:
        self.toasts.show_message(_("承認を依頼しました"))
        self.look()

    # --- with the file ------------------------------------------------------------------------------

    def _file(self) -> PaperFile | None:
        pdf = self.pane.preview.pdf
        if pdf is None or self.stand is None:
            return None
        name = file_name_of(self.paper) if self.paper is not None else file_name_of_draft(self.stand)
        return PaperFile(name, pdf)

    def _on_print(self) -> None:
        file = self._file()
        if file is not None:
            self.acts.print_file(file)

    def _on_save(self) -> None:
        file = self._file()
        if file is not None:
            self.acts.save_file(file)

    def _on_mail(self) -> None:
        if self.paper is not None:
            self.acts.mail_paper(self.paper.id)

    def _on_more(self) -> None:
        if self.paper is None:
            return
        menu = Menu(self)
        menu.add_item("files", _("控を印刷…"), self.acts.reprint, self.paper.id)
        menu.add_item("download", _("控をPDFで保存…"), self.acts.save_copy, self.paper.id)
        menu.open_at(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _on_environment(self, problem: EnvironmentProblem) -> None:
        """Trouble with the machine is told here, too: the window's own place for it lies behind."""
        detail = " ".join(part for part in (problem.kept, problem.remedy) if part)
        self._tell("danger", "triangle-alert", problem.what, detail)
        self._show_buttons()


def file_name_of_draft(stand: PaperStand) -> str:
    """What the file of a draft is called."""
    from app.papers.file_names import paper_file_name

    return paper_file_name(_("{title}（下書き）").format(title=stand.title), "", 0, stand.customer)
