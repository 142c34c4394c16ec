"""One open quotation: its parts, and what happens between a keystroke and price, database and page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.errors import ConflictError, UserError
from app.quote.content import QuotationContent
from app.quote.priced import Advice, PricedQuotation
from app.quote.stored import IssuedPaper, QuotationState, Revision, StoredQuotation
from app.usecases.issue_quotation import Issued
from app.usecases.price_quotation import price_content
from app.words import _
from ui.operations.drafts import Slot, issue_draft
from ui.operations.hub import Changed
from ui.operations.papers import ask_quotation_approval
from ui.operations.quotations import Marked, mark_quotation
from ui.quotes import edits
from ui.quotes.columns import EditorColumns
from ui.quotes.conflict_bar import ConflictBar
from ui.quotes.content_column import ContentColumn
from ui.quotes.context import EditorContext
from ui.quotes.draft import Draft
from ui.quotes.editor_header import EditorHeader
from ui.quotes.file_names import paper_file_name
from ui.quotes.history_panel import HistoryPanel
from ui.quotes.opened_draft import OpenedDraft
from ui.quotes.own_paper import OwnPaper
from ui.quotes.paper_pane import PaperPane
from ui.quotes.price_column import PriceColumn
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.saver import Saver
from ui.quotes.shortcuts import UndoKeys, add_shortcut
from ui.quotes.tab_order import put_in_reading_order
from ui.session import Session
from ui.widgets.strips import Toasts


class Editor(QWidget):
    """Prices on every change, keeps it, draws its page. ``reopen_wanted`` asks to read it from the database
    again.
    """

    back_wanted = Signal()
    copy_wanted = Signal(str)
    reopen_wanted = Signal()
    issued = Signal(object)

    def __init__(self, session: Session, toasts: Toasts, opened: OpenedDraft) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self._settings = opened.settings
        # The owner's readings are chosen once, not on every keystroke.
        self._desk = replace(session.desk, catalogue=session.desk.catalogue_for(opened.settings))
        self._stored = opened.stored
        self._issuing = False
        self._shape: object = None
        self._own_change = False
        self.draft = Draft(opened.content)
        self.board = ProblemBoard(self)
        context = EditorContext(
            draft=self.draft, hub=session.hub, catalogue=self._desk.catalogue, board=self.board,
            today=self._desk.today(), wareki=opened.settings.company.era == "wareki",
        )  # fmt: skip
        slot = Slot(opened.stored.id, opened.stored.version) if opened.stored else Slot()
        self.saver = Saver(session.hub, slot, self)
        self.header = EditorHeader()
        self.header.gate(session)
        self.conflict = ConflictBar()
        self.content = ContentColumn(context)
        self.prices = PriceColumn()
        self.paper = PaperPane(session, toasts)
        self._own_paper = OwnPaper(self.paper, self.draft, opened.stored)
        self._own_paper.issued = opened.issued
        self.columns = EditorColumns(self.content, self.prices, self.paper)
        self._build()
        self._connect()
        self.header.show_stored(self._stored, self._desk.today())
        self.saver.starts_from(opened.content, opened.stored.updated_at if opened.stored else None)
        self._on_saver()
        self.paper.preview.use(opened.settings, opened.images)
        self.priced = self._show(opened.content)

    def _build(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.header)
        box.addWidget(self.conflict)
        box.addWidget(self.columns, 1)

    def _connect(self) -> None:
        self.draft.changed.connect(self._on_changed)
        self.content.grew.connect(self._on_grown)
        self.saver.state_changed.connect(self._on_saver)
        self.saver.stored.connect(self._on_stored)
        self.saver.conflict.connect(self.conflict.show)
        self.saver.failed.connect(self._session.tasks.environment_problem)
        self.conflict.reload_wanted.connect(self.reopen_wanted)
        self.conflict.copy_wanted.connect(self._on_keep_copy)
        self.prices.advice_taken.connect(self._on_advice)
        self.prices.field_wanted.connect(self._on_field_wanted)
        self.paper.hidden_wanted.connect(self.toggle_paper)
        self.paper.back_wanted.connect(self._own_paper.show)
        self.columns.folded_changed.connect(self._show_folding)
        self.header.back_wanted.connect(self._on_back)
        self.header.copy_wanted.connect(self._on_copy)
        self.header.history_wanted.connect(self.toggle_history)
        self.header.paper_wanted.connect(self.toggle_paper)
        self.header.issue_wanted.connect(self.issue)
        self.header.state_wanted.connect(self._on_state)
        self._session.hub.changed.connect(self._on_hub_changed)
        self._session.tasks.environment_problem.connect(self._on_trouble)
        self._session.tasks.bug.connect(self._on_trouble)
        self._undo_keys = UndoKeys(self, self.undo, self.redo)
        for key, act in (
            ("Alt+A", self.content.add_work),
            ("F6", self.toggle_paper),
            ("Ctrl+S", self._on_save),
            ("Ctrl+P", self.paper.print_paper),
            ("Ctrl+Shift+S", self.paper.save_paper),
            ("Alt+1", self.content.start),
            ("Alt+3", self._go_to_paper),
            ("Alt+2", self._go_to_prices),
        ):
            add_shortcut(self, key, act)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    # --- from a keystroke to price, database and page ---------------------------------------------

    def _on_changed(self, content: QuotationContent) -> None:
        try:
            self.priced = self._show(content)
        finally:  # whatever goes wrong with the price: what was typed is kept
            self.saver.note(content, self.priced)

    def _show(self, content: QuotationContent) -> PricedQuotation:
        """Price it and show everything that follows. Runs on every keystroke, so it must stay within a
        frame.
        """
        priced = price_content(self._desk, content, self._settings)
        self.content.show_priced(priced)  # first: problems are told by the fields it makes
        self.board.show_problems(priced.problems)
        self.prices.show_priced(priced)
        self.header.show_customer(content.customer.name)
        self.paper.set_file_name(paper_file_name(content, self._stored))
        self._own_paper.show()
        self.paper.preview.show_priced(priced)
        self._order_tabs()
        return priced

    def _on_grown(self) -> None:
        self.board.show_problems(self.priced.problems)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """At once: Tab may be the very next key."""
        shape = (self.content.shape, self.prices.shape)
        if shape != self._shape:
            self._shape = shape
            put_in_reading_order(self.header, self.conflict, self.content, self.prices, self.paper)

    def undo(self) -> None:
        """Take back the last step and go where it was made."""
        self.board.focus(self.draft.undo())

    def redo(self) -> None:
        """Do it again."""
        self.board.focus(self.draft.redo())

    def _on_field_wanted(self, path: str) -> None:
        """Go to a field, or to the first one in a part that something is wrong with."""
        wrong = (one.field for one in self.board.problems if one.field.startswith(f"{path}."))
        path = next(wrong, path)
        self.board.touch(self.board.path_of(path))
        self._reveal_content()
        self.board.focus(path)

    def _on_advice(self, place: int, advice: Advice) -> None:
        entry = self.draft.content.services[place]
        items = edits.with_item(entry, advice.item, advice.quantity)
        self.draft.put(edits.with_service(self.draft.content, place, items=items), "advice")
        self._toasts.show_message(_("数量を変えました"), _("元に戻す"), self.undo)

    # --- keeping it -------------------------------------------------------------------------------

    def _on_saver(self) -> None:
        self.header.show_saver(self.saver, self._desk.now())

    def _on_stored(self, stored: StoredQuotation) -> None:
        self._own_change = True
        self._stored = stored
        self.header.show_stored(stored, self._desk.today())
        self._own_paper.take_over(stored)

    def _on_save(self) -> None:
        self.saver.flush()
        self._toasts.show_message(_("保存しました"))

    def _on_keep_copy(self) -> None:
        self.conflict.hide()
        self.saver.keep_as_copy()

    def _on_hub_changed(self, changed: Changed) -> None:
        """Somebody else in this window changed the quotation (its state from the list): know its new
        version.
        """
        if self._own_change:
            self._own_change = False
            return
        if self.saver.slot.quotation_id in changed.quotations:
            from app.usecases.keep_quotation import open_quotation

            self._session.hub.look(
                open_quotation, self.saver.slot.quotation_id, done=self._on_reread, owner=self
            )

    def _on_reread(self, opened: object) -> None:
        stored = getattr(opened, "stored", None)
        if not isinstance(stored, StoredQuotation) or self.saver.busy:
            return
        if stored.content == self.draft.content:
            self._take_over(stored)
        else:
            self.reopen_wanted.emit()

    def _take_over(self, stored: StoredQuotation) -> None:
        self._stored = stored
        self._own_paper.take_over(stored)
        self.saver.taken_over(stored)
        self.header.show_stored(stored, self._desk.today())
        self._on_saver()
        self.paper.set_file_name(paper_file_name(self.draft.content, stored))

    def leave(self) -> None:
        """Save at once what is not saved yet."""
        self.saver.flush()

    def hideEvent(self, event: QHideEvent) -> None:
        self.leave()
        super().hideEvent(event)

    # --- 発行 ---------------------------------------------------------------------------------------

    def issue(self) -> None:
        """Freeze it with a number, or go to the first field that keeps it from that."""
        if self._issuing:
            return
        self.board.show_all()
        if self.board.problems:
            self._go_to_problem()
            return
        self.saver.flush()
        self._issuing = True
        self.header.issue.setEnabled(False)
        self._session.hub.run(
            issue_draft, self.saver.slot, done=self._on_issued, failed=self._on_refused, owner=self
        )

    def _on_issued(self, issued: Issued) -> None:
        self._end_issuing()
        self._own_change = True
        self._own_paper.issued = issued.paper.pdf
        self._take_over(issued.stored)
        if issued.stored.content != self.draft.content:
            self.draft.load(issued.stored.content)
            self.saver.taken_over(issued.stored)
        name = _("{number} 第{revision}版").format(
            number=issued.revision.number, revision=issued.revision.revision
        )
        self._own_paper.show()
        self.columns.show_paper(True)
        self._toasts.show_message(
            _("{name}を発行しました").format(name=name), _("PDFを保存"), self.paper.save_paper, 20
        )
        if isinstance(self.columns.side, HistoryPanel):
            self.columns.side.refresh()
        self.issued.emit(issued)

    def _on_refused(self, error: UserError) -> None:
        self._end_issuing()
        if isinstance(error, ConflictError):
            self.conflict.show()
            return
        if error.code == "not-approved":
            ask = _("承認を依頼")
            self._toasts.show_message(error.problems[0].what, ask, self._ask_approval, seconds=60)
            return
        self.board.set_refused(error.problems)
        self._go_to_problem()

    def _ask_approval(self) -> None:
        quotation = self.saver.slot.quotation_id
        self._session.hub.run(ask_quotation_approval, quotation, done=self._on_asked, owner=self)

    def _on_asked(self, _approval: object) -> None:
        self._toasts.show_message(_("承認を依頼しました。承認されると発行できます。"))

    def _go_to_problem(self) -> None:
        self._reveal_content()
        self.board.focus_first()
        QTimer.singleShot(0, self, self._show_focus)  # after the words below the fields have their room

    def _reveal_content(self) -> None:
        """On a narrow window a panel stands in its place."""
        if self.columns.side is not None and not self.content.isVisibleTo(self):
            self._close_history()

    def _show_focus(self) -> None:
        now = QApplication.focusWidget()
        if now is not None:
            self.content.show_field(now)

    def _on_trouble(self, *_problem: object) -> None:
        """The machine would not, or something of ours broke: nothing was issued; it may be tried again."""
        if self._issuing:
            self._end_issuing()

    def _end_issuing(self) -> None:
        self._issuing = False
        self.header.show_stored(self._stored, self._desk.today())

    def _on_state(self, state: QuotationState) -> None:
        self._session.hub.run(
            mark_quotation, self.saver.slot.quotation_id, state, done=self._on_marked, owner=self
        )

    def _on_marked(self, marked: Marked) -> None:
        self._own_change = True
        self._take_over(marked.stored)

    # --- what stands beside -----------------------------------------------------------------------

    def toggle_paper(self) -> None:
        """Show or put away the paper (F6)."""
        self.columns.show_paper(not self.columns.paper_shown)
        self._show_folding()

    def toggle_history(self) -> None:
        """Open or close the list of revisions."""
        if self.columns.side is not None:
            self._close_history()
            return
        panel = HistoryPanel(self._session.hub, self.saver.slot.quotation_id)
        panel.closed.connect(self._close_history)
        panel.paper_wanted.connect(self._on_revision)
        self.columns.set_side(panel)
        self.header.history.set_on(True)

    def _close_history(self) -> None:
        self.columns.set_side(None)
        self.header.history.set_on(False)
        self.header.history.setFocus()
        self._own_paper.show()

    def _on_revision(self, revision: Revision, paper: IssuedPaper) -> None:
        self.columns.show_paper(True)
        self._own_paper.show_revision(revision, paper)

    def _show_folding(self) -> None:
        shown = self.columns.paper_shown
        self.header.paper.setVisible(self.columns.folded or not shown)
        self.header.paper.set_on(self.columns.folded and shown)
        self.header.fit()
        self.paper.preview.pause(not shown)

    def _go_to_paper(self) -> None:
        self.columns.show_paper(True)
        self._show_folding()
        self.paper.view.setFocus()

    def _go_to_prices(self) -> None:
        if not self.prices.isVisibleTo(self):  # the paper stands in their place
            self.columns.show_paper(False)
            self._show_folding()
        self.prices.start()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is not None:
            self.content.follow_focus(now)

    def _on_back(self) -> None:
        self.leave()
        self.back_wanted.emit()

    def _on_copy(self) -> None:
        self.leave()
        if self.saver.slot.quotation_id:
            self.copy_wanted.emit(self.saver.slot.quotation_id)

    def start(self) -> None:
        """Put the focus where typing begins, once everything has its place."""
        QTimer.singleShot(0, self, self.content.start)
