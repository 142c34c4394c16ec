"""The account of a contract: paying, taking back, claiming, letting go."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QWidget

from app.contract.facts import Started
from app.contract.record import StoredContract
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.run_month import run_month
from app.usecases.show_bills import account
from tests.billing_desk import register
from tests.ui.handling import type_into
from ui.months.payments_panel import PaymentsPanel
from ui.session import Session
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def sensor(session: Session) -> StoredContract:
    """66,000円 for September (due 10-31) and October (due 11-30) 2026; it is 11-20."""
    made = register(session.desk, "若葉製作所", "osect", Started(date(2026, 8, 1), {"sensor": 1}))
    for number in (9, 10):
        run = run_month(session.desk, Month(2026, number))
        close_month(session.desk, run.id, run.version)
    return made


@pytest.fixture
def panel(session: Session, sensor: StoredContract, stage: Stage, settle: Settle) -> PaymentsPanel:
    made = PaymentsPanel(session, Toasts(QWidget()), sensor.id)
    stage(made)
    settle()
    return made


def paid(panel: PaymentsPanel, settle: Settle, amount: str) -> None:
    panel.record.click()
    type_into(panel.form.amount.edit, amount)
    panel.form.accept.click()
    settle()


def test_it_says_what_is_open_overdue_and_accrued(panel: PaymentsPanel) -> None:
    assert panel.open.amount.words() == "132,000円"
    assert panel.overdue.amount.words() == "66,000円"
    told = panel.bills.as_text()
    assert "20日過ぎ" in told
    assert f"延滞利息 {66_000 * 145 * 19 // 365_000}円（今日まで）" in told


def test_the_form_begins_with_everything_that_is_open(panel: PaymentsPanel) -> None:
    panel.record.click()
    assert panel.form.amount.value() == 132_000
    assert panel.form.bill.currentText() == "古い請求から順に"
    panel.form.bill.set_value(panel.account.bills[0].row.id if panel.account else "")
    panel.form.bill.chosen.emit(panel.form.bill.value())
    assert panel.form.amount.value() == 66_000


def test_a_part_payment_goes_to_the_oldest_bill(
    panel: PaymentsPanel, session: Session, sensor: StoredContract, settle: Settle
) -> None:
    paid(panel, settle, "70,000")
    assert panel.open.amount.words() == "62,000円"
    assert panel.overdue.amount.words() == "0円"
    assert not panel.form.isVisible()
    assert [one.amount for one in account(session.desk, sensor.id).payments] == [66_000, 4_000]


def test_entered_twice_it_is_recorded_once(
    panel: PaymentsPanel, session: Session, sensor: StoredContract, settle: Settle
) -> None:
    panel.record.click()
    type_into(panel.form.amount.edit, "70,000")
    for _time in range(2):
        panel.form.amount.edit.returnPressed.emit()
    settle()
    assert panel.open.amount.words() == "62,000円"
    assert len({one.receipt for one in account(session.desk, sensor.id).payments}) == 1


def test_too_much_is_told_to_wait(panel: PaymentsPanel, settle: Settle) -> None:
    paid(panel, settle, "140000")
    assert panel.ahead.amount.words() == "8,000円"
    assert "うち8,000円は前受" in panel._toasts.words()


def test_what_is_wrong_stands_under_its_field(panel: PaymentsPanel, settle: Settle) -> None:
    panel.record.click()
    type_into(panel.form.amount.edit, "abc")
    type_into(panel.form.on.edit, "2026-12-24")
    panel.form.accept.click()
    assert panel.form.fields["amount"].error
    type_into(panel.form.amount.edit, "100")
    panel.form.accept.click()
    settle()
    assert "今日より後" in panel.form.fields["on"].error
    assert panel.form.isVisible()
    assert panel.open.amount.words() == "132,000円"


def test_a_payment_is_taken_back_with_a_reason(panel: PaymentsPanel, settle: Settle) -> None:
    paid(panel, settle, "66000")
    panel.payments.opened.emit(panel.account.payments[0].receipt if panel.account else "")
    assert "66,000円" in panel.void_form.title.words()
    panel.void_form.accept.click()
    settle()
    assert panel.void_form.fields["why"].error
    panel.void_form.why.set_text("別のお客さまの分")
    panel.void_form.why.edited.emit("別のお客さまの分")
    panel.record.click()  # something else in between: what was typed is offered again
    panel.payments.opened.emit(panel.account.payments[0].receipt if panel.account else "")
    settle()
    assert panel.void_form.why.text() == ""
    panel._lefts[panel.void_form].strip.button.click()
    assert panel.void_form.why.text() == "別のお客さまの分"
    panel.void_form.accept.click()
    settle()
    assert panel.open.amount.words() == "132,000円"
    assert "取消し：別のお客さまの分" in panel.payments.as_text()


def test_surcharge_waits_for_the_next_bill_and_can_be_let_go(panel: PaymentsPanel, settle: Settle) -> None:
    panel.surcharge.click()
    type_into(panel.surcharge_form.amount.edit, "100000")
    panel.surcharge_form.accept.click()
    settle()
    assert "割増金" in panel.claims.as_text()
    assert "200,000円" in panel.claims.as_text()
    panel.claims.opened.emit(panel.account.claims[0].id if panel.account else "")
    panel.claim_form.why.set_text("確認できたため")
    panel.claim_form.accept.click()
    settle()
    assert not panel.claims.isVisible()


def test_another_contract_shows_its_own_account(
    panel: PaymentsPanel, session: Session, settle: Settle
) -> None:
    other = register(session.desk, "青葉商店", "mihariban", Started(date(2026, 8, 1), {"license": 31}))
    panel.record.click()
    panel.open_contract(other.id)
    settle()
    assert panel.open.amount.words() == "0円"
    assert panel.no_bills.isVisible()
    assert not panel.form.isVisible()
