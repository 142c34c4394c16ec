"""The window as a whole: places by key, trouble, closing, being made anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.errors import EnvironmentProblem, Problem, UserError
from app.usecases.desk import Desk
from app.usecases.keep_technicians import add_technician
from app.visit.order import TechnicianFields
from app.words import set_language
from db.vault import FolderVault
from reports import draw
from tests.desks import NOW
from tests.shipped import catalogue
from ui.confirm_dialog import ConfirmDialog
from ui.contracts.place import ContractsPlace
from ui.customers.place import CustomersPlace
from ui.main_window import MainWindow
from ui.opening import StorageLater
from ui.preferences import Preferences
from ui.quotes.place import QuotationsPlace
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.shell import Shell
from ui.tariffs.place import TariffsPlace
from ui.tasks import Tasks
from ui.theme import theme
from ui.visits.place import VisitsPlace

Key = Qt.Key
Control = Qt.KeyboardModifier.ControlModifier
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def window(session: Session, stage: Stage, settle: Settle) -> Iterator[MainWindow]:
    made = MainWindow(session)
    stage(made)
    settle()
    yield made
    made.deleteLater()


def test_places_are_reached_by_key(window: MainWindow, settle: Settle) -> None:
    assert window.here == "home"
    for key, code in (
        (Key.Key_2, "quotes"), (Key.Key_3, "contracts"), (Key.Key_4, "visits"), (Key.Key_5, "customers"),
        (Key.Key_6, "papers"), (Key.Key_7, "tariffs"), (Key.Key_8, "settings"), (Key.Key_1, "home"),
    ):  # fmt: skip
        QTest.keyClick(window, key, Control)
        settle()
        assert window.here == code
        assert window.stack.currentWidget() is window.page(code)


def test_a_message_stays_with_its_place(window: MainWindow, settle: Settle) -> None:
    window.go("quotes")
    quotes = cast("QuotationsPlace", window.page("quotes"))
    window.toasts.show_message("下書きを削除しました", "元に戻す")
    window.go("quotes")
    assert window.toasts.words() == "下書きを削除しました", "nobody went anywhere"
    window.go("customers")
    assert window.toasts.words() == ""

    window.go("quotes")
    quotes.open_new()
    settle()
    window.toasts.show_message("数量を変えました", "元に戻す")
    quotes.show_list()
    assert window.toasts.words() == ""


def test_the_places_stand_in_their_order(window: MainWindow) -> None:
    assert [place.code for place in window.places] == [
        "home",
        "quotes",
        "contracts",
        "visits",
        "customers",
        "papers",
        "tariffs",
        "settings",
    ]


def test_a_new_quotation_is_a_key_away_from_everywhere(window: MainWindow, settle: Settle) -> None:
    window.go("settings")
    QTest.keyClick(window, Key.Key_N, Control)
    settle()
    place = cast("QuotationsPlace", window.page("quotes"))
    assert window.here == "quotes"
    assert place.currentWidget() is place.editor
    assert place.editor is not None
    assert place.editor.editor is not None


def test_the_request_of_a_visit_is_a_key_away_from_everywhere(window: MainWindow, settle: Settle) -> None:
    keys = Control | Qt.KeyboardModifier.ShiftModifier
    add_technician(window.session.desk, TechnicianFields(name="井上 健太"))
    window.go("settings")
    QTest.keyClick(window, Key.Key_V, keys)
    settle()
    week = cast("VisitsPlace", window.page("visits")).week
    assert window.here == "visits"
    assert week.panel is not None
    assert week.panel.isVisible()
    assert week.panel.whom.search.isAncestorOf(cast("QWidget", window.focusWidget()))
    week.panel.hide()
    QTest.keyClick(week.grid, Key.Key_V, keys)  # also where the week has the keyboard
    settle()
    assert week.panel.isVisible()


def test_the_status_line_says_how_things_stand(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    with qtbot.waitSignal(session.settings_changed):
        session.read_tariffs()
    status = window.status
    assert status.data.label.words() == "保存済み・鍵は保護されていません"
    assert status.staff.text() == "田村 美咲（本町窓口）"
    assert status.holidays.label.words() == "祝日 2027年まで公表済み"
    assert status.tariffs.label.words().startswith("料金表 2026年")
    assert status.tariffs.toolTip().count("\n") == 4  # five services


# --- trouble ---


def test_trouble_is_told_above_the_page_and_the_window_stays(
    window: MainWindow, session: Session, tmp_path: Path
) -> None:
    problem = EnvironmentProblem(
        "disk-full", "空き容量が足りません。", kept="入力は残っています。", remedy="空けてください。"
    )
    session.tasks.environment_problem.emit(problem)
    strip = window.notices.strip
    assert strip is not None
    assert strip.title.words() == "空き容量が足りません。"
    assert strip.detail.words() == "入力は残っています。 空けてください。"
    session.tasks.user_error.emit(UserError(Problem("x", "だめです。", remedy="こうしてください。")))
    assert (strip.title.words(), strip.detail.words()) == ("だめです。", "こうしてください。")
    session.tasks.bug.emit(ValueError(), tmp_path / "report.txt")
    assert "不具合" in strip.title.words()
    assert strip.button.isVisible()
    strip.close_button.click()
    assert window.notices.isHidden()
    assert window.isVisible()


class Locked:
    """Opens only when the door is not locked."""

    def __init__(self, vault: FolderVault) -> None:
        self.vault = vault
        self.locked = True

    def open(self, passphrase: str | None) -> object:
        if self.locked:
            raise EnvironmentProblem(
                "locked", "開けません。", kept="データは残っています。", remedy="もう一度。"
            )
        return self.vault.open(passphrase)


def test_data_that_can_not_be_opened_are_tried_again(
    vault: FolderVault, tasks: Tasks, stage: Stage, settle: Settle, tmp_path: Path
) -> None:
    door = Locked(vault)
    storage = StorageLater(door.open)  # type: ignore[arg-type]
    desk = Desk(storage, catalogue(), draw, lambda: NOW)
    session = Session(desk, tasks, Preferences(tmp_path / "p"))
    window = MainWindow(session)
    stage(window)
    settle()
    trouble = window.stack.currentWidget()
    assert trouble is window._trouble
    session.read_tariffs()  # as the window does by itself soon after it stands; they need no data
    settle()
    assert session.tariff_checks
    assert window.stack.currentWidget() is window._trouble
    assert "データは残っています。" in window._trouble.text.words()
    assert not window.rail.isEnabled()
    door.locked = False
    window._trouble.button.click()
    settle()
    settle()
    assert window.stack.currentWidget() is window.page("home")
    assert window.rail.isEnabled()
    window.deleteLater()
    tasks.stop()
    storage.close()


# --- closing and being made anew ---


def test_the_window_remembers_where_it_stood(window: MainWindow, session: Session) -> None:
    window.setGeometry(40, 50, 1200, 700)
    window.go("customers")
    window.close()
    kept = Preferences.load(session.preferences.folder)
    assert kept.geometry == (40, 50, 1200, 700)
    assert kept.place == "customers"
    again = MainWindow(session)
    assert again.size() == QSize(1200, 700)
    assert again.here == "customers"
    again.deleteLater()


def test_a_window_never_opens_where_no_screen_is(session: Session) -> None:
    session.preferences.geometry = (90_000, 90_000, 1200, 700)
    window = MainWindow(session)
    assert window.geometry().x() < 10_000
    window.deleteLater()


def test_unsaved_changes_keep_the_window_open(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.new_customer()
    place = cast("CustomersPlace", window.page("customers"))
    assert place.form is not None
    place.form.name.edit.setText("書きかけ")
    asked: list[str] = []
    answers = iter([False, True])

    def ask(*arguments: object, **_more: object) -> bool:
        asked.append(str(arguments[1]))
        return next(answers)

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    assert not window.close()
    assert window.isVisible()
    assert window.close()
    assert len(asked) == 2


def press(window: MainWindow, key: Key, settle: Settle) -> None:
    QTest.keyClick(window, key, Control)
    settle()


def test_the_key_of_a_place_leads_back_to_its_first_page(window: MainWindow, settle: Settle) -> None:
    contracts = cast("ContractsPlace", window.page("contracts"))
    for away in (window.open_month, window.open_deadlines, window.open_import, window.new_contract):
        away()
        assert contracts.currentWidget() is not contracts.list
        press(window, Key.Key_3, settle)
        assert contracts.currentWidget() is contracts.list
    window.open_deadlines()
    window.go("home")
    press(window, Key.Key_3, settle)
    assert contracts.currentWidget() is contracts.deadlines  # from elsewhere one comes back to where one was
    quotes = cast("QuotationsPlace", window.page("quotes"))
    window.new_quotation()
    press(window, Key.Key_2, settle)
    assert quotes.currentWidget() is quotes.list
    tariffs = cast("TariffsPlace", window.page("tariffs"))
    window.open_terms_change("mihariban", date(2026, 7, 1))
    press(window, Key.Key_7, settle)
    assert tariffs.currentWidget() is tariffs.page
    visits = cast("VisitsPlace", window.page("visits"))
    window.open_visits()
    visits.open_on_site("")
    press(window, Key.Key_4, settle)
    assert visits.currentWidget() is visits.week
    customers = cast("CustomersPlace", window.page("customers"))
    window.new_customer()
    press(window, Key.Key_5, settle)
    assert customers.currentWidget() is customers.list


def test_leading_back_asks_about_what_was_typed(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([False, True])
    asked: list[str] = []

    def ask(*arguments: object, **_more: object) -> bool:
        asked.append(str(arguments[1]))
        return next(answers)

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    window.new_contract()
    contracts = cast("ContractsPlace", window.page("contracts"))
    assert contracts.new is not None
    monkeypatch.setattr(contracts.new, "_touched", True)
    press(window, Key.Key_3, settle)
    assert contracts.currentWidget() is contracts.new
    press(window, Key.Key_3, settle)
    assert contracts.currentWidget() is contracts.list
    assert asked == ["登録していない契約の入力があります"] * 2
    window.new_customer()
    customers = cast("CustomersPlace", window.page("customers"))
    assert customers.form is not None
    customers.form.name.edit.setText("書きかけ")
    press(window, Key.Key_5, settle)
    assert customers.currentWidget() is customers.form
    assert customers.form.unsaved.isVisible()
    customers.form.name.edit.clear()  # so that nothing is asked when the window closes
    press(window, Key.Key_5, settle)
    assert customers.currentWidget() is customers.list


def test_language_and_text_size_make_the_window_anew(
    dressed: QApplication, desk: Desk, tasks: Tasks, settle: Settle, tmp_path: Path, qtbot: QtBot
) -> None:
    preferences = Preferences(tmp_path / "p", look="light")
    shell = Shell(dressed, desk, tasks, preferences)
    shell.show()
    settle()
    first = shell.window
    first.open_settings("look")
    settle()
    preferences.text_size = 150
    shell.session.look_changed.emit()
    settle()
    assert shell.window is not first
    assert shell.window.isVisible()
    assert shell.window.here == "settings"
    assert cast("SettingsPage", shell.window.page("settings")).here == "look"
    assert theme.percent == 150
    assert shell.window.rail.width() == 120
    shell.window.close()
    shell.deleteLater()
    set_language("ja")


# --- everybody can use it ---


def controls(window: QWidget) -> list[QWidget]:
    """Everything that takes the keyboard or is pressed."""
    kinds = (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit)
    found = [one for kind in kinds for one in window.findChildren(kind)]
    return [one for one in found if not one.objectName().startswith("qt_") and not one.isHidden()]


def test_every_control_has_an_accessible_name(window: MainWindow, settle: Settle) -> None:
    window.new_customer()
    settle()
    settings = cast("SettingsPage", window.page("settings"))
    for part in settings.parts:
        settings.show_section(part.code)
        settle()
    unnamed = {
        type(one).__name__ + ":" + (one.parentWidget().objectName() or type(one.parentWidget()).__name__)
        for one in controls(window)
        if not (one.accessibleName() or (isinstance(one, QAbstractButton) and one.text()))
    }
    assert unnamed == set()


def test_tab_reaches_every_field_of_the_customer_form(window: MainWindow, settle: Settle) -> None:
    window.new_customer()
    settle()
    place = cast("CustomersPlace", window.page("customers"))
    assert place.form is not None
    wanted = {
        one.edit for one in place.form.findChildren(QWidget) if hasattr(one, "edit") and one.isVisible()
    }
    reached = set()
    for _press in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        reached.add(focus)
        QTest.keyClick(focus, Key.Key_Tab)
    assert wanted <= reached


def fits(window: MainWindow, code: str) -> bool:
    """Whether the page of a place needs no more width than there is."""
    return window.page(code).minimumSizeHint().width() <= window.stack.width()


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_every_page_fits_the_least_window_at_every_text_size(
    session: Session, settle: Settle, stage: Stage, qtbot: QtBot, percent: int
) -> None:
    theme.set_look("light", percent)
    window = MainWindow(session)
    stage(window)
    window.resize(window.minimumSize())
    for place in window.places:
        window.go(place.code)
        settle()
        QTest.qWait(0)  # what folds does so when it knows its width
        qtbot.waitUntil(partial(fits, window, place.code))
    window.deleteLater()
