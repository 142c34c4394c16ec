"""What holds of every contract, whatever happened to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.charge.lines import Reason, make_bill
from app.charge.termination import ending
from app.contract.facts import Changed, Ended, Started, Suspended, Timeline, Transferred, Voided
from app.days import days_of_month
from app.money import tax_rate
from tests.app.charge.timelines import FIRST, amounts, items, lines, month_of, months, timelines, total
from tests.shipped import catalogue

BY_DAY = ("mihariban", "osect", "dokodemo-prime")
PRICE = {"mihariban": "license", "osect": "sensor", "dokodemo-prime": "id", "media-light": "endpoint"}


@given(timelines(), st.randoms())
def test_the_order_of_facts_is_irrelevant(one: Timeline, luck: object) -> None:
    facts = list(one.facts)
    luck.shuffle(facts)  # type: ignore[attr-defined]
    other = replace(one, facts=tuple(facts))
    for month in months(one):
        assert amounts(one, month) == amounts(other, month)


@given(timelines())
def test_a_total_is_its_net_its_tax_and_what_stands_outside(one: Timeline) -> None:
    for month in months(one):
        day = month_of(month).last
        bill = make_bill(lines(one, month), day)
        assert bill.total == bill.net + bill.tax + bill.exempt == sum(x.amount for x in bill.lines) + bill.tax
        assert bill.tax == (bill.net * tax_rate(day)) // 1
        assert bill.net >= 0


@given(timelines(), st.data())
def test_a_voided_fact_is_a_fact_that_never_was(one: Timeline, data: st.DataObject) -> None:
    extra = data.draw(
        st.sampled_from(
            [
                Ended(one.started.on, id="x"),
                Changed(one.started.on + timedelta(days=3), {}, id="x"),
                Suspended(one.started.on, id="x"),
                Started(one.started.on - timedelta(days=40), {}, id="x"),
            ]
        )
    )
    other = replace(one, facts=(Voided("x"), extra, *one.facts))
    for month in months(one):
        assert amounts(one, month) == amounts(other, month)


@given(timelines(ends=False), st.integers(0, 300))
def test_handing_over_and_suspending_change_no_charge(one: Timeline, after: int) -> None:
    others = tuple(fact for fact in one.facts if not isinstance(fact, Suspended))
    day = one.started.on + timedelta(days=after)
    quiet = replace(one, facts=(*others, Suspended(day, day + timedelta(days=9)), Transferred(day, "次の方")))
    plain = replace(one, facts=others)
    for month in months(one):
        assert amounts(quiet, month) == amounts(plain, month)


@given(st.sampled_from(BY_DAY), st.data())
def test_a_change_to_the_same_is_no_change(service: str, data: st.DataObject) -> None:
    has = data.draw(items(service))
    started = Started(FIRST, has)
    change = Changed(FIRST + timedelta(days=data.draw(st.integers(1, 100))), dict(has))
    plain, split = Timeline(service, (started,)), Timeline(service, (started, change))
    for month in months(split):
        assert amounts(plain, month) == amounts(split, month)


@given(st.sampled_from(BY_DAY), st.integers(2, 28), st.data())
def test_the_days_before_and_after_a_change_add_up(service: str, day: int, data: st.DataObject) -> None:
    """A changed month costs the old share of its days and the new one, but for the floors."""
    before, after = data.draw(items(service)), data.draw(items(service))
    change = Changed(date(2026, 7, day), after)
    item = PRICE[service]
    old = total(Timeline(service, (Started(FIRST, before),)), "2026-07", item)
    new = total(Timeline(service, (Started(FIRST, after),)), "2026-07", item)
    both = total(Timeline(service, (Started(FIRST, before), change)), "2026-07", item)
    exact = Fraction(old * (day - 1) + new * (32 - day), 31)
    assert exact - 2 < both <= exact


@given(
    st.sampled_from(("mihariban", "osect", "dokodemo-prime", "media-light")), st.integers(0, 500), st.data()
)
def test_staying_longer_saves_at_most_the_fee(service: str, length: int, data: st.DataObject) -> None:
    """Ending later never lowers the sum of charges by more than the termination fee falls."""
    started = Started(FIRST, data.draw(items(service)))

    def life(days: int) -> tuple[int, int]:
        one = Timeline(service, (started, Ended(FIRST + timedelta(days=days))))
        found = ending(one, catalogue())
        return sum(total(one, month) for month in months(one)), found.fee if found else 0

    (sooner, fee), (later, later_fee) = life(length), life(length + data.draw(st.integers(1, 90)))
    assert later >= sooner - max(0, fee - later_fee)


# --- reasons recompute to their amounts -----------------------------------------------------------


def recomputed(reason: Reason, month: str) -> int:
    """The amount a reason comes to, worked out again from its inputs alone."""
    found = reason.inputs
    figure = {name: value for name, value in found.items() if isinstance(value, int | Fraction)}
    parts = [recomputed(part, month) for part in reason.parts]
    match reason.rule:
        case "unit-price" | "tier-for-all" | "agreed-price" | "fee":
            return int(figure["quantity"] * figure["unit_price"])
        case "quoted":
            return int(figure["amount"])
        case "days-of-month":
            assert figure["full"] == parts[0]
            assert figure["days_of_month"] == days_of_month(*map(int, month.split("-")))
            return int(figure["full"] * figure["days"]) // int(figure["days_of_month"])
        case "whole-month" | "prepaid-year":
            return parts[0]
        case "outage-credit":
            return -(int(figure["full"] * figure["days"]) // int(figure["days_of_month"]))
        case "outage-remainder":
            return int(figure["full"] * figure["left"]) // int(figure["days_of_month"]) - int(
                figure["charged"]
            )
        case "sum":
            return sum(parts)
        case "reduced-units-remaining-months" | "base-remaining-year":
            return int(figure["basis"] * figure["months_left"])
    raise AssertionError(reason.rule)


@given(timelines())
def test_a_reason_recomputes_to_its_amount(one: Timeline) -> None:
    for month in months(one):
        for line in lines(one, month):
            reason = line.reason
            assert line.amount == reason.amount == recomputed(reason, month)
            assert reason.clause
            assert abs(reason.exact - reason.amount) < 1
            assert reason.floored == (reason.exact != reason.amount)
