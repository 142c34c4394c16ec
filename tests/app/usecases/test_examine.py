"""点検: everything is looked at, and what is wrong is named."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

from app.contract.facts import Started
from app.places import resources
from app.tariff.catalogue import Catalogue
from app.usecases.examine import PARTS, examine, part_words
from app.usecases.findings import Finding
from db.engine import SqlStorage
from db.sqlite import WRITING
from tests.billing_desk import Clock, billing_desk, register


def looked(found: list[Finding]) -> dict[str, Finding]:
    """The findings by code."""
    return {one.code: one for one in found}


def test_a_sound_desk_is_told_part_by_part_and_what_is_wrong_is_named(tmp_path: Path) -> None:
    clock = Clock()
    desk = billing_desk(tmp_path / "data", clock)
    register(desk, "青葉商店", "mihariban", Started(date(2026, 8, 1), {"license": 31}))
    told: list[str] = []
    found = looked(examine(desk, lambda code: not told.append(code)))
    assert tuple(told) == PARTS == tuple(found)
    assert {code: one.title for code, one in found.items()} == {code: part_words(code) for code in PARTS}
    assert {one.code for one in found.values() if one.level == "bad"} == {"backups"}
    desk.storage.backups.choose(tmp_path / "stick")
    desk.storage.backups.make()
    assert looked(examine(desk))["backups"].level == "good"

    stop = iter((True, True, False))
    assert [one.code for one in examine(desk, lambda _code: next(stop))] == list(PARTS[:2])

    (tmp_path / "data" / "tariffs").mkdir()
    (tmp_path / "data" / "tariffs" / "broken.toml").write_text("service = ", encoding="utf-8")
    desk.take_catalogue(Catalogue((resources() / "tariffs", tmp_path / "data" / "tariffs")))
    _tamper(desk.storage)
    clock.time -= timedelta(days=400)
    found = looked(examine(desk))
    assert {one.code for one in found.values() if one.level == "bad"} >= {"audit", "tariffs", "records"}
    assert "contract_entries" in found["records"].details[0]
    assert len(found["audit"].details) == 1  # a moment that is none: the look goes on with what follows
    _set_moment(desk.storage)
    found = looked(examine(desk))
    assert {one.code for one in found.values() if one.level == "bad"} >= {"audit", "clock"}
    assert "broken.toml" in found["tariffs"].details[0]
    assert found["audit"].details
    clock.time += timedelta(days=440)
    assert looked(examine(desk))["backups"].level == "bad"
    desk.storage.close()


def _tamper(storage: object) -> None:
    """Change what was recorded, as somebody with the key and a tool could."""
    assert isinstance(storage, SqlStorage)
    with storage._engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("DROP TRIGGER contract_entries_no_update")
        connection.execute(sa.text("UPDATE audit SET what = 'nothing' WHERE seq = 1"))
        connection.execute(sa.text("UPDATE audit SET at = 'then' WHERE seq = 2"))
        connection.execute(sa.text("UPDATE contract_entries SET payload = x'00'"))


def _set_moment(storage: object) -> None:
    assert isinstance(storage, SqlStorage)
    with storage._engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(sa.text("UPDATE audit SET at = 0 WHERE seq = 2"))
