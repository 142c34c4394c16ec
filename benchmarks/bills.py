"""1,000 請求書 of a closed month issued in one go: read, drawn, numbered, archived and recorded, each of them
whole or not at all. Beside it the floor, in the same run: the same pages by bare reportlab canvas calls,
without reading, numbering or keeping anything.

    python -m benchmarks.bills [how many contracts]
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import msgspec

from benchmarks import pdf
from benchmarks._running import ROOT, compiled, tell_load
from benchmarks.month import make_folder

COUNT = 1_000
BUDGET_SECONDS = 30.0
SAMPLE = 100  # papers drawn by bare calls; the floor of all of them follows
JAPAN = timezone(timedelta(hours=9))
NOW = datetime(2026, 12, 3, 10, 0, tzinfo=JAPAN)


def prepare(folder: Path, count: int) -> None:
    """A desk that provides every service, with so many bills of November and those before it, closed."""
    from app.days import Month
    from app.usecases.close_month import close_month
    from app.usecases.run_month import run_month
    from db.vault import FolderVault

    make_folder(folder, count)
    storage = FolderVault(folder).open()
    desk = _desk(storage)
    _address(desk)
    for month in (Month(2026, 10), Month(2026, 11)):
        run = run_month(desk, month)
        close_month(desk, run.id, run.version)
    storage.close()


def _desk(storage: Any) -> Any:
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from reports import draw

    return Desk(storage, Catalogue((ROOT / "resources" / "tariffs",)), draw, lambda: NOW)


def _address(desk: Any) -> None:
    from app.papers.issuer import Bank, ServiceRole
    from app.usecases.keep_settings import save_settings

    settings = desk.settings()
    company = msgspec.structs.replace(
        settings.company,
        registration="T9990001000123",
        address="大阪市中央区北窓町2-5",
        bank=Bank(name="まどか銀行", branch="本町支店", kind="ordinary", number="0123456", holder="ソクテイ"),
    )
    roles = {one.code: ServiceRole(role="provider") for one in desk.catalogue.services()}
    save_settings(desk, msgspec.structs.replace(settings, company=company, roles=roles))
    with desk.storage.work() as work:
        for row in work.customers.rows(work.customers.seqs()):
            known = work.customers.get(row.id)
            fields = msgspec.structs.replace(
                known.fields,
                postal_code="6500099",
                prefecture="兵庫県",
                address="神戸市中央区波止場西町3-1-12",
            )
            work.customers.save(known.id, known.version, fields)
        work.commit()


def measure(folder: Path) -> dict[str, float]:
    """Issue every bill, and once more (then the same papers come back)."""
    from app.errors import UserError
    from app.papers.request import PaperRequest
    from app.usecases.make_paper import issue_many
    from db.vault import FolderVault

    storage = FolderVault(folder).open()
    desk = _desk(storage)
    with desk.storage.look() as work:
        run = work.bills.run("2026-11")
        bills = work.bills.bills_of_run(run.id, 0, 1_000_000)
    requests = [PaperRequest(kind="B", subject=one.id) for one in bills if one.total > 0]
    longest, last = 0.0, perf_counter()

    def told(_done: int, _all: int) -> bool:
        nonlocal longest, last
        now = perf_counter()
        longest, last = max(longest, now - last), now
        return True

    start, computed = perf_counter(), process_time()
    issued = issue_many(desk, requests, told)
    found = {"seconds": perf_counter() - start, "computed": process_time() - computed, "longest": longest}
    refused = [one for one in issued if isinstance(one, UserError)]
    assert not refused, refused[0]
    size = sum(len(one.pdf) for one in issued if not isinstance(one, UserError))
    found |= {"issued": len(issued), "bytes": size / len(issued)}
    found["floor"] = floor(desk, requests[:SAMPLE]) * len(requests)
    storage.close()
    return found


def floor(desk: Any, requests: list[Any]) -> float:
    """Seconds of one of the papers drawn by bare canvas calls, its pages laid out beforehand."""
    from app.usecases.make_paper import preview_paper

    pdf.load_peer()
    recorder = pdf.Recorder()
    recorded = [list(recorder.of(preview_paper(desk, one)[0])) for one in requests]
    pdf.bare(recorded[0])
    start = perf_counter()
    for calls in recorded:
        pdf.bare(calls)
    return (perf_counter() - start) / len(recorded)


def main(count: int) -> int:
    """Measure and print; 1 when the budget is missed."""
    with tempfile.TemporaryDirectory() as temporary:
        base = Path(temporary)
        environment = compiled(base)
        prepare(base / "desk", count)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.bills", "--measure", str(base / "desk")],
            env=environment, cwd=ROOT, check=True, capture_output=True, text=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    each = found["seconds"] / found["issued"] * 1_000
    print(f"{found['issued']:,.0f} bills of a closed month issued, {found['bytes'] / 1000:.0f} KB each")
    print(f"  issued, archived, recorded  {found['seconds']:8.2f} s   {each:6.1f} ms a bill")
    print(f"    of which computing        {found['computed']:8.2f} s")
    print(f"    longest wait between two  {found['longest'] * 1000:8.0f} ms")
    print(
        f"  floor: bare drawing         {found['floor']:8.2f} s   "
        f"{found['seconds'] / found['floor']:6.1f} times that"
    )
    tell_load()
    limit = BUDGET_SECONDS * found["issued"] / COUNT
    late = found["seconds"] > limit
    print(f"budget {limit:.0f} s {'MISSED' if late else 'kept'}")
    return int(late)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        gc.set_threshold(50_000, 20, 20)  # as the program itself does
        print(json.dumps(measure(Path(sys.argv[2]))))
        sys.exit(0)
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else COUNT))
