"""The place in the window: reached from the search, from a customer, and not closed with something typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QWidget

from app.usecases.desk import Desk
from tests.ui.visits.visits_made import PC, technicians, visit, with_gateway
from ui.confirm_dialog import ConfirmDialog
from ui.frame.search_hits import find_hits, matching_commands
from ui.main_window import MainWindow
from ui.session import Session
from ui.visits.place import VisitsPlace

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def window(session: Session, settle: Settle, stage: Stage) -> Iterator[MainWindow]:
    made = MainWindow(session)
    stage(made)
    settle()
    yield made
    settle()


def place_of(window: MainWindow) -> VisitsPlace:
    place = window.page("visits")
    assert isinstance(place, VisitsPlace)
    return place


def test_the_search_finds_a_visit_by_its_customer(desk: Desk) -> None:
    who = technicians(desk)[0].id
    one = visit(desk, "ひまわり歯科", 600, 120, (who,))
    visit(desk, "今里工芸")
    (hit,) = find_hits(desk, "ひまわり").visits
    assert (hit.kind, hit.target, hit.title) == ("visit", one.id, "ひまわり歯科")
    assert "手配" in hit.detail
    assert one.number in hit.detail
    assert "日時未定" in find_hits(desk, "今里").visits[0].detail


def test_taking_a_request_is_an_action_of_the_search() -> None:
    assert "new-visit" in {hit.target for hit in matching_commands("ほうもん")}


def test_a_request_for_a_contract_stands_beside_the_week(
    desk: Desk, window: MainWindow, settle: Settle
) -> None:
    contract = with_gateway(desk)
    window.new_visit(contract.customer_id, contract.id)
    settle()
    assert window.here == "visits"
    panel = place_of(window).week.panel
    assert panel is not None
    assert panel.typed.contract_id == contract.id


def test_a_visit_opens_and_leads_back_to_the_week(desk: Desk, window: MainWindow, settle: Settle) -> None:
    one = visit(desk, "今里工芸")
    window.open_visit(one.id)
    settle()
    place = place_of(window)
    assert place.currentWidget() is place.visit
    assert place.visit is not None
    place.visit.back_wanted.emit()
    settle()
    assert place.currentWidget() is place.week
    assert [waiting.row.id for waiting in place.week.grid.layout_.waiting] in ([], [one.id])


def test_without_technicians_the_first_step_is_offered(window: MainWindow, settle: Settle) -> None:
    window.go("visits")
    settle()
    week = place_of(window).week
    assert week.empty.isVisible()
    week.empty.accepted.emit()
    settle()
    assert window.here == "settings"


def test_a_request_that_was_typed_is_not_lost_by_closing(
    desk: Desk, window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = with_gateway(desk)
    window.new_visit(contract.customer_id, contract.id)
    settle()
    panel = place_of(window).week.panel
    assert panel is not None
    panel.devices.changed.emit((PC,))
    asked: list[str] = []

    def refuse(_parent: QWidget, title: str, *_rest: object, **_named: object) -> bool:
        asked.append(title)
        return False

    monkeypatch.setattr(ConfirmDialog, "ask", refuse)
    assert not window.close()
    assert asked == ["保存していない訪問の入力があります"]
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_rest, **_named: True)
    assert window.close()
