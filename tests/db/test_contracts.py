"""Contracts: what was stored comes back, nobody overwrites anybody, lists say what they are asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from app.contract.record import ContractQuery, ContractRow, ContractState, DeadlineDay, Standing
from app.contract.steps import Submitted
from app.errors import ConflictError, UserError
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db import contracts
from tests.db.contracts import ENTRIES, SAKAI, add, content, record, standing

Window = Callable[[], SqlStorage]


def test_a_contract_comes_back_with_all_that_was_recorded(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        assert work.contracts.get(stored.id) == stored
        changed = record(work, stored, *ENTRIES)
        work.commit()
    with storage.look() as work:
        found = work.contracts.get(stored.id)
        assert found == changed
        assert found.version == 2
        assert work.contracts.batch(0, 10) == [found]
        assert work.contracts.batch(found.seq, 10) == []
    entries = [one.entry for one in found.entries]
    assert entries == [
        msgspec.structs.replace(entry, id=one.id) for entry, one in zip(ENTRIES, entries, strict=True)
    ]
    assert len({one.id for one in entries}) == len(ENTRIES)
    assert {one.id for one in entries} >= {"start", "o-1"}
    assert [one.seq for one in found.entries] == list(range(1, len(ENTRIES) + 1))
    assert {(one.staff, one.note) for one in found.entries} == {("田村 美咲", "電話で")}


def test_entries_of_a_batch_keep_the_order_of_recording(storage: SqlStorage) -> None:
    with storage.work() as work:
        first, second = add(work), add(work)
        for turn in range(6):  # by turns, so that their entries lie mixed
            entry = Submitted(on=date(2026, 1, 1) + timedelta(days=turn))
            first, second = record(work, first, entry), record(work, second, entry)
        assert work.contracts.batch(0, 2) == [first, second]
        assert work.contracts.batch(first.seq, 5) == [second]


def test_a_change_stores_content_customer_and_standing(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        heir = work.customers.add(
            msgspec.structs.replace(SAKAI, name="境町保育園", kana="サカイマチホイクエン")
        )
        later = msgspec.structs.replace(stored.content, title="移転", provider_number="N-9")
        work.contracts.change(
            stored.id, 1, standing(state=ContractState.SUSPENDED), content=later, customer_id=heir.id
        )
        (row,) = work.contracts.rows([stored.seq])
        assert (row.customer, row.kana, row.state) == (
            "境町保育園",
            "サカイマチホイクエン",
            ContractState.SUSPENDED,
        )
        assert work.contracts.get(stored.id).content == later
        assert list(work.contracts.seqs(ContractQuery(words="ほいくえん"))) == [stored.seq]
        assert list(work.contracts.seqs(ContractQuery(words="N9 移転"))) == [stored.seq]
        assert list(work.contracts.seqs(ContractQuery(words="臨海"))) == []


def test_of_two_windows_the_second_is_told(storage: SqlStorage, window: Window) -> None:
    with storage.work() as work:
        stored = add(work)
        work.commit()
    other = window()
    with other.work() as work:
        record(work, stored, ENTRIES[0])
        work.commit()
    attempts: tuple[Callable[[SqlWork], object], ...] = (
        lambda work: record(work, stored, ENTRIES[1]),
        lambda work: work.contracts.hide(stored.id, 1, "import:1"),
    )
    for attempt in attempts:
        with pytest.raises(ConflictError), storage.work() as work:
            attempt(work)
    with storage.look() as work:
        assert len(work.contracts.get(stored.id).entries) == 1


def test_what_is_not_there_is_said(storage: SqlStorage) -> None:
    attempts: dict[str, Callable[[SqlWork], object]] = {
        "not-found": lambda work: work.contracts.get("x"),
        "unknown-customer": lambda work: work.contracts.add("C-1", "x", content(), standing(), ""),
    }
    for code, attempt in attempts.items():
        with pytest.raises(UserError) as refused, storage.work() as work:
            attempt(work)
        assert refused.value.code == code
    with pytest.raises(UserError) as refused, storage.work() as work:
        work.contracts.put_standing("x", standing())
    assert refused.value.code == "not-found"
    with pytest.raises(UserError) as refused, storage.work() as work:
        add(work, monthly_net=2**63)
    assert refused.value.code == "out-of-range"


def test_entries_are_never_changed(storage: SqlStorage) -> None:
    with storage.work() as work:
        record(work, add(work), *ENTRIES)
        work.commit()
    for statement in (
        "UPDATE contract_entries SET payload = '{}'",
        "DELETE FROM contract_entries",
        "INSERT OR REPLACE INTO contract_entries SELECT * FROM contract_entries",
    ):
        with pytest.raises(DBAPIError, match="append-only"), storage.work() as work:
            work.session.connection.exec_driver_sql(statement)


# --- lines ----------------------------------------------------------------------------------------------------


def test_a_line_carries_one_contract_of_a_service(storage: SqlStorage) -> None:
    with storage.work() as work:
        first = add(work, line_number="FL-0123 45")
        with pytest.raises(UserError) as refused:
            add(work, line_number="ｆｌ０１２３４５")
        assert refused.value.code == "line-taken"
        assert first.number in refused.value.problems[0].what
        assert refused.value.problems[0].field == "line_number"
        add(work, line_number="FL012345", service="mdr")
        add(work, line_number="")
        add(work, line_number="")
        waiting = add(work, line_number="FL012345", holds_line=False)
        with pytest.raises(UserError) as refused:
            record(work, waiting)
        assert refused.value.code == "line-taken"
        work.contracts.put_standing(waiting.id, standing())  # a new day must not fail
        assert [row.number for row in work.contracts.on_line("dokodemo", "fl 0123 45")] == [
            first.number,
            waiting.number,
        ]
        ended = record(work, first, holds_line=False, state=ContractState.ENDED)
        record(work, waiting)
        with pytest.raises(UserError):
            record(work, ended)
        assert work.contracts.on_line("dokodemo", " ") == []


def test_the_database_itself_refuses_a_second_contract_on_a_line(storage: SqlStorage) -> None:
    with storage.work() as work:
        add(work, line_number="A-1")
        add(work, line_number="A-2")
        with pytest.raises(DBAPIError, match="UNIQUE"):
            work.session.connection.exec_driver_sql("UPDATE contracts SET line_key = 'a1'")


def test_a_hidden_contract_is_nowhere_but_stored(storage: SqlStorage) -> None:
    with storage.work() as work:
        kept, stored = add(work, line_number="A-1"), add(work, line_number="A-2", quotation_id="q-1")
        assert [row.id for row in work.contracts.of_quotation("q-1")] == [stored.id]
        work.contracts.hide(stored.id, stored.version, "import:1")
        for sort in SORTS:
            assert list(work.contracts.seqs(ContractQuery(sort=sort))) == [kept.seq]
            assert list(work.contracts.seqs(ContractQuery(sort=sort), limit=1)) == [kept.seq]
        assert list(work.contracts.seqs(ContractQuery(words="さかい"))) == [kept.seq]
        assert work.contracts.count() == 1
        assert [one.id for one in work.contracts.batch(0, 9)] == [kept.id]
        assert work.contracts.rows([stored.seq]) == []
        assert work.contracts.on_line("dokodemo", "a2") == work.contracts.of_quotation("q-1") == []
        assert len(work.contracts.deadlines(None, date(2030, 1, 1))) == 1
        assert [one.id for one in work.contracts.due_for_recheck(date(2030, 1, 1), 9)] == [kept.id]
        add(work, line_number="A-2")  # its line is free again
        assert work.contracts.get(stored.id).content == stored.content


# --- a new day --------------------------------------------------------------------------------------------------


def test_a_new_day_changes_the_standing_and_no_version(storage: SqlStorage) -> None:
    tomorrow = date(2026, 11, 21)
    with storage.work() as work:
        stored = add(work, recheck_on=tomorrow)
        never = add(work, recheck_on=None)
        assert work.contracts.due_for_recheck(date(2026, 11, 20), 9) == []
        assert work.contracts.due_for_recheck(tomorrow, 9) == [stored]
        after = standing(state=ContractState.ENDED, recheck_on=None, deadlines=(), holds_line=False)
        work.contracts.put_standing(stored.id, after)
        assert work.contracts.due_for_recheck(tomorrow, 9) == []
        found = work.contracts.get(stored.id)
        assert (found.version, found.state) == (1, ContractState.ENDED)
        assert [row.contract_id for row in work.contracts.deadlines(None, date(2030, 1, 1))] == [never.id]


def test_the_order_of_receipt_is_remembered(storage: SqlStorage) -> None:
    with storage.work() as work:
        assert work.contracts.last_receipt("dokodemo") == 0
        stored = record(work, add(work), Submitted(on=date(2026, 1, 1), receipt=12))
        record(work, stored, Submitted(on=date(2026, 1, 2), receipt=3))
        record(work, add(work, service="mdr"), Submitted(on=date(2026, 1, 2), receipt=99))
        assert work.contracts.last_receipt("dokodemo") == 12


def test_a_customer_called_otherwise_is_called_so_in_the_list(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        other = add(work)
        renamed = msgspec.structs.replace(SAKAI, name="堺港運", kana="サカイコウウン", phone="072-000-0999")
        work.customers.save(stored.customer_id, 1, renamed)
        (row,) = work.contracts.rows([stored.seq])
        assert (row.customer, row.kana, row.phone) == ("堺港運", "サカイコウウン", "072-000-0999")
        assert list(work.contracts.seqs(ContractQuery(words="こううん"))) == [stored.seq]
        assert list(work.contracts.seqs(ContractQuery(words="0999"))) == [stored.seq]
        assert list(work.contracts.seqs(ContractQuery(words="そうこ"))) == [other.seq]
        assert work.contracts.get(stored.id).version == 1


# --- the list ---------------------------------------------------------------------------------------------------

SORTS = (
    "number customer service state quantity monthly_net started_on next_on updated_at".split()  # noqa: SIM905
)
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
        add(work, work.customers.add(msgspec.structs.replace(SAKAI, name="x", kana="", address="", phone="")).id,
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
        import sqlalchemy as sa

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
