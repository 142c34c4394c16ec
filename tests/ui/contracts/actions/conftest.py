"""Contracts on a real desk, and their panels in a window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.contract.actions import Action
from app.contract.customer import CustomerFields
from app.contract.facts import Started
from app.contract.record import Application, ContractContent, Entry, StoredContract
from app.contract.steps import Accepted, Submitted
from app.usecases.desk import Desk
from app.usecases.keep_application import start_application
from app.usecases.keep_customer import register_customer
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import record
from ui.contracts.actions.action_panel import ActionPanel
from ui.contracts.actions.panels import open_panel
from ui.contracts.context import PageContext
from ui.session import Session
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import Toasts

MINORI = CustomerFields(
    name="株式会社みのり食品",
    kana="ミノリショクヒン",
    prefecture="東京都",
    address="新宿区西新宿2-8-1",
    phone="03-0000-1111",
    email="info@minori.example",
)
PRIME = ContractContent(
    service="dokodemo-prime",
    line_number="CAF0123456789",
    application=Application(items={"id": 28}, wished_start=date(2026, 5, 20)),
)


def begun(
    desk: Desk, content: ContractContent, on: date, *more: Entry, customer: CustomerFields = MINORI
) -> StoredContract:
    """A contract that went the whole way and began on a day, with what happened since."""
    stored = applied(desk, content, customer)
    accepted = Accepted(on=on, effective=on)
    stored = record(desk, stored.id, stored.version, (Submitted(on=on), accepted))
    start = Started(on=on, items=content.application.items, options=content.application.options)
    stored = record(desk, stored.id, stored.version, (start,))
    for one in more:
        stored = record(desk, stored.id, stored.version, (one,))
    return stored


def applied(desk: Desk, content: ContractContent, customer: CustomerFields = MINORI) -> StoredContract:
    """A contract in preparation."""
    return start_application(desk, register_customer(desk, customer).id, content)


def prime(desk: Desk, *more: Entry, **changes: object) -> StoredContract:
    """どこでもプライム with 28 IDs since 20 May."""
    return begun(desk, replace(PRIME, **changes), date(2026, 5, 20), *more)


@pytest.fixture
def context_of(session: Session, desk: Desk, qtbot: QtBot) -> Callable[[StoredContract], PageContext]:
    """The page's context of a stored contract."""
    windows: list[QWidget] = []

    def make(stored: StoredContract) -> PageContext:
        window = QWidget()
        QHBoxLayout(window)
        windows.append(window)
        qtbot.addWidget(window)
        view = open_contract(desk, stored.id)
        return PageContext(session, Toasts(window), view, window)

    return make


@pytest.fixture
def panel_of(
    context_of: Callable[[StoredContract], PageContext], settle: Callable[[], None], qtbot: QtBot
) -> Callable[..., SidePanel]:
    """A panel shown in a window, its preview worked out."""

    def show(action: Action, of: StoredContract | PageContext) -> SidePanel:
        context = of if isinstance(of, PageContext) else context_of(of)
        window = context.parent()
        assert isinstance(window, QWidget)
        layout = window.layout()
        assert layout is not None
        panel = open_panel(action, context)
        layout.addWidget(panel)
        window.resize(420, 716)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        assert isinstance(panel, ActionPanel) or hasattr(panel, "refusal")
        panel.start()  # type: ignore[attr-defined]
        settle()
        return panel

    return show
