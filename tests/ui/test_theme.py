"""The look: contrast of every pair, one place for colours and pixels, switching live."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget
from pytestqt.qtbot import QtBot

import ui
from app.errors import EnvironmentProblem
from ui.theme import DARK, LIGHT, Colours, Sizes, theme
from ui.theme.fonts import load_fonts
from ui.theme.stylesheet import style_sheet
from ui.widgets.text import Label

UI = Path(ui.__file__).parent


def luminance(colour: str) -> float:
    """Relative luminance as WCAG has it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours, 1 to 21."""
    lights = sorted((luminance(one), luminance(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


SURFACES = ("window", "panel", "sunken", "hover", "reason")
READ = [(words, ground) for words in ("text", "text2", "text3") for ground in (*SURFACES, "tint")] + [
    *((words, ground) for words in ("good", "note", "warn", "danger") for ground in ("panel", "window")),
    *((words, f"{words}_tint") for words in ("good", "note", "warn", "danger")),
    ("accent", "panel"),
    ("accent", "window"),
    ("accent", "tint"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_toast", "toast"),
    ("on_brand", "brand"),
    ("on_brand2", "brand"),
    ("paper_ink", "paper"),
    ("paper_sub", "paper"),
    ("paper_accent", "paper"),
    ("text2", "chip"),
]
SEEN = [("edge", "panel"), ("edge", "window"), ("accent", "sunken")]


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_words_can_be_read_and_edges_seen(colours: Colours) -> None:
    values = colours.values()
    unreadable = [pair for pair in READ if contrast(values[pair[0]], values[pair[1]]) < 4.5]
    unseen = [pair for pair in SEEN if contrast(values[pair[0]], values[pair[1]]) < 3]
    assert (unreadable, unseen) == ([], [])


def test_a_set_of_colours_is_whole() -> None:
    values = LIGHT.values()
    with pytest.raises(TypeError):
        Colours(**{name: value for name, value in values.items() if name != "accent"})
    with pytest.raises(TypeError):
        Colours(**values, extra="#000000")


SIZED = ("setFixedHeight", "setFixedWidth", "setMinimumWidth", "setSpacing", "setFixedSize")

# What a module must say to break one of both rules: reading its text is faster than its tree.
SUSPECT = re.compile(rf"#[0-9A-Fa-f]|rgb|GlobalColor|{'|'.join(SIZED)}")


def colours_in(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"#[0-9A-Fa-f]{6}\b|\brgb\(|GlobalColor", node.value):
            yield node.value
    elif isinstance(node, ast.Attribute) and node.attr == "GlobalColor":
        yield "GlobalColor"


def pixels_in(node: ast.AST) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in SIZED:
        numbers = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, int)]
        yield from ((node.func.attr, number) for number in numbers if number > 1)


@cache
def outside_the_theme() -> tuple[list[object], list[object]]:
    """Colours and pixels that other modules name; each module is read once."""
    colours: list[object] = []
    pixels: list[object] = []
    for path in UI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.parent.name != "theme" and SUSPECT.search(text):
            for node in ast.walk(ast.parse(text)):
                colours += [(path.name, colour) for colour in colours_in(node)]
                pixels += [(path.name, *pixel) for pixel in pixels_in(node)]
    return colours, pixels


def test_no_other_module_names_a_colour() -> None:
    assert outside_the_theme()[0] == []


def test_no_other_module_names_a_pixel() -> None:
    """Sizes come from the theme; 0 and a hairline of 1 are no sizes."""
    assert outside_the_theme()[1] == []


def test_both_rules_can_fail() -> None:
    bad = ("a.setSpacing(7)", "b.setFixedSize(\n    0, 9)", "c = '#0A1b2C'", "Qt.GlobalColor.red")
    assert all(map(SUSPECT.search, bad))
    nodes = [node for line in bad for node in ast.walk(ast.parse(line))]
    assert [pixel for node in nodes for pixel in pixels_in(node)] == [("setSpacing", 7), ("setFixedSize", 9)]
    assert [colour for node in nodes for colour in colours_in(node)] == ["#0A1b2C", "GlobalColor"]


def test_the_style_sheet_is_filled_in() -> None:
    for colours in (LIGHT, DARK):
        sheet = style_sheet(colours, Sizes(), 100)
        assert "$" not in sheet
        assert colours.accent in sheet


def test_sizes_grow_with_the_text() -> None:
    plain, double = Sizes.at(100), Sizes.at(200)
    assert double.control == 2 * plain.control
    assert all(getattr(Sizes.at(125), name) >= px for name, px in Sizes.names().items())


def test_the_look_changes_at_once(dressed: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.set_look("dark")
    assert theme.dark
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(DARK.window)
    assert DARK.accent in dressed.styleSheet()
    theme.set_look("light")
    assert dressed.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.window)


def test_what_does_not_show_follows_when_it_comes_up(dressed: QApplication, qtbot: QtBot) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    label, edits = Label("", "body", "danger"), [QLineEdit(), QLineEdit()]
    for page in (*edits, label):
        pages.addWidget(page)
    pages.show()
    for place in (1, 2, 0):
        pages.setCurrentIndex(place)
    try:
        theme.set_look("dark")
        qtbot.waitUntil(pages.updatesEnabled)
        pages.setCurrentIndex(1)
        ground = edits[1].grab().toImage().pixelColor(9, 9)
        qtbot.waitUntil(lambda: label.palette().windowText().color() == QColor(DARK.danger))
        label.set_tone("")
        words = label.palette().windowText().color()
    finally:
        theme.set_look("light")
        qtbot.waitUntil(pages.updatesEnabled)
    assert ground == QColor(DARK.panel)
    assert words == QColor(DARK.text)


def test_an_unknown_look_is_a_bug(dressed: QApplication) -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme.set_look("sepia")


def test_text_size_stays_between_100_and_200(dressed: QApplication) -> None:
    theme.set_look("light", 900)
    assert theme.percent == 200
    theme.set_look("light", 10)
    assert theme.percent == 100


@pytest.mark.parametrize("role", ["table", "body", "body-bold", "sum"])
def test_all_figures_are_equally_wide(dressed: QApplication, role: str) -> None:
    metrics = QFontMetrics(theme.font(role))
    assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1


def test_a_field_keeps_its_place_when_it_gets_the_focus(dressed: QApplication, qtbot: QtBot) -> None:
    edit = QLineEdit("49")
    qtbot.addWidget(edit)
    before = edit.sizeHint()
    edit.show()
    edit.activateWindow()
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    assert edit.sizeHint() == before


def test_without_the_text_face_it_says_so(dressed: QApplication, tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        load_fonts(tmp_path)
    assert told.value.code == "missing-font"
    assert "BIZ UDPGothic" in told.value.what
