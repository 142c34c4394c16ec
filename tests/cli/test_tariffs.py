"""``tariffs check`` as somebody at a keyboard meets it."""

from __future__ import annotations

from pathlib import Path

import pytest

import main
from app.places import resources
from app.words import language
from tests.app.tariff.small import SMALL, changed


def check(*files: Path | str) -> int:
    return main.main(["tariffs", "check", *map(str, files)])


def test_the_shipped_tariffs_are_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert check(resources("tariffs")) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 5
    assert all(line.endswith("誤りはありません") for line in lines)


@pytest.mark.parametrize("before", [True, False])
def test_the_language_may_stand_before_the_command_or_after_it(before: bool) -> None:
    chosen, command = ["--language", "en"], ["tariffs", "check"]
    words = [*chosen, *command] if before else [*command, *chosen]
    assert main.main([*words, str(resources("tariffs"))]) == 0
    assert language() == "en"


def test_every_problem_with_place_found_and_allowed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(SMALL, encoding="utf-8")
    bad.write_text(changed(("price = 300", "price = -1"), ("first = 10", "first = 11")), encoding="utf-8")
    assert check(good, bad) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{good}: 誤りはありません",
        f"{bad}: 誤りが2件あります",
        "  editions[2026-07-01].items[seat].tiers",
        "    見つかったもの: 1〜9の次が11〜で、間が空いています",
        "    正しい書き方: 次の段階は10から始めてください",
        "  editions[2026-07-01].items[seat].tiers[1].price",
        "    見つかったもの: 数値 -1",
        "    正しい書き方: 0〜1,000,000,000,000の整数",
    ]


def test_an_edition_for_a_shipped_service(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    addition = tmp_path / "addition.toml"
    text = 'code = "mihariban"\n[[editions]]\nstart = {start}\npriced = false\nclause = "改定"\n'
    addition.write_text(text.replace("{start}", "2027-01-01"), encoding="utf-8")
    assert check(addition) == 0
    addition.write_text(text.replace("{start}", "2023-12-01"), encoding="utf-8")
    assert check(addition) == 1
    assert "重なっています" in capsys.readouterr().out


def test_what_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good = tmp_path / "good.toml"
    good.write_text(SMALL, encoding="utf-8")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert check(good, tmp_path / "none.toml", empty) == 2
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.endswith("誤りはありません")
    assert "ファイルがありません" in second
    assert "フォルダー" in third
