"""Fonts: what stands in for what, and what is said when one is missing or broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.errors import EnvironmentProblem
from app.papers.model import Images
from app.places import resources
from reports.characters import printable
from reports.fonts import Shelf, shelf
from reports.quotation_pdf import draw
from tests.reports import papers

FONTS = resources("fonts")


def test_a_character_the_face_lacks_comes_from_the_next_font() -> None:
    letters = shelf(FONTS).letters("regular")
    width = letters.width("髙𠮷槗")
    assert width == pytest.approx(3.0)
    assert letters.glyphs["髙"][0].name == "BIZUDPGothic-Regular"
    assert letters.glyphs["𠮷"][0].name == "NotoSansJP-Regular"


def test_what_no_font_has_takes_the_place_of_one_character() -> None:
    letters = shelf(FONTS).letters("bold")
    assert letters.width("😀") == letters.width("〓") == 1.0


def test_figures_are_not_of_one_width_by_themselves() -> None:
    """Why amounts are set digit by digit at all."""
    letters = shelf(FONTS).letters("regular")
    assert letters.width("1") < letters.width("2") == letters.width("7")


def test_a_subset_holds_the_glyphs_asked_for_and_little_else() -> None:
    font = Shelf(FONTS).font("BIZUDPGothic-Regular.ttf")
    glyphs = frozenset(font.glyph(character) for character in "見積書0123456789")
    subset = font.subset(glyphs)
    assert set(subset.numbers) == glyphs | {0}
    assert subset.length < 10_000
    assert font.subset(glyphs) is subset
    assert Shelf(FONTS).font("BIZUDPGothic-Regular.ttf").subset(glyphs) == subset


def test_only_fonts_that_are_needed_are_opened(tmp_path: Path) -> None:
    for name in ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "BIZUDMincho-Regular.ttf"):
        (tmp_path / name).write_bytes((FONTS / name).read_bytes())
    assert draw(papers.quotation(), Images(), tmp_path).startswith(b"%PDF-1.7")


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem, match=r"BIZUDPGothic-Regular\.ttf") as caught:
        draw(papers.quotation(), Images(), tmp_path)
    assert caught.value.code == "font-missing"
    assert caught.value.remedy


@pytest.mark.parametrize("kept", [0, 100, 60_000, 2_000_000, -10])
def test_a_font_cut_short_is_named(tmp_path: Path, kept: int) -> None:
    whole = (FONTS / "BIZUDPGothic-Regular.ttf").read_bytes()
    (tmp_path / "BIZUDPGothic-Regular.ttf").write_bytes(whole[:kept])
    with pytest.raises(EnvironmentProblem, match=r"BIZUDPGothic-Regular\.ttf") as caught:
        draw(papers.quotation(), Images(), tmp_path)
    assert caught.value.code == "font-damaged"


def test_something_else_under_a_fonts_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / "BIZUDPGothic-Regular.ttf").write_text("これは書体ではありません", encoding="utf-8")
    with pytest.raises(EnvironmentProblem):
        draw(papers.quotation(), Images(), tmp_path)


def test_a_folder_whose_name_is_japanese(tmp_path: Path) -> None:
    folder = tmp_path / "書体 𠮷"
    folder.mkdir()
    for path in FONTS.glob("BIZ*.ttf"):
        (folder / path.name).write_bytes(path.read_bytes())
    assert draw(papers.quotation(), Images(), folder).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("given", "drawn"),
    [
        ("髙﨑𠮷㈱", "髙﨑𠮷㈱"),
        ("葛\U000e0100城", "葛城"),
        ("☑\ufe0f", "☑"),
        ("か\u3099っこう ハ\u309aン", "がっこう パン"),
        ("一\t二\r\n三\x00", "一 二  三 "),
        ("\ufeff見積\u200b書\u202e", "見積書"),
        ("\ud842", "\ufffd"),
        ("福\ufa1a", "福\ufa1a"),
    ],
)
def test_text_is_made_fit_to_draw(given: str, drawn: str) -> None:
    assert printable(given) == drawn
