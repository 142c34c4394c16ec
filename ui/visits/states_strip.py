"""Steps in a row with time and person: the states of a visit, or the steps on site."""

from __future__ import annotations

from datetime import datetime

from app.visit.order import (
    Begun,
    Booked,
    CalledOff,
    Confirmed,
    Event,
    Finished,
    Received,
    StoredVisit,
    VisitState,
)
from ui.contracts.application.way import WayStep as StripStep
from ui.contracts.application.way_strip import WayStrip as StatesStrip
from ui.visits.words import STATE_ORDER, state_words

__all__ = ["StatesStrip", "StripStep", "steps_of"]

_WHAT: dict[str, type[Event]] = {
    "received": Received,
    "arranged": Booked,
    "confirmed": Confirmed,
    "working": Begun,
    "done": Finished,
}


def steps_of(visit: StoredVisit, names: dict[str, str], now: datetime) -> tuple[StripStep, ...]:
    """受付 → 手配 → 確定 → 作業中 → 完了 with time and person; a visit called off ends with 中止.

    ``names``: the staff by id; ``now``: the clock of the desk.
    """
    here = visit.state.value
    reached = STATE_ORDER.index(here) if here in STATE_ORDER else -1
    steps = []
    for place, state in enumerate(STATE_ORDER):
        event = _last(visit, _WHAT[state])
        if visit.state is VisitState.CANCELLED:
            if event is None:
                continue
            steps.append(_step(state, event, names, now, "done"))
        elif place < reached or here == "done":
            steps.append(_step(state, event, names, now, "done"))
        elif place == reached:
            steps.append(_step(state, event, names, now, "now"))
        else:
            steps.append(StripStep(state_words(state)[1], "", "ahead"))
    if visit.state is VisitState.CANCELLED:
        steps.append(_step("cancelled", _last(visit, CalledOff), names, now, "stopped"))
    return tuple(steps)


def _step(state: str, event: Event | None, names: dict[str, str], now: datetime, how: str) -> StripStep:
    detail = ""
    if event is not None:
        detail = f"{moment_words(event, now)} {names.get(event.staff, event.staff)}".strip()
    return StripStep(state_words(state)[1], detail, how)  # type: ignore[arg-type]


def moment_words(event: Event, now: datetime) -> str:
    """``11/20 14:32``, by the clock of the desk (``now``)."""
    at = event.at.astimezone(now.tzinfo)
    return f"{at.month}/{at.day} {at:%H:%M}"


def _last(visit: StoredVisit, kind: type[Event]) -> Event | None:
    return next((one for one in reversed(visit.events) if isinstance(one, kind)), None)
