"""Runs a month batch by batch on the database worker, so that whatever else is asked gets in between."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.days import Month
from app.errors import UserError
from ui.operations.months import step_run
from ui.session import Session

if TYPE_CHECKING:
    from app.usecases.run_month import MonthRunner, RunProgress


class RunDriver(QObject):
    """``stepped`` carries a RunProgress after each batch; ``ended`` True when everything is worked out, False
    when it was stopped; ``refused`` a UserError.
    """

    stepped = Signal(object)
    ended = Signal(bool)
    refused = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._runner: MonthRunner | None = None
        self._stopping = False
        self._began = 0.0
        self._done_before = 0
        self.month: Month | None = None

    @property
    def running(self) -> bool:
        """Whether batches are being worked out."""
        return self._runner is not None

    def start(self, month: Month) -> None:
        """Begin or take up the run of a month. Nothing happens while one is under way."""
        if self._runner is not None:
            return
        from app.usecases.run_month import MonthRunner

        self._runner = MonthRunner(self._session.desk, month)
        self._stopping = False
        self._began = monotonic()
        self._done_before = -1
        self.month = month
        self._next()

    def stop(self) -> None:
        """Stop after the batch at hand; what is worked out stays."""
        self._stopping = True

    def seconds_left(self, told: RunProgress) -> int | None:
        """How long the rest takes at the pace so far; None before anybody can tell."""
        done = told.done - self._done_before
        if self._done_before < 0 or done <= 0:
            return None
        left = max(0, told.contracts - told.done)
        return round((monotonic() - self._began) * left / done)

    def _next(self) -> None:
        self._session.hub.run(step_run, self._runner, done=self._on_step, failed=self._on_refused, owner=self)

    def _on_step(self, told: RunProgress) -> None:
        if self._done_before < 0:
            self._done_before = told.done
            self._began = monotonic()
        runner = self._runner
        self.stepped.emit(told)
        if runner is None or runner.finished or self._stopping:
            self._runner = None
            self.ended.emit(runner is not None and runner.finished)
        else:
            self._next()

    def _on_refused(self, error: UserError) -> None:
        self._runner = None
        self.refused.emit(error)
        self.ended.emit(False)
