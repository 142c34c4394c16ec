"""料金・規約: editions in words, differences, readings switched with their consequences, files added and taken
away, by keyboard, on a real database and with real files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import StoredQuotation
from app.usecases.desk import Desk
from app.usecases.keep_quotation import start_quotation
from app.usecases.price_quotation import price_content
from tests.shipped import request
from tests.tariff_files import prime_from, written
from ui.main_window import MainWindow
from ui.session import Session
from ui.tariffs.place import TariffsPlace
from ui.tariffs.reading_panel import ReadingPanel
from ui.tariffs.rows import ALL_READINGS
from ui.tasks import Tasks

Key = Qt.Key
Settle = Callable[[], None]


def draft(desk: Desk, ids: int, start: date, name: str = "髙橋精工株式会社") -> StoredQuotation:
    entry = ServiceEntry(service="dokodemo-prime", start=start, items={"id": ids})
    return start_quotation(desk, QuotationContent(customer=CustomerFields(name=name), services=(entry,)))


def wait_for(view_done: Callable[[], bool], qtbot: QtBot, settle: Settle) -> None:
    qtbot.waitUntil(view_done)
    settle()


def panel(place: TariffsPlace, name: str, settle: Settle) -> ReadingPanel:
    place.page.open_reading(name)
    settle()
    assert place.page.panel is not None
    return place.page.panel


# --- editions ----------------------------------------------------------------------------------------------


def test_services_stand_with_their_editions_and_who_checked_them(place: TariffsPlace) -> None:
    assert place.page.services.values() == [
        "mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr", ALL_READINGS,
    ]  # fmt: skip
    assert place.page.facts is not None
    prime = place.page.facts.service("dokodemo-prime")
    assert prime is not None
    assert [(one.span(), one.state) for one in prime.editions][:2] == [
        ("2026年5月11日〜", "now"),
        ("2025年10月1日〜2026年5月10日", "past"),
    ]
    assert prime.checked_by
    assert "セキュリティ機能見張り番サービス利用規約" in place.page.about.words()


def test_an_edition_opens_to_its_prices_in_words(place: TariffsPlace, settle: Settle) -> None:
    place.page.show_service("dokodemo-prime")
    sheet = place.page.editions.area.sheet
    assert "5〜9 ID：3,000円" in sheet.as_text()
    assert "第27条第2項・第3項" in sheet.as_text()
    search = place.page.editions.search
    search.set_text("解約金")
    search.searched.emit("解約金")
    assert 0 < len(sheet.rows()) < 20
    assert all("解約金" in row.as_text() + row.also for row in sheet.rows())


def test_an_edition_without_prices_says_so(place: TariffsPlace) -> None:
    place.page.show_place("dokodemo-prime", "2025-07-01")
    pane = place.page.editions
    assert pane.unknown.isVisible()
    assert pane.shown is not None
    assert pane.shown.edition.start == date(2025, 7, 1)
    assert not pane.remove.isVisible()


def test_the_keyboard_walks_services_and_rows(place: TariffsPlace, settle: Settle) -> None:
    place.arrive()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Down)
    settle()
    assert place.page.here == "media-light"
    place.page.tabs.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Right)
    settle()
    assert place.page.stack.currentWidget() is place.page.difference
    place.page.show_place("dokodemo-prime", "2026-05-11")
    sheet = place.page.editions.area.sheet
    sheet.setFocus()
    while sheet.current is None or sheet.current.link is None:
        QTest.keyClick(sheet, Key.Key_Down)
    QTest.keyClick(sheet, Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == sheet.current.as_text()
    QTest.keyClick(sheet, Key.Key_Return)
    settle()
    assert place.page.stack.currentWidget() is place.page.readings
    assert [one.name for one in place.page.readings.shown()] == ["change-day"]
    assert place.page.panel is not None
    QTest.keyClick(place.page.panel, Key.Key_Escape)
    assert place.page.panel is None


# --- differences -------------------------------------------------------------------------------------------


def test_two_editions_are_held_against_each_other(
    place: TariffsPlace, tmp_path: Path, settle: Settle
) -> None:
    place.page.show_service("dokodemo-prime")
    place.page.editions.difference.click()
    settle()
    pane = place.page.difference
    assert "料金ときまりは分かりません" in pane.state.words()
    pane.compare_with_file(prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100"))
    settle()
    assert pane.before.currentText() == "2026年5月11日実施（実施中）"
    assert pane.after.currentText() == "ファイル prime.toml：2027年4月1日実施"
    assert "3か所" in pane.state.words()
    assert "3,000円\t3,100円\t別紙4" in pane.area.sheet.as_text()
    pane.after.set_value(pane.before.value())
    pane.after.chosen.emit(pane.after.value())
    assert "同じ版" in pane.state.words()
    assert pane.area.sheet.rows() == []


def test_a_wrong_file_is_not_compared(
    place: TariffsPlace, tasks: Tasks, tmp_path: Path, qtbot: QtBot
) -> None:
    place.page.show_service("dokodemo-prime")
    with qtbot.waitSignal(tasks.user_error) as told:
        place.page.difference.compare_with_file(written(tmp_path, "code = "))
    assert told.args[0].code == "tariff-file"


# --- readings ----------------------------------------------------------------------------------------------


def test_a_switch_shows_its_consequences_and_changes_the_next_price(
    place: TariffsPlace, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    content = request("dokodemo-prime").content
    stored = start_quotation(session.desk, content)
    draft(session.desk, 5, date(2026, 12, 1))
    place.page.show_place("dokodemo-prime", readings=("migration-tier",))
    settle()
    one = place.page.panel
    assert one is not None
    assert not one.save.isEnabled()
    assert not one.reason_field.isVisible()
    one.cards.set_value("marginal")
    one.cards.chosen.emit("marginal")
    wait_for(lambda: one.touched.complete, qtbot, settle)
    assert one.touched.state.words() == "下書き1件、うち合計が変わるもの1件"
    (row,) = one.touched.sheet.rows()
    assert "2,197,030円" in row.as_text()
    assert "2,217,930円" in row.as_text()
    assert session.desk.settings().readings == {}
    one.reason.set_text("提供会社に確認")
    one.save.click()
    settle()
    settings = session.desk.settings()
    assert settings.readings == {"migration-tier": "marginal"}
    assert settings.reading_reasons == {"migration-tier": "提供会社に確認"}
    assert price_content(session.desk, stored.content, settings).total_bill.total == 2_217_930
    assert place.page.panel is None
    shown = next(row for row in place.page.readings.area.sheet.rows() if row.link == "migration-tier")
    assert "理由：提供会社に確認" in shown.as_text()


def test_a_switch_can_be_taken_back(place: TariffsPlace, session: Session, settle: Settle) -> None:
    one = panel(place, "termination-tax", settle)
    one.cards.set_value("taxed")
    one.cards.chosen.emit("taxed")
    one.save.click()
    settle()
    assert session.desk.settings().readings == {"termination-tax": "taxed"}
    assert place._toasts.button is not None
    place._toasts.button.click()
    settle()
    assert session.desk.settings().readings == {}


def test_services_that_differ_are_told_apart(place: TariffsPlace, settle: Settle) -> None:
    place.page.show_service(ALL_READINGS)
    row = next(row for row in place.page.readings.area.sheet.rows() if row.link == "outage-rounding")
    assert "どこでもプライム：残りの日数分の料金を切り捨て" in row.as_text()
    one = panel(place, "outage-rounding", settle)
    assert one.choice == ""
    one.cards.set_value("credit")
    one.cards.chosen.emit("credit")
    assert one.save.isEnabled()


def test_readings_are_found_by_words_and_those_that_were_switched(
    place: TariffsPlace, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    from app.usecases.choose_reading import choose_reading

    place.page.show_service(ALL_READINGS)
    pane = place.page.readings
    every = len(pane.shown())
    pane.search.set_text("解約金")
    pane.search.searched.emit("解約金")
    assert 0 < len(pane.shown()) < every
    pane.search.set_text("どこにもない言葉")
    pane.search.searched.emit("どこにもない言葉")
    assert pane.empty.isVisible()
    pane.search.clear()
    choose_reading(session.desk, "termination-tax", "taxed", "")
    with qtbot.waitSignal(session.settings_changed):
        session.read()
    pane.only.set_values(["changed"])
    pane.only.chosen.emit(("changed",))
    assert [one.name for one in pane.shown()] == ["termination-tax"]


def test_a_change_of_another_window_is_not_overwritten(
    place: TariffsPlace, session: Session, settle: Settle
) -> None:
    from app.usecases.keep_settings import save_settings

    one = panel(place, "termination-tax", settle)
    save_settings(session.desk, replace(session.desk.settings(), desk_name="北窓口"))
    one.cards.set_value("taxed")
    one.cards.chosen.emit("taxed")
    one.save.click()
    settle()
    settings = session.desk.settings()
    assert (settings.desk_name, settings.readings) == ("北窓口", {"termination-tax": "taxed"})


# --- from elsewhere ----------------------------------------------------------------------------------------


def test_the_search_of_the_window_leads_here(
    session: Session, stage: Callable[[QWidget], QWidget], settle: Settle
) -> None:
    window = MainWindow(session)
    stage(window)
    settle()
    for typed, here in (("どこでも", "dokodemo-prime"), ("データ移行の台数区分", ALL_READINGS)):
        QTest.keyClick(window, Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        window.top.search.set_text(typed)
        window.top.search.searched.emit(typed)
        settle()
        QTest.keyClick(window.top.search.edit, Key.Key_Return)
        settle()
        place = window.page("tariffs")
        assert window.here == "tariffs"
        assert isinstance(place, TariffsPlace)
        assert place.page.here == here
    assert place.page.panel is not None
    assert place.page.panel.facts.name == "migration-tier"
    window.deleteLater()


def test_small_windows_fold(place: TariffsPlace, settle: Settle) -> None:
    place.page.show_service("media-light")
    place.resize(QSize(944, 560))
    settle()
    assert place.page.editions.list.width() > place.page.editions.width() - 4
    panel(place, "wifi-unit", settle)
    assert not place.page.services.isVisible()
    place.page.close_panel()
    assert place.page.services.isVisible()
