"""Making many widgets in slices, so that a quotation of fifty lines never holds up the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

# A card takes 10 to 30 ms to make; the rest of a tenth of a second is left for columns, price and paint.
SLICE_SECONDS = 0.01


class Slice:
    """The time there is for making widgets now. Asked before each one; the first is always made."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._until = clock() + SLICE_SECONDS
        self._made = 0
        self.cut_short = False

    def allows(self) -> bool:
        """Whether one more may be made; when not, ``cut_short`` says that something is left for the next
        slice.
        """
        if self._made and self._clock() > self._until:
            self.cut_short = True
            return False
        self._made += 1
        return True

    @property
    def made(self) -> bool:
        """Whether something was made."""
        return self._made > 0
