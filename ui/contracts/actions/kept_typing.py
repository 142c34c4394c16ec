"""What was typed into panels and not recorded yet: it outlives the panel and the page, for this sitting."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject

from ui.contracts.actions.raw import Raw
from ui.session import Session


class KeptTyping(QObject):
    """One for each sitting, found by ``of``. A key is a contract's id and an action."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._kept: dict[tuple[str, str], dict[str, Raw]] = {}

    @classmethod
    def of(cls, session: Session) -> KeptTyping:
        """The one of a sitting."""
        found = next((one for one in session.children() if isinstance(one, cls)), None)
        return found if found is not None else cls(session)

    def keep(self, contract_id: str, action: str, typed: Mapping[str, Raw]) -> None:
        """Keep what stands in the fields."""
        self._kept[contract_id, action] = dict(typed)

    def forget(self, contract_id: str, action: str) -> None:
        """It was recorded, or given up."""
        self._kept.pop((contract_id, action), None)

    def find(self, contract_id: str, action: str) -> dict[str, Raw] | None:
        """What was typed, or None."""
        return self._kept.get((contract_id, action))
