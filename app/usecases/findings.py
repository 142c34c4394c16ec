"""What a look through data and program found (点検)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from app.words import _

Level = Literal["good", "note", "bad"]


@dataclass(frozen=True)
class Finding:
    """One part that was looked at. ``code`` is stable (``pages``, ``audit``, ``papers``, ``fonts`` …);
    ``words`` say what was found in one sentence; ``details`` name each fault; ``remedy`` what to do.
    """

    code: str
    title: str
    level: Level
    words: str
    details: tuple[str, ...] = ()
    remedy: str = ""


def found(code: str, title: str, faults: list[str], good: str, bad: str, remedy: str) -> Finding:
    """A part that is good without faults and bad with any."""
    if not faults:
        return Finding(code, title, "good", good)
    return Finding(code, title, "bad", bad.format(count=len(faults)), tuple(faults), remedy)


def unreadable() -> str:
    """The fault of a part that holds what this program never writes."""
    return _("Madoguchiが書いたものではない値があり、読み取れません。")
