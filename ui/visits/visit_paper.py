"""A visit's paper, as the very PDF, with print, save and copy as elsewhere."""

from __future__ import annotations

from ui.quotes.paper_pane import PaperPane
from ui.session import Session
from ui.widgets.strips import Toasts


class VisitPaper(PaperPane):
    """The pane of papers, under another name and without the way back to a draft."""

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__(session, toasts)
        self._hide.hide()

    def show_paper(self, name: str, file_name: str, pdf: bytes) -> None:
        """Show a finished paper."""
        self._name.set_text(name)
        self.set_file_name(file_name)
        self.show_issued(pdf)
