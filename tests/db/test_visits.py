"""Visits and technicians in the database: what comes back, what lists find, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from app.errors import ConflictError, UserError
from app.visit.order import (
    CalledOff,
    Event,
    Leave,
    Received,
    StoredVisit,
    TechnicianFields,
    VisitQuery,
    VisitState,
)
from db.engine import SqlStorage
from db.visit_tables import visit_events, visit_slots, visits
from tests.db import visits as made
from tests.db.conftest import TAKAHASHI
from tests.db.contracts import SAKAI
from tests.starting import start


@pytest.fixture
def customer(storage: SqlStorage) -> str:
    with storage.work() as work:
        stored = work.customers.add(SAKAI)
        work.commit()
    return stored.id


def add(storage: SqlStorage, customer_id: str, place: int = 1, **others: object) -> StoredVisit:
    with storage.work() as work:
        stored = made.add(work, customer_id, place, **others)
        work.commit()
    return stored


def test_a_visit_comes_back_as_it_was_stored(storage: SqlStorage, customer: str) -> None:
    visit = add(storage, customer)
    with storage.work() as work:
        one = made.technician(work)
        visit = made.book(work, visit, made.span(), technicians=(one.id,))
        visit = work.visits.change(visit.id, visit.version, events=made.EVENTS)
        work.commit()
    with storage.look() as work:
        found = work.visits.get(visit.id)
        assert found == visit
        assert found.content == made.content(spans=(made.span(),), technicians=(one.id,))
        assert found.events[2:] == made.EVENTS
        assert (found.state, found.version, found.number) == (VisitState.DONE, 3, "W-A1-2611-0001")
        assert isinstance(found.events[0], Received)
        (row,) = work.visits.rows([found.seq])
        assert (row.customer, row.town, row.phone) == (SAKAI.name, "堺市西区", "072-000-0160")
        assert (row.work, row.devices) == (("os-recovery", "data-migration"), 26)
        assert (row.technicians, row.spans, row.state) == ((one.id,), (made.span(),), VisitState.DONE)
        assert work.visits.with_number("W-A1-2611-0001") == found
        assert work.visits.with_number("W-A1-2611-0002") is None


def test_an_old_version_changes_nothing(storage: SqlStorage, customer: str) -> None:
    visit = add(storage, customer)
    with storage.work() as work:
        work.visits.change(visit.id, 1, content=made.content(remarks="先に"))
        work.commit()
    with storage.work() as work, pytest.raises(ConflictError):
        work.visits.change(visit.id, 1, content=made.content(remarks="後から"))
    with storage.look() as work:
        assert work.visits.get(visit.id).content.remarks == "先に"
        with pytest.raises(UserError) as gone:
            work.visits.get("none")
    assert gone.value.code == "not-found"


def test_a_visit_of_nobody_is_refused(storage: SqlStorage) -> None:
    with storage.work() as work, pytest.raises(UserError) as refused:
        made.add(work, "nobody")
    assert refused.value.code == "unknown-customer"


def test_one_technician_is_in_one_place_only(storage: SqlStorage, customer: str) -> None:
    first, second = add(storage, customer), add(storage, customer, 2)
    with storage.work() as work:
        one, other = made.technician(work), made.technician(work, "別所 学")
        made.book(work, first, made.span(10, 12), technicians=(one.id, other.id))
        with pytest.raises(UserError) as refused:
            made.book(work, second, made.span(11, 13), technicians=(other.id,))
        problem = refused.value.problems[0]
        assert (problem.code, problem.field) == ("double-booked", "spans")
        for told in (first.number, "10:00〜12:00", SAKAI.name, "別所 学"):
            assert told in problem.what
    with storage.work() as work:
        third = made.technician(work, "中 浩")
        # One after the other, at the same time by somebody else, and by nobody at all.
        visit = made.book(work, second, made.span(12, 13), technicians=(one.id,))
        visit = made.book(work, visit, made.span(10, 12), technicians=(third.id,))
        made.book(work, visit, made.span(10, 12))
        work.commit()


def test_the_database_itself_refuses_an_overlap(storage: SqlStorage, customer: str) -> None:
    visit, other = add(storage, customer), add(storage, customer, 2)
    with storage.work() as work:
        one = made.technician(work)
        made.book(work, visit, made.span(10, 12), technicians=(one.id,))
        row = {"visit_id": other.id, "technician_id": one.id, "day": made.DAY, "first": 660, "last": 780}
        connection = work.session.connection
        with pytest.raises(IntegrityError, match="double-booked"):
            connection.execute(visit_slots.insert(), row)
        connection.execute(visit_slots.insert(), row | {"first": 720})
        with pytest.raises(IntegrityError, match="double-booked"):
            connection.execute(
                visit_slots.update().where(visit_slots.c.visit_id == other.id).values(first=600)
            )
        work.commit()


@pytest.mark.parametrize("statement", ["update", "delete"])
def test_what_happened_stays(storage: SqlStorage, customer: str, statement: str) -> None:
    add(storage, customer)
    change = visit_events.delete() if statement == "delete" else visit_events.update().values(kind="x")
    with storage.work() as work, pytest.raises(IntegrityError, match="append-only"):
        work.session.connection.execute(change)
    with storage.work() as work, pytest.raises(IntegrityError, match="append-only"):
        work.session.connection.execute(visits.delete())


def test_two_programs_want_the_same_slot_and_one_gets_it(
    storage: SqlStorage, customer: str, data: Path
) -> None:
    pair = [add(storage, customer, place) for place in (1, 2)]
    with storage.work() as work:
        one = made.technician(work)
        work.commit()
    programs = [start("tests.db.visit_writer", str(data), visit.id, one.id) for visit in pair]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("go\n")
        program.stdin.flush()
    said = [program.communicate()[0].strip() for program in programs]
    assert [program.returncode for program in programs] == [0, 0]
    (lost,) = [one for one in said if one != "booked"]
    winner = pair[said.index("booked")]
    assert lost.startswith("double-booked ")
    assert winner.number in lost
    with storage.look() as work:
        (row,) = work.visits.rows_between(made.DAY, made.DAY)
        assert row.id == winner.id
        assert len(work.visits.calendar(made.DAY, made.DAY)[one.id][made.DAY]) == 1


def test_grid_waiting_and_calendar(storage: SqlStorage, customer: str) -> None:
    later, earlier, waiting, over = (add(storage, customer, place) for place in (1, 2, 3, 4))
    with storage.work() as work:
        one = made.technician(work)
        next_day = date(2026, 11, 26)
        made.book(work, later, made.span(13, 15), made.span(9, 10, next_day), technicians=(one.id,))
        made.book(work, earlier, made.span(9, 16))
        gone = made.book(work, over, made.span(9, 10), technicians=(one.id,))
        work.visits.change(gone.id, gone.version, events=[CalledOff(at=made.AT, by="customer")])
        work.commit()
    with storage.look() as work:
        between = work.visits.rows_between
        assert [row.id for row in between(made.DAY, made.DAY)] == [earlier.id, later.id]
        assert [row.id for row in between(next_day, next_day)] == [later.id]
        assert between(date(2026, 12, 1), date(2026, 12, 31)) == []
        assert [row.id for row in work.visits.waiting()] == [waiting.id]
        calendar = work.visits.calendar(made.DAY, next_day)
        assert list(calendar) == [one.id]
        booked = [each for day in (made.DAY, next_day) for each in calendar[one.id][day]]
        assert [(each.visit_id, each.span, each.customer) for each in booked] == [
            (later.id, made.span(13, 15), SAKAI.name),
            (later.id, made.span(9, 10, next_day), SAKAI.name),
        ]
        # A visit called off keeps what it was booked for; only its slot is free.
        assert work.visits.get(over.id).content.spans == (made.span(9, 10),)


def test_free_days_of_a_contract(storage: SqlStorage, customer: str) -> None:
    from tests.db import contracts

    with storage.work() as work:
        contract = contracts.add(work, customer).id
        work.commit()
    free = msgspec.structs.replace(made.FIGURES, free_on=made.DAY)
    used = add(storage, customer, 1, contract_id=contract, figures=free)
    gone = add(
        storage, customer, 2, contract_id=contract,
        figures=msgspec.structs.replace(free, free_on=date(2027, 1, 5)),
    )  # fmt: skip
    add(storage, customer, 3, contract_id=contract)
    add(storage, customer, 4, figures=free)
    off = CalledOff(at=made.AT, by="customer")
    with storage.work() as work:
        work.visits.change(gone.id, 1, events=[off], figures=made.FIGURES)
        work.visits.change(used.id, 1, events=[off])  # broken off after somebody came: it keeps its right
        work.commit()
    with storage.look() as work:
        assert work.visits.free_days(contract) == (made.DAY,)
        assert work.visits.free_days(contract, used.id) == ()
        assert work.visits.free_days("") == ()
        assert len(work.visits.of_contract(contract)) == 3
        assert len(work.visits.of_customer(customer)) == 4
        assert work.visits.of_contract("") == []


def test_lists_find_and_sort(storage: SqlStorage, customer: str) -> None:
    with storage.work() as work:
        other = work.customers.add(TAKAHASHI).id
        one = made.technician(work)
        first, second = made.add(work, customer), made.add(work, other, 2, service="media-light")
        made.book(work, second, made.span(), technicians=(one.id,))
        work.commit()

    def found(**query: object) -> list[str]:
        with storage.look() as work:
            wanted = VisitQuery(**{"sort": "number", "descending": False, **query})  # type: ignore[arg-type]
            return [row.id for row in work.visits.rows(work.visits.seqs(wanted))]

    both = [first.id, second.id]
    assert found() == both
    assert found(descending=True) == both[::-1]
    for words in ("さかい", "サカイ", "堺市西区", "0720000160", "0001", "第2倉庫 坂井"):
        assert first.id in found(words=words), words
    assert found(words="髙橋 0002") == [second.id]
    assert found(words="どこにもない") == []
    assert found(states=(VisitState.ARRANGED,)) == [second.id]
    assert found(services=("media-light",)) == [second.id]
    assert found(technician=one.id) == [second.id]
    assert found(customer_id=customer) == [first.id]
    assert found(first=made.DAY, last=made.DAY) == [second.id]
    assert found(sort="day") == [second.id, first.id]  # one without a day comes last
    assert found(sort="state") == both
    assert found(sort="state", descending=True) == both[::-1]
    assert found(sort="customer", services=("media-light",)) == [second.id]
    with storage.look() as work:
        assert len(work.visits.seqs(VisitQuery(), limit=1)) == 1
        assert work.visits.count() == 2


def test_a_visit_follows_its_customer(storage: SqlStorage, customer: str) -> None:
    visit = add(storage, customer)
    with storage.work() as work:
        work.customers.save(customer, 1, msgspec.structs.replace(SAKAI, name="堺倉庫", kana="サカイソウコ"))
        kept = work.customers.add(TAKAHASHI)
        work.commit()
    with storage.work() as work:
        assert work.visits.rows([visit.seq])[0].customer == "堺倉庫"
        merge = work.customers.merge(kept.id, 1, customer, 2, "田村")
        work.commit()
    with storage.work() as work:
        assert work.visits.get(visit.id).customer_id == kept.id
        assert work.visits.rows([visit.seq])[0].customer == TAKAHASHI.name
        assert list(work.visits.seqs(VisitQuery(words="たかはし"))) == [visit.seq]
        assert list(work.visits.seqs(VisitQuery(words="さかいそうこ"))) == []
        work.customers.undo_merge(merge.id)
        work.commit()
    with storage.look() as work:
        assert work.visits.get(visit.id).customer_id == customer
        assert work.visits.rows([visit.seq])[0].customer == "堺倉庫"


def test_technicians_come_in_their_order_and_keep_their_versions(
    storage: SqlStorage, window: Callable[[], SqlStorage]
) -> None:
    with storage.work() as work:
        last = made.technician(work, "大西 航", order=2)
        first = made.technician(work, "別所 学", order=1)
        fields = TechnicianFields(
            name="大西 航", order=2, active=False, leaves=(Leave(first=made.DAY, last=made.DAY, why="休み"),)
        )
        changed = work.technicians.save(last.id, 1, fields)
        work.commit()
    with window().work() as work:
        assert work.technicians.all() == [first, changed]
        assert work.technicians.all(active_only=True) == [first]
        assert work.technicians.get(last.id) == changed
        with pytest.raises(ConflictError):
            work.technicians.save(last.id, 1, fields)
        with pytest.raises(UserError) as gone:
            work.technicians.get("none")
        assert gone.value.code == "not-found"
        connection = work.session.connection
        with pytest.raises(IntegrityError, match="append-only"):
            connection.execute(sa.text("DELETE FROM technicians"))


def test_files_are_known_once(storage: SqlStorage) -> None:
    with storage.work() as work:
        assert work.visits.note_file("f-1", "in", "田村")
        assert not work.visits.note_file("f-1", "in", "田村")
        assert work.visits.knows_file("f-1")
        assert not work.visits.knows_file("f-2")


def test_every_kind_of_event_is_among_those_tried() -> None:
    tried = {type(one) for one in made.EVENTS} | {Received, CalledOff}
    assert {kind.__name__ for kind in Event.__args__} - {kind.__name__ for kind in tried} == {"Booked"}
