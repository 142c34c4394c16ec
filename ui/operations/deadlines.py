"""Deadlines written to a calendar file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.usecases.export_calendar import DeadlineQuery, SavedCalendar


def save_calendar(desk: Desk, query: DeadlineQuery, path: Path) -> Outcome[SavedCalendar]:
    """Write the deadlines asked for to a calendar file; the audit trail notes it."""
    from app.usecases.export_calendar import export_calendar

    return Outcome(export_calendar(desk, query, path), Changed())
