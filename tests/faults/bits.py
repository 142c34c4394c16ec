"""Bits turn over on the disk: it is found and named, and never silently used."""

from __future__ import annotations

import random
import shutil
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from app.errors import EnvironmentProblem, UserError
from db.engine import SqlStorage, open_storage
from db.folder import DATABASE_FILE, KEY_FILE
from db.sqlite import WRITING, side_files
from tests.faults.power import Found, Work, opened_again, worked
from tests.fresh import fresh_storage

_HEAD = 16


def flipped(data: bytes, at: int, chance: random.Random) -> bytes:
    """The bytes with one bit of one of them turned over."""
    changed = bytearray(data)
    changed[at] ^= 1 << chance.randrange(8)
    return bytes(changed)


def in_database(folder: Path, count: int, chance: random.Random) -> Found:
    """Anywhere in the file: opening refuses it, or the look through the data names it."""
    found = Found("a bit turned over in the database")
    work = worked(folder, 5)
    storage = open_storage(work.folder)
    storage.close()  # the journal goes into the file
    whole = (work.folder / DATABASE_FILE).read_bytes()
    target = folder / "flipped"
    for turn in range(count):
        at = chance.randrange(_HEAD) if turn % 10 == 0 else chance.randrange(len(whole))
        _lay(work, target, flipped(whole, at, chance))
        found.tried += 1
        if not _named(target):
            found.lost.append(f"byte {at} of the database")
    return found


def _lay(work: Work, target: Path, data: bytes) -> None:
    if target.exists():
        shutil.rmtree(target)
    target.mkdir()
    shutil.copyfile(work.folder / KEY_FILE, target / KEY_FILE)
    (target / DATABASE_FILE).write_bytes(data)


def _named(target: Path) -> bool:
    try:
        storage = open_storage(target)
    except EnvironmentProblem:
        return True
    try:
        return any(one.level == "bad" for one in storage.findings())
    except EnvironmentProblem:
        return True
    finally:
        storage.close()


def in_journal(folder: Path, count: int, chance: random.Random) -> Found:
    """In the journal of a crash: what can be read is a beginning of what was confirmed, and what is missing
    is named unless it can only have been the last, torn one.
    """
    found = Found("a bit turned over in the journal")
    work = worked(folder, 40)
    whole = side_files(work.folder / DATABASE_FILE)[0].read_bytes()
    target = folder / "flipped"
    for _turn in range(count):
        at = chance.randrange(len(whole))
        changed = flipped(whole, at, chance)
        names = opened_again(work, target, changed)
        found.tried += 1
        in_order = names == [f"髙橋{place:04}" for place in range(len(names))]
        missing = len(work.confirmed) - len(names)
        if not in_order or (missing > 1 and not _told(target)):
            found.lost.append(f"byte {at} of the journal: {missing} of {len(work.confirmed)} gone in silence")
    return found


def _told(target: Path) -> bool:
    """Whether the damage was recorded when the database was opened, with a copy of what was there."""
    storage = open_storage(target)
    try:
        with storage.look() as work:
            last = [one for one in work.audit.recent(50) if one.what == "journal-damaged"]
        copies = list((target / "backups").glob("madoguchi-journal-*.db"))
        return bool(last and copies)
    finally:
        storage.close()


def in_archive(folder: Path, count: int, chance: random.Random) -> Found:
    """In the bytes of an issued paper, by somebody who has the key: reading it is refused, and the check
    names it.
    """
    found = Found("a bit turned over in an archived paper")
    storage = fresh_storage(folder / "archive")
    for turn in range(count):
        number = f"B-A1-2611-{turn:04}"
        with storage.work() as work:
            paper = work.papers.add("B", number, 1, "青葉商店", date(2026, 11, 20), 1_000, b"%PDF-1.7 " * 40)
            work.commit()
        changed = flipped(paper.pdf, chance.randrange(len(paper.pdf)), chance)
        _change_paper(storage, paper.id, changed)
        found.tried += 1
        with storage.look() as work:
            named = [one for one in work.papers.check() if number in one]
            try:
                work.papers.get(paper.id)
                read = True
            except EnvironmentProblem:
                read = False
        if read or not named:
            found.lost.append(f"{number}: read {read}, named {bool(named)}")
    storage.close()
    return found


def _change_paper(storage: SqlStorage, paper_id: str, pdf: bytes) -> None:
    with storage._engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER IF EXISTS paper_bytes_no_update")
        change = sa.text("UPDATE paper_bytes SET pdf = :pdf WHERE paper_id = :id")
        connection.execute(change, {"pdf": pdf, "id": paper_id})


def in_key_file(folder: Path, count: int, chance: random.Random) -> Found:
    """In the key file: it is refused, or still gives the right key."""
    found = Found("a bit turned over in the key file")
    work = worked(folder, 2)
    whole = (work.folder / KEY_FILE).read_bytes()
    target = folder / "flipped"
    for _turn in range(count):
        at = chance.randrange(len(whole))
        _lay(work, target, (work.folder / DATABASE_FILE).read_bytes())
        (target / KEY_FILE).write_bytes(flipped(whole, at, chance))
        found.tried += 1
        try:
            open_storage(target).close()
        except (EnvironmentProblem, UserError):
            continue
        except Exception as error:
            found.lost.append(f"byte {at} of the key file: {type(error).__name__}")
    return found
