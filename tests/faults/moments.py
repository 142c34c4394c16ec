"""The clock is wrong, the time zone changes, the data are of another version of the program."""

from __future__ import annotations

import random
import shutil
from datetime import datetime, timedelta, timezone
from pathlib import Path

import sqlalchemy as sa

from app.errors import EnvironmentProblem
from db.engine import SqlStorage, open_storage
from db.sqlite import WRITING
from tests.db.make_fixture import FIXTURES
from tests.faults.killing import ready
from tests.faults.power import Found, register

START = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=9)))


class Clock:
    """A clock somebody sets."""

    def __init__(self) -> None:
        self.time = START

    def now(self) -> datetime:
        """What it shows; a second goes by."""
        self.time += timedelta(seconds=1)
        return self.time


def wrong_clocks(folder: Path, count: int, chance: random.Random) -> Found:
    """The clock jumps by years either way and between time zones while somebody works: everything stays in
    the order it was written, backups are made and none is let go of too early, the chain holds.
    """
    found = Found("clock set back and forward, zone changed")
    data, clock = ready(folder / "data"), Clock()
    storage = open_storage(data, now=clock.now)
    names = 0
    for turn in range(count):
        days = chance.randrange(-4000, 4000)
        clock.time = (START + timedelta(days=days)).astimezone(
            timezone(timedelta(hours=chance.randrange(-12, 14)))
        )
        register(storage, turn)
        names += 1
        made = storage.backups.make() if turn % 5 == 0 else None
        found.tried += 1
        if made is not None and (not made.path.exists() or storage.backups.state().last is None):
            found.lost.append(f"{days} days: the backup just made is gone")
    with storage.look() as work:
        there = [row.name for row in work.customers.rows(work.customers.seqs(sort="name"))]
    if there != sorted(f"髙橋{place:04}" for place in range(names)):
        found.lost.append(f"{len(there)} of {names} customers")
    found.lost += storage.check()
    storage.close()
    return found


def other_versions(folder: Path, _count: int, _chance: random.Random) -> Found:
    """A database of every earlier schema opens with everything in it; one of a later program is refused and
    left as it is.
    """
    found = Found("database of each earlier schema, and of a newer one")
    for fixture in sorted(FIXTURES.iterdir()):
        data = shutil.copytree(fixture, folder / fixture.name)
        storage = open_storage(data)
        found.tried += 1
        found.lost += [f"{fixture.name}: {one}" for one in storage.check()]
        if fixture.name != max(one.name for one in FIXTURES.iterdir()) and not storage.backups.files():
            found.lost.append(f"{fixture.name}: no copy was made before the change")
        storage.close()
    newer = folder / max(one.name for one in FIXTURES.iterdir())
    _become_newer(open_storage(newer))
    before = {path.name: path.read_bytes() for path in newer.iterdir() if path.is_file()}
    found.tried += 1
    try:
        open_storage(newer).close()
        found.lost.append("a database of a newer program was opened")
    except EnvironmentProblem as error:
        after = {path.name: path.read_bytes() for path in newer.iterdir() if path.is_file()}
        if error.code != "database-newer" or after["madoguchi.db"] != before["madoguchi.db"]:
            found.lost.append(f"newer: told {error.code}")
    return found


def _become_newer(storage: SqlStorage) -> None:
    with storage._engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    storage.close()
