"""The life of one contract of each service in the real window, from a new application to its last bill: the
figures that stand there are those ``answer`` gives of the same facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import cast

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.actions import Action
from app.contract.record import ContractState
from app.days import Month
from app.usecases.desk import Desk
from app.usecases.month_rows import month_rows
from tests.app.usecases.contracts import LIVES, Life, asked, customer
from tests.shipped import catalogue
from tests.ui.contracts.actions.typing_into import put
from ui.contracts.actions.action_panel import ActionPanel
from ui.contracts.contract_page import ContractPage
from ui.contracts.explanation.dialog import ExplanationDialog
from ui.contracts.place import ContractsPlace
from ui.main_window import MainWindow
from ui.session import Session

Settle = Callable[[], None]


class Counter:
    """Somebody at the window, who does one thing after the other."""

    def __init__(self, window: MainWindow, settle: Settle) -> None:
        self.window, self._settle = window, settle

    @property
    def place(self) -> ContractsPlace:
        return cast("ContractsPlace", self.window.page("contracts"))

    @property
    def page(self) -> ContractPage:
        assert self.place.contract is not None
        return self.place.contract

    def calm(self) -> None:
        """Until everything is read and shown."""
        for _turn in range(4):
            self._settle()
            QTest.qWait(1)

    def apply(self, customer_id: str, life: Life) -> None:
        """A new contract: the service, quantities, the day wished."""
        self.window.new_contract(customer_id)
        self.calm()
        new = self.place.new
        assert new is not None
        new._on_service(life.service)
        for code, quantity in life.items.items():
            new.form._on_item(code, quantity)
        new.form._on_wished(life.start)
        new.form._number.set_text("CAF0000000001")
        new.form._on_text("")
        new.record_button.click()
        self.calm()
        assert self.place.currentWidget() is self.page

    def do(self, action: Action, **typed: object) -> int | None:
        """Open a panel, type, record; the fee it promised."""
        self.page.open_action(action)
        self.calm()
        if action is Action.EXPLAIN:  # it has a window of its own, with the paper
            dialog = self.window.findChild(ExplanationDialog)
            assert dialog is not None
            dialog.without.click()
            self.calm()
        panel = self.page.panel
        assert isinstance(panel, ActionPanel), action
        put(panel, self._settle, **typed)
        promised = panel.consequences.fee
        words = promised.amount.words() if promised.isVisible() else ""
        panel.record()
        self.calm()
        assert self.page.panel is None, (action, panel.form.board.problems)
        return int(words.replace(",", "").removesuffix("円")) if words else None


@pytest.fixture
def counter(session: Session, settle: Settle, stage: Callable[[QWidget], QWidget]) -> Iterator[Counter]:
    """The window with its tariffs read."""
    window = MainWindow(session)
    stage(window)
    session.read_tariffs()
    made = Counter(window, settle)
    made.calm()
    yield made
    window.hide()


@pytest.mark.parametrize("life", LIVES, ids=[one.service for one in LIVES])
def test_a_life_from_the_application_to_the_last_bill(life: Life, counter: Counter, desk: Desk) -> None:
    start = life.start.isoformat()
    counter.apply(customer(desk), life)
    counter.do(Action.EXPLAIN, on=start)
    view = counter.page.context.view if counter.page.context is not None else None
    assert view is not None
    assert view.standing.state is ContractState.PREPARING
    counter.page.open_action(Action.SUBMIT)
    counter.calm()
    lacking = isinstance(counter.page.panel, ActionPanel) and "open" in counter.page.panel.form.controls
    counter.page.close_panel()
    counter.do(Action.SUBMIT, on=start, **({"open": True} if lacking else {}))
    counter.do(Action.ACCEPT, on=start, effective=start)
    counter.do(Action.START, on=start)
    changed = {f"items__{code}": str(quantity) for code, quantity in life.change.items()}
    counter.do(Action.CHANGE, on=life.change_on.isoformat(), **changed)
    known, restored = (datetime.fromisoformat(text) for text in life.outage)
    counter.do(
        Action.OUTAGE,
        lasts=False,
        known_day=known.date().isoformat(),
        known_time=f"{known:%H:%M}",
        restored_day=restored.date().isoformat(),
        restored_time=f"{restored:%H:%M}",
    )
    requested = life.requested.isoformat()
    fee = counter.do(Action.CANCEL, notified=requested, confirmed=requested, wished=life.end.isoformat())
    assert counter.page.context is not None
    view = counter.page.context.view
    assert view.standing.state is ContractState.ENDING
    assert view.timeline is not None
    assert view.timeline.ended is not None
    assert view.timeline.ended.on == life.end
    months = [str(month) for month in Month.of(life.start).until(Month.of(life.end))]
    told = asked(life, months)
    rows = month_rows(view.timeline, catalogue(), life.end, {})
    billed = {str(row.month): (row.net, row.tax, row.exempt, row.total) for row in rows}
    for month, bill in told["months"].items():
        wanted = (bill["net"], bill["tax"], bill["exempt"], bill["total"])
        assert billed.get(month, (0, 0, 0, 0)) == wanted, month
    shown = {str(row.month): row.total for row in counter.page.tabs.months.table.months.rows}
    assert {month: total for month, (*_parts, total) in billed.items() if month in shown} == {
        month: total for month, total in shown.items() if month in billed
    }
    assert (fee or 0) == told["fee"]
