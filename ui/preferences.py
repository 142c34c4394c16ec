"""How this person likes the window: kept in a small file beside the data, never in the database.

It is read before the database is opened (language and look of the very first picture), so a damaged file is
no error: the
defaults stand in for whatever can't be read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import EnvironmentProblem
from app.places import private_folder, write_atomically

FILE_NAME = "preferences.json"
TEXT_SIZES = (100, 110, 125, 150, 175, 200)
_LOOKS = ("system", "light", "dark")
_LANGUAGES = ("ja", "en")


@dataclass
class Preferences:
    """Choices of one person on one machine.

    `geometry` is (x, y, width, height) of the window, `tables` the widths of columns by the table's name,
    `told` the day (ISO) on which something was last told that is told once a day.
    """

    folder: Path
    language: str = "ja"
    look: str = "system"
    text_size: int = 100
    geometry: tuple[int, int, int, int] | None = None
    maximized: bool = False
    place: str = ""
    tables: dict[str, list[int]] = field(default_factory=dict)
    flags: dict[str, bool] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Preferences:
        """Read them from the data folder; what is missing or makes no sense keeps its default."""
        found = cls(folder)
        try:
            raw = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return found
        if isinstance(raw, dict):
            found._take(raw)
        return found

    def _take(self, raw: Mapping[str, Any]) -> None:
        self.language = _one_of(raw.get("language"), _LANGUAGES, self.language)
        self.look = _one_of(raw.get("look"), _LOOKS, self.look)
        self.text_size = _one_of(raw.get("text_size"), TEXT_SIZES, self.text_size)
        self.maximized = raw.get("maximized") is True
        place = raw.get("place")
        self.place = place if isinstance(place, str) else ""
        geometry: Any = raw.get("geometry")
        if _whole_numbers(geometry) and len(geometry) == 4 and min(geometry[2:]) > 0:
            self.geometry = (geometry[0], geometry[1], geometry[2], geometry[3])
        tables = raw.get("tables")
        if isinstance(tables, dict):
            self.tables = {str(name): widths for name, widths in tables.items() if _whole_numbers(widths)}
        flags = raw.get("flags")
        if isinstance(flags, dict):
            self.flags = {str(name): value for name, value in flags.items() if isinstance(value, bool)}
        told = raw.get("told")
        if isinstance(told, dict):
            self.told = {str(name): day for name, day in told.items() if isinstance(day, str)}

    def save(self) -> bool:
        """Write them, whole or not at all. False when the folder can't be written: nobody is told off for
        that.
        """
        values = {name: value for name, value in vars(self).items() if name != "folder" and value is not None}
        text = json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True)
        try:
            private_folder(self.folder)
            write_atomically(self.folder / FILE_NAME, text.encode("utf-8"))
        except EnvironmentProblem:
            return False
        return True


def _one_of(value: Any, allowed: tuple[Any, ...], default: Any) -> Any:
    return value if type(value) is type(default) and value in allowed else default


def _whole_numbers(value: Any) -> bool:
    return isinstance(value, list) and all(type(number) is int and abs(number) < 100_000 for number in value)
