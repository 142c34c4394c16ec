"""Days and hours of visits, with the reason where nobody comes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.days import DAY, DayRange, holidays_vouched_until, is_business_day
from app.errors import UserError
from app.visit.days import hours, permitted_days, refusal, time_refusal
from app.visit.desk_calendar import unsure_holidays
from app.visit.work import Area
from tests.shipped import catalogue

MEDIA, PRIME = "media-light", "dokodemo-prime"
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def kind(service: str, area: Area, day: date) -> str | None:
    found = refusal(catalogue(), service, area, day)
    return found.kind if found else None


@pytest.mark.parametrize(
    ("service", "area", "day", "expected"),
    [
        (MEDIA, "west", date(2026, 11, 21), None),  # Saturday
        (MEDIA, "east", date(2026, 11, 21), "weekday"),
        (PRIME, "east", date(2026, 11, 21), None),
        (PRIME, "west", date(2026, 11, 22), "weekday"),  # Sunday
        (MEDIA, "west", date(2026, 11, 23), "holiday"),
        (MEDIA, "west", date(2025, 5, 3), "holiday"),  # a Saturday
        (MEDIA, "west", date(2026, 9, 22), "holiday"),  # 国民の休日
        (MEDIA, "west", date(2026, 5, 6), "holiday"),  # 振替休日
        (PRIME, "west", date(2026, 12, 28), None),
        (PRIME, "west", date(2026, 12, 29), "year-end"),
        (PRIME, "west", date(2027, 1, 1), "year-end"),  # a holiday too
        (PRIME, "west", date(2027, 1, 3), "year-end"),
        (PRIME, "west", date(2027, 1, 4), None),
    ],
)
def test_days(service: str, area: Area, day: date, expected: str | None) -> None:
    assert kind(service, area, day) == expected


def test_a_refusal_says_what_why_and_what_to_do() -> None:
    found = refusal(catalogue(), MEDIA, "east", date(2026, 11, 21))
    assert found is not None
    assert found.what == "2026年11月21日（土）は訪問できません。"
    assert found.why == "東日本エリアでは土曜日は訪問を行っていません。"
    assert found.remedy
    assert found.clause == "別紙2"
    holiday = refusal(catalogue(), MEDIA, "west", date(2026, 5, 6))
    assert holiday is not None
    assert "振替休日（憲法記念日）" in holiday.why
    sunday = refusal(catalogue(), MEDIA, "east", date(2026, 11, 22))
    assert sunday is not None
    assert sunday.why == "日曜日は訪問を行っていません。"


def test_days_before_the_first_edition_follow_the_first_rules() -> None:
    assert kind(PRIME, "west", date(2020, 6, 6)) is None
    assert kind(MEDIA, "east", date(2020, 6, 6)) == "weekday"


def test_services_without_visits_have_no_days() -> None:
    for service in ("mihariban", "osect", "mdr-ndr"):
        with pytest.raises(UserError) as caught:
            refusal(catalogue(), service, "west", date(2026, 6, 10))
        assert caught.value.code == "no-rule"


def test_hours_and_the_reading_of_the_last_one() -> None:
    day = date(2026, 11, 20)
    assert (hours(catalogue(), MEDIA, day).first, hours(catalogue(), MEDIA, day).last) == ("09:00", "17:00")
    assert time_refusal(catalogue(), MEDIA, day, "09:00") is None
    assert time_refusal(catalogue(), MEDIA, day, "16:59") is None
    late = time_refusal(catalogue(), MEDIA, day, "17:00")
    assert late is not None
    assert late.kind == "hour"
    may_start = catalogue().with_choices({"visit-last-hour": "start"})
    assert time_refusal(may_start, MEDIA, day, "17:00") is None
    assert time_refusal(may_start, MEDIA, day, "17:01") is not None


@pytest.mark.parametrize("at", ["08:59", "", "9:00", "25:00", "09:60", "noon", "０９:00", "x" * 500])
def test_what_is_no_visiting_time_is_refused(at: str) -> None:
    found = time_refusal(catalogue(), PRIME, date(2026, 11, 20), at)
    assert found is not None
    assert len(found.what) < 60


@given(days, st.sampled_from([MEDIA, PRIME]))
def test_the_east_has_no_day_that_the_west_has_not(day: date, service: str) -> None:
    span = DayRange(day, day + timedelta(days=20))
    east = permitted_days(catalogue(), service, "east", span)
    assert set(east) <= set(permitted_days(catalogue(), service, "west", span)) <= set(span)


@given(days)
def test_media_visits_the_east_on_business_days_exactly(day: date) -> None:
    assert (kind(MEDIA, "east", day) is None) is is_business_day(day)


@given(days)
def test_every_refusal_has_words(day: date) -> None:
    found = refusal(catalogue(), PRIME, "west", day)
    assert found is None or (found.what and found.why and found.remedy and found.clause)


def test_a_day_beyond_the_published_holidays_says_so() -> None:
    last = holidays_vouched_until()
    assert unsure_holidays(last) == ""
    told = unsure_holidays(last + DAY)
    assert "まだ公表されていません" in told
    assert f"{last.year}年{last.month}月{last.day}日まで" in told
