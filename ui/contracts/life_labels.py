"""Where the words of a life bar stand, so that none covers another: worked out apart from painting."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class LifeScale:
    """Days as places on the bar: ``first``…``last`` from ``left`` over ``width`` pixels."""

    first: date
    last: date
    left: int
    width: int

    def x(self, day: date) -> float:
        """The place where a day begins."""
        days = max(1, (self.last - self.first).days)
        return self.left + self.width * (day - self.first).days / days

    @property
    def month(self) -> float:
        """How wide a month is."""
        return self.width * 30.4 / max(1, (self.last - self.first).days)


@dataclass(frozen=True)
class Wanted:
    """A label that wants a place at ``x``. ``widths``: of its words and of shorter ones, the best first.
    ``rank``: the lower, the sooner it gets its place.
    """

    key: int
    x: float
    widths: tuple[int, ...]
    rank: int
    before: bool = False  # stands better at the left of its leader


@dataclass(frozen=True)
class PlacedLabel:
    """Where it stands: row 0 is the nearest to the bar; ``words``: which of its texts."""

    key: int
    left: int
    row: int
    words: int


class Rows:
    """Which stretches of the rows are taken."""

    def __init__(self, count: int, left: int, right: int, gap: int) -> None:
        self._taken: list[list[tuple[float, float]]] = [[] for _row in range(count)]
        self._leaders: list[float] = []
        self._left, self._right, self._gap = left, right, gap

    def take(self, row: int, left: float, right: float) -> None:
        """Keep a stretch of a row free from now on."""
        self._taken[row].append((left, right))

    def keep_clear(self, x: float) -> None:
        """A leader will stand at ``x``: no words of the nearest row may lie over it."""
        insort(self._leaders, x)

    def free(self, row: int, left: float, right: float) -> bool:
        """Whether a label may stand there."""
        if left < self._left or right > self._right:
            return False
        gap = self._gap
        if row == 0:
            place = bisect_right(self._leaders, left - 1)
            if place < len(self._leaders) and self._leaders[place] < right + 1:
                return False
        return all(right + gap <= begin or left - gap >= end for begin, end in self._taken[row])

    def crossed(self, row: int, x: float) -> bool:
        """Whether a leader at ``x`` would go through words of a row."""
        return any(begin <= x <= end for begin, end in self._taken[row])

    def place(self, label: Wanted, pad: int) -> PlacedLabel | None:
        """The first place that is free: near the bar before further off, long words before short ones."""
        for row in range(len(self._taken)):
            if any(self.crossed(below, label.x) for below in range(row)):
                break
            for words, width in enumerate(label.widths):
                sides = (label.x + pad, label.x - pad - width)
                for left in reversed(sides) if label.before else sides:
                    if self.free(row, left, left + width):
                        self.take(row, left, left + width)
                        for below in range(row):
                            self.take(below, label.x - 1, label.x + 1)
                        return PlacedLabel(label.key, round(left), row, words)
        return None


def place_labels(labels: Sequence[Wanted], rows: Rows, pad: int) -> tuple[PlacedLabel, ...]:
    """Every label that finds a place. What finds none is still read by key and pointer."""
    ordered = sorted(labels, key=lambda one: (one.rank, one.x))
    found = (rows.place(one, pad) for one in ordered)
    return tuple(one for one in found if one is not None)
