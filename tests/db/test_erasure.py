"""Erasing a customer: nothing that tells who it was is left, everything else still holds."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.errors import UserError
from app.papers.archived import PaperAbout
from app.usecases.keep_typed import TypedPlace
from db.engine import SqlStorage, open_storage
from db.sqlite import connect
from db.tables import NEWEST
from tests.db.conftest import PDF, TODAY
from tests.db.make_fixture import FIXTURES

# Long enough that no random id, salt or hash among the values holds one by chance.
WORDS = ("堺", "サカイ", "000-0149", "0000149", "FL-0123", "折り返し", "申込書", "同じ会社")


@pytest.fixture
def filled(tmp_path: Path) -> SqlStorage:
    """The kept database of the newest migration, opened."""
    return open_storage(shutil.copytree(FIXTURES / NEWEST, tmp_path / "desk"))


def everything(storage: SqlStorage) -> str:
    """Every value of every table, shadows of the search index included."""
    with storage.look() as work:
        connection = work.session.connection
        names = (
            connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        )
        told = []
        for name in names:
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}"):
                told += [
                    value.decode("utf-8", "ignore") if isinstance(value, bytes) else str(value)
                    for value in row
                ]
    return "\n".join(told)


def sakai_of(storage: SqlStorage) -> str:
    """The customer with contracts, a closed bill, scans and a merge."""
    with storage.look() as work:
        return work.customers.find("堺")[0].id


def first(storage: SqlStorage, statement: str) -> Any:
    """One value."""
    with storage.look() as work:
        return work.session.connection.exec_driver_sql(statement).scalar()


def test_a_customer_goes_and_the_chains_hold(filled: SqlStorage) -> None:
    sakai = sakai_of(filled)
    with filled.look() as work:
        holding = work.erasures.holding(sakai)
    assert len(holding.customers) == 2  # with the one merged into it
    assert holding.counts["contract"] == 3
    assert holding.running
    assert holding.open_money
    closed = (
        "SELECT sum(bills.total) FROM bills JOIN runs ON runs.id = bills.run_id WHERE runs.state = 'closed'"
    )
    total = first(filled, closed)
    contract = first(filled, f"SELECT id FROM contracts WHERE customer_id = '{sakai}'")
    mine = f"contract_id IN (SELECT id FROM contracts WHERE customer_id = '{sakai}')"
    typed_about = [
        first(filled, f"SELECT {what} WHERE {mine}")
        for what in ("receipt FROM payments", "id FROM claims", "id FROM equipment", "id FROM bills")
    ]
    with filled.work() as work:
        for subject in typed_about:
            work.typed.put(TypedPlace("form", str(subject), "window.1"), 1, {"why": "堺さまの求め"})
        about = PaperAbout(customer_id=sakai, subject_kind="contract", subject_id=contract)
        paper = work.papers.add("C", "C-A1-2611-0009", 1, "堺臨海倉庫", TODAY, 10, PDF, about)
        work.audit.record("田村 美咲", "month-noted", "2026-10", {"for": contract})
        work.commit()
    with filled.work() as work:
        assert work.erasures.erase(sakai, "田村 美咲", "本人の求め") > 0
        work.audit.record("田村 美咲", "customer-erased", sakai, {})
        work.commit()
    filled.scrub()
    assert filled.check() == []
    assert first(filled, closed) == total
    left = everything(filled)
    assert [word for word in WORDS if word in left] == []
    with filled.look() as work:
        for reading in (work.customers.get, work.erasures.holding):
            with pytest.raises(UserError) as refused:
                reading(sakai)
            assert refused.value.code == "erased"
        with pytest.raises(UserError, match="消去"):
            work.contracts.get(contract)
        assert work.papers.row(paper.id).erased
        assert all(one.customer == "消去済み" for one in work.bills.rows_of_contract(contract))
    filled.close()


def test_visits_and_quotations_of_it_go_too(filled: SqlStorage) -> None:
    customer = first(filled, "SELECT customer_id FROM visits ORDER BY seq")
    quotation = first(filled, "SELECT id FROM quotations WHERE number != '' ORDER BY seq")
    owner = first(filled, f"SELECT customer_id FROM quotations WHERE id = '{quotation}'")
    with filled.work() as work:
        for one in dict.fromkeys((customer, owner)):
            work.erasures.erase(one, "田村 美咲", "試験")
        work.commit()
    filled.scrub()
    assert filled.check() == []
    assert first(filled, f"SELECT customer FROM quotations WHERE id = '{quotation}'") == "消去済み"
    assert "髙橋" not in everything(filled)
    with filled.look() as work:
        with pytest.raises(UserError) as refused:
            work.quotations.get(quotation)
        assert refused.value.code == "erased"
        assert work.quotations.revisions(quotation) == []
        (visit, *_others) = work.visits.of_customer(customer)
        assert visit.customer == "消去済み"
        with pytest.raises(UserError) as refused:
            work.visits.get(visit.id)
        assert refused.value.code == "erased"
    filled.close()


REFUSED = (
    "DELETE FROM contract_entries",
    "DELETE FROM visit_events",
    "DELETE FROM quotation_revisions",
    "DELETE FROM attachment_bytes",
    "DELETE FROM attachments",
    "UPDATE payments SET note = 'x'",
    "UPDATE payments SET amount = amount + 1",
    "UPDATE contract_entries SET payload = ''",
    "UPDATE customers SET hidden = '' WHERE hidden LIKE 'erased:%'",
    "UPDATE customers SET name = 'x' WHERE hidden LIKE 'erased:%'",
)


def test_of_everybody_else_nothing_may_go(filled: SqlStorage) -> None:
    for statement in REFUSED:
        with filled.work() as work, pytest.raises(sa.exc.IntegrityError, match="append-only"):
            work.session.connection.exec_driver_sql(statement)
    filled.close()


def test_no_free_page_and_no_journal_holds_it(filled: SqlStorage) -> None:
    sakai = sakai_of(filled)
    with filled.work() as work:
        work.erasures.erase(sakai, "田村 美咲", "試験")
        work.commit()
    filled.scrub()
    raw = connect(filled.path, filled._key, 5)
    assert raw.execute("PRAGMA freelist_count").fetchone() == (0,)
    raw.close()
    wal = Path(f"{filled.path}-wal")
    assert not wal.exists() or wal.stat().st_size == 0
    filled.close()
