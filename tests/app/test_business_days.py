"""Business days against a calendar that others keep: the package ``holidays``, for 2020 to 2030.

It knows the moved holidays of 2020 and 2021, substitute holidays and days between two holidays.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from hypothesis import given
from hypothesis import strategies as st

from app.days import add_business_days, holiday_name, is_business_day

DAY = timedelta(days=1)
FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)


@lru_cache(maxsize=1)
def closed() -> frozenset[date]:
    """Every day that is no business day: weekends, holidays of the other calendar, 12/29–1/3."""
    import holidays

    japan = holidays.country_holidays("JP", years=range(2019, 2033))
    span = ((FIRST - 366 * DAY) + n * DAY for n in range((LAST - FIRST).days + 900))
    year_end = {(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)}
    return frozenset(
        day for day in span if day.weekday() >= 5 or day in japan or (day.month, day.day) in year_end
    )


def every_day() -> list[date]:
    return [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]


def test_the_same_holidays_on_every_day() -> None:
    import holidays

    japan = holidays.country_holidays("JP", years=range(2020, 2031))
    assert [day for day in every_day() if (holiday_name(day) is not None) != (day in japan)] == []
    assert len(japan) > 170


def test_the_same_business_days() -> None:
    assert [day for day in every_day() if is_business_day(day) == (day in closed())] == []


@given(st.dates(FIRST, LAST), st.integers(1, 40))
def test_counting_back_and_forward(day: date, count: int) -> None:
    for step in (-1, 1):
        wanted, left = day, count
        while left:
            wanted += step * DAY
            left -= wanted not in closed()
        assert add_business_days(day, step * count) == wanted
