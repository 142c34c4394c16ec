"""Home, the list of deadlines and their calendar file, with 10,000 and 100,000 contracts in the database.

python -m benchmarks.home [how many contracts …]
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks._contracts_filling import make_storage
from benchmarks._running import ROOT, tell_load

BUDGET_MS = 50.0  # Home at 100,000 contracts
COUNTS = (10_000, 100_000)
RUNS = 9
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=9)))


def in_ms(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """The middle and the slowest of some runs; the first one is not counted."""
    work()
    times = []
    for _run in range(runs):
        begin = perf_counter()
        work()
        times.append((perf_counter() - begin) * 1000)
    return median(times), max(times)


def measure(count: int) -> bool:
    """Print the figures for so many contracts; False where Home is slower than its budget."""
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.usecases.export_calendar import DeadlineQuery, calendar_file, list_deadlines
    from app.usecases.show_home import home
    from reports import draw

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        storage = make_storage(Path(folder), count)
        desk = Desk(storage, Catalogue((ROOT / "resources" / "tariffs",)), draw, lambda: NOW)
        view = home(desk)
        of_home, worst = in_ms(lambda: home(desk))
        print(f"{count:>9,} contracts   Home {of_home:8.1f} ms   slowest {worst:8.1f} ms", end="")
        print(f"   ({view.deadline_count:,} deadlines)")
        query = DeadlineQuery(days=90, overdue=False)
        middle, worst = in_ms(lambda: list_deadlines(desk, query, 400))
        print(f"{'':>9}   first 400 deadlines of 90 days {middle:8.1f} ms   slowest {worst:8.1f} ms")
        rows = list_deadlines(desk, query).rows
        services = {service.code: service for service in desk.catalogue.services()}
        middle, _worst = in_ms(lambda: calendar_file(rows, services, NOW), 1)
        print(f"{'':>9}   calendar file of {len(rows):,} deadlines {middle / 1000:8.2f} s")
        storage.close()
    return of_home <= BUDGET_MS


def main(arguments: list[str]) -> int:
    """Measure; exit status 1 where Home is slower than its budget."""
    tell_load()
    held = [measure(count) for count in map(int, arguments or map(str, COUNTS))]
    print(f"budget: Home within {BUDGET_MS:.0f} ms: {'held' if all(held) else 'MISSED'}")
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
