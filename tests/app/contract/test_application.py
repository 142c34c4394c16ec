"""Screening applications: every ground, on which lines it holds, and the promotion of 2019."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from app.contract.application import Application, Screening, screen
from tests.shipped import catalogue

ITEMS = {
    "mihariban": {"license": 10},
    "media-light": {"endpoint": 10},
    "osect": {"sensor": 1},
    "dokodemo-prime": {"id": 10},
    "mdr-ndr": {"annual-fee": 3_600_000},
}


def screened(service: str, **more: Any) -> Screening:
    known = catalogue().service(service)
    application = Application(**{"line": "flets", "items": ITEMS[service], **more})
    return screen(application, known, known.editions[-1])


@pytest.mark.parametrize("service", ITEMS)
def test_a_plain_application_is_accepted(service: str) -> None:
    result = screened(service)
    assert result.accepted
    assert result.clauses == ()
    assert result.promotion is None


@pytest.mark.parametrize(
    ("service", "more", "clauses"),
    [
        ("mihariban", {"same_name": False}, ("7-2-1",)),
        ("mihariban", {"flags": frozenset({"technically_difficult"})}, ("7-2-2",)),
        ("mihariban", {"flags": frozenset({"arrears"})}, ("7-2-3",)),
        ("mihariban", {"items": {"license": 51}}, ("25",)),
        ("mihariban", {"items": {}}, ("25",)),
        ("mihariban", {"same_name": False, "items": {"license": 60}}, ("7-2-1", "25")),
        ("mihariban", {"line": "other", "same_name": False}, ("7-2-1",)),  # two grounds, one clause
        ("mihariban", {"flags": frozenset({"competitor"})}, ()),  # no ground of these terms
        ("media-light", {"flags": frozenset({"arrears", "false_statement"})}, ("8-2-3", "8-2-4")),
        ("media-light", {"same_name": False}, ()),
        ("osect", {"flags": frozenset({"competitor", "false_statement"})}, ("6-3-4", "6-3-7")),
        ("dokodemo-prime", {"same_name": False}, ("6-2",)),
        ("dokodemo-prime", {"same_name": False, "line": "other"}, ()),
        ("dokodemo-prime", {"documents_agreed": False}, ("8-2-5",)),
        ("dokodemo-prime", {"items": {"id": 4}}, ("別紙4",)),
        ("dokodemo-prime", {"items": {"id": 10_000}}, ("別紙4",)),
        ("mdr-ndr", {"maintenance_contract": False}, ("5-2",)),
        ("mdr-ndr", {"flags": frozenset({"past_breach", "arrears"})}, ("5-4-2", "5-4-7")),
        ("mdr-ndr", {"documents_agreed": False}, ()),
    ],
)
def test_grounds(service: str, more: dict[str, Any], clauses: tuple[str, ...]) -> None:
    result = screened(service, **more)
    assert result.clauses == clauses
    assert result.accepted is (not clauses)


@pytest.mark.parametrize(
    ("applied", "start", "used_before", "free"),
    [
        (date(2013, 7, 31), date(2013, 8, 10), False, None),
        (date(2013, 8, 1), date(2013, 8, 10), False, (date(2013, 8, 10), date(2013, 9, 9))),
        (date(2019, 5, 30), date(2019, 6, 1), False, (date(2019, 6, 1), date(2019, 6, 30))),
        (date(2019, 5, 31), date(2019, 6, 10), False, None),
        (date(2019, 1, 20), date(2019, 1, 29), False, (date(2019, 1, 29), date(2019, 2, 28))),
        (date(2019, 1, 31), date(2019, 2, 10), True, (date(2019, 2, 10), date(2019, 3, 9))),
        (date(2019, 2, 1), date(2019, 2, 10), True, None),
        (date(2019, 5, 30), date(2019, 6, 10), True, None),
        (None, date(2019, 3, 10), False, None),
        (date(2019, 3, 1), None, False, None),
    ],
)
def test_the_free_month_of_2019(
    applied: date | None, start: date | None, used_before: bool, free: tuple[date, date] | None
) -> None:
    result = screened("mihariban", applied_on=applied, start=start, used_promotion_before=used_before)
    found = result.promotion
    assert (found and (found.days.first, found.days.last)) == free


def test_a_refused_application_earns_nothing() -> None:
    result = screened("mihariban", applied_on=date(2019, 3, 1), start=date(2019, 3, 10), same_name=False)
    assert result.promotion is None
