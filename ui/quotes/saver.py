"""Keeps what is typed: every change goes to the database a moment after it was made, and at once when the
page is left.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from app.errors import ConflictError, EnvironmentProblem, UserError
from app.quote.content import QuotationContent
from app.quote.priced import PricedQuotation
from app.quote.stored import StoredQuotation
from ui.operations.drafts import Kept, Slot, keep_draft
from ui.operations.hub import Hub

_WAIT_MS = 250
_AGAIN_MS = 5_000


class Keeping(Enum):
    """How it stands with what is typed."""

    NOTHING = "nothing"  # nothing typed yet
    WAITING = "waiting"  # changed, on its way
    KEPT = "kept"
    FAILED = "failed"  # the machine would not; tried again
    CONFLICT = "conflict"  # another window saved first; waits for a decision


class Saver(QObject):
    """Saves one quotation. ``state_changed`` says how it stands; ``stored`` carries the StoredQuotation
    after each save.

    Typing does not put the save off: the clock starts with the first change, so that at most a quarter of
    a second can be lost.
    """

    state_changed = Signal()
    stored = Signal(object)
    conflict = Signal()
    failed = Signal(object)  # EnvironmentProblem

    def __init__(self, hub: Hub, slot: Slot, parent: QObject) -> None:
        super().__init__(parent)
        self._hub, self.slot = hub, slot
        self._latest: tuple[QuotationContent, PricedQuotation] | None = None
        self._saved: QuotationContent | None = None
        self._flying = 0
        self.state = Keeping.NOTHING
        self.kept_at: datetime | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.flush)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.flush)
        hub.tasks.bug.connect(self._on_bug)

    def starts_from(self, content: QuotationContent, kept_at: datetime | None) -> None:
        """What is stored already (or an empty page, which is not worth storing)."""
        self._saved = content
        self.kept_at = kept_at
        self._set_state(Keeping.KEPT if kept_at else Keeping.NOTHING)

    def note(self, content: QuotationContent, priced: PricedQuotation) -> None:
        """Something was typed."""
        self._latest = (content, priced)
        if self.state is Keeping.CONFLICT:
            return
        if content == self._saved and not self._flying:
            return
        self._set_state(Keeping.WAITING)
        if not self._timer.isActive():
            self._timer.start()

    def flush(self) -> None:
        """Save now what is not saved yet."""
        self._timer.stop()
        if self._latest is None or self.state is Keeping.CONFLICT:
            return
        content, priced = self._latest
        if content == self._saved:
            if not self._flying and self.state is Keeping.WAITING:
                self._set_state(Keeping.KEPT)
            return
        self._saved = content
        self._flying += 1
        self._hub.run(
            keep_draft, self.slot, content, priced, done=self._on_kept, failed=self._on_refused, owner=self
        )

    def keep_as_copy(self) -> None:
        """After a conflict: what is typed here becomes a quotation of its own."""
        self.slot.copied_from, self.slot.quotation_id, self.slot.version = self.slot.quotation_id, "", 0
        self._saved = None
        self._set_state(Keeping.WAITING)
        self.flush()

    def taken_over(self, stored: StoredQuotation) -> None:
        """What stands in the database now is what is shown (reloaded, issued)."""
        self.slot.take(stored)
        self._saved = stored.content
        self._latest = None
        self.kept_at = stored.updated_at
        self._set_state(Keeping.KEPT)

    @property
    def busy(self) -> bool:
        """Whether something typed is not in the database yet."""
        return self._flying > 0 or self._timer.isActive()

    def _set_state(self, state: Keeping) -> None:
        if state is not self.state or state is Keeping.KEPT:
            self.state = state
            self.state_changed.emit()

    def _on_kept(self, kept: Kept) -> None:
        self._flying -= 1
        if kept.stored is None:
            self._on_failed(kept.problem)
            return
        self.kept_at = kept.stored.updated_at
        self.stored.emit(kept.stored)
        if not self._flying and not self._timer.isActive():
            self._set_state(Keeping.KEPT)

    def _on_failed(self, problem: EnvironmentProblem | None) -> None:
        self._saved = None
        first = self.state is not Keeping.FAILED
        self._set_state(Keeping.FAILED)
        self._again.start()
        if first and problem is not None:
            self.failed.emit(problem)

    def _on_refused(self, error: UserError) -> None:
        self._flying -= 1
        self._saved = None
        self._timer.stop()
        if isinstance(error, ConflictError):
            if self.state is not Keeping.CONFLICT:
                self._set_state(Keeping.CONFLICT)
                self.conflict.emit()
            return
        self._set_state(Keeping.FAILED)
        self._hub.tasks.user_error.emit(error)

    def _on_bug(self, _error: object, _report: object) -> None:
        """Something of ours broke: what flew may not have arrived, so it is sent again."""
        if self._flying:
            self._flying = 0
            self._on_failed(None)
