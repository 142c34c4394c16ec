"""What is wrong in a tariff file: where, what was found there, and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app.errors import Problem
from app.words import _


@dataclass(frozen=True)
class TariffProblem:
    """One thing that is wrong in a tariff file.

    ``key`` is the path of the value: table names and keys with dots, entries of a list by their code, start
    or place (``editions[2026-05-11].items[id].tiers[2].price``); empty for the file as a whole. ``found`` and
    ``allowed`` are words in the user's language.
    """

    file: Path
    key: str
    found: str
    allowed: str

    def sentence(self) -> str:
        """The problem on one line, without the folder of the file."""
        place = f"{self.file.name}: {self.key}" if self.key else self.file.name
        return _("{place}: {found}。{allowed}。").format(place=place, found=self.found, allowed=self.allowed)

    def as_problem(self) -> Problem:
        """The same as a problem of a ``UserError``."""
        return Problem(
            "tariff-file",
            _("料金表「{file}」に誤りがあります: {found}。").format(file=self.file.name, found=self.found),
            self.allowed + _("。"),
            _("ファイルを直してから、もう一度お試しください。"),
            field=self.key,
        )
