"""Telling many customers of changed terms: a few at a time, so that other work of the database goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import Problem, UserError
from ui.operations.hub import Changed, Hub
from ui.operations.terms import ToldSome, tell_some

if TYPE_CHECKING:
    from app.usecases.find_terms_change import TermsChange

AT_ONCE = 5


@dataclass(frozen=True)
class Result:
    """How it ended: who was told, who could not be and why, and whether somebody or something stopped it."""

    told: tuple[str, ...] = ()
    refused: dict[str, Problem] = field(default_factory=dict)
    stopped: bool = False


class Telling(QObject):
    """One run. ``advanced`` carries how many of how many, ``ended`` the Result; everybody hears of the
    contracts once, at the end.
    """

    advanced = Signal(int, int)
    ended = Signal(object)

    def __init__(self, hub: Hub, parent: QObject) -> None:
        super().__init__(parent)
        self._hub = hub
        self._waiting: list[str] = []
        self._told: list[str] = []
        self._refused: dict[str, Problem] = {}
        self._count = 0
        self._stop = False
        self._delivered = False
        self._what: tuple[TermsChange, date, Path] | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on now."""
        return self._what is not None

    def start(self, change: TermsChange, contract_ids: Sequence[str], notified: date, folder: Path) -> None:
        """Begin."""
        self._waiting, self._told, self._refused = list(contract_ids), [], {}
        self._count, self._stop = len(contract_ids), False
        self._what = (change, notified, folder)
        self._next()

    def stop(self) -> None:
        """End after those who are being told now."""
        self._stop = True

    def _next(self) -> None:
        assert self._what is not None
        change, notified, folder = self._what
        batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
        self._delivered = False
        self._hub.run(
            tell_some, change, batch, notified, folder,
            done=self._on_told, failed=self._on_refused, ended=self._on_batch_ended, owner=self,
        )  # fmt: skip

    def _on_batch_ended(self) -> None:
        """Comes before the result; without one the machine would not, and that was told elsewhere."""
        from PySide6.QtCore import QTimer

        QTimer.singleShot(0, self, self._see_whether_told)

    def _see_whether_told(self) -> None:
        if self.running and not self._delivered:
            self._finish(stopped=True)

    def _on_told(self, some: ToldSome) -> None:
        self._delivered = True
        self._told += [one.contract_id for one in some.told]
        self._refused |= some.refused
        self.advanced.emit(self._count - len(self._waiting), self._count)
        if self._waiting and not self._stop:
            self._next()
        else:
            self._finish(stopped=bool(self._waiting))

    def _on_refused(self, error: UserError) -> None:
        self._delivered = True
        self._hub.tasks.user_error.emit(error)
        self._finish(stopped=True)

    def _finish(self, *, stopped: bool) -> None:
        self._what = None
        self._delivered = True
        if self._told:
            self._hub.changed.emit(Changed(contracts=frozenset(self._told)))
        self.ended.emit(Result(tuple(self._told), dict(self._refused), stopped))
