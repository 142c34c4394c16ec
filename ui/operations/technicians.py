"""Writes about those who visit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.visit.order import Technician, TechnicianFields

_SETTINGS = Changed(settings=True)


def add_technician(desk: Desk, fields: TechnicianFields) -> Outcome[Technician]:
    """Store a new one. UserError with everything that is wrong."""
    from app.usecases.keep_technicians import add_technician as add

    return Outcome(add(desk, fields), _SETTINGS)


def change_technician(
    desk: Desk, technician_id: str, version: int, fields: TechnicianFields
) -> Outcome[Technician]:
    """Store changed fields. ConflictError; UserError with everything that is wrong."""
    from app.usecases.keep_technicians import change_technician as change

    return Outcome(change(desk, technician_id, version, fields), _SETTINGS)


def order_technicians(desk: Desk, wanted: Sequence[tuple[str, int]]) -> Outcome[tuple[Technician, ...]]:
    """Store another order: ids with versions, all of them. ConflictError."""
    from app.usecases.show_technicians import order_technicians as order

    return Outcome(order(desk, wanted), _SETTINGS)
