"""The week with the panel of a request open, as the tests of taking a request have it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.contract.record import StoredContract
from app.usecases.desk import Desk
from app.usecases.keep_visit import open_visit
from app.visit.order import Device, StoredVisit
from tests.ui.handling import Ear
from tests.ui.visits.visits_made import TUESDAY, technicians, with_gateway
from ui.session import Session
from ui.visits.request_panel import RequestPanel
from ui.visits.week_page import WeekPage
from ui.widgets.layout import column
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


def type_into(edit: QLineEdit, text: str) -> None:
    """Replace what stands in a field, as an input method hands characters over."""
    edit.setFocus()
    edit.selectAll()
    for character in text:
        event = QInputMethodEvent()
        event.setCommitString(character)
        QApplication.sendEvent(edit, event)


class Counter:
    """The week with its panel open, two technicians, a contract with a free visit."""

    def __init__(
        self, desk: Desk, session: Session, settle: Settle, stage: Stage, staffed: Staffed | None = None
    ) -> None:
        self.desk, self.session, self._settle = desk, session, settle
        staffed = staffed or Staffed.on(desk)
        self.who, self.contract = staffed.who, staffed.contract
        window = QWidget()
        self.page = WeekPage(session, Toasts(window))
        window.setLayout(column(self.page))
        self.window = stage(window)
        self.page.arrive()
        self.page.show_day(TUESDAY)
        self.settle()
        self.page.open_new()
        self.kept = Ear()
        assert self.page.panel is not None
        self.panel: RequestPanel = self.page.panel
        self.panel.kept.connect(self._on_kept)

    def _on_kept(self, stored: StoredVisit, _has_slot: bool) -> None:
        self.kept.hear(stored)

    def settle(self) -> None:
        self._settle()
        if self.page.panel is not None:
            self.page.panel.slots.ask_now()
            self._settle()

    def take(self, *devices: Device) -> None:
        """The contract's customer, and these devices."""
        self.panel.open_new(self.contract.customer_id, self.contract.id)
        self.settle()
        self.type_devices(*devices)

    def type_devices(self, *devices: Device) -> None:
        self.panel.devices.show_devices(devices)
        self.panel.devices.changed.emit(devices)
        self.settle()

    def submit(self) -> None:
        QTest.keyClick(self.panel.devices.add, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        self.settle()

    @property
    def stored(self) -> StoredVisit:
        one = self.kept.heard[-1]
        assert isinstance(one, StoredVisit)
        return open_visit(self.desk, one.id)

    def problems(self) -> str:
        assert self.panel.worked is not None
        return " ".join(one.sentence() for one in self.panel.worked.problems)


class Staffed(NamedTuple):
    """Who and what every test here finds."""

    who: list[str]
    contract: StoredContract

    @classmethod
    def on(cls, desk: Desk) -> Staffed:
        return cls([one.id for one in technicians(desk)], with_gateway(desk))
