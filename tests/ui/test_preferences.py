"""How a person likes the window: kept, and never a reason to fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.preferences import FILE_NAME, Preferences


def test_they_come_back(tmp_path: Path) -> None:
    liked = Preferences(
        tmp_path / "新しい", language="en", look="dark", text_size=150, geometry=(-5, 10, 1280, 800)
    )
    liked.tables["quotations"] = [120, 240]
    liked.place, liked.maximized = "customers", True
    assert liked.save()
    assert Preferences.load(tmp_path / "新しい") == liked


def test_without_a_file_they_are_the_usual_ones(tmp_path: Path) -> None:
    assert Preferences.load(tmp_path) == Preferences(tmp_path)


@pytest.mark.parametrize("damaged", ["", "{", "[]", "null", '"x"', "\x00\x01", "{} trailing"])
def test_a_damaged_file_is_no_error(tmp_path: Path, damaged: str) -> None:
    (tmp_path / FILE_NAME).write_text(damaged, encoding="utf-8")
    assert Preferences.load(tmp_path) == Preferences(tmp_path)


def test_what_makes_no_sense_keeps_its_default_and_the_rest_holds(tmp_path: Path) -> None:
    raw = {
        "language": "fr",
        "look": 7,
        "text_size": True,
        "geometry": [1, 2, 0, 4],
        "tables": {"a": "wide", "b": [1, 2]},
        "maximized": "yes",
        "place": 3,
        "flags": {"x": True, "y": 2},
    }
    (tmp_path / FILE_NAME).write_text(json.dumps(raw), encoding="utf-8")
    expected = Preferences(tmp_path, tables={"b": [1, 2]}, flags={"x": True})
    assert Preferences.load(tmp_path) == expected


def test_a_folder_that_can_not_be_written_is_told_by_false(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert not Preferences(tmp_path / "file" / "below").save()
