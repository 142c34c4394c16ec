"""Every kind of fault there is, with how often the full run and the suite try it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faults import bad_files, bits, disk, fuzz, killing, moments, power
from tests.faults.power import Found

Try = Callable[[Path, int, random.Random], Found]


@dataclass(frozen=True)
class Fault:
    """``full`` and ``sample``: how often (or for how many seconds) each run tries it."""

    name: str
    try_it: Try
    full: int
    sample: int


def _together(folder: Path, seconds: int, chance: random.Random) -> Found:
    return killing.together(folder, float(seconds), chance)


FAULTS = (
    Fault("kills", killing.killed, 300, 10),
    Fault("writers", _together, 60, 5),
    Fault("full-disk", disk.full_disk, 20, 1),
    Fault("failing-disk", disk.failing_disk, 150, 1),
    Fault("permission", disk.permission_lost, 50, 2),
    Fault("read-only", disk.read_only_folder, 20, 1),
    Fault("power-cut", power.cut_journals, 500, 10),
    Fault("bits-database", bits.in_database, 2_000, 25),
    Fault("bits-journal", bits.in_journal, 1_000, 12),
    Fault("bits-key", bits.in_key_file, 2_000, 40),
    Fault("bits-archive", bits.in_archive, 200, 4),
    Fault("clocks", moments.wrong_clocks, 200, 10),
    Fault("versions", moments.other_versions, 1, 1),
)
FUZZ_FULL, FUZZ_SAMPLE = 100_000, 200
READERS = tuple(bad_files.MAKERS)
"""The names of all readers, in the order of the table."""


def reader(name: str, folder: Path) -> fuzz.Reader:
    """One of ``READERS``."""
    return bad_files.reader(name, folder)
