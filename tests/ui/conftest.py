"""The window on a real desk: a real encrypted database, the shipped tariffs, real PDFs, an afternoon in
November.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.places import resources
from app.usecases.desk import Desk
from db.vault import FolderVault
from reports import draw, stamp_copy
from tests.desks import NOW, new_desk
from tests.shipped import catalogue
from ui import background, keeping
from ui.lock import guard
from ui.preferences import Preferences
from ui.quotes import saver
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.focus_ring import FocusRing
from ui.widgets.strips import Toasts

PATIENCE = 120.0
"""Seconds after which a wait was in vain. A slow machine is not a defect."""
_NEVER_MS = 100_000_000


@pytest.fixture(scope="session", autouse=True)
def no_hurry() -> Iterator[None]:
    """However long a test takes, nothing begins by itself in it, no message goes, waits are patient."""
    with pytest.MonkeyPatch.context() as patch:
        for module, names in (
            (guard, ("_LOOK_EVERY_MS",)),
            (saver, ("_AGAIN_MS",)),
            (keeping, ("LOOK_AFTER_MS", "MAKE_AFTER_MS", "LOOK_EVERY_MS", "WAIT_MS")),
            (background, ("AFTER_OPENING_MS", "LOOK_EVERY_MS")),
        ):
            for name in names:
                patch.setattr(module, name, _NEVER_MS)
        patch.setattr(Toasts.show_message, "__defaults__", ("", None, _NEVER_MS // 1000))
        for wait in (QtBot.waitSignal, QtBot.waitSignals, QtBot.waitUntil):
            assert wait.__kwdefaults__["timeout"]
            patch.setitem(wait.__kwdefaults__, "timeout", int(PATIENCE * 1000))
        yield
    app = QApplication.instance()
    if isinstance(
        app, QApplication
    ):  # offscreen, what was copied would go after Python, and crash at the end
        app.clipboard().clear()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its own fonts and colours."""
    theme.install(qapp, resources(), look="light")
    FocusRing(qapp)
    return qapp


@pytest.fixture(autouse=True)
def as_before(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that changes the look, the text size or the locale changes it for itself alone."""
    yield
    if "dressed" in request.fixturenames:
        theme.set_look("light", 100)
        theme.set_language("ja")


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a company, a desk code and one member of staff, to be copied."""
    folder = tmp_path_factory.mktemp("prepared")
    new_desk(folder).storage.close()
    return folder


@pytest.fixture
def folder(prepared: Path, tmp_path: Path) -> Path:
    """A data folder of this test alone."""
    target = tmp_path / "データ"
    shutil.copytree(prepared, target)
    return target


@pytest.fixture
def vault(folder: Path) -> FolderVault:
    """The data folder as the window gets it."""
    return FolderVault(folder, lambda: NOW)


@pytest.fixture
def desk(vault: FolderVault) -> Iterator[Desk]:
    """A desk that may issue."""
    storage = vault.open()
    yield Desk(storage, catalogue(), draw, lambda: NOW, stamp_copy)
    storage.close()


@pytest.fixture
def tasks(dressed: QApplication) -> Iterator[Tasks]:
    """Workers that have ended before the database closes."""
    made = Tasks()
    yield made
    made.stop()
    made.deleteLater()


@pytest.fixture
def session(desk: Desk, vault: FolderVault, tasks: Tasks, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """One sitting at the desk, its settings read."""
    made = Session(desk, tasks, Preferences(tmp_path / "preferences"), vault)
    with qtbot.waitSignal(made.settings_changed):
        made.read()
    yield made
    made.deleteLater()


@pytest.fixture
def settle(tasks: Tasks) -> Callable[[], None]:
    """Wait until no work waits or runs and all its results have been delivered."""

    def wait() -> None:
        deadline = monotonic() + PATIENCE
        QApplication.processEvents()
        while tasks.busy:
            assert monotonic() < deadline, "the workers never come to rest"
            QTest.qWait(1)
        QApplication.processEvents()

    return wait


@pytest.fixture
def stage(qtbot: QtBot) -> Callable[[QWidget], QWidget]:
    """Show a widget in an active window, so that keys and focus work."""

    standing: list[QWidget] = []  # qtbot holds weak references only

    def show(widget: QWidget) -> QWidget:
        standing.append(widget)
        qtbot.addWidget(widget)
        widget.resize(1366, 768)
        widget.show()
        widget.activateWindow()
        qtbot.waitUntil(widget.isActiveWindow)
        return widget

    return show
