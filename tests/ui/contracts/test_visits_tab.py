"""訪問 on a contract's page: only where the service visits; its rows, the free visit, and taking a request."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.record import StoredContract
from app.usecases import keep_visit
from app.usecases.call_off import call_off
from app.usecases.desk import Desk
from tests.app.usecases import visits as made
from tests.app.usecases.contracts import begun
from tests.ui.contracts.test_page import opened
from ui.contracts.contract_page import ContractPage
from ui.contracts.contract_tabs import MONTHS, VISITS
from ui.contracts.visits_tab import VisitsTab
from ui.customers.place import CustomersPlace
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def page(session: Session, stage: Stage) -> ContractPage:
    shown = ContractPage(session, Toasts(QWidget()))
    stage(shown)
    return shown


@pytest.fixture
def contract(desk: Desk) -> StoredContract:
    """A gateway since May, its free visit not used."""
    return made.contract(desk, made.customer(desk))


def tab(page: ContractPage, contract_id: str, settle: Settle) -> VisitsTab:
    opened(page, contract_id, settle, VISITS)
    found = page.tabs.stack.currentWidget()
    assert isinstance(found, VisitsTab)
    return found


def test_visits_stand_with_day_price_and_state(
    page: ContractPage, contract: StoredContract, desk: Desk, settle: Settle
) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    customer = contract.customer_id
    visit = made.confirmed(desk, customer, inoue, made.span("13:00", "15:00"), contract_id=contract.id)
    waits = keep_visit.receive(desk, customer, made.content(contract_id=contract.id))
    shown = tab(page, contract.id, settle)
    first, second = shown.list.rows
    assert (first.name, first.below_right, first.link) == ("日時未定", "受付", waits.id)
    assert second.name == "2026年11月24日（火） 13:00〜15:00"
    assert (second.right, second.below_right) == ("0円（税抜）", "確定")
    assert second.below == f"{visit.number}・OSリカバリ 1台・井上 健太"
    assert (
        "この契約年度（2027年5月19日（水）まで）の分は2026年11月24日（火）の訪問で使います"
        in shown.free.words()
    )
    chosen: list[str] = []
    page.visit_chosen.connect(chosen.append)
    shown.list.setFocus()
    QTest.keyClick(shown.list, Qt.Key.Key_Down)
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    assert chosen == [visit.id]


def test_calling_off_gives_the_free_visit_back_on_the_screen(
    page: ContractPage, contract: StoredContract, desk: Desk, settle: Settle
) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    at = made.span("13:00", "15:00")
    visit = made.confirmed(desk, contract.customer_id, inoue, at, contract_id=contract.id)
    shown = tab(page, contract.id, settle)
    call_off(desk, visit.id, visit.version, "desk", "台風")
    page._session.hub.changed.emit(Changed(visits=frozenset({visit.id})))
    settle()
    assert "残り1回" in shown.free.words()
    assert shown.list.rows[0].below_right == "中止"


def test_a_request_is_taken_for_this_contract(
    page: ContractPage, contract: StoredContract, settle: Settle
) -> None:
    shown = tab(page, contract.id, settle)
    assert shown.list.rows == ()
    assert "残り1回。機器は10台まで" in shown.free.words()
    wanted: list[tuple[str, str]] = []
    page.visit_wanted.connect(lambda customer, of: wanted.append((customer, of)))
    shown.nothing.accepted.emit()
    assert wanted == [(contract.customer_id, contract.id)]


def test_contracts_of_services_without_visits_have_no_such_tab(
    page: ContractPage, contract: StoredContract, desk: Desk, settle: Settle
) -> None:
    tab(page, contract.id, settle)
    other = begun(desk, "mihariban", {"license": 15}, date(2026, 9, 1))
    opened(page, other.id, settle, VISITS)
    assert page.tabs.here == MONTHS
    opened(page, contract.id, settle, VISITS)
    assert page.tabs.here == VISITS


def test_a_customer_shows_their_visits_with_a_contract_and_without(
    session: Session, stage: Stage, contract: StoredContract, desk: Desk, settle: Settle
) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    customer = contract.customer_id
    with_one = made.confirmed(desk, customer, inoue, made.span("13:00", "15:00"), contract_id=contract.id)
    without = keep_visit.receive(desk, customer, made.content())
    place = CustomersPlace(session, Toasts(QWidget()))
    stage(place)
    place.open_customer(customer)
    settle()
    settle()
    assert place.form is not None
    side = place.form.side
    side.go("visits")
    assert [row.link for row in side.visits.list.rows] == [without.id, with_one.id]
    assert side.visits.free.words() == "2件"
    wanted: list[str] = []
    place.visit_wanted.connect(wanted.append)
    place.visit_chosen.connect(wanted.append)
    side.visits.new.click()
    side.visits.list.opened.emit(with_one.id)
    assert wanted == [customer, with_one.id]
