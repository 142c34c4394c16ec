"""The clock of the windows: a Friday afternoon in November, whatever this machine says."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, timedelta
from typing import Final

VARIABLE: Final = "EAR_SECONDS_AHEAD"
TODAY: Final = date(2026, 11, 20)
_BEGAN: Final = datetime(2026, 11, 20, 14, 32).astimezone()
_AHEAD: Final = _BEGAN - datetime.now(UTC)


def now() -> datetime:
    """What it shows. It goes as the clock of this machine does, from one start of the program to the next."""
    return (datetime.now(UTC) + _AHEAD).astimezone()


def told() -> dict[str, str]:
    """For a program that is started: what it needs to go by the same clock."""
    return {VARIABLE: str(_AHEAD.total_seconds())}


def go_by_it() -> None:
    """In a started program: go by the clock of who started it."""
    import main
    from db import engine

    ahead = timedelta(seconds=float(os.environ[VARIABLE]))

    def shown() -> datetime:
        return (datetime.now(UTC) + ahead).astimezone()

    engine.local_now = shown
    main.Parts.now = lambda _self: shown()  # type: ignore[method-assign]
