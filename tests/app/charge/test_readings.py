"""Every reading that moves an amount of a bill, turned each way."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.charge.termination import ending
from app.contract.facts import Changed, Ended, Outage, Promoted, Started, Timeline, WorksFee
from app.errors import UserError
from app.money import TaxKind
from tests.app.charge.timelines import amounts, at, contract, lines, total
from tests.shipped import catalogue

TEN = {"endpoint": 10, "gateway-10": 1}


def fee(one: Timeline, **choices: str) -> tuple[int, int]:
    chosen = catalogue().with_choices({name.replace("_", "-"): choice for name, choice in choices.items()})
    found = ending(one, chosen)
    assert found is not None
    return found.months_left, found.fee


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        ("new-quantity", [("id", 28_000 * 10 // 30), ("id", 52_000 * 20 // 30)]),
        ("old-quantity", [("id", 28_000 * 11 // 30), ("id", 52_000 * 19 // 30)]),
    ],
)
def test_the_day_of_a_change(choice: str, expected: list[tuple[str, int]]) -> None:
    one = contract(
        "dokodemo-prime", Started(date(2026, 6, 1), {"id": 10}), Changed(date(2026, 9, 11), {"id": 20})
    )
    assert amounts(one, "2026-09", change_day=choice) == expected
    assert [used.name for used in lines(one, "2026-09")[0].reason.all_readings()] == ["change-day"]


@pytest.mark.parametrize(("choice", "expected"), [("total", 164_516), ("unit", 5 * 32_903)])
def test_what_is_rounded_down(choice: str, expected: int) -> None:
    one = contract("osect", Started(date(2025, 7, 15), {"sensor": 5}))
    assert total(one, "2025-07", "sensor", rounding_unit=choice) == expected
    reason = lines(one, "2025-07", rounding_unit=choice)[-1].reason
    assert reason.all_readings()[0].choice == choice


@pytest.mark.parametrize(
    ("service", "items", "choice", "expected"),
    [
        ("dokodemo-prime", {"id": 10}, "remainder", 28_000 * 28 // 30 - 28_000),
        ("dokodemo-prime", {"id": 10}, "credit", -(28_000 * 2 // 30)),
        ("mihariban", {"license": 7}, "credit", -(1_330 * 2 // 30)),
        ("mihariban", {"license": 7}, "remainder", 1_330 * 28 // 30 - 1_330),
        ("media-light", {"endpoint": 1}, "remainder", 3_600 * 28 // 30 - 3_600),
    ],
)
def test_rounding_of_an_outage(service: str, items: dict[str, int], choice: str, expected: int) -> None:
    out = Outage(at("2026-09-10T10:00"), at("2026-09-12T11:00"), "company")
    one = contract(service, Started(date(2026, 6, 1), items), out)
    assert total(one, "2026-09", "outage-credit", outage_rounding=choice) == expected


@pytest.mark.parametrize(
    ("days", "rounding", "expected"),
    [
        ("calendar-days", "credit", -(18_000 * 2 // 31)),
        ("thirty-days", "credit", -1_200),
        ("thirty-days", "remainder", -1_200),
    ],
)
def test_what_a_day_out_of_service_is_divided_by(days: str, rounding: str, expected: int) -> None:
    out = Outage(at("2025-07-10T00:00"), at("2025-07-12T00:00"), "company")
    one = contract("media-light", Started(date(2025, 4, 1), TEN), out)
    found = total(one, "2025-07", "outage-credit", media_outage_days=days, outage_rounding=rounding)
    assert found == expected


@pytest.mark.parametrize("choice", ["calendar-days", "thirty-days"])
def test_a_month_without_service_costs_nothing_either_way(choice: str) -> None:
    out = Outage(at("2025-07-01T00:00"), None, "company")
    one = contract("media-light", Started(date(2025, 4, 1), TEN), out)
    assert total(one, "2025-07", media_outage_days=choice) == 0


@pytest.mark.parametrize(("choice", "expected"), [("one-month", 3_000), ("free", 0)])
def test_start_and_end_in_one_month(choice: str, expected: int) -> None:
    one = contract("media-light", Started(date(2025, 4, 5), {}), Ended(date(2025, 4, 20)))
    assert total(one, "2025-04", "base", media_same_month=choice) == expected


@pytest.mark.parametrize(
    ("adding", "reducing", "up", "down"),
    [
        ("full-month", "reduced-part-free", 12, 8),
        ("next-month", "reduced-part-free", 10, 8),
        ("full-month", "next-month", 12, 10),
        ("next-month", "next-month", 10, 10),
    ],
)
def test_units_added_and_given_up_within_a_month(adding: str, reducing: str, up: int, down: int) -> None:
    for quantity, charged in ((12, up), (8, down)):
        one = contract(
            "media-light",
            Started(date(2025, 4, 1), {"endpoint": 10}),
            Changed(date(2025, 6, 15), {"endpoint": quantity}),
        )
        choices = {"media_addition_month": adding, "media_reduction_month": reducing}
        assert total(one, "2025-06", "endpoint", **choices) == 600 * charged
        assert total(one, "2025-07", "endpoint", **choices) == 600 * quantity


@pytest.mark.parametrize(
    ("adding", "reducing", "expected"),
    [
        ("full-month", "reduced-part-free", {"base": 3_000, "gateway-50": 11_000}),
        ("next-month", "reduced-part-free", {"base": 3_000}),
        ("full-month", "next-month", {"base": 3_000, "gateway-10": 9_000, "gateway-50": 11_000}),
        ("next-month", "next-month", {"base": 3_000, "gateway-10": 9_000}),
    ],
)
def test_a_gateway_swapped_within_a_month(adding: str, reducing: str, expected: dict[str, int]) -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 1), {"gateway-10": 1}),
        Changed(date(2025, 6, 15), {"gateway-50": 1}),
    )
    found = amounts(one, "2025-06", media_addition_month=adding, media_reduction_month=reducing)
    assert dict(found) == expected


@pytest.mark.parametrize(
    ("start", "on", "anniversary", "last_month"),
    [
        (date(2025, 4, 1), date(2026, 3, 10), 1, 0),
        (date(2025, 4, 1), date(2026, 4, 10), 0, 12),
        (date(2025, 4, 15), date(2026, 3, 10), 1, 1),
        (date(2025, 4, 15), date(2026, 4, 10), 0, 0),
        (date(2025, 4, 15), date(2026, 4, 20), 0, 0),
        (date(2025, 4, 15), date(2026, 5, 20), 11, 11),
    ],
)
def test_the_renewal_month(start: date, on: date, anniversary: int, last_month: int) -> None:
    one = contract("media-light", Started(start, {}), Ended(on))
    assert fee(one) == (anniversary, anniversary * 3_000)
    assert fee(one, media_renewal_month="last-term-month") == (last_month, last_month * 3_000)


@pytest.mark.parametrize(
    ("choice", "expected"), [("months-not-charged", 9), ("after-end-month", 8), ("calendar-months", 10)]
)
def test_months_left_of_a_year(choice: str, expected: int) -> None:
    one = contract("media-light", Started(date(2025, 4, 15), TEN), Ended(date(2025, 7, 25)))
    assert fee(one, media_months_left=choice) == (expected, expected * 3_000)


@pytest.mark.parametrize(("choice", "expected"), [("every-year", 6), ("first-year", 0)])
def test_the_fee_in_renewed_years(choice: str, expected: int) -> None:
    one = contract("media-light", Started(date(2025, 4, 15), TEN), Ended(date(2027, 10, 10)))
    assert fee(one, media_fee_after_renewal=choice)[0] == expected


@pytest.mark.parametrize(("choice", "expected"), [("base", 3_000), ("all", 18_000)])
def test_what_the_fee_counts(choice: str, expected: int) -> None:
    one = contract("media-light", Started(date(2025, 4, 15), TEN), Ended(date(2025, 7, 25)))
    assert fee(one, media_termination_scope=choice) == (9, expected * 9)


@pytest.mark.parametrize(("choice", "expected"), [("whole-months", 6), ("calendar-months", 7)])
def test_months_left_of_a_term_that_begins_within_a_month(choice: str, expected: int) -> None:
    one = contract("dokodemo-prime", Started(date(2026, 5, 20), {"id": 10}), Ended(date(2027, 10, 15)))
    assert fee(one, prime_months_left=choice) == (expected, expected * 28_000)
    first = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 10}), Ended(date(2027, 10, 15)))
    assert fee(first, prime_months_left=choice)[0] == 7  # either way


@pytest.mark.parametrize(("choice", "expected"), [("waived", 0), ("charged", 336_000)])
def test_a_service_the_provider_ends(choice: str, expected: int) -> None:
    end = Ended(date(2027, 5, 16), "company", "service-end")
    one = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 10}), end)
    assert fee(one, service_end_fee=choice)[1] == expected


def test_a_taxed_fee_is_part_of_the_net() -> None:
    one = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 10}), Ended(date(2026, 8, 1)))
    assert [line.tax for line in lines(one, "2026-08", termination_tax="taxed")] == [TaxKind.STANDARD]
    assert [line.tax for line in lines(one, "2026-08")] == [TaxKind.OUTSIDE]


@pytest.mark.parametrize(
    ("choice", "june", "july"),
    [("by-day", 7 * 190 * 15 // 30, 0), ("touched-month", 1_330, 0), ("start-full-end-free", 1_330, 0)],
)
def test_start_and_end_in_one_month_of_mihariban(choice: str, june: int, july: int) -> None:
    one = contract("mihariban", Started(date(2026, 6, 10), {"license": 7}), Ended(date(2026, 6, 25)))
    assert total(one, "2026-06", mihariban_proration=choice) == june
    assert total(one, "2026-07", mihariban_proration=choice) == july


# --- rules without a reading that no golden case reaches ------------------------------------------


def test_a_reduction_the_supplier_made_needed_is_waived() -> None:
    started = Started(date(2026, 6, 1), {"id": 20})
    theirs = Changed(date(2026, 9, 11), {"id": 10}, None, "supplier-change")
    own = Changed(date(2026, 9, 11), {"id": 10}, None, "supplier-change", True)
    assert fee(contract("dokodemo-prime", started, theirs))[1] == 0
    assert fee(contract("dokodemo-prime", started, own))[1] == 10 * 2_600 * 20


def test_sensors_that_go_and_others_that_come_are_not_the_same() -> None:
    one = contract(
        "osect",
        Started(date(2025, 4, 10), {"sensor": 3}),
        Changed(date(2025, 7, 11), {"sensor": 2}),
        Changed(date(2025, 7, 21), {"sensor": 3}),
    )
    assert amounts(one, "2025-07") == [
        ("initial-fee", 250_000),
        ("sensor", 120_000),
        ("sensor", 60_000 * 11 // 31),
        ("sensor", 60_000 * 10 // 31),
    ]


def test_sensors_with_equally_many_days_make_one_line() -> None:
    one = contract(
        "osect",
        Started(date(2025, 4, 10), {"sensor": 2}),
        Changed(date(2025, 6, 11), {"sensor": 1}),
        Changed(date(2025, 6, 21), {"sensor": 2}),
    )
    assert amounts(one, "2025-06")[1:] == [("sensor", 60_000), ("sensor", 40_000)]
    spans = lines(one, "2025-06")[-1].reason.inputs["spans"]
    assert spans == (
        (date(2025, 6, 1), date(2025, 6, 10)),
        (date(2025, 6, 21), date(2025, 6, 30)),
    )


def test_the_free_month_of_a_promotion_needs_no_price_and_the_days_after_it_do() -> None:
    started = Started(date(2019, 6, 10), {"license": 5})
    one = contract("mihariban", started, Promoted(date(2019, 5, 20)))
    assert amounts(one, "2019-06") == [("license", 0)]
    with pytest.raises(UserError) as refused:
        amounts(one, "2019-07")  # from 10 July on
    assert refused.value.code == "edition-unknown"


@pytest.mark.parametrize(
    ("promoted", "expected"),
    [
        (Promoted(date(2019, 5, 30)), [0, 950 * 20 // 30]),
        (Promoted(date(2019, 5, 30), used_before=True), [950]),
        (Promoted(date(2019, 5, 31)), [950]),
    ],
)
def test_a_promotion_frees_a_month_from_the_start(promoted: Promoted, expected: list[int]) -> None:
    """Started long after the application, so that the prices of the second part are known."""
    one = contract("mihariban", Started(date(2024, 5, 11), {"license": 5}), promoted)
    assert [amount for _item, amount in amounts(one, "2024-06")] == expected


def test_the_works_fee_is_the_share_that_was_done() -> None:
    works = WorksFee(100_000, Fraction(1, 3))
    one = contract("osect", Started(date(2025, 6, 16), {"sensor": 1}), works, Ended(date(2025, 6, 20)))
    assert total(one, "2025-06", "works-fee") == 33_333
