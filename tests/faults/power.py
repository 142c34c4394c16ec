"""The power goes: the files as they lie on the disk at some instant, cut and torn, are opened again."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from app.contract.customer import CustomerFields
from db.engine import SqlStorage, open_storage
from db.folder import DATABASE_FILE, KEY_FILE
from db.sqlite import side_files
from tests.fresh import fresh_storage


@dataclass
class Found:
    """What came of a kind of fault: how many were tried, and what went wrong, in words."""

    name: str
    tried: int = 0
    lost: list[str] = field(default_factory=list)

    def row(self) -> str:
        """A row of the table."""
        return f"{self.name:<44} {self.tried:>7,} {self.tried - len(self.lost):>9,} {len(self.lost):>5,}"


@dataclass
class Work:
    """Files of a database with a journal, and how long the journal was after each confirmed customer."""

    folder: Path
    confirmed: list[int]


def worked(folder: Path, customers: int) -> Work:
    """Register customers one by one, each confirmed, and copy the files while the database is open."""
    open_ = folder / "open"
    storage = fresh_storage(open_)
    journal = side_files(open_ / DATABASE_FILE)[0]
    confirmed = []
    for place in range(customers):
        register(storage, place)
        confirmed.append(journal.stat().st_size)
    kept = folder / "kept"
    kept.mkdir()
    for path in (open_ / DATABASE_FILE, journal, open_ / KEY_FILE):
        shutil.copyfile(path, kept / path.name)
    storage.close()
    return Work(kept, confirmed)


def register(storage: SqlStorage, place: int) -> None:
    """One customer with its line in the audit."""
    with storage.work() as work:
        made = work.customers.add(CustomerFields(name=f"髙橋{place:04}", kana="タカハシ"))
        work.audit.record("田村", "customer-saved", made.id, {"place": place})
        work.commit()


def opened_again(work: Work, target: Path, journal: bytes) -> list[str]:
    """The customers found after a start with this journal, in their order; the database must be sound."""
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    for name in (DATABASE_FILE, KEY_FILE):
        shutil.copyfile(work.folder / name, target / name)
    side_files(target / DATABASE_FILE)[0].write_bytes(journal)
    storage = open_storage(target)
    try:
        assert storage.check() == []
        with storage.look() as looked:
            rows = looked.customers.rows(looked.customers.seqs(sort="name"))
        return [row.name for row in rows]
    finally:
        storage.close()


def cut_journals(folder: Path, count: int, chance: random.Random) -> Found:
    """The journal ends anywhere; half of the time what lay on the disk before stands behind the cut."""
    found = Found("power cut: journal cut at any length")
    work = worked(folder, 40)
    whole = side_files(work.folder / DATABASE_FILE)[0].read_bytes()
    for turn in range(count):
        length = chance.randrange(len(whole) + 1)
        rest = os.urandom(chance.randrange(1, 20_000)) if turn % 2 else b""
        names = opened_again(work, folder / "cut", whole[:length] + rest)
        least = sum(size <= length for size in work.confirmed)
        found.tried += 1
        # What was confirmed before the cut is there, in order, without a gap, and nothing is half there.
        if names != [f"髙橋{place:04}" for place in range(len(names))] or len(names) < least:
            found.lost.append(f"cut at {length}: {len(names)} customers, {least} confirmed")
    return found
