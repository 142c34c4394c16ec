"""Notes, attachments and equipment as widgets, over a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.beside import EquipmentFields
from app.contract.facts import Ended
from app.usecases.keep_beside import NoteWritten, add_note, attachments_of, change_note, notes_of
from app.usecases.keep_equipment import add_device, equipment_view
from app.usecases.record_entry import record
from tests.app.usecases.contracts import begun
from ui.contracts.beside.attachments_tab import AttachmentsTab
from ui.contracts.beside.equipment_tab import EquipmentTab
from ui.contracts.beside.notes_tab import NotesTab
from ui.session import Session
from ui.widgets.strips import Toasts
from ui.widgets.text import Label

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
GATEWAY = EquipmentFields(model="gateway-10", serial="GW-1", delivered_on=date(2026, 5, 20))


@pytest.fixture
def contract(session: Session) -> str:
    made = begun(
        session.desk, "media-light", {"endpoint": 8, "gateway-10": 1}, date(2026, 5, 20), "0611110001"
    )
    return made.id


@pytest.fixture
def toasts(dressed: QApplication) -> Toasts:
    return Toasts(QWidget())


def words_in(widget: QWidget) -> str:
    return "\n".join(label.words() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


# --- notes ----------------------------------------------------------------------------------------


@pytest.fixture
def notes(session: Session, toasts: Toasts, contract: str, stage: Stage, settle: Settle) -> NotesTab:
    tab = NotesTab(session, toasts)
    stage(tab)
    tab.show_subject("contract", contract)
    settle()
    return tab


def test_a_note_with_a_next_step_is_written_by_keyboard_and_done(
    notes: NotesTab, session: Session, contract: str, settle: Settle, qtbot: QtBot
) -> None:
    assert notes.nothing.isVisible()
    notes.nothing.button.click()
    assert notes.form.text.hasFocus()
    QTest.keyClicks(notes.form.text, "denwa")
    QTest.keyClicks(notes.form.next_step.edit, "mitsumori")
    QTest.keyClicks(notes.form.due_on.edit, "12/10")
    assert notes.unsaved
    with qtbot.waitSignal(notes.counted):
        QTest.keyClick(notes.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (note,) = notes_of(session.desk, "contract", contract)
    assert (note.text, note.next_step, note.due_on) == ("denwa", "mitsumori", date(2026, 12, 10))
    assert note.owner == session.settings.current_staff
    assert not notes.unsaved
    (card,) = notes.cards
    assert card.chip.words() == "あと20日"
    assert card.done is not None
    card.done.click()
    settle()
    (card,) = notes.cards
    assert card.chip.words() == "済み"
    assert notes._toasts.button is not None
    notes._toasts.button.click()
    settle()
    assert notes.count.words() == "1件・未済 1件"


def test_a_note_and_a_device_kept_twice_are_kept_once(
    notes: NotesTab, equipment: EquipmentTab, session: Session, contract: str, settle: Settle
) -> None:
    notes.nothing.button.click()
    notes.form.text.set_text("電話")
    equipment.nothing.button.click()
    settle()
    for _time in range(2):
        QTest.keyClick(notes.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(equipment.form, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert len(notes_of(session.desk, "contract", contract)) == 1
    assert len(equipment.cards) == 1


def test_what_is_missing_is_told_under_the_fields_and_nothing_is_lost(
    notes: NotesTab, session: Session, contract: str, settle: Settle
) -> None:
    notes.write()
    QTest.keyClicks(notes.form.due_on.edit, "12/10")
    notes.form.store()
    settle()
    assert notes.form.fields["text"].error
    assert notes.form.fields["next_step"].error
    assert notes.form.due_on.day() == date(2026, 12, 10)
    notes.form.due_on.edit.setText("いつか")
    notes.form.due_on.edit.textEdited.emit("いつか")
    notes.form.store()
    assert notes.form.fields["due_on"].error.startswith("日付を読み取れません。")
    assert notes_of(session.desk, "contract", contract) == []


def test_a_note_changed_elsewhere_is_not_overwritten(
    notes: NotesTab, session: Session, contract: str, settle: Settle
) -> None:
    note = add_note(session.desk, "contract", contract, NoteWritten("初め"))
    notes.show_subject("contract", contract)
    settle()
    notes.cards[0].pencil.click()
    notes.form.text.set_text("こちらの内容")
    change_note(session.desk, note, NoteWritten("別の画面の内容"))
    notes.store()
    settle()
    assert notes.conflict.isVisible()
    assert notes.form.text.text() == "こちらの内容"
    assert notes_of(session.desk, "contract", contract)[0].text == "別の画面の内容"
    notes.conflict.button.click()
    assert notes.form.text.text() == "別の画面の内容"


def test_only_what_is_open_can_be_shown(
    notes: NotesTab, session: Session, contract: str, settle: Settle
) -> None:
    add_note(session.desk, "contract", contract, NoteWritten("聞いただけ"))
    add_note(session.desk, "contract", contract, NoteWritten("急ぎ", "折り返す", "", date(2026, 11, 19)))
    notes.show_subject("contract", contract)
    settle()
    assert len(notes.cards) == 2
    notes.only_open.setChecked(True)
    (card,) = notes.cards
    assert card.chip.words() == "1日過ぎ"


# --- attachments ----------------------------------------------------------------------------------


@pytest.fixture
def files(session: Session, toasts: Toasts, contract: str, stage: Stage, settle: Settle) -> AttachmentsTab:
    tab = AttachmentsTab(session, toasts)
    stage(tab)
    tab.show_subject("contract", contract)
    settle()
    return tab


def picture(path: Path) -> Path:
    image = QImage(80, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    assert image.save(str(path), "PNG")
    return path


def drop(tab: AttachmentsTab, *paths: Path) -> None:
    """Drag files of this computer in."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tab.dragEnterEvent(QDragEnterEvent(QPoint(5, 5), copy, data, left, none))
    tab.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_files_dragged_in_are_kept_and_looked_at(
    files: AttachmentsTab, session: Session, contract: str, tmp_path: Path, settle: Settle
) -> None:
    assert files.nothing.isVisible()
    drop(files, picture(tmp_path / "装置.png"))
    settle()
    (row,) = files.rows
    assert row.isChecked()
    assert not files.preview.shown.picture.isNull()
    (stored,) = attachments_of(session.desk, "contract", contract)
    files.save_copy(stored, tmp_path / "写し.png")
    settle()
    assert (tmp_path / "写し.png").read_bytes() == (tmp_path / "装置.png").read_bytes()


def test_what_is_refused_is_told_together_and_the_rest_is_kept(
    files: AttachmentsTab, session: Session, contract: str, tmp_path: Path, settle: Settle
) -> None:
    (tmp_path / "空.pdf").write_bytes(b"")
    (tmp_path / "手順.exe").write_bytes(b"MZ\x90")
    good = picture(tmp_path / "装置.png")
    files.take_files([tmp_path / "空.pdf", good, tmp_path / "手順.exe"])
    settle()
    assert [one.name for one in attachments_of(session.desk, "contract", contract)] == ["装置.png"]
    assert files.wrong.isVisible()
    told = files.wrong.detail.words()
    assert "空.pdf" in told
    assert "手順.exe" in told


def test_a_page_that_can_not_be_drawn_is_kept_all_the_same(
    files: AttachmentsTab, tmp_path: Path, settle: Settle
) -> None:
    (tmp_path / "壊れた.pdf").write_bytes(b"%PDF-1.7\nnothing")
    files.take_files([tmp_path / "壊れた.pdf"])
    settle()
    assert len(files.rows) == 1
    assert files.preview.shown.text.startswith("画面には表示できません。")


def test_a_file_is_taken_away_with_a_reason_and_put_back(
    files: AttachmentsTab, session: Session, contract: str, tmp_path: Path, settle: Settle
) -> None:
    files.take_files([picture(tmp_path / "装置.png")])
    settle()
    files.preview.remove.click()
    files.preview.confirm.click()
    assert files.preview.why_field.error
    files.preview.why.set_text("別の契約")
    files.preview.confirm.click()
    settle()
    assert files.nothing.isVisible()
    assert files._toasts.button is not None
    files._toasts.button.click()
    settle()
    assert [one.name for one in attachments_of(session.desk, "contract", contract)] == ["装置.png"]


# --- equipment ------------------------------------------------------------------------------------


@pytest.fixture
def equipment(session: Session, toasts: Toasts, contract: str, stage: Stage, settle: Settle) -> EquipmentTab:
    tab = EquipmentTab(session, toasts)
    stage(tab)
    tab.show_contract(contract)
    settle()
    return tab


def test_a_gateway_is_entered_as_its_service_has_it(
    equipment: EquipmentTab, session: Session, contract: str, settle: Settle
) -> None:
    equipment.nothing.button.click()
    form = equipment.form
    assert form.kind.currentText() == "ゲートウェイセキュリティ装置"
    assert [form.ownership.itemData(place) for place in range(form.ownership.count())] == [
        "rental", "designated-seller",
    ]  # fmt: skip
    assert not form.fields["passed_on"].isVisible()
    QTest.keyClicks(form.serial.edit, "GW-9")
    QTest.keyClicks(form.delivered_on.edit, "11/10")
    assert equipment.unsaved
    QTest.keyClick(form.serial.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    (device,) = equipment_view(session.desk, contract).devices
    assert device.equipment.fields == replace(GATEWAY, serial="GW-9", delivered_on=date(2026, 11, 10))
    (card,) = equipment.cards
    assert "所有：提供会社（レンタル・別紙4※3）" in words_in(card)


def test_days_that_contradict_are_told_under_the_fields(
    equipment: EquipmentTab, session: Session, contract: str, settle: Settle
) -> None:
    equipment.add()
    equipment.form.returned_on.set_day(date(2026, 11, 1))
    equipment.form.lost.setChecked(True)
    equipment.form.store()
    settle()
    assert equipment.form.fields["delivered_on"].error
    assert equipment.form.fields["lost"].error
    assert equipment.form_open
    assert equipment_view(session.desk, contract).devices == ()


def test_a_serial_known_elsewhere_is_pointed_out_while_typing(
    equipment: EquipmentTab, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    other = begun(session.desk, "media-light", {"endpoint": 1}, date(2026, 5, 20), "0622220002")
    add_device(session.desk, other.id, GATEWAY)
    equipment.add()
    QTest.keyClicks(equipment.form.serial.edit, "gw-1")
    below = equipment.form.fields["serial"].below
    qtbot.waitUntil(lambda: other.number in below.words())
    settle()


def test_a_gateway_is_exchanged_and_the_old_one_sent_back(
    equipment: EquipmentTab, session: Session, contract: str, settle: Settle
) -> None:
    add_device(session.desk, contract, GATEWAY)
    equipment.show_contract(contract)
    settle()
    equipment.cards[0].exchange_wanted.emit(equipment.cards[0].view.equipment)
    assert "GW-1" in equipment.form.title.words()
    equipment.form.serial.set_text("GW-2")
    equipment.form.delivered_on.set_day(date(2026, 11, 20))
    equipment.form.store()
    settle()
    old, new = equipment.cards
    assert old.chip.words() == "交換済み・返却待ち"
    assert "GW-1 の代わり" in words_in(new)
    assert equipment.count.words() == "2台・返却待ち 1台"
    old.back.click()
    settle()
    assert equipment.cards[0].chip.words() == "返却済み"
    assert equipment._toasts.button is not None
    equipment._toasts.button.click()
    settle()
    assert equipment.cards[0].chip.words() == "交換済み・返却待ち"


def test_a_connector_says_until_when_it_goes_back_and_why(
    equipment: EquipmentTab, session: Session, settle: Settle
) -> None:
    made = begun(session.desk, "mdr-ndr", {"annual-fee": 3_000_000}, date(2025, 5, 20))
    add_device(session.desk, made.id, EquipmentFields(kind="connector", delivered_on=date(2025, 5, 20)))
    with session.desk.storage.look() as work:
        stored = work.contracts.get(made.id)
    record(session.desk, made.id, stored.version, (Ended(on=date(2026, 11, 18), by="company"),))
    equipment.show_contract(made.id)
    settle()
    (card,) = equipment.cards
    told = words_in(card)
    assert card.chip.words() == "返却待ち"
    assert "2026年12月18日（金）までに返却（あと28日）" in told
    assert "8条1項" in told


def test_a_device_is_struck_out_with_a_reason_and_put_back(
    equipment: EquipmentTab, session: Session, contract: str, settle: Settle
) -> None:
    add_device(session.desk, contract, GATEWAY)
    equipment.show_contract(contract)
    settle()
    equipment.cards[0].strike_wanted.emit(equipment.cards[0].view.equipment)
    equipment.strike.accept.click()
    assert equipment.strike.field.error
    equipment.strike.why.set_text("別の契約の機器")
    equipment.strike.accept.click()
    settle()
    assert equipment.nothing.isVisible()
    assert equipment._toasts.button is not None
    equipment._toasts.button.click()
    settle()
    assert len(equipment.cards) == 1
