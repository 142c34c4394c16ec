"""The list of contracts with 10,000, 100,000 and, asked for, 1,000,000 of them stored: opening it, searching,
sorting, opening a contract of 200 entries, and reading all of them as the month's run does.

Everything happens in the encrypted database, in this process, without a window. Each figure is the best of
several runs and stands beside its peer or floor: the same asked of the same file in bare SQL, taken by turns.

    python -m benchmarks.contracts [--sizes 10000,100000,1000000] [--data DIR]

``--data`` keeps the filled folders for the next run.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks._running import tell_load

if TYPE_CHECKING:
    from db.engine import SqlStorage
    from db.work import SqlWork

RUNS: Final = 5
LIST, SEARCH, SORT, OPEN = 0.300, 0.050, 0.300, 0.030
"""Most seconds at 100,000 contracts. Opening a contract may take 0.150 s, of which this is storage's part."""

SCREEN: Final = 60
KEYS: Final = ("さ", "さか", "さかい", "さかい そ", "さかい そう", "C-HM1-26", "0612", "堺区")
SORTS: Final = (
    "number", "customer", "service", "state", "quantity", "monthly_net", "started_on", "next_on",
    "updated_at",
)  # fmt: skip
_BATCH: Final = 2_000
_COLUMNS: Final = {"number": "number_key", "customer": "customer_key"}


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.contracts")
    parser.add_argument("--sizes", default="10000,100000", metavar="N,N", help="how many contracts")
    parser.add_argument("--data", type=Path, metavar="DIR", help="where the filled folders are kept")
    options = parser.parse_args(arguments)
    with _folder(options.data) as folder:
        for count in map(int, options.sizes.split(",")):
            storage = _filled(folder / f"contracts-{count}", count)
            with storage.look() as work:
                _measure(work, count)
            storage.close()
    tell_load()
    return 0


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def _filled(folder: Path, count: int) -> SqlStorage:
    from benchmarks._contracts_filling import make_storage
    from db.engine import open_storage

    if folder.exists():
        return open_storage(folder)
    start = perf_counter()
    storage = make_storage(folder, count)
    print(f"\n{count:,} contracts stored in {perf_counter() - start:.1f} s", end="")
    return storage


def _measure(work: SqlWork, count: int) -> None:
    print(f"\n{count:,} contracts, {work.session.connection.exec_driver_sql(_ENTRIES).scalar():,} entries")
    _list(work)
    _search(work)
    _sorts(work)
    _open(work)
    if count <= 100_000:
        _all(work)


# --- what is measured ---------------------------------------------------------------------------------------


def _list(work: SqlWork) -> None:
    """A list as the window opens it: the first screen, then the order of all of them and their sums."""
    from app.contract.record import OVER, ContractQuery, ContractState

    states = tuple(state for state in ContractState if state not in OVER)
    for name, query in (
        ("open the list", ContractQuery()),
        ("with the states in use", ContractQuery(states=states, sort="next_on", descending=False)),
    ):

        def first(query: ContractQuery = query) -> object:
            return work.contracts.rows(work.contracts.seqs(query, SCREEN))

        def whole(query: ContractQuery = query) -> object:
            seqs = work.contracts.seqs(query)
            return work.contracts.rows(seqs[:SCREEN]), work.contracts.sums(seqs), work.contracts.count()

        bare = _bare(work, "SELECT seq FROM contracts ORDER BY updated_at DESC")
        taken, floor = _by_turns(whole, bare)
        screen, _again = _by_turns(first, bare)
        _line(f"{name}, first screen", screen, LIST)
        _line(f"{name}, all with sums", taken, LIST, "ORDER BY updated_at in SQL", floor)


def _search(work: SqlWork) -> None:
    """Each key of somebody who types: what is found, sorted, and its first screen."""
    from app.contract.record import ContractQuery

    worst: tuple[float, str] = (0.0, "")
    for words in KEYS:

        def find(words: str = words) -> list[Any]:
            return work.contracts.rows(work.contracts.seqs(ContractQuery(words=words))[:SCREEN])

        like = _bare(
            work, "SELECT seq FROM contracts WHERE customer LIKE ? OR kana LIKE ? OR number LIKE ?"
            " OR phone LIKE ? OR line_number LIKE ? OR town LIKE ? ORDER BY updated_at DESC",
            (f"%{words.split()[0]}%",) * 6,
        )  # fmt: skip
        taken, scan = _by_turns(find, like)
        found = len(work.contracts.seqs(ContractQuery(words=words)))
        _line(f"search 「{words}」 ({found:,} found)", taken, SEARCH, "LIKE over plain columns", scan)
        worst = max(worst, (taken, words))
    print(f"  the slowest key: {_ms(worst[0])} (「{worst[1]}」)")


def _sorts(work: SqlWork) -> None:
    """Every column, both ways: the order of all contracts and a screenful."""
    from app.contract.record import ContractQuery

    for sort in SORTS:

        def order(sort: str = sort) -> object:
            seqs = [work.contracts.seqs(ContractQuery(sort=sort, descending=down)) for down in (False, True)]
            return work.contracts.rows(seqs[1][:SCREEN])

        column = _COLUMNS.get(sort, sort)
        statement = f"SELECT seq FROM contracts NOT INDEXED ORDER BY {column}"  # noqa: S608 - of SORTS above
        unaided = _bare(work, statement)
        taken, floor = _by_turns(order, unaided)
        _line(f"sort by {sort}", taken / 2, SORT, "ORDER BY in SQL without an index", floor)


def _open(work: SqlWork) -> None:
    """The contract of 200 entries with everything its page shows first."""
    (row,) = work.contracts.rows([1])

    def opened() -> int:
        stored = work.contracts.get(row.id)
        work.customers.get(stored.customer_id)
        work.customers.details(stored.customer_id)
        work.beside.equipment_of(row.id)
        work.beside.notes_of("contract", row.id)
        work.beside.attachments_of("contract", row.id)
        work.bills.rows_of_contract(row.id)
        work.bills.claims_of(row.id)
        return len(stored.entries)

    def bare() -> object:
        rows = work.session.connection.exec_driver_sql(
            "SELECT payload FROM contract_entries WHERE contract_id = ? ORDER BY seq", (row.id,)
        )
        return [json.loads(payload) for (payload,) in rows.fetchall()]

    taken, floor = _by_turns(opened, bare)
    _line(f"open a contract of {opened()} entries", taken, OPEN, "its entries in SQL and JSON alone", floor)


def _all(work: SqlWork) -> None:
    """Every contract with its entries, as the month's run reads them."""

    def batches() -> int:
        after = found = 0
        while batch := work.contracts.batch(after, _BATCH):
            after = batch[-1].seq
            found += len(batch)
        return found

    columns = _bare(work, "SELECT * FROM contract_entries"), _bare(work, "SELECT * FROM contract_contents")
    taken, floor = _by_turns(batches, lambda: [read() for read in columns], runs=2)
    _line("read all contracts with their entries", taken, None, "bare rows of both tables", floor)


# --- how ----------------------------------------------------------------------------------------------------

_ENTRIES: Final = "SELECT count(*) FROM contract_entries"


def _bare(work: SqlWork, statement: str, parameters: tuple[object, ...] = ()) -> Callable[[], object]:
    return lambda: work.session.connection.exec_driver_sql(statement, parameters).fetchall()


def _by_turns(
    ours: Callable[[], object], peer: Callable[[], object], runs: int = RUNS
) -> tuple[float, float]:
    """The best of several runs of each, in seconds; one after the other, so that load meets both."""
    best = [float("inf"), float("inf")]
    for _run in range(runs):
        for place, call in enumerate((ours, peer)):
            start = perf_counter()
            call()
            best[place] = min(best[place], perf_counter() - start)
    return best[0], best[1]


def _line(what: str, taken: float, most: float | None, floor: str = "", bare: float = 0.0) -> None:
    beside = f"; {floor}: {_ms(bare)}" if floor else ""
    limit = f" (at most {_ms(most)})" if most is not None else ""
    verdict = "  <- over" if most is not None and taken > most else ""
    print(f"  {what}: {_ms(taken)}{beside}{limit}{verdict}")


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.01 else f"{seconds * 1000:.0f} ms"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
