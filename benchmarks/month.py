"""A month's charges for 1,000, 10,000 and 100,000 contracts of all services, storage included, one process.

Beside it the bare loop: the arithmetic alone and one SQLite transaction that stores it, without reasons,
words, encryption or history. Memory is what the process takes above its start. After the run the month is
closed, and the next one worked out and written to files, as a desk does it.

    python -m benchmarks.month [how many contracts …]
"""

from __future__ import annotations

import gc
import json
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter, process_time, sleep

import msgspec

from benchmarks._running import ROOT, compiled, tell_load
from benchmarks.charges import by_hand, contracts, laid_out

BUDGET_SECONDS, BUDGET_MEMORY = 10.0, 150.0  # for 100,000 contracts
COUNTS = (1_000, 10_000, 100_000)
TRYTON_SECONDS = 10.0  # for 1,000 subscription invoices, as published with the task; not measured here
PEOPLE = 500
JAPAN = timezone(timedelta(hours=9))
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=JAPAN)


class Watch:
    """The most memory the process took while it was looked at, in MB above what it had before."""

    def __init__(self) -> None:
        from benchmarks._watching import memory

        self._memory = memory
        self._before = self.most = memory()
        self._going = True
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while self._going:
            self.most = max(self.most, self._memory())
            sleep(0.02)

    def stop(self) -> float:
        """MB above the start."""
        self._going = False
        self._thread.join()
        return max(self.most, self._memory()) - self._before


# --- a data folder ---------------------------------------------------------------------------------


def make_folder(folder: Path, count: int) -> None:
    """A desk with so many contracts, the mixture of ``benchmarks.charges``."""
    import main
    from app.contract.customer import CustomerFields
    from app.papers.issuer import Company, Settings
    from app.usecases.keep_settings import save_settings
    from db.bulk_contracts import insert_contracts

    parts = main.Parts(folder)
    storage = parts.vault().create("none")
    desk = parts.desk_of(storage)
    save_settings(desk, Settings(company=Company(name="測定"), desk_code="HM1"))
    with storage.work() as work:
        people = [
            work.customers.add(CustomerFields(name=f"測定 {place}", kind="corporation")).id
            for place in range(PEOPLE)
        ]
        work.commit()
    insert_contracts(storage, _bulk(desk.catalogue, people, count))  # type: ignore[arg-type]
    storage.close()


def _bulk(catalogue: object, people: list[str], count: int) -> Iterator[object]:
    from app.contract.record import ContractContent, Recorded
    from app.tariff.catalogue import Catalogue
    from app.usecases.stand_contract import standing_of
    from db.bulk_contracts import BulkContract

    assert isinstance(catalogue, Catalogue)
    for place, one in enumerate(contracts(count)):
        content = ContractContent(service=one.service, customer_kind=one.customer, line=one.line)
        entries = tuple(
            Recorded(
                entry=msgspec.structs.replace(fact, id=f"{place}-{number}"),
                recorded_at=NOW - timedelta(days=40),
                staff="",
                seq=0,
            )
            for number, fact in enumerate(one.facts)
        )
        yield BulkContract(
            customer_id=people[place % PEOPLE],
            number=f"C-HM1-2611-{place + 1:04}",
            content=content,
            standing=standing_of(content, one.facts, catalogue, NOW.date()),
            entries=entries,
            created_at=NOW - timedelta(days=40),
            updated_at=NOW - timedelta(days=40),
        )


# --- measuring, in a process of its own --------------------------------------------------------------


def measure(folder: Path) -> dict[str, float]:
    """Run November, close it, run December, write it."""
    from app.days import Month
    from app.tariff.catalogue import Catalogue
    from app.usecases.close_month import close_month
    from app.usecases.desk import Desk
    from app.usecases.export_month import export_month
    from app.usecases.run_month import run_month
    from db.vault import FolderVault

    catalogue = Catalogue((ROOT / "resources" / "tariffs",))
    catalogue.services()
    storage = FolderVault(folder).open()
    desk = Desk(storage, catalogue, lambda _paper, _images: b"", lambda: datetime.now(JAPAN))
    desk.settings()
    watch = Watch()
    found: dict[str, float] = {}

    def timed(name: str, start: float) -> None:
        found[name] = perf_counter() - start

    start, computed = perf_counter(), process_time()
    run = run_month(desk, Month(2026, 11))
    timed("run", start)
    found["computed"] = process_time() - computed
    found["memory"] = watch.stop()
    found |= {"contracts": run.contracts, "bills": run.bills, "refused": run.refused}
    start = perf_counter()
    run = close_month(desk, run.id, run.version)
    timed("close", start)
    start = perf_counter()
    run_month(desk, Month(2026, 12))
    timed("next", start)
    start = perf_counter()
    export_month(desk, Month(2026, 12), folder / "a.csv", "csv")
    timed("csv", start)
    start = perf_counter()
    export_month(desk, Month(2026, 12), folder / "a.xlsx", "xlsx")
    timed("xlsx", start)
    storage.close()
    return found


def bare(count: int, folder: Path) -> float:
    """Seconds of the arithmetic alone and one plain SQLite transaction that stores it."""
    figures = laid_out(contracts(count))
    connection = sqlite3.connect(folder / "bare.db")
    connection.execute("CREATE TABLE bills (contract INTEGER PRIMARY KEY, net INTEGER, tax INTEGER)")
    start = perf_counter()
    with connection:
        connection.executemany(
            "INSERT INTO bills VALUES (?, ?, ?)",
            ((place, int(by_hand([one])), 0) for place, one in enumerate(figures)),
        )
    took = perf_counter() - start
    connection.close()
    return took


def main(counts: list[int]) -> int:
    """Measure and print; 1 when a budget is missed."""
    found: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        environment = compiled(base)
        for count in counts:
            folder = base / str(count)
            make_folder(folder, count)
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.month", "--measure", str(folder)],
                env=environment, cwd=ROOT, check=True, capture_output=True, text=True,
            )  # fmt: skip
            found[count] = json.loads(done.stdout.splitlines()[-1])
            found[count]["bare"] = bare(count, base)
            (base / "bare.db").unlink()
            _tell(count, found[count])
    tell_load()
    return _verdict(found)


def _tell(count: int, one: dict[str, float]) -> None:
    each = one["run"] / count * 1_000_000
    print(f"\n{count:,} contracts: {one['bills']:,.0f} bills, {one['refused']:,.0f} refused")
    print(f"  run of the month, stored    {one['run']:8.2f} s   {each:6.1f} µs a contract")
    print(f"    of which computing        {one['computed']:8.2f} s")
    print(f"  bare loop, one transaction  {one['bare']:8.2f} s   {one['run'] / one['bare']:6.1f} times that")
    print(f"  memory above the start      {one['memory']:8.1f} MB")
    print(f"  closing, with the hash      {one['close']:8.2f} s")
    print(f"  the next month's run        {one['next']:8.2f} s")
    print(f"  CSV {one['csv']:.2f} s, Excel {one['xlsx']:.2f} s", flush=True)


def _verdict(found: dict[int, dict[str, float]]) -> int:
    if 1_000 in found:
        ratio = TRYTON_SECONDS / found[1_000]["run"]
        print(f"\n1,000 invoices: Tryton {TRYTON_SECONDS:.0f} s (published figure, not measured here),")
        print(f"  here {found[1_000]['run']:.2f} s: 1/{ratio:.0f}")
    if 100_000 not in found:
        return 0
    most = found[100_000]
    late, fat = most["run"] > BUDGET_SECONDS, most["memory"] > BUDGET_MEMORY
    print(f"budgets at 100,000: {BUDGET_SECONDS:.0f} s {'MISSED' if late else 'kept'}, ", end="")
    print(f"{BUDGET_MEMORY:.0f} MB {'MISSED' if fat else 'kept'}")
    return int(late or fat)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        gc.set_threshold(50_000, 20, 20)  # as the program itself does
        print(json.dumps(measure(Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main([int(one) for one in sys.argv[1:]] or list(COUNTS)))
