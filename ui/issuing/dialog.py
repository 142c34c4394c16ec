"""Making a paper: its pages at the left, at the right what it asks for and what keeps it from being made."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.papers.kinds import title_of
from app.papers.request import PaperRequest
from app.quote.stored import IssuedPaper
from app.usecases.desk import Desk
from app.usecases.paper_stand import PaperStand
from app.words import _
from ui.contracts.actions.kept_typing import KeptTyping
from ui.contracts.actions.raw import Raw
from ui.issuing.forms import form_for
from ui.issuing.paper_sheet import PaperSheet
from ui.issuing.problem_list import ProblemList
from ui.issuing.state_words import number_words, state_chip, state_sentence
from ui.operations.hub import Changed
from ui.operations.papers import ask_approval, issue_paper
from ui.session import Session
from ui.tasks import Task
from ui.unsaved import Unsaved
from ui.widgets.button import Button
from ui.widgets.choices import Segments
from ui.widgets.dates import DateField
from ui.widgets.field import Field

_AFTER_TYPING_MS = 200


def read_stand(desk: Desk, request: PaperRequest) -> PaperStand:
    """On the database worker: how the paper stands."""
    from app.usecases.paper_stand import stand_of

    return stand_of(desk, request)


class IssueDialog(PaperSheet):
    """``issued`` carries the IssuedPaper. What was typed and not issued is there again the next time."""

    issued = Signal(object)

    def __init__(self, parent: QWidget, session: Session, request: PaperRequest) -> None:
        super().__init__(parent, session, title_of(request.kind), state_chip(None))
        self._given = request
        self._asked: Task | None = None
        self._touched = False
        self.stand: PaperStand | None = None
        self.form = form_for(session, request)
        self.problems = ProblemList()
        place = f"paper.{request.kind}"
        self.left = Unsaved(session, place, self.form.typed, self._put_left, self)
        wareki = session.settings.company.era == "wareki"
        self.day = DateField(session.today, request.on or session.today, wareki=wareki)
        self.language = Segments([("ja", _("日本語")), ("en", "English")], request.language)
        self.day_field = Field(_("発行日"), self.day)
        self.ask_button = Button(_("承認を依頼"), "shield-check", "filled", key="Ctrl+Enter")
        self.issue_button = Button(_("発行"), "stamp", "filled", key="Ctrl+Enter")
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_TYPING_MS)
        self.lay_out(
            [
                self.left.strip,
                self.problems,
                self.form,
                self.day_field,
                Field(_("書類の言語"), self.language),
            ],
            [self.ask_button, self.issue_button],
        )
        self._connect()
        self.left.open(request.subject)
        self._put_kept()
        self._show_steps()
        self.look()
        (self.form.begins_at or self.day).setFocus()

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.form.filled.connect(self.look)
        self.problems.accepted.connect(self._on_accepted)
        self.day.day_changed.connect(self._on_edited)
        self.language.chosen.connect(self._on_edited)
        self._soon.timeout.connect(self.look)
        self.issue_button.clicked.connect(self.issue_now)
        self.ask_button.clicked.connect(self.ask_now)
        self.session.hub.changed.connect(self._on_changed)

    # --- what is asked for --------------------------------------------------------------------------

    def request(self) -> PaperRequest:
        """The paper as it is asked for now."""
        given = self._given
        return PaperRequest(
            kind=given.kind,
            subject=given.subject,
            language=self.language.value(),
            on=self.day.day(),
            options=self.form.asked(),
        )

    def _on_edited(self, _value: object = None) -> None:
        self.paper = None
        self._touched = True
        self._keep()
        self.issue_button.setEnabled(False)
        self.ask_button.setEnabled(False)
        self._soon.start()

    def _on_accepted(self, code: str) -> None:
        """Somebody says that a problem shall not keep the paper back."""
        self.form.accept(code)
        self.look()

    def _put_left(self, values: Mapping[str, Raw]) -> None:
        self.form.put_typed(values)
        self._on_edited()

    def _keep(self) -> None:
        self.left.note()
        typed = self.form.typed()
        if typed:
            KeptTyping.of(self.session).keep(self._given.subject, f"paper-{self._given.kind}", typed)

    def _put_kept(self) -> None:
        kept = KeptTyping.of(self.session).find(self._given.subject, f"paper-{self._given.kind}")
        if kept and not set(self._given.options) - {"subject_kind"}:
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
        self._asked = self.session.hub.look(
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
        self.title.set_text(stand.title)
        self.show_who(stand.customer, stand.total)
        self.tell(*state_sentence(stand))
        if stand.same and stand.issued is not None:
            self.show_paper(stand.title, stand.issued)
        else:
            self.paper = None
            self.show_file_buttons(shown=False)
            self.session.tasks.paper.submit(
                "issue-draft",
                self.session.desk.draw,
                stand.draft,
                stand.images,
                done=partial(self._on_drawn, stand),
                failed=self._on_refused,
                owner=self,
            )
        self._show_steps()

    def _on_drawn(self, stand: PaperStand, pdf: bytes) -> None:
        if stand is not self.stand or self.paper is not None:
            return
        name = _("{name}（下書き）").format(name=stand.title)
        self.show_pages(name, file_name_of_draft(stand), pdf)
        self.show_file_buttons(shown=True)

    def _on_refused(self, error: UserError) -> None:
        """Everything that keeps the paper from being made; no page stands there, for it would be another."""
        self.stand = None
        self.chip.set_chip(*state_chip(None))
        self.show_who("", 0)
        self.told.hide()
        left = self._show_problems(error)
        self.paper = None
        if self._touched or left:
            self.show_nothing(
                _("このままでは発行できません"), _("右に挙げたことを直すと、ここに書類が表示されます。")
            )
        else:  # nobody made a mistake yet
            self.form.clear_problems()
            self.show_nothing(_("まだ入力がありません"), _("右の欄に入力すると、ここに書類が表示されます。"))
        self.show_file_buttons(shown=False)
        self._show_steps()

    def _show_problems(self, error: UserError) -> bool:
        """Each at its field; True where some have none and stand in a list."""
        self.form.clear_problems()
        left = [one for one in error.problems if not self.form.take_problem(one)]
        self.problems.show_problems(left)
        return bool(left)

    def _clear_problems(self) -> None:
        self.form.clear_problems()
        self.problems.show_problems([])

    def _show_steps(self) -> None:
        """The one step that counts: asking for approval, or issuing."""
        stand, issued = self.stand, self.paper is not None
        waits = stand is not None and stand.needs_approval and not stand.may_issue and not stand.same
        asked = waits and stand is not None and stand.approval is not None and stand.approval.state == "asked"
        self.ask_button.setVisible(waits)
        self.ask_button.setEnabled(waits and not asked)
        self.issue_button.setVisible(not waits and not issued)
        self.issue_button.setEnabled(stand is not None and stand.may_issue)

    # --- issuing ------------------------------------------------------------------------------------

    def issue_now(self) -> None:
        """Issue the paper as it stands."""
        if not self.issue_button.isEnabled():
            return
        self.issue_button.setEnabled(False)
        self.busy.start()
        self.session.hub.run(
            issue_paper,
            self.request(),
            done=self._on_issued,
            failed=self._on_not_issued,
            ended=self.busy.stop,
            owner=self,
        )

    def _on_issued(self, paper: IssuedPaper) -> None:
        KeptTyping.of(self.session).forget(self._given.subject, f"paper-{self._given.kind}")
        self.left.done()
        self._clear_problems()
        self.show_paper(self.title.words(), paper)
        words = number_words(paper.number, paper.revision)
        self.chip.set_chip("circle-check", _("発行済み"), "good")
        self.tell("good", "circle-check", words, _("発行し、書類に保管しました。"))
        self._show_steps()
        self.print_button.setFocus()
        self.issued.emit(paper)

    def _on_not_issued(self, error: UserError) -> None:
        self._show_problems(error)
        self._show_steps()

    def ask_now(self) -> None:
        """Ask somebody else to agree."""
        self.ask_button.setEnabled(False)
        self.session.hub.run(
            ask_approval, self.request(), done=self._on_asked, failed=self._on_not_issued, owner=self
        )

    def _on_asked(self, _approval: object) -> None:
        self.toasts.show_message(_("承認を依頼しました"))
        self.look()


def file_name_of_draft(stand: PaperStand) -> str:
    """What the file of a draft is called."""
    from app.papers.file_names import paper_file_name

    return paper_file_name(_("{title}（下書き）").format(title=stand.title), "", 0, stand.customer)
