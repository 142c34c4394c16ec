"""Bills keep their Japanese; papers in English say it again."""

from __future__ import annotations

import pytest

from app.usecases.bill_words import detail_said, names_of, said_again, why_said, worked_said
from app.words import speaking
from tests.shipped import catalogue

EDITION = catalogue().service("dokodemo-prime").editions[-1]


@pytest.mark.parametrize(
    ("stored", "english"),
    [
        ("どこでもプライム 利用料", "Dokodemo Prime fee"),
        ("どこでもプライム 利用料（2026年9月分の調整）", "Dokodemo Prime fee (adjustment for Sep 2026)"),
        ("延滞利息（2026年8月分）", "Late interest (bill of Aug 2026)"),
        ("割増金", "Surcharge"),
        ("髙橋さんへの値引き", "髙橋さんへの値引き"),
        ("髙橋さんへの値引き（2026年8月分）", "髙橋さんへの値引き（2026年8月分）"),
        ("髙橋さんへの値引き（2026年13月分の調整）", "髙橋さんへの値引き（2026年13月分の調整）"),
        ("", ""),
    ],
)
def test_names_are_said_again(stored: str, english: str) -> None:
    assert names_of(EDITION) == {}
    assert said_again(stored, {}) == stored
    with speaking("en"):
        assert said_again(stored, names_of(EDITION)) == english


def test_what_stands_beside_the_names() -> None:
    worked, why = "55,440 × 3％ × 20日 ÷ 365日", ("訪問のため", "T-HM1-2611-0004")
    assert (detail_said("遅れた日数 20日"), worked_said(worked), why_said(why)) == (
        "遅れた日数 20日",
        worked,
        why,
    )
    with speaking("en"):
        assert detail_said("遅れた日数 20日") == "20 days late"
        assert detail_said("来月まで20日") == "来月まで20日"
        assert worked_said(worked) == "55,440 × 3% × 20 days ÷ 365 days"
        assert why_said(why) == ("T-HM1-2611-0004",)
