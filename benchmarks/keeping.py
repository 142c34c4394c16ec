"""What keeping costs: a backup of a gigabyte while others write, one commit, a look through 100,000
contracts.

Everything happens in encrypted databases of this disk, without a window. Each figure stands beside its floor
in the same run: copying the file, forcing one block to the disk, SQLite's own check.

    python -m benchmarks.keeping [--gigabytes 1] [--contracts 100000]
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import threading
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final

from benchmarks._contracts_filling import make_storage
from benchmarks._running import tell_load

if TYPE_CHECKING:
    from app.usecases.desk import Desk
    from db.engine import SqlStorage

MOST_BACKUP: Final = 30.0
MOST_COMMIT: Final = 0.010
MOST_LOOK: Final = 30.0
_PAPER: Final = 1_000_000
_COMMITS: Final = 200


def main(arguments: list[str]) -> int:
    """Measure and print; 1 where something took too long."""
    parser = argparse.ArgumentParser(prog="benchmarks.keeping")
    parser.add_argument("--gigabytes", type=float, default=1.0, metavar="N")
    parser.add_argument("--contracts", type=int, default=100_000, metavar="N")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="madoguchi-keeping-") as name:
        folder = Path(name)
        late = [_commits(folder / "commits"), _backup(folder / "backup", options.gigabytes)]
        late.append(_look(folder / "look", options.contracts))
    tell_load()
    return int(any(late))


def _storage(folder: Path) -> SqlStorage:
    from db.engine import create_storage

    folder.mkdir()
    return create_storage(folder, "none")


def _commit(storage: SqlStorage) -> None:
    with storage.work() as work:
        work.audit.record("田村", "customer-saved", "somebody", {"fields": ["phone"]})
        work.commit()


def _commits(folder: Path) -> bool:
    storage = _storage(folder)
    took = [_timed(lambda: _commit(storage)) for _ in range(_COMMITS)]
    storage.close()
    with (folder / "block").open("wb") as stream:
        floor = [_timed(lambda: _block(stream)) for _ in range(_COMMITS)]
    median, least = statistics.median(took), statistics.median(floor)
    print(
        f"one commit, median of {_COMMITS}      {median * 1000:7.2f} ms   "
        f"(one block forced to the disk {least * 1000:.2f} ms; budget 10)"
    )
    return median > MOST_COMMIT


def _block(stream: Any) -> None:
    stream.write(b"x" * 4096)
    stream.flush()
    os.fsync(stream.fileno())


def _backup(folder: Path, gigabytes: float) -> bool:
    storage = _storage(folder)
    _fill(storage, int(gigabytes * 1_000_000_000))
    size = storage.path.stat().st_size
    took, waits = [0.0], []

    def work() -> None:
        took[0] = _timed(storage.backups.make)

    other = threading.Thread(target=work)
    other.start()
    while other.is_alive():
        waits.append(_timed(lambda: _commit(storage)))
        other.join(0.02)
    storage.close()
    floor = _timed(lambda: shutil.copyfile(storage.path, folder / "copy"))
    print(
        f"a backup of {size / 1e9:.2f} GB, checked   {took[0]:7.2f} s    "
        f"(copying the file {floor:.2f} s; budget 30)"
    )
    print(
        f"  commits meanwhile: {len(waits)}, median {statistics.median(waits) * 1000:.1f} ms, "
        f"longest {max(waits) * 1000:.0f} ms"
    )
    return took[0] > MOST_BACKUP


def _fill(storage: SqlStorage, size: int) -> None:
    for first in range(0, size // _PAPER, 50):
        with storage.work() as work:
            for place in range(first, min(first + 50, size // _PAPER)):
                work.papers.add(
                    "B", f"B-A1-{place:06}", 1, "青葉商店", date(2026, 11, 20), 1000, os.urandom(_PAPER)
                )
            work.commit()


def _look(folder: Path, contracts: int) -> bool:
    desk = _desk(folder, contracts)
    from app.usecases.examine import examine

    parts: list[tuple[str, float]] = []
    took = _timed(lambda: examine(desk, lambda code: not parts.append((code, perf_counter()))))
    ended = perf_counter()
    with desk.storage.look() as work:
        connection = work.session.connection  # type: ignore[attr-defined]
        floor = _timed(lambda: connection.exec_driver_sql("PRAGMA integrity_check").fetchall())
    desk.storage.close()
    print(
        f"doctor on {contracts:,} contracts  {took:7.2f} s    (SQLite's own check {floor:.2f} s; budget 30)"
    )
    ends = [*(at for _code, at in parts[1:]), ended]
    spent = sorted(((end - at, code) for (code, at), end in zip(parts, ends, strict=True)), reverse=True)
    print("  longest parts: " + ", ".join(f"{code} {seconds:.2f} s" for seconds, code in spent[:4]))
    return took > MOST_LOOK


def _desk(folder: Path, contracts: int) -> Desk:
    from app.places import resources
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from db.engine import local_now
    from reports import draw, stamp_copy

    storage = make_storage(folder, contracts)
    return Desk(storage, Catalogue((resources() / "tariffs",)), draw, local_now, stamp_copy)


def _timed(run: Any) -> float:
    began = perf_counter()
    run()
    return perf_counter() - began


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
