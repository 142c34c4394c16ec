"""The owner's own tariff files go with a backup and come back with it."""

from __future__ import annotations

import itertools
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import EnvironmentProblem
from db.engine import SqlStorage
from db.keys import KeyStore
from db.own_tariffs import FOLDER, files_beside, pack_path
from db.restore import restore_into, restore_over
from tests.desks import NOW
from tests.fresh import fresh_storage

PRICES = {"osect-2027-04-01.toml": "# 2027年4月の価格\n".encode(), "見積用　2027年.toml": b"x = 1\n"}


@pytest.fixture
def data(tmp_path: Path) -> SqlStorage:
    minutes = itertools.count()
    storage = fresh_storage(tmp_path / "data", lambda: NOW + timedelta(minutes=next(minutes)))
    own = tmp_path / "data" / FOLDER
    own.mkdir()
    for name, content in PRICES.items():
        (own / name).write_bytes(content)
    storage.backups.choose(tmp_path / "stick")
    return storage


def test_they_come_back_and_what_is_there_stays(data: SqlStorage, tmp_path: Path) -> None:
    backup = data.backups.make()
    assert set(backup.tariffs) == PRICES.keys()
    assert data.backups.files()[0].tariffs == backup.tariffs
    folder, (first, second) = tmp_path / "data", PRICES
    (folder / FOLDER / first).unlink()
    (folder / FOLDER / second).write_bytes(b"y = 2\n")
    assert data.backups.plan(backup.path).tariffs == (first,)
    data.close()
    restore_over(folder, KeyStore(folder).unlock(), backup.path, 0.1, lambda: NOW)
    assert (folder / FOLDER / first).read_bytes() == PRICES[first]
    assert (folder / FOLDER / second).read_bytes() == b"y = 2\n"
    restore_into(tmp_path / "new", backup.path, KeyStore.unlock, 0.1)
    assert {one.name: one.read_bytes() for one in (tmp_path / "new" / FOLDER).iterdir()} == PRICES


def test_without_any_there_is_no_pack_and_one_goes_with_its_backup(data: SqlStorage, tmp_path: Path) -> None:
    first = data.backups.make()
    assert pack_path(first.path).is_file()
    for name in PRICES:
        (tmp_path / "data" / FOLDER / name).unlink()
    second = data.backups.make()  # the newest of its day: the first one goes
    assert [one.path for one in data.backups.files()] == [second.path]
    assert not list((tmp_path / "stick").glob("*.zip"))
    assert second.tariffs == ()
    data.close()


@pytest.mark.parametrize("how", ["gone", "cut", "short", "elsewhere"])
def test_one_that_can_t_be_read_stops_it_before_anything_changes(
    data: SqlStorage, tmp_path: Path, how: str
) -> None:
    backup = data.backups.make()
    data.close()
    pack = pack_path(backup.path)
    if how == "gone":
        pack.unlink()
    elif how == "cut":
        pack.write_bytes(pack.read_bytes()[:-40])
    else:
        with zipfile.ZipFile(pack, "w") as wrong:
            wrong.writestr("osect-2027-04-01.toml" if how == "short" else "../outside.toml", b"")
    folder = tmp_path / "data"
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    for restore in (
        lambda: restore_over(folder, KeyStore(folder).unlock(), backup.path, 0.1, lambda: NOW),
        lambda: restore_into(tmp_path / "new", backup.path, KeyStore.unlock, 0.1),
    ):
        with pytest.raises(EnvironmentProblem) as refused:
            restore()
        assert refused.value.code == "backup-tariffs-damaged"
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before
    assert not (tmp_path / "new" / FOLDER).exists()
    assert files_beside(tmp_path / "older.db", ()) == {}
