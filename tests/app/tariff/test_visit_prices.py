"""Prices, bands, days and hours of visit support, against 別紙2, 3, 5 and 6 of the terms."""

from __future__ import annotations

from datetime import date

import pytest

from app.tariff.catalogue import Catalogue
from app.tariff.model import VisitRules

DAY = date(2026, 11, 20)
BANDS = ((1, 1), (2, 3), (4, 5), (6, 10), (11, 15), (16, 20))


def rules(shipped: Catalogue, code: str) -> VisitRules:
    found = shipped.priced_edition(code, DAY).visit
    assert found is not None
    return found


def test_which_services_have_visits(shipped: Catalogue) -> None:
    having = [known.code for known in shipped.services() if shipped.priced_edition(known.code, DAY).visit]
    assert having == ["media-light", "dokodemo-prime"]


@pytest.mark.parametrize(
    ("service", "prices"),
    [
        (
            "media-light",
            {
                "base": 4_500,
                "diagnosis": 1_500,
                "os-recovery": 10_500,
                "os-update": 7_000,
                "internet-setup": 3_000,
                "wifi-setup": 900,
                "app-setup": 3_500,
                "endpoint-reinstall": 3_500,
                "printer-setup": 4_400,
                "data-migration": None,
                "gateway-setup": 8_500,
            },
        ),
        (
            "dokodemo-prime",
            {
                "base": 7_500,
                "diagnosis": 1_500,
                "os-recovery": 17_100,
                "os-update": 12_100,
                "internet-setup": 4_500,
                "wifi-setup": 3_100,
                "app-setup": 4_400,
                "endpoint-reinstall": 4_400,
                "printer-setup": 4_400,
                "data-migration": None,
            },
        ),
    ],
)
def test_menu(shipped: Catalogue, service: str, prices: dict[str, int | None]) -> None:
    assert {item.code: item.price for item in rules(shipped, service).menu} == prices


@pytest.mark.parametrize("service", ["media-light", "dokodemo-prime"])
def test_what_is_charged_unasked(shipped: Catalogue, service: str) -> None:
    menu = {item.code: item for item in rules(shipped, service).menu}
    assert [code for code, item in menu.items() if item.automatic] == ["base", "diagnosis"]
    assert [code for code, item in menu.items() if item.waived_with_line_order] == ["diagnosis"]
    per = {code: item.per for code, item in menu.items() if item.per != "device"}
    assert per == {"base": "dispatch", "diagnosis": "visit", "app-setup": "app"}


def test_what_is_free(shipped: Catalogue) -> None:
    media = rules(shipped, "media-light")
    assert {item.code: item.free for item in media.menu if item.free} == {
        "base": "entitled",
        "diagnosis": "entitled",
        "os-recovery": "entitled",
        "endpoint-reinstall": "after-recovery",
        "data-migration": "with-backup",
    }
    assert media.free is not None
    assert media.free.per_year == 1
    prime = rules(shipped, "dokodemo-prime")
    assert prime.free is None
    assert not any(item.free for item in prime.menu)


@pytest.mark.parametrize(
    ("service", "classes", "step"),
    [
        (
            "media-light",
            {
                "4.7": (6_000,),
                "50": (30_000, 24_000, 23_000, 21_000, 20_500, 20_000),
                "4000": (75_000,),
            },
            12_000,
        ),
        (
            "dokodemo-prime",
            {
                "4.7": (16_000,),
                "10": (25_000, 19_000, 18_000, 16_000, 15_500, 15_000),
                "50": (30_000, 24_000, 23_000, 21_000, 20_500, 20_000),
                "4000": (101_500,),
            },
            25_600,
        ),
    ],
)
def test_migration(shipped: Catalogue, service: str, classes: dict[str, tuple[int, ...]], step: int) -> None:
    table = rules(shipped, service).migration
    assert table is not None
    assert table.bands == BANDS
    assert {known.up_to_gb: known.prices for known in table.classes} == classes
    assert (table.step_gb, table.step_price, table.step_from_gb) == ("1000", step, "4000")
    assert [known.up_to_gb for known in table.classes if known.block] == ["50"]


def test_days_and_hours(shipped: Catalogue) -> None:
    media, prime = rules(shipped, "media-light"), rules(shipped, "dokodemo-prime")
    assert {days.area: days.weekdays for days in media.days} == {
        "west": (0, 1, 2, 3, 4, 5),
        "east": (0, 1, 2, 3, 4),
    }
    assert {days.area: days.weekdays for days in prime.days} == {"": (0, 1, 2, 3, 4, 5)}
    for known in (media, prime):
        assert known.closed_holidays
        assert known.closed_year_end
        assert (known.first_hour, known.last_hour) == ("09:00", "17:00")
    assert (media.reception_first, media.reception_last) == ("09:00", "21:00")
    assert (prime.reception_first, prime.reception_last) == ("09:00", "17:00")
    assert media.reception_weekdays == (0, 1, 2, 3, 4, 5, 6)
    assert not media.reception_closed_holidays
    assert prime.reception_weekdays == (0, 1, 2, 3, 4)
    assert prime.reception_closed_holidays
