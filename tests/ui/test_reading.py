"""What people type: dates, whole numbers, kana, and where a search stands in a text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.date_reading import read_date
from app.days import date_words, era_date_words
from app.words import set_language
from ui.widgets.entries import read_whole_number, to_katakana
from ui.widgets.hits import hit_in

TODAY = date(2026, 11, 20)
THAT_DAY = date(2026, 12, 10)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-10",
        "2026/12/10",
        "2026.12.10",
        "20261210",
        "12/10",
        "12-10",
        "1210",
        "12月10日",
        "2026年12月10日",
        "2026年12月10日（木）",
        "２０２６／１２／１０",
        "R8.12.10",
        "r8/12/10",
        "R081210",
        "令和8年12月10日",
        "  2026-12-10 ",
        "12月10日（木）",
        "2026−12−10",
        "Thu, 10 Dec 2026",
        "10 December 2026",
        "10 dec",
        "thu 10 Dec.",
    ],
)
def test_one_day_in_many_ways(text: str) -> None:
    assert read_date(text, TODAY) == THAT_DAY


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-02-31",
        "13/1",
        "0",
        "あした",
        "R0.1.1",
        "R1.4.30",
        "2126-11-21",
        "1/2/3/4",
        "2026-12",
        "99999999",
        "10 Decem 20",
        "31 Feb 2026",
        "Dec",
    ],
)
def test_what_is_no_day(text: str) -> None:
    assert read_date(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1/5", date(2027, 1, 5)),  # the next one
        ("11/20", TODAY),
        ("11/19", date(2026, 11, 19)),  # yesterday is still meant
        ("8/20", date(2026, 8, 20)),  # three months back
        ("8/19", date(2027, 8, 19)),
        ("2/29", date(2028, 2, 29)),
        ("令和元年5月1日", date(2019, 5, 1)),
        ("H31.4.30", date(2019, 4, 30)),
        ("H31.5.1", date(2019, 5, 1)),  # written before the new era had a name
        ("S64.1.7", date(1989, 1, 7)),
    ],
)
def test_years_that_are_not_said(text: str, day: date) -> None:
    assert read_date(text, TODAY) == day


@given(st.dates(TODAY - timedelta(days=36_000), TODAY + timedelta(days=36_000)))
def test_what_the_field_shows_it_also_reads(day: date) -> None:
    assert read_date(date_words(day), TODAY) == day
    if day >= date(1926, 12, 25):
        assert read_date(era_date_words(day), TODAY) == day


@given(st.dates(TODAY - timedelta(days=36_000), TODAY + timedelta(days=36_000)))
def test_what_an_english_field_shows_it_also_reads(day: date) -> None:
    set_language("en")
    assert read_date(date_words(day), TODAY) == day
    assert read_date(date_words(day, weekday=False), TODAY) == day


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("49", 49),
        ("１，２３４円", 1234),
        ("−5", -5),
        ("-5", -5),
        ("3,000,000,000", 3_000_000_000),
        (" 1 234 ", 1234),
        ("¥1,000", 1000),
        ("", None),
        ("4.5", None),
        ("1e20", None),
        ("十", None),
        ("5個", None),
        ("--1", None),
        ("9" * 31, None),
    ],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert read_whole_number(text) == number


@pytest.mark.parametrize(
    ("text", "kana"),
    [
        ("たかはし せいこう", "タカハシ セイコウ"),
        ("ﾀｶﾊｼ", "タカハシ"),
        ("ヴァイオリン", "ヴァイオリン"),
        ("ゔぁ", "ヴァ"),
        ("ABC", "ABC"),
    ],
)
def test_katakana(text: str, kana: str) -> None:
    assert to_katakana(text) == kana


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("タカハシセイコウ", "たかはし", "タカハシ"),
        ("髙橋精工", "高橋", "髙橋"),
        ("𠮷田商店", "吉田", "𠮷田"),
        ("ABC商会", "ａｂｃ", "ABC"),
        ("大阪市中央区", "本町 中央", "中央"),
        ("06-0000-0148", "0148", "0148"),
    ],
)
def test_where_the_search_stands(text: str, words: str, found: str) -> None:
    place = hit_in(text, words)
    assert place is not None
    assert text[slice(*place)] == found


@pytest.mark.parametrize(("text", "words"), [("", "あ"), ("酒井", ""), ("酒井", "坂井")])
def test_where_it_does_not(text: str, words: str) -> None:
    assert hit_in(text, words) is None
