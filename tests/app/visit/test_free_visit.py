"""The free visit of the contract year: which visit, which devices, and every choice of its readings."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.visit.work import Work
from tests.app.visit.requests import (
    BY_HAND,
    DAY,
    START,
    amounts,
    media,
    migration,
    moving,
    price,
    prime,
    readings,
    work,
)

GATEWAY = {10: 1}


def free_quantity(item: str, *works: Work, **choices: str) -> int:
    """How many units of an item are free for a contract with one gateway of ten clients."""
    priced = price(media(*works, gateways=GATEWAY, endpoint=True), **choices)
    return sum(line.quantity or 0 for line in priced.lines if line.item == item and line.unit_price == 0)


# --- which visit


@pytest.mark.parametrize(
    ("on", "free_visits", "free"),
    [
        (date(2025, 4, 15), (), True),
        (date(2026, 4, 14), (), True),
        (date(2026, 4, 14), (date(2025, 4, 15),), False),
        (date(2026, 4, 15), (date(2026, 4, 14),), True),
        (date(2025, 6, 10), (date(2025, 6, 10),), False),
        (date(2025, 6, 10), (date(2025, 9, 1),), False),  # one a year, whichever was entered first
        (date(2025, 6, 10), (date(2025, 4, 14),), True),
    ],
)
def test_one_visit_of_each_contract_year_is_free(on: date, free_visits: tuple[date, ...], free: bool) -> None:
    priced = price(media(work(1, "os-recovery"), on=on, gateways=GATEWAY, free_visits=free_visits))
    assert priced.used_free is free
    assert (priced.net == 0) is free
    assert priced.free_value == (16_500 if free else 0)


def test_years_of_a_contract_begun_on_29_february() -> None:
    visit = media(work(1, "os-recovery"), start=date(2024, 2, 29), on=date(2025, 2, 28), gateways=GATEWAY)
    found = price(visit).entitlement
    assert found is not None
    assert (found.year.first, found.year.last) == (date(2024, 2, 29), date(2025, 2, 28))


def test_what_remains_is_told() -> None:
    now = price(media(work(1, "os-recovery"), gateways=GATEWAY)).entitlement
    kept = price(media(work(1, "os-recovery"), gateways=GATEWAY, use_free=False)).entitlement
    gone = price(media(work(1, "os-recovery"), gateways=GATEWAY, free_visits=(START,))).entitlement
    assert now is not None
    assert kept is not None
    assert gone is not None
    assert (now.left, now.available, now.applied) == (0, True, True)
    assert (kept.left, kept.available, kept.applied) == (1, True, False)
    assert (gone.left, gone.available, gone.applied, gone.used_on) == (0, False, False, (START,))


def test_not_using_it_leaves_everything_charged() -> None:
    priced = price(media(work(1, "os-recovery"), gateways=GATEWAY, use_free=False))
    assert (priced.net, priced.free_value) == (16_500, 0)


def test_nothing_is_free_before_the_start_without_gateway_or_where_terms_say_nothing() -> None:
    assert (
        price(media(work(1, "os-recovery"), on=START - timedelta(days=1), gateways=GATEWAY)).free_value == 0
    )
    assert price(media(work(1, "os-recovery"), start=None, gateways=GATEWAY)).entitlement is None
    without = price(media(work(1, "os-recovery"))).entitlement
    assert without is not None
    assert (without.available, without.left) == (False, 0)
    assert price(prime(work(1, "os-recovery"))).entitlement is None


# --- what is free


def test_basic_fee_and_diagnosis_are_free_whatever_the_work() -> None:
    priced = price(media(work(2, "os-update"), gateways=GATEWAY, dispatches=3))
    assert amounts(priced) == {"os-update": 14_000}
    assert priced.free_value == 3 * 4_500 + 1_500


def test_a_diagnosis_waived_with_the_line_is_no_free_value() -> None:
    priced = price(media(work(1, "os-recovery"), gateways=GATEWAY, with_line_order=True))
    assert priced.net == 0
    assert priced.free_value == 4_500 + 10_500


def test_devices_are_taken_in_the_order_of_the_work() -> None:
    first = work(8, "os-recovery")
    second = moving(4, "50", backup=True)
    assert free_quantity("os-recovery", first, second) == 8
    assert free_quantity("data-migration", first, second) == 2
    assert free_quantity("data-migration", second, first) == 4
    assert free_quantity("os-recovery", second, first) == 6


def test_work_without_recovery_or_backup_takes_nothing_of_the_cap() -> None:
    works = (work(9, "os-update", "wifi-setup"), moving(9, "4.7"), work(10, "os-recovery"))
    assert free_quantity("os-recovery", *works) == 10
    assert free_quantity("data-migration", *works) == 0


def test_recovery_and_migration_of_one_pc_are_one_device() -> None:
    assert (
        free_quantity("data-migration", work(10, "os-recovery", "data-migration", gb="50", backup=True)) == 10
    )


def test_recovered_without_a_backup_only_the_recovery_is_free() -> None:
    works = (work(12, "os-recovery", "data-migration", gb="50"),)
    assert free_quantity("os-recovery", *works) == 10
    assert free_quantity("data-migration", *works) == 0


def test_the_excess_keeps_the_band_of_the_whole_job() -> None:
    priced = price(media(work(12, "os-recovery", "data-migration", gb="50", backup=True), gateways=GATEWAY))
    assert amounts(priced) == {"os-recovery": 21_000, "data-migration": 2 * 20_500}
    assert priced.free_value == 6_000 + 10 * (10_500 + 20_500)


def test_the_endpoint_tool_is_reinstalled_free_on_recovered_devices_only() -> None:
    works = (work(12, "os-recovery", "endpoint-reinstall"), work(2, "endpoint-reinstall"))
    assert free_quantity("endpoint-reinstall", *works) == 10
    priced = price(media(*works, gateways=GATEWAY, endpoint=False))
    assert amounts(priced)["endpoint-reinstall"] == 14 * 3_500


def test_a_migrated_device_is_not_a_recovered_one() -> None:
    reinstalled = work(2, "data-migration", "endpoint-reinstall", gb="4.7", backup=True)
    assert free_quantity("endpoint-reinstall", reinstalled) == 0
    assert free_quantity("data-migration", reinstalled) == 2


def test_applications_are_never_free() -> None:
    priced = price(media(work(1, "os-recovery", "app-setup", apps=3), gateways=GATEWAY, endpoint=True))
    assert amounts(priced) == {"app-setup": 10_500}


def test_a_price_by_hand_can_be_free_too() -> None:
    priced = price(media(moving(30, "50", backup=True, by_hand=BY_HAND), gateways=GATEWAY))
    assert amounts(priced) == {"data-migration": 20 * 18_000}
    assert priced.free_value == 6_000 + 10 * 18_000


def test_a_free_line_says_what_it_would_cost_and_why_it_does_not() -> None:
    line = next(
        line for line in price(media(work(2, "os-recovery"), gateways=GATEWAY)).lines if line.quantity == 2
    )
    assert (line.amount, line.unit_price, line.detail) == (0, 0, "無償訪問（定価21,000円）")
    assert line.reason.rule == "free-visit"
    assert line.reason.clause == "別紙2●"
    assert line.reason.inputs["last"] == date(2026, 4, 14)
    assert line.reason.parts[0].amount == 21_000


# --- readings


def test_several_gateways_count_by_the_largest_or_all_together() -> None:
    visit = media(work(70, "os-recovery"), gateways={10: 2, 50: 1})
    assert amounts(price(visit)) == {"os-recovery": 20 * 10_500}
    assert amounts(price(visit, gateway_cap="sum")) == {}
    assert readings(price(visit)) == {"gateway-cap": "largest"}
    assert readings(price(media(work(50, "os-recovery"), gateways={10: 2, 50: 1}))) == {}
    assert readings(price(media(work(70, "os-recovery"), gateways={50: 1}))) == {}


def test_the_cap_counts_devices_or_devices_per_kind_of_work() -> None:
    visit = media(work(8, "os-recovery"), moving(8, "4.7", backup=True), gateways=GATEWAY)
    assert amounts(price(visit)) == {"data-migration": 6 * 6_000}
    assert amounts(price(visit, free_visit_cap="per-menu")) == {}
    assert readings(price(visit))["free-visit-cap"] == "per-device"


def test_free_migration_has_no_limit_of_volume_or_the_smallest_class() -> None:
    visit = media(moving(1, "50", backup=True), moving(1, "4.7", backup=True), gateways=GATEWAY)
    assert migration(visit) == 0
    assert migration(visit, free_migration_volume="smallest-class") == 30_000


def test_wifi_is_charged_by_the_device_or_by_the_set() -> None:
    visit = media(work(7, "wifi-setup"))
    assert amounts(price(visit))["wifi-setup"] == 7 * 900
    assert amounts(price(visit, wifi_unit="per-set"))["wifi-setup"] == 3 * 900
    assert readings(price(visit)) == {"wifi-unit": "per-device"}


# --- laws

menus = st.sets(
    st.sampled_from(["os-recovery", "os-update", "endpoint-reinstall", "app-setup", "data-migration"]),
    min_size=1,
)
works = st.lists(
    st.builds(
        lambda devices, menu, gb, backup, apps: work(
            devices, *sorted(menu), gb=gb if "data-migration" in menu else "", backup=backup, apps=apps
        ),
        st.integers(1, 5),
        menus,
        st.sampled_from(["4.7", "50", "120", "4500"]),
        st.booleans(),
        st.integers(1, 3),
    ),
    min_size=0,
    max_size=4,
)
caps = st.sampled_from([{}, {10: 1}, {50: 1}, {100: 1}, {10: 1, 50: 2}])
choices = st.fixed_dictionaries(
    {
        "gateway_cap": st.sampled_from(["largest", "sum"]),
        "free_visit_cap": st.sampled_from(["per-device", "per-menu"]),
        "free_migration_volume": st.sampled_from(["unlimited", "smallest-class"]),
        "migration_tier": st.sampled_from(["flat", "marginal"]),
    }
)


@given(works, caps, st.booleans(), choices)
def test_what_is_free_and_what_is_charged_make_the_list_price(
    listed: list[Work], gateways: dict[int, int], endpoint: bool, chosen: dict[str, str]
) -> None:
    priced = price(media(*listed, gateways=gateways, endpoint=endpoint), **chosen)
    full = price(media(*listed, gateways=gateways, endpoint=endpoint, use_free=False), **chosen)
    assert priced.free_value + priced.net == full.net
    assert full.free_value == 0
    assert all(line.amount == (line.quantity or 0) * (line.unit_price or 0) for line in priced.lines)


@given(works, choices)
def test_a_larger_gateway_never_makes_a_visit_dearer(listed: list[Work], chosen: dict[str, str]) -> None:
    nets = [price(media(*listed, gateways={size: 1}), **chosen).net for size in (10, 50, 100)]
    assert nets == sorted(nets, reverse=True)


@given(works, st.integers(0, 400))
def test_only_one_of_two_visits_in_a_contract_year_is_free(listed: list[Work], offset: int) -> None:
    other = DAY + timedelta(days=offset)
    same_year = other <= date(2026, 4, 14)
    priced = price(media(*listed, gateways=GATEWAY, on=other, free_visits=(DAY,)))
    assert priced.used_free is not same_year
