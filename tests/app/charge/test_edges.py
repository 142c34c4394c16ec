"""Where one day, one yen or one fact more changes what is charged: fees, outages, sums, changes and back."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.charge.lines import Line, Reason, TaxRow, UsedReading, make_bill
from app.charge.statutory import statutory_rate
from app.charge.termination import ending
from app.charge.words import formula
from app.charge.words_basic import number
from app.contract.facts import (
    AgreedUnitPrice,
    Billing,
    Changed,
    Ended,
    Outage,
    Promoted,
    Started,
    Timeline,
)
from app.errors import UserError
from app.money import TaxKind
from tests.app.charge.timelines import amounts, at, contract, lines, total
from tests.shipped import catalogue

START = Started(date(2024, 1, 1), {"license": 3})


def private(*facts: Billing, agreed: tuple[AgreedUnitPrice, ...] = ()) -> Timeline:
    """A private customer on a collaboration line, whom invoices cost 150円 and payments by them 50円."""
    return Timeline("mihariban", (START, *facts), "individual", "collab", agreed=agreed)


# --- fees -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2024, 6, 30), 200), (date(2024, 7, 1), 0), (date(2024, 6, 1), 200)]
)
def test_a_way_of_billing_holds_from_its_month_on(on: date, expected: int) -> None:
    one = private(Billing("invoice", on=on))
    assert total(one, "2024-06") == 570 + expected


def test_the_latest_way_of_billing_holds() -> None:
    one = private(Billing("invoice"), Billing("account-transfer", on=date(2024, 6, 1)))
    assert [total(one, month) for month in ("2024-05", "2024-06")] == [770, 570]


@pytest.mark.parametrize(("price", "expected"), [(1, 1 + 200), (0, 0)])
def test_a_bill_of_one_yen_is_invoiced_and_one_of_nothing_is_not(price: int, expected: int) -> None:
    one = Timeline(
        "mihariban",
        (Started(date(2024, 1, 1), {"license": 1}), Billing("invoice")),
        "individual",
        "collab",
        agreed=(AgreedUnitPrice("license", price, "x", "y"),),
    )
    assert total(one, "2024-06") == expected


def test_what_is_not_due_is_no_line() -> None:
    assert amounts(private(Billing("account-transfer")), "2024-06") == [("license", 570)]
    assert amounts(private(Billing("account-transfer", notice=True)), "2024-06") == [
        ("license", 570),
        ("invoice-issue-fee", 150),
    ]


def test_a_fee_in_a_free_month_needs_its_price_to_be_known() -> None:
    start, promoted = Started(date(2019, 6, 10), {"license": 5}), Promoted(date(2019, 5, 20))
    one = contract("mihariban", start, promoted, Billing(qualified_invoices={"2019-06": 1}))
    with pytest.raises(UserError) as refused:
        lines(one, "2019-06")
    assert refused.value.code == "edition-unknown"


# --- outages ----------------------------------------------------------------------------------------


def outage(first: str, last: str | None, cause: str = "company") -> Outage:
    return Outage(at(first), at(last) if last else None, cause)  # type: ignore[arg-type]


def credited(*outages: Outage) -> int:
    """The days taken off in June 2024, from 3 × 190 = 570円: 19円 a day."""
    return -total(contract("mihariban", START, *outages), "2024-06", "outage-credit") // 19


def test_a_month_without_an_outage_has_no_line_of_nothing() -> None:
    one = contract("mihariban", START, outage("2024-05-10T00:00", "2024-05-12T00:00"))
    assert amounts(one, "2024-06") == [("license", 570)]


def test_days_that_are_free_have_nothing_to_take_off() -> None:
    start, promoted = Started(date(2024, 6, 1), {"license": 3}), Promoted(date(2019, 5, 20))
    one = contract("mihariban", start, promoted, outage("2024-06-10T00:00", "2024-06-12T00:00"))
    assert amounts(one, "2024-06") == [("license", 0)]


def test_what_one_outage_does_not_give_another_may() -> None:
    counts = outage("2024-06-20T00:00", "2024-06-22T00:00")
    assert credited(outage("2024-06-10T00:00", "2024-06-12T00:00", "customer"), counts) == 2
    assert credited(outage("2024-06-10T00:00", "2024-06-10T23:00"), counts) == 2
    assert credited(counts, outage("2024-06-27T00:00", None)) == 2 + 4


def test_days_of_two_outages_count_once_and_neighbours_both() -> None:
    ten = outage("2024-06-10T00:00", "2024-06-12T00:00")  # the 10th and 11th
    assert credited(ten, outage("2024-06-12T00:00", "2024-06-13T00:00")) == 3
    assert credited(ten, outage("2024-06-11T00:00", "2024-06-13T00:00")) == 3
    assert credited(ten, outage("2024-06-10T12:00", "2024-06-11T12:00")) == 2
    thirteenth = outage("2024-06-11T06:00", "2024-06-14T06:00")  # the 11th to the 13th
    assert credited(ten, outage("2024-06-10T06:00", "2024-06-12T06:00"), thirteenth) == 4


@pytest.mark.parametrize(("adding", "full"), [("full-month", 10_200), ("next-month", 9_000)])
def test_what_was_charged_is_what_an_outage_reduces(adding: str, full: int) -> None:
    # 3,000 + 12 × 600, or 3,000 + 10 × 600; two days of thirty
    one = contract(
        "media-light",
        Started(date(2025, 4, 1), {"endpoint": 10}),
        Changed(date(2025, 6, 15), {"endpoint": 12}),
        outage("2025-06-10T00:00", "2025-06-12T00:00"),
    )
    found = lines(one, "2025-06", media_addition_month=adding)[-1]
    assert (found.item, found.amount) == ("outage-credit", -full * 2 // 30)
    assert found.reason.inputs["full"] == full
    assert [used.name for used in found.reason.readings] == ["outage-rounding", "media-outage-days"]


def test_a_month_of_31_days_out_leaves_nothing_of_thirty() -> None:
    one = contract(
        "media-light", Started(date(2025, 4, 1), {"endpoint": 10}), outage("2025-07-01T00:00", None)
    )
    for rounding in ("remainder", "credit"):
        assert total(one, "2025-07", media_outage_days="thirty-days", outage_rounding=rounding) == 0


# --- days of a change -------------------------------------------------------------------------------


def test_the_day_of_the_start_is_charged_whatever_the_day_of_a_change_is() -> None:
    one = contract(
        "dokodemo-prime", Started(date(2026, 6, 10), {"id": 10}), Changed(date(2026, 6, 20), {"id": 20})
    )
    # 28,000 × 11日 ÷ 30日, 52,000 × 10日 ÷ 30日
    assert amounts(one, "2026-06", change_day="old-quantity") == [("id", 10_266), ("id", 17_333)]


def test_a_touched_month_rests_on_the_clause_of_months() -> None:
    one = contract("mihariban", Started(date(2024, 6, 18), {"license": 3}))
    (found,) = lines(one, "2024-06", mihariban_proration="touched-month")
    assert (found.amount, found.reason.rule, found.reason.clause) == (570, "whole-month", "25条, 26条1項")


# --- units that come and go -------------------------------------------------------------------------


def test_those_who_came_last_go_first_and_leave_nothing_behind() -> None:
    one = contract(
        "osect",
        Started(date(2025, 4, 10), {"sensor": 2}),
        Changed(date(2025, 6, 6), {"sensor": 3}),
        Changed(date(2025, 6, 16), {"sensor": 2}),
    )
    # two for the whole month, one for the 6th to the 15th: 60,000 × 10 ÷ 30
    assert amounts(one, "2025-06") == [("initial-fee", 250_000), ("sensor", 120_000), ("sensor", 20_000)]


def test_a_gateway_given_up_and_taken_again_is_one_gateway() -> None:
    start = Started(date(2025, 4, 1), {"gateway-10": 1})
    facts = (Changed(date(2025, 6, 5), {"endpoint": 1}), Changed(date(2025, 6, 20), {"gateway-10": 1}))
    one = contract("media-light", start, *facts)
    assert amounts(one, "2025-06") == [("base", 3_000), ("gateway-10", 9_000)]
    other = {"media_addition_month": "next-month", "media_reduction_month": "next-month"}
    assert amounts(one, "2025-06", **other) == [("base", 3_000), ("gateway-10", 9_000)]
    back = contract(
        "media-light",
        Started(date(2025, 4, 1), {}),
        Changed(date(2025, 6, 5), {"gateway-10": 1}),
        Changed(date(2025, 6, 20), {}),
    )
    assert amounts(back, "2025-06", **other) == [("base", 3_000)]


def test_a_bought_gateway_that_costs_nothing_is_still_a_line() -> None:
    bought = {"gateway_purchased": True}
    one = contract(
        "media-light",
        Started(date(2025, 4, 1), {}, bought),
        Changed(date(2025, 6, 5), {"gateway-10": 1}, bought),
    )
    found = lines(one, "2025-06")[-1]
    assert (found.item, found.quantity, found.amount) == ("gateway-10", 1, 0)
    assert found.reason.readings == ()  # neither dearer nor cheaper: no reading moves it
    gone = contract(
        "media-light",
        Started(date(2025, 4, 1), {"gateway-10": 1}, bought),
        Changed(date(2025, 6, 5), {}, bought),
    )
    assert amounts(gone, "2025-06", media_addition_month="next-month") == [("base", 3_000)]


# --- sums, words, the rate of law -------------------------------------------------------------------


def plain(amount: int, tax: TaxKind = TaxKind.STANDARD) -> Line:
    return Line("s", "i", "n", amount, Reason("by-hand", {}, Fraction(amount), amount), tax=tax)


def test_a_bill_has_a_row_for_each_rate_and_one_for_what_stands_outside() -> None:
    rate = Fraction(1, 10)
    taxed = make_bill([plain(100), plain(155)], date(2026, 6, 30))
    assert taxed.rows == (TaxRow(rate, 255, 25),)
    both = make_bill([plain(100), plain(40, TaxKind.OUTSIDE), plain(5, TaxKind.OUTSIDE)], date(2026, 6, 30))
    assert both.rows == (TaxRow(rate, 100, 10), TaxRow(None, 45, 0))
    assert (both.net, both.tax, both.exempt, both.total) == (100, 10, 45, 155)


def test_a_reason_without_words_of_its_own_is_its_amount() -> None:
    unknown = Reason("something-new", {}, Fraction(1_250), 1_250)
    assert formula(unknown) == "1,250円"
    assert formula(Reason("whole-month", {}, Fraction(980), 980)) == "980円"


def test_figures_that_are_whole_and_those_that_are_not() -> None:
    assert [number(Fraction(5_000)), number(Fraction(47, 10)), number(1_200), number("x")] == [
        "5,000", "4.7", "1,200", "x",
    ]  # fmt: skip


def test_the_rate_of_law_says_since_when() -> None:
    assert statutory_rate(date(2026, 6, 1)).since == date(2020, 4, 1)


def test_facts_that_cannot_be_are_refused_even_when_they_were_read_before() -> None:
    one = contract("mihariban", START, Ended(date(2023, 12, 1)))
    assert one.history.ended is not None
    for _again in range(2):
        with pytest.raises(UserError) as refused:
            lines(one, "2024-06")
        assert refused.value.code == "bad-input"


def test_what_leaving_costs_is_asked_of_possible_contracts_only() -> None:
    start = Started(date(2026, 6, 1), {"id": 10})
    with pytest.raises(UserError) as refused:
        ending(contract("dokodemo-prime", start, Ended(date(2026, 5, 1))), catalogue())
    assert refused.value.code == "bad-input"


def test_readings_name_their_service() -> None:
    one = contract("mihariban", Started(date(2024, 6, 18), {"license": 3}))
    assert lines(one, "2024-06")[0].reason.readings[0] == UsedReading(
        "mihariban", "mihariban-proration", "by-day"
    )
