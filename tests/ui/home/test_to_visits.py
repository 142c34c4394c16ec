"""From Home, the settings and a contract to the visits, in the whole window."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget

from app.usecases.desk import Desk
from app.visit.order import StoredVisit, Technician
from tests.app.usecases import visits as made
from tests.app.usecases.visits import TUESDAY
from ui.home.page import HomePage
from ui.main_window import MainWindow
from ui.session import Session
from ui.settings.page import SettingsPage
from ui.visits.place import VisitsPlace
from ui.visits.reassign_dialog import ReassignDialog
from ui.visits.visit_page import VisitPage

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def inoue(desk: Desk) -> Technician:
    return made.technicians(desk, "井上 健太", "大西 真央")[0]


@pytest.fixture
def visit(desk: Desk, inoue: Technician) -> StoredVisit:
    return made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))


@pytest.fixture
def window(visit: StoredVisit, session: Session, stage: Stage, settle: Settle) -> Iterator[MainWindow]:
    shown = MainWindow(session)
    stage(shown)
    session.read_tariffs()
    for _turn in range(3):
        settle()
    yield shown
    shown.close()


def place(window: MainWindow) -> VisitsPlace:
    page = window.page("visits")
    assert isinstance(page, VisitsPlace)
    return page


def home(window: MainWindow) -> HomePage:
    page = window.page("home")
    assert isinstance(page, HomePage)
    return page


def test_a_visit_opens_and_its_order_stands_beside_it(
    window: MainWindow, visit: StoredVisit, settle: Settle
) -> None:
    home(window).visit_order_wanted.emit(visit.id)
    for _turn in range(4):
        settle()
    page = place(window).currentWidget()
    assert window.here == "visits"
    assert isinstance(page, VisitPage)
    assert page.panel is not None
    window.go("home")
    home(window).visits_wanted.emit()
    settle()
    assert place(window).currentWidget() is place(window).week


def test_somebody_away_leads_to_giving_their_day_to_others(
    window: MainWindow, inoue: Technician, settle: Settle
) -> None:
    window.open_settings("technicians")
    settle()
    page = window.page("settings")
    assert isinstance(page, SettingsPage)
    page.reassign_wanted.emit(inoue.id, TUESDAY)
    for _turn in range(3):
        settle()
    assert window.here == "visits"
    assert TUESDAY in place(window).week.grid.facts.dates
    (dialog,) = window.findChildren(ReassignDialog)
    assert (dialog.technician.value(), dialog.day.day()) == (inoue.id, TUESDAY)
    dialog.reject()
    settle()
