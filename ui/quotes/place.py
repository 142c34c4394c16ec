"""The place of the quotations: the list, and in front of it the quotation one has opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from ui.quotes.list_page import QuotationsPage
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from ui.quotes.editor_page import EditorPage


class QuotationsPlace(QStackedWidget):
    """The list is made at once, the editor when it is first needed."""

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self.list = QuotationsPage(session, toasts)
        self.editor: EditorPage | None = None
        self.addWidget(self.list)
        self.list.quotation_chosen.connect(self.open_quotation)
        self.list.new_wanted.connect(self.open_new)

    def _editor(self) -> EditorPage:
        if self.editor is None:
            from ui.quotes.editor_page import EditorPage  # the whole of pricing: not before the first picture

            self.editor = EditorPage(self._session, self._toasts)
            self.editor.back_wanted.connect(self.show_list)
            self.addWidget(self.editor)
        self.setCurrentWidget(self.editor)
        return self.editor

    def open_quotation(self, quotation_id: str) -> None:
        """A stored quotation."""
        self._editor().open_quotation(quotation_id)

    def open_new(self, customer_id: str = "") -> None:
        """An empty quotation, perhaps for a customer."""
        self._editor().open_new(customer_id)

    def show_list(self) -> None:
        """Back to the list; what was typed is stored first."""
        self.leave()
        self.setCurrentWidget(self.list)
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
