"""Moves visits in the grid: books, moves and lets go on the worker, and puts back what was moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.words import _
from ui.operations.visits import place_visit

if TYPE_CHECKING:
    from app.visit.order import StoredVisit, VisitRow
    from ui.session import Session
    from ui.visits.moving import Moving


class Placing(QObject):
    """``placed`` carries the row as it was and the StoredVisit, ``put_back`` the StoredVisit, ``refused`` the
    UserError.
    """

    placed = Signal(object, object)
    put_back = Signal(object)
    refused = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    def move(self, moving: Moving) -> None:
        """Where it was dropped; a length drawn by hand becomes the length of the visit."""
        minutes = moving.minutes if moving.resized else None
        self._place(moving.row, moving.spans, moving.technicians, minutes)

    def release(self, row: VisitRow) -> None:
        """It loses its slot."""
        self._place(row, (), (), None)

    def _place(self, row: VisitRow, spans: object, technicians: object, minutes: int | None) -> None:
        self._session.hub.run(
            place_visit, row.id, row.version, spans, technicians, minutes,
            done=_Done(self, row), failed=self.refused.emit, owner=self,
        )  # fmt: skip

    def undo(self, row: VisitRow, stored: StoredVisit) -> None:
        """The slot it had before, as another change of its history."""
        minutes = row.minutes if stored.content.minutes is not None else None
        self._session.hub.run(
            place_visit, stored.id, stored.version, row.spans, row.technicians, minutes, _("元に戻す"),
            done=self.put_back.emit, failed=self.refused.emit, owner=self,
        )  # fmt: skip


class _Done:
    """Remembers what a visit was before a write."""

    def __init__(self, placing: Placing, row: VisitRow) -> None:
        self._placing, self._row = placing, row

    def __call__(self, stored: StoredVisit) -> None:
        self._placing.placed.emit(self._row, stored)


class Back:
    """Undoes a move when somebody asks for it."""

    def __init__(self, placing: Placing, row: VisitRow, stored: StoredVisit) -> None:
        self._placing, self._row, self._stored = placing, row, stored

    def go(self) -> None:
        """Put it back."""
        self._placing.undo(self._row, self._stored)
