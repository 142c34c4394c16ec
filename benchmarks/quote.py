"""A quotation by the command line, cold: a process from nothing to a PDF on disk, without storing and stored.

The floor is an empty Python process, and one that only imports the foreign libraries a page needs. Beside
the clock stands what a process computed itself, which other programs don't lengthen.

    python -m benchmarks.quote
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks._running import ROOT, compiled, computed, tell_load

RUNS = 15
REQUEST = str(ROOT / "docs" / "examples" / "dokodemo-prime.json")
STORED_BUDGET, BUDGET = 0.5, 0.3


class Measure:
    """Runs processes in one environment and prints the median of many runs after one that warms the disk."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = environment

    def run(self, *command: str) -> tuple[float, float]:
        """Seconds of one process, and how many of them it computed."""
        before, start = computed(), perf_counter()
        subprocess.run(
            [sys.executable, *command], cwd=ROOT, check=True, capture_output=True, env=self._environment
        )
        return perf_counter() - start, computed() - before

    def tell(self, label: str, *command: str, budget: float | None = None) -> None:
        """Measure one command and print it."""
        self.run(*command)
        runs = [self.run(*command) for _run in range(RUNS)]
        clock, computing = (median(figures) for figures in zip(*runs, strict=True))
        limit = f"  (at most {budget:.2f} s){'' if clock <= budget else '  <- over'}" if budget else ""
        print(f"{label:<46} {clock:6.3f} s, computing {computing:6.3f} s{limit}", flush=True)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        measure = Measure(compiled(Path(folder)))
        data, out = str(Path(folder) / "data"), str(Path(folder) / "out.pdf")
        measure.run("main.py", "demo", "--quotations", "20", "--data", data)
        quote = ("main.py", "quote", REQUEST, "--pdf", out, "--data", data)
        libraries = "import msgspec, uharfbuzz, tomllib"
        measure.tell("floor: an empty Python process", "-c", "pass")
        measure.tell("floor: the libraries alone, nothing stored", "-c", f"{libraries}, decimal, zlib")
        measure.tell("cold quote to a PDF on disk, nothing stored", *quote, budget=BUDGET)
        measure.tell("floor: the libraries alone, stored", "-c", f"{libraries}, sqlalchemy, sqlcipher3")
        measure.tell("cold quote to a PDF on disk, stored", *quote, "--store", budget=STORED_BUDGET)
    tell_load()
    return 0


if __name__ == "__main__":
    sys.exit(main())
