"""Many contracts at once are stored as one by one."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from sqlalchemy.exc import IntegrityError

from app.contract.beside import EquipmentFields
from app.contract.record import ContractQuery, ContractState, Recorded
from app.errors import UserError
from db.bulk_contracts import BulkContract, insert_contracts
from db.engine import SqlStorage
from db.work import SqlWork
from tests.db.contracts import ENTRIES, MOMENT, SAKAI, content, standing
from tests.db.make_fixture import note_on


def bulk(customer_id: str, place: int, **others: object) -> BulkContract:
    """A contract to insert."""
    recorded = tuple(
        Recorded(
            entry=msgspec.structs.replace(entry, id=""),
            recorded_at=MOMENT,
            staff="田村",
            seq=0,
            note="電話で",
        )
        for entry in ENTRIES
    )
    fields: dict[str, object] = {
        "customer_id": customer_id,
        "number": f"C-A1-2611-{place + 1:04}",
        "content": content(line_number=f"L-{place}"),
        "standing": standing(),
        "staff": "田村",
        "entries": recorded,
        "created_at": MOMENT,
        "updated_at": MOMENT + timedelta(minutes=place),
        **others,
    }
    return BulkContract(**fields)  # type: ignore[arg-type]


def people(storage: SqlStorage) -> list[str]:
    with storage.work() as work:
        ids = [work.customers.add(SAKAI).id for _turn in range(2)]
        work.commit()
    return ids


def by_hand(work: SqlWork, one: BulkContract) -> str:
    """The same contract stored as the window does."""
    stored = work.contracts.add(one.number, one.customer_id, one.content, one.standing, one.staff)
    entries = [recorded.entry for recorded in one.entries]
    stored = work.contracts.change(stored.id, 1, one.standing, entries=entries, staff="田村", note="電話で")
    return stored.id


def test_many_at_once_are_stored_as_one_by_one(storage: SqlStorage) -> None:
    first, second = people(storage)
    beside = {
        "equipment": (EquipmentFields(serial="AB-1"),),
        "notes": (note_on("contract", "", text="電話"),),
    }
    one, two = bulk(first, 0, **beside), bulk(second, 1, standing=standing(state=ContractState.ENDING))
    ids = insert_contracts(storage, [one, two])
    with storage.work() as work:
        assert [work.contracts.get(contract_id).number for contract_id in ids] == [one.number, two.number]
        rows = work.contracts.rows(work.contracts.seqs(ContractQuery(sort="number", descending=False)))
        found = [work.contracts.get(contract_id) for contract_id in ids]
        twins = [
            work.contracts.get(by_hand(work, msgspec.structs.replace(other, number=number, content=line)))
            for other, number, line in zip(
                (one, two),
                ("T-1", "T-2"),
                (content(line_number="T-1"), content(line_number="T-2")),
                strict=True,
            )
        ]
        for ours, twin in zip(found, twins, strict=True):
            assert ours.version == 1 + len(ENTRIES)
            assert ours.state == twin.state
            assert ours.created_at == MOMENT
            assert [bare(recorded) for recorded in ours.entries] == [
                bare(recorded) for recorded in twin.entries
            ]
        assert [row.next_on for row in rows] == [standing().deadlines[0].on] * 2
        assert len(work.contracts.deadlines(None, date(2030, 1, 1))) == 4
        assert work.contracts.last_receipt("dokodemo") == 7
        assert list(work.contracts.seqs(ContractQuery(words="さかい L0"))) == [found[0].seq]
        assert [device.fields.serial for device in work.beside.equipment_of(ids[0])] == ["AB-1"]
        assert [note.text for note in work.beside.notes_of("contract", ids[0])] == ["電話"]
        work.commit()
    assert storage.check() == []


def bare(recorded: Recorded) -> object:
    """An entry without what differs between two recordings of it."""
    return type(recorded.entry), msgspec.structs.replace(recorded.entry, id=""), recorded.staff, recorded.note


def test_all_or_none_of_them(storage: SqlStorage) -> None:
    first, _second = people(storage)
    with pytest.raises(UserError) as refused:
        insert_contracts(storage, [bulk(first, 0), bulk("x", 1)])
    assert refused.value.code == "unknown-customer"
    with pytest.raises(IntegrityError):
        insert_contracts(storage, [bulk(first, 0), bulk(first, 1, content=content(line_number="L-0"))])
    assert insert_contracts(storage, []) == []
    with storage.look() as work:
        assert work.contracts.count() == 0
    assert len(insert_contracts(storage, [bulk(first, 0)])) == 1
