"""The papers of visits: the day of 12 technicians on 12 pages, a work order, a report; the first one cold.

python -m benchmarks.visit_papers
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from statistics import median
from time import perf_counter

from benchmarks._running import ROOT, tell_load

BUDGET_MS = 500.0  # the day of 12 technicians, in a process that has drawn nothing yet
RUNS = 15
COLD_RUNS = 5


def makers() -> dict[str, Callable[[], bytes]]:
    """What is measured: contents and drawing together."""
    from app.papers.model import Images
    from app.papers.quotation import IssueMark
    from app.papers.visit_day import run_sheet
    from app.papers.visit_order import work_order
    from app.papers.visit_report import visit_report
    from reports import draw
    from tests import visit_samples as samples
    from tests.shipped import catalogue

    images = Images(logo=(ROOT / "resources" / "demo" / "logo.png").read_bytes())
    crew, visits = samples.a_day()
    planned, done = samples.facts(), samples.facts(events=samples.done_events())
    mark = IssueMark("W-A1-2612-0056", 1, date(2026, 12, 8))
    tariffs = catalogue()
    return {
        "day of 12": lambda: draw(run_sheet(samples.DAY, crew, visits, samples.SETTINGS, tariffs), images),
        "order": lambda: draw(work_order(planned, mark), images),
        "report": lambda: draw(visit_report(done, mark), images),
    }


def cold() -> float:
    """The first day of a process in ms, tariffs read before."""
    work = makers()["day of 12"]
    begin = perf_counter()
    work()
    return (perf_counter() - begin) * 1000


def main() -> int:
    """Print the figures; 1 where the day is slower than its budget."""
    tell_load()
    for name, work in makers().items():
        data = work()
        times = []
        for _run in range(RUNS):
            begin = perf_counter()
            work()
            times.append((perf_counter() - begin) * 1000)
        print(f"{name}: {median(times):.1f} ms, slowest {max(times):.1f} ms, {len(data) / 1024:.0f} KB")
    command = [sys.executable, "-c", "from benchmarks.visit_papers import cold; print(cold())"]
    first = [
        float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)
        for _run in range(COLD_RUNS)
    ]
    print(f"day of 12, first of a process: {median(first):.0f} ms, budget {BUDGET_MS:.0f} ms")
    return median(first) > BUDGET_MS


if __name__ == "__main__":
    sys.exit(main())
