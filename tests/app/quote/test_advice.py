"""More for less: only where a larger tier makes the month cheaper, and then the cheapest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.quote.advice import cheaper_quantity
from app.tariff.model import Edition
from tests.shipped import catalogue

PRICES = {5: 3000, 10: 2800, 20: 2600, 30: 2400, 40: 2200, 50: 2000, 100: 1800, 300: 1600}


def edition(service: str) -> Edition:
    return catalogue().service(service).editions[-1]


def month(ids: int) -> int:
    """The month of どこでもプライム by its printed table."""
    return ids * next(price for first, price in reversed(PRICES.items()) if ids >= first)


@pytest.mark.parametrize(
    ("ids", "quantity", "net"),
    [(19, 20, 52_000), (28, 30, 72_000), (46, 50, 100_000), (91, 100, 180_000), (267, 300, 480_000)],
)
def test_a_larger_tier_that_is_cheaper(ids: int, quantity: int, net: int) -> None:
    found = cheaper_quantity(edition("dokodemo-prime"), {"id": ids})
    assert found is not None
    assert (found.item, found.quantity, found.monthly_net) == ("id", quantity, net)
    assert found.saving == month(ids) - net
    assert found.clause == "別紙4"


@given(st.integers(5, 9_999))
def test_the_advice_is_the_best_of_all_larger_quantities(ids: int) -> None:
    best = min((month(more), more) for more in [*(first for first in PRICES if first > ids), ids])
    found = cheaper_quantity(edition("dokodemo-prime"), {"id": ids})
    if best[0] < month(ids):
        assert found is not None
        assert (found.monthly_net, found.quantity) == best
    else:
        assert found is None


@pytest.mark.parametrize(
    ("service", "items"),
    [
        ("mihariban", {"license": 49}),
        ("media-light", {"endpoint": 10, "gateway-10": 1}),
        ("osect", {"sensor": 3}),
        ("mdr-ndr", {"annual-fee": 3_600_000}),
    ],
)
def test_services_without_tiers_have_nothing_to_gain(service: str, items: dict[str, int]) -> None:
    assert cheaper_quantity(edition(service), items) is None
