"""Notes, scans and devices beside a contract, on a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.contract.attachments import MOST_BYTES
from app.contract.beside import EquipmentFields
from app.contract.equipment import Holder, Stage
from app.contract.facts import Ended
from app.days import Month
from app.errors import ConflictError, EnvironmentProblem, UserError
from app.usecases.attach_file import attach_file, save_copy
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_beside import (
    NoteWritten,
    add_note,
    attach,
    attached,
    attachments_of,
    change_note,
    notes_of,
    put_back,
    remove_attachment,
    set_done,
)
from app.usecases.keep_equipment import (
    add_device,
    change_device,
    equipment_view,
    put_device_back,
    strike_out,
)
from app.usecases.keep_payments import record_payment
from app.usecases.record_entry import record
from app.usecases.run_month import run_month
from tests.app.usecases.contracts import begun
from tests.desks import new_desk

PDF = b"%PDF-1.7\nscan"
CAME = date(2026, 5, 20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = new_desk(tmp_path / "データ")
    yield made
    made.storage.close()


@pytest.fixture
def contract(desk: Desk) -> str:
    return begun(desk, "media-light", {"endpoint": 8, "gateway-10": 1}, CAME, "0611110001").id


def gateway(**fields: object) -> EquipmentFields:
    return replace(EquipmentFields(model="gateway-10", serial="GW-1", delivered_on=CAME), **fields)


# --- notes ----------------------------------------------------------------------------------------


def test_a_note_keeps_what_is_to_be_done_until_it_is_done(desk: Desk, contract: str) -> None:
    written = NoteWritten(" 増設の相談 ", "見積を送る", "tamura", date(2026, 11, 25))
    note = add_note(desk, "contract", contract, written)
    assert (note.text, note.staff, note.at) == ("増設の相談", "田村 美咲", desk.now())
    with desk.storage.look() as work:
        (due,) = work.beside.due_notes(date(2026, 11, 30))
        assert due.note.id == note.id
    done = set_done(desk, note, done=True)
    with desk.storage.look() as work:
        assert work.beside.due_notes(date(2026, 11, 30)) == []
    assert set_done(desk, done, done=False).done_at is None
    with pytest.raises(ConflictError):
        change_note(desk, note, NoteWritten("別の内容"))
    assert notes_of(desk, "contract", contract)[0].text == "増設の相談"


def test_a_note_without_words_or_with_a_day_for_nothing_is_refused(desk: Desk, contract: str) -> None:
    with pytest.raises(UserError) as refused:
        add_note(desk, "contract", contract, NoteWritten(" ", due_on=date(2026, 12, 1)))
    assert {problem.field for problem in refused.value.problems} == {"text", "next_step"}
    assert notes_of(desk, "contract", contract) == []


# --- scans ----------------------------------------------------------------------------------------


def test_a_scan_comes_out_as_it_went_in(desk: Desk, contract: str, tmp_path: Path) -> None:
    path = tmp_path / "申込書の控え.pdf"
    path.write_bytes(PDF)
    stored = attach_file(desk, "contract", contract, path)
    assert (stored.media_type, stored.size) == ("application/pdf", len(PDF))
    assert stored.sha256 == sha256(PDF).hexdigest()
    path.unlink()
    assert attached(desk, stored.id) == PDF
    assert save_copy(desk, stored, tmp_path / "写し.pdf").read_bytes() == PDF


def test_the_same_scan_is_taken_once(desk: Desk, contract: str) -> None:
    attach(desk, "contract", contract, "一.pdf", PDF)
    with pytest.raises(UserError) as refused:
        attach(desk, "contract", contract, "二.pdf", PDF)
    assert refused.value.code == "already-attached"
    assert "一.pdf" in refused.value.problems[0].why


def test_a_removed_scan_keeps_its_reason_and_can_come_back(desk: Desk, contract: str) -> None:
    stored = attach(desk, "contract", contract, "一.pdf", PDF)
    with pytest.raises(UserError, match="理由"):
        remove_attachment(desk, stored, " ")
    remove_attachment(desk, stored, "別のお客さまの書類")
    assert attachments_of(desk, "contract", contract) == []
    assert attached(desk, stored.id) == PDF
    again = put_back(desk, stored)
    assert attachments_of(desk, "contract", contract) == [again]
    assert (again.name, again.at, again.sha256) == (stored.name, stored.at, stored.sha256)


def test_a_file_too_large_or_unreadable_or_with_nowhere_to_go_is_told(
    desk: Desk, contract: str, tmp_path: Path
) -> None:
    large = tmp_path / "動画.pdf"
    with large.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(UserError) as refused:
        attach_file(desk, "contract", contract, large)
    assert refused.value.code == "file-too-large"
    with pytest.raises(EnvironmentProblem) as missing:
        attach_file(desk, "contract", contract, tmp_path / "ない.pdf")
    assert missing.value.code == "file-unreadable"
    stored = attach(desk, "contract", contract, "一.pdf", PDF)
    with pytest.raises(EnvironmentProblem) as nowhere:
        save_copy(desk, stored, tmp_path / "ない" / "写し.pdf")
    assert nowhere.value.code == "file-unwritable"


# --- devices --------------------------------------------------------------------------------------


def test_a_device_of_an_ended_contract_has_to_go_back(desk: Desk, contract: str) -> None:
    device = add_device(desk, contract, gateway())
    (shown,) = equipment_view(desk, contract).devices
    assert (shown.stage, shown.owned.holder, shown.duty) == (Stage.IN_USE, Holder.PROVIDER, None)
    with desk.storage.look() as work:
        stored = work.contracts.get(contract)
    record(desk, contract, stored.version, (Ended(on=date(2026, 11, 20), requested=date(2026, 11, 19)),))
    view = equipment_view(desk, contract)
    assert view.ended_on == date(2026, 11, 20)
    (shown,) = view.devices
    assert shown.stage is Stage.TO_RETURN
    assert shown.duty is not None
    change_device(desk, device, gateway(returned_on=date(2026, 11, 20)))
    (shown,) = equipment_view(desk, contract).devices
    assert (shown.stage, shown.duty) == (Stage.RETURNED, None)
    with desk.storage.look() as work:
        (row,) = [row for row in work.contracts.deadlines(None, date(2027, 12, 31)) if
                  row.deadline.code == "return_equipment_by"] or [None]  # fmt: skip
    assert row is None


def test_the_same_serial_elsewhere_is_pointed_out(desk: Desk, contract: str) -> None:
    other = begun(desk, "media-light", {"endpoint": 8, "gateway-10": 1}, CAME, "0622220002")
    add_device(desk, contract, gateway())
    device = add_device(desk, other.id, gateway(serial="ｇｗ-1"))
    (shown,) = equipment_view(desk, contract).devices
    assert [(twin.number, twin.contract_id) for twin in shown.twins] == [(other.number, other.id)]
    strike_out(desk, device, "打ち間違い")
    (shown,) = equipment_view(desk, contract).devices
    assert shown.twins == ()


def test_a_device_struck_out_can_come_back(desk: Desk, contract: str) -> None:
    device = add_device(desk, contract, gateway())
    with pytest.raises(UserError, match="理由"):
        strike_out(desk, device, "")
    struck = strike_out(desk, device, "別の契約の機器")
    assert equipment_view(desk, contract).devices == ()
    put_device_back(desk, struck)
    assert len(equipment_view(desk, contract).devices) == 1


def test_days_that_contradict_are_refused_together(desk: Desk, contract: str) -> None:
    with pytest.raises(UserError) as refused:
        add_device(desk, contract, gateway(returned_on=date(2026, 5, 1), lost=True, serial="あ" * 300))
    assert {problem.field for problem in refused.value.problems} == {"returned_on", "lost", "serial"}


def test_a_sensor_passes_once_its_initial_fee_is_paid(desk: Desk) -> None:
    osect = begun(desk, "osect", {"sensor": 1}, date(2026, 10, 1))
    fields = EquipmentFields(kind="sensor", serial="S-1", ownership="passes-on-payment", delivered_on=CAME)
    add_device(desk, osect.id, fields)
    month = run_month(desk, Month(2026, 10))
    close_month(desk, month.id, month.version)
    (shown,) = equipment_view(desk, osect.id).devices
    assert shown.owned.holder is Holder.PROVIDER
    with desk.storage.look() as work:
        (bill,) = work.bills.closed_of([osect.id])[osect.id]
    paid = date(2026, 11, 18)
    record_payment(desk, osect.id, paid, bill.total - 1, "transfer", (bill.id,))
    assert equipment_view(desk, osect.id).paid_on is None
    record_payment(desk, osect.id, paid, 1, "transfer", (bill.id,))
    (shown,) = equipment_view(desk, osect.id).devices
    assert (shown.owned.holder, shown.owned.since) == (Holder.CUSTOMER, paid)
