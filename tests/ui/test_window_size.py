"""How small the window can be: as the text size asks, but never larger than the screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from ui.theme import Sizes
from ui.widgets.layout import least_size


@pytest.mark.parametrize(
    ("percent", "room", "least"),
    [
        (100, (1366, 728), (1024, 640)),
        (125, (1366, 728), (1280, 728)),
        (150, (1366, 728), (1366, 728)),
        (150, (1920, 1040), (1536, 960)),
        (200, (1366, 728), (1536, 728)),  # as wide as the pages need
        (100, (800, 600), (1024, 640)),
    ],
)
def test_a_window_of_large_text_fits_the_screen(
    percent: int, room: tuple[int, int], least: tuple[int, int]
) -> None:
    assert least_size(Sizes.at(percent), QSize(*room)) == QSize(*least)
