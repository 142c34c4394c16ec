"""Which edition is in force on a day, and the editions of several files of one service put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.tariff.model import Edition


def in_force(editions: Sequence[Edition], day: date) -> Edition | None:
    """The edition in force on ``day``; None before the first one and after the last day of one that nothing
    follows.

    ``editions`` stand oldest first. An undated edition is in force on every day.
    """
    for edition in reversed(editions):
        if edition.start is None or edition.start <= day:
            return edition if edition.until is None or day < edition.until else None
    return None


def oldest_first(editions: Iterable[Edition]) -> tuple[Edition, ...]:
    """The editions by their first day; an undated one stands first."""
    return tuple(sorted(editions, key=lambda edition: edition.start or date.min))


def overlaps(editions: Sequence[Edition]) -> list[tuple[Edition, Edition]]:
    """Pairs of neighbours that claim the same days. ``editions`` stand oldest first."""
    return [
        (earlier, later)
        for earlier, later in pairwise(editions)
        if later.start is None
        or earlier.start is None
        or earlier.start == later.start
        or (earlier.until is not None and earlier.until > later.start)
    ]
