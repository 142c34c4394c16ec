"""The editor on a real desk: a real database, the shipped tariffs, real PDFs, an afternoon in November."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer, CustomerFields
from app.papers.issuer import Company, Staff
from app.places import resources
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.keep_customer import register_customer
from app.usecases.keep_settings import save_settings
from app.usecases.ports import Storage
from db.vault import FolderVault
from reports import draw
from tests.fresh import fresh_storage
from ui.preferences import Preferences
from ui.qt import Key
from ui.quotes.editor import Editor
from ui.quotes.editor_page import EditorPage
from ui.session import Session
from ui.tasks import Tasks
from ui.theme import theme
from ui.widgets.strips import Toasts

NOW = datetime(2026, 11, 20, 14, 32, tzinfo=timezone(timedelta(hours=9)))
TAKAHASHI = CustomerFields(
    name="髙橋精工株式会社",
    kana="タカハシセイコウ",
    postal_code="5770054",
    prefecture="大阪府",
    address="東大阪市高井田元町1-2-3",
    phone="06-0000-0148",
    department="総務部",
    person="髙橋 恵子",
)
OTHERS = (
    CustomerFields(
        name="高橋建設株式会社",
        kana="タカハシケンセツ",
        prefecture="兵庫県",
        address="神戸市中央区加納町2-1",
        phone="078-000-0022",
    ),
    CustomerFields(
        name="株式会社みのり食品",
        kana="ミノリショクヒン",
        prefecture="東京都",
        address="新宿区西新宿2-8-1",
        phone="03-0000-1111",
    ),
)


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in its own fonts and colours."""
    theme.install(qapp, resources(), look="light")
    return qapp


@pytest.fixture
def folders() -> tuple[Path, ...]:
    """Where tariffs are read from."""
    return (resources() / "tariffs",)


@dataclass(frozen=True)
class Prepared:
    """Two data folders to be copied: one with the company's settings, one with customers, too."""

    bare: Path
    known: Path
    takahashi: Customer


@pytest.fixture(scope="session")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """What every desk here has is recorded once."""
    bare = tmp_path_factory.mktemp("bare") / "data"
    made = _desk(fresh_storage(bare, lambda: NOW))
    company = Company(
        name="株式会社ことのは通信", address="大阪府大阪市中央区本町1-0-2", phone="06-0000-0100"
    )
    staff = Staff(id="1", name="田村 美咲")
    settings = replace(made.settings(), company=company, desk_code="HM1", staff=(staff,), current_staff="1")
    save_settings(made, settings)
    made.storage.close()
    known = Path(shutil.copytree(bare, tmp_path_factory.mktemp("known") / "data"))
    made = _desk(FolderVault(known, lambda: NOW).open())
    *_others, takahashi = [register_customer(made, fields) for fields in (*OTHERS, TAKAHASHI)]
    made.storage.close()
    return Prepared(bare, known, takahashi)


def _desk(storage: Storage, folders: tuple[Path, ...] = (resources() / "tariffs",)) -> Desk:
    return Desk(storage, Catalogue(folders), draw, lambda: NOW)


@pytest.fixture
def desk(
    ready: Prepared, tmp_path: Path, folders: tuple[Path, ...], request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """A desk that may issue."""
    source = ready.known if "takahashi" in request.fixturenames else ready.bare
    data = Path(shutil.copytree(source, tmp_path / "data"))
    made = _desk(FolderVault(data, lambda: NOW).open(), folders)
    yield made
    made.storage.close()


@pytest.fixture
def takahashi(desk: Desk, ready: Prepared) -> Customer:
    """A customer among others of the same reading."""
    return ready.takahashi


@pytest.fixture
def session(dressed: QApplication, desk: Desk, tmp_path: Path, qtbot: QtBot) -> Iterator[Session]:
    """One sitting at the desk. Its workers finish before the database closes."""
    tasks = Tasks()
    made = Session(desk, tasks, Preferences(tmp_path))
    made.read()
    yield made
    tasks.stop()
    made.deleteLater()


class Bench:
    """The page in a window, and hands at the keyboard."""

    def __init__(self, session: Session, qtbot: QtBot, width: int = 1366) -> None:
        self.session, self._qtbot = session, qtbot
        self.window = QWidget()
        self.window.resize(width, 768)
        self.toasts = Toasts(self.window)
        self.page = EditorPage(session, self.toasts)
        layout = QVBoxLayout(self.window)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def editor(self) -> Editor:
        """The open quotation."""
        assert self.page.editor is not None
        return self.page.editor

    def settle(self, *, patient: bool = False) -> None:
        """Until nothing is on its way: database, page, autosave; and a window is active, as under people's
        hands.
        """
        if not patient and self.page.editor is not None:
            self.page.editor.leave()  # don't wait for the clock of the autosave
        deadline = monotonic() + 120
        while not self._at_rest():
            assert monotonic() < deadline, "the page never comes to rest"
            QTest.qWait(1)
        QApplication.processEvents()  # what was made last is laid out and shown
        if QApplication.focusWidget() is None and QApplication.activePopupWidget() is None:
            self.window.activateWindow()
            self._qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def settle_workers(self) -> None:
        """Until the workers are done, whatever the window does."""
        tasks = self.session.tasks
        self._qtbot.waitUntil(lambda: not (tasks.database.busy or tasks.paper.busy))

    def _at_rest(self) -> bool:
        tasks = self.session.tasks
        saving = self.page.editor is not None and self.page.editor.saver.busy
        drawing = self.page.editor is not None and self.page.editor.paper.preview.waiting
        growing = self.page.editor is not None and self.page.editor.content.growing
        return not (tasks.database.busy or tasks.paper.busy or saving or drawing or growing)

    def open_new(self, customer_id: str = "") -> Editor:
        """An empty quotation."""
        self.page.open_new(customer_id)
        self.settle()
        return self.editor

    def open(self, quotation_id: str) -> Editor:
        """A stored quotation."""
        self.page.open_quotation(quotation_id)
        self.settle()
        return self.editor

    def focused(self) -> QWidget:
        """Where the next key goes."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def seen(self, name: str) -> list[QWidget]:
        """The controls of that name that are to be seen; labels say the same words and do nothing."""
        return [
            one
            for one in self.editor.findChildren(QWidget)
            if one.accessibleName() == name and one.isVisible() and not isinstance(one, QLabel)
        ]

    def field(self, name: str) -> QLineEdit:
        """The field of that name."""
        found = self.seen(name)[0]
        assert isinstance(found, QLineEdit)
        return found

    def use(self, name: str) -> None:
        """Go to the button of that name and press Enter."""
        self.seen(name)[0].setFocus()
        self.key(Key.Key_Return)

    def key(self, key: object, *modifiers: object) -> None:
        """Press a key where the focus is."""
        pressed = modifiers[0] if modifiers else None
        if pressed is None:
            QTest.keyClick(self.focused(), key)  # type: ignore[call-overload]
        else:
            QTest.keyClick(self.focused(), key, pressed)  # type: ignore[call-overload]
        self.settle()

    def type(self, text: str) -> None:
        """Type where the focus is; Japanese comes as from an input method."""
        if text.isascii():
            for character in text:
                QTest.keyClick(self.focused(), character)  # type: ignore[call-overload]
            return
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(self.focused(), event)


@pytest.fixture
def bench(session: Session, qtbot: QtBot) -> Bench:
    """The page at 1366 pixels."""
    return Bench(session, qtbot)
