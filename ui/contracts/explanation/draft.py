"""What was typed and signed of an explanation and is not recorded yet; it outlives the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from PySide6.QtCore import QObject

from app.papers.explanation import HowTold
from ui.session import Session
from ui.visits.onsite.draft import Signing


@dataclass
class ExplanationDraft:
    """The fields of one explanation. ``signing.name`` is to whom it is explained."""

    on: date | None = None
    at: time | None = None
    by: str = ""
    how: HowTold = "in-person"
    remark: str = ""
    signing: Signing = field(default_factory=Signing)


class KeptExplanations(QObject):
    """One for each sitting, found by ``of``. A key is a contract's id."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kept: dict[str, ExplanationDraft] = {}

    @classmethod
    def of(cls, session: Session) -> KeptExplanations:
        """The one of a sitting."""
        found = next((one for one in session.children() if isinstance(one, cls)), None)
        return found if found is not None else cls(session)

    def draft(self, contract_id: str) -> ExplanationDraft | None:
        """What was typed about a contract, or None."""
        return self._kept.get(contract_id)

    def keep(self, contract_id: str, draft: ExplanationDraft) -> None:
        """Keep what was typed."""
        self._kept[contract_id] = draft

    def forget(self, contract_id: str) -> None:
        """It was recorded."""
        self._kept.pop(contract_id, None)
