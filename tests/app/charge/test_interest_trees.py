"""The rows of interest and surcharges, and the reasons they are made from."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from app.charge import interest_words
from app.charge.interest import Overdue, late_interest
from app.charge.lines import Reason, UsedReading
from app.charge.surcharge import EvadedFee, surcharge
from tests.shipped import catalogue


def test_interest_in_whole_yen_has_no_rounding() -> None:
    # 365,000 × 14.5% × 10日 ÷ 365日 = 1,450; the day of payment does not count
    found = late_interest(Overdue("osect", 365_000, date(2025, 6, 2), date(2025, 6, 13)), catalogue())
    first = interest_words.tree(found.reason)[0]
    assert (found.amount, first.depth, first.value, first.strong) == (1_450, 0, "1,450円", True)
    assert first.clause
    assert first.clause == found.reason.clause


def test_the_readings_of_interest_name_their_service() -> None:
    chosen = catalogue().with_choices({"ndr-payment-day": "excluded"})
    found = late_interest(Overdue("mdr-ndr", 100_000, date(2025, 5, 30), date(2025, 6, 10)), chosen)
    assert UsedReading("mdr-ndr", "ndr-payment-day", "excluded") in found.reason.readings


def test_whether_the_day_of_payment_counts_is_said() -> None:
    for choice, note in (("included", "支払いの日を含む"), ("excluded", "支払いの日は含まない")):
        chosen = catalogue().with_choices({"ndr-payment-day": choice})
        found = late_interest(Overdue("mdr-ndr", 100_000, date(2025, 5, 30), date(2025, 6, 10)), chosen)
        assert any(row.words.endswith(f"（{note}）") for row in interest_words.tree(found.reason))


def test_a_payment_in_time_rests_on_a_clause_too() -> None:
    found = late_interest(Overdue("osect", 365_000, date(2025, 6, 2), date(2025, 6, 2)), catalogue())
    late = late_interest(Overdue("osect", 365_000, date(2025, 6, 2), date(2025, 6, 13)), catalogue())
    assert found.reason == Reason(
        "no-late-interest",
        {
            "why": "in-time",
            "principal": 365_000,
            "due": date(2025, 6, 2),
            "paid": date(2025, 6, 2),
            "grace_days": 0,
        },
        Fraction(0),
        0,
        late.reason.clause,
    )


def test_a_surcharge_is_told_whole() -> None:
    # 1,005円 were evaded: with 10 % 1,105.5 → 1,105; twice as much 2,010, with 10 % 2,211
    reason = surcharge(EvadedFee("media-light", 1_005, date(2026, 6, 1)), catalogue()).reason
    rate = Fraction(1, 10)
    evaded = Reason(
        "evaded-fee",
        {"net": 1_005, "rate": rate, "tax": 100},
        Fraction(2_211, 2),
        1_105,
        "25条",
        "31条",
    )
    added = Reason(
        "surcharge",
        {"evaded": 1_005, "factor": 2, "net": 2_010, "rate": rate, "tax": 201},
        Fraction(2_211),
        2_211,
        "25条",
        "31条",
    )
    assert reason == Reason(
        "evaded-fee-and-surcharge",
        {"evaded": 1_105, "surcharge": 2_211, "discretionary": False},
        Fraction(3_316),
        3_316,
        "25条",
        edition=date(2024, 4, 1),
        parts=(evaded, added),
    )


def test_a_surcharge_names_its_clauses() -> None:
    edition = catalogue().service("media-light").editions[-1]
    reason = surcharge(EvadedFee("media-light", 9, date(2026, 6, 1)), catalogue()).reason
    evaded, added = reason.parts
    assert (evaded.clause, added.clause) == ("25条", "25条")
    assert edition.tax_clause
    assert (evaded.floor_clause, added.floor_clause) == (edition.tax_clause, edition.tax_clause)
    found = [(row.words, row.clause) for row in interest_words.tree(reason)]
    assert found[1:5] == [
        ("免れた額  9円 ＋ 消費税10％", "25条"),
        ("1円未満切捨て", edition.tax_clause),
        ("割増金  9円 × 2 ＋ 消費税10％", "25条"),
        ("1円未満切捨て", edition.tax_clause),
    ]
