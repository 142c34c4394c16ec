"""Deadlines written to a calendar file: read, written by the worker of papers, and noted."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.contract.record import DeadlineRow
    from app.usecases.export_calendar import DeadlineQuery, SavedCalendar


def read_rows(desk: Desk, query: DeadlineQuery) -> tuple[DeadlineRow, ...]:
    """On the database worker: all deadlines asked for."""
    from app.usecases.export_calendar import rows_to_export

    return rows_to_export(desk, query)


def write_calendar(desk: Desk, rows: Sequence[DeadlineRow], path: Path, passphrase: str = "") -> int:
    """On the worker of papers, for it takes a while with thousands of them: the file itself."""
    from app.usecases.export_calendar import write_calendar as write

    write(desk, rows, path, passphrase)
    return len(rows)


def note_export(desk: Desk, path: Path, count: int, sealed: bool) -> Outcome[SavedCalendar]:
    """The audit trail notes who took so many names out."""
    from app.usecases.export_calendar import note_export as note

    return Outcome(note(desk, path, count, sealed=sealed), Changed())
