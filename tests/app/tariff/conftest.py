"""The shipped tariffs, read once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.places import resources
from app.tariff.catalogue import Catalogue

SHIPPED = resources("tariffs")

SMALL = """\
code = "watch"
name = { ja = "見守り", en = "Watch" }
short = { ja = "見守り", en = "Watch" }
provider = { ja = "見守り株式会社", en = "Watch Inc." }
order = 9
source = "見守り利用規約"
checked_on = 2026-11-20
checked_by = "test"
lines = ["flets"]

[[editions]]
start = 2026-01-01
priced = false
clause = "附則1"

[[editions]]
start = 2026-07-01
priced = true
clause = "附則2"

[[editions.items]]
code = "seat"
name = { ja = "席", en = "Seat" }
unit = { ja = "席", en = "seat" }
tiers = [
  { first = 1, last = 9, price = 300 },
  { first = 10, last = 99, price = 250 },
]
minimum = 1
maximum = 99
range_clause = "5条"
clause = "5条"

[editions.proration]
policy = "by-day"
last_charged_day = "same-day"
reading = "watch-days"
period_clause = "6条"
floor_clause = "7条"
clause = "6条"

[[editions.readings]]
name = "watch-days"
topic = { ja = "日数", en = "Days" }
choice = "calendar"
sentence = { ja = "日数の数え方がありません。", en = "How days are counted is not said." }
customer_sentence = { ja = "日数は「{choice}」です。", en = "Days: {choice}." }
clause = "6条"
choices = [
  { code = "calendar", name = { ja = "暦日", en = "calendar days" } },
  { code = "thirty", name = { ja = "30日", en = "30 days" } },
]
"""


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The tariffs that ship with the program."""
    return Catalogue([SHIPPED])


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a tariff file into a folder of the test and returns its path."""

    def write(text: str, name: str = "watch.toml", folder: str = "own") -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
