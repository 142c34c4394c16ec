"""Backups: made and checked while windows go on, kept in rotation, and put back."""

from __future__ import annotations

import os
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import EnvironmentProblem, UserError
from app.usecases.backups import DAILY, MONTHLY, WEEKLY, kept
from db.engine import SqlStorage, create_storage, open_storage
from db.folder import KEY_FILE
from db.keys import KeyStore
from db.restore import restore_into, restore_over
from db.sqlite import connect
from db.tables import NEWEST
from tests.db.conftest import TAKAHASHI
from tests.db.rights import read_only
from tests.desks import JAPAN, NOW

TODAY = NOW.date()


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept_data(tmp_path: Path, clock: Clock) -> SqlStorage:
    storage = create_storage(tmp_path / "data", "none", now=clock.now)
    add(storage)
    return storage


def add(storage: SqlStorage) -> None:
    """Another customer, with its line in the audit."""
    with storage.work() as work:
        made = work.customers.add(TAKAHASHI)
        work.audit.record("田村", "customer-saved", made.id, {})
        work.commit()


def count(storage: SqlStorage) -> int:
    with storage.look() as work:
        return len(work.customers.seqs())


def code_of(raised: pytest.ExceptionInfo[EnvironmentProblem]) -> str:
    return raised.value.code


# --- which are kept


@given(st.lists(st.integers(0, 500), max_size=60), st.integers(0, 3))
def test_the_newest_of_days_weeks_and_months_stay(ages: list[int], hours: int) -> None:
    made = [
        (
            day := TODAY - timedelta(days=age),
            datetime(day.year, day.month, day.day, hours + place % 20, tzinfo=JAPAN),
        )
        for place, age in enumerate(ages)
    ]
    keep = kept(made, TODAY)
    assert keep <= {moment for _day, moment in made}
    assert len(keep) <= DAILY + WEEKLY + MONTHLY
    if made:
        assert max(moment for _day, moment in made) in keep
    days = sorted({day for day, _moment in made}, reverse=True)
    for day in days[:DAILY]:
        assert max(moment for other, moment in made if other == day) in keep
    assert kept([(moment.date(), moment) for moment in keep], TODAY) == keep  # nothing more goes later


def test_a_clock_that_was_set_back_costs_no_backup() -> None:
    ahead = datetime(2027, 3, 1, 9, tzinfo=JAPAN)
    made = [(ahead.date(), ahead), (TODAY, datetime(2026, 11, 20, 9, tzinfo=JAPAN))]
    assert kept(made, TODAY) == {ahead, datetime(2026, 11, 20, 9, tzinfo=JAPAN)}


# --- making them


def test_one_is_made_checked_and_let_go_in_time(kept_data: SqlStorage, tmp_path: Path, clock: Clock) -> None:
    stick = tmp_path / "stick"
    backups = kept_data.backups
    assert backups.state().due(clock.now())
    backups.choose(stick)
    with kept_data.work() as work:
        work.customers.add(TAKAHASHI)  # another window is in the middle of something
        made = backups.make()
    assert made.path.parent == stick
    assert made.checked
    assert made.counts["customers"] == 1
    assert (stick / KEY_FILE).is_file()
    assert not backups.state().due(clock.now())
    first = date(2026, 11, 21)
    for days in range(12):
        clock.time = datetime.combine(first + timedelta(days=days), clock.time.timetz())
        backups.make()
    left = [one.made_at.date() for one in backups.files()]
    assert left[:DAILY] == [date(2026, 12, 2) - timedelta(days=back) for back in range(DAILY)]
    assert date(2026, 11, 22) in left  # the newest of its week
    assert date(2026, 11, 23) not in left
    kept_data.close()


def test_a_stick_that_is_out_is_told_and_the_copy_stays_at_home(
    kept_data: SqlStorage, tmp_path: Path, clock: Clock
) -> None:
    stick = tmp_path / "stick"
    kept_data.backups.choose(stick)
    stick.rmdir()
    state = kept_data.backups.state()
    assert (state.folder, state.reachable) == (stick, False)
    made = kept_data.backups.make()
    assert made.path.parent == kept_data.backups.own
    kept_data.close()


def test_two_desks_never_share_a_folder(kept_data: SqlStorage, tmp_path: Path, clock: Clock) -> None:
    share = tmp_path / "share"
    kept_data.backups.choose(share)
    theirs = kept_data.backups.make()
    key = (share / KEY_FILE).read_bytes()
    other = create_storage(tmp_path / "other", "none", now=clock.now)
    with pytest.raises(EnvironmentProblem) as raised:
        other.backups.choose(share)
    assert code_of(raised) == "backup-folder-taken"
    (share / KEY_FILE).unlink()  # somebody tidied up
    other.backups.choose(share)
    made = other.backups.make()  # the newer of the day, but of other data
    assert [one.path for one in other.backups.files()] == [made.path]
    assert theirs.path.is_file()
    (share / KEY_FILE).write_bytes(key)
    with pytest.raises(EnvironmentProblem) as raised:
        other.backups.make()
    assert (code_of(raised), (share / KEY_FILE).read_bytes()) == ("backup-folder-taken", key)
    for storage in (kept_data, other):
        storage.close()


def test_what_a_disk_refuses_leaves_nothing_and_is_remembered(kept_data: SqlStorage, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    kept_data.backups.choose(stick)
    with read_only(stick), pytest.raises(EnvironmentProblem):
        kept_data.backups.make()
    assert list(stick.iterdir()) == []
    assert kept_data.backups.state().problem
    kept_data.backups.make()
    assert not kept_data.backups.state().problem
    kept_data.close()


def test_a_copy_is_stopped_between_pages(kept_data: SqlStorage) -> None:
    with pytest.raises(EnvironmentProblem) as raised:
        kept_data.backups.make(lambda _done, _whole: False)
    assert code_of(raised) == "backup-stopped"
    assert list(kept_data.backups.own.iterdir()) == []
    kept_data.close()


# --- going back


def test_going_back_says_what_is_lost_and_keeps_it(
    kept_data: SqlStorage, tmp_path: Path, clock: Clock
) -> None:
    backup = kept_data.backups.make()
    add(kept_data)
    with kept_data.work() as work:
        assert work.numbers.next("B", "A1", TODAY) == "B-A1-2611-0001"
        work.commit()
    plan = kept_data.backups.plan(backup.path)
    assert plan.problems == ()
    assert [(one.kind, one.count, one.names) for one in plan.lost] == [("customers", 1, (TAKAHASHI.name,))]
    with kept_data.work() as work:  # what is changed adds no row, and is lost all the same
        work.audit.record("田村", "settings-changed", "settings", {})
        work.audit.record("田村", "signed-in", "", {})
        work.commit()
    changes = kept_data.backups.plan(backup.path).lost[-1]
    assert (changes.kind, changes.count, changes.names) == ("changes", 1, ("設定を変更",))
    folder, key = tmp_path / "data", KeyStore(tmp_path / "data").unlock()
    with pytest.raises(EnvironmentProblem) as raised:
        restore_over(folder, key, backup.path, 0.1, clock.now)
    assert code_of(raised) == "database-locked"  # this window has it open
    assert count(kept_data) == 2
    kept_data.close()
    before = restore_over(folder, key, backup.path, 0.1, clock.now)
    restored = open_storage(folder, now=clock.now)
    assert count(restored) == 1
    assert restored.check() == []
    with restored.work() as work:  # what bears the first may be with a customer
        assert work.numbers.next("B", "A1", TODAY) == "B-A1-2611-0002"
    assert [one.count for one in restored.backups.plan(before).lost] == []
    assert restored.backups.plan(before).counts["customers"] == 2
    restored.close()


def test_a_damaged_backup_is_found_and_never_put_back(
    kept_data: SqlStorage, tmp_path: Path, clock: Clock
) -> None:
    backup = kept_data.backups.make().path
    data = bytearray(backup.read_bytes())
    data[len(data) // 2] ^= 0x40
    backup.write_bytes(data)
    plan = kept_data.backups.plan(backup)
    assert plan.problems
    kept_data.close()
    folder = tmp_path / "data"
    with pytest.raises(EnvironmentProblem):
        restore_over(folder, KeyStore(folder).unlock(), backup, 0.1, clock.now)
    assert count(open_storage(folder)) == 1
    assert not [one for one in folder.iterdir() if "restoring" in one.name]


def test_a_backup_that_holds_something_else_is_damaged(
    kept_data: SqlStorage, tmp_path: Path, clock: Clock
) -> None:
    backup, folder = kept_data.backups.make().path, tmp_path / "data"
    key = KeyStore(folder).unlock()
    with closing(connect(backup, key, 0.1)) as changed:
        changed.execute("DROP TABLE alembic_version")
        changed.execute("PRAGMA journal_mode = DELETE").fetchall()
    assert kept_data.backups.plan(backup).problems
    kept_data.close()
    with pytest.raises(EnvironmentProblem) as raised:
        restore_over(folder, key, backup, 0.1, clock.now)
    assert code_of(raised) == "backup-unsound"
    assert backup.name in raised.value.what  # it is the backup, and not the copy that was begun
    open_storage(folder).close()


def test_a_backup_of_a_later_program_is_never_put_back(
    kept_data: SqlStorage, tmp_path: Path, clock: Clock
) -> None:
    with kept_data.work() as work:
        work.session.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        work.commit()
    newer = kept_data.backups.make().path  # as a program of then would have made it
    with kept_data.work() as work:
        work.session.connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{NEWEST}'")
        work.commit()
    assert "新しいMadoguchi" in kept_data.backups.plan(newer).problems[0]
    kept_data.close()
    folder = tmp_path / "data"
    with pytest.raises(EnvironmentProblem) as raised:
        restore_over(folder, KeyStore(folder).unlock(), newer, 0.1, clock.now)
    assert code_of(raised) == "database-newer"
    open_storage(folder).close()


def test_a_new_laptop_begins_with_the_backup_and_its_key(
    kept_data: SqlStorage, tmp_path: Path, clock: Clock
) -> None:
    stick = tmp_path / "stick"
    kept_data.backups.choose(stick)
    backup = kept_data.backups.make()
    kept_data.close()
    laptop = tmp_path / "laptop"
    restore_into(laptop, backup.path, KeyStore.unlock, 0.1)
    restored = open_storage(laptop, now=clock.now)
    assert count(restored) == 1
    restored.close()
    with pytest.raises(EnvironmentProblem) as raised:
        restore_into(laptop, backup.path, KeyStore.unlock, 0.1)
    assert code_of(raised) == "database-exists"


def test_the_key_beside_backups_follows_a_new_recovery_code(tmp_path: Path) -> None:
    data, stick = tmp_path / "data", tmp_path / "stick"
    storage = create_storage(data, "none")
    first = KeyStore(data).renew_recovery()
    storage.backups.choose(stick)
    storage.backups.make()
    second = KeyStore(data).renew_recovery()
    storage.backups.renew_key()
    storage.close()
    with pytest.raises(UserError):
        KeyStore(stick).unlock_with_recovery(first)
    assert KeyStore(stick).unlock_with_recovery(second)


def test_an_unprotected_key_stays_at_home_where_a_code_can_take_its_place(tmp_path: Path) -> None:
    storage = create_storage(tmp_path / "data", "none")
    code = KeyStore(tmp_path / "data").renew_recovery()
    storage.backups.choose(tmp_path / "stick")
    backup = storage.backups.make()
    storage.close()
    assert KeyStore(tmp_path / "stick").kind() == "keyring"
    restore_into(tmp_path / "new", backup.path, lambda keys: keys.unlock_with_recovery(code), 0.1)
    restored = open_storage(tmp_path / "new", lambda keys: keys.unlock_with_recovery(code))
    assert restored.check() == []
    restored.close()


def test_what_an_end_in_the_middle_left_goes_with_the_next_one(kept_data: SqlStorage, tmp_path: Path) -> None:
    """It never had a backup's name, so nobody takes it for one."""
    stick = tmp_path / "stick"
    kept_data.backups.choose(stick)
    for name, age in ((".madoguchi-20261101-090000-000000.db", 7_200), (".madoguchi-young.db", 60)):
        left = stick / name
        left.write_bytes(b"half a copy")
        os.utime(left, (time.time() - age, time.time() - age))
    made = kept_data.backups.make()
    assert sorted(path.name for path in stick.glob("*madoguchi-*.db")) == [
        ".madoguchi-young.db",
        made.path.name,
    ]
    stick.rename(tmp_path / "taken out")
    assert kept_data.status().last_backup == made.made_at  # told without a look at the stick
    assert kept_data.backups.state().last is None
