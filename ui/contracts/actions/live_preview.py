"""The consequences of what is typed, worked out off the GUI thread; the newest request wins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import UserError

if TYPE_CHECKING:
    from app.contract.record import Entry
    from app.usecases.contract_view import ContractView
    from app.usecases.preview_action import Consequences
    from ui.contracts.context import PageContext
    from ui.tasks import Task

_KEY = "contract-preview"


class LivePreview(QObject):
    """``came`` carries Consequences, ``refused`` a tuple of Problems."""

    came = Signal(object)
    refused = Signal(object)

    def __init__(self, context: PageContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._asked: Task | None = None

    def ask(self, entries: Sequence[Entry]) -> None:
        """Work out what follows from further entries."""
        self.drop()
        self._asked = self._context.session.tasks.paper.submit(
            _KEY, _consequences, self._context.view, tuple(entries),
            done=self._on_come, failed=self._on_refused, owner=self,
        )  # fmt: skip

    def drop(self) -> None:
        """What was asked for is not wanted any more."""
        if self._asked is not None and not self._asked.finished:
            self._asked.cancel()
        self._asked = None

    @property
    def waiting(self) -> bool:
        """Whether an answer is to come."""
        return self._asked is not None and not self._asked.finished

    def _on_come(self, found: Consequences) -> None:
        self.came.emit(found)

    def _on_refused(self, error: UserError) -> None:
        self.refused.emit(error.problems)


def _consequences(view: ContractView, entries: tuple[Entry, ...]) -> Consequences:
    from app.usecases.preview_action import preview

    return preview(view.stored, view.catalogue, view.today, entries, view.closed_until, view.equipment)
