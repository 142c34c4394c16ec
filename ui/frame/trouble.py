"""What stands in the place of the pages where the data can't be opened."""

from __future__ import annotations

from app.words import _
from ui.session import Session
from ui.widgets.strips import EmptyState

# As DAMAGED of ui.operations.restore, which does not load with the window: a backup is the way out.
_DAMAGED = frozenset({"database-damaged", "database-missing", "not-a-database"})


class Trouble(EmptyState):
    """Says what is wrong, and offers to try again, or to go back to a backup."""

    def __init__(self, session: Session, title: str, text: str) -> None:
        super().__init__("database", title, text, _("もう一度開く"), "rotate-ccw")
        self._session = session
        self._damaged = False
        self.accepted.connect(self._on_accepted)

    def tell(self, title: str, text: str, code: str = "") -> None:
        """What is wrong; ``code`` of what the machine refused."""
        self._damaged = code in _DAMAGED
        self.set_words(title, text, _("控えから戻す") if self._damaged else _("もう一度開く"))

    def _on_accepted(self) -> None:
        if not self._damaged:
            self._session.read()
            return
        from ui.restoring.dialog import open_broken

        open_broken(self, self._session)
