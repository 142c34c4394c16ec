"""Visits written to a calendar file, and noted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.usecases.export_visits import SavedVisits, VisitCalendarQuery


def export_visits(
    desk: Desk, query: VisitCalendarQuery, path: Path, passphrase: str = ""
) -> Outcome[SavedVisits]:
    """The file; the audit trail notes who took so many names out. A week is written in a moment."""
    from app.usecases.export_visits import export_visits as export

    return Outcome(export(desk, query, path, passphrase), Changed())
