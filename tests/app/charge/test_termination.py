"""What leaving costs: どこでもプライム and media, under each reading of the months that are left."""

from __future__ import annotations

from datetime import date

import pytest

from app.charge.termination import Termination, termination
from app.contract.facts import Started, Timeline
from app.money import TaxKind
from tests.shipped import catalogue


def leave(service: str, start: date, items: dict[str, int], on: date, **choices: str) -> Termination:
    chosen = catalogue().with_choices({name.replace("_", "-"): one for name, one in choices.items()})
    found = termination(Timeline(service, (Started(start, items),)), chosen, on)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("on", "choice", "left"),
    [
        (date(2027, 10, 5), "whole-months", 6),
        (date(2027, 10, 5), "calendar-months", 7),
        (date(2028, 5, 20), "whole-months", 0),
        (date(2026, 5, 25), "whole-months", 23),
    ],
)
def test_prime_counts_the_months_left_of_twenty_four(on: date, choice: str, left: int) -> None:
    found = leave("dokodemo-prime", date(2026, 5, 20), {"id": 10}, on, prime_months_left=choice)
    assert (found.months_left, found.fee) == (left, 28_000 * left)


def test_prime_started_on_the_first_gives_the_same_both_ways() -> None:
    fees = {
        leave("dokodemo-prime", date(2026, 6, 1), {"id": 10}, date(2027, 6, 1), prime_months_left=choice).fee
        for choice in ("whole-months", "calendar-months")
    }
    assert fees == {28_000 * 11}


@pytest.mark.parametrize(
    ("on", "left"),
    [(date(2025, 5, 20), 0), (date(2025, 3, 1), 2), (date(2024, 5, 20), 11), (date(2025, 6, 1), 11)],
)
def test_media_counts_the_months_left_of_the_running_year(on: date, left: int) -> None:
    found = leave("media-light", date(2024, 5, 15), {"endpoint": 5}, on)
    assert (found.months_left, found.fee) == (left, 3_000 * left)


@pytest.mark.parametrize(
    ("choices", "on", "left"),
    [
        ({"media_months_left": "after-end-month"}, date(2025, 3, 1), 1),
        ({"media_months_left": "calendar-months"}, date(2025, 3, 1), 3),
        ({"media_months_left": "calendar-months"}, date(2025, 5, 1), 0),
        ({"media_fee_after_renewal": "first-year"}, date(2025, 6, 1), 0),
        ({"media_fee_after_renewal": "first-year"}, date(2025, 3, 1), 2),
    ],
)
def test_media_counts_otherwise_under_other_readings(choices: dict[str, str], on: date, left: int) -> None:
    assert leave("media-light", date(2024, 5, 15), {"endpoint": 5}, on, **choices).months_left == left


def test_media_counts_all_monthly_charges_under_the_other_reading() -> None:
    found = leave(
        "media-light", date(2025, 4, 1), {"endpoint": 10}, date(2025, 10, 1), media_termination_scope="all"
    )
    assert (found.months_left, found.fee) == (6, 9_000 * 6)


@pytest.mark.parametrize(("choice", "kind"), [("outside", TaxKind.OUTSIDE), ("taxed", TaxKind.STANDARD)])
def test_tax_on_the_fee_follows_its_reading(choice: str, kind: TaxKind) -> None:
    found = leave("dokodemo-prime", date(2026, 6, 1), {"id": 10}, date(2027, 6, 1), termination_tax=choice)
    assert found.line is not None
    assert found.line.tax is kind


def test_services_without_a_minimum_term_know_no_fee() -> None:
    for service, items in (
        ("mihariban", {"license": 5}),
        ("osect", {"sensor": 1}),
        ("mdr-ndr", {"annual-fee": 1}),
    ):
        line = Timeline(service, (Started(date(2026, 6, 1), items),))
        assert termination(line, catalogue(), date(2027, 6, 1)) is None
