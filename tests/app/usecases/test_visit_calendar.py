"""Visits as a calendar file, read back by another reader than the one that wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from app.errors import EnvironmentProblem, UserError
from app.usecases import book_visit, keep_visit
from app.usecases.call_off import call_off
from app.usecases.desk import Desk
from app.usecases.export_visits import VisitCalendarQuery, export_visits, file_name
from app.visit.order import Device
from tests.app.usecases import visits as made
from tests.app.usecases.visits import TUESDAY

WEEK = VisitCalendarQuery(date(2026, 11, 23))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = made.desk_with(tmp_path)
    yield found
    found.storage.close()


def events(path: Path) -> list[Event]:
    """The events of a file, by their start."""
    calendar = Calendar.from_ical(path.read_bytes())
    return sorted(calendar.walk("VEVENT"), key=lambda one: one["dtstart"].dt)


def test_an_event_says_when_where_what_and_what_to_bring(desk: Desk, tmp_path: Path) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    devices = (
        made.RECOVERY,
        Device(id="d2", name="複合機", kind="printer", count=2, menu=("printer-setup",)),
    )
    visit = made.confirmed(
        desk, made.customer(desk), inoue, made.span("13:00", "15:00"),
        devices=devices, bring="外付けSSD", remarks="社長の机の鍵は3番", wishes="静かに",
    )  # fmt: skip
    path = tmp_path / "week.ics"
    assert export_visits(desk, WEEK, path).count == 1
    (one,) = events(path)
    assert one["dtstart"].dt.astimezone(UTC) == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert one["dtend"].dt.astimezone(UTC) == datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
    assert one["dtstart"].params["tzid"] == "Asia/Tokyo"
    assert str(one["location"]) == "大阪府大阪市中央区本町1-1"
    assert one["status"] == "CONFIRMED"
    told = str(one["description"])
    for part in (visit.number, "OSリカバリ 1台", "プリンター設定 2台", "外付けSSD", "井上 健太"):
        assert part in told
    text = path.read_text(encoding="utf-8").replace("\r\n ", "")
    assert "株式会社みのり食品" in text
    for secret in ("06-6123-4567", "実 太郎", "3番", "静かに", "円"):
        assert secret not in text


def test_the_zone_is_told_without_summer_time(desk: Desk, tmp_path: Path) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    export_visits(desk, WEEK, tmp_path / "week.ics")
    calendar = Calendar.from_ical((tmp_path / "week.ics").read_bytes())
    (zone,) = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Asia/Tokyo"
    assert [part.name for part in zone.subcomponents] == ["STANDARD"]
    assert zone.subcomponents[0]["tzoffsetto"].to_ical() == "+0900"


def test_a_moved_visit_keeps_its_uid_and_counts_on(desk: Desk, tmp_path: Path) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    visit = made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    export_visits(desk, WEEK, tmp_path / "one.ics")
    moved = (made.span("9:30", "11:30"),)
    book_visit.move(desk, visit.id, visit.version, moved, [inoue.id], "お客さまの都合")
    export_visits(desk, WEEK, tmp_path / "two.ics")
    (before,), (after,) = events(tmp_path / "one.ics"), events(tmp_path / "two.ics")
    assert before["uid"] == after["uid"]
    assert after["sequence"] > before["sequence"]
    assert after["status"] == "TENTATIVE"  # the customer has to confirm the new day
    assert after["dtstart"].dt.hour == 9


def test_a_visit_called_off_stays_as_a_cancelled_one(desk: Desk, tmp_path: Path) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    visit = made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    export_visits(desk, WEEK, tmp_path / "one.ics")
    call_off(desk, visit.id, visit.version, "desk", "台風")
    export_visits(desk, WEEK, tmp_path / "two.ics")
    (before,), (after,) = events(tmp_path / "one.ics"), events(tmp_path / "two.ics")
    assert before["uid"] == after["uid"]
    assert after["status"] == "CANCELLED"
    assert "台風" not in (tmp_path / "two.ics").read_text(encoding="utf-8")


def test_one_technician_gets_only_their_own(desk: Desk, tmp_path: Path) -> None:
    inoue, onishi = made.technicians(desk, "井上 健太", "大西 真央")
    customer = made.customer(desk)
    made.confirmed(desk, customer, inoue, made.span("9:30", "11:30"))
    made.confirmed(desk, customer, onishi, made.span("13:00", "15:00"))
    own = VisitCalendarQuery(WEEK.first, technician=onishi.id)
    assert export_visits(desk, own, tmp_path / "own.ics").count == 1
    assert events(tmp_path / "own.ics")[0]["dtstart"].dt.hour == 13
    assert export_visits(desk, WEEK, tmp_path / "all.ics").count == 2
    assert file_name(own, "大西 真央") == "訪問_大西真央_2026-11-23.ics"


def test_each_day_of_a_visit_over_days_is_an_event(desk: Desk, tmp_path: Path) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    visit = keep_visit.receive(desk, made.customer(desk), made.content(minutes=480))
    spans = [made.span("9:30", "13:30"), made.span("9:30", "13:30", date(2026, 11, 25))]
    book_visit.book(desk, visit.id, visit.version, spans, [inoue.id])
    export_visits(desk, WEEK, tmp_path / "week.ics")
    found = events(tmp_path / "week.ics")
    assert len({str(one["uid"]) for one in found}) == 2
    assert ["（1/2日目）" in found[0]["summary"], "（2/2日目）" in found[1]["summary"]] == [True, True]


def test_nothing_to_export_is_said_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError) as error:
        export_visits(desk, VisitCalendarQuery(TUESDAY, 1), tmp_path / "none.ics")
    assert error.value.code == "nothing-to-export"
    assert not (tmp_path / "none.ics").exists()


def test_a_folder_that_is_not_there_is_the_machines_trouble(desk: Desk, tmp_path: Path) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(EnvironmentProblem):
        export_visits(desk, WEEK, tmp_path / "file" / "week.ics")
