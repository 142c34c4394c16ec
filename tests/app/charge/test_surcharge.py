"""割増金: twice what was evaded, with the tax of the day, and what stands beside it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charge import interest_words
from app.charge.surcharge import EvadedFee, SurchargeDue, surcharge
from app.errors import UserError
from tests.shipped import TODAY, catalogue

SERVICES = ("mihariban", "media-light", "osect", "dokodemo-prime")


def due(service: str, net: int, on: date = TODAY, *, taxed: bool = True) -> SurchargeDue:
    return surcharge(EvadedFee(service, net, on, taxed), catalogue())


def test_the_tax_of_the_day_counts() -> None:
    found = due("mihariban", 10_000, date(2019, 9, 30))  # 8 %
    assert (found.net, found.tax, found.evaded_tax, found.total_due) == (20_000, 1_600, 800, 32_400)


def test_a_fee_bears_tax_unless_somebody_says_otherwise() -> None:
    assert surcharge(EvadedFee("osect", 100, TODAY), catalogue()).total_due == 330


def test_a_fee_outside_the_tax_bears_none() -> None:
    found = due("dokodemo-prime", 28_000, taxed=False)
    assert (found.net, found.tax, found.total, found.total_due) == (56_000, 0, 56_000, 84_000)


def test_each_part_is_floored_by_itself() -> None:
    found = due("dokodemo-prime", 9)  # 0.9 and 1.8 yen of tax
    assert (found.evaded_tax, found.tax, found.total_due) == (0, 1, 28)


@pytest.mark.parametrize(
    ("service", "may"),
    [("mihariban", False), ("media-light", False), ("osect", True), ("dokodemo-prime", True)],
)
def test_whether_the_provider_may_or_must(service: str, may: bool) -> None:
    found = due(service, 100)
    assert found.discretionary is may
    said = " ".join(row.words for row in interest_words.tree(found.reason))
    assert ("提供会社の判断" in said) is may


def test_terms_without_a_surcharge() -> None:
    with pytest.raises(UserError) as told:
        due("mdr-ndr", 100)
    assert told.value.code == "no-rule"


def test_in_words() -> None:
    found = due("media-light", 18_000)
    assert interest_words.sentence(found.reason) == "免れた額 19,800円 ＋ 割増金 39,600円 = 59,400円（25条）"
    rows = [(row.depth, row.words, row.value) for row in interest_words.tree(found.reason)]
    assert rows[1:3] == [
        (1, "免れた額  18,000円 ＋ 消費税10％", "19,800円"),
        (1, "割増金  18,000円 × 2 ＋ 消費税10％", "39,600円"),
    ]
    small = interest_words.tree(due("media-light", 9).reason)
    assert [row.depth for row in small if row.words == "1円未満切捨て"] == [2, 2]
    said = [row for row in interest_words.tree(due("osect", 9).reason) if "提供会社の判断" in row.words]
    assert [row.depth for row in said] == [1]
    assert "消費税" not in interest_words.formula(due("osect", 9, taxed=False).reason.parts[0])
    assert interest_words.sentence(due("media-light", 9).reason).endswith("、1円未満切捨て）")
    assert interest_words.tree(found.reason.parts[1])[0].words == "18,000円 × 2 ＋ 消費税10％"


@given(st.sampled_from(SERVICES), st.integers(0, 10**10), st.booleans())
def test_all_that_is_owed_adds_up(service: str, net: int, taxed: bool) -> None:
    found = due(service, net, taxed=taxed)
    assert found.total_due == net + found.evaded_tax + found.net + found.tax == found.reason.amount
    assert sum(part.amount for part in found.reason.parts) == found.total_due
    assert found.net == 2 * net
