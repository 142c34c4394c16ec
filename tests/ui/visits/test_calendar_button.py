"""The visits of the days shown, written to a calendar file from the place of the visits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from app.usecases.desk import Desk
from tests.app.usecases import visits as made
from ui.export_gate import ExportGate, Target
from ui.session import Session
from ui.visits.place import VisitsPlace
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def place(session: Session, desk: Desk, stage: Stage, settle: Settle) -> VisitsPlace:
    """The week after today: a visit of each of two technicians."""
    inoue, onishi = made.technicians(desk, "井上 健太", "大西 真央")
    customer = made.customer(desk)
    made.confirmed(desk, customer, inoue, made.span("9:30", "11:30"))
    made.confirmed(desk, customer, onishi, made.span("13:00", "15:00"))
    shown = VisitsPlace(session, Toasts(stage(QWidget())))
    stage(shown)
    shown.show_day(date(2026, 11, 24))
    settle()
    return shown


def test_the_menu_offers_everybody_and_each_one(place: VisitsPlace) -> None:
    place.calendar.open_menu()
    (menu,) = place.calendar.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["全員の訪問", "井上 健太", "大西 真央"]
    menu.close()


def test_the_days_shown_are_written(
    place: VisitsPlace, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "週.ics"
    asked: list[str] = []

    def agree(_parent: QWidget, _title: str, text: str, *_words: str) -> Target:
        asked.append(text)
        return Target(path)

    monkeypatch.setattr(ExportGate, "ask", staticmethod(agree))
    onishi = place.week.grid.facts.technicians[1]
    place.calendar.ask_file(onishi.id, onishi.fields.name)
    settle()
    (event,) = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert event["dtstart"].dt.hour == 13
    assert place.calendar.isEnabled()
    assert "大西 真央の2026年11月23日（月）から2026年11月29日（日）まで" in asked[0]
    assert "暗号化されません" in asked[0]


def test_declining_writes_nothing(
    place: VisitsPlace, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExportGate, "exec", lambda _gate: ExportGate.DialogCode.Rejected)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_all: pytest.fail("asked")))
    place.calendar.ask_file()
    settle()
    assert place.calendar.isEnabled()
