"""The scenes of the pictures: every place of the rail has some, and driving them opens no stray windows."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.firstrun.window import FirstRunWindow
from ui.main_window import MainWindow

FOLDER = Path(__file__).resolve().parents[2] / "packaging"
Importer = Callable[[str], ModuleType]


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Importer:
    """Imports a module of the development commands, which see each other as scripts do."""
    monkeypatch.syspath_prepend(FOLDER)
    return importlib.import_module


@pytest.fixture
def opened(dressed: QApplication, command: Importer, tmp_path: Path) -> Iterator[Any]:
    """A stage with a window not shown yet."""
    desk, stage = command("picture_desk"), command("picture_stage")
    with desk.key_ring():
        made = stage.Stage(
            desk.DeskMaker(tmp_path, quotations=2), stage.Look("light", "ja"), QSize(1366, 768)
        )
        yield made
        made.close()


class Strays(QObject):
    """Notes what is shown as a window although it is no window, menu, dialog or tip."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = (watched.windowFlags() & Qt.WindowType.WindowType_Mask) == Qt.WindowType.Window
            if plain and not isinstance(watched, (MainWindow, FirstRunWindow, QDialog)):
                self.found.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


def test_every_place_of_the_rail_is_shown(opened: Any, command: Importer) -> None:
    places = {place.code for place in opened.open("quotes", empty=True).places}
    assert places == {scene.place for scene in command("picture_scenes").SCENES.values() if scene.place}


def test_no_part_of_a_page_opens_as_a_window(opened: Any, command: Importer) -> None:
    scenes = command("picture_scenes").SCENES
    strays = Strays()
    QApplication.instance().installEventFilter(strays)  # type: ignore[union-attr]
    try:
        scenes["editor-new"].play(opened)
        for service in opened.session.catalogue.services():
            opened.editor.content.add_service(service.code)
        opened.editor.content.add_work()
        opened.settle()
        opened.press(Qt.Key.Key_Return)  # the first work of the menu
        for section in opened.main.page("settings")._buttons:
            opened.main.open_settings(section)
            opened.settle()
        opened.main.new_customer()
        opened.settle()
    finally:
        QApplication.instance().removeEventFilter(strays)  # type: ignore[union-attr]
    assert strays.found == []


def test_a_widget_shown_before_it_has_its_place_is_noticed(dressed: QApplication) -> None:
    strays = Strays()
    dressed.installEventFilter(strays)
    stray = QWidget()
    stray.setVisible(True)
    dressed.removeEventFilter(strays)
    stray.hide()
    assert len(strays.found) == 1
