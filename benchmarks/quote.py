"""A quotation by the command line, cold: a process from nothing to a PDF on disk, without storing and stored.

The floor is an empty Python process, and one that only imports the foreign libraries a page needs.

    python -m benchmarks.quote
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
RUNS = 15
REQUEST = str(ROOT / "docs" / "examples" / "dokodemo-prime.json")
STORED_BUDGET, BUDGET = 0.5, 0.3


def seconds(*command: str) -> float:
    """One run of a process."""
    start = perf_counter()
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True)
    return perf_counter() - start


def measure(label: str, *command: str, budget: float | None = None) -> None:
    """Print the median of many runs after one that warms the disk."""
    seconds(*command)
    middle = median(seconds(*command) for _run in range(RUNS))
    limit = f"  (budget {budget:.2f} s)" if budget else ""
    print(f"{label:<58} {middle:6.3f} s{limit}")


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        data, out = str(Path(folder) / "data"), str(Path(folder) / "out.pdf")
        seconds("main.py", "demo", "--quotations", "20", "--data", data)
        quote = ("main.py", "quote", REQUEST, "--pdf", out, "--data", data)
        measure("floor: an empty Python process", "-c", "pass")
        measure(
            "floor: the libraries alone, nothing stored",
            "-c",
            "import msgspec, uharfbuzz, tomllib, decimal, zlib",
        )
        measure("cold quote to a PDF on disk, nothing stored", *quote, budget=BUDGET)
        measure(
            "floor: the libraries alone, stored",
            "-c",
            "import msgspec, uharfbuzz, tomllib, sqlalchemy, sqlcipher3",
        )
        measure("cold quote to a PDF on disk, stored", *quote, "--store", budget=STORED_BUDGET)
    return 0


if __name__ == "__main__":
    sys.exit(main())
