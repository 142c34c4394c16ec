"""An edition in words: nothing of it is left out, whatever the file says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.tariff.catalogue import Catalogue
from app.tariff.describe import describe_edition, in_force, moved_by
from app.tariff.described import Row
from app.tariff.model import Edition, Service
from app.tariff.parse import load_service
from app.words import set_language
from tests.app.tariff.small import SMALL

CODES = ("mihariban", "media-light", "osect", "dokodemo-prime", "mdr-ndr")


def rows(edition: Edition) -> dict[str, Row]:
    return {row.label: row for section in describe_edition(edition) for row in section.rows if row.label}


@pytest.fixture
def small(written: Callable[..., Path]) -> Service:
    return load_service([written(SMALL)])


def test_tiers_ranges_and_terms_are_said_with_their_clauses(shipped: Catalogue) -> None:
    told = rows(shipped.service("dokodemo-prime").editions[-1])
    fee = told["どこでもプライム 利用料"]
    assert fee.value.splitlines()[:2] == ["月額（1 IDあたり）", "5〜9 ID：3,000円"]
    assert "数量は5〜9,999 ID（別紙4）" in fee.value
    assert fee.clause == "別紙4"
    assert told["解約金"].readings == ("prime-months-left", "termination-tax", "service-end-fee")
    assert told["発行手数料"].value.splitlines() == [
        "1通につき150円",
        "対象の回線：光コラボ",
        "利用開始の月から2か月間はかかりません",
        "かからない場合：法人、合算請求",
    ]
    assert told["データ移行（50GBまで）"].value.splitlines()[1] == "2〜3台：1台につき24,000円"
    assert told["訪問できる日"].value.splitlines()[-1] == "祝日と年末年始（12月29日〜1月3日）を除く"


@pytest.mark.parametrize("code", CODES)
def test_every_value_of_the_shipped_files_has_a_place(shipped: Catalogue, code: str) -> None:
    edition = shipped.service(code).editions[-1]
    told = describe_edition(edition)
    text = "\n".join(f"{row.label} {row.value} {row.clause}" for section in told for row in section.rows)
    for name in ("items", "fees", "remarks", "support", "required", "conditions", "deadlines"):
        for record in getattr(edition, name):
            assert (getattr(record, "name", None) or record.text).ja in text
    for name in edition.__struct_fields__:
        clause = getattr(getattr(edition, name), "clause", "")
        assert clause in text
    assert "「" not in "".join(section.heading for section in told)


def test_a_new_file_needs_no_code(small: Service) -> None:
    told = rows(small.editions[-1])
    assert told["席"].value.splitlines()[:3] == ["月額（1席あたり）", "1〜9席：300円", "10〜99席：250円"]
    assert "「ライト」ありのとき無料（5条※）" in told["席"].value
    assert "「席」と同じ数" in told["設定費"].value
    assert told["無料期間"].value == "2026年7月1日〜2026年9月30日のお申込みは、1か月間無料"
    assert "西日本：月、火" in told["訪問できる日"].value


def test_an_edition_without_prices_says_nothing(small: Service) -> None:
    assert describe_edition(small.editions[0]) == ()


def test_the_choice_in_force_goes_before_the_file_s(small: Service) -> None:
    edition = small.editions[-1]
    (reading,) = edition.readings
    assert in_force(reading, {}) == "calendar"
    assert in_force(reading, {"watch-days": "thirty"}) == "thirty"
    assert in_force(reading, {"watch-days": "unheard-of"}) == "calendar"
    told = describe_edition(edition, {"watch-days": "thirty"})
    assert any(row.value == "30日" for section in told for row in section.rows)


def test_what_a_reading_moves_is_found_in_the_records(shipped: Catalogue) -> None:
    edition = shipped.service("media-light").editions[-1]
    assert moved_by(edition, "wifi-unit") == ("訪問メニュー：Wi-Fi機器設定",)
    assert moved_by(edition, "media-renewal-month") == ("契約期間", "解約金")
    for code in CODES:
        newest = shipped.service(code).editions[-1]
        assert all(moved_by(newest, reading.name) for reading in newest.readings)


def test_it_speaks_english(shipped: Catalogue) -> None:
    set_language("en")
    told = rows(shipped.service("osect").editions[-1])
    assert "OsecT basic service fee" in told
