"""The settings: each section shows what is stored, stores what was changed, and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.papers.issuer import ServiceRole, Settings
from app.places import resources
from app.quote.content import QuotationContent, ServiceEntry
from app.usecases.choose_reading import choose_reading
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import start_quotation
from app.words import set_language
from db.vault import FolderVault
from ui.session import Session
from ui.settings.company import CompanySection
from ui.settings.data import DataSection
from ui.settings.desk import DeskSection
from ui.settings.look import LookSection
from ui.settings.page import SettingsPage
from ui.settings.readings import ReadingsSection
from ui.settings.section import SettingsSection
from ui.settings.services import ServicesSection
from ui.settings.staff import StaffSection
from ui.theme import theme
from ui.widgets.cards import Card
from ui.widgets.entries import TextField
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
Kind = TypeVar("Kind", bound=SettingsSection)


@pytest.fixture
def page(session: Session, stage: Stage, settle: Settle) -> SettingsPage:
    made = SettingsPage(session, Toasts(QWidget()))
    stage(made)
    settle()
    return made


def section(page: SettingsPage, code: str, kind: type[Kind], settle: Settle) -> Kind:
    """A section, shown and filled."""
    page.show_section(code)
    settle()
    found = page.sections[code]
    assert isinstance(found, kind)
    return found


def write(entry: TextField, text: str, settle: Settle) -> None:
    """Type and leave the field."""
    entry.edit.setFocus()
    QTest.keySequence(entry.edit, "Ctrl+A")
    QTest.keyClick(entry.edit, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(entry.edit, text)
    else:
        entry.set_text(text)
    QTest.keyClick(entry.edit, Qt.Key.Key_Tab)
    settle()


def stored(page: SettingsPage) -> Settings:
    return page.session.desk.settings()


def test_what_is_typed_is_stored_when_the_field_is_left(page: SettingsPage, settle: Settle) -> None:
    company = section(page, "company", CompanySection, settle)
    assert company.texts["name"].text() == "株式会社まどぐち通信サービス"
    write(company.texts["phone"], "06-0000-0100", settle)
    write(company.texts["payment_terms"], "翌月末払い", settle)
    company.era.set_value("wareki")
    company.era.chosen.emit("wareki")
    settle()
    after = stored(page).company
    assert (after.phone, after.payment_terms, after.era) == ("06-0000-0100", "翌月末払い", "wareki")
    assert after.name == "株式会社まどぐち通信サービス"
    assert page.state.words() == "保存しました"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("T999000100012", "数字が1桁足りません"),
        ("T9990001000124", "検査数字が合いません"),
        ("x", "Tと数字13桁"),
    ],
)
def test_a_wrong_registration_number_is_told_and_nothing_else_is_lost(
    page: SettingsPage, settle: Settle, number: str, said: str
) -> None:
    company = section(page, "company", CompanySection, settle)
    write(company.registration, number, settle)
    write(company.texts["phone"], "06-0000-0100", settle)
    assert said in company.fields["company.registration"].error
    assert "1か所" in page.state.words()
    assert stored(page).company.phone == ""
    write(company.registration, "t9990001000123", settle)
    assert company.fields["company.registration"].error == ""
    after = stored(page).company
    assert (after.registration, after.phone) == ("T9990001000123", "06-0000-0100")


def test_the_postal_code_writes_the_address(page: SettingsPage, settle: Settle) -> None:
    company = section(page, "company", CompanySection, settle)
    write(company.postal, "541-0053", settle)
    settle()
    assert stored(page).company.address == "大阪府大阪市中央区本町"
    assert stored(page).company.postal_code == "5410053"


def test_pictures_are_taken_refused_and_taken_away(
    page: SettingsPage, settle: Settle, tmp_path: Path
) -> None:
    company = section(page, "company", CompanySection, settle)
    picture = resources("app-icon", "madoguchi-64.png")
    company.seal.take_file(picture)
    settle()
    assert stored(page).has_seal
    with page.session.desk.storage.look() as work:
        assert work.settings.image("seal") == picture.read_bytes()
    wrong = tmp_path / "wrong.png"
    wrong.write_bytes(b"no picture")
    company.seal.take_file(wrong)
    assert "PNGかJPEG" in company.fields["seal"].error
    company.seal.take_file(tmp_path / "missing.png")
    assert "読み込めません" in company.fields["seal"].error
    company.seal.remove.click()
    settle()
    assert not stored(page).has_seal


def test_the_letterhead_follows_every_keystroke(page: SettingsPage, settle: Settle) -> None:
    company = section(page, "company", CompanySection, settle)
    company.texts["name"].edit.setFocus()
    QTest.keyClicks(company.texts["name"].edit, "ABC")
    assert "ABC" in page.letterhead.accessibleDescription()


def test_the_desk_code_can_change_until_a_paper_was_issued(
    page: SettingsPage, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    desk = section(page, "desk", DeskSection, settle)
    assert desk.locked.isHidden()
    write(desk.code, "ab2", settle)
    assert stored(page).desk_code == "AB2"
    assert "Q-AB2-2611-0001" in desk.fields["desk_code"].below.words()
    write(desk.code, "toolong", settle)
    assert "2〜4文字" in desk.fields["desk_code"].error
    write(desk.code, "AB2", settle)
    content = QuotationContent(
        customer=CustomerFields(name="髙橋精工株式会社"),
        services=(ServiceEntry(service="mihariban", start=date(2026, 12, 1), items={"license": 1}),),
    )
    draft = start_quotation(session.desk, content)
    issue_quotation(session.desk, draft.id, draft.version)
    with qtbot.waitSignal(session.settings_changed):
        session.read()
    assert desk.code.edit.isReadOnly()
    assert desk.locked.isVisible()
    assert "同じ番号の書類" in desk.locked.detail.words()


def test_staff_are_added_chosen_and_made_inactive(page: SettingsPage, settle: Settle) -> None:
    staff = section(page, "staff", StaffSection, settle)
    staff.add_button.click()
    write(staff.rows[1].name, "高瀬 直人", settle)
    staff.rows[1].here.click()
    settle()
    after = stored(page)
    assert [one.name for one in after.staff] == ["田村 美咲", "高瀬 直人"]
    assert after.staff_member() == after.staff[1]
    staff.rows[0].active.click()
    settle()
    assert not stored(page).staff[0].active
    write(staff.rows[1].name, "", settle)
    assert staff.rows[1].name_field.error
    assert stored(page).staff[1].name == "高瀬 直人"


@pytest.mark.parametrize("tongue", ["ja", "en"])
def test_rows_of_staff_stand_below_their_heads(
    session: Session, stage: Stage, settle: Settle, tongue: str
) -> None:
    set_language(tongue)
    try:
        page = SettingsPage(session, Toasts(QWidget()))
        stage(page)
        staff = section(page, "staff", StaffSection, settle)
        staff.add_member()
        settle()
        places = [
            [
                (part.mapTo(staff, QPoint()).x(), part.width())
                for part in (one.here, one.name, one.kana, one.department, one.active)
            ]
            for one in staff.rows
        ]
        assert len(places) == 2
        assert places[0] == places[1]
    finally:
        set_language("ja")


def test_a_role_is_kept_for_each_service(page: SettingsPage, settle: Settle) -> None:
    services = section(page, "services", ServicesSection, settle)
    row = services.rows["mihariban"]
    write(row.agent_code, "A-12", settle)
    services.rows["osect"].role.set_value("provider")
    services.rows["osect"].role.chosen.emit("provider")
    settle()
    assert stored(page).roles == {
        "mihariban": ServiceRole(agent_code="A-12"),
        "osect": ServiceRole(role="provider"),
    }
    assert not services.rows["osect"].agent_code.isVisible()


def test_readings_are_shown_here_and_switched_at_their_place(
    page: SettingsPage, settle: Settle, qtbot: QtBot
) -> None:
    readings = section(page, "readings", ReadingsSection, settle)
    assert readings.state.words() == "すべて標準の読み方です。"
    assert readings.sheet.rows() == []
    choose_reading(page.session.desk, "media-termination-scope", "all", "提供会社に確認")
    page.session.read()
    settle()
    assert "1件" in readings.state.words()
    (row,) = readings.sheet.rows()
    assert "理由：提供会社に確認" in row.as_text()
    with qtbot.waitSignal(page.tariffs_wanted) as wanted:
        readings.open.click()
    assert wanted.args == ["reading:"]
    with qtbot.waitSignal(page.tariffs_wanted) as wanted:
        readings.sheet.opened.emit(row.link)
    assert wanted.args == ["reading:media-termination-scope"]
    page.sections["readings"].edited.emit()
    settle()
    assert stored(page).readings == {"media-termination-scope": "all"}


def test_the_look_changes_at_once_and_is_remembered(page: SettingsPage, settle: Settle, qtbot: QtBot) -> None:
    look = section(page, "look", LookSection, settle)
    look.look.set_value("dark")
    look.look.chosen.emit("dark")
    assert theme.dark
    with qtbot.waitSignal(page.session.look_changed):
        look.text_size.set_value(150)
        look.text_size.chosen.emit(150)
    assert page.session.preferences.text_size == 150
    assert (page.session.preferences.folder / "preferences.json").is_file()


def test_a_passphrase_is_set_changed_and_needed(
    page: SettingsPage, vault: FolderVault, settle: Settle
) -> None:
    data = section(page, "data", DataSection, settle)
    assert str(vault.folder) in data.where.words()
    assert data.cards is not None
    assert not data.new.isVisible()
    data.cards.set_value("passphrase")
    data.cards.chosen.emit("passphrase")
    for entry, text in ((data.new, "short"), (data.again, "short")):
        QTest.keyClicks(entry.edit, text)
    data.change.click()
    settle()
    assert "8文字以上" in data.fields["passphrase"].error
    data.new.edit.setText("correct horse")
    data.again.edit.setText("correct house")
    data.change.click()
    settle()
    assert data.fields["again"].error
    assert vault.kind() == "none"
    data.again.edit.setText("correct horse")
    data.change.click()
    settle()
    settle()
    assert vault.kind() == "passphrase"
    assert data.done.isVisible()
    assert data.old.isVisible()
    data.old.edit.setText("wrong")
    data.new.edit.setText("another one")
    data.again.edit.setText("another one")
    data.change.click()
    settle()
    assert "パスフレーズが違います" in data.fields["old"].error
    vault.open("correct horse").close()


def test_the_fields_of_a_passphrase_follow_their_card(page: SettingsPage, settle: Settle) -> None:
    data = section(page, "data", DataSection, settle)
    assert data.cards is not None
    cards = {card.value: card for card in data.cards.findChildren(Card)}
    cards["none"].setFocus()
    QTest.keyClick(cards["none"], Qt.Key.Key_Up)  # the arrow keys stay among the cards
    assert data.cards.value() == "passphrase"
    assert QApplication.focusWidget() is cards["passphrase"]
    met = []
    for _press in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    assert met[:3] == [data.new.edit, data.again.edit, data.change]
    assert not data.isAncestorOf(met[3])  # and then on, out of the section
    data.cards.set_value("none")
    data.cards.chosen.emit("none")
    QTest.mouseClick(cards["passphrase"], Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is data.new.edit


def test_another_window_s_change_is_not_overwritten(
    page: SettingsPage, session: Session, settle: Settle
) -> None:
    from msgspec.structs import replace

    from app.usecases.keep_settings import save_settings

    company = section(page, "company", CompanySection, settle)
    before = stored(page)
    save_settings(session.desk, replace(before, desk_name="北窓口"))
    write(company.texts["phone"], "06-1", settle)
    settle()
    assert stored(page).desk_name == "北窓口"
    assert stored(page).company.phone == ""
    assert "別の画面" in page.state.words()
