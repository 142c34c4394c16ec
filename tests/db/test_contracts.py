"""Contracts: what was stored comes back, nobody overwrites anybody, lists say what they are asked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from app.contract.record import ContractQuery, ContractState
from app.contract.steps import Submitted
from app.errors import ConflictError, UserError
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db.contracts import ENTRIES, SAKAI, SORTS, add, content, record, standing

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


# --- lines ----------------------------------------------------------------------------------------


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


# --- a new day ------------------------------------------------------------------------------------


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
