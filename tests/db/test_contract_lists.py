"""Lists of contracts: what is shown, in which order, what it comes to, and what is due."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
import sqlalchemy as sa

from app.contract.record import ContractQuery, ContractRow, ContractState, DeadlineDay, Standing
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db import contracts
from tests.db.contracts import SAKAI, SORTS, add, content

SERVICES = ("dokodemo", "media", "mdr")
STAFF = ("田村", "森")


def many(work: SqlWork, count: int) -> list[ContractRow]:
    """Contracts that differ in everything lists look at."""
    chance = random.Random(count)
    people = [
        work.customers.add(msgspec.structs.replace(SAKAI, name=name, kana=kana))
        for name, kana in (("堺倉庫", "サカイソウコ"), ("青木商店", "アオキショウテン"), ("坂井", "サカイ"))
    ]
    for place in range(count):
        day = date(2026, 1, 1) + timedelta(days=chance.randrange(30))
        deadlines = (DeadlineDay(code="renewal", on=day),) if chance.random() < 0.7 else ()
        work.contracts.add(
            f"C-A1-2611-{chance.randrange(9_000) + 1:04}{place}",
            chance.choice(people).id,
            content(service=chance.choice(SERVICES), line_number=""),
            Standing(
                state=chance.choice(list(ContractState)),
                quantity=chance.randrange(5),
                item=chance.choice(("id", "set", "")),
                monthly_net=chance.randrange(5) * 100,
                yearly_net=chance.randrange(3) * 1_000,
                started_on=day if chance.random() < 0.6 else None,
                deadlines=deadlines,
            ),
            chance.choice(STAFF),
        )
    return work.contracts.rows(range(1, count + 1))


def key_of(sort: str) -> Callable[[ContractRow], object]:
    """What a row is sorted by, said in Python."""
    order = list(ContractState)
    keys: dict[str, Callable[[ContractRow], object]] = {
        "customer": lambda row: row.kana,
        "state": lambda row: order.index(row.state),
        "number": lambda row: int(row.number.rpartition("-")[2]),
    }
    return keys.get(sort, lambda row: getattr(row, sort))


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_both_ways(storage: SqlStorage, sort: str, descending: bool) -> None:
    with storage.work() as work:
        rows = many(work, 60)
        key = key_of(sort)
        filled = [row for row in rows if key(row) is not None]
        empty = [row.seq for row in rows if key(row) is None]
        backward = {"key": lambda row: (key(row), row.seq), "reverse": descending}
        if sort == "state":  # within a state the newest change comes first, both ways
            expected = sorted(filled, key=lambda row: -row.seq)
            expected.sort(key=key, reverse=descending)  # type: ignore[arg-type]
        else:
            expected = sorted(filled, **backward)  # type: ignore[call-overload]
        wanted = [row.seq for row in expected] + empty
        query = ContractQuery(sort=sort, descending=descending)
        assert list(work.contracts.seqs(query)) == wanted
        for limit in (1, 7, len(filled) + 1, 99):
            assert list(work.contracts.seqs(query, limit)) == wanted[:limit]
        chosen = ContractQuery(sort=sort, descending=descending, services=("mdr", "media"))
        of_services = {row.seq for row in rows if row.service != "dokodemo"}
        assert list(work.contracts.seqs(chosen)) == [seq for seq in wanted if seq in of_services]


def test_filters_narrow_each_other(storage: SqlStorage) -> None:
    with storage.work() as work:
        rows = many(work, 80)
        customer = rows[0].customer_id
        until = date(2026, 1, 15)
        in_use = (ContractState.ACTIVE, ContractState.SUSPENDED, ContractState.ENDED)
        filters: dict[str, tuple[object, Callable[[ContractRow], bool]]] = {
            "words": ("さかい", lambda row: "サカイ" in row.kana),
            "customer_id": (customer, lambda row: row.customer_id == customer),
            "states": (in_use, lambda row: row.state in in_use),
            "services": (("mdr", "media"), lambda row: row.service in {"mdr", "media"}),
            "staff": ("森", lambda row: row.staff == "森"),
            "next_until": (until, lambda row: row.next_on is not None and row.next_on <= until),
        }
        chance = random.Random(4)
        for _turn in range(40):
            names = chance.sample(sorted(filters), chance.randint(1, 4))
            query = ContractQuery(**{name: filters[name][0] for name in names})  # type: ignore[arg-type]
            wanted = {row.seq for row in rows if all(filters[name][1](row) for name in names)}
            assert set(work.contracts.seqs(query)) == wanted


def test_sums_are_what_the_rows_come_to(storage: SqlStorage) -> None:
    with storage.work() as work:
        rows = many(work, 50)
        work.contracts.hide(rows[3].id, 1, "import:1")
        del rows[3]
        for count in (0, 1, 20, 30, len(rows)):
            some = rows[:count]
            units: dict[str, int] = {}
            for row in some:
                if row.item:
                    units[row.item] = units.get(row.item, 0) + row.quantity
            sums = work.contracts.sums([row.seq for row in some])
            assert sums.count == count
            assert sums.monthly_net == sum(row.monthly_net for row in some)
            assert sums.yearly_net == sum(row.yearly_net for row in some)
            assert {item: found for item, found in sums.units.items() if found} == {
                item: found for item, found in units.items() if found
            }


@pytest.mark.parametrize(
    "words",
    [
        "さかい",
        "サカイ",
        "堺",
        "堺 そうこ",
        "C-A1-2611",
        "0720000148",
        "FL0123",
        "堺市",
        "坂井",
        "本社",
        "N-77",
    ],
)
def test_a_contract_is_found_by(storage: SqlStorage, words: str) -> None:
    with storage.work() as work:
        stored = add(work, line_number="FL-0123 45", provider_number="N-77")
        nobody = work.customers.add(msgspec.structs.replace(SAKAI, name="x", kana="", address="", phone=""))
        add(work, nobody.id,
            number="B-1", line_number="", title="", contact=contracts.ContractContact(),
            site=contracts.ContractSite())  # fmt: skip
        assert list(work.contracts.seqs(ContractQuery(words=words))) == [stored.seq]


def test_deadlines_are_asked_for_by_day_service_code_and_whose_move(storage: SqlStorage) -> None:
    first, second = date(2026, 12, 1), date(2027, 1, 5)
    with storage.work() as work:
        stored = add(
            work,
            deadlines=(
                DeadlineDay(code="renewal", on=second, since=first, whose="desk", clause="7"),
                DeadlineDay(code="delivery", on=first, whose="provider"),
            ),
        )
        add(work, service="mdr", deadlines=(DeadlineDay(code="renewal", on=second),))
        ask = work.contracts.deadlines
        assert [row.deadline.code for row in ask(None, second)] == ["delivery", "renewal", "renewal"]
        assert ask(date(2026, 12, 2), date(2027, 1, 4)) == []
        (row,) = ask(second, second, ["dokodemo"])
        assert row.deadline == DeadlineDay(code="renewal", on=second, since=first, whose="desk", clause="7")
        assert (row.number, row.customer, row.contract_id) == (stored.number, SAKAI.name, stored.id)
        assert [row.service for row in ask(None, second, codes=["renewal"], whose="customer")] == ["mdr"]
        assert len(ask(None, second, limit=2)) == 2
        assert work.contracts.count_deadlines(None, second) == 3
        assert work.contracts.count_deadlines(None, second, ["mdr"], codes=["renewal"], whose="customer") == 1
        (listed,) = work.contracts.rows([stored.seq])
        assert (listed.next_on, listed.next_code) == (first, "delivery")


def test_every_index_of_few_rows_is_used(storage: SqlStorage) -> None:
    """Its condition has to be said in the very words of the index."""
    with storage.work() as work:
        connection = work.session.connection
        seen: list[str] = []

        def note(
            _connection: object, _cursor: object, statement: str, parameters: object, *_rest: object
        ) -> None:
            plan = connection.connection.driver_connection.execute(  # type: ignore[union-attr]
                f"EXPLAIN QUERY PLAN {statement}", parameters
            )
            seen.extend(str(row) for row in plan.fetchall())

        add(work)
        sa.event.listen(connection, "before_cursor_execute", note)
        add(work, line_number="L-9")
        work.contracts.on_line("dokodemo", "x")
        work.contracts.of_quotation("q")
        work.contracts.last_receipt("dokodemo")
        work.contracts.due_for_recheck(date(2026, 1, 1), 9)
        work.contracts.seqs(ContractQuery())
        work.beside.due_notes(date(2026, 1, 1))
    for index in ("line", "line_key", "quotation_id", "receipt", "recheck_on", "hidden"):
        assert any(f"ix_contracts_{index} " in plan or f"ix_contracts_{index}'" in plan for plan in seen), (
            index
        )
    assert any("ix_notes_due_on" in plan for plan in seen)
