"""The chain of what was done: it proves itself, and shows every kind of tampering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from db.engine import SqlStorage
from db.tables import audit, audit_payloads


@pytest.fixture
def chain(storage: SqlStorage) -> SqlStorage:
    """Six links, each with a payload."""
    with storage.work() as work:
        for number in range(1, 7):
            work.audit.record("田村 美咲", "draft-saved", f"id-{number}", {"version": number, "名": "髙橋"})
        work.commit()
    return storage


def run(storage: SqlStorage, *statements: str) -> None:
    """Change the database past the program and its triggers."""
    with storage.work() as work:
        connection = work.session.connection
        triggers = connection.exec_driver_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).all()
        for name, _sql in triggers:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        for _name, sql in triggers:
            connection.exec_driver_sql(sql)
        work.commit()


def check(storage: SqlStorage) -> list[str]:
    with storage.look() as work:
        return work.audit.check()


def test_an_untouched_chain_holds(chain: SqlStorage) -> None:
    assert check(chain) == []
    assert chain.check() == []


def test_an_empty_chain_holds(storage: SqlStorage) -> None:
    assert check(storage) == []


PAYLOAD_OF: str = "audit_id = (SELECT id FROM audit WHERE seq = {})"

TAMPERINGS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "a time": (("UPDATE audit SET at = at + 1 WHERE seq = 3",), ("3番",)),
    "a verb": (("UPDATE audit SET what = 'draft-deleted' WHERE seq = 3",), ("3番",)),
    "a subject": (("UPDATE audit SET subject = 'id-9' WHERE seq = 1",), ("1番",)),
    "a payload": (
        (
            f"UPDATE audit_payloads SET payload = replace(payload, '田村', '山田') WHERE {PAYLOAD_OF.format(4)}",
        ),
        ("4番の詳細",),
    ),
    "a salt": (
        ("UPDATE audit_payloads SET salt = x'00' WHERE audit_id = (SELECT id FROM audit WHERE seq = 4)",),
        ("4番の詳細",),
    ),
    "a payload and its hash": (
        ("UPDATE audit SET payload_hash = '00' WHERE seq = 2",),
        ("2番が", "2番の詳細"),
    ),
    "one taken out": (
        (
            "DELETE FROM audit_payloads WHERE audit_id = (SELECT id FROM audit WHERE seq = 3)",
            "DELETE FROM audit WHERE seq = 3",
        ),
        ("3番から3番まで",),
    ),
    "the first taken out": (
        (
            "DELETE FROM audit_payloads WHERE audit_id IN (SELECT id FROM audit WHERE seq < 3)",
            "DELETE FROM audit WHERE seq < 3",
        ),
        ("1番から2番まで",),
    ),
    "the last taken out": (
        (
            "DELETE FROM audit_payloads WHERE audit_id IN (SELECT id FROM audit WHERE seq > 4)",
            "DELETE FROM audit WHERE seq > 4",
        ),
        ("5番から6番まで",),
    ),
    "all taken out": (("DELETE FROM audit_payloads", "DELETE FROM audit"), ("1番から6番まで",)),
    "one changed places": (
        (
            "UPDATE audit SET seq = 99 WHERE seq = 2",
            "UPDATE audit SET seq = 2 WHERE seq = 3",
            "UPDATE audit SET seq = 3 WHERE seq = 99",
        ),
        ("2番", "3番", "4番"),
    ),
    "a payload wiped in silence": (
        (f"UPDATE audit_payloads SET payload = NULL, salt = NULL WHERE {PAYLOAD_OF.format(5)}",),
        ("5番の詳細が、記録を残さずに",),
    ),
    "a payload row taken out": (
        ("DELETE FROM audit_payloads WHERE audit_id = (SELECT id FROM audit WHERE seq = 5)",),
        ("5番の詳細が、記録を残さずに",),
    ),
}


@pytest.mark.parametrize(("statements", "expected"), TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_tampering_shows(chain: SqlStorage, statements: tuple[str, ...], expected: tuple[str, ...]) -> None:
    run(chain, *statements)
    found = check(chain)
    assert len(found) == len(expected)
    for sentence, part in zip(found, expected, strict=True):
        assert part in sentence


def test_the_chain_goes_on_after_a_reopening(chain: SqlStorage, window: Callable[[], SqlStorage]) -> None:
    chain.close()
    again = window()
    with again.work() as work:
        work.audit.record("山田", "draft-saved", "id", {})
        work.commit()
    assert check(again) == []


def test_a_payload_can_be_erased_and_the_chain_still_proves(chain: SqlStorage) -> None:
    with chain.work() as work:
        work.audit.erase(2, "山田", "保存期間の満了")
        work.audit.erase(5, "山田", "保存期間の満了")
        work.commit()
    assert check(chain) == []
    with chain.look() as work:
        rows: list[Any] = list(
            work.session.connection.execute(
                sa.select(audit.c.seq, audit.c.what, audit_payloads.c.salt, audit_payloads.c.payload)
                .join_from(audit, audit_payloads)
                .order_by(audit.c.seq)
            )
        )
    assert [row.seq for row in rows if row.payload is None and row.salt is None] == [2, 5]
    assert [row.what for row in rows[-2:]] == ["audit-payload-erased"] * 2
    # What is left can't be filled with another story.
    run(chain, "UPDATE audit_payloads SET payload = '{}', salt = x'00' WHERE payload IS NULL")
    assert len(check(chain)) == 2


def test_the_salt_hides_what_little_there_is_to_guess(chain: SqlStorage) -> None:
    with chain.work() as work:
        for _time in range(2):
            work.audit.record("田村", "draft-saved", "id", {})
        hashes = work.session.connection.scalars(sa.select(audit.c.payload_hash).where(audit.c.seq > 6)).all()
    assert len(set(hashes)) == 2


def test_nobody_is_named_in_the_part_that_stays(chain: SqlStorage) -> None:
    with chain.look() as work:
        for row in work.session.connection.execute(sa.select(audit)):
            assert "田村" not in "".join(map(str, row))
