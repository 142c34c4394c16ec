"""Adjustments: closed months are put right in the next open one, to the yen, and say why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from app.charge.bill_lines import BillLines, bill_line, due_day, lines_of_month, sums_of
from app.charge.lines import make_bill
from app.contract.facts import Changed, Ended, Started, Timeline
from app.contract.record import StoredContract
from app.days import Month
from app.money import TaxKind
from tests.app.charge.timelines import contract, items, month_of, timelines
from tests.months_made import Months, recorded, stored, total_of, without
from tests.shipped import catalogue

START = date(2026, 8, 1)
CHOICES: tuple[dict[str, str], ...] = (
    {},
    {"prime-months-left": "calendar-months", "termination-tax": "taxed"},
    {"mihariban-proration": "touched-month", "rounding-unit": "unit"},
)


def expected(one: StoredContract, month: Month, choices: dict[str, str]) -> dict[str, int]:
    """What charging says of a month, by item and tax."""
    sums: dict[str, int] = {}
    for line in lines_of_month(one.timeline, catalogue().with_choices(choices), month):
        key = f"{line.item} {line.tax.value}"
        sums[key] = sums.get(key, 0) + line.amount
    return {key: amount for key, amount in sums.items() if amount}


# --- what holds whatever happens -------------------------------------------------------------------


@given(timelines(), st.data())
def test_what_was_billed_for_a_month_is_what_charging_says_now(one: Timeline, data: st.DataObject) -> None:
    """Late entries, voided ones and closings in any order: after each closing every closed month is right."""
    begun = replace_facts(one, one.facts[:1])
    waiting = [msgspec.structs.replace(fact, id=f"f{place}") for place, fact in enumerate(one.facts[1:])]
    made, months, used = stored(begun), Months(Month.of(one.started.on)), []
    voidable: list[Any] = []
    for _step in range(data.draw(st.integers(2, 6))):
        while waiting and data.draw(st.booleans()):
            fact = waiting.pop()
            made = recorded(made, fact)
            voidable.append(fact)
        if voidable and data.draw(st.booleans()):
            made = without(made, voidable.pop())
        choices = data.draw(st.sampled_from(CHOICES))
        used.append(choices)
        bill = months.close(made, choices)
        assert not bill.refused
        for closed, chosen in zip(months.closed, used, strict=True):
            assert months.billed(closed.month) == expected(made, closed.month, chosen)


@given(timelines())
def test_without_late_entries_nothing_is_adjusted(one: Timeline) -> None:
    made, months = stored(one), Months(Month.of(one.started.on))
    for _month in range(5):
        bill = months.close(made)
        assert not [line for line in bill.content.lines if line.month]


@given(st.sampled_from(("mihariban", "osect", "dokodemo-prime", "media-light")), st.data())
def test_voiding_a_late_entry_gives_back_exactly(service: str, data: st.DataObject) -> None:
    made = stored(contract(service, Started(START, data.draw(items(service)))))
    months = Months(Month.of(START))
    for _month in range(3):
        months.close(made)
    late = Changed(
        START + timedelta(days=data.draw(st.integers(1, 80))), data.draw(items(service)), id="late"
    )
    changed = months.close(recorded(made, late))
    back = months.close(without(recorded(made, late), late))
    first = [line for line in changed.content.lines if line.month]
    second = [line for line in back.content.lines if line.month < "2026-11" and line.month]
    assert total_of(tuple(first)) == -total_of(tuple(second))


def replace_facts(one: Timeline, facts: tuple[Any, ...]) -> Timeline:
    return Timeline(one.service, facts, one.customer, one.line, one.area)


# --- one case to the word --------------------------------------------------------------------------


def test_a_late_change_says_the_month_before_and_after_and_the_entry() -> None:
    made, months = stored(contract("mihariban", Started(START, {"license": 31}))), Months(Month.of(START))
    for _month in range(3):  # August to October
        months.close(made)
    bill = months.close(recorded(made, Changed(date(2026, 10, 1), {"license": 25})))
    own, adjusted = bill.content.lines
    assert (own.amount, adjusted.amount) == (25 * 190, -6 * 190)
    assert adjusted.month == "2026-10"
    assert adjusted.item == "license"
    assert adjusted.name == f"{own.name}（2026年10月分の調整）"
    assert adjusted.detail == "5,890円 → 4,750円"
    assert adjusted.why == (
        "2026年10月分は締め済みのため、差額をこの請求で調整します。",
        "これまでの請求 5,890円 → 正しい額 4,750円",
        "締め後の記録：数量・オプションの変更（2026年10月1日）（2026年11月20日に記録）",
    )
    assert bill.net == 19 * 190
    assert bill.tax == 361


def test_an_end_in_a_closed_month_brings_its_fee_outside_tax_and_gives_the_later_months_back() -> None:
    made = stored(contract("dokodemo-prime", Started(START, {"id": 10})))
    months = Months(Month.of(START))
    for _month in range(3):
        months.close(made)
    bill = months.close(recorded(made, Ended(date(2026, 9, 11))))
    adjusted = {(line.item, line.month): line for line in bill.content.lines}
    assert adjusted["id", "2026-10"].amount == -28_000
    assert adjusted["id", "2026-09"].amount == 28_000 * 10 // 30 - 28_000
    fee = adjusted["termination-fee", "2026-09"]
    assert (fee.amount, fee.tax) == (28_000 * 22, TaxKind.OUTSIDE)
    assert bill.exempt == fee.amount
    assert bill.net == 28_000 * 10 // 30 - 2 * 28_000
    assert bill.tax == bill.net // 10  # floored, also below zero


def test_a_contract_first_recorded_after_closing_is_billed_for_the_closed_months() -> None:
    months = Months(Month.of(START))
    nobody = stored(contract("osect", Started(date(2027, 1, 1), {"sensor": 1})))
    for _month in range(3):
        months.close(nobody)
    months.bills.clear()  # the contract had no bill: it was not there
    bill = months.close(stored(contract("osect", Started(date(2026, 10, 17), {"sensor": 2}))))
    assert [(line.month, line.amount) for line in bill.content.lines] == [
        ("", 120_000),
        ("2026-10", 500_000),
        ("2026-10", 120_000 * 15 // 31),
    ]


def test_a_second_correction_counts_from_the_first() -> None:
    made, months = stored(contract("osect", Started(START, {"sensor": 1}))), Months(Month.of(START))
    months.close(made)
    made = recorded(made, Changed(date(2026, 8, 1), {"sensor": 2}))
    assert [x.amount for x in months.close(made).content.lines if x.month] == [250_000, 60_000]
    made = recorded(made, Changed(date(2026, 8, 16), {"sensor": 1}))
    bill = months.close(made)
    assert [(x.month, x.detail) for x in bill.content.lines if x.month == "2026-08"] == [
        ("2026-08", f"120,000円 → {(120_000 * 15 + 60_000 * 16) // 31:,}円")
    ]


def test_a_month_that_cannot_be_charged_refuses_the_bill() -> None:
    made = stored(contract("mihariban", Started(date(2023, 5, 1), {"license": 3})))
    bill = Months(Month(2023, 5)).close(made)
    assert (bill.refused, bill.content.lines, bill.total, bill.due_on) == ("edition-unknown", (), 0, None)


def test_what_was_refused_and_still_is_does_not_keep_later_months_from_being_billed() -> None:
    made, months = stored(contract("mihariban", Started(date(2023, 5, 1), {"license": 3}))), None
    months = Months(Month(2023, 11))
    assert months.close(made).refused == "edition-unknown"
    bill = months.close(recorded(made, Changed(date(2023, 12, 5), {"license": 4})))
    assert not bill.refused
    assert {line.month for line in bill.content.lines} == {""}


# --- lines, sums, due days -------------------------------------------------------------------------


@given(timelines())
def test_the_kept_lines_sum_up_as_the_bill_does(one: Timeline) -> None:
    maker = BillLines()
    for month in Month.of(one.started.on).until(Month.of(one.started.on).plus(3)):
        lines = lines_of_month(one, catalogue(), month)
        kept, bill = maker.of(lines), make_bill(lines, month.last)
        sums = sums_of(kept, month.last)
        assert (sums.net, sums.tax, sums.exempt, sums.total) == (bill.net, bill.tax, bill.exempt, bill.total)
        assert kept == tuple(map(bill_line, lines))
        assert [line.name for line in kept] == [line.name for line in lines]


def test_a_contract_without_a_start_is_charged_nothing() -> None:
    assert lines_of_month(Timeline("osect", ()), catalogue(), Month(2026, 11)) == ()


def test_the_due_day_is_the_terms_or_the_desks_own() -> None:
    november = month_of("2026-11")
    assert due_day("mdr-ndr", november, catalogue(), 2) == date(2026, 12, 31)  # 12-2, whatever the desk says
    assert due_day("osect", november, catalogue(), 2) == date(2027, 1, 31)
    assert due_day("osect", november, catalogue(), 1) == date(2026, 12, 31)


def test_the_reading_for_closed_days_moves_the_due_day() -> None:
    november = month_of("2026-11")  # 12-31 and the days after it are 年末年始
    moved = catalogue().with_choices({"due-on-holiday": "next-business-day"})
    assert due_day("osect", november, moved, 1) == date(2027, 1, 4)
