"""Writes about imports of a ledger."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.contract.imported import Import
    from app.usecases.import_ledger import Trial


class Watch:
    """How far long work is, read by the window while a worker writes it; and whether it shall stop."""

    def __init__(self) -> None:
        self.done = 0
        self.all = 0
        self._stop = threading.Event()

    def stop(self) -> None:
        """Stop as soon as possible."""
        self._stop.set()

    def tell(self, done: int, all_: int) -> bool:
        """On the worker: how many of how many; False when it shall stop."""
        self.done, self.all = done, all_
        return not self._stop.is_set()


def bring_in(desk: Desk, trial: Trial, watch: Watch) -> Outcome[Import | None]:
    """Store what a trial found, all or nothing; None when it was stopped."""
    from app.usecases.import_ledger import import_ledger

    done = import_ledger(desk, trial, watch.tell)
    return Outcome(done, _CHANGED if done is not None else Changed())


def take_back(desk: Desk, import_id: str) -> Outcome[None]:
    """Hide everything an import brought."""
    from app.usecases.import_ledger import undo_import

    undo_import(desk, import_id)
    return Outcome(None, _CHANGED)


_CHANGED = Changed(contracts=frozenset({"*"}), customers=frozenset({"*"}), bills=True)
"""So much changed that every view reads anew: a name no record has."""
