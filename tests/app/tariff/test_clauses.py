"""Clauses in words: every clause of the shipped tariffs can be said in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from app.tariff.clauses import clause_note, clause_words
from app.tariff.model import Record
from app.words import speaking
from tests.shipped import catalogue

JAPANESE = re.compile(r"[぀-ヿ㐀-鿿]")


def clauses_in(value: object) -> Iterator[str]:
    if isinstance(value, Record):
        for name in value.__struct_fields__:
            inner = getattr(value, name)
            if isinstance(inner, str) and name.endswith("clause"):
                yield inner
            yield from clauses_in(inner)
    elif isinstance(value, tuple):
        for one in value:
            yield from clauses_in(one)


SHIPPED = sorted({clause for service in catalogue().services() for clause in clauses_in(service) if clause})


@pytest.mark.parametrize(
    ("clause", "japanese", "english"),
    [
        ("27条2項・3項", "第27条第2項・第3項", "Article 27(2), (3)"),
        ("別紙4※2", "別紙4※2", "Appendix 4, note 2"),
        ("24条の2, 25条の2", "第24条の2、第25条の2", "Article 24-2; Article 25-2"),
        ("1条7号, 7条2項1号", "第1条第7号、第7条第2項第1号", "Article 1, item 7; Article 7(2), item 1"),
        ("24条2項(2), 27条4項", "第24条第2項(2)、第27条第4項", "Article 24(2)(2); Article 27(4)"),
        ("21条2項〜4項", "第21条第2項〜第4項", "Article 21(2)–(4)"),
        ("別紙1-4①②③", "別紙1-4①②③", "Appendix 1-4(1)(2)(3)"),
        ("28条(注1)", "第28条(注1)", "Article 28 (note 1)"),
        ("25条（ア）（イ）（ウ）", "第25条（ア）（イ）（ウ）", "Article 25(a)(b)(c)"),
        ("料金表通則（端数処理）, 第1表", "料金表通則（端数処理）、第1表",
         "General rules of the tariff (rounding); Table 1"),
        ("附則（2023年11月22日 B委光B基155500000097-01）", "附則（2023年11月22日）",
         "Supplementary provisions of 22 November 2023"),
        ("附則（2023年6月1日変更）", "附則（2023年6月1日変更）", "Supplementary provisions of 1 June 2023"),
        ("附則（2019年1月21日 西アBN第54号）1条", "附則（2019年1月21日）第1条",
         "Supplementary provisions of 21 January 2019, Article 1"),
        ("25条（規定なし）", "第25条（規約に定めなし）", "Article 25 (no provision)"),
        ("改定 2024年4月1日", "改定 2024年4月1日", "Revised 1 April 2024"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_clause_in_words(clause: str, japanese: str, english: str) -> None:
    assert clause_words(clause) == japanese
    with speaking("en"):
        assert clause_words(clause) == english


@pytest.mark.parametrize(
    ("clause", "japanese", "english"),
    [
        ("24条3項, 別紙5・6", "24条3項・別紙5・6", "Art. 24(3); App. 5, 6"),
        ("27条, 別紙4※2", "27条・別紙4※2", "Art. 27; App. 4 n. 2"),
        ("16条, 19条, 21条", "16条・19条・21条", "Art. 16; 19; 21"),
        ("1条7号, 7条2項1号", "1条7号・7条2項1号", "Art. 1 no. 7; Art. 7(2) no. 1"),
        ("23条3項, 24条, 別紙1, 35条", "23条3項・24条・別紙1・35条", "Art. 23(3); 24; App. 1; Art. 35"),
        ("料金表通則（端数処理）, 第1表", "料金表通則（端数処理）・第1表",
         "Tariff, general (rounding); Table 1"),
        ("附則（2019年1月21日 西アBN第54号）1条", "附則（2019年1月21日 西アBN第54号）1条",
         "Suppl. prov. of 21 January 2019, Art. 1"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_a_clause_in_a_narrow_column(clause: str, japanese: str, english: str) -> None:
    assert clause_note(clause) == japanese
    with speaking("en"):
        assert clause_note(clause) == english


@pytest.mark.parametrize("clause", SHIPPED)
def test_every_clause_of_the_tariffs_can_be_said(clause: str) -> None:
    japanese = clause_words(clause)
    assert not re.search(r"(?<![第\d])\d+[条項号]", japanese)
    assert re.findall(r"\d+(?=条)", japanese) == re.findall(r"\d+(?=条)", re.sub(r"第\d+号", "", clause))
    with speaking("en"):
        english = clause_words(clause)
    assert english
    assert not JAPANESE.search(english), english
    assert not re.search(r",,| ,|  |\(\)", english), english


def test_what_is_said_already_stays() -> None:
    with speaking("en"):
        assert clause_words("Civil Code, Article 404") == "Civil Code, Article 404"
