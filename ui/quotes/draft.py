"""The quotation on the screen: its content, every state it was in, and who has to know when it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic

from PySide6.QtCore import QObject, Signal

from app.quote.content import QuotationContent

# Keys typed into one field within this time are one step for undo.
_ONE_STEP_SECONDS = 1.5
_STEPS_KEPT = 200


@dataclass(frozen=True)
class _Step:
    """What stood before a change, and which field it was made in."""

    content: QuotationContent
    field: str


class Draft(QObject):
    """Holds the one content record and its undo stack; widgets read it, change it by ``put`` and listen
    to ``changed``.

    ``field`` names where a change is made (``services.0.items.id``): what is typed there in one go is
    undone in one go.
    Nobody may call ``put`` while ``changed`` is being delivered: showing is not editing.
    """

    changed = Signal(object)  # QuotationContent

    def __init__(self, content: QuotationContent, now: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._content = content
        self._now = now
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []
        self._typed_at = 0.0
        self._telling = False

    @property
    def content(self) -> QuotationContent:
        """What is typed now."""
        return self._content

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return bool(self._undo)

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back and can be done again."""
        return bool(self._redo)

    def put(self, content: QuotationContent, field: str = "") -> None:
        """Replace the content. Equal content is no change."""
        if self._telling or content == self._content:
            return
        now = self._now()
        last = self._undo[-1] if self._undo else None
        same_typing = (
            last is not None and field and last.field == field and now - self._typed_at < _ONE_STEP_SECONDS
        )
        if not same_typing or self._redo:
            self._undo.append(_Step(self._content, field))
            del self._undo[:-_STEPS_KEPT]
        self._redo.clear()
        self._typed_at = now
        self._tell(content)

    def undo(self) -> str:
        """Take back the last step; returns the field it was made in."""
        return self._move(self._undo, self._redo)

    def redo(self) -> str:
        """Do again what was taken back last; returns the field it is in."""
        return self._move(self._redo, self._undo)

    def load(self, content: QuotationContent) -> None:
        """Show what somebody else saved; there is no way back to what stood here."""
        self._undo.clear()
        self._redo.clear()
        self._tell(content)

    def _move(self, source: list[_Step], target: list[_Step]) -> str:
        if not source:
            return ""
        step = source.pop()
        target.append(_Step(self._content, step.field))
        self._typed_at = 0.0
        self._tell(step.content)
        return step.field

    def _tell(self, content: QuotationContent) -> None:
        self._content = content
        self._telling = True
        try:
            self.changed.emit(content)
        finally:
            self._telling = False
