"""A copy of the data, on demand."""

from __future__ import annotations

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome


def back_up(desk: Desk) -> Outcome[str]:
    """Copy the database into the folder ``backups``; the name of the copy comes back.

    Raises EnvironmentProblem where it can't be made.
    """
    return Outcome(desk.storage.back_up().name, Changed())
