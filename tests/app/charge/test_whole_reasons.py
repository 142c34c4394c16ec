"""Whole months, fees, works, credits and the cost of leaving, compared whole with their reasons."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from app.charge.lines import Line, Reason, UsedReading
from app.charge.termination import Termination, ending
from app.contract.facts import (
    Billing,
    Changed,
    Ended,
    Outage,
    Started,
    Timeline,
    WorksFee,
)
from app.money import TaxKind
from app.tariff.model import Text
from tests.app.charge.test_whole_lines import (
    MEDIA_EDITION,
    MIHARIBAN_EDITION,
    PRIME_EDITION,
    item,
    line,
    listed,
    readings,
)
from tests.app.charge.timelines import at, contract, lines
from tests.shipped import catalogue

PRIME_TAX = UsedReading("dokodemo-prime", "termination-tax", "outside")


# --- whole months -----------------------------------------------------------------------------------


def whole(code: str, quantity: int, price: int, *used: UsedReading) -> Line:
    """A line of media in July 2025."""
    known, amount = item("media-light", code), quantity * price
    reason = Reason(
        "whole-month",
        {"month": "2025-07"},
        Fraction(amount),
        amount,
        "24条1項, 27条2項",
        "",
        MEDIA_EDITION,
        used,
        (listed("media-light", code, quantity, price, MEDIA_EDITION),),
    )
    unit = known.unit.ja
    return Line(
        "media-light", code, known.name.ja, amount, reason, quantity, unit, price, clause=known.clause
    )


def test_a_whole_month_names_the_reading_of_what_was_added_and_given_up() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 10}),
        Changed(date(2025, 7, 3), {"endpoint": 4, "gateway-10": 1}),
    )
    given_up = UsedReading("media-light", "media-reduction-month", "reduced-part-free")
    added = UsedReading("media-light", "media-addition-month", "full-month")
    assert lines(one, "2025-07") == (
        whole("base", 1, 3_000),
        whole("endpoint", 4, 600, given_up),
        whole("gateway-10", 1, 9_000, added),
    )


def test_what_is_given_up_altogether_is_no_line() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 10, "gateway-10": 1}),
        Changed(date(2025, 7, 3), {"endpoint": 10}),
    )
    assert lines(one, "2025-07") == (whole("base", 1, 3_000), whole("endpoint", 10, 600))


def test_what_was_added_and_given_up_again_names_both_readings() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 1}),
        Changed(date(2025, 7, 3), {"endpoint": 9}),
        Changed(date(2025, 7, 20), {"endpoint": 2}),
        Changed(date(2025, 7, 25), {"endpoint": 3}),
    )
    added = UsedReading("media-light", "media-addition-month", "full-month")
    given_up = UsedReading("media-light", "media-reduction-month", "reduced-part-free")
    assert lines(one, "2025-07")[1] == whole("endpoint", 3, 600, added, given_up)


# --- fees, works, outages ---------------------------------------------------------------------------


def test_a_fee_is_its_count_at_its_price() -> None:
    one = contract(
        "mihariban",
        Started(date(2024, 1, 1), {"license": 3}),
        Billing(qualified_invoices={"2024-06": 2}),
        Billing(qualified_invoices={"2024-06": 1}, on=date(2024, 9, 1)),
    )
    fees = catalogue().service("mihariban").editions[-1].fees
    known, clause = next(each for each in fees if each.per == "qualified-invoice"), "24条の2, 25条の2"
    name = known.name
    # 2 + 1 requests at 400円
    inputs = {"name": name, "quantity": 3, "unit": known.unit, "unit_price": 400}
    reason = Reason("fee", inputs, Fraction(1_200), 1_200, clause, edition=MIHARIBAN_EDITION)
    assert line(one, "2024-06", "qualified-invoice-fee") == Line(
        "mihariban", "qualified-invoice-fee", name.ja, 1_200, reason, 3, known.unit.ja, 400, clause=clause
    )


def test_works_are_charged_as_far_as_they_were_done() -> None:
    works = WorksFee(100_000, Fraction(1, 3))
    one = contract("osect", Started(date(2025, 4, 10), {"sensor": 2}), works, Ended(date(2025, 4, 25)))
    inputs = {
        "name": Text(ja="工事費", en="Works fee"),
        "full": 100_000,
        "done": Fraction(1, 3),
    }
    reason = Reason(
        "works-share", inputs, Fraction(100_000, 3), 33_333, "20条", "料金表通則（端数処理）"
    )  # fmt: skip
    assert line(one, "2025-04", "works-fee") == Line(
        "osect", "works-fee", "工事費", 33_333, reason, 1, "式", clause="20条"
    )


OUTAGE_CLAUSE = "26条2項2号・3項, 21条2項〜4項"


def credit(full: int, day: int, amount: int) -> Reason:
    """One day of June 2024 without 見張り番."""
    return Reason(
        "outage-credit",
        {
            "full": full,
            "days": 1,
            "days_of_month": 30,
            "spans": ((date(2024, 6, day), date(2024, 6, day)),),
        },
        Fraction(-full, 30),
        amount,
        OUTAGE_CLAUSE,
        "規定なし",
        MIHARIBAN_EDITION,
        readings("mihariban", outage_rounding="credit"),
    )


def test_a_credit_over_a_change_is_a_sum() -> None:
    # 1,900 × 1 ÷ 30 = 63.3…; 3,800 × 1 ÷ 30 = 126.6…
    one = contract(
        "mihariban",
        Started(date(2024, 1, 1), {"license": 10}),
        Changed(date(2024, 6, 11), {"license": 20}),
        Outage(at("2024-06-10T00:00"), at("2024-06-12T00:00"), "company"),
    )
    parts = (credit(1_900, 10, -63), credit(3_800, 11, -126))
    reason = Reason("sum", {}, Fraction(-189), -189, OUTAGE_CLAUSE, parts=parts)
    assert line(one, "2024-06", "outage-credit") == Line(
        "mihariban", "outage-credit", "利用できなかった期間の減額", -189, reason, clause=OUTAGE_CLAUSE
    )


def test_a_fee_reduced_by_the_days_out_is_what_remains() -> None:
    # 74,400 × 29日 ÷ 31日 − 74,400 = −4,800
    out = Outage(at("2026-07-10T10:00"), at("2026-07-12T11:00"), "company")
    one = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 31}), out)
    clause = "24条2項(2), 27条2項(4)・3項"
    reason = Reason(
        "outage-remainder",
        {
            "full": 74_400,
            "days": 2,
            "days_of_month": 31,
            "spans": ((date(2026, 7, 10), date(2026, 7, 11)),),
            "left": 29,
            "charged": 74_400,
        },
        Fraction(-4_800),
        -4_800,
        clause,
        "28条",
        PRIME_EDITION,
        readings("dokodemo-prime", outage_rounding="remainder"),
    )
    assert line(one, "2026-07", "outage-credit") == Line(
        "dokodemo-prime", "outage-credit", "利用できなかった期間の減額", -4_800, reason, clause=clause
    )


# --- ends -------------------------------------------------------------------------------------------


def fee(one: Timeline, **choices: str) -> Termination:
    chosen = catalogue().with_choices({name.replace("_", "-"): choice for name, choice in choices.items()})
    found = ending(one, chosen)
    assert found is not None
    return found


def test_ids_given_up_cost_the_months_left_at_their_old_price() -> None:
    # July 2026 is the second of 24 months: 22 × 2,400 × 22 = 1,161,600
    one = contract(
        "dokodemo-prime", Started(date(2026, 6, 2), {"id": 31}), Changed(date(2026, 7, 22), {"id": 9})
    )
    reason = Reason(
        "reduced-units-remaining-months",
        {
            "basis": 52_800,
            "months_left": 22,
            "month_number": 2,
            "term": 24,
            "quantity": 22,
            "unit": Text(ja="ID", en="ID"),
            "unit_price": 2_400,
        },
        Fraction(1_161_600),
        1_161_600,
        "別紙4※1",
        "",
        PRIME_EDITION,
        (*readings("dokodemo-prime", prime_months_left="whole-months"), PRIME_TAX),
    )
    due = Line(
        "dokodemo-prime",
        "termination-fee",
        "解約金",
        1_161_600,
        reason,
        tax=TaxKind.OUTSIDE,
        clause="別紙4※1",
    )
    assert fee(one) == Termination(1_161_600, 22, due, reason)
    assert line(one, "2026-07", "termination-fee") == due


def test_a_waived_fee_says_what_it_would_have_counted() -> None:
    end = Ended(date(2026, 7, 22), "company", "supplier-change")
    one = contract("dokodemo-prime", Started(date(2026, 6, 1), {"id": 31}), end)
    reason = Reason(
        "reduced-units-remaining-months",
        {
            "basis": 74_400,
            "months_left": 22,
            "month_number": 2,
            "term": 24,
            "quantity": 31,
            "unit": Text(ja="ID", en="ID"),
            "unit_price": 2_400,
            "waived": "supplier-change",
        },
        Fraction(0),
        0,
        "2条4項, 別紙4※1",
        "",
        PRIME_EDITION,
        (*readings("dokodemo-prime", prime_months_left="whole-months"), PRIME_TAX),
    )
    assert fee(one) == Termination(0, 22, None, reason, waived=True)


def test_media_counts_its_base_fee() -> None:
    # 15 April to 25 July: three months charged, 9 left; 3,000 × 9
    one = contract("media-light", Started(date(2025, 4, 15), {"endpoint": 10}), Ended(date(2025, 7, 25)))
    found = fee(one)
    assert found.reason == Reason(
        "base-remaining-year",
        {"basis": 3_000, "months_left": 9, "month_number": 4, "term": 12},
        Fraction(27_000),
        27_000,
        "別紙4※1",
        "",
        MEDIA_EDITION,
        readings(
            "media-light",
            media_months_left="months-not-charged",
            media_renewal_month="anniversary-month",
            media_termination_scope="base",
            termination_tax="outside",
        ),
    )


def test_using_less_of_media_costs_nothing_and_is_no_line() -> None:
    one = contract(
        "media-light",
        Started(date(2025, 4, 15), {"endpoint": 10}),
        Changed(date(2025, 7, 25), {"endpoint": 4}),
    )
    found = fee(one)
    assert (found.fee, found.line, found.waived) == (0, None, False)
    assert found.reason.inputs == {"basis": 0, "months_left": 9, "month_number": 4, "term": 12}


# --- the months of a term, at their edges -----------------------------------------------------------


@pytest.mark.parametrize(("day", "left"), [(1, 12), (2, 13)])
def test_only_a_start_after_the_first_breaks_a_month(day: int, left: int) -> None:
    # the twelfth of 24 months; from the second on, the last month of the term is a broken one
    one = contract("dokodemo-prime", Started(date(2026, 6, day), {"id": 10}), Ended(date(2027, 5, 20)))
    assert fee(one, prime_months_left="calendar-months").months_left == left


def test_the_last_month_before_renewal_is_that_of_the_first_year() -> None:
    """After twelve months charged nothing is left, by the reading that only the first year has a fee too; it
    is named, as it decides."""
    one = contract("media-light", Started(date(2025, 4, 15), {"endpoint": 10}), Ended(date(2026, 4, 20)))
    names = [used.name for used in fee(one, media_fee_after_renewal="first-year").reason.readings]
    assert "media-fee-after-renewal" in names
