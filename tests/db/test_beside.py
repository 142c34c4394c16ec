"""Equipment, call notes and attachments."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from sqlalchemy.exc import DBAPIError

from app.contract.beside import EquipmentFields
from app.errors import ConflictError, EnvironmentProblem, UserError
from db.engine import SqlStorage
from tests.db.conftest import TOTALS, content_for
from tests.db.contracts import SAKAI, add
from tests.db.make_fixture import SCAN, note_on, scan_of


def test_equipment_is_kept_with_its_contract(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored, other = add(work), add(work)
        fields = EquipmentFields(
            kind="gateway", model="gateway-50", serial="AB-0012", delivered_on=date(2026, 1, 5)
        )
        device = work.beside.add_equipment(stored.id, fields)
        more = work.beside.add_equipment(stored.id, EquipmentFields(kind="sim", replaces=device.id))
        assert work.beside.equipment_of(stored.id) == [device, more]
        assert work.beside.with_serial("ａｂ００１２") == [device]
        back = msgspec.structs.replace(fields, returned_on=date(2026, 3, 1), serial="AB-13")
        changed = work.beside.save_equipment(device.id, 1, back)
        assert work.beside.equipment_of(stored.id) == [changed, more]
        assert work.beside.with_serial("ab0012") == work.beside.with_serial(" ") == []
        assert work.beside.equipment_of(other.id) == []
        with pytest.raises(ConflictError):
            work.beside.save_equipment(device.id, 1, fields)
        with pytest.raises(UserError):
            work.beside.add_equipment("x", fields)


def test_notes_come_back_the_newest_first_and_due_ones_are_listed(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        customer = work.customers.add(SAKAI)
        quotation = work.quotations.add(content_for(), TOTALS, "田村")
        first = work.beside.add_note(note_on("contract", stored.id, text="一"))
        second = work.beside.add_note(note_on("contract", stored.id, text="二", due_on=date(2026, 11, 20)))
        on_customer = work.beside.add_note(note_on("customer", customer.id, due_on=date(2026, 11, 19)))
        on_quotation = work.beside.add_note(note_on("quotation", quotation.id, due_on=date(2026, 11, 21)))
        work.beside.add_note(note_on("customer", customer.id, due_on=None, next_step=""))
        assert work.beside.notes_of("contract", stored.id) == [second, first]
        assert work.beside.notes_of("customer", stored.id) == []
        due = work.beside.due_notes(date(2026, 11, 21))
        assert [one.note for one in due] == [on_customer, second, on_quotation]
        assert [(one.customer, one.number) for one in due] == [
            (SAKAI.name, ""),
            (SAKAI.name, stored.number),
            (quotation.content.customer.name, ""),
        ]
        done = work.beside.save_note(msgspec.structs.replace(second, done_at=second.at))
        assert done.version == 2
        with pytest.raises(ConflictError):
            work.beside.save_note(second)
        work.contracts.hide(stored.id, 1, "import:1")
        assert len(work.beside.due_notes(date(2026, 12, 31))) == 2


def test_a_scan_comes_back_byte_by_byte(storage: SqlStorage) -> None:
    with storage.work() as work:
        stored = add(work)
        scan = work.beside.attach(scan_of("contract", stored.id), SCAN)
        assert scan.size == len(SCAN)
        newer = work.beside.attach(scan_of("contract", stored.id, "写真.png"), b"\x89PNG\0")
        assert work.beside.attachments_of("contract", stored.id) == [newer, scan]
        assert work.beside.attached(scan.id) == SCAN
        work.beside.remove_attachment(newer.id, "別の契約のもの")
        assert work.beside.attachments_of("contract", stored.id) == [scan]
        assert work.beside.attached(newer.id) == b"\x89PNG\0"
        for attachment_id in (newer.id, "x"):
            with pytest.raises(UserError):
                work.beside.remove_attachment(attachment_id, "もう一度")
        with pytest.raises(ValueError, match="reason"):
            work.beside.remove_attachment(scan.id, "")
        with pytest.raises(UserError):
            work.beside.attached("x")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attachment_bytes SET data = x'00'",
        "DELETE FROM attachment_bytes",
        "UPDATE attachments SET sha256 = ''",
        "UPDATE attachments SET name = ''",
        "DELETE FROM attachments",
        "UPDATE attachments SET removed = '' WHERE removed != ''",
    ],
)
def test_a_scan_is_never_changed(storage: SqlStorage, statement: str) -> None:
    with storage.work() as work:
        stored = add(work)
        scan = work.beside.attach(scan_of("contract", stored.id), SCAN)
        work.beside.remove_attachment(scan.id, "誤り")
        work.commit()
    with pytest.raises(DBAPIError, match="append-only"), storage.work() as work:
        work.session.connection.exec_driver_sql(statement)


def test_damaged_bytes_are_not_shown_and_found_by_the_check(storage: SqlStorage) -> None:
    with storage.work() as work:
        scan = work.beside.attach(scan_of("contract", add(work).id), SCAN)
        work.commit()
    assert storage.check() == []
    with storage.work() as work:
        connection = work.session.connection
        connection.exec_driver_sql("DROP TRIGGER attachment_bytes_no_update")
        connection.exec_driver_sql("UPDATE attachment_bytes SET data = x'00'")
        work.commit()
    with storage.look() as work, pytest.raises(EnvironmentProblem) as refused:
        work.beside.attached(scan.id)
    assert refused.value.code == "attachment-damaged"
    (told,) = storage.check()
    assert scan.name in told
