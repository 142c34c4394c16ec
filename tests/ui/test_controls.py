"""The controls under people's hands: keys, typing, what they say and to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Problem, UserError
from tests.ui.handling import Ear, holder, type_into
from ui.widgets.button import Button
from ui.widgets.cards import Card, Cards
from ui.widgets.chips import FilterChip
from ui.widgets.choices import Choice, Segments, Switch
from ui.widgets.dates import DateField
from ui.widgets.entries import KanaField, MoneyField, TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.number import NumberStepper
from ui.widgets.search_field import SearchField

Key = Qt.Key
Stage = Callable[[QWidget], QWidget]
TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("dressed")


# --- numbers and money ---


def test_a_stepper_follows_typing_and_keys_within_its_range(stage: Stage) -> None:
    stepper, ear = NumberStepper("ID", 5, 9_999, 49), Ear()
    stepper.value_changed.connect(ear.hear)
    stage(holder(stepper))
    stepper.setFocus()
    QTest.keyClick(stepper.edit, Key.Key_Up)
    QTest.keyClick(stepper.edit, Key.Key_PageDown)
    assert ear.heard == [50, 40]
    stepper.set_value(6)
    for _press in range(3):
        QTest.keyClick(stepper.edit, Key.Key_Down)
    assert stepper.value() == 5


def test_a_stepper_keeps_what_was_typed_for_the_rules_to_judge(stage: Stage) -> None:
    stepper, ear = NumberStepper("ID", 5, 9_999, 49), Ear()
    stepper.value_changed.connect(ear.hear)
    stage(holder(stepper))
    type_into(stepper, "10000")
    assert stepper.value() == 10_000
    type_into(stepper, "x")
    assert ear.heard[-1] is None
    assert stepper.text() == "x"


def test_an_empty_stepper_starts_at_its_least(stage: Stage) -> None:
    stepper = NumberStepper("ID", 5, 9_999)
    stage(holder(stepper))
    stepper.step(1)
    assert stepper.value() == 5


def test_money_holds_more_than_a_spin_box_could(stage: Stage) -> None:
    field, ear = MoneyField(), Ear()
    field.value_changed.connect(ear.hear)
    stage(holder(field, TextField()))
    type_into(field, "3000000000")
    QTest.keyClick(field.edit, Key.Key_Tab)
    assert field.value() == ear.heard[-1] == 3_000_000_000
    assert field.edit.text() == "3,000,000,000"
    field.set_value(-1234)
    assert field.edit.text() == "−1,234"


# --- dates ---


def test_a_date_is_typed_and_shown_in_full(stage: Stage) -> None:
    field, ear = DateField(TODAY), Ear()
    field.day_changed.connect(ear.hear)
    stage(holder(field, TextField()))
    type_into(field, "12/10")
    assert field.day() == date(2026, 12, 10)
    QTest.keyClick(field.edit, Key.Key_Tab)
    assert field.edit.text() == "2026年12月10日（木）"
    assert ear.heard[-1] == date(2026, 12, 10)


def test_an_unreadable_date_is_none_and_stays_to_be_mended(stage: Stage) -> None:
    field = DateField(TODAY, TODAY)
    stage(holder(field, TextField()))
    type_into(field, "2026-02-31")
    QTest.keyClick(field.edit, Key.Key_Tab)
    assert field.day() is None
    assert not field.readable
    assert field.text() == "2026-02-31"


def test_keys_move_a_date(stage: Stage) -> None:
    field = DateField(TODAY, date(2027, 1, 31))
    stage(holder(field))
    field.setFocus()
    QTest.keyClick(field.edit, Key.Key_PageUp)
    assert field.day() == date(2027, 2, 28)
    QTest.keyClick(field.edit, Key.Key_Up)
    assert field.day() == date(2027, 3, 1)


def test_a_date_in_the_years_of_the_era(stage: Stage) -> None:
    field = DateField(TODAY, date(2026, 12, 10), wareki=True)
    assert field.edit.text() == "令和8年12月10日"


def test_the_calendar_opens_by_key_and_gives_its_day_back(stage: Stage, qtbot: QtBot) -> None:
    from PySide6.QtCore import QDate
    from PySide6.QtWidgets import QCalendarWidget

    field = DateField(TODAY, date(2026, 11, 24))
    stage(holder(field))
    field.setFocus()
    QTest.keyClick(field.edit, Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    calendar = popup.findChild(QCalendarWidget)
    assert calendar is not None
    assert calendar.selectedDate() == QDate(2026, 11, 24)
    assert calendar.dateTextFormat(QDate(2026, 11, 23)).toolTip() == "勤労感謝の日"
    calendar.activated.emit(QDate(2026, 12, 1))
    assert field.day() == date(2026, 12, 1)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


# --- words ---


def compose(edit: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(commit)
    QApplication.sendEvent(edit, event)


def test_the_reading_follows_what_is_typed_into_the_name(stage: Stage) -> None:
    name, kana = TextField(), KanaField()
    kana.follow(name)
    stage(holder(name, kana))
    name.setFocus()
    compose(name.edit, "た")
    compose(name.edit, "たかはし")
    compose(name.edit, "高橋")
    compose(name.edit, "", "髙橋")
    compose(name.edit, "せいこう")
    compose(name.edit, "", "精工")
    assert name.text() == "髙橋精工"
    assert kana.text() == "タカハシセイコウ"


def test_a_reading_written_by_hand_is_left_alone(stage: Stage) -> None:
    name, kana = TextField(), KanaField()
    kana.follow(name)
    stage(holder(name, kana))
    kana.setFocus()
    compose(kana.edit, "", "たなか")
    kana.edited.emit(kana.edit.text())
    QTest.keyClick(kana.edit, Key.Key_Tab)
    kana.set_text("タナカ")
    name.setFocus()
    compose(name.edit, "すずき")
    compose(name.edit, "", "鈴木")
    assert kana.text() == "タナカ"


def test_hiragana_becomes_katakana_when_the_field_is_left(stage: Stage) -> None:
    kana, ear = KanaField(), Ear()
    kana.edited.connect(ear.hear)
    stage(holder(kana, TextField()))
    kana.setFocus()
    compose(kana.edit, "", "たかはし ﾒｸﾞﾐ")
    QTest.keyClick(kana.edit, Key.Key_Tab)
    assert kana.text() == "タカハシ メグミ"
    assert ear.heard[-1] == "タカハシ メグミ"


def test_an_error_stands_under_its_field_and_is_told_to_screen_readers() -> None:
    field = Field("登録番号", TextField(), "Tと13桁")
    control = field.control
    assert isinstance(control, TextField)
    assert control.edit.accessibleName() == "登録番号"
    field.set_error("数字が1桁足りません")
    assert control.wrong
    assert field.below.words() == control.edit.accessibleDescription() == "数字が1桁足りません"
    field.set_error("")
    assert not control.wrong
    assert field.below.words() == "Tと13桁"


def test_all_problems_go_under_their_fields_and_the_first_gets_the_focus(stage: Stage) -> None:
    fields = {"company.name": Field("会社名", TextField()), "phone": Field("電話", TextField())}
    stage(holder(*fields.values()))
    error = UserError(
        Problem("a", "電話が変です。", field="customer.phone"),
        Problem("b", "どこでもない。", field="elsewhere"),
    )
    assert show_problems(fields, error) == ["どこでもない。"]
    assert fields["phone"].error == "電話が変です。"
    assert fields["phone"].control.focusProxy().hasFocus()
    assert show_problems(fields, UserError(Problem("c", "名前を。", field="company.name"))) == []
    assert (fields["phone"].error, fields["company.name"].error) == ("", "名前を。")


# --- choosing ---


def test_segments_are_walked_with_the_arrow_keys(stage: Stage) -> None:
    segments, ear = (
        Segments([("flets", "フレッツ光"), ("collab", "光コラボ"), ("other", "他社回線")], "flets"),
        Ear(),
    )
    segments.chosen.connect(ear.hear)
    stage(holder(segments))
    segments.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Right)
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Right)
    assert ear.heard == ["collab", "other"]
    segments.set_value("flets")
    assert (segments.value(), ear.heard) == ("flets", ["collab", "other"])


def test_a_click_anywhere_on_a_switch_turns_it(stage: Stage) -> None:
    switch = Switch("付ける")
    stage(holder(switch))
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert switch.isChecked()
    switch.setFocus()
    QTest.keyClick(switch, Key.Key_Space)
    assert not switch.isChecked()


def test_a_choice_tells_only_what_a_person_chose(stage: Stage) -> None:
    choice, ear = Choice([(1, "一"), (2, "二")], 1), Ear()
    choice.chosen.connect(ear.hear)
    stage(holder(choice))
    choice.set_value(2)
    assert ear.heard == []
    choice.setFocus()
    QTest.keyClick(choice, Key.Key_Up)
    assert ear.heard == [1]


def test_cards_explain_themselves_to_screen_readers(stage: Stage) -> None:
    cards = Cards(
        [
            Card("鍵を預ける", "起動時の入力は不要です。", "keyring"),
            Card("決める", "毎回入力します。", "passphrase"),
        ]
    )
    stage(holder(cards))
    cards.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Key.Key_Space)
    assert cards.value() == "keyring"
    assert QApplication.focusWidget().accessibleDescription() == "起動時の入力は不要です。"


def test_a_filter_narrows_and_lets_go(stage: Stage) -> None:
    chip, ear = FilterChip("状態", [("draft", "下書き"), ("won", "受注")]), Ear()
    chip.chosen.connect(ear.hear)
    stage(holder(chip))
    assert chip.accessibleName() == "状態：すべて"
    chip.setFocus()
    QTest.keyClick(chip, Key.Key_Down)
    menu = QApplication.activePopupWidget()
    assert menu is not None
    QTest.keyClick(menu, Key.Key_Space)
    QTest.keyClick(menu, Key.Key_Down)
    QTest.keyClick(menu, Key.Key_Space)
    assert chip.values() == ("draft", "won")
    assert menu.isVisible()
    QTest.keyClick(menu, Key.Key_Escape)
    assert chip.accessibleName() == "状態：下書き・受注"
    QTest.keyClick(chip, Key.Key_Delete)
    assert ear.heard == [("draft",), ("draft", "won"), ()]


def test_a_filter_of_one_value_offers_all_of_them_again(stage: Stage) -> None:
    chip, ear = FilterChip("担当", [("a", "田村"), ("b", "山本")], several=False), Ear()
    chip.chosen.connect(ear.hear)
    stage(holder(chip))
    chip.setFocus()
    for place, words in ((2, "担当：山本"), (1, "担当：田村"), (0, "担当：すべて")):
        QTest.keyClick(chip, Key.Key_Down)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        menu.setActiveAction(menu.actions()[place])
        QTest.keyClick(menu, Key.Key_Return)
        assert not menu.isVisible()
        assert chip.accessibleName() == words
    assert ear.heard == [("b",), ("a",), ()]


def test_an_order_is_always_chosen(stage: Stage) -> None:
    chip = FilterChip("並び順", [("a", "新しい順"), ("b", "かな順")], always=True)
    chip.set_values(["a"])
    stage(holder(chip))
    assert not chip.active
    QTest.keyClick(chip, Key.Key_Delete)
    assert chip.values() == ("a",)


# --- buttons and search ---


def test_a_button_listens_to_its_key_in_the_whole_window(stage: Stage) -> None:
    button, edit, ear = Button("発行", "send", "filled", "Ctrl+Enter"), TextField(), Ear()
    button.clicked.connect(ear.hear)
    window = stage(holder(edit, button))
    edit.setFocus()
    QTest.keyClick(edit.edit, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(ear.heard) == 1
    button.setEnabled(False)
    QTest.keyClick(window, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(ear.heard) == 1


def test_a_search_waits_for_the_last_keystroke_and_enter_does_not_wait(stage: Stage, qtbot: QtBot) -> None:
    field, ear = SearchField("探す", "Ctrl+F", wait_ms=30_000), Ear()
    field.searched.connect(ear.hear)
    field.entered.connect(ear.hear)
    stage(holder(field, TextField()))
    field.take_focus()
    QTest.keyClicks(field.edit, "sakai")
    assert ear.heard == []
    QTest.keyClick(field.edit, Key.Key_Return)
    assert ear.heard == ["sakai", None]
    QTest.keyClick(field.edit, Key.Key_Escape)
    assert field.text() == ""
    assert ear.heard[-1] == ""
