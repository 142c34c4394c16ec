"""Opening and making a database, and everything in the way of it. Nothing is ever made in place of what is
missing.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa
import sqlcipher3.dbapi2 as driver

from app.errors import EnvironmentProblem, UserError
from db.engine import SqlStorage, create_storage, open_storage
from db.keys import KeyStore, database_tag
from db.sqlite import connect
from db.vault import FolderVault
from tests.db.conftest import TAKAHASHI, TODAY
from tests.db.rights import read_only

PASSPHRASE = "窓口のパスフレーズ"


def code_of(attempt: Callable[[], object]) -> str:
    """What an attempt is refused with."""
    with pytest.raises((EnvironmentProblem, UserError)) as refused:
        attempt()
    problem = refused.value
    if isinstance(problem, EnvironmentProblem):
        assert problem.remedy
    return problem.code


def seen(folder: Path) -> dict[str, bytes]:
    """All files of a folder and what is in them."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def closed(storage: SqlStorage, data: Path) -> Path:
    """A data folder with a customer, and nobody in it."""
    with storage.work() as work:
        work.customers.add(TAKAHASHI)
        work.commit()
    storage.close()
    return data


def names_in(storage: SqlStorage) -> list[str]:
    with storage.look() as work:
        return [row.name for row in work.customers.rows(work.customers.seqs())]


def test_what_was_stored_is_there_again(closed: Path) -> None:
    vault = FolderVault(closed)
    assert vault.state() == "ready"
    storage = vault.open()
    assert names_in(storage) == [TAKAHASHI.name]
    assert storage.check() == []
    status = storage.status()
    assert (status.path, status.key_kind, status.last_backup) == (
        str(closed / "madoguchi.db"),
        "none",
        None,
    )
    storage.close()


def test_a_database_under_a_passphrase(data: Path) -> None:
    vault = FolderVault(data)
    vault.create("passphrase", PASSPHRASE).close()
    assert code_of(vault.open) == "passphrase-needed"
    assert code_of(lambda: vault.open("ちがうことば")) == "wrong-passphrase"
    vault.open(PASSPHRASE).close()
    vault.change("passphrase", "新しいパスフレーズ", PASSPHRASE)
    assert code_of(lambda: vault.open(PASSPHRASE)) == "wrong-passphrase"
    vault.open("新しいパスフレーズ").close()
    assert vault.kind() == "passphrase"


def test_the_file_can_be_read_by_nobody_without_the_key(closed: Path) -> None:
    assert TAKAHASHI.name.encode() not in (closed / "madoguchi.db").read_bytes()
    with pytest.raises(driver.DatabaseError):
        connect(closed / "madoguchi.db", b"\0" * 32, 0.1)


def test_the_settings_of_every_connection(storage: SqlStorage) -> None:
    with storage.work() as work:
        wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
        for name, value in wanted.items():
            assert work.session.connection.exec_driver_sql(f"PRAGMA {name}").scalar() == value


def test_no_folder_no_database_no_key(data: Path, closed: Path, tmp_path: Path) -> None:
    assert code_of(lambda: open_storage(tmp_path / "unplugged")) == "data-folder-missing"
    empty = tmp_path / "empty"
    empty.mkdir()
    assert code_of(lambda: open_storage(empty)) == "no-database"
    assert seen(empty) == {}

    lost_key = shutil.copytree(closed, tmp_path / "lost key")
    (lost_key / "madoguchi.key").unlink()
    before = seen(lost_key)
    assert code_of(lambda: open_storage(lost_key)) == "key-missing"
    assert code_of(lambda: create_storage(lost_key, "none")) == "key-missing"
    assert seen(lost_key) == before

    lost_database = shutil.copytree(closed, tmp_path / "lost database")
    (lost_database / "madoguchi.db").unlink()
    before = seen(lost_database)
    assert code_of(lambda: open_storage(lost_database)) == "database-missing"
    assert seen(lost_database) == before


def test_starting_anew_beside_a_lost_database_keeps_the_old_key(closed: Path) -> None:
    old = KeyStore(closed).unlock()
    (closed / "madoguchi.db").unlink()
    create_storage(closed, "none").close()
    (kept,) = closed.glob("*.key.old")
    assert KeyStore(closed).unlock() != old
    kept.replace(closed / "madoguchi.key")
    assert KeyStore(closed).unlock() == old


def test_an_existing_database_is_never_made_again(closed: Path) -> None:
    before = seen(closed)
    assert code_of(lambda: create_storage(closed, "none")) == "database-exists"
    assert seen(closed) == before


def test_a_creation_that_fails_leaves_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.engine.bring_up_to_date", full)
    with pytest.raises(OSError, match="No space"):
        create_storage(data, "none")
    assert seen(data) == {}
    monkeypatch.undo()
    create_storage(data, "none").close()


def test_a_creation_that_was_killed_is_finished_at_the_next_opening(data: Path) -> None:
    data.mkdir()
    key = KeyStore(data).create("none")
    connect(data / "madoguchi.db", key, 0.1).close()  # the file is there, without a table
    storage = open_storage(data)
    assert storage.check() == []
    assert list(data.glob("backups/*")) == []
    storage.close()


STRANGERS = {
    "a text": "窓口".encode() * 5000,
    "a short file": b"\xfe" * 100,
    "zeros": b"\0" * 8192,
    "an image": b"\x89PNG\r\n\x1a\n" + b"\xff" * 9000,
}


@pytest.mark.parametrize("stranger", STRANGERS.values(), ids=STRANGERS.keys())
def test_a_file_that_is_no_database(closed: Path, stranger: bytes) -> None:
    (closed / "madoguchi.db").write_bytes(stranger)
    before = seen(closed)
    assert code_of(lambda: open_storage(closed)) == "not-a-database"
    assert seen(closed) == before


def test_a_database_of_sqlite_that_is_not_ours(closed: Path) -> None:
    (closed / "madoguchi.db").unlink()
    plain = driver.connect(str(closed / "madoguchi.db"))
    plain.execute("CREATE TABLE things (name)")
    plain.commit()
    plain.close()
    before = seen(closed)
    assert code_of(lambda: open_storage(closed)) == "not-a-database"
    assert seen(closed) == before


def test_the_database_of_another_key(closed: Path, tmp_path: Path) -> None:
    create_storage(tmp_path / "other", "none").close()
    shutil.copy(tmp_path / "other" / "madoguchi.db", closed)
    before = seen(closed)
    assert code_of(lambda: open_storage(closed)) == "wrong-key"
    assert seen(closed) == before


def test_a_damaged_database(closed: Path) -> None:
    path = closed / "madoguchi.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:2000] + b"\xff" * 200 + whole[2200:])
    assert code_of(lambda: open_storage(closed)) == "database-damaged"
    path.write_bytes(whole)
    open_storage(closed).close()


def test_a_database_of_a_later_program(closed: Path) -> None:
    connection = connect(closed / "madoguchi.db", KeyStore(closed).unlock(), 0.1)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.execute("UPDATE meta SET value = '7.3.1' WHERE name = 'program'")
    connection.close()
    before = seen(closed)
    with pytest.raises(EnvironmentProblem) as refused:
        open_storage(closed)
    assert refused.value.code == "database-newer"
    assert "7.3.1" in refused.value.remedy
    assert seen(closed) == before


def test_a_folder_that_can_only_be_read(closed: Path) -> None:
    before = seen(closed)
    with read_only(closed, closed / "madoguchi.db"):
        assert code_of(lambda: open_storage(closed)) == "database-read-only"
    with read_only(closed / "madoguchi.db"):
        assert code_of(lambda: open_storage(closed)) == "database-read-only"
    with read_only(closed):
        assert code_of(lambda: open_storage(closed)) in {"database-read-only", "database-unreadable"}
    assert seen(closed) == before
    with read_only(closed):
        assert code_of(lambda: create_storage(closed / "new", "none")) == "unwritable"


def test_a_folder_that_becomes_read_only_while_open(storage: SqlStorage) -> None:
    def write() -> None:
        with storage.work() as work:
            work.customers.add(TAKAHASHI)
            work.commit()

    storage._engine.dispose()
    with read_only(storage.path.parent, storage.path):
        assert code_of(write) in {"database-read-only", "database-unreadable"}
    write()
    assert names_in(storage) == [TAKAHASHI.name]


def test_a_full_disk_keeps_what_was_there(storage: SqlStorage) -> None:
    with storage.work() as work:
        work.customers.add(TAKAHASHI)
        work.commit()

    def no_more_pages(connection: sa.Connection) -> None:
        connection.exec_driver_sql("PRAGMA max_page_count = 1")  # as many as there are

    def write() -> None:
        with storage.work() as work:
            work.papers.add("Q", "Q-A1-2611-0001", 1, "x", TODAY, 1, b"x" * 10**6)
            work.commit()

    sa.event.listen(storage._engine, "begin", no_more_pages)
    assert code_of(write) == "disk-full"
    sa.event.remove(storage._engine, "begin", no_more_pages)
    storage._engine.dispose()
    assert names_in(storage) == [TAKAHASHI.name]
    with storage.look() as work:
        assert not work.papers.any_issued()
    write()


def test_every_database_of_a_key_begins_with_its_tag(closed: Path) -> None:
    key = KeyStore(closed).unlock()
    assert (closed / "madoguchi.db").read_bytes()[:16] == database_tag(key)


def test_a_backup_opens_with_the_same_key_and_holds_everything(storage: SqlStorage, data: Path) -> None:
    with storage.work() as work:
        work.customers.add(TAKAHASHI)
        work.commit()
    with storage.work() as work:
        work.customers.add(TAKAHASHI)  # another window is in the middle of something
        copy = storage.back_up("test")
    assert storage.status().last_backup is not None
    assert sorted(path.name for path in copy.parent.iterdir()) == [copy.name, f"{copy.name}.json"]
    storage.close()
    copy.replace(data / "madoguchi.db")
    restored = open_storage(data)
    assert names_in(restored) == [TAKAHASHI.name]
    assert restored.check() == []
    restored.close()


def test_a_backup_that_can_not_be_written_leaves_no_half(storage: SqlStorage, data: Path) -> None:
    folder = data / "backups"
    folder.mkdir()
    with read_only(folder):
        assert code_of(storage.back_up) in {"unwritable", "database-unreadable"}
    assert list(folder.iterdir()) == []


def loaded_after(program: str, *arguments: str) -> list[str]:
    """The modules a new process has loaded after running a program."""
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", f"{program}\nimport sys; print(*sys.modules)", *arguments]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_asking_what_is_there_imports_nothing_heavy() -> None:
    loaded = loaded_after(
        "from pathlib import Path; from db.vault import FolderVault; FolderVault(Path('x')).state()"
    )
    assert "db.vault" in loaded
    assert not {"sqlalchemy", "sqlcipher3", "keyring", "cryptography", "msgspec"} & set(loaded)


def test_opening_imports_no_migrations(closed: Path) -> None:
    loaded = loaded_after(
        "import sys; from pathlib import Path; from db.engine import open_storage\n"
        "open_storage(Path(sys.argv[1])).close()",
        str(closed),
    )
    assert "sqlalchemy" in loaded
    assert not {"alembic", "keyring", "cryptography"} & set(loaded)
