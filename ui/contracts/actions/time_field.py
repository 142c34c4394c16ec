"""A time of day, typed in any usual way."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from ui.widgets.entries import TextField

_TIME = re.compile(r"(\d{1,2})[:時.](\d{1,2})分?")
_HOUR = re.compile(r"(\d{1,2})時?")
_DIGITS = re.compile(r"(\d{1,2})(\d{2})")


def read_time(text: str) -> time | None:
    """The time somebody meant: ``14:30``, ``1430``, ``14時30分``, ``午後2時``, ``9``. None when it is none."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    afternoon = plain.startswith("午後")
    plain = plain.removeprefix("午後").removeprefix("午前").replace("半", "30分")
    found = _TIME.fullmatch(plain) or _DIGITS.fullmatch(plain) or _HOUR.fullmatch(plain)
    if found is None:
        return None
    hour = int(found[1]) + (12 if afternoon and int(found[1]) < 12 else 0)
    minute = int(found[2]) if found.re is not _HOUR else 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def time_text(at: time) -> str:
    """``14:30``."""
    return f"{at.hour}:{at.minute:02}"


class TimeField(TextField):
    """A time of day, or nothing. ``edited`` comes with every key."""

    def __init__(self, at: time | None = None, *, ems: float = 6) -> None:
        super().__init__("14:30", ems=ems)
        if at is not None:
            self.set_text(time_text(at))
        self.finished.connect(self._on_left)

    def time(self) -> time | None:
        """The time, or None when there is none or it can't be read."""
        return read_time(self.text())

    @property
    def readable(self) -> bool:
        """False when something was typed that is no time."""
        return not self.text() or self.time() is not None

    def _on_left(self) -> None:
        at = self.time()
        if at is not None:
            self.set_text(time_text(at))
