"""The shipped tariffs, read once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from app.places import resources
from app.tariff.catalogue import Catalogue

SHIPPED = resources("tariffs")


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """The tariffs that ship with the program."""
    return Catalogue([SHIPPED])


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a tariff file into a folder of the test and returns its path."""

    def write(text: str, name: str = "watch.toml", folder: str = "own") -> Path:
        path = tmp_path / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write
