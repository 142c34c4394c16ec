"""Every fault we know of, as often as it takes to believe it: kills, full and failing disks, power cuts,
flipped bits, wrong clocks, two writers, other versions, and files nobody made with care.

Prints a table: faults tried, survived, lost; the last must be 0. A full run takes hours; ``--share`` runs a
part of each, ``--only`` some of them, by name: a kind of fault (``kills``), a reader (``letters``), or
``files`` for all readers. ``--keep`` puts the files behind what is lost into a folder.

    python -m benchmarks.faults [--share 1.0] [--only NAME …] [--seed N] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HEAD = f"{'fault':<44} {'tried':>7} {'survived':>9} {'lost':>5}"


def main(arguments: list[str]) -> int:
    """Try everything and print; 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="benchmarks.faults")
    parser.add_argument("--share", type=float, default=1.0, metavar="X", help="of the full number of tries")
    parser.add_argument(
        "--only", nargs="*", default=[], metavar="NAME", help="kinds of fault, readers, or 'files'"
    )
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="for the files behind what is lost")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)  # what is told of damage is counted, not read
    os.environ["QT_LOGGING_RULES"] = "*=false"
    from tests.faults.everything import FAULTS, READERS

    known = {"files", *READERS, *(fault.name for fault in FAULTS)}
    if unknown := sorted(set(options.only) - known):
        parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(sorted(known))}")
    number = options.seed if options.seed is not None else random.randrange(10**6)  # noqa: S311 - no secret
    print(f"drawn from {number}")
    lost = 0
    with tempfile.TemporaryDirectory(prefix="madoguchi-faults-") as name:
        lost += _faults(Path(name), options, random.Random(number))  # noqa: S311
        lost += _files(Path(name), options, number)
    print(f"{'lost in all':<44} {lost:>23,}")
    return int(lost > 0)


def _faults(folder: Path, options: argparse.Namespace, chance: random.Random) -> int:
    """Everything but the files; how many were lost."""
    from tests.faults.everything import FAULTS

    wanted = [fault for fault in FAULTS if not options.only or fault.name in options.only]
    if wanted:
        print(HEAD)
    lost = 0
    for fault in wanted:
        began = time.perf_counter()
        place = folder / fault.name
        place.mkdir()
        found = fault.try_it(place, max(1, round(fault.full * options.share)), chance)
        lost += _told(found, began)
    return lost


def _files(folder: Path, options: argparse.Namespace, number: int) -> int:
    """Bad files for every reader; how many were neither read nor refused, soon and small."""
    from tests.faults.everything import FUZZ_FULL, READERS, reader
    from tests.faults.fuzz import HEAD as FILES_HEAD
    from tests.faults.fuzz import fuzzed

    wanted = [name for name in READERS if not options.only or {name, "files"} & set(options.only)]
    if wanted:
        print(FILES_HEAD)
    lost = 0
    for name in wanted:
        began = time.perf_counter()
        one = reader(name, folder / "files" / name)
        found = fuzzed(one, max(1, round(FUZZ_FULL * options.share)), number, traps=True)
        one.close()
        lost += _told(found, began)
        _keep(options.keep, name, found.bad)
    return lost


def _keep(folder: Path | None, name: str, bad: list[bytes]) -> None:
    if folder is None:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for place, data in enumerate(bad):
        (folder / f"{name}-{place}").write_bytes(data)


def _told(found: object, began: float) -> int:
    from tests.faults.power import Found

    assert isinstance(found, Found)
    print(f"{found.row()}   {time.perf_counter() - began:7.1f} s", flush=True)
    for words, count in Counter(found.lost).most_common(5):
        print(f"    {count:,} × {words}", flush=True)
    return len(found.lost)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
