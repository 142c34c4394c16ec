"""Every fault we know of, as often as it takes to believe it: kills, full and failing disks, power cuts,
flipped bits, wrong clocks, two writers, other versions, and files nobody made with care.

Prints a table: faults tried, survived, lost; the last must be 0. A full run takes hours; ``--share`` runs a
part of each, ``--only`` some of them.

    python -m benchmarks.faults [--share 1.0] [--only NAME …] [--seed N]
"""

from __future__ import annotations

import argparse
import logging
import random
import sys
import tempfile
import time
from pathlib import Path

HEAD = f"{'fault':<44} {'tried':>7} {'survived':>9} {'lost':>5}"


def main(arguments: list[str]) -> int:
    """Try everything and print; 1 where anything was lost."""
    parser = argparse.ArgumentParser(prog="benchmarks.faults")
    parser.add_argument("--share", type=float, default=1.0, metavar="X", help="of the full number of tries")
    parser.add_argument("--only", nargs="*", default=[], metavar="NAME", help="kinds of fault, or 'files'")
    parser.add_argument("--seed", type=int, default=None)
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)  # what is told of damage is counted, not read
    from tests.faults.everything import FAULTS, FUZZ_FULL, readers
    from tests.faults.fuzz import fuzzed

    chance = random.Random(options.seed)  # noqa: S311 - faults, not secrets
    lost = 0
    print(HEAD)
    with tempfile.TemporaryDirectory(prefix="madoguchi-faults-") as name:
        folder = Path(name)
        for fault in FAULTS:
            if options.only and fault.name not in options.only:
                continue
            began = time.perf_counter()
            place = folder / fault.name
            place.mkdir()
            found = fault.try_it(place, max(1, round(fault.full * options.share)), chance)
            lost += _told(found, began)
        if not options.only or "files" in options.only:
            for reader in readers(folder / "files"):
                began = time.perf_counter()
                lost += _told(
                    fuzzed(reader, max(1, round(FUZZ_FULL * options.share)), chance.randrange(10**6)), began
                )
    print(f"{'lost in all':<44} {lost:>23,}")
    return int(lost > 0)


def _told(found: object, began: float) -> int:
    from tests.faults.power import Found

    assert isinstance(found, Found)
    print(f"{found.row()}   {time.perf_counter() - began:7.1f} s", flush=True)
    for words in found.lost[:5]:
        print(f"    {words}")
    return len(found.lost)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
