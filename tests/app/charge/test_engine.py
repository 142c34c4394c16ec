"""Charging months: each service's own rule for begun months, boundaries of quantities and editions."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charge.engine import charge, end_after
from app.contract.facts import AgreedUnitPrice, Ended, Started, Timeline
from app.days import Month
from app.errors import UserError
from tests.shipped import catalogue

PRICED_DAYS = st.dates(date(2026, 6, 1), date(2035, 12, 31))


def timeline(
    service: str, start: date, items: dict[str, int], end: date | None = None, **more: object
) -> Timeline:
    facts = (Started(start, items, more.pop("options", {})), *((Ended(end),) if end else ()))
    return Timeline(service, facts, **more)  # type: ignore[arg-type]


def amounts(line: Timeline, month: str, **choices: str) -> dict[str, int]:
    year, number = map(int, month.split("-"))
    with_choices = catalogue().with_choices({name.replace("_", "-"): one for name, one in choices.items()})
    return {one.item: one.amount for one in charge(line, with_choices, Month(year, number))}


@pytest.mark.parametrize(
    ("service", "start", "items", "month", "expected"),
    [
        ("mihariban", date(2024, 6, 18), {"license": 50}, "2024-06", {"license": 4116}),
        ("dokodemo-prime", date(2026, 7, 24), {"id": 5}, "2026-07", {"id": 3870}),
        ("dokodemo-prime", date(2026, 5, 11), {"id": 10}, "2026-05", {"id": 18967}),
        ("osect", date(2025, 7, 15), {"sensor": 5}, "2025-07", {"initial-fee": 1_250_000, "sensor": 164_516}),
        ("osect", date(2028, 2, 15), {"sensor": 1}, "2028-02", {"initial-fee": 250_000, "sensor": 31_034}),
        ("media-light", date(2025, 4, 30), {"endpoint": 2}, "2025-04", {"base": 3000, "endpoint": 1200}),
        ("mdr-ndr", date(2025, 7, 14), {"annual-fee": 3_600_000}, "2025-07", {"annual-fee": 3_600_000}),
        ("mdr-ndr", date(2025, 7, 14), {"annual-fee": 3_600_000}, "2025-08", {}),
        ("mdr-ndr", date(2025, 7, 14), {"annual-fee": 3_600_000}, "2026-07", {"annual-fee": 3_600_000}),
    ],
)
def test_start_month_follows_the_services_own_rule(
    service: str, start: date, items: dict[str, int], month: str, expected: dict[str, int]
) -> None:
    assert amounts(timeline(service, start, items), month) == expected


def test_months_before_the_start_cost_nothing() -> None:
    assert amounts(timeline("mihariban", date(2024, 6, 18), {"license": 10}), "2024-05") == {}


@pytest.mark.parametrize(
    ("choice", "start_month", "end_month"),
    [("by-day", 4116, 2533), ("touched-month", 9500, 9500), ("start-full-end-free", 9500, 0)],
)
def test_each_reading_of_begun_months_is_implemented(choice: str, start_month: int, end_month: int) -> None:
    line = timeline("mihariban", date(2024, 6, 18), {"license": 50}, date(2024, 9, 9))
    assert amounts(line, "2024-06", mihariban_proration=choice).get("license", 0) == start_month
    assert amounts(line, "2024-09", mihariban_proration=choice).get("license", 0) == end_month


@pytest.mark.parametrize(
    ("service", "end", "month", "expected"),
    [
        ("dokodemo-prime", date(2026, 8, 10), "2026-08", 28_000 * 9 // 31),  # the day before is the last
        ("osect", date(2026, 8, 10), "2026-08", 60_000 * 10 // 31),  # the day itself is the last
        ("media-light", date(2026, 8, 10), "2026-08", 0),  # the month of the end is free
        ("media-light", date(2026, 8, 10), "2026-07", 3_000),
    ],
)
def test_last_month_follows_the_services_own_rule(service: str, end: date, month: str, expected: int) -> None:
    items = {"dokodemo-prime": {"id": 10}, "osect": {"sensor": 1}, "media-light": {}}[service]
    lines = amounts(timeline(service, date(2026, 6, 1), items, end), month)
    lines.pop("termination-fee", None)
    assert sum(lines.values()) == expected


@pytest.mark.parametrize(
    ("service", "start", "expected"),
    [
        ("mihariban", date(2026, 6, 9), 1),
        ("osect", date(2026, 6, 9), 1),
        ("media-light", date(2026, 6, 9), 30),
    ],
)
def test_start_and_end_on_one_day(service: str, start: date, expected: int) -> None:
    items = {"mihariban": {"license": 30}, "osect": {"sensor": 1}, "media-light": {}}[service]
    full = {"mihariban": 5_700, "osect": 60_000, "media-light": 3_000}[service]
    lines = amounts(timeline(service, start, items, start), "2026-06")
    lines.pop("initial-fee", None)
    lines.pop("termination-fee", None)
    assert sum(lines.values()) == full * expected // 30


@pytest.mark.parametrize(
    ("service", "item", "quantity", "code"),
    [
        ("mihariban", "license", 0, "out-of-range"),
        ("mihariban", "license", 51, "out-of-range"),
        ("mihariban", "license", -1, "bad-input"),
        ("mihariban", "id", 5, "bad-input"),
        ("dokodemo-prime", "id", 4, "out-of-range"),
        ("dokodemo-prime", "id", 10_000, "out-of-range"),
        ("osect", "sensor", 0, "out-of-range"),
        ("media-light", "cloud-sandbox", 1, "no-price"),
        ("media-light", "base", 2, "bad-input"),
    ],
)
def test_quantities_outside_the_price_list_are_refused(
    service: str, item: str, quantity: int, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        amounts(timeline(service, date(2026, 6, 1), {item: quantity}), "2026-06")
    assert refused.value.code == code
    assert all(problem.field and problem.what for problem in refused.value.problems)


@pytest.mark.parametrize(("service", "item", "quantity"), [
    ("mihariban", "license", 1), ("mihariban", "license", 50),
    ("dokodemo-prime", "id", 5), ("dokodemo-prime", "id", 9_999),
])  # fmt: skip
def test_quantities_at_the_ends_of_the_price_list_are_taken(service: str, item: str, quantity: int) -> None:
    assert amounts(timeline(service, date(2026, 6, 1), {item: quantity}), "2026-06")[item] > 0


def test_months_before_printed_prices_are_refused_with_the_clause() -> None:
    with pytest.raises(UserError) as refused:
        amounts(timeline("dokodemo-prime", date(2026, 5, 10), {"id": 10}), "2026-05")
    assert refused.value.code == "edition-unknown"
    assert refused.value.clause


def test_options_move_prices_and_leave_the_list_price_in_the_reason() -> None:
    options = {"gateway_24h": False, "endpoint_purchased": 4}
    line = timeline("media-light", date(2025, 4, 1), {"endpoint": 10, "gateway-10": 2}, options=options)
    assert amounts(line, "2025-06") == {"base": 3_000, "endpoint": 3_600, "gateway-10": 12_000}


def test_an_agreed_price_goes_before_the_tier() -> None:
    agreed = (AgreedUnitPrice("id", 2_000, "年間契約", "営業部長"),)
    line = timeline("dokodemo-prime", date(2026, 6, 1), {"id": 31}, agreed=agreed)
    assert amounts(line, "2026-06") == {"id": 62_000}


@given(start=PRICED_DAYS, ids=st.integers(5, 9_999))
def test_a_begun_month_is_its_days_share_floored_once(start: date, ids: int) -> None:
    month = Month.of(start)
    line = timeline("dokodemo-prime", start, {"id": ids})
    full = amounts(line, str(month.plus(1)))["id"]
    days = (month.last - start).days + 1
    assert amounts(line, str(month))["id"] == Fraction(full * days, month.days) // 1


@given(
    start=PRICED_DAYS,
    length=st.integers(0, 800),
    service=st.sampled_from(["mihariban", "osect", "dokodemo-prime"]),
)
def test_one_more_day_never_costs_less_and_days_add_up(start: date, length: int, service: str) -> None:
    items = {"mihariban": {"license": 7}, "osect": {"sensor": 3}, "dokodemo-prime": {"id": 31}}[service]
    edition = catalogue().priced_edition(service, start)

    def total(days: int) -> int:
        last = start + timedelta(days=days)
        line = timeline(service, start, items, end_after(edition, last))
        months = Month.of(start).until(Month.of(last))
        charged = [amounts(line, str(month)) for month in months]
        return sum(of_month[item] for of_month in charged for item in of_month if item in items)

    shorter, longer = total(length), total(length + 1)
    assert shorter <= longer
    full = amounts(timeline(service, start, items), str(Month.of(start).plus(1)))
    assert longer - shorter <= max(full.values()) // 28 + 1


@given(start=PRICED_DAYS, cut=st.integers(1, 27))
def test_splitting_a_month_loses_at_most_the_floors(start: date, cut: int) -> None:
    month = Month.of(start)
    first, cut_day = month.first, month.first + timedelta(days=cut)
    whole = amounts(timeline("dokodemo-prime", first, {"id": 31}), str(month))["id"]
    before = amounts(timeline("dokodemo-prime", first, {"id": 31}, cut_day), str(month))["id"]
    after = amounts(timeline("dokodemo-prime", cut_day, {"id": 31}), str(month))["id"]
    assert 0 <= whole - before - after <= 1
