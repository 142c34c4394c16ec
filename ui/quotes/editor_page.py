"""見積の編集: opens a new or a stored quotation in an editor of its own, off the GUI thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.quote.content import ServiceEntry
from app.quote.stored import StoredQuotation
from ui.operations.hub import Changed
from ui.operations.quotations import copy_quotation
from ui.quotes.made_contracts import contracts_of_quotation, made_words
from ui.quotes.opened_draft import OpenedDraft, read_draft
from ui.quotes.shortcuts import COMPARE, add_shortcut
from ui.session import Session
from ui.widgets.strips import BusyBar, Toasts

if TYPE_CHECKING:
    from app.contract.record import StoredContract
    from ui.quotes.editor import Editor


class EditorPage(QWidget):
    """``back_wanted`` asks for the list, ``compare_wanted`` for services side by side, ``contract_chosen``
    carries the id of a contract made of the quotation. What is typed is in the database before another
    quotation is opened.
    """

    back_wanted = Signal()
    compare_wanted = Signal()
    contract_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self.editor: Editor | None = None
        self._wanted = ("", "")
        self._first_services: tuple[ServiceEntry, ...] = ()
        self._stale = False
        self._busy = BusyBar()
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self._busy.setParent(self)
        self.setProperty("surface", "panel")
        session.hub.changed.connect(self._on_hub_changed)
        add_shortcut(self, COMPARE, self._on_compare)

    def open_new(self, customer_id: str = "", services: tuple[ServiceEntry, ...] = ()) -> None:
        """An empty quotation, perhaps for a customer, perhaps with services chosen side by side. It is
        stored from its first change on.
        """
        self._open("", customer_id)
        self._first_services = services

    def open_quotation(self, quotation_id: str) -> None:
        """A stored quotation."""
        self._open(quotation_id, "")

    def leave(self) -> None:
        """Save at once what is not saved yet."""
        if self.editor is not None:
            self.editor.leave()

    def _open(self, quotation_id: str, customer_id: str) -> None:
        self.leave()
        self._first_services = ()
        self._wanted = (quotation_id, customer_id)
        self._stale = False
        self._busy.start()
        self._session.hub.look(
            read_draft, quotation_id, customer_id, done=self._on_read, failed=self._on_unreadable, owner=self
        )

    def _on_unreadable(self, error: object) -> None:
        self._busy.stop()
        self._session.tasks.user_error.emit(error)
        self.back_wanted.emit()

    def _on_read(self, opened: OpenedDraft) -> None:
        self._busy.stop()
        stored_id = opened.stored.id if opened.stored else ""
        if stored_id != self._wanted[0]:
            return  # something else was asked for meanwhile
        from ui.quotes.editor import Editor  # loaded by then, off the GUI thread

        self._drop_editor()
        editor = Editor(self._session, self._toasts, opened)
        editor.back_wanted.connect(self.back_wanted)
        editor.copy_wanted.connect(self._on_copy)
        editor.reopen_wanted.connect(self._on_reopen)
        editor.header.compare_wanted.connect(self.compare_wanted)
        editor.header.contract_wanted.connect(self._on_contract)
        self.editor = editor
        self._box.addWidget(editor, 1)
        self._busy.raise_()
        if self._first_services:
            content = editor.draft.content
            editor.draft.put(replace(content, services=self._first_services), "services")
            self._first_services = ()
        editor.start()

    def _on_compare(self) -> None:
        if self.editor is not None:
            self.compare_wanted.emit()

    def _drop_editor(self) -> None:
        if self.editor is not None:
            self.editor.leave()
            self._box.removeWidget(self.editor)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    def _on_copy(self, quotation_id: str) -> None:
        self._session.hub.run(copy_quotation, quotation_id, done=self._on_copied, owner=self)

    def _on_copied(self, stored: StoredQuotation) -> None:
        from app.words import _

        self._toasts.show_message(_("複製して新しい下書きを作りました"))
        self.open_quotation(stored.id)

    def _on_contract(self) -> None:
        """The newest issued revision becomes its contracts."""
        if self.editor is not None and self.editor.saver.slot.quotation_id:
            self._session.hub.run(
                contracts_of_quotation,
                self.editor.saver.slot.quotation_id,
                done=self._on_contracts,
                owner=self,
            )

    def _on_contracts(self, made: list[StoredContract]) -> None:
        self._toasts.show_message(made_words(made, self._session.desk.now()))
        self.contract_chosen.emit(made[0].id)

    def _on_reopen(self) -> None:
        if self.editor is not None and self.editor.saver.slot.quotation_id:
            self.open_quotation(self.editor.saver.slot.quotation_id)

    # --- settings changed elsewhere ---------------------------------------------------------------

    def _on_hub_changed(self, changed: Changed) -> None:
        if changed.settings and self.editor is not None:
            self._stale = True
            if self.isVisible():
                self._read_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._busy.setGeometry(0, 0, self.width(), self._busy.height())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read_again()

    def _read_again(self) -> None:
        """Settings change prices and papers: the editor is made anew from what is stored."""
        if self.editor is None:
            return
        self.editor.leave()
        saver = self.editor.saver
        if saver.busy and not saver.slot.quotation_id:
            saver.stored.connect(self._on_reopen)  # it gets its id first
        else:
            self._open(saver.slot.quotation_id, self._wanted[1])
