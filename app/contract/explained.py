"""Whether the important points of a contract were explained, and of which edition of its terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.contract.facts import Started
from app.contract.life import entries_standing
from app.contract.steps import Accepted, Explained
from app.tariff.editions import stands_for

if TYPE_CHECKING:
    from app.contract.record import Entry
    from app.tariff.model import Edition


@dataclass(frozen=True)
class ExplanationStanding:
    """``last``: the last explanation that stands, None where there is none. ``told`` and ``starts_under``:
    the first days of the edition it was of, and of the one in force at the start (None: undated terms).
    """

    last: Explained | None
    told: date | None = None
    starts_under: date | None = None

    @property
    def missing(self) -> bool:
        """Whether nobody explained them."""
        return self.last is None

    @property
    def outdated(self) -> bool:
        """Whether an older edition was explained than the one in force at the start."""
        return self.told is not None and self.starts_under is not None and self.told < self.starts_under


def explanation_standing(
    entries: Sequence[Entry], editions: Sequence[Edition], wished: date | None, today: date
) -> ExplanationStanding:
    """How a contract stands. ``wished``: the day the customer wants it to begin.

    The start is the day it began; else the day the acceptance takes effect; else the wished day, or today
    where that is gone.
    """
    held = entries_standing(entries)
    last = next((one for one in reversed(held) if isinstance(one, Explained)), None)
    under = stands_for(editions, _start(held, wished, today)).start
    if last is None:
        return ExplanationStanding(None, starts_under=under)
    told = last.edition or stands_for(editions, last.on).start
    return ExplanationStanding(last, told, under)


def _start(held: Sequence[Entry], wished: date | None, today: date) -> date:
    for kind, name in ((Started, "on"), (Accepted, "effective")):
        days: list[date] = [getattr(one, name) for one in held if type(one) is kind]
        if days:
            return max(days)
    return max(wished, today) if wished is not None else today
