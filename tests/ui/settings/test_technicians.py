"""技術者 in the settings: taken in, changed, ordered; what is wrong, what collides, visits that no longer fit
them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from app.usecases.desk import Desk
from app.usecases.keep_technicians import change_technician, technicians_of
from app.visit.order import Leave, Technician
from tests.app.usecases import visits as made
from tests.app.usecases.visits import TUESDAY
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.settings.technician_rows import hours_words, leave_words, weekdays_words
from ui.settings.technicians import TechniciansSection
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
Open = Callable[[], TechniciansSection]


@pytest.fixture
def open_section(session: Session, stage: Stage, settle: Settle) -> Open:
    """The section in the page of the settings, read."""

    def opened() -> TechniciansSection:
        page = SettingsPage(session, Toasts(QWidget()))
        stage(page)
        page.show_section("technicians")
        settle()
        found = page.sections["technicians"]
        assert isinstance(found, TechniciansSection)
        return found

    return opened


def write(edit: QLineEdit, text: str, settle: Settle) -> None:
    """Type over what stands there and leave the field."""
    edit.setFocus()
    edit.selectAll()
    QTest.keyClick(edit, Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(edit, text)
    else:
        edit.insert(text)
        edit.textEdited.emit(edit.text())
    QTest.keyClick(edit, Key.Key_Tab)
    settle()


def only(desk: Desk) -> Technician:
    (found,) = technicians_of(desk)
    return found


def test_the_first_technician_is_stored_as_soon_as_there_is_a_name(
    desk: Desk, open_section: Open, settle: Settle
) -> None:
    section = open_section()
    section.list.nothing.accepted.emit()
    write(section.form.phone.edit, "090-0000-1101", settle)
    assert technicians_of(desk) == []
    assert section.state.words() == ""
    write(section.form.name.edit, "井上 健太", settle)
    stored = only(desk).fields
    assert (stored.name, stored.phone, stored.areas, stored.skills) == ("井上 健太", "090-0000-1101", (), ())
    assert section.state.words() == "保存しました"
    write(section.form.partner.edit, "東都フィールド株式会社", settle)
    assert only(desk).fields.partner == "東都フィールド株式会社"
    section.back.click()
    assert [row.name for row in section.list.list.rows] == ["井上 健太"]


def test_area_and_work_are_chosen_by_their_names(desk: Desk, open_section: Open, settle: Settle) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    section = open_section()
    section.open_technician(inoue.id)
    section.form.areas.set_value("west")
    section.form.areas.chosen.emit("west")
    settle()
    form = section.form.skills
    form.all.set_value(False)
    form.all.chosen.emit(False)
    form.checks["os-update"].click()
    settle()
    stored = only(desk).fields
    assert (stored.areas, stored.skills) == (("west",), ("os-update",))
    assert form.checks["os-update"].accessibleName() == "OSアップデート"
    form.checks["os-update"].click()
    settle()
    assert "担当する作業が選ばれていません" in section.form.named["skills"].error
    assert only(desk).fields.skills == ("os-update",)


def test_a_break_below_the_law_is_told_at_its_weekday_and_nothing_typed_is_lost(
    desk: Desk, open_section: Open, settle: Settle
) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    section = open_section()
    section.open_technician(inoue.id)
    rows = section.form.hours.rows
    write(rows[1].rest.edit, "30", settle)
    write(section.form.phone.edit, "090-1", settle)
    assert "60分の休憩が必要です" in section.form.fields["hours.1"].error
    assert (rows[1].rest.value(), section.form.phone.text()) == (30, "090-1")
    assert rows[1].rest.edit.hasFocus()
    assert rows[1].rest.edit.accessibleName() == "火曜日 休憩"
    assert "60分の休憩が必要です" in rows[1].rest.edit.accessibleDescription()
    assert only(desk).version == inoue.version
    write(rows[1].rest.edit, "60", settle)
    assert section.form.fields["hours.1"].error == ""
    assert only(desk).fields.phone == "090-1"


def test_hours_are_typed_in_any_usual_way(desk: Desk, open_section: Open, settle: Settle) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    section = open_section()
    section.open_technician(inoue.id)
    monday, saturday = section.form.hours.rows[0], section.form.hours.rows[5]
    saturday.works.click()
    settle()
    write(monday.first.edit, "0915", settle)
    hours = only(desk).fields.hours
    assert [one.weekday for one in hours] == [0, 1, 2, 3, 4]
    assert hours[0].first == 9 * 60 + 15
    write(monday.last.edit, "18時", settle)
    assert only(desk).fields.hours[0].last == 18 * 60
    write(monday.last.edit, "25:00", settle)
    assert "勤務時間が正しくありません" in section.form.fields["hours.0"].error
    assert only(desk).fields.hours[0].last == 18 * 60


def test_a_leave_of_some_hours(desk: Desk, open_section: Open, settle: Settle) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    section = open_section()
    section.open_technician(inoue.id)
    row = section.form.leaves.add_leave()
    write(row.first.edit, "11/24", settle)
    write(row.from_.edit, "13:00", settle)
    write(row.to.edit, "15:00", settle)
    write(row.why.edit, "健康診断", settle)
    assert only(desk).fields.leaves == (
        Leave(first=TUESDAY, last=TUESDAY, why="健康診断", from_minute=780, to_minute=900),
    )
    row.removed.emit(row)
    settle()
    assert only(desk).fields.leaves == ()


def test_a_leave_that_cant_be_read_is_told_and_kept(desk: Desk, open_section: Open, settle: Settle) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    section = open_section()
    section.open_technician(inoue.id)
    row = section.form.leaves.add_leave()
    write(row.first.edit, "13/45", settle)
    write(row.why.edit, "休み", settle)
    assert "不在の日を読めません" in section.form.fields["unread.0"].error
    assert (row.first.text(), row.why.text()) == ("13/45", "休み")
    assert only(desk).fields.leaves == ()


def test_a_leave_on_booked_visits_names_them_and_leads_to_giving_them_away(
    desk: Desk, open_section: Open, settle: Settle
) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    section = open_section()
    section.open_technician(inoue.id)
    assert section.hits.isHidden()
    row = section.form.leaves.add_leave()
    write(row.first.edit, "11/24", settle)
    write(row.why.edit, "急病", settle)
    assert not section.hits.isHidden()
    assert section.hits.title.words() == "予約済みの訪問 1件に行けません"
    assert "13:00〜15:00 株式会社みのり食品（急病）" in section.hits.detail.words()
    wanted: list[tuple[str, date]] = []
    section.reassign_wanted.connect(lambda who, day: wanted.append((who, day)))
    section.hits.button.click()
    assert wanted == [(inoue.id, TUESDAY)]
    section.back.click()
    assert "振り替えの必要な訪問 1件" in section.list.list.rows[0].below_right


def test_what_another_window_changed_first_is_not_overwritten(
    desk: Desk, open_section: Open, settle: Settle
) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    section = open_section()
    section.open_technician(inoue.id)
    change_technician(desk, inoue.id, inoue.version, replace(inoue.fields, phone="090-0000-9999"))
    write(section.form.partner.edit, "A", settle)
    assert not section.conflict.isHidden()
    assert section.form.partner.text() == "A"
    assert only(desk).fields.partner == ""
    section.conflict.accepted.emit()
    settle()
    assert section.conflict.isHidden()
    assert (section.form.phone.text(), section.form.partner.text()) == ("090-0000-9999", "")
    write(section.form.partner.edit, "A", settle)
    assert only(desk).fields.partner == "A"


def test_the_order_is_changed_by_key_and_by_button(desk: Desk, open_section: Open, settle: Settle) -> None:
    made.technicians(desk, "一", "二", "三")
    section = open_section()
    section.list.list.setFocus()
    QTest.keyClick(section.list.list, Key.Key_Down)
    section.list.up.click()
    settle()
    assert [one.fields.name for one in technicians_of(desk)] == ["二", "一", "三"]
    assert section.list.list.current is not None
    assert section.list.list.current.name == "二"
    section.list.down.click()
    settle()
    section.list.down.click()
    settle()
    section.list.down.click()  # already the last
    settle()
    assert [one.fields.name for one in technicians_of(desk)] == ["一", "三", "二"]
    QTest.keyClick(section.list.list, Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    settle()
    assert [one.fields.name for one in technicians_of(desk)] == ["一", "二", "三"]


def test_hours_and_leaves_in_words() -> None:
    assert weekdays_words([0, 1, 2, 4]) == "月〜水・金"
    assert weekdays_words([5, 6]) == "土・日"
    assert hours_words(()) == "勤務日なし"
    leave = Leave(first=date(2026, 12, 3), last=date(2026, 12, 4), why="研修")
    assert leave_words(leave, date(2026, 11, 20)) == "研修 12/3〜12/4"
    assert leave_words(leave, date(2026, 12, 4)) == "研修（不在中）"


def test_hours_and_leave_half_typed_are_offered_again(desk: Desk, open_section: Open, settle: Settle) -> None:
    inoue, onishi = made.technicians(desk, "井上 健太", "大西 航")
    section = open_section()
    section.open_technician(inoue.id)
    monday = section.form.hours.rows[0]
    monday.first.edit.setText("25:0")
    monday.rest.edit.setText("9")
    section.form.leaves.add_leave().why.edit.setText("けが")
    section.open_technician(onishi.id)
    settle()
    assert section.left.strip.isHidden()
    section.open_technician(inoue.id)
    settle()
    assert monday.first.text() == "8:30"
    assert not section.left.strip.isHidden()
    section.left.strip.button.click()
    settle()
    assert (monday.first.text(), monday.rest.edit.text()) == ("25:0", "9")
    assert [one.why.text() for one in section.form.leaves.rows] == ["けが"]
    assert technicians_of(desk)[0].fields == inoue.fields
