"""The pages of one finished paper, as the very PDF, with what can be done to its file."""

from __future__ import annotations

from ui.quotes.paper_pane import PaperPane
from ui.session import Session
from ui.widgets.strips import Toasts


class FinishedPane(PaperPane):
    """The pane of papers, under another name and without the way back to a draft. ``acts_shown``: whether
    printing and saving stand at its foot; elsewhere they have buttons of their own.
    """

    def __init__(self, session: Session, toasts: Toasts, *, acts_shown: bool = True) -> None:
        super().__init__(session, toasts)
        self._hide.hide()
        for button in (self._print, self._save):
            button.setVisible(acts_shown)

    def show_paper(self, name: str, file_name: str, pdf: bytes) -> None:
        """Show a finished paper."""
        self._name.set_text(name)
        self.set_file_name(file_name)
        self.show_issued(pdf)
