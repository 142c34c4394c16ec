"""The files of the points to be explained: refused with everything that is wrong, and sound as they ship."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import UserError
from app.papers.terms_loading import PLACEHOLDER, load_terms, read_terms
from app.papers.terms_points import NAMED_FACTS, ServiceTerms
from tests.shipped import EXAMPLES, TODAY, catalogue

PATH = Path("somewhere/mihariban.toml")
HEAD = """
service = "mihariban"
letter = "M"
edition = 2023-12-01
articles = 37
checked_on = 2026-11-20
[[section]]
code = "price"
title = { ja = "料金", en = "Price" }
"""
POINT = """
[[section.point]]
id = "{id}"
text = {{ ja = "{ja}", en = "{en}" }}
clause = "{clause}"
{more}
"""


def point(
    name: str = "one", ja: str = "料金です。", en: str = "Fee.", clause: str = "25条", more: str = ""
) -> str:
    return POINT.format(id=name, ja=ja, en=en, clause=clause, more=more)


def read(*points: str, head: str = HEAD) -> ServiceTerms:
    return read_terms((head + "".join(points)).encode(), PATH)


def problems(*points: str, head: str = HEAD) -> dict[str, str]:
    """What is wrong, by key."""
    with pytest.raises(UserError) as caught:
        read(*points, head=head)
    assert {one.code for one in caught.value.problems} == {"terms-file"}
    assert all("mihariban.toml" in one.what and one.why for one in caught.value.problems)
    return {one.field: one.what for one in caught.value.problems}


def test_a_sound_file_is_read() -> None:
    terms = read(point(ja="{price:license}です。", more='when = ["not corporation"]\ncovers = ["M1"]'))
    assert [one.id for one in terms.points()] == ["one"]
    assert terms.section[0].title.en == "Price"


@pytest.mark.parametrize(
    ("given", "key", "told"),
    [
        (point(ja="{prices}です。"), "section[price].point[one].text.ja", "{prices}"),
        (point(en="It is {price}."), "section[price].point[one].text.en", "{price}"),
        (point(ja="{start}から。", en="From then."), "section[price].point[one].text.ja", "{start}"),
        (point(ja="月額1,980円です。"), "section[price].point[one].text.ja", "1,980円"),
        (point(ja="年14.5％です。"), "section[price].point[one].text.ja", "14.5％"),
        (point(en="It costs ¥190."), "section[price].point[one].text.en", "¥1"),
        (point(ja=" "), "section[price].point[one].text.ja", "文がありません"),
        (point(clause="38条"), "section[price].point[one].clause", "38条"),
        (point(clause="別紙1"), "section[price].point[one].clause", "別紙1"),
        (point(clause="25条, どこか"), "section[price].point[one].clause", "どこか"),
        (point(more='when = ["sometimes"]'), "section[price].point[one].when", "sometimes"),
        (point(more='when = ["not with"]'), "section[price].point[one].when", "with"),
        (point(more='covers = ["D1"]'), "section[price].point[one].covers", "D1"),
        (point() + point(), "section.point[one]", "2回"),
    ],
)
def test_what_nobody_can_fill_is_refused(given: str, key: str, told: str) -> None:
    found = problems(given)
    assert list(found) == [key]
    assert told in found[key]


def test_every_problem_is_told_at_once() -> None:
    long = HEAD.replace('ja = "料金"', 'ja = "料金とお支払いについて"')
    found = problems(point(ja="{x}です。", clause="99条"), head=long)
    assert list(found) == [
        "section[price].title.ja",
        "section[price].point[one].text.ja",
        "section[price].point[one].clause",
    ]


def test_the_shape_is_held_and_grammar_named() -> None:
    wrong = problems(point(more='colour = "red"'), head=HEAD.replace('letter = "M"\n', ""))
    assert {"letter", "section[price].point#1.colour"} <= {key.replace("[#1]", "#1") for key in wrong}
    assert "TOML" in problems("[[")[""]
    with pytest.raises(UserError):
        read_terms(b"\xff", PATH)


def test_what_ships_is_sound_and_names_only_what_its_tariff_knows() -> None:
    for service in EXAMPLES:
        terms = load_terms(service)
        assert terms is not None
        assert terms.service == service
        edition = catalogue().priced_edition(service, TODAY)
        assert terms.edition == edition.start
        codes = _codes(service)
        for one in terms.points():
            assert not one.reading or edition.reading(one.reading) is not None, one.id
            for name in PLACEHOLDER.findall(one.text.ja):
                kind, colon, code = name.partition(":")
                assert not colon or (kind in NAMED_FACTS and code.partition("/")[0] in codes), name
            spoken = {*PLACEHOLDER.findall(one.text.ja), "who"}
            assert set(PLACEHOLDER.findall(one.text.en)) <= spoken, one.id
    assert load_terms("unknown") is None


def _codes(service: str) -> set[str]:
    """Every code of the edition a placeholder may name."""
    edition = catalogue().priced_edition(service, TODAY)
    menu = edition.visit.menu if edition.visit is not None else ()
    named = (*edition.items, *edition.fees, *edition.deadlines, *edition.support, *menu)
    return {one.code for one in named} | {one.name for one in edition.readings} | {
        "delivery", "install", "test",
    }  # fmt: skip
