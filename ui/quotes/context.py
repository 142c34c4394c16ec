"""What every part of the editor works with, handed down once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.days import date_words, era_date_words
from app.tariff.catalogue import Catalogue
from ui.operations.hub import Hub
from ui.quotes.draft import Draft
from ui.quotes.problem_board import ProblemBoard


@dataclass(frozen=True)
class EditorContext:
    """The quotation on the screen, where writes are started, and where its problems are told.

    ``catalogue`` carries the owner's choice of readings; ``wareki``: days are shown in 令和.
    """

    draft: Draft
    hub: Hub
    catalogue: Catalogue
    board: ProblemBoard
    today: date
    wareki: bool = False

    def day_words(self, day: date, *, weekday: bool = True) -> str:
        """A day as this desk writes it."""
        return era_date_words(day) if self.wareki else date_words(day, weekday=weekday)
