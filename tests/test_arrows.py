"""The arrows between the rooms hold, and the checker that says so can fail."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("app", "cli", "db", "reports", "ui")

# contract -> an import that breaks it, and the module to plant it in
PLANTS = {
    "The business knows no window, no SQL and no PDF library": ("app/money.py", "import PySide6.QtCore"),
    "The rooms beside each other know only the business": ("ui/__init__.py", "import db"),
    "The window speaks no SQL and draws no PDF": ("ui/__init__.py", "import sqlalchemy"),
    "Storage, papers and commands know no window": ("reports/__init__.py", "import PySide6.QtGui"),
    "Inside the business nothing imports upward": ("app/tariff/__init__.py", "import app.quote"),
}


def arrows(folder: Path) -> dict[str, bool]:
    """Each contract of import-linter and whether the rooms in ``folder`` keep it."""
    program = shutil.which("lint-imports", path=str(Path(sys.executable).parent))
    assert program is not None
    done = subprocess.run(
        [program, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"},
    )
    said = re.findall(r"^(.+?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE)
    assert said, done.stdout + done.stderr
    return {name: verdict == "KEPT" for name, verdict in said}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The modules of all rooms in a folder of their own."""
    for room in ROOMS:
        modules = shutil.ignore_patterns("__pycache__", "*.pyc", "*.mako")
        shutil.copytree(ROOT / room, tmp_path / room, ignore=modules)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_arrows_hold() -> None:
    assert arrows(ROOT) == dict.fromkeys(PLANTS, True)


def test_planted_imports_are_found(copy: Path) -> None:
    for place, line in PLANTS.values():
        with (copy / place).open("a", encoding="utf-8") as file:
            file.write(f"\n\n{line}\n")
    assert arrows(copy) == dict.fromkeys(PLANTS, False)


def test_a_module_under_app_without_a_floor_is_found(copy: Path) -> None:
    (copy / "app" / "attic.py").write_text("import app.answers\n", encoding="utf-8")
    assert not arrows(copy)["Inside the business nothing imports upward"]
