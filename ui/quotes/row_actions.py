"""What can be done to a quotation in the list: copy, mark as won or lost, save its paper, throw away."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.quote.content import QuotationContent
from app.quote.stored import IssuedPaper, QuotationRow, QuotationState, StoredQuotation
from app.words import _
from ui.issuing.acts import PaperActs, PaperFile, file_name_of
from ui.menus import Menu
from ui.operations.quotations import (
    Marked,
    copy_quotation,
    delete_draft,
    latest_paper,
    mark_quotation,
    restart_draft,
)
from ui.quotes.list_columns import state_words
from ui.quotes.made_contracts import contracts_of_quotation, made_words
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.contract.record import StoredContract


class RowActions(QObject):
    """`quotation_chosen` carries the id of a quotation to open, `contract_chosen` that of a contract.
    Everything that takes something away can be undone.
    """

    quotation_chosen = Signal(str)
    contract_chosen = Signal(str)

    def __init__(self, page: QWidget, session: Session, toasts: Toasts) -> None:
        super().__init__(page)
        self._page = page
        self._session = session
        self._toasts = toasts
        self._acts = PaperActs(page, session, toasts)
        self._act = ""
        self._undo: tuple[str, QuotationState] | QuotationContent | None = None

    def menu_for(self, row: QuotationRow) -> Menu:
        """What can be done to a quotation in its state; what can't be done is absent."""
        menu = Menu(self._page)
        menu.add_item("pencil", _("開く"), self.quotation_chosen.emit, row.id)
        menu.add_item("copy", _("複製して新しい見積"), self._copy, row.id)
        if not row.revision:
            menu.addSeparator()
            menu.add_item("trash-2", _("下書きを削除"), self._delete, row.id)
            return menu
        menu.add_item("printer", _("印刷…"), self._with_paper, row.id, "print")
        menu.add_item("download", _("PDFを保存…"), self._with_paper, row.id, "save")
        menu.add_item("mail", _("メールの下書き…"), self._with_paper, row.id, "mail")
        menu.add_item("files", _("控を印刷…"), self._with_paper, row.id, "copy")
        menu.add_item("file-text", _("重要事項説明書…"), self._explain, row.id)
        menu.addSeparator()
        if row.state in {QuotationState.ISSUED, QuotationState.EXPIRED, QuotationState.WON}:
            menu.add_item("file-check", _("契約にする"), self._make_contracts, row.id)
        if row.state != QuotationState.WON:
            menu.add_item("circle-check", _("受注にする"), self._mark, row.id, QuotationState.WON)
        if row.state != QuotationState.LOST:
            menu.add_item("circle-x", _("失注にする"), self._mark, row.id, QuotationState.LOST)
        if row.state in {QuotationState.WON, QuotationState.LOST}:
            menu.add_item("undo-2", _("発行済みに戻す"), self._mark, row.id, QuotationState.ISSUED)
        return menu

    def _copy(self, quotation_id: str) -> None:
        self._session.hub.run(copy_quotation, quotation_id, done=self._on_copied, owner=self)

    def _on_copied(self, stored: StoredQuotation) -> None:
        self._toasts.show_message(_("複製して新しい下書きを作りました"))
        self.quotation_chosen.emit(stored.id)

    def _make_contracts(self, quotation_id: str) -> None:
        self._session.hub.run(contracts_of_quotation, quotation_id, done=self._on_contracts, owner=self)

    def _on_contracts(self, made: list[StoredContract]) -> None:
        self._toasts.show_message(made_words(made, self._session.desk.now()))
        self.contract_chosen.emit(made[0].id)

    def _mark(self, quotation_id: str, state: QuotationState) -> None:
        self._session.hub.run(mark_quotation, quotation_id, state, done=self._on_marked, owner=self)

    def _on_marked(self, marked: Marked) -> None:
        stored = marked.stored
        self._undo = (stored.id, marked.before)
        word = state_words(stored.state)[1]
        self._toasts.show_message(
            _("{number}を{state}にしました").format(number=stored.number, state=word),
            _("元に戻す"),
            self._on_undo_mark,
        )

    def _on_undo_mark(self) -> None:
        if isinstance(self._undo, tuple):
            self._session.hub.run(mark_quotation, *self._undo, owner=self)

    def _delete(self, quotation_id: str) -> None:
        self._session.hub.run(delete_draft, quotation_id, done=self._on_deleted, owner=self)

    def _on_deleted(self, content: QuotationContent) -> None:
        self._undo = content
        self._toasts.show_message(_("下書きを削除しました"), _("元に戻す"), self._on_undo_delete)

    def _on_undo_delete(self) -> None:
        if isinstance(self._undo, QuotationContent):
            self._session.hub.run(restart_draft, self._undo, owner=self)

    # --- the paper ---

    def _explain(self, quotation_id: str) -> None:
        """The 重要事項説明書 of one of its services."""
        from ui.issuing.forms import OF_QUOTATION
        from ui.issuing.opening import open_issuing

        open_issuing(self._page, self._session, "E", quotation_id, {OF_QUOTATION: True})

    def _with_paper(self, quotation_id: str, act: str) -> None:
        """Do something with the paper issued last."""
        self._act = act
        self._session.hub.look(latest_paper, quotation_id, done=self._on_paper, owner=self)

    def _on_paper(self, paper: IssuedPaper) -> None:
        acts: dict[str, Callable[[], None]] = {
            "save": partial(self._acts.save_file, PaperFile(file_name_of(paper), paper.pdf)),
            "print": partial(self._acts.print_file, PaperFile(file_name_of(paper), paper.pdf)),
            "mail": partial(self._acts.mail_paper, paper.id),
            "copy": partial(self._acts.reprint, paper.id),
        }
        acts[self._act]()
