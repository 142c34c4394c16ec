"""The readings: the choice taken for each unclear passage, and that each is named by the rule it decides."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from app.tariff.catalogue import Catalogue, choice_words, customer_words, words
from app.tariff.findings import _fields
from app.tariff.model import Edition, Reading, Record, Text
from app.words import set_language

DAY = date(2026, 11, 20)
VISIT = {
    "visit-last-hour": "end",
    "visit-cancel-fee": "zero",
    "wifi-unit": "per-device",
    "migration-volume": "block",
    "migration-tier": "flat",
    "migration-step": "started",
    "migration-between": "next-column",
    "migration-tb": "1000",
    "migration-over-20": "individual-quote",
}
CHOSEN = {
    "mihariban": {
        "mihariban-proration": "by-day",
        "change-day": "new-quantity",
        "rounding-unit": "total",
        "outage-rounding": "credit",
        "leap-interest-days": "by-day",
        "due-on-holiday": "nominal",
    },
    "media-light": {
        "media-same-month": "one-month",
        "media-reduction-month": "reduced-part-free",
        "media-addition-month": "full-month",
        "media-renewal-month": "anniversary-month",
        "media-termination-scope": "base",
        "media-months-left": "months-not-charged",
        "media-fee-after-renewal": "every-year",
        "termination-tax": "outside",
        "service-end-fee": "waived",
        "outage-rounding": "credit",
        "media-outage-days": "calendar-days",
        "due-on-holiday": "nominal",
        "media-reception-days": "except-year-end",
        "gateway-cap": "largest",
        "free-visit-cap": "per-device",
        "free-migration-volume": "unlimited",
        **VISIT,
    },
    "osect": {
        "rounding-unit": "total",
        "opening-delay-days": "calendar",
        "opening-both-late": "later",
        "interest-year-days": "365",
        "due-on-holiday": "nominal",
    },
    "dokodemo-prime": {
        "prime-months-left": "whole-months",
        "termination-tax": "outside",
        "service-end-fee": "waived",
        "prime-late-notice": "wished-day",
        "change-day": "new-quantity",
        "outage-rounding": "remainder",
        "due-on-holiday": "nominal",
        "prime-reception-days": "weekdays",
        **VISIT,
    },
    "mdr-ndr": {
        "ndr-notice-day": "same-day",
        "ndr-payment-day": "included",
        "interest-year-days": "365",
        "due-on-holiday": "nominal",
    },
}


def readings(shipped: Catalogue, code: str) -> tuple[Reading, ...]:
    return shipped.priced_edition(code, DAY).readings


@pytest.mark.parametrize("code", CHOSEN)
def test_choice_taken(shipped: Catalogue, code: str) -> None:
    assert {reading.name: reading.choice for reading in readings(shipped, code)} == CHOSEN[code]


def inside(record: Record) -> Iterator[Record]:
    yield record
    for name in record.__struct_fields__:
        value = getattr(record, name)
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, Record):
                yield from inside(entry)


def named(edition: Edition) -> set[str]:
    return {
        getattr(record, name)
        for record in inside(edition)
        for name, _required, is_reading in _fields(type(record))
        if is_reading and getattr(record, name)
    }


@pytest.mark.parametrize("code", CHOSEN)
def test_every_reading_is_named_by_a_rule(shipped: Catalogue, code: str) -> None:
    assert named(shipped.priced_edition(code, DAY)) == set(CHOSEN[code])


def test_a_shared_name_means_the_same_question(shipped: Catalogue) -> None:
    found: dict[str, Reading] = {}
    for code in CHOSEN:
        for reading in readings(shipped, code):
            first = found.setdefault(reading.name, reading)
            assert reading.choices == first.choices
            assert reading.topic == first.topic


@pytest.mark.parametrize("code", CHOSEN)
def test_nothing_is_without_clause_or_words(shipped: Catalogue, code: str) -> None:
    for edition in shipped.service(code).editions:
        for record in inside(edition):
            if isinstance(record, Text):
                assert record.ja.strip()
                assert record.en.strip()
                assert record.en.isascii() or not any("ぁ" <= char <= "ヿ" for char in record.en)
            clause = getattr(record, "clause", None)
            assert clause is None or clause.strip()


def test_words_in_both_languages(shipped: Catalogue) -> None:
    reading = shipped.reading("media-light", "migration-volume", DAY)
    assert words(reading.topic) == "50GBを超えるデータ移行"
    assert customer_words(reading, "column") == "50GBを超えるデータ移行は「4TBの料金」として計算しています。"
    assert choice_words(reading, "no-such") == "no-such"
    set_language("en")
    try:
        assert choice_words(reading, "block") == "blocks of 50 GB, capped by the 4 TB price"
        assert "the 4 TB price" in customer_words(reading, "column")
    finally:
        set_language("ja")


def test_readings_papers_do_not_mention(shipped: Catalogue) -> None:
    assert customer_words(shipped.reading("media-light", "migration-tb", DAY), "1000") == ""


def test_every_reading_stands_in_the_documentation(shipped: Catalogue) -> None:
    page = (Path(__file__).parents[3] / "docs" / "tariffs.md").read_text("utf-8")
    for code in CHOSEN:
        for reading in readings(shipped, code):
            row = next(line for line in page.splitlines() if line.startswith(f"| `{reading.name}` |"))
            assert code in row
            assert all(f"`{choice.code}`" in row for choice in reading.choices)
