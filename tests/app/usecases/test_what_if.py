"""What ending on a day costs, what a change does to the next bills, and services side by side."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from app.contract.facts import Ended, Started, Timeline
from app.days import Month
from app.errors import UserError
from app.usecases.compare_services import Candidate, candidate_for_devices, compare_services
from app.usecases.what_if import (
    MOST_DAYS,
    bill_of,
    cheapest,
    cost_of_ending,
    effect_of_change,
    ended_on,
    without_fee,
)
from tests.shipped import catalogue


def contract(service: str, start: date, **items: int) -> Timeline:
    return Timeline(service, (Started(on=start, items=items),))


PRIME = contract("dokodemo-prime", date(2026, 6, 10), id=10)


def test_ending_month_by_month_worked_out_by_hand() -> None:
    # 10 IDs, 28,000 a month. Ending 11/20: 19 of 30 days = 17,733 + 1,773 tax; November is month 6: 18 left.
    (cost,) = cost_of_ending(PRIME, catalogue(), date(2026, 11, 20), 1)
    assert (cost.charges, cost.fee, cost.bills) == (19_506, 18 * 28_000, 1)
    assert cost.total == 19_506 + 504_000


def test_later_days_cost_more_days_and_fewer_months() -> None:
    costs = cost_of_ending(PRIME, catalogue(), date(2026, 11, 20), 12)
    assert [cost.day.day for cost in costs] == [*range(20, 31), 1]
    assert [cost.fee for cost in costs] == [504_000] * 11 + [476_000]
    assert all(later.charges >= cost.charges for cost, later in pairwise(costs))
    best = cheapest(costs)
    assert best is not None
    assert best.day == date(2026, 12, 1)  # 28,000 of fee less for one more day's charge
    assert (best.charges, best.bills) == (30_800, 2)  # December's bill holds the fee alone


def test_after_the_minimum_term_there_is_no_fee() -> None:
    (cost,) = cost_of_ending(PRIME, catalogue(), date(2028, 6, 10), 1)
    assert cost.fee == 0
    assert cheapest(()) is None


def test_days_before_the_start_are_left_out() -> None:
    costs = cost_of_ending(PRIME, catalogue(), date(2026, 6, 8), 4)
    assert [cost.day.day for cost in costs] == [10, 11]
    for days in (0, MOST_DAYS + 1):
        with pytest.raises(UserError) as told:
            cost_of_ending(PRIME, catalogue(), date(2026, 6, 10), days)
        assert told.value.code == "bad-input"


def test_an_end_in_the_timeline_is_replaced() -> None:
    ended = ended_on(ended_on(PRIME, date(2027, 1, 1)), date(2026, 12, 1))
    assert [fact.on for fact in ended.facts if isinstance(fact, Ended)] == [date(2026, 12, 1)]
    later = Timeline("dokodemo-prime", (*PRIME.facts, Ended(on=date(2027, 1, 1))))
    assert cost_of_ending(later, catalogue(), date(2026, 11, 20), 3) == cost_of_ending(
        PRIME, catalogue(), date(2026, 11, 20), 3
    )


def test_the_whole_month_service_is_cheapest_to_leave_in_its_renewal_month() -> None:
    media = contract("media-light", date(2025, 4, 15), endpoint=5)
    costs = cost_of_ending(media, catalogue(), date(2026, 3, 20), 20)
    assert {cost.fee for cost in costs} == {3_000, 0}  # one month left in March, none in April
    best = cheapest(costs)
    assert best is not None
    assert best.day == date(2026, 3, 20)  # March is not charged; April would charge it with 6,600


def test_the_effect_on_the_next_three_bills() -> None:
    effects = effect_of_change(PRIME, catalogue(), [Ended(on=date(2026, 12, 16))], Month(2026, 11))
    assert [str(effect.month) for effect in effects] == ["2026-11", "2026-12", "2027-01"]
    november, december, january = effects
    assert november.difference == 0
    assert december.before.total == 30_800
    # 15 of 31 days: 13,548 + 1,354; month 7: 17 months left
    assert december.after.total == 13_548 + 1_354 + 17 * 28_000
    assert (january.after.total, january.difference) == (0, -30_800)


def test_a_bill_with_and_without_the_fee() -> None:
    ended = ended_on(PRIME, date(2026, 12, 16))
    bill = bill_of(ended, catalogue(), Month(2026, 12))
    assert bill.exempt == 17 * 28_000
    assert without_fee(bill, Month(2026, 12)).total == bill.total - bill.exempt
    plain = bill_of(PRIME, catalogue(), Month(2026, 12))
    assert without_fee(plain, Month(2026, 12)) is plain


# --- side by side ------------------------------------------------------------------------------------------

START = date(2026, 12, 1)


def test_three_services_for_ten_devices_over_three_years() -> None:
    services = ("mihariban", "media-light", "dokodemo-prime")
    candidates = [candidate_for_devices(catalogue(), service, 10, START) for service in services]
    found = compare_services(candidates, catalogue(), START)
    assert [one.service for one in found] == list(services)
    nets = {one.service: [span.net for span in one.spans] for one in found}
    assert nets == {
        "mihariban": [22_800, 45_600, 68_400],
        "media-light": [108_000, 216_000, 324_000],
        "dokodemo-prime": [336_000, 672_000, 1_008_000],
    }
    prime = found[2]
    assert [span.exit_fee for span in prime.spans] == [11 * 28_000, 0, 0]
    assert prime.spans[0].total == 369_600
    assert prime.spans[0].total_with_exit == 369_600 + 308_000
    assert [one.term.months if one.term else None for one in found] == [None, 12, 24]
    assert found[1].items == {"base": 1, "endpoint": 10}


def test_one_off_fees_and_services_charged_to_the_last_day() -> None:
    osect, mdr = compare_services(
        [Candidate("osect", {"sensor": 2}), Candidate("mdr-ndr", {"annual-fee": 3_600_000})],
        catalogue(),
        date(2026, 12, 10),
        (12,),
    )
    # eleven whole months and a month cut into 22 + 9 days of two different Decembers: 500,000 + 12 x 120,000
    assert osect.spans[0].net == 500_000 + 11 * 120_000 + 120_000 * 22 // 31 + 120_000 * 9 // 31
    assert (mdr.spans[0].net, mdr.spans[0].exit_fee) == (3_600_000, 0)


@pytest.mark.parametrize(
    ("service", "devices", "code"),
    [
        ("osect", 5, "no-rule"),
        ("mdr-ndr", 5, "no-rule"),
        ("dokodemo-prime", 4, "out-of-range"),
        ("mihariban", 51, "out-of-range"),
        ("media-light", 0, "out-of-range"),
    ],
)
def test_devices_a_service_does_not_count(service: str, devices: int, code: str) -> None:
    with pytest.raises(UserError) as told:
        candidate_for_devices(catalogue(), service, devices, START)
    assert told.value.code == code


def test_every_problem_of_every_candidate_is_told() -> None:
    wrong = [Candidate("mihariban", {"license": 51}), Candidate("dokodemo-prime", {"id": 3})]
    with pytest.raises(UserError) as told:
        compare_services(wrong, catalogue(), START)
    assert {problem.field.split(".")[1] for problem in told.value.problems} == {"0", "1"}
    for many in ([], [Candidate("mihariban", {"license": 1})] * 4):
        with pytest.raises(UserError):
            compare_services(many, catalogue(), START)


def test_longer_spans_never_cost_less() -> None:
    for day in range(31):
        start = START + timedelta(days=day)
        (found,) = compare_services([Candidate("mihariban", {"license": 7})], catalogue(), start)
        totals = [span.total for span in found.spans]
        assert totals == sorted(totals)
