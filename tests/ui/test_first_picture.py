"""What stands between a double click and the first picture: no database, no PDF, no library that can wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.places import program_folder
from tests.desks import new_desk

# Libraries of storage, papers and checks, and the rooms that bring them; none is needed for a picture.
HEAVY = {
    "PIL", "alembic", "babel", "cryptography", "db.engine", "email_validator", "jpholiday", "keyring",
    "openpyxl", "phonenumbers", "pypdfium2", "reportlab", "reports", "segno", "sqlalchemy", "sqlcipher3",
    "stdnum", "uharfbuzz",
}  # fmt: skip
# Of our own: what nobody has gone to yet.
LATER = {
    "cli", "app.answers", "ui.contracts.list_page", "ui.contracts.contract_page", "ui.customers.list_page",
    "ui.quotes.list_page", "ui.quotes.editor", "ui.settings.page",
}  # fmt: skip

SCRIPT = """
import json, linecache, os, sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import main, ui.tasks

ui.tasks._LONGEST_WAIT_MS = 100_000_000  # a slow machine is not a window that is never shown

class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and isinstance(watched, QMainWindow):
            QTimer.singleShot(0, self.tell)  # before what the window itself puts off until then
        return False

    def tell(self):
        told = {"modules": sorted(sys.modules), "sources": sorted(linecache.cache)}
        sys.stdout.write(json.dumps(told))
        sys.stdout.flush()
        os._exit(0)

watch, exec_ = Watch(), QApplication.exec

def run(app):
    app.installEventFilter(watch)
    return exec_()

QApplication.exec = run
main.main(["--data", sys.argv[1]])
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What the real program holds when its first picture stands, on an existing database."""
    data = tmp_path_factory.mktemp("first picture")
    new_desk(data).storage.close()
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(data)],
        env=os.environ | {"PYTHONPATH": str(program_folder())}, cwd=data,
        capture_output=True, text=True, encoding="utf-8", timeout=600, check=True,
    )  # fmt: skip
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


@pytest.fixture
def imported(told: dict[str, list[str]]) -> set[str]:
    """The modules that are imported by then."""
    return set(told["modules"])


def test_the_window_itself_is_there(imported: set[str]) -> None:
    assert {"ui.main_window", "ui.home.page", "PySide6.QtWidgets"} <= imported


def test_nothing_heavy_is_imported_before_the_first_picture(imported: set[str]) -> None:
    assert imported & HEAVY == set()


def test_no_place_is_made_before_somebody_goes_there(imported: set[str]) -> None:
    assert imported & LATER == set()


def test_no_source_of_ours_was_read(told: dict[str, list[str]]) -> None:
    """PySide would look through each for the users of a feature we don't use, and Python keep it for ever."""
    assert [path for path in told["sources"] if path.startswith(str(program_folder() / "ui"))] == []


def test_the_heavy_modules_are_known_by_these_names(tmp_path: Path) -> None:
    """A name that is never imported would make the tests above pass whatever happens."""
    used = {"reports", "segno", "sqlalchemy", "sqlcipher3", "uharfbuzz", "db.engine", "jpholiday"}
    request = program_folder() / "docs" / "examples" / "dokodemo-prime.json"
    new_desk(tmp_path / "data").storage.close()
    script = (
        "import sys, main\n"
        f"main.main(['quote', {str(request)!r}, '--store', '--data', {str(tmp_path / 'data')!r},"
        f" '--pdf', {str(tmp_path / 'paper.pdf')!r}])\n"
        f"sys.exit(', '.join({used!r} - set(sys.modules)) or 0)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=program_folder(), capture_output=True, text=True,
        encoding="utf-8", timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert used <= HEAVY
