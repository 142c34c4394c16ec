"""When requests for visits are taken: printed hours, days by a reading, and when it is again."""

from __future__ import annotations

from datetime import datetime

import pytest

from app.visit.reception import reception_notice
from tests.shipped import catalogue


@pytest.mark.parametrize(
    ("service", "at", "again"),
    [
        # 別紙3: 9:00–17:00, weekdays (the telephone desk's days)
        ("dokodemo-prime", "2026-11-20 09:00", None),
        ("dokodemo-prime", "2026-11-20 16:59", None),
        ("dokodemo-prime", "2026-11-20 17:00", "2026年11月24日（火） 09:00"),  # weekend, then 勤労感謝の日
        ("dokodemo-prime", "2026-11-20 08:59", "2026年11月20日（金） 09:00"),
        ("dokodemo-prime", "2026-11-21 10:00", "2026年11月24日（火） 09:00"),
        ("dokodemo-prime", "2026-12-29 10:00", "2027年1月4日（月） 09:00"),
        # 別紙2: 9:00–21:00, every day but 12/29–1/3
        ("media-light", "2026-11-20 20:59", None),
        ("media-light", "2026-11-20 21:00", "2026年11月21日（土） 09:00"),
        ("media-light", "2026-11-23 12:00", None),
        ("media-light", "2026-12-31 12:00", "2027年1月4日（月） 09:00"),
    ],
)
def test_outside_its_hours_the_next_ones_are_told(service: str, at: str, again: str | None) -> None:
    found = reception_notice(catalogue(), service, datetime.fromisoformat(at))
    assert (found is None) is (again is None)
    if found is not None and again is not None:
        assert found.code == "outside-reception"
        assert again in found.remedy
        assert found.clause == ("別紙3" if service == "dokodemo-prime" else "別紙2")


@pytest.mark.parametrize(
    ("service", "name", "choice", "at", "open_"),
    [
        ("dokodemo-prime", "prime-reception-days", "visit-days", "2026-11-21 10:00", True),  # Saturday
        ("dokodemo-prime", "prime-reception-days", "visit-days", "2026-11-23 10:00", False),
        ("media-light", "media-reception-days", "weekdays", "2026-11-21 10:00", False),
    ],
)
def test_the_days_follow_the_reading(service: str, name: str, choice: str, at: str, *, open_: bool) -> None:
    chosen = catalogue().with_choices({name: choice})
    assert (reception_notice(chosen, service, datetime.fromisoformat(at)) is None) is open_
