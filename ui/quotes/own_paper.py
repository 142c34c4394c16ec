"""Which paper belongs to what stands on the screen."""

from __future__ import annotations

from app.quote.stored import IssuedPaper, Revision, StoredQuotation
from app.words import _
from ui.quotes.draft import Draft
from ui.quotes.paper_pane import PaperPane


class OwnPaper:
    """The paper as it was issued while nothing was changed since, else the draft. ``issued``: the bytes of
    the latest revision.
    """

    def __init__(self, pane: PaperPane, draft: Draft, stored: StoredQuotation | None) -> None:
        self._pane, self._draft = pane, draft
        self.stored = stored
        self.issued: bytes | None = None

    @property
    def changed_since(self) -> bool:
        """Whether something differs from what was issued last, or nothing was issued."""
        stored = self.stored
        return stored is None or stored.dirty or stored.content != self._draft.content

    def show(self) -> None:
        """Show it."""
        if self.issued is not None and not self.changed_since:
            self._pane.show_issued(self.issued)
        else:
            self._pane.show_draft()

    def show_revision(self, revision: Revision, paper: IssuedPaper) -> None:
        """Show the paper of a revision; a line says which unless it is what stands on the screen."""
        if paper.pdf == self.issued and not self.changed_since:
            self.show()
            return
        name = _("{number} 第{revision}版").format(number=revision.number, revision=revision.revision)
        self._pane.show_older(_("発行した書類：{name}").format(name=name), paper.pdf)

    def take_over(self, stored: StoredQuotation) -> None:
        """Something was stored: perhaps undone as far as what was issued."""
        self.stored = stored
        if not self._pane.shows_older:
            self.show()
