"""Deadlines as a calendar file: read back by the library, with days, spans, reminders and names that stay."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from app.contract.customer import CustomerFields
from app.contract.record import ContractState, DeadlineDay, DeadlineRow
from app.errors import EnvironmentProblem, UserError
from app.quote.content import QuotationContent, ServiceEntry
from app.usecases.desk import Desk
from app.usecases.export_calendar import (
    DeadlineQuery,
    calendar_file,
    export_calendar,
    list_deadlines,
)
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import start_quotation
from tests.app.usecases.contracts import begun
from tests.desks import NOW, new_desk
from tests.shipped import catalogue

SERVICES = {service.code: service for service in catalogue().services()}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = new_desk(tmp_path / "desk")
    begun(made, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 1, 30))  # notice by Sunday 2026-11-29
    begun(made, "media-light", {"endpoint": 8}, date(2024, 12, 9))  # renewal month December
    return made


def row(deadline: DeadlineDay) -> DeadlineRow:
    return DeadlineRow(
        contract_id="contract-1",
        number="C-HM1-2611-0001",
        customer="株式会社みのり食品",
        phone="06-6123-4567",
        service="mdr-ndr",
        state=ContractState.ACTIVE,
        deadline=deadline,
    )


def events(data: bytes) -> list[Any]:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def one(deadline: DeadlineDay, now: datetime = NOW) -> Any:
    (event,) = events(calendar_file([row(deadline)], SERVICES, now))
    return event


def test_a_day_is_an_event_of_the_whole_day() -> None:
    event = one(DeadlineDay(code="notice_by", on=date(2026, 11, 30), clause="10条2項"))
    assert event.decoded("dtstart") == date(2026, 11, 30)
    assert event.decoded("dtend") == date(2026, 12, 1)
    assert str(event["summary"]) == "更新しない通知：株式会社みのり食品（MDR NDR）"
    assert "お客さまから" in str(event["description"])
    assert "第10条第2項" in str(event["description"])


def test_a_span_lasts_from_its_first_day_to_its_last() -> None:
    event = one(DeadlineDay(code="renewal", since=date(2026, 12, 1), on=date(2026, 12, 31)))
    assert event.decoded("dtstart") == date(2026, 12, 1)
    assert event.decoded("dtend") == date(2027, 1, 1)


def test_one_is_reminded_on_the_last_business_day_and_a_week_before() -> None:
    event = one(DeadlineDay(code="notice_by", on=date(2026, 11, 29)))  # a Sunday: Friday is the day to act
    begin = datetime(2026, 11, 29, tzinfo=UTC)
    moments = sorted(begin + alarm.decoded("trigger") for alarm in event.walk("VALARM"))
    assert [f"{moment:%m-%d %H:%M}" for moment in moments] == ["11-20 09:00", "11-27 09:00"]
    assert "2026年11月27日（金）" in str(event["description"])


def test_a_second_export_replaces_the_first() -> None:
    before = one(DeadlineDay(code="notice_by", on=date(2026, 11, 30)))
    after = one(DeadlineDay(code="notice_by", on=date(2026, 12, 15)), NOW + timedelta(days=1))
    assert before["uid"] == after["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


def test_two_of_a_kind_in_one_contract_are_two_events() -> None:
    rows = [row(DeadlineDay(code="uninstall_by", on=day)) for day in (date(2026, 12, 1), date(2026, 12, 8))]
    found = events(calendar_file(rows, SERVICES, NOW))
    assert len({str(event["uid"]) for event in found}) == 2


def test_no_more_of_a_person_than_the_name_stands_in_the_file() -> None:
    data = calendar_file([row(DeadlineDay(code="notice_by", on=date(2026, 11, 30)))], SERVICES, NOW)
    text = str(Calendar.from_ical(data).to_ical(), "utf-8")
    assert "06-6123-4567" not in text
    assert "CLASS:PRIVATE" in text


def test_the_calendar_says_whose_time_it_is() -> None:
    calendar = Calendar.from_ical(
        calendar_file([row(DeadlineDay(code="start", on=date(2026, 12, 1)))], SERVICES, NOW)
    )
    assert str(calendar["x-wr-timezone"]) == "Asia/Tokyo"
    assert str(calendar["method"]) == "PUBLISH"
    (event,) = calendar.walk("VEVENT")
    assert event.decoded("dtstamp") == NOW.astimezone(UTC)


def test_what_is_exported_is_what_the_list_shows(desk: Desk, tmp_path: Path) -> None:
    query = DeadlineQuery(days=60, services=("media-light",))
    listed = list_deadlines(desk, query)
    assert [found.deadline.code for found in listed.rows] == ["renewal"]
    saved = export_calendar(desk, query, tmp_path / "期限.ics")
    assert saved.count == 1
    (event,) = events(saved.path.read_bytes())
    assert event.decoded("dtstart") == date(2026, 12, 1)
    sealed = export_calendar(desk, query, tmp_path / "期限.zip", "かえる 時計 みかん 七番").path.read_bytes()
    assert sealed[:2] == b"PK"
    assert b"BEGIN:VCALENDAR" not in sealed


def test_the_list_can_be_narrowed_and_counted(desk: Desk) -> None:
    everything = list_deadlines(desk, DeadlineQuery(days=90))
    first = list_deadlines(desk, DeadlineQuery(days=90), limit=1)
    assert len(first.rows) == 1
    assert first.count == everything.count > 1
    assert list_deadlines(desk, DeadlineQuery(codes=("notice_by",))).count == 1
    assert all(
        found.deadline.whose == "customer"
        for found in list_deadlines(desk, DeadlineQuery(whose="customer")).rows
    )
    assert list_deadlines(desk, DeadlineQuery(days=5)).count == 0


def test_quotations_that_run_out_stand_among_them(desk: Desk) -> None:
    entry = ServiceEntry(service="mihariban", items={"license": 15}, start=date(2026, 12, 1))
    customer = CustomerFields(name="青葉商店", phone="06-0000-0148")
    content = QuotationContent(customer=customer, services=(entry,), valid_until=date(2026, 12, 5))
    draft = start_quotation(desk, content)
    issued = issue_quotation(desk, draft.id, draft.version).stored

    def ends(**asked: Any) -> list[str]:
        found = list_deadlines(desk, DeadlineQuery(**asked))
        return [row.quotation_id for row in found.rows if row.quotation_id]

    assert ends(days=15) == ends(codes=("quotation_ends",)) == ends(whose="customer") == [issued.id]
    assert ends(services=("mihariban", "osect")) == [issued.id]
    assert ends(days=14) == ends(codes=("notice_by",)) == ends(whose="provider") == []
    assert ends(services=("osect",)) == []
    days = [row.deadline.on for row in list_deadlines(desk, DeadlineQuery()).rows]
    assert days == sorted(days)
    first = list_deadlines(desk, DeadlineQuery(), limit=1)
    assert (len(first.rows), first.count) == (1, len(days))
    (event,) = events(calendar_file(list_deadlines(desk, DeadlineQuery(days=15)).rows[-1:], SERVICES, NOW))
    assert event.decoded("dtstart") == date(2026, 12, 5)
    assert str(event["summary"]).startswith("見積の有効期限：青葉商店")
    assert f"見積 {issued.number}" in str(event["description"])


def test_nothing_to_export_is_said_and_no_file_is_left(desk: Desk, tmp_path: Path) -> None:
    target = tmp_path / "期限.ics"
    with pytest.raises(UserError) as told:
        export_calendar(desk, DeadlineQuery(days=5), target)
    assert told.value.code == "nothing-to-export"
    assert not target.exists()


def test_a_folder_that_is_gone_is_the_machine_s_trouble(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem):
        export_calendar(desk, DeadlineQuery(), tmp_path / "gone" / "期限.ics")
