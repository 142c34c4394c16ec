"""A screen for the windows of these tests, one for each process that runs tests."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from tests.e2e.screen import Screen, missing_tool, open_screen


@pytest.fixture(scope="session")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """An X server of these tests' own."""
    if not sys.platform.startswith("linux"):
        pytest.skip("a screen without a monitor is to be had on Linux only")
    missing = missing_tool()
    if missing:
        pytest.skip(f"{missing} is not installed: python3 packaging/dev.py test installs it")
    with open_screen(tmp_path_factory.mktemp("screen")) as opened:
        yield opened
