"""The journal SQLite leaves beside a database after a crash (WAL), looked at before it is used.

A power cut tears the last transaction, which nobody was told of: SQLite leaves it out, and rightly. What
was confirmed lies before it, and if that can't be read any more SQLite leaves it out just as quietly. The
two are told apart here: a commit is forced to the disk before the next one begins, so that two readable
commits behind an unreadable frame mean that something confirmed is gone.
"""

from __future__ import annotations

import shutil
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db.sqlite import side_files

_HEADER: Final = 32
_FRAME: Final = 24
_MAGIC: Final = 0x377F0682
_MASK: Final = 0xFFFF_FFFF
_MOST: Final = 256_000_000
"""A journal larger than this is not looked at: the program starts at once, and 点検 reads every page."""


@dataclass(frozen=True)
class Journal:
    """What a journal holds: commits that can be read, and those behind the first frame that can't."""

    readable: int = 0
    behind: int = 0
    torn: bool = False

    @property
    def lost_confirmed(self) -> bool:
        """Whether something that had been confirmed can't be read."""
        return self.torn and self.behind > 1


def look_at_journal(database: Path) -> Journal:
    """What is in the journal of a database; an empty answer without one. Reads only."""
    path = side_files(database)[0]
    try:
        if not _HEADER < path.stat().st_size <= _MOST:
            return Journal()
        data = path.read_bytes()
    except OSError:
        return Journal()
    magic, _version, page, _number, salt1, salt2, sum1, sum2 = struct.unpack(">8I", data[:_HEADER])
    if magic & ~1 != _MAGIC or page < 512 or (page & (page - 1)):
        return Journal()
    order = ">" if magic & 1 else "<"
    if _checksum(data[: _HEADER - 8], order, 0, 0) != (sum1, sum2):
        return _behind_header(data, page, (salt1, salt2))
    return _frames(data, page, order, (salt1, salt2), (sum1, sum2))


def _frames(data: bytes, page: int, order: str, salts: tuple[int, int], sums: tuple[int, int]) -> Journal:
    places = range(_HEADER, len(data) - _FRAME - page + 1, _FRAME + page)
    ours = [struct.unpack_from(">2I", data, at + 8) == salts for at in places]
    # Frames of before the journal was begun anew have other salts, and none of ours stands behind them.
    last = max((place for place, mine in enumerate(ours) if mine), default=-1)
    readable = behind = 0
    torn = False
    for at, mine in zip(places[: last + 1], ours, strict=False):
        _page, size, _salt1, _salt2, sum1, sum2 = struct.unpack_from(">6I", data, at)
        if not torn:
            first = _checksum(data[at : at + 8], order, *sums)
            sums = _checksum(data[at + _FRAME : at + _FRAME + page], order, *first)
            torn = not mine or sums != (sum1, sum2)
        if size:
            readable, behind = readable + (not torn), behind + torn
    return Journal(readable, behind, torn)


def _behind_header(data: bytes, page: int, salts: tuple[int, int]) -> Journal:
    """Commits behind a header that is damaged itself: SQLite reads none of them."""
    behind = 0
    for at in range(_HEADER, len(data) - _FRAME - page + 1, _FRAME + page):
        _page, size, salt1, salt2 = struct.unpack_from(">4I", data, at)
        behind += bool(size) and ((salt1, salt2) == salts or at == _HEADER or behind > 0)
    return Journal(0, behind, torn=True)


def _checksum(data: bytes, order: str, first: int, second: int) -> tuple[int, int]:
    """SQLite's own sum over whole pairs of words."""
    words = iter(struct.unpack(f"{order}{len(data) // 4}I", data))
    for one in words:
        first = (first + one + second) & _MASK
        second = (second + next(words) + first) & _MASK
    return first, second


def keep_aside(database: Path, folder: Path, stamp: str) -> Path:
    """Copies of the database and its journal as they were found; none where the disk has no room for them."""
    kept = folder / f"madoguchi-journal-{stamp}.db"
    with suppress(OSError):
        for one, other in zip((database, *side_files(database)), (kept, *side_files(kept)), strict=True):
            if one.exists():
                shutil.copyfile(one, other)
    return kept
