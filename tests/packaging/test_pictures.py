"""The command of the pictures: a scene makes the same picture each time; colours are chosen by their use."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage

ROOT = Path(__file__).resolve().parents[2]
SIZE = (1024, 640)
FEWEST_COLOURS = 40  # an empty window has a handful


def pictures(out: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command as people do."""
    command = [sys.executable, str(ROOT / "packaging" / "pictures.py"), "--out", str(out), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_scenes_make_pictures_and_the_same_ones_again(tmp_path: Path) -> None:
    scenes = ("editor", "settings-data")
    looks = ("--look", "ja-dark", "--size", "1024x640", "--quotations", "2")
    for run in ("first", "second"):
        done = pictures(tmp_path / run, *looks, *scenes)
        assert done.returncode == 0, done.stderr
    for name in scenes:
        first, second = (tmp_path / run / "ja-dark-1024x640" / f"{name}.png" for run in ("first", "second"))
        image = QImage(str(first))
        assert (image.width(), image.height()) == SIZE
        plain = image.convertToFormat(QImage.Format.Format_RGB32)
        assert len(set(memoryview(plain.constBits()).cast("I"))) > FEWEST_COLOURS
        assert first.read_bytes() == second.read_bytes(), name


def test_a_scene_that_is_not_there_is_named(tmp_path: Path) -> None:
    done = pictures(tmp_path, "--look", "ja-light", "no-such-scene")
    assert done.returncode == 2
    assert "no-such-scene" in done.stderr


@pytest.mark.parametrize("count", [10, 256, 1_000])
def test_a_palette_keeps_the_most_used_colours(command: Callable[[str], ModuleType], count: int) -> None:
    counted = {place << 16 | place % 7 << 8 | place % 251: place + 1 for place in range(count)}
    palette = command("picture_shots").palette(counted)
    assert len(palette) == min(count, 256)
    assert set(palette) <= set(counted)
    assert palette[0] == max(counted, key=lambda colour: counted[colour])
