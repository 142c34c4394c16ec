"""Files nobody made with care: whatever a reader gets, it reads it or says what is wrong, soon and small.

Files are drawn from a number, so that the same number gives the same files. Those that a reader refuses at a
place no file was refused at before are changed further: so the changes find their way past the first check.
"""

from __future__ import annotations

import os
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TextIO

from app.errors import EnvironmentProblem, UserError
from tests.faults.edits import Edit, edited
from tests.faults.power import Found

MOST_SECONDS = 60.0
"""No single file may keep the processor busy longer,"""
MOST_MEGABYTES = 600
"""nor take more memory than this."""

_POOL = 300
_RANDOM, _FURTHER = 0.03, 0.5
"""How many of the files are nothing but random bytes, and how many others come of one that got further."""

HEAD = f"{'files for':<28} {'tried':>8} {'refused':>8} {'read':>8} {'faults':>6} {'longest':>9} {'peak':>7}"


@dataclass(frozen=True)
class Reader:
    """Something that reads files. ``seeds``: good ones, from which bad ones are made by ``edit``.

    ``traps``: single files made to hurt by their size, for the full run.
    """

    name: str
    read: Callable[[bytes], object]
    seeds: tuple[bytes, ...]
    edit: Edit = edited
    traps: tuple[Callable[[], bytes], ...] = ()
    close: Callable[[], object] = lambda: None


@dataclass
class Fuzzed(Found):
    """``longest``: seconds of processor time for one file; ``peak``: bytes of memory beyond what stood before
    (0 where the system does not tell). ``bad``: the files behind ``lost``.
    """

    refused: int = 0
    longest: float = 0.0
    peak: int = 0
    bad: list[bytes] = field(default_factory=list)

    def row(self) -> str:
        """A row of the table under ``HEAD``."""
        counts = (self.tried, self.refused, self.tried - self.refused - len(self.lost))
        figures = " ".join(f"{one:>8,}" for one in counts)
        measured = f"{self.longest * 1000:>6,.0f} ms {self.peak / 1e6:>4,.0f} MB"
        return f"{self.name:<28} {figures} {len(self.lost):>6,} {measured}"


def fuzzed(reader: Reader, count: int, number: int, *, traps: bool = False) -> Fuzzed:
    """So many files for one reader, drawn from ``number``; after the good ones."""
    found = Fuzzed(reader.name)
    trying = _Trying(reader, found)
    chance = Random(number)
    with warnings.catch_warnings(action="ignore"), _nowhere() as quiet, redirect_stdout(quiet):
        for good in dict.fromkeys(reader.seeds):  # one may stand there often, to be drawn often
            trying.give(good)
        for trap in reader.traps if traps else ():
            trying.give(trap())
        while found.tried < count:
            if chance.random() < _RANDOM:
                trying.give(chance.randbytes(chance.randrange(200)))
            else:
                trying.give(trying.draw(chance), keep=True)
    if found.longest > MOST_SECONDS:
        found.lost.append(f"one file took {found.longest:.1f} s")
    if found.peak > MOST_MEGABYTES * 1_000_000:
        found.lost.append(f"one file took {found.peak / 1e6:,.0f} MB")
    return found


def _nowhere() -> TextIO:
    """Where openpyxl may print what it finds odd."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - no path on every system


class _Trying:
    """One reader under trial."""

    def __init__(self, reader: Reader, found: Fuzzed) -> None:
        self._reader = reader
        self._found = found
        self._pool: list[bytes] = []
        self._seen: set[object] = set()
        self._most = 2 * max(map(len, reader.seeds)) + 20_000
        _forget_peak()
        self._before = _peak()

    def draw(self, chance: Random) -> bytes:
        """A file made bad."""
        further = self._pool and chance.random() < _FURTHER
        return self._reader.edit(chance.choice(self._pool if further else self._reader.seeds), chance)

    def give(self, data: bytes, *, keep: bool = False) -> None:
        """Let it be read. ``keep``: it may be changed further."""
        found = self._found
        found.tried += 1
        began = time.process_time()
        try:
            self._reader.read(data)
            outcome: object = "read"
        except (UserError, EnvironmentProblem) as error:
            found.refused += 1
            outcome = _where(error)
        except Exception as error:
            outcome = _where(error)
            found.lost.append(f"{type(error).__name__}: {error!s:.120} ({len(data)} bytes)")
            found.bad.append(data)
        found.longest = max(found.longest, time.process_time() - began)
        found.peak = max(found.peak, _peak() - self._before)
        if keep and outcome not in self._seen and len(self._pool) < _POOL and len(data) < self._most:
            self._seen.add(outcome)
            self._pool.append(data)


def _where(error: BaseException) -> object:
    """What was refused, and where in the program."""
    problems = error.problems if isinstance(error, UserError) else ()
    codes = tuple(sorted({getattr(one, "code", "") for one in problems}))
    places = []
    under: BaseException | None = error
    while under is not None:
        step = under.__traceback__
        while step is not None:
            places.append(step.tb_lineno)
            step = step.tb_next
        under = under.__cause__
    return type(error), codes, tuple(places)


# --- memory -------------------------------------------------------------------------------------------------


def _peak() -> int:
    """The most memory this process had since it was last forgotten, in bytes."""
    if sys.platform == "win32":
        return 0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _forget_peak() -> None:
    """Begin anew; only Linux can."""
    if sys.platform == "linux":
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
