"""Late interest under both sides of every reading, and what holds for any payment."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charge import interest_words
from app.charge.interest import LateInterest, Overdue, late_interest
from app.charge.statutory import statutory_rate
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.words import set_language
from tests.app.tariff.small import SMALL
from tests.shipped import catalogue

SERVICES = ("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr")
DAY = timedelta(days=1)

days = st.dates(date(2020, 4, 1), date(2035, 12, 31))
principals = st.integers(0, 10**9)


def interest(
    service: str, principal: int, due: date, paid: date, *, assigned: bool = False, **choices: str
) -> LateInterest:
    chosen = catalogue().with_choices({name.replace("_", "-"): one for name, one in choices.items()})
    return late_interest(Overdue(service, principal, due, paid, assigned), chosen)


# --- readings ----------------------------------------------------------------------------------------------


def test_an_assigned_claim_divides_the_whole_period_by_366_under_the_other_reading() -> None:
    # 11 days of 2023 and 9 of 2024: by day 30,000 x (11/365 + 9/366) = 1,641.8; whole 30,000 x 20/366 =
    # 1,639.3
    given_ = ("mihariban", 1_000_000, date(2023, 12, 20), date(2024, 1, 10))
    assert interest(*given_, assigned=True).amount == 1641
    other = interest(*given_, assigned=True, leap_interest_days="whole-period")
    assert (other.amount, other.reason.inputs["days_by_year"]) == (1639, ((366, 20),))
    assert interest(*given_, leap_interest_days="whole-period").amount == 1643  # not assigned: 365


def test_a_period_without_a_leap_day_is_never_divided_by_366() -> None:
    given_ = ("mihariban", 365_000, date(2025, 3, 31), date(2025, 5, 1))
    for choice in ("by-day", "whole-period"):
        found = interest(*given_, assigned=True, leap_interest_days=choice)
        assert (found.amount, found.reason.inputs["days_by_year"]) == (900, ((365, 30),))


@pytest.mark.parametrize(("choice", "days_", "amount"), [("included", 10, 15840), ("excluded", 9, 14256)])
def test_the_day_of_payment_counts_or_not(choice: str, days_: int, amount: int) -> None:
    found = interest("mdr-ndr", 3_960_000, date(2025, 5, 31), date(2025, 6, 10), ndr_payment_day=choice)
    assert (found.days, found.amount) == (days_, amount)


def test_paid_the_next_day_owes_nothing_when_the_day_of_payment_is_left_out() -> None:
    found = interest("mdr-ndr", 3_960_000, date(2025, 5, 30), date(2025, 5, 31), ndr_payment_day="excluded")
    assert (found.days, found.amount, found.reason.inputs["why"]) == (0, 0, "no-day-between")


@pytest.mark.parametrize(
    ("service", "choice", "amount"),
    [
        ("osect", "365", 760),  # 66,000 x 14.5 % x 29 / 365 = 760.3
        ("osect", "366-in-leap-years", 758),  # / 366 = 758.2
        ("mdr-ndr", "365", 792),  # 66,000 x 14.6 % x 30 / 365 = 792.0
        ("mdr-ndr", "366-in-leap-years", 789),  # / 366 = 789.8
    ],
)
def test_days_of_a_leap_year(service: str, choice: str, amount: int) -> None:
    found = interest(service, 66_000, date(2028, 1, 31), date(2028, 3, 1), interest_year_days=choice)
    assert found.amount == amount


def test_a_due_day_on_a_closed_day_moves_under_the_other_reading() -> None:
    # due Saturday 2025-05-31, next business day Monday 6/2: interest from 6/3
    given_ = ("osect", 365_000, date(2025, 5, 31), date(2025, 6, 13))
    assert interest(*given_).days == 12
    moved = interest(*given_, due_on_holiday="next-business-day")
    assert (moved.days, moved.amount) == (10, 1450)
    assert moved.reason.inputs["moved_from"] == date(2025, 5, 31)
    paid_then = interest(
        "osect", 365_000, date(2025, 5, 31), date(2025, 6, 2), due_on_holiday="next-business-day"
    )
    assert (paid_then.days, paid_then.reason.inputs["why"]) == (0, "in-time")


def test_the_days_of_grace_begin_after_the_moved_due_day() -> None:
    given_ = ("media-light", 365_000, date(2025, 5, 31), date(2025, 6, 17))
    assert interest(*given_).days == 16
    assert interest(*given_, due_on_holiday="next-business-day").days == 0
    later = interest(
        "media-light", 365_000, date(2025, 5, 31), date(2025, 6, 18), due_on_holiday="next-business-day"
    )
    assert (later.days, later.amount) == (15, 2175)


def test_only_the_readings_that_could_move_the_amount_are_named() -> None:
    names = {one.name for one in interest("osect", 1, date(2025, 5, 30), date(2025, 9, 1)).reason.readings}
    assert names == set()  # an ordinary year, due on a Friday
    found = interest("osect", 1, date(2028, 1, 30), date(2028, 9, 1)).reason  # leap year, due on a Sunday
    assert {one.name for one in found.readings} == {"interest-year-days", "due-on-holiday"}
    not_assigned = interest("mihariban", 1, date(2024, 1, 31), date(2024, 9, 2)).reason
    assert not_assigned.readings == ()


def test_a_claim_is_not_assigned_unless_somebody_says_so() -> None:
    found = late_interest(
        Overdue("mihariban", 1_000_000, date(2024, 1, 31), date(2024, 9, 2)), catalogue()
    ).reason
    assert found.inputs["days_by_year"] == ((365, 214),)


def test_the_first_of_january_belongs_to_its_year() -> None:
    found = interest("mihariban", 1, date(2023, 12, 31), date(2024, 1, 17), assigned=True).reason
    assert found.inputs["days_by_year"] == ((366, 16),)
    found = interest("mihariban", 1, date(2024, 12, 15), date(2025, 1, 2), assigned=True).reason
    assert found.inputs["days_by_year"] == ((365, 1), (366, 16))


def test_what_is_said_where_nothing_is_due() -> None:
    plain = interest("media-light", 10_000, date(2025, 5, 31), date(2025, 6, 1))
    assert (plain.expected, plain.reason.amount, plain.reason.exact, plain.reason.readings) == (
        False,
        0,
        0,
        (),
    )
    moved = interest(
        "media-light", 10_000, date(2025, 5, 31), date(2025, 6, 1), due_on_holiday="next-business-day"
    )
    assert [(one.name, one.choice) for one in moved.reason.readings] == [
        ("due-on-holiday", "next-business-day")
    ]


def test_the_clauses_of_the_amount_and_of_its_rounding() -> None:
    reason = interest("dokodemo-prime", 528_000, date(2026, 6, 30), date(2026, 8, 31)).reason
    assert (reason.clause, reason.floor_clause) == ("26条1項・2項", "28条")


def test_the_terms_of_the_first_day_of_delay_hold(tmp_path: Path) -> None:
    """A new edition from the day after the due day already has its own rate."""
    (tmp_path / "watch.toml").write_text(SMALL, encoding="utf-8")
    newer = SMALL[SMALL.index("[[editions]]\nstart = 2026-07-01") :]
    newer = newer.replace("start = 2026-07-01", "start = 2027-02-01").replace('"0.145"', '"0.1"')
    (tmp_path / "newer.toml").write_text(f'code = "watch"\n{newer}', encoding="utf-8")
    services = Catalogue((tmp_path,))
    for due, rate in ((date(2027, 1, 30), "0.145"), (date(2027, 1, 31), "0.1")):
        found = late_interest(Overdue("watch", 36_500, due, due + 11 * DAY), services)
        assert found.reason.inputs["rate"] == Fraction(rate)


def test_the_day_of_payment_counts_where_the_terms_say_so_themselves(tmp_path: Path) -> None:
    for counts, days_ in (("true", 11), ("false", 10)):
        stated = SMALL.replace('rate = "0.145"', f'rate = "0.145"\npayment_day_counts = {counts}')
        folder = tmp_path / counts
        folder.mkdir()
        (folder / "watch.toml").write_text(stated, encoding="utf-8")
        due = date(2027, 1, 29)
        found = late_interest(Overdue("watch", 36_500, due, due + 11 * DAY), Catalogue((folder,)))
        assert found.days == days_


# --- the rate of law ---------------------------------------------------------------------------------------


def test_the_rate_of_law_is_three_percent_and_expected_after_march_2029() -> None:
    assert (statutory_rate(date(2020, 4, 1)).rate, statutory_rate(date(2020, 4, 1)).expected) == (
        Fraction(3, 100),
        False,
    )
    assert not statutory_rate(date(2029, 3, 31)).expected
    assert statutory_rate(date(2029, 4, 1)).expected


def test_no_rate_is_guessed_before_the_table() -> None:
    with pytest.raises(UserError) as told:
        interest("mihariban", 1000, date(2020, 3, 30), date(2020, 6, 1))
    assert told.value.code == "edition-unknown"
    assert told.value.problems[0].sentence() == (
        "2020年3月31日の法定利率は収録していません。 収録しているのは2020年4月1日からの利率です。 "
        "遅滞の始まりが2020年4月1日以後の支払いをお尋ねください。"
    )
    assert interest("mihariban", 1000, date(2020, 3, 31), date(2020, 6, 1)).days == 61


def test_the_rate_of_the_first_day_decides_whether_it_is_expected() -> None:
    assert not interest("dokodemo-prime", 1000, date(2029, 3, 30), date(2030, 1, 1)).expected
    assert interest("dokodemo-prime", 1000, date(2029, 3, 31), date(2030, 1, 1)).expected
    assert not interest("osect", 1000, date(2029, 3, 31), date(2030, 1, 1)).expected  # a rate of its own


# --- words -------------------------------------------------------------------------------------------------


def test_the_calculation_in_one_line() -> None:
    found = interest("dokodemo-prime", 528_000, date(2026, 6, 30), date(2026, 8, 31))
    assert interest_words.sentence(found.reason) == (
        "528,000円 × 3％ × 61日 ÷ 365日 = 2,647円（26条1項・2項、1円未満切捨て）"
    )


def test_the_tree_tells_due_day_days_rate_rounding_and_edition() -> None:
    found = interest("mihariban", 104_500, date(2024, 11, 30), date(2025, 2, 1), assigned=True)
    rows = [(row.depth, row.words, row.value, row.strong) for row in interest_words.tree(found.reason)]
    assert rows == [
        (0, "104,500円 × 3％ × （31日 ÷ 365日 + 31日 ÷ 366日）", "= 531.7…円", True),
        (1, "支払期日 2024年11月30日（土）", "", False),
        (1, "遅滞の日数  2024年12月1日から2025年1月31日まで（支払いの日は含まない）", "62日", False),
        (1, "法定利率（遅滞の始まった2024年12月1日の利率）", "3％", False),
        (1, "閏年の日は366日割り", "31日", False),
        (1, "1円未満切捨て", "531円", True),
        (1, "規約の版", "2023年12月1日実施", False),
    ]


def test_days_by_366_are_told_where_they_are_so() -> None:
    def told(due: date, paid: date) -> list[tuple[str, str]]:
        reason = interest("mihariban", 122_000, due, paid, assigned=True).reason
        return [(row.words, row.value) for row in interest_words.tree(reason) if "366日割り" in row.words]

    assert told(date(2024, 2, 29), date(2024, 5, 1)) == [("366日割り", "61日")]
    assert told(date(2025, 2, 28), date(2025, 5, 1)) == []
    assert told(date(2024, 12, 20), date(2025, 1, 31)) == [("閏年の日は366日割り", "11日")]


@pytest.mark.parametrize(
    ("paid", "words"),
    [
        (date(2026, 6, 30), "支払期日までのお支払い"),
        (date(2026, 7, 15), "支払期日の翌日から15日以内のお支払い"),
    ],
)
def test_why_nothing_is_due(paid: date, words: str) -> None:
    reason = interest("dokodemo-prime", 528_000, date(2026, 6, 30), paid).reason
    assert words in interest_words.formula(reason)
    _first, due, when, _edition = interest_words.tree(reason)
    assert (due.depth, due.value) == (1, "2026年6月30日（火）")
    assert (when.depth, when.words) == (1, "お支払い")


def test_an_expected_rate_and_a_moved_due_day_are_said() -> None:
    found = interest(
        "dokodemo-prime", 9999, date(2029, 12, 31), date(2030, 3, 1), due_on_holiday="next-business-day"
    )
    words = " ".join(row.words for row in interest_words.tree(found.reason))
    assert "見込み" in words
    assert "2029年12月31日（月）が休業日のため翌営業日" in words


def test_every_reason_can_be_said_in_both_languages() -> None:
    for language in ("ja", "en"):
        set_language(language)
        for service in SERVICES:
            for paid in (date(2028, 1, 31), date(2028, 2, 1), date(2028, 5, 1)):
                reason = interest(service, 10_000, date(2028, 1, 31), paid).reason
                assert all(row.words for row in interest_words.tree(reason))
                assert interest_words.sentence(reason)


# --- what holds for any payment ----------------------------------------------------------------------------


@given(st.sampled_from(SERVICES), principals, days, st.integers(0, 900), st.booleans())
def test_the_reason_gives_the_amount(
    service: str, principal: int, due: date, late: int, assigned: bool
) -> None:
    found = interest(service, principal, due, due + late * DAY, assigned=assigned)
    inputs: Any = found.reason.inputs
    assert found.amount == found.reason.amount
    if found.days:
        parts = inputs["days_by_year"]
        assert sum(count for _length, count in parts) == found.days
        exact = sum(principal * inputs["rate"] * count / Fraction(length) for length, count in parts)
        assert exact == found.reason.exact
        assert found.amount <= exact < found.amount + 1
    else:
        assert found.amount == 0


@given(st.sampled_from(SERVICES), principals, days, st.integers(0, 400), st.booleans())
def test_waiting_a_day_longer_never_costs_less(
    service: str, principal: int, due: date, late: int, assigned: bool
) -> None:
    today = interest(service, principal, due, due + late * DAY, assigned=assigned)
    tomorrow = interest(service, principal, due, due + (late + 1) * DAY, assigned=assigned)
    assert tomorrow.amount >= today.amount
    assert tomorrow.days >= today.days


@given(principals, days, st.integers(0, 400))
def test_an_assigned_claim_never_costs_more(principal: int, due: date, late: int) -> None:
    given_ = ("mihariban", principal, due, due + late * DAY)
    assert interest(*given_, assigned=True).amount <= interest(*given_).amount


@given(st.sampled_from(("mihariban", "media-light", "dokodemo-prime")), principals, days)
def test_grace_ends_after_the_fifteenth_day(service: str, principal: int, due: date) -> None:
    assert interest(service, principal, due, due + 15 * DAY).days == 0
    assert interest(service, principal, due, due + 16 * DAY).days == 15
