"""The place of the quotations: the list, and in front of it the quotation one has opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.words import _
from ui.quotes.list_page import QuotationsPage
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.quote.content import QuotationContent
    from ui.quotes.compare_page import ComparePage
    from ui.quotes.editor_page import EditorPage


class QuotationsPlace(QStackedWidget):
    """The list is made at once, the editor when it is first needed. ``contract_chosen`` carries the id of a
    contract to open.
    """

    contract_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self.list = QuotationsPage(session, toasts)
        self.editor: EditorPage | None = None
        self.compare: ComparePage | None = None
        self.addWidget(self.list)
        self.list.compare_wanted.connect(self.open_compare)
        self.list.quotation_chosen.connect(self.open_quotation)
        self.list.new_wanted.connect(self.open_new)
        self.list.contract_chosen.connect(self.contract_chosen)

    def _editor(self) -> EditorPage:
        if self.editor is None:
            from ui.quotes.editor_page import EditorPage  # the whole of pricing: not before the first picture

            self.editor = EditorPage(self._session, self._toasts)
            self.editor.back_wanted.connect(self.show_list)
            self.editor.compare_wanted.connect(self._on_compare)
            self.editor.contract_chosen.connect(self.contract_chosen)
            self.addWidget(self.editor)
        self.setCurrentWidget(self.editor)
        self._drop_compare()
        return self.editor

    def open_quotation(self, quotation_id: str) -> None:
        """A stored quotation."""
        self._editor().open_quotation(quotation_id)

    def open_new(self, customer_id: str = "") -> None:
        """An empty quotation, perhaps for a customer."""
        self._editor().open_new(customer_id)

    # --- 並べて比較 ----------------------------------------------------------------------------------

    def _on_compare(self) -> None:
        if self.editor is not None and self.editor.editor is not None:
            editor = self.editor.editor
            content = editor.draft.content
            self.open_compare(content, editor.saver.slot.quotation_id or content.customer_id or "")

    def open_compare(self, content: QuotationContent | None = None, subject: str = "") -> None:
        """Services side by side, for the quotation that is open or (None) for none yet."""
        from ui.quotes.compare_page import ComparePage

        self._drop_compare()
        self.compare = ComparePage(self._session, content, subject)
        self.compare.back_wanted.connect(self._leave_compare)
        self.compare.put_wanted.connect(self._on_put)
        self.addWidget(self.compare)
        self.setCurrentWidget(self.compare)
        self.compare.start()

    def _leave_compare(self) -> None:
        if self.compare is not None and self.compare.for_quotation:
            self._editor()
            self.arrive()
        else:
            self.show_list()

    def _on_put(self, content: QuotationContent, said: str) -> None:
        """What was chosen goes into the draft, where it can be taken back like anything typed."""
        if self.compare is None:
            return
        if not self.compare.for_quotation:
            self._editor().open_new("", content.services)
            return
        page = self._editor()
        if page.editor is not None:
            page.editor.draft.put(content, "compare")
            self._toasts.show_message(said, _("元に戻す"), page.editor.undo)
            page.editor.content.start()

    def _drop_compare(self) -> None:
        if self.compare is not None:
            self.removeWidget(self.compare)
            self.compare.hide()
            self.compare.deleteLater()
            self.compare = None

    def show_list(self) -> None:
        """Back to the list; what was typed is stored first."""
        self._toasts.close()  # what it can take back is out of sight
        self.leave()
        self.setCurrentWidget(self.list)
        self._drop_compare()
        self.list.table.setFocus()

    def leave(self) -> None:
        """Store what the editor has not stored yet."""
        if self.editor is not None:
            self.editor.leave()

    def arrive(self) -> None:
        """Somebody came here by the rail: the keys work in the list, or where they did before."""
        if self.currentWidget() is self.list:
            self.list.table.setFocus()
            return
        current = self.currentWidget()
        last = current.focusWidget() if current is not None else None
        if last is not None:
            last.setFocus()
