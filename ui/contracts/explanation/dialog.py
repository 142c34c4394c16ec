"""重要事項の説明: the summary to read through together, and beside it who, how and the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout

from app.errors import ConflictError, UserError
from app.papers.kinds import title_of
from app.papers.request import PaperRequest
from app.words import _
from ui.contracts.explanation.draft import ExplanationDraft, KeptExplanations
from ui.contracts.explanation.form import ExplanationForm
from ui.contracts.letter_view import LetterView
from ui.operations.contracts import explain_terms
from ui.operations.papers import ask_approval
from ui.theme import theme
from ui.unsaved import Unsaved
from ui.widgets.button import Button
from ui.widgets.layout import column, holding, on_surface, row, rule, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from app.usecases.record_explanation import ExplanationMade, ToExplain
    from ui.contracts.context import PageContext

WITHOUT_PAPER: Final = 2  # what ``exec`` and ``finished`` say where it is to be recorded without a paper
_MARGIN, _MOST_WIDE, _FORM = 4, 112, 30  # characters


def read_terms(desk: Desk, contract_id: str) -> ToExplain:
    """On the database worker: the summary as it would be issued now."""
    from app.usecases.record_explanation import show_terms

    return show_terms(desk, contract_id)


class ExplanationDialog(QDialog):
    """Ctrl+Enter records; Esc closes, and what was typed stays for this sitting. Open it with ``open``;
    ``finished`` says ``WITHOUT_PAPER`` where the explanation is to be recorded without one.
    """

    def __init__(self, context: PageContext) -> None:
        parent = context.parent()
        super().__init__(parent.window() if parent is not None else None)  # type: ignore[attr-defined]
        self._context = context
        self._id = context.stored.id
        self._shown: ToExplain | None = None
        self._writing = False
        self._kept = KeptExplanations.of(context.session)
        kept = self._kept.draft(self._id)
        self.form = ExplanationForm(kept or self._new_draft(), context.session.today)
        self.returned = AdviceStrip(_("前に入力した内容を戻しました"), meaning="note", icon="history")
        self.returned.setVisible(kept is not None)
        self.paper = LetterView(context.session, title_of("E"))
        self.trouble = AdviceStrip(meaning="danger", icon="circle-alert")
        self.trouble.hide()
        self.busy = BusyBar()
        self.hint = Label(
            _("記録すると、署名の入った書面を発行し、契約に説明を記録します。"), "panel", "text2", wrap=True
        )
        self.without = Button(_("書面を作らずに記録"), kind="quiet")
        self.cancel = Button(_("閉じる"), key="Esc", listen=False)
        self.save = Button(_("発行して記録"), "clipboard-check", "filled", key="Ctrl+Enter")
        self.left = Unsaved(context.session, "explanation", self.form.values, self.form.put_values, self)
        self._build()
        self._connect()
        self._read()
        self.left.open(self._id, None if kept is None else {})

    def _new_draft(self) -> ExplanationDraft:
        session, view = self._context.session, self._context.view
        staff = session.settings.staff_member()
        now = session.desk.now()
        draft = ExplanationDraft(
            on=now.date(),
            at=now.time().replace(second=0, microsecond=0),
            by=staff.name if staff is not None else "",
        )
        draft.signing.name = view.stored.content.contact.name or view.customer.fields.person
        return draft

    def _build(self) -> None:
        s = theme.size
        name = self._context.view.customer.fields.name
        self.setWindowTitle(_("重要事項の説明・{name}").format(name=name))
        on_surface(self, "panel")
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.paper, 1)
        side = holding(column(scrolling(self.form)), "panel", "left")
        side.setFixedWidth(theme.ems(_FORM))
        middle.addWidget(side)
        foot = row(self.hint, self.without, self.cancel, self.save, gap="s", pad=("l", "s"))
        foot.setStretch(0, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.busy)
        for strip in (self.left.strip, self.trouble, self.returned):
            box.addWidget(strip)
        box.addLayout(middle, 1)
        box.addWidget(rule())
        box.addLayout(foot)
        self.resize(self._room())
        self.setMinimumHeight(s.sign_height * 2)

    def _room(self) -> QSize:
        """Nearly the whole window; on a wide one no more than paper and form need."""
        parent = self.parentWidget()
        whole = (
            parent.size() if parent is not None else QSize(theme.size.window_width, theme.size.window_height)
        )
        margin = theme.ems(_MARGIN)
        return QSize(min(whole.width() - margin, theme.ems(_MOST_WIDE)), whole.height() - margin)

    def _connect(self) -> None:
        self.form.changed.connect(self._on_typed)
        self.save.clicked.connect(self.record)
        self.cancel.clicked.connect(self.reject)
        self.without.clicked.connect(self._on_without)
        self.trouble.accepted.connect(self._on_ask)
        self._context.view_changed.connect(self._read)

    def start(self) -> None:
        """Put the focus where typing begins."""
        self.form.start()

    # --- the paper --------------------------------------------------------------------------------

    def _read(self) -> None:
        self.busy.start()
        self.save.setEnabled(False)
        self._context.session.hub.look(
            read_terms, self._id,
            done=self._on_read, failed=self._on_unmade, ended=self.busy.stop, owner=self,
        )  # fmt: skip

    def _on_read(self, shown: ToExplain) -> None:
        if self._shown is None or shown.digest != self._shown.digest:
            self._shown = shown
            self.paper.show_paper(shown.paper, shown.images)
        self.save.setEnabled(True)

    def _on_unmade(self, error: UserError) -> None:
        """The summary can't be made: say why; the explanation can still be recorded without it."""
        self._tell(error)
        self.save.setEnabled(False)

    def _tell(self, error: UserError) -> None:
        left = self.form.show_problems(tuple(error.problems))
        if left:
            told = " ".join(part for one in left for part in (one.why, one.remedy) if part)
            asks = any(one.code == "not-approved" for one in left)
            what = "\n".join(one.what for one in left)
            self.trouble.set_words(what, told, _("承認を依頼") if asks else "")
            self.trouble.show()

    # --- recording --------------------------------------------------------------------------------

    def _on_typed(self) -> None:
        self._kept.keep(self._id, self.form.draft)
        self.left.note()
        self.returned.hide()
        self.trouble.hide()

    def record(self) -> None:
        """Issue the summary with what the fields say and the signature, and record the explanation."""
        if self._writing or self._shown is None or not self.save.isEnabled():
            return
        told = self.form.told()
        if told is None:
            return
        self._writing = True
        self.busy.start()
        self.save.setEnabled(False)
        self.trouble.hide()
        stored = self._context.stored
        self._context.session.hub.run(
            explain_terms, stored.id, stored.version, told, self._shown.digest,
            done=self._on_recorded, failed=self._on_refused, ended=self._on_ended, owner=self,
        )  # fmt: skip

    def _on_ended(self) -> None:
        self._writing = False
        self.busy.stop()
        self.save.setEnabled(self._shown is not None)

    def _on_recorded(self, made: ExplanationMade) -> None:
        self._kept.forget(self._id)
        self.left.done()
        self._context.toasts.show_message(
            _("{number}を発行し、説明を記録しました").format(number=made.paper.number)
        )
        self._context.view_changed.disconnect(self._read)
        self.accept()
        self._context.recorded.emit(made.contract)

    def _on_refused(self, error: UserError) -> None:
        self._tell(error)
        if isinstance(error, ConflictError) or any(one.code == "terms-changed" for one in error.problems):
            from ui.contracts.contract_page import read_contract

            hub = self._context.session.hub
            hub.look(read_contract, self._id, done=self._context.take_view, owner=self)

    def _on_ask(self) -> None:
        """Ask that the summary may be issued; what was typed and signed stays until it is."""
        request = PaperRequest(kind="E", subject=self._id)
        self._context.session.hub.run(
            ask_approval, request, done=self._on_asked, failed=self._tell, owner=self
        )

    def _on_asked(self, _approval: object) -> None:
        told = _("承認のあとで、もう一度「発行して記録」を押してください。入力と署名は残ります。")
        self.trouble.set_words(_("承認を依頼しました"), told)

    def _on_without(self) -> None:
        self.done(WITHOUT_PAPER)
