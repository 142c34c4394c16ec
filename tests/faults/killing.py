"""Programs are killed at any instant, or write at the same time: what they confirmed is there, and whole."""

from __future__ import annotations

import random
import time
from pathlib import Path

import sqlalchemy as sa

from app.contract.record import ContractQuery
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from db.engine import SqlStorage, open_storage
from reports import draw
from tests.desks import NOW, settings
from tests.faults.power import Found
from tests.faults.worker import work
from tests.fresh import fresh_storage
from tests.shipped import catalogue
from tests.starting import processes


def ready(folder: Path) -> Path:
    """A data folder at which somebody can work."""
    storage = fresh_storage(folder)
    save_settings(Desk(storage, catalogue(), draw, lambda: NOW), settings())
    storage.close()
    return folder


class Running:
    """A worker in a process of its own. What it confirms goes to a file."""

    def __init__(self, data: Path, seed: int, told: Path) -> None:
        self._told = told
        told.write_text("", encoding="utf-8")
        self._process = processes().Process(target=work, args=(str(data), seed, str(told)), daemon=True)
        self._process.start()
        while not self.lines() and self._process.is_alive():
            time.sleep(0.005)

    def lines(self) -> list[str]:
        """What it said so far."""
        return self._told.read_text(encoding="utf-8").splitlines(keepends=True)

    @property
    def ended(self) -> bool:
        """Whether it ended by itself."""
        return not self._process.is_alive()

    def kill(self) -> list[str]:
        """End it at once; what it said comes back."""
        self._process.kill()
        self._process.join()
        return self.lines()


def killed(folder: Path, count: int, chance: random.Random) -> Found:
    """A worker is killed again and again; each time everything it ever confirmed must be there."""
    found = Found("kill -9 while registering, issuing and billing")
    data = ready(folder / "data")
    said: set[str] = set()
    for turn in range(count):
        worker = Running(data, chance.randrange(1_000_000), folder / "said")
        time.sleep(chance.random() * 0.15)
        said |= confirmed(worker.kill())
        found.tried += 1
        found.lost += [f"kill {turn + 1}: {one}" for one in missing(data, said)]
    return found


def together(folder: Path, seconds: float, chance: random.Random) -> Found:
    """Two programs write for a while: no update is lost, and neither waits for ever."""
    found = Found(f"two programs writing for {seconds:.0f} s")
    data = ready(folder / "data")
    workers = [Running(data, chance.randrange(1_000_000), folder / f"said{place}") for place in range(2)]
    time.sleep(seconds)
    said: set[str] = set()
    for worker in workers:
        before = len(worker.lines())
        if worker.ended or not before:
            found.lost.append("a writer ended by itself")
        said |= confirmed(worker.kill())
    found.tried = len(said)
    found.lost += missing(data, said)
    return found


def confirmed(lines: list[str]) -> set[str]:
    """What was said in whole lines."""
    return {line.strip() for line in lines if line.endswith("\n") and not line.startswith(("run", "nothing"))}


def missing(data: Path, said: set[str]) -> list[str]:
    """What was confirmed and is not there, what is there and not whole."""
    storage = open_storage(data)
    try:
        faults = storage.check()
        there = _contracts(storage) | _papers(storage)
        return [*faults, *sorted(said - there), *_halves(storage)]
    finally:
        storage.close()


def _contracts(storage: SqlStorage) -> set[str]:
    with storage.look() as work:
        rows = work.contracts.rows(work.contracts.seqs(ContractQuery()))
    return {f"contract {row.number}" for row in rows}


def _papers(storage: SqlStorage) -> set[str]:
    from app.papers.archived import PaperQuery

    found = set()
    with storage.look() as work:
        for row in work.papers.rows(work.papers.seqs(PaperQuery())):
            paper = work.papers.get(row.id)  # reads the bytes against their SHA-256
            found.add(f"paper {paper.number}/{paper.revision} {paper.sha256}")
    return found


_HALVES = (
    ("contracts without content", "contracts", "contract_contents", "contract_id"),
    ("papers without bytes", "papers", "paper_bytes", "paper_id"),
)


def _halves(storage: SqlStorage) -> list[str]:
    """Things of which a part is missing."""
    found = []
    with storage.look() as work:
        for words, whole, part, key in _HALVES:
            left = f"SELECT count(*) FROM {whole} WHERE id NOT IN (SELECT {key} FROM {part})"
            count = work.session.connection.scalar(sa.text(left))
            if count:
                found.append(f"{count} {words}")
        alone = work.session.connection.scalar(
            sa.text(
                "SELECT count(*) FROM contracts WHERE id NOT IN (SELECT contract_id FROM contract_entries)"
            )
        )
        if alone:
            found.append(f"{alone} contracts without their start")
    return found
