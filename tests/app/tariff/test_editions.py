"""Which edition is in force on the days around every change of the terms, and what is said where none is
priced.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.editions import in_force, overlaps
from app.tariff.model import Edition
from app.words import set_language

STARTS = {
    "mihariban": [
        "2019-02-01",
        "2020-04-01",
        "2022-03-01",
        "2022-07-01",
        "2022-08-01",
        "2022-09-01",
        "2023-10-13",
        "2023-12-01",
    ],
    "media-light": ["2021-02-01", "2024-04-01"],
    "dokodemo-prime": ["2025-03-31", "2025-07-01", "2025-10-01", "2026-05-11"],
    "mdr-ndr": ["2022-01-21", "2023-06-01"],
}
CHANGES = [
    (code, date.fromisoformat(text), starts[place - 1] if place else None)
    for code, starts in STARTS.items()
    for place, text in enumerate(starts)
]


@pytest.mark.parametrize(("code", "start", "before"), CHANGES)
def test_boundary(shipped: Catalogue, code: str, start: date, before: str | None) -> None:
    assert shipped.edition(code, start).start == start
    eve = start - timedelta(days=1)
    if before is None:
        with pytest.raises(UserError) as caught:
            shipped.edition(code, eve)
        assert caught.value.code == "edition-unknown"
    else:
        assert shipped.edition(code, eve).start == date.fromisoformat(before)


@pytest.mark.parametrize("code", STARTS)
def test_only_the_last_edition_is_priced(shipped: Catalogue, code: str) -> None:
    editions = shipped.service(code).editions
    assert [str(edition.start) for edition in editions] == STARTS[code]
    assert [edition.priced for edition in editions] == [False] * (len(editions) - 1) + [True]
    last = date.fromisoformat(STARTS[code][-1])
    assert shipped.priced_edition(code, last).start == last
    assert shipped.priced_edition(code, date(2126, 1, 1)).start == last


@pytest.mark.parametrize("code", STARTS)
def test_before_the_priced_edition(shipped: Catalogue, code: str) -> None:
    last = date.fromisoformat(STARTS[code][-1])
    with pytest.raises(UserError) as caught:
        shipped.priced_edition(code, last - timedelta(days=1))
    (problem,) = caught.value.problems
    assert problem.code == "edition-unknown"
    assert problem.clause == shipped.priced_edition(code, last).clause
    assert f"{last.year}年{last.month}月{last.day}日" in problem.sentence()


def test_undated_terms_are_always_in_force(shipped: Catalogue) -> None:
    (only,) = shipped.service("osect").editions
    for day in (date(1990, 1, 1), date(2026, 6, 1), date(2126, 1, 1)):
        assert shipped.priced_edition("osect", day) is only


def test_refusal_speaks_english(shipped: Catalogue) -> None:
    set_language("en")
    try:
        with pytest.raises(UserError) as caught:
            shipped.priced_edition("mdr-ndr", date(2023, 5, 31))
    finally:
        set_language("ja")
    assert "1 June 2023" in caught.value.problems[0].sentence()


def edition(start: str | None, until: str | None = None) -> Edition:
    return Edition(
        start=date.fromisoformat(start) if start else None,
        until=date.fromisoformat(until) if until else None,
        priced=False,
        clause="1",
    )


def test_an_end_nothing_follows() -> None:
    ended = edition("2025-01-01", "2025-04-01")
    assert in_force([ended], date(2025, 3, 31)) is ended
    assert in_force([ended], date(2025, 4, 1)) is None
    again = edition("2025-06-01")
    assert in_force([ended, again], date(2025, 5, 31)) is None
    assert in_force([ended, again], date(2025, 6, 1)) is again


@pytest.mark.parametrize(
    ("editions", "count"),
    [
        ([edition("2025-01-01"), edition("2026-01-01")], 0),
        ([edition("2025-01-01", "2026-01-01"), edition("2026-01-01")], 0),
        ([edition("2025-01-01", "2026-01-02"), edition("2026-01-01")], 1),
        ([edition("2025-01-01"), edition("2025-01-01")], 1),
        ([edition(None), edition("2025-01-01")], 1),
        ([edition(None), edition(None)], 1),
        ([edition(None)], 0),
    ],
)
def test_overlaps(editions: list[Edition], count: int) -> None:
    assert len(overlaps(editions)) == count
