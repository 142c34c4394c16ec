"""Where Home leads in the whole window, and what it says of an edition to come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.find_terms_change import terms_change
from app.usecases.tell_terms_change import tell_customer
from tests.app.usecases.contracts import begun
from tests.desks import NOW
from tests.shipped import ROOT
from tests.tariff_files import prime_from
from ui.contracts.place import ContractsPlace
from ui.home.page import HomePage
from ui.home.tariff_line import read_near_editions
from ui.main_window import MainWindow
from ui.session import Session
from ui.tariffs.place import TariffsPlace

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
PRIME = "dokodemo-prime"
START = date(2027, 4, 1)


@pytest.fixture
def contract_id(desk: Desk, tmp_path: Path) -> str:
    own = tmp_path / "tariffs"
    own.mkdir()
    prime_from(own, START, "price = 2400", "price = 2450")
    desk.take_catalogue(Catalogue((ROOT / "resources" / "tariffs", own)))
    return begun(desk, PRIME, {"id": 31}, date(2026, 5, 20)).id


@pytest.fixture
def window(contract_id: str, session: Session, stage: Stage, settle: Settle) -> Iterator[MainWindow]:
    made = MainWindow(session)
    stage(made)
    session.read_tariffs()
    for _turn in range(3):
        settle()
    yield made
    made.close()


def home(window: MainWindow) -> HomePage:
    page = window.page("home")
    assert isinstance(page, HomePage)
    return page


def test_the_window_opens_at_home(window: MainWindow) -> None:
    assert window.here == "home"
    assert home(window).isVisible()


def test_an_edition_to_come_is_told_of_and_leads_to_its_letters(window: MainWindow, settle: Settle) -> None:
    page = home(window)
    assert page.terms.isVisible()
    assert page.terms.title.words() == "どこでもプライムの規約改定"
    page.terms.button.click()
    for _turn in range(4):
        settle()
    assert window.here == "tariffs"
    place = window.page("tariffs")
    assert isinstance(place, TariffsPlace)
    assert place.terms is not None
    assert len(place.terms.found) == 1


def test_when_all_are_told_home_says_no_more_of_it(desk: Desk, contract_id: str) -> None:
    assert [one.start for one in read_near_editions(desk)] == [START]
    tell_customer(desk, terms_change(desk.catalogue, PRIME, START), contract_id, NOW.date(), None)
    assert read_near_editions(desk) == ()


def test_the_links_go_to_their_places(window: MainWindow, contract_id: str, settle: Settle) -> None:
    page = home(window)
    page.all_deadlines.click()
    for _turn in range(3):
        settle()
    place = window.page("contracts")
    assert isinstance(place, ContractsPlace)
    assert window.here == "contracts"
    assert place.currentWidget() is place.deadlines
    page.backup_wanted.emit()
    assert window.here == "settings"
    page.quotations_wanted.emit()
    assert window.here == "quotes"
    page.applications_wanted.emit()
    assert window.here == "contracts"
    assert place.currentWidget() is place.list
    page.tariffs_wanted.emit("")
    settle()
    assert window.here == "tariffs"
    page.contract_chosen.emit(contract_id)
    for _turn in range(3):
        settle()
    assert window.here == "contracts"
    assert place.currentWidget() is place.contract
