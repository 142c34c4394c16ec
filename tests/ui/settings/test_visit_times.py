"""訪問の時間 and 休業日 in the settings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from app.papers.issuer import Settings
from app.usecases.desk import Desk
from app.visit.settings import ClosedDays, VisitSettings
from tests.ui.settings.test_technicians import write
from ui.session import Session
from ui.settings.closed_days import ClosedDaysSection
from ui.settings.page import SettingsPage
from ui.settings.visit_times import VisitTimesSection
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def page(session: Session, stage: Stage, settle: Settle) -> SettingsPage:
    made = SettingsPage(session, Toasts(QWidget()))
    stage(made)
    settle()
    return made


def times(page: SettingsPage, settle: Settle) -> VisitTimesSection:
    page.show_section("visit_times")
    settle()
    found = page.sections["visit_times"]
    assert isinstance(found, VisitTimesSection)
    return found


def closed(page: SettingsPage, settle: Settle) -> ClosedDaysSection:
    page.show_section("closed_days")
    settle()
    found = page.sections["closed_days"]
    assert isinstance(found, ClosedDaysSection)
    return found


def visits(desk: Desk) -> VisitSettings:
    settings: Settings = desk.settings()
    return settings.visits


def test_minutes_are_stored_and_go_back_to_what_was_shipped(
    page: SettingsPage, desk: Desk, settle: Settle
) -> None:
    section = times(page, settle)
    field = section.fields["visits.minutes.menu.os-recovery"]
    assert field.label.words() == "OSリカバリ"
    assert not section.back.isEnabled()
    write(section.steppers["minutes.menu.os-recovery"].edit, "45", settle)
    section.choices["step"].set_value(15)
    section.choices["step"].chosen.emit(15)
    settle()
    assert (visits(desk).minutes.menu["os-recovery"], visits(desk).step) == (45, 15)
    assert field.below.words() == "出荷時の値：30"
    section.back.click()
    settle()
    assert visits(desk) == VisitSettings()
    assert section.steppers["minutes.menu.os-recovery"].value() == 30
    assert not section.back.isEnabled()


def test_work_the_table_does_not_know_follows_the_rest_until_it_is_said(
    page: SettingsPage, desk: Desk, settle: Settle
) -> None:
    section = times(page, settle)
    known = set(visits(desk).minutes.menu)
    write(section.steppers["minutes.other"].edit, "40", settle)
    assert set(visits(desk).minutes.menu) == known
    assert visits(desk).minutes.other == 40


def test_a_wrong_number_is_told_under_its_field_and_stays(
    page: SettingsPage, desk: Desk, settle: Settle
) -> None:
    section = times(page, settle)
    write(section.steppers["minutes.travel"].edit, "481", settle)
    assert "0〜480分" in section.fields["visits.minutes.travel"].error
    write(section.steppers["lead_days"].edit, "abc", settle)
    assert section.fields["visits.lead_days"].error
    assert (section.steppers["minutes.travel"].value(), section.steppers["lead_days"].text()) == (481, "abc")
    assert visits(desk) == VisitSettings()
    assert page.state.words() == "2か所を直すと保存されます"


def test_every_part_is_marked_as_ours(page: SettingsPage, settle: Settle) -> None:
    from ui.settings.visit_times import ours
    from ui.widgets.text import Label

    told = [label.words() for label in times(page, settle).findChildren(Label)]
    assert sum(ours() in one for one in told) == 5  # above, and below each of the four parts


def test_own_closed_days_are_taken_in_and_taken_out(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    section = closed(page, settle)
    row = section.add_row()
    write(row.first.edit, "12/28", settle)
    write(row.why.edit, "棚卸し", settle)
    again = section.add_row()
    write(again.first.edit, "2027/8/12", settle)
    write(again.last.edit, "2027/8/14", settle)
    assert visits(desk).closed == (
        ClosedDays(first=date(2026, 12, 28), last=date(2026, 12, 28), why="棚卸し"),
        ClosedDays(first=date(2027, 8, 12), last=date(2027, 8, 14)),
    )
    row.removed.emit(row)
    settle()
    assert [one.first for one in visits(desk).closed] == [date(2027, 8, 12)]


def test_an_end_before_the_start_is_told_at_its_row(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    section = closed(page, settle)
    row = section.add_row()
    write(row.first.edit, "2027/8/14", settle)
    write(row.last.edit, "2027/8/12", settle)
    assert "終わりが始まりより前" in section.fields["visits.closed.0"].error
    assert row.last.day() == date(2027, 8, 12)
    assert visits(desk).closed == (ClosedDays(first=date(2027, 8, 14), last=date(2027, 8, 14)),)


def test_a_day_that_cant_be_read_is_told_and_kept(page: SettingsPage, desk: Desk, settle: Settle) -> None:
    section = closed(page, settle)
    row = section.add_row()
    write(row.first.edit, "13/45", settle)
    assert "休業日を読めません" in section.fields["unread.0"].error
    assert row.first.text() == "13/45"
    assert visits(desk).closed == ()


def test_holidays_are_told_with_how_long_they_are_vouched_for(page: SettingsPage, settle: Settle) -> None:
    section = closed(page, settle)
    told = "\n".join(label.words() for label in section.holidays)
    assert "2026年11月23日（月） 勤労感謝の日" in told.replace("(", "（").replace(")", "）")
    assert "2027年12月31日" in section.vouched.words()


def test_only_what_no_section_shows_is_told_in_words(page: SettingsPage, settle: Settle) -> None:
    section = times(page, settle)
    closed(page, settle)
    page.show_section("technicians")
    settle()
    page.show_section("visit_times")
    write(section.steppers["minutes.travel"].edit, "481", settle)
    assert page.state.words() == "1か所を直すと保存されます"
