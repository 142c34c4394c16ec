"""Keeps a request: receive or change it, then take its slot, which somebody else may have taken meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ui.operations.visits import place_visit, receive_visit, save_visit

if TYPE_CHECKING:
    from app.visit.order import StoredVisit, VisitContent
    from app.visit.slots import Slot
    from ui.operations.visits import How
    from ui.session import Session


class Keeping(QObject):
    """``stored`` carries the StoredVisit as soon as its content is kept, ``kept`` when its slot is too;
    ``refused`` the UserError; ``writing`` whether something is under way.
    """

    stored = Signal(object)
    kept = Signal(object)
    refused = Signal(object)
    writing_changed = Signal()

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._slot: Slot | None = None
        self.writing = False

    def receive(self, customer_id: str, content: VisitContent, how: How, slot: Slot | None) -> None:
        """A new request, with a slot or without one."""
        self._slot = slot
        self._write(receive_visit, customer_id, content, how, done=self._on_stored)

    def change(self, visit: StoredVisit, content: VisitContent, slot: Slot | None) -> None:
        """Another content of a stored visit, another slot, or both."""
        self._slot = slot
        if content != visit.content:
            self._write(save_visit, visit.id, visit.version, content, done=self._on_stored)
        else:
            self._on_stored(visit)

    def _on_stored(self, visit: StoredVisit) -> None:
        slot, self._slot = self._slot, None
        self.stored.emit(visit)
        if slot is None:
            self.kept.emit(visit)
        else:
            self._write(
                place_visit, visit.id, visit.version, slot.spans, slot.technicians, done=self._on_placed
            )

    def _on_placed(self, visit: StoredVisit) -> None:
        self.kept.emit(visit)

    def _write(self, operation: Callable[..., Any], *arguments: Any, done: Callable[[Any], None]) -> None:
        self.writing = True
        self.writing_changed.emit()
        self._session.hub.run(
            operation, *arguments, done=_After(self, done), failed=self._on_refused, owner=self
        )

    def _on_refused(self, error: object) -> None:
        self.end()
        self.refused.emit(error)

    def end(self) -> None:
        """Nothing is under way any more."""
        self.writing = False
        self.writing_changed.emit()


class _After:
    """Ends the writing before what comes of it is told."""

    def __init__(self, keeping: Keeping, done: Callable[[Any], None]) -> None:
        self._keeping, self._done = keeping, done

    def __call__(self, result: Any) -> None:
        self._keeping.end()
        self._done(result)
