"""Months, periods by 民法143条, business days, reading and saying dates."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.days import (
    DayRange,
    Month,
    add_business_days,
    corresponding_day,
    date_words,
    days_of_month,
    days_words,
    era_date_words,
    holiday_name,
    holiday_words,
    holidays_vouched_until,
    is_business_day,
    month_name,
    month_words,
    next_business_day,
    nth_period,
    parse_date,
    parse_month,
    period,
    period_number,
    short_month_words,
    weekday_words,
)
from app.errors import UserError
from app.words import set_language

TODAY = date(2026, 11, 20)
days = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


# --- months and ranges


def test_month_knows_its_days() -> None:
    may = Month(2026, 5)
    assert (may.first, may.last, may.days, str(may)) == (d("2026-05-01"), d("2026-05-31"), 31, "2026-05")
    assert Month.of(d("2026-05-31")) == may
    assert may.plus(8) == Month(2027, 1)
    assert may.plus(-5) == Month(2025, 12)
    winter = Month(2026, 11).until(Month(2027, 1))
    assert [str(month) for month in winter] == ["2026-11", "2026-12", "2027-01"]
    assert list(Month(2026, 11).until(Month(2026, 10))) == []


def test_month_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="no such month"):
        Month(9999, 12).plus(1)


@given(st.integers(1, 9999), st.integers(1, 12))
def test_days_of_month_agrees_with_the_calendar(year: int, month: int) -> None:
    first = date(year, month, 1)
    last = first + timedelta(days=days_of_month(year, month) - 1)
    assert last.month == month
    assert last == date.max or (last + timedelta(days=1)).month != month


def test_range_is_inclusive() -> None:
    span = DayRange(d("2026-04-30"), d("2026-05-02"))
    assert len(span) == 3
    assert list(span) == [d("2026-04-30"), d("2026-05-01"), d("2026-05-02")]
    assert span.first in span
    assert span.last in span
    assert d("2026-05-03") not in span
    assert "2026-05-01" not in span
    assert span.common(Month(2026, 5).range) == DayRange(d("2026-05-01"), d("2026-05-02"))
    assert len(span.common(Month(2026, 6).range)) == 0
    assert not span.common(Month(2026, 6).range)


# --- periods


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ("2019-03-10", 1, "2019-04-09"),
        ("2019-01-29", 1, "2019-02-28"),
        ("2019-05-31", 1, "2019-06-30"),
        ("2019-06-01", 1, "2019-06-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2025-04-15", 12, "2026-04-14"),
        ("2026-05-20", 24, "2028-05-19"),
        ("2026-12-31", 2, "2027-02-28"),
    ],
)
def test_period_runs_to_the_day_before_the_corresponding_day(start: str, months: int, last: str) -> None:
    assert period(d(start), months) == DayRange(d(start), d(last))


def test_years_are_counted_from_the_first_start() -> None:
    start = d("2024-02-29")
    assert nth_period(start, 12, 1) == DayRange(start, d("2025-02-28"))
    assert nth_period(start, 12, 2) == DayRange(d("2025-03-01"), d("2026-02-28"))
    assert nth_period(start, 12, 5).first == d("2028-02-29")


def test_a_day_before_the_start_lies_in_no_period() -> None:
    with pytest.raises(ValueError, match="before the start"):
        period_number(d("2026-01-02"), 12, d("2026-01-01"))


@given(days, st.integers(1, 60))
def test_corresponding_day_has_the_same_number_or_is_the_last_of_its_month(day: date, months: int) -> None:
    there = corresponding_day(day, months)
    assert Month.of(there) == Month.of(day).plus(months)
    assert there.day == day.day or (there.day < day.day and there == Month.of(there).last)


@given(days, st.integers(1, 36), st.integers(1, 12))
def test_periods_follow_each_other_without_gap(start: date, months: int, number: int) -> None:
    this, following = nth_period(start, months, number), nth_period(start, months, number + 1)
    assert following.first == this.last + timedelta(days=1)
    assert len(this) >= 28 * months


@given(days, st.sampled_from([1, 2, 12, 24]), st.integers(0, 4000))
def test_period_number_finds_the_period_of_a_day(start: date, months: int, offset: int) -> None:
    day = start + timedelta(days=offset)
    assert day in nth_period(start, months, period_number(start, months, day))


# --- holidays and business days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-09-22", "国民の休日"),
        ("2026-05-06", "憲法記念日 振替休日"),
        ("2025-09-15", "敬老の日"),
        ("2026-09-24", None),
    ],
)
def test_holiday_names(day: str, name: str | None) -> None:
    assert holiday_name(d(day)) == name


def test_holiday_words_say_the_substitute_first() -> None:
    assert holiday_words(d("2026-05-06")) == "振替休日（憲法記念日）"
    assert holiday_words(d("2025-09-15")) == "敬老の日"
    assert holiday_words(d("2025-09-16")) is None


def test_every_holiday_of_a_century_has_marked_words() -> None:
    from app.days import _HOLIDAYS

    years = (2000, 2009, 2015, 2019, 2020, 2021, 2026, 2032)
    names = {
        name.partition(" ")[0]
        for year in years
        for day in DayRange(date(year, 1, 1), date(year, 12, 31))
        if (name := holiday_name(day))
    }
    assert names <= set(_HOLIDAYS)


def test_holidays_are_vouched_for_beyond_today_but_not_for_ever() -> None:
    assert date(2027, 1, 1) <= holidays_vouched_until() <= date(2099, 12, 31)


@pytest.mark.parametrize(
    ("on", "offset", "expected"),
    [
        ("2026-09-24", -1, "2026-09-18"),
        ("2025-12-26", 1, "2026-01-05"),
        ("2026-12-28", 1, "2027-01-04"),
        ("2025-05-07", -9, "2025-04-21"),
        ("2026-05-03", 5, "2026-05-13"),
        ("2026-06-22", -5, "2026-06-15"),
        ("2026-05-03", 0, "2026-05-03"),
    ],
)
def test_business_days_are_counted_without_the_day_itself(on: str, offset: int, expected: str) -> None:
    assert add_business_days(d(on), offset) == d(expected)


def test_next_business_day_keeps_a_business_day() -> None:
    assert next_business_day(d("2026-05-07")) == d("2026-05-07")
    assert next_business_day(d("2026-05-02")) == d("2026-05-07")


@given(days, st.integers(1, 30))
def test_business_days_there_and_back(day: date, count: int) -> None:
    start = next_business_day(day)
    there = add_business_days(start, count)
    assert is_business_day(there)
    assert add_business_days(there, -count) == start


# --- reading


@pytest.mark.parametrize(
    "text",
    ["2026-02-31", "2025-02-29", "soon", "", "20260501", "2026-W01-1", "2026-5-1", "2026/05/01",
     "２０２６-05-01", "2026-05-01 ", "2026-05-01\n", "2026-13-01", "0000-01-01", "1926-11-19", "2126-11-21",
     None, 20260501, True, ["2026-05-01"]],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: object) -> None:
    with pytest.raises(UserError) as caught:
        parse_date(text, TODAY, "contract.start")
    assert caught.value.code == "bad-input"
    assert caught.value.problems[0].field == "contract.start"
    assert caught.value.problems[0].why


@pytest.mark.parametrize("text", ["2026-05-01", "2024-02-29", "1926-11-20", "2126-11-20"])
def test_dates_up_to_a_hundred_years_away_are_read(text: str) -> None:
    assert parse_date(text, TODAY) == d(text)


@pytest.mark.parametrize(
    "text", ["2026-00", "2026-13", "2026-1", "2026-01-01", "0000-01", "9999-12", 202601, None]
)
def test_what_is_no_month_is_refused(text: object) -> None:
    with pytest.raises(UserError):
        parse_month(text, TODAY)


def test_months_are_read() -> None:
    assert parse_month("2026-07", TODAY) == Month(2026, 7)


# --- words


@pytest.mark.parametrize(
    ("day", "words_ja"),
    [
        ("2019-04-30", "平成31年4月30日"),
        ("2019-05-01", "令和元年5月1日"),
        ("1989-01-07", "昭和64年1月7日"),
        ("1989-01-08", "平成元年1月8日"),
        ("1926-12-24", "大正15年12月24日"),
        ("1926-12-25", "昭和元年12月25日"),
        ("1912-07-29", "明治45年7月29日"),
        ("1912-07-30", "大正元年7月30日"),
        ("1873-01-01", "明治6年1月1日"),
        ("1872-12-31", "1872年12月31日"),
        ("2026-11-20", "令和8年11月20日"),
    ],
)
def test_eras_at_their_edges(day: str, words_ja: str) -> None:
    assert era_date_words(d(day)) == words_ja


def test_dates_in_words() -> None:
    day = d("2026-11-20")
    assert date_words(day) == "2026年11月20日（金）"
    assert date_words(day, weekday=False) == "2026年11月20日"
    assert weekday_words(day) == "金"
    assert month_words(Month.of(day)) == "2026年11月"
    assert month_name(11) == "11月"
    assert short_month_words(Month.of(day)) == "2026年11月"
    assert days_words(d("2026-12-10"), d("2026-12-31")) == "12月10日〜31日"
    assert days_words(d("2026-12-10"), d("2027-01-09")) == "12月10日〜1月9日"
    assert days_words(d("2026-12-31"), d("2026-12-31")) == "12月31日"


def test_dates_in_english() -> None:
    set_language("en")
    day = d("2026-11-20")
    assert date_words(day) == "Fri, 20 Nov 2026"
    assert era_date_words(day) == "20 November 2026"
    assert weekday_words(day) == "Fri"
    assert month_words(Month.of(day)) == "November 2026"
    assert month_name(11) == "November"
    assert short_month_words(Month.of(day)) == "Nov 2026"
    assert days_words(d("2026-12-10"), d("2026-12-31")) == "10–31 December"
    assert days_words(d("2026-12-10"), d("2027-01-09")) == "10 December – 9 January"
    assert days_words(d("2026-12-31"), d("2026-12-31")) == "31 December"


def test_holidays_are_loaded_only_when_asked_for() -> None:
    script = "import sys, app.days; assert 'jpholiday' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True, timeout=600)
