"""What every 重要事項説明書 has to say, service by service, held against what its file covers.

Each point of the check list has a code (the service's letter and its place in the list), what it is about,
and the articles it rests on; a file covers it where points that name the code name all those articles too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace

from app.papers.terms_loading import load_terms
from app.papers.terms_points import ServiceTerms

# What has to be said, and the articles it must name (the beginning of a clause is enough).
CHECKLIST: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "mihariban": (
        ("price, and the most licences of a contract", ("25条",)),
        ("one licence for each device", ("5条2号",)),
        ("the line stands in the same name", ("7条2項1号",)),
        ("from when to when fees run", ("26条",)),
        ("leaving, which costs nothing", ("10条",)),
        ("fees for invoices, and who is exempt", ("25条",)),
        ("the qualified invoice", ("24条の2", "25条の2")),
        ("late interest", ("28条",)),
        ("the surcharge", ("27条",)),
        ("suspension", ("23条",)),
        ("claims are assigned", ("29条",)),
        ("data that are collected", ("18条",)),
        ("liability", ("15条", "21条")),
        ("notice before the service is given up", ("31条",)),
        ("the court", ("37条",)),
    ),
    "media-light": (
        ("whole months are charged", ("24条", "27条")),
        ("a year, its renewal, the fee for leaving", ("別紙4※1",)),
        ("the device comes back", ("別紙4※3",)),
        ("nothing is refunded", ("27条4項",)),
        ("late interest", ("26条",)),
        ("the surcharge", ("25条",)),
        ("hours and prices of visits, the free one", ("別紙2", "別紙5")),
        ("repairs that are charged", ("別紙1",)),
        ("changes to be notified", ("13条",)),
        ("no use for trade", ("14条",)),
        ("passing it on", ("10条",)),
        ("suspension", ("17条",)),
        ("liability", ("34条", "35条")),
        ("data, and whom they go to", ("36条", "別紙7")),
        ("the court", ("43条",)),
    ),
    "osect": (
        ("it shows risks and removes none", ("1条3項",)),
        ("prices", ("第1表",)),
        ("first and last month by day", ("料金表通則",)),
        ("when it begins", ("9条", "31条1項(16)")),
        ("the customer installs in time", ("31条1項(16)",)),
        ("costs before the start", ("19条4項",)),
        ("late interest", ("21条",)),
        ("the surcharge", ("19条3項",)),
        ("fees run on while it is stopped", ("19条2項",)),
        ("the most that is paid for damage", ("27条",)),
        ("whose the devices are, what becomes of the SIM", ("別紙1",)),
        ("what data are used for, and their deletion", ("23条", "24条", "25条")),
        ("secrecy after the end", ("36条5項",)),
        ("in Japan only", ("31条1項(17)",)),
        ("the court", ("40条",)),
        ("prices may be revised", ("18条2項",)),
    ),
    "dokodemo-prime": (
        ("the price by the number of IDs", ("別紙4",)),
        ("two years, and the fee for leaving", ("別紙4※1",)),
        ("changes within a month", ("27条", "別紙4※2")),
        ("notice before the end", ("20条",)),
        ("no fee where a change of the terms is rejected", ("2条4項",)),
        ("the tools are removed", ("37条2項",)),
        ("blocking and isolation without asking", ("35条20項",)),
        ("three sets of terms, elgana after the end", ("7条1項", "別紙4※3")),
        ("late interest, and the surcharge", ("26条", "25条")),
        ("fees for invoices and certificates", ("別紙9",)),
        ("visits", ("別紙3", "別紙5")),
        ("hours of support", ("別紙1",)),
        ("data", ("36条", "別紙7")),
        ("liability, and Cisco's part in it", ("34条", "35条24項")),
        ("it ends with the line", ("21条1項(2)",)),
        ("passing it on", ("10条",)),
        ("changes to be notified", ("13条",)),
        ("the court", ("43条",)),
    ),
    "mdr-ndr": (
        ("a year, and the last day to decline its renewal", ("10条",)),
        ("leaving within it, without refund", ("17条",)),
        ("paid in one sum", ("12条",)),
        ("late interest", ("14条3項",)),
        ("the maintenance contract it needs", ("5条2項",)),
        ("the device comes back", ("8条",)),
        ("no guarantee", ("21条", "22条")),
        ("the most that is paid for damage", ("21条2項",)),
        ("fees run on while it is restricted", ("19条", "22条4項")),
        ("notice before the service is given up", ("20条",)),
        ("secrecy, personal data", ("30条",)),
        ("consent to the use of communications data", ("28条",)),
        ("the court", ("33条",)),
    ),
}

# Articles and appendices of the terms, and the letter of the check list.
SIZES = {
    "mihariban": ("M", 37, 0),
    "media-light": ("L", 43, 7),
    "osect": ("O", 42, 1),
    "dokodemo-prime": ("D", 45, 9),
    "mdr-ndr": ("N", 35, 0),
}

# How many paragraphs the articles have that have more than one.
PARAGRAPHS = {
    "media-light": {
        7: 4, 8: 3, 9: 2, 10: 4, 12: 4, 13: 3, 15: 2, 16: 2, 17: 2, 19: 2, 20: 2, 22: 3, 24: 4, 26: 3, 27: 5,
        29: 2, 34: 3, 35: 14, 36: 7, 37: 5, 40: 2, 43: 2,
    },
    "dokodemo-prime": {
        2: 5, 6: 2, 7: 4, 8: 3, 9: 2, 10: 4, 12: 5, 13: 3, 15: 2, 16: 2, 17: 2, 19: 2, 20: 3, 22: 3, 24: 4,
        26: 3, 27: 7, 29: 2, 34: 3, 35: 25, 36: 9, 37: 5, 40: 2, 43: 2,
    },
}  # fmt: skip


def terms_of(service: str) -> ServiceTerms:
    found = load_terms(service)
    assert found is not None, service
    return found


def clauses_of(terms: ServiceTerms, code: str) -> list[str]:
    """The clauses of all points that cover a code, ``20条1項・22項`` as two."""
    return [
        clause
        for point in terms.points()
        if code in point.covers
        for part in point.clause.split(",")
        for clause in spread(part.strip())
    ]


def spread(clause: str) -> Iterator[str]:
    """``24条1項・2項`` as ``24条1項``, ``24条2項``; ``別紙5・6`` as ``別紙5``, ``別紙6``."""
    head = re.match(r"\d+条(?:の\d+)?|別紙(?=\d+・)|別紙\d+ ", clause.strip())
    first, *others = clause.strip().split("・")
    yield first
    for other in others:
        yield f"{head[0]}{other}" if head else other


def lacking(service: str, terms: ServiceTerms) -> list[str]:
    """What a file does not cover, in words."""
    letter = SIZES[service][0]
    found = []
    for place, (about, articles) in enumerate(CHECKLIST[service], start=1):
        code = f"{letter}{place}"
        clauses = clauses_of(terms, code)
        if not clauses:
            found.append(f"{code} {about}")
        found += [
            f"{code} {about}: {article}"
            for article in articles
            if clauses and not any(one.startswith(article) for one in clauses)
        ]
    return found


@pytest.mark.parametrize("service", CHECKLIST)
def test_every_point_of_the_check_list_is_covered_with_its_articles(service: str) -> None:
    terms = terms_of(service)
    assert lacking(service, terms) == []
    known = {f"{SIZES[service][0]}{place}" for place in range(1, len(CHECKLIST[service]) + 1)}
    assert {code for point in terms.points() for code in point.covers} == known


@pytest.mark.parametrize("service", CHECKLIST)
def test_no_article_is_named_that_the_terms_do_not_have(service: str) -> None:
    terms = terms_of(service)
    letter, articles, appendices = SIZES[service]
    assert (terms.letter, terms.articles, terms.appendices) == (letter, articles, appendices)
    assert terms.checked_on >= date(2026, 11, 20)
    for clause in [
        one for point in terms.points() for part in point.clause.split(",") for one in spread(part)
    ]:
        article = re.match(r"\s*(\d+)条", clause)
        assert article is None or int(article[1]) <= articles, clause
        appendix = re.match(r"\s*別紙(\d+)", clause)
        assert appendix is None or int(appendix[1]) <= appendices, clause
        paragraph = re.match(r"\s*(\d+)条(\d+)項", clause)
        if paragraph and service in PARAGRAPHS:
            most = PARAGRAPHS[service].get(int(paragraph[1]), 1)
            assert int(paragraph[2]) <= most, clause


def test_a_point_taken_away_is_missed() -> None:
    terms = terms_of("media-light")
    for gone in ("return", "court"):
        sections = tuple(
            replace(one, point=tuple(point for point in one.point if point.id != gone))
            for one in terms.section
        )
        assert len(lacking("media-light", replace(terms, section=sections))) == 1
