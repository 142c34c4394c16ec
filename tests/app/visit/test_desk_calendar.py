"""The desk's own closed days come after those of the terms; holidays are vouched for up to a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.days import holidays_vouched_until
from app.visit.desk_calendar import closed, vouched
from app.visit.order import Area
from app.visit.settings import ClosedDays
from tests.shipped import catalogue

OWN = (ClosedDays(first=date(2026, 11, 23), last=date(2026, 11, 25), why="改装"),)


@pytest.mark.parametrize(
    ("day", "area", "kind"),
    [
        (date(2026, 11, 23), "west", "holiday"),  # the terms are told before the desk's own day
        (date(2026, 11, 24), "west", "own"),
        (date(2026, 11, 26), "west", None),
        (date(2026, 11, 28), "east", "weekday"),
        (date(2026, 12, 30), "west", "year-end"),
    ],
)
def test_why_nobody_comes(day: date, area: Area, kind: str | None) -> None:
    found = closed(catalogue(), "media-light", area, day, OWN)
    assert (found.kind if found else None) == kind
    assert found is None or (found.why and found.remedy and found.clause)


def test_holidays_are_vouched_for_up_to_a_day() -> None:
    last = holidays_vouched_until()
    assert vouched(last)
    assert not vouched(last + timedelta(days=1))
