"""A contract's page: where it stands, opening it from the database, and previewing actions; of a usual
contract of each service, and of one with 200 entries.

python -m benchmarks.contract_page
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from time import process_time

from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Ended, Outage, Started
from app.contract.record import ContractContent, Entry
from app.papers.issuer import Company, Settings
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.ending_curve import ending_curve
from app.usecases.open_contract import open_contract
from app.usecases.preview_action import preview
from app.usecases.stand_contract import standing_of
from benchmarks._running import ROOT, tell_load
from db.vault import FolderVault
from reports import draw

STANDING_US, OPEN_MS, PREVIEW_MS = 60.0, 150.0, 50.0
RUNS = 15
NOW = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=9)))
TODAY = NOW.date()
START = date(2026, 5, 20)
USUAL: dict[str, dict[str, int]] = {
    "mihariban": {"license": 15},
    "media-light": {"endpoint": 8, "gateway-10": 1},
    "osect": {"sensor": 2},
    "dokodemo-prime": {"id": 28},
    "mdr-ndr": {"annual-fee": 3_000_000},
}


def in_ms(work: Callable[[], object], runs: int = RUNS) -> float:
    """The middle of some runs in time of this process, which others on the machine do not stretch; the first
    one is not counted.
    """
    work()
    times = []
    for _run in range(runs):
        begin = process_time()
        work()
        times.append((process_time() - begin) * 1000)
    return median(times)


def long_life() -> list[Entry]:
    """200 entries of half a year: a change on most days, an outage every third."""
    found: list[Entry] = [Started(on=START, items={"id": 28})]
    found += [
        Changed(on=START + timedelta(days=place), items={"id": 28 + place % 9}) for place in range(1, 154)
    ]
    first = datetime.combine(START, datetime.min.time()) + timedelta(days=1)
    found += [
        Outage(
            known_at=first + timedelta(days=3 * place),
            restored_at=first + timedelta(days=3 * place, hours=27),
            cause="company",
        )
        for place in range(46)
    ]
    return found


def measure(desk: Desk, owner: str, name: str, service: str, entries: Sequence[Entry], change: Entry) -> bool:
    """Print the figures of one contract; False where one is over its budget."""
    content = ContractContent(service=service)
    standing = standing_of(content, entries, desk.catalogue, TODAY)
    with desk.storage.work() as work:
        made = work.contracts.add(f"C-HM1-2611-{name}", owner, content, standing, "")
        made = work.contracts.change(made.id, made.version, standing, entries=entries)
        work.commit()
    stands = in_ms(lambda: [standing_of(content, entries, desk.catalogue, TODAY) for _n in range(50)]) * 20
    opens = in_ms(lambda: open_contract(desk, made.id))
    view = open_contract(desk, made.id)
    curve = in_ms(lambda: ending_curve(view))
    end = Ended(on=date(2027, 3, 10), requested=TODAY)
    changes = in_ms(lambda: preview(view.stored, view.catalogue, TODAY, (change,)))
    ends = in_ms(lambda: preview(view.stored, view.catalogue, TODAY, (end,)))
    print(
        f"{name:<16} {len(entries):>4} entries   standing {stands:7.1f} µs   open {opens:6.1f} ms   "
        f"curve {curve:6.1f} ms   preview of a change {changes:6.1f} ms, of an end {ends:6.1f} ms"
    )
    quick = stands <= STANDING_US or len(entries) > 10
    return quick and opens <= OPEN_MS and max(changes, ends) <= PREVIEW_MS


def main() -> int:
    """Measure all of them; 1 where a budget is missed."""
    tell_load()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        catalogue = Catalogue((ROOT / "resources" / "tariffs",))
        desk = Desk(FolderVault(Path(folder)).create("none"), catalogue, draw, lambda: NOW)
        with desk.storage.work() as work:
            work.settings.save(Settings(company=Company(name="株式会社まどぐち"), desk_code="HM1"))
            owner = work.customers.add(CustomerFields(name="株式会社みのり食品")).id
            work.commit()
        good = []
        for service, items in USUAL.items():
            started = Started(on=START, items=items)
            change = Changed(on=date(2026, 12, 15), items=dict.fromkeys(items, 7))
            good.append(measure(desk, owner, service, service, [started], change))
        fewer = Changed(on=date(2026, 12, 15), items={"id": 24})
        good.append(measure(desk, owner, "long life", "dokodemo-prime", long_life(), fewer))
        desk.storage.close()
    print(f"budgets: standing {STANDING_US} µs, open {OPEN_MS} ms, preview {PREVIEW_MS} ms")
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
