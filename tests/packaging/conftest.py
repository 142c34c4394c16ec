"""The development commands are scripts beside each other, no package (one named ``packaging`` would hide
the library of that name). Here they are imported as the scripts see each other."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "packaging"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Imports a command by its name."""
    monkeypatch.syspath_prepend(FOLDER)
    for path in FOLDER.glob("*.py"):
        monkeypatch.delitem(sys.modules, path.stem, raising=False)
    return importlib.import_module
