"""A signature as lines of points, in hundredths of a millimetre: no Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot

Point = tuple[int, int]
Stroke = tuple[Point, ...]
Strokes = tuple[Stroke, ...]

LEAST_INK = 1_000  # a centimetre of line: less is a slip of the pen
_NEAR = 12  # points nearer than this tell nothing new


class Ink:
    """Lines being drawn. A line that was taken back can be brought back until another one is drawn."""

    def __init__(self, strokes: Strokes = ()) -> None:
        self._lines: list[list[Point]] = [list(one) for one in strokes]
        self._gone: list[list[list[Point]]] = []

    @property
    def strokes(self) -> Strokes:
        """The lines as they stand."""
        return tuple(tuple(one) for one in self._lines)

    def begin(self, point: Point) -> None:
        """A new line."""
        self._gone.clear()
        self._lines.append([point])

    def go(self, point: Point) -> bool:
        """The line goes on; False where the point tells nothing new."""
        if not self._lines:
            return False
        line = self._lines[-1]
        if hypot(point[0] - line[-1][0], point[1] - line[-1][1]) < _NEAR:
            return False
        line.append(point)
        return True

    def take_back(self) -> None:
        """Take the last line away."""
        if self._lines:
            self._gone.append([self._lines.pop()])

    def clear(self) -> None:
        """Take everything away."""
        if self._lines:
            self._gone.append(self._lines)
            self._lines = []

    def bring_back(self) -> None:
        """Undo what was taken away last."""
        if self._gone:
            self._lines += self._gone.pop()

    @property
    def can_bring_back(self) -> bool:
        """Whether something that was taken away can come back."""
        return bool(self._gone)


def ink_of(strokes: Sequence[Stroke]) -> int:
    """How long all lines are together, in hundredths of a millimetre."""
    total = 0.0
    for stroke in strokes:
        for here, there in pairwise(stroke):
            total += hypot(there[0] - here[0], there[1] - here[1])
    return round(total)


def is_signed(strokes: Sequence[Stroke]) -> bool:
    """Whether there is more than a slip of the pen."""
    return ink_of(strokes) >= LEAST_INK
