"""What the parts of a contract's page share: the sitting, the contract as read last, and what they tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.contract.record import StoredContract
    from app.usecases.open_contract import ContractView


class PageContext(QObject):
    """One contract's page, as its panels and tabs see it.

    ``recorded`` carries the StoredContract after something was written: the page reads the contract again.
    ``preview_changed`` carries Consequences, or None when nothing is planned any more: the life bar and the
    months show the planned state. ``closed``: the side panel is done. ``view_changed``: the contract was read
    again; ``view`` is the new one. ``action_wanted``: an Action whose panel is to be opened instead.
    """

    recorded = Signal(object)
    closed = Signal()
    preview_changed = Signal(object)
    view_changed = Signal()
    action_wanted = Signal(object)

    def __init__(
        self, session: Session, toasts: Toasts, view: ContractView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.session = session
        self.toasts = toasts
        self.view = view

    @property
    def stored(self) -> StoredContract:
        """The contract as read last."""
        return self.view.stored

    def take_view(self, view: ContractView) -> None:
        """The contract was read again."""
        self.view = view
        self.view_changed.emit()
