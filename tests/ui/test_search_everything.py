"""Ctrl+K: the search over everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from time import monotonic
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent
from app.usecases.keep_customer import register_customer
from app.usecases.keep_quotation import start_quotation
from ui.customers.place import CustomersPlace
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.theme import theme

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


def search(window: MainWindow, words: str, settle: Settle) -> list[str]:
    """Type into the search of the top bar; returns what is listed once nothing moves any more."""
    deadline = monotonic() + 120
    while not window.session.tariff_checks and monotonic() < deadline:
        QTest.qWait(5)
    QTest.keyClick(window, Key.Key_K, Control)
    window.top.search.set_text(words)
    window.top.search.searched.emit(words)
    model = window.top.popup.model
    listed, before = [""], []
    while listed != before and monotonic() < deadline:
        before = listed
        settle()
        QTest.qWait(10)
        listed = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return listed


def test_search_finds_customers_quotations_settings_and_actions(
    window: MainWindow, session: Session, settle: Settle
) -> None:
    fields = CustomerFields(name="解約金属工業株式会社", kana="カイヤクキンゾク", phone="06-0000-0148")
    customer = register_customer(session.desk, fields)
    start_quotation(session.desk, QuotationContent(customer_id=customer.id, customer=fields))
    listed = search(window, "解", settle)
    groups = {"顧客", "見積", "料金・規約", "設定", "操作"}
    assert [line for line in listed if line in groups] == ["顧客", "見積", "料金・規約"]
    assert "すべての解釈" in listed
    assert any(line.startswith("解約金属工業株式会社") and "06-0000-0148" in line for line in listed)


def test_the_keyboard_takes_a_hit(window: MainWindow, session: Session, settle: Settle) -> None:
    register_customer(session.desk, CustomerFields(name="髙橋精工株式会社", kana="タカハシセイコウ"))
    second = register_customer(session.desk, CustomerFields(name="髙橋建設株式会社", kana="タカハシケンセツ"))
    listed = search(window, "たかはし", settle)
    edit = window.top.search.edit
    if listed.index("髙橋建設株式会社 タカハシケンセツ") == 2:
        QTest.keyClick(edit, Key.Key_Down)
    QTest.keyClick(edit, Key.Key_Return)
    settle()
    place = cast("CustomersPlace", window.page("customers"))
    assert window.here == "customers"
    assert place.form is not None
    assert place.form.title.words() == second.fields.name
    assert window.top.popup.isHidden()


def test_nothing_found_offers_to_register(window: MainWindow, settle: Settle) -> None:
    listed = search(window, "どこにもない", settle)
    assert listed[0].startswith("「どこにもない」は見つかりません")
    QTest.keyClick(window.top.search.edit, Key.Key_Return)
    settle()
    assert window.here == "customers"


def test_settings_and_looks_are_reached_by_search(window: MainWindow, settle: Settle) -> None:
    search(window, "スタッフ", settle)
    QTest.keyClick(window.top.search.edit, Key.Key_Return)
    settle()
    assert cast("SettingsPage", window.page("settings")).here == "staff"
    search(window, "ダーク", settle)
    QTest.keyClick(window.top.search.edit, Key.Key_Return)
    assert theme.dark
    assert window.session.preferences.look == "dark"
    assert "暗い画面にする" not in search(window, "ダーク", settle)  # it is dark already


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("パスフレーズ", "data"), ("ﾊﾟｽﾌﾚｰｽﾞ", "data"), ("データ", "data"), ("鍵", "data"), ("暗号", "data"),
        ("登録番号", "company"),
        ("社印", "company"), ("ロゴ", "company"), ("振込先", "company"), ("担当者", "staff"),
        ("文字の大きさ", "look"), ("ことば", "look"),
    ],
)  # fmt: skip
def test_a_section_of_the_settings_stands_before_readings(
    window: MainWindow, settle: Settle, words: str, code: str
) -> None:
    listed = search(window, words, settle)
    assert listed[0] == "設定"
    QTest.keyClick(window.top.search.edit, Key.Key_Return)
    settle()
    assert cast("SettingsPage", window.page("settings")).here == code


def test_leaving_the_search_hides_its_list(window: MainWindow, settle: Settle) -> None:
    search(window, "設定", settle)
    assert window.top.popup.isVisible()
    QTest.keyClick(window.top.search.edit, Key.Key_Escape)
    assert window.top.popup.isHidden()
