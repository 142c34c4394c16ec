"""A desk with a folder of the owner's own tariffs, and the place 料金・規約 on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.places import resources
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from db.vault import FolderVault
from reports import draw
from tests.desks import NOW
from ui.session import Session
from ui.tariffs.place import TariffsPlace
from ui.widgets.strips import Toasts


@pytest.fixture
def own(folder: Path) -> Path:
    """The owner's folder, not there yet."""
    return folder / "tariffs"


@pytest.fixture
def desk(vault: FolderVault, own: Path) -> Iterator[Desk]:
    """A desk of its own catalogue: these tests change it."""
    storage = vault.open()
    yield Desk(storage, Catalogue((resources("tariffs"), own)), draw, lambda: NOW)
    storage.close()


@pytest.fixture
def place(
    session: Session, stage: Callable[[QWidget], QWidget], settle: Callable[[], None]
) -> Iterator[TariffsPlace]:
    """The place, everything read."""
    window = QWidget()
    made = TariffsPlace(session, Toasts(window))
    stage(made)
    settle()
    yield made
    window.deleteLater()
