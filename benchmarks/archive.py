"""The archive of issued papers with 1,000,000 of them (1 KB stand-ins for their bytes): every search somebody
makes, alone and together, one paper opened, and the check of a part of the chain.

Everything happens in the encrypted database, in this process, without a window. Each figure is the best of
several runs and stands beside its floor in the same run: the same asked of the same file in bare SQL.

    python -m benchmarks.archive [--size 1000000] [--data DIR]

``--data`` keeps the filled folder for the next run.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks._running import tell_load

if TYPE_CHECKING:
    from db.bulk_papers import BulkPaper
    from db.engine import SqlStorage
    from db.work import SqlWork

RUNS: Final = 3
MOST: Final = 0.100
"""Most seconds until what was searched for stands on the screen, sorted, of a million."""

SCREEN: Final = 60
_BYTES: Final = 1_024
_CUSTOMERS: Final = 20_000
_KINDS: Final = "BBBBBBBBBBBBTTTTFFFFQQQECAWRSHPDLN"
_TODAY: Final = date(2026, 11, 20)
_DAYS: Final = 7 * 365
_CHECKED: Final = 20_000


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where a search took too long."""
    parser = argparse.ArgumentParser(prog="benchmarks.archive")
    parser.add_argument("--size", type=int, default=1_000_000, metavar="N", help="how many papers")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the filled folder is kept")
    options = parser.parse_args(arguments)
    with _folder(options.data) as folder:
        storage = _filled(folder / f"papers-{options.size}", options.size)
        with storage.look() as work:
            slowest = _searches(work, options.size)
            _whole(work)
            _one(work)
            _check(work)
        storage.close()
    tell_load()
    return int(slowest > MOST)


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _filled(folder: Path, count: int) -> SqlStorage:
    from db.bulk_papers import insert_papers
    from db.engine import create_storage, open_storage

    if folder.exists():
        return open_storage(folder)
    start = perf_counter()
    storage = create_storage(folder, "none")
    insert_papers(storage, _papers(count))
    with storage.work() as work:
        for seq in range(7, count, count // 200):  # few are voided
            work.papers.void(work.papers.rows([seq])[0].id, "田村", "宛名の誤り")
        work.commit()
    print(f"{count:,} papers stored in {perf_counter() - start:.0f} s")
    return storage


def _papers(count: int) -> Iterator[BulkPaper]:
    """Every figure follows from the place in the row; days grow, as they do in an archive, with late ones."""
    from app.papers.archived import PaperAbout
    from benchmarks._contracts_filling import _NAMES, _TRADES
    from db.bulk_papers import BulkPaper

    serials: dict[str, int] = {}
    names = [
        (f"{name}{trade}{place or ''}", f"{kana}{trade_kana}")
        for place in range(_CUSTOMERS // (len(_NAMES) * len(_TRADES)) + 1)
        for name, kana in _NAMES
        for trade, trade_kana in _TRADES
    ]
    for at in range(count):
        mixed = int.from_bytes(hashlib.blake2b(b"%d" % at, digest_size=8).digest())
        kind = _KINDS[mixed % len(_KINDS)]
        owner = (mixed >> 8) % _CUSTOMERS
        customer, kana = names[owner % len(names)]
        day = _TODAY - timedelta(days=_DAYS - at * _DAYS // count + mixed % 3)
        head = f"{kind}-HM1-{day:%y%m}"
        serials[head] = serials.get(head, 0) + 1
        yield BulkPaper(
            kind=kind,
            number=f"{head}-{serials[head]:04d}",
            customer=customer,
            kana=kana,
            issued_on=day,
            total=0 if kind in "ECAWL" else (mixed >> 24) % 4_000 * 110 + 550,
            pdf=hashlib.blake2b(b"%d" % at).digest() * (_BYTES // 64),
            about=PaperAbout(customer_id=f"customer-{owner}", subject_kind="bill", subject_id=f"bill-{at}"),
        )


# --- what is measured ---------------------------------------------------------------------------------------


def _asked() -> dict[str, dict[str, Any]]:
    year = {"first": date(2025, 4, 1), "last": date(2026, 3, 31)}
    month = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
    between = {"least": 100_000, "most": 120_000}
    return {
        "nothing: the newest": {},
        "a day": {"first": date(2026, 6, 12), "last": date(2026, 6, 12)},
        "a month": month,
        "a fiscal year": year,
        "all seven years": {"first": date(2019, 1, 1), "last": _TODAY},
        "an exact amount": {"least": 220_550, "most": 220_550},
        "an amount nobody paid": {"least": 220_551, "most": 220_551},
        "amounts between": between,
        "at least": {"least": 400_000},
        "a year, amounts between": {**year, **between},
        "a month, exact amount": {**month, "least": 220_550, "most": 220_550},
        "one customer": {"customer_id": "customer-77"},
        "customer, year, amounts": {"customer_id": "customer-77", **year, **between},
        "a kind": {"kinds": ("S",)},
        "two kinds, a year": {"kinds": ("B", "T"), **year},
        "kind, month, amounts": {"kinds": ("B",), **month, **between},
        "voided": {"voided": True},
        "not voided, a year": {"voided": False, **year},
        "one letter 「さ」": {"words": "さ"},
        "a surname 「髙橋」": {"words": "髙橋"},
        "a reading 「たかはし」": {"words": "たかはし"},
        "a trade 「歯科医院」": {"words": "歯科医院"},
        "name and trade": {"words": "髙橋 歯科"},
        "a name, year, amounts": {"words": "髙橋", **year, **between},
        "a trade, kind, month": {"words": "歯科医院", "kinds": ("B",), **month},
        "a whole number": {"words": "B-HM1-2510-0042"},
        "part of a number": {"words": "2510-0042"},
        "a month of numbers": {"words": "T-HM1-2510"},
        "a serial": {"words": "0042"},
        "words nobody has": {"words": "存在しない名前"},
    }


def _sorted_ways() -> dict[str, dict[str, Any]]:
    year = {"first": date(2025, 4, 1), "last": date(2026, 3, 31)}
    month = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
    return {
        f"{name}, by {sort}": {**asked, "sort": sort}
        for name, asked in (
            ("a year", year),
            ("a month", month),
            ("a rare kind", {"kinds": ("N",)}),
            ("「髙橋」", {"words": "髙橋"}),
        )
        for sort in ("customer", "number", "total", "title")
    }


def _searches(work: SqlWork, count: int) -> float:
    """Each search as the list makes it: the rows of the first screen, sorted."""
    from app.papers.archived import PaperQuery

    print(f"\n{count:,} papers; the first screen of what is found, at most {MOST * 1000:.0f} ms")
    scan, scans = _best(
        lambda: work.session.connection.exec_driver_sql(
            "SELECT seq FROM papers NOT INDEXED WHERE issued_on >= '2025-04-01' AND issued_on <= '2026-03-31'"
            " AND total BETWEEN 100000 AND 120000 ORDER BY issued_on DESC LIMIT 60"
        ).fetchall(),
        1,
    )
    slowest = 0.0
    for name, asked in {**_asked(), **_sorted_ways()}.items():
        query = PaperQuery(**asked)

        def find(query: PaperQuery = query) -> object:
            return work.papers.rows(work.papers.seqs(query, SCREEN))

        taken, rows = _best(find)
        floor, _rows = _best(lambda rows=rows: work.papers.rows([row.seq for row in rows]))
        slowest = max(slowest, taken)
        late = "  TOO LATE" if taken > MOST else ""
        print(f"  {name:<34}{_ms(taken)}   floor (its rows by seq) {_ms(floor)}{late}")
    print(f"  the slowest: {_ms(slowest)}; a scan of the table in bare SQL: {_ms(scan)} ({len(scans)} rows)")
    return slowest


def _whole(work: SqlWork) -> None:
    """What comes in the background once the first screen stands: the whole order and the sums."""
    from app.papers.archived import PaperQuery

    print("\nthe whole order of what is found, and its sums")
    for name, asked in _asked().items():
        query = PaperQuery(**asked)
        taken, seqs = _best(lambda query=query: work.papers.seqs(query), 2)
        sums, found = _best(lambda seqs=seqs, query=query: work.papers.sums(seqs, query), 2)
        print(f"  {name:<34}{_ms(taken)}   sums {_ms(sums)}   {found.count:>9,} found")


def _one(work: SqlWork) -> None:
    (row,) = work.papers.rows([500])
    taken, _paper = _best(
        lambda: (work.papers.get(row.id), work.papers.faults_of(row.id), work.papers.sends(row.id))
    )
    print(f"\nopen one paper and prove it: {_ms(taken)}")


def _check(work: SqlWork) -> None:
    """The check of the first papers; it goes on at this pace."""
    start = perf_counter()
    faults = list(work.papers.faults(lambda done, _count: done < _CHECKED))
    taken = perf_counter() - start
    each = taken / _CHECKED
    print(f"check {_CHECKED:,} papers: {taken:.2f} s ({len(faults)} faults); a million: {each * 1e6:.0f} s")


def _best(act: Callable[[], Any], runs: int = RUNS) -> tuple[float, Any]:
    taken, found = [], None
    for _run in range(runs):
        start = perf_counter()
        found = act()
        taken.append(perf_counter() - start)
    return min(taken), found


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:8.1f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
