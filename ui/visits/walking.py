"""Walks by key from the chosen slot to the next free start of the same technician in the week shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from app.visit.order import Span

if TYPE_CHECKING:
    from ui.visits.request_panel import RequestPanel
    from ui.visits.week_facts import WeekFacts

_HOURS: Final = (9 * 60, 17 * 60)  # what lies outside the hours of a service is refused anyway


def walk(panel: RequestPanel, facts: WeekFacts, direction: int) -> bool:
    """Choose the next start (``direction`` 1) or the one before (-1) that can be taken; False where there is
    none in the days shown, or what is chosen is not among them.
    """
    slot = panel.slots.slot
    if slot is None or len(slot.spans) > 1 or slot.spans[0].on not in facts.dates:
        return False
    who = slot.technicians[0] if slot.technicians else ""
    return any(
        not panel.take_place(day, first, who, facts)
        for day, first in _starts(slot.spans[0], facts, direction)
    )


def _starts(span: Span, facts: WeekFacts, direction: int) -> Iterator[tuple[date, int]]:
    here = (span.on, span.first)
    step = max(5, facts.settings.step)
    every = [(day, minute) for day in facts.dates for minute in range(*_HOURS, step)]
    if direction > 0:
        return (one for one in every if one > here)
    return (one for one in reversed(every) if one < here)
