"""Prices and rules that change while a contract runs: each day, month, year and end by the edition that
holds on it.

The editions are the shipped ones with one more of the same service behind them, whose prices are other.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from app.charge.engine import charge, end_after
from app.charge.plan import plan_of
from app.charge.termination import ending, termination
from app.contract.facts import Changed, Ended, Fact, Outage, Promoted, Started, Timeline, WorksFee
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from tests.app.charge.shelf import NEW, TARIFFS, Shelf
from tests.app.charge.timelines import at, month_of


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def mihariban(*facts: Fact, start: date = date(2027, 1, 1)) -> Timeline:
    return Timeline("mihariban", (Started(start, {"license": 10}), *facts))


DEARER = ("price = 190", "price = 250")


# --- by day -----------------------------------------------------------------------------------------


def test_a_month_is_divided_where_the_prices_change(shelf: Shelf) -> None:
    shelf.add("mihariban", DEARER)
    # 1,900 × 15日 ÷ 30日, 2,500 × 15日 ÷ 30日; before and after them whole months
    assert shelf.amounts(mihariban(), "2027-06") == [950, 1_250]
    assert shelf.amounts(mihariban(), "2027-05") == [1_900]
    assert shelf.amounts(mihariban(), "2027-07") == [2_500]


def test_the_last_day_may_be_the_first_of_the_new_prices(shelf: Shelf) -> None:
    shelf.add("mihariban", DEARER)
    # ended on the 17th, the 16th is the last day: 1,900 × 15 ÷ 30, 2,500 × 1 ÷ 30 = 83.3…
    assert shelf.amounts(mihariban(Ended(date(2027, 6, 17))), "2027-06") == [950, 83]
    assert shelf.amounts(mihariban(Ended(date(2027, 6, 16))), "2027-06") == [950]


def test_a_change_and_new_prices_in_one_month(shelf: Shelf) -> None:
    shelf.add("mihariban", DEARER)
    one = mihariban(Changed(date(2027, 6, 21), {"license": 20}))
    # 1,900 × 15 ÷ 30, 2,500 × 5 ÷ 30 = 416.6…, 5,000 × 10 ÷ 30 = 1,666.6…
    assert shelf.amounts(one, "2027-06") == [950, 416, 1_666]


@pytest.mark.parametrize(
    ("start", "changed", "expected"),
    [
        (date(2027, 1, 1), None, 1_900),  # the prices of the first day
        (date(2027, 6, 20), None, 2_500),  # those of the start
        (date(2027, 1, 1), date(2027, 6, 20), 5_000),  # 20 licences at those of the change
        (date(2027, 1, 1), date(2027, 6, 10), 3_800),
    ],
)
def test_a_touched_month_has_one_price(
    shelf: Shelf, start: date, changed: date | None, expected: int
) -> None:
    shelf.add("mihariban", DEARER)
    facts = () if changed is None else (Changed(changed, {"license": 20}),)
    one = mihariban(*facts, start=start)
    assert shelf.amounts(one, "2027-06", mihariban_proration="touched-month") == [expected]
    later = 2_500 if changed is None else 5_000
    assert shelf.amounts(one, "2027-07", mihariban_proration="touched-month") == [later]


def test_a_credit_takes_off_what_each_day_cost(shelf: Shelf) -> None:
    shelf.add("mihariban", DEARER)
    out = Outage(at("2027-06-15T00:00"), at("2027-06-17T00:00"), "company")
    # the 15th at 1,900 ÷ 30 = 63.3…, the 16th at 2,500 ÷ 30 = 83.3…
    assert shelf.amounts(mihariban(out), "2027-06") == [950, 1_250, -63 - 83]


def test_sensors_at_another_price_are_other_sensors(shelf: Shelf) -> None:
    shelf.add("osect", ("price = 60000", "price = 90000"))
    # nobody came and nobody went, yet 15 days each: 2 × 60,000 ÷ 2 and 2 × 90,000 ÷ 2
    one = Timeline("osect", (Started(date(2027, 5, 1), {"sensor": 2}),))
    assert shelf.amounts(one, "2027-06") == [60_000, 90_000]


def test_sensors_at_the_same_price_of_a_new_edition_are_still_its_own(shelf: Shelf) -> None:
    shelf.add("osect")
    one = Timeline("osect", (Started(date(2027, 5, 1), {"sensor": 2}),))
    assert shelf.amounts(one, "2027-06") == [60_000, 60_000]


def test_days_a_new_promotion_leaves_free_hold_no_item_it_does_not_have(shelf: Shelf) -> None:
    base = """
[[editions.items]]
code = "base"
name = { ja = "基本料", en = "Base" }
unit = { ja = "契約", en = "contract" }
price = 500
fixed_quantity = 1
clause = "25条"

[[editions.items]]
code = "set-up"
name = { ja = "設定費", en = "Set-up" }
unit = { ja = "契約", en = "contract" }
charge = "one-off"
per_item = "license"
price = 900
clause = "25条"

[[editions.items]]
code = "extra"
name = { ja = "追加", en = "Extra" }
unit = { ja = "個", en = "piece" }
price = 70
clause = "25条"

[[editions.items]]
code = "license"
"""
    until = ("applied_until = 2019-05-30", "applied_until = 2027-06-30")
    shelf.add("mihariban", ('\n[[editions.items]]\ncode = "license"\n', base), until)
    start = Started(date(2027, 7, 1), {"license": 5})
    one = Timeline("mihariban", (start, Promoted(date(2027, 6, 20))))
    found = charge(one, shelf.catalogue(), month_of("2027-07"))
    free = [(line.item, line.quantity, line.amount) for line in found if line.reason.rule == "free-period"]
    assert free == [("base", 1, 0), ("license", 5, 0)]
    later = Timeline("mihariban", (start, Promoted(date(2027, 7, 1))))
    assert sum(shelf.amounts(later, "2027-08")) == 5 * 190 + 500


PROMOTION = """
[editions.promotion]
applied_from = 2027-06-01
applied_until = 2027-06-30
free_months = 1
clause = "附則"

[[editions.items]]
code = "sensor"
"""


def test_sensors_may_be_free_for_a_while(shelf: Shelf) -> None:
    shelf.add("osect", ('\n[[editions.items]]\ncode = "sensor"\n', PROMOTION))
    one = Timeline("osect", (Started(date(2027, 7, 10), {"sensor": 2}), Promoted(date(2027, 6, 20))))
    assert shelf.amounts(one, "2027-07") == [0]
    # free until 9 August, then 120,000 × 22日 ÷ 31日 = 85,161.2…
    assert shelf.amounts(one, "2027-08") == [0, 85_161]


def test_a_credit_without_a_reading_follows_the_rule_of_the_terms(shelf: Shelf) -> None:
    out = Outage(at("2027-07-10T00:00"), at("2027-07-12T00:00"), "company")
    shelf.add("mihariban", ('reading = "outage-rounding"\n', ""))
    assert shelf.amounts(mihariban(out), "2027-07") == [1_900, -122]  # 1,900 × 2 ÷ 31 = 122.5…
    remains = (('policy = "credit-line"', 'policy = "reduced-days"'), ('reading = "outage-rounding"\n', ""))
    shelf.add("mihariban", *remains)
    assert shelf.amounts(mihariban(out), "2027-07") == [1_900, -123]  # 1,900 × 29 ÷ 31 = 1,777.4…


# --- whole months, years, ends ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "changed", "expected"),
    [
        (date(2027, 1, 1), None, [3_000, 6_000]),
        (date(2027, 6, 20), None, [3_000, 8_000]),
        (date(2027, 1, 1), date(2027, 6, 20), [3_000, 16_000]),
        (date(2027, 1, 1), date(2027, 6, 15), [3_000, 12_000]),
    ],
)
def test_a_whole_month_has_the_prices_of_its_first_charged_day_or_of_its_change(
    shelf: Shelf, start: date, changed: date | None, expected: list[int]
) -> None:
    shelf.add("media-light", ("price = 600\n", "price = 800\n"))
    facts = () if changed is None else (Changed(changed, {"endpoint": 20}),)
    one = Timeline("media-light", (Started(start, {"endpoint": 10}), *facts))
    assert shelf.amounts(one, "2027-06") == expected
    assert shelf.amounts(one, "2027-07") == [3_000, 8_000 if changed is None else 16_000]


def test_an_end_costs_the_prices_of_its_day(shelf: Shelf) -> None:
    shelf.add("dokodemo-prime", ("price = 2800", "price = 3100"))
    one = Timeline("dokodemo-prime", (Started(date(2026, 6, 1), {"id": 10}),))
    # June 2027 is the 13th of 24 months
    for on, price in ((date(2027, 6, 15), 2_800), (date(2027, 6, 16), 3_100)):
        found = termination(one, shelf.catalogue(), on)
        assert found is not None
        assert (found.months_left, found.fee) == (11, 10 * price * 11)


def test_an_end_is_charged_with_the_fee_of_its_day(shelf: Shelf) -> None:
    shelf.add("dokodemo-prime", ("price = 2800", "price = 3100"))
    start = Started(date(2026, 6, 1), {"id": 10})
    one = Timeline("dokodemo-prime", (start, Ended(date(2027, 6, 16))))
    # 28,000 × 15日 ÷ 30日 and the fee at the new price
    assert shelf.amounts(one, "2027-06") == [14_000, 31_000 * 11]


def test_works_are_charged_by_the_edition_of_their_month(shelf: Shelf) -> None:
    shelf.add("osect")
    start = Started(date(2027, 7, 1), {"sensor": 1})
    one = Timeline("osect", (start, WorksFee(90_000)))
    works = charge(one, shelf.catalogue(), month_of("2027-07"))[-1]
    assert (works.item, works.amount, works.reason.edition) == ("works-fee", 90_000, NEW)


def test_what_leaving_costs_is_not_guessed_on_days_without_prices() -> None:
    start, less = Started(date(2025, 6, 1), {"id": 20}), Changed(date(2025, 8, 1), {"id": 10})
    shipped = Catalogue((TARIFFS,))
    with pytest.raises(UserError) as refused:
        termination(Timeline("dokodemo-prime", (start,)), shipped, date(2025, 8, 1))
    assert refused.value.code == "edition-unknown"
    for fact in (less, Ended(date(2025, 8, 1))):
        with pytest.raises(UserError) as refused:
            ending(Timeline("dokodemo-prime", (start, fact)), shipped)
        assert refused.value.code == "edition-unknown"


def test_the_rules_of_a_month_are_those_of_its_first_day(shelf: Shelf) -> None:
    shelf.add("osect", ('last_charged_day = "same-day"', 'last_charged_day = "day-before"'))
    old, new = shelf.catalogue().service("osect").editions
    assert (end_after(old, date(2027, 6, 10)), end_after(new, date(2027, 6, 10))) == (
        date(2027, 6, 10),
        date(2027, 6, 11),
    )
    start = Started(date(2027, 5, 1), {"sensor": 1})
    for month, last, days in (("2027-06", date(2027, 6, 10), 10), ("2027-07", date(2027, 7, 10), 9)):
        one = Timeline("osect", (start, Ended(last)))
        length = 30 if month == "2027-06" else 31
        assert shelf.amounts(one, month) == [60_000 * days // length]


# --- days without prices ----------------------------------------------------------------------------


def runs(catalogue: Catalogue, service: str) -> list[tuple[date, date, bool]]:
    return [(run.first, run.last, run.is_priced) for run in plan_of(catalogue, service).runs]


def test_runs_cover_every_day_once_newest_first(shelf: Shelf) -> None:
    shelf.add("mihariban", DEARER)
    found = runs(shelf.catalogue(), "mihariban")
    assert found[:3] == [
        (NEW, date.max, True),
        (date(2023, 12, 1), date(2027, 6, 15), True),
        (date(2023, 10, 13), date(2023, 11, 30), False),
    ]
    assert found[-1] == (date.min, date(2019, 1, 31), False)
    for (first, _last, _priced), (_first, last, _other) in pairwise(found):
        assert first - last == timedelta(days=1)


def test_an_edition_that_ended_leaves_days_without_prices(shelf: Shelf) -> None:
    shelf.add("mihariban", DEARER, (f"start = {NEW}", f"start = {NEW}\nuntil = 2027-08-16"))
    assert runs(shelf.catalogue(), "mihariban")[:3] == [
        (date(2027, 8, 16), date.max, False),
        (NEW, date(2027, 8, 15), True),
        (date(2023, 12, 1), date(2027, 6, 15), True),
    ]
    assert shelf.amounts(mihariban(), "2027-07") == [2_500]
    for month in ("2027-08", "2027-09"):
        with pytest.raises(UserError) as refused:
            shelf.amounts(mihariban(), month)
        assert refused.value.code == "edition-unknown"
    ended = mihariban(Ended(date(2027, 8, 16)))  # the 15th is the last day: 2,500 × 15 ÷ 31 = 1,209.6…
    assert shelf.amounts(ended, "2027-08") == [1_209]
    # what holds without prices are the rules of the newest edition that has some
    gap = plan_of(shelf.catalogue(), "mihariban").at(date(2027, 9, 1))
    assert (gap.rules.start, gap.is_priced) == (NEW, False)


def test_days_before_printed_prices_follow_the_rules_of_the_first_that_are() -> None:
    plan = plan_of(Catalogue((TARIFFS,)), "mihariban")
    for day in (date(2018, 1, 1), date(2019, 2, 1), date(2023, 11, 30)):
        run = plan.at(day)
        assert (run.rules.start, run.is_priced) == (date(2023, 12, 1), False)
    assert plan.at(date(2023, 12, 1)).is_priced


def test_an_undated_edition_holds_on_every_day() -> None:
    plan = plan_of(Catalogue((TARIFFS,)), "osect")
    assert [(run.first, run.last, run.is_priced) for run in plan.runs] == [(date.min, date.max, True)]


UNPRICED = """code = "mihariban"

[[editions]]
start = 2027-06-16
priced = false
clause = "附則"
"""


def test_a_new_edition_without_prices_follows_the_rules_before_it(shelf: Shelf) -> None:
    shipped = (TARIFFS / "mihariban.toml").read_text(encoding="utf-8")
    (shelf.folder / "mihariban.toml").write_text(shipped, encoding="utf-8")
    (shelf.folder / "newer.toml").write_text(UNPRICED, encoding="utf-8")
    run = plan_of(shelf.catalogue(), "mihariban").at(NEW)
    assert (run.rules.start, run.is_priced, run.first) == (date(2023, 12, 1), False, NEW)
    with pytest.raises(UserError) as refused:
        shelf.amounts(mihariban(), "2027-07")
    assert refused.value.code == "edition-unknown"


def test_a_service_whose_prices_nobody_printed_is_not_priced(shelf: Shelf) -> None:
    shipped = (TARIFFS / "mihariban.toml").read_text(encoding="utf-8")
    head = shipped[: shipped.index("[[editions]]")]
    (shelf.folder / "mihariban.toml").write_text(head + UNPRICED.partition("\n")[2], encoding="utf-8")
    plan = plan_of(shelf.catalogue(), "mihariban")
    assert [(run.rules.start, run.is_priced) for run in plan.runs] == [(NEW, False), (NEW, False)]
    with pytest.raises(UserError) as refused:
        shelf.amounts(Timeline("mihariban", (Started(date(2027, 7, 1), {}),)), "2027-07")
    assert refused.value.code == "edition-unknown"
