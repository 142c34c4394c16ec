"""Parts of the family: one kind of year on a paper, and one way to address somebody."""

from __future__ import annotations

import pytest

from app.contract.customer import CustomerFields
from app.papers.issuer import Company
from app.papers.parts import addressee_line, in_era
from app.words import speaking


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2026年11月4日〜2027年11月3日", "令和8年11月4日〜令和9年11月3日"),
        ("延滞利息（2026年8月分）", "延滞利息（令和8年8月分）"),
        ("2019年4月30日、2019年5月1日", "平成31年4月30日、令和元年5月1日"),
        ("2026年13月分、12026年1月", "2026年13月分、12026年1月"),
        ("12か月", "12か月"),
    ],
)
def test_a_paper_has_one_kind_of_year(text: str, shown: str) -> None:
    wareki = Company(era="wareki")
    assert in_era(text, wareki) == shown
    assert in_era(text, Company()) == text
    with speaking("en"):
        assert in_era(text, wareki) == text


@pytest.mark.parametrize(
    ("customer", "line"),
    [
        (CustomerFields(name="株式会社青葉"), "株式会社青葉 御中"),
        (CustomerFields(name="株式会社青葉", person="実 太郎"), "株式会社青葉 実 太郎 様"),
        (CustomerFields(name="青葉商店", kind="sole-trader"), "青葉商店 様"),
        (CustomerFields(name="あ" * 21, person="い" * 11), f"{'あ' * 20}… {'い' * 10}… 様"),
        (CustomerFields(person="実 太郎"), ""),
    ],
)
def test_later_pages_address_whom_the_first_does(customer: CustomerFields, line: str) -> None:
    assert addressee_line(customer) == line
