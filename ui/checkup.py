"""点検 while the window stands: one look through everything, on the worker for long work; its result stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.errors import EnvironmentProblem

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from app.usecases.findings import Finding
    from ui.session import Session


@dataclass(frozen=True)
class Checked:
    """What was found, when, and whether everything was looked at; ``problem``: why nothing could be."""

    findings: tuple[Finding, ...]
    at: datetime
    whole: bool
    problem: EnvironmentProblem | None = None


def look_through(desk: Desk, told: Callable[[str], bool]) -> Checked:
    """On the worker: everything, part by part."""
    from app.usecases.examine import examine

    stopped = False

    def tell(code: str) -> bool:
        nonlocal stopped
        stopped = stopped or not told(code)
        return not stopped

    try:
        findings = tuple(examine(desk, tell))
    except EnvironmentProblem as problem:
        return Checked((), desk.now(), False, problem)
    return Checked(findings, desk.now(), not stopped)


class Checkup(QObject):
    """``stepped``: another part is looked at, or everything has been."""

    stepped = Signal()
    _told = Signal(str)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._stop = False
        self.running = False
        self.part = ""
        self.last: Checked | None = None
        self._told.connect(self._on_told)

    def start(self) -> None:
        """Look through everything. Waits for a backup that is being made."""
        if self.running or self._session.standing is None:
            return
        self.running, self._stop, self.part = True, False, ""
        self._session.tasks.long.submit(
            look_through, self._session.desk, self._hear,
            done=self._on_done, ended=self._on_ended, owner=self,
        )  # fmt: skip
        self.stepped.emit()

    def stop(self) -> None:
        """Stop after the part at hand."""
        self._stop = True
        self.stepped.emit()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop and has not yet."""
        return self.running and self._stop

    def _hear(self, code: str) -> bool:
        """On the worker."""
        self._told.emit(code)
        return not (self._stop or self._session.tasks.long.stopping)

    def _on_told(self, code: str) -> None:
        self.part = code
        self.stepped.emit()

    def _on_ended(self) -> None:
        self.running = False

    def _on_done(self, checked: Checked) -> None:
        self.last = checked
        self.stepped.emit()
