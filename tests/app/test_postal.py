"""A postal code, however it was typed, gives its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import places, postal
from app.errors import EnvironmentProblem
from app.postal import Address, lookup


@pytest.mark.parametrize("typed", ["5410053", "541-0053", "〒541−0053", " ５４１ー００５３ ", "541‐0053"])
def test_a_code_gives_its_address(typed: str) -> None:
    assert lookup(typed) == Address("大阪府", "大阪市中央区", "本町")


def test_a_floor_of_a_tower_and_an_office_have_codes_of_their_own() -> None:
    assert lookup("100-6701") == Address("東京都", "千代田区", "丸の内グラントウキョウノースタワー1階")
    assert lookup("100-8111") == Address("東京都", "千代田区", "千代田1-1")


def test_a_code_of_several_places_keeps_what_they_share() -> None:
    assert lookup("498-0000") == Address("", "", "")  # 愛知県 and 三重県
    assert lookup("060-0000") == Address("北海道", "札幌市中央区", "")


@pytest.mark.parametrize("typed", ["", "541", "54100530", "541005x", "0000000", "9999999", "本町"])
def test_what_is_no_code_gives_nothing(typed: str) -> None:
    assert lookup(typed) is None


def test_a_missing_table_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "program_folder", lambda: tmp_path)
    postal._group.cache_clear()
    postal._archive.cache_clear()
    with pytest.raises(EnvironmentProblem, match=r"codes\.zip"):
        lookup("5410053")
    postal._archive.cache_clear()
