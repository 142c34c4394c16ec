"""毎月の請求 in the window: run, stopped, closed, looked at, written to files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.contract.facts import Changed, Started
from app.days import Month
from app.usecases import run_month as running
from app.usecases.close_month import close_month
from app.usecases.run_month import run_month
from tests.billing_desk import register, three, write
from tests.desks import provide
from tests.ui.handling import Ear, pause
from ui.confirm_dialog import ConfirmDialog
from ui.export_gate import ExportGate
from ui.months.page import MonthsPage
from ui.operations.months import close_run
from ui.session import Session
from ui.widgets.button import key_sequences
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
NOVEMBER = Month(2026, 11)


@pytest.fixture
def page(session: Session, stage: Stage, settle: Settle) -> MonthsPage:
    """The page in a window, over three contracts."""
    three(session.desk)
    made = MonthsPage(session, Toasts(QWidget()))
    stage(made)
    made.open_month("2026-11")
    settle()
    return made


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction for each contract."""
    monkeypatch.setattr(running, "BATCH", 1)


def computed(page: MonthsPage, settle: Settle) -> MonthsPage:
    page.nothing.button.click()
    wait(page, settle)
    return page


def wait(page: MonthsPage, settle: Settle) -> None:
    """Until no batch is on its way."""
    for _turn in range(50):
        settle()
        if not page.driver.running:
            break
    settle()


def customers(page: MonthsPage, settle: Settle) -> list[str]:
    page.model.record(0)
    settle()
    found = [page.model.record(row) for row in range(page.model.rowCount())]
    return [one.row.customer for one in found if one is not None]


def answering(monkeypatch: pytest.MonkeyPatch, answer: bool) -> Ear:
    """Somebody answers the question; the ear hears its text."""
    ear = Ear()

    def ask(_parent: object, _title: str, text: str, _accept: str, **_more: object) -> bool:
        ear.hear(text)
        return answer

    monkeypatch.setattr(ConfirmDialog, "ask", ask)
    return ear


# --- running ---------------------------------------------------------------------------------------


def test_a_month_that_was_not_worked_out_offers_to(page: MonthsPage) -> None:
    assert page.nothing.isVisible()
    assert page.nothing.title.words() == "2026年11月分はまだ計算していません"
    assert not page.sums.isVisible()
    assert page.nothing.button.hasFocus()


def test_running_shows_the_bills_and_their_sums(page: MonthsPage, settle: Settle) -> None:
    computed(page, settle)
    assert customers(page, settle) == ["青葉商店", "若葉製作所", "紅葉会計事務所"]
    assert page.sums.figures["total"].words() == "103,279円"
    assert page.head.chip.words() == "計算済み（締め前）"
    assert not page.bar.isVisible()


@pytest.mark.usefixtures("one_by_one")
def test_other_work_gets_in_between_the_batches(page: MonthsPage, session: Session, settle: Settle) -> None:
    order = Ear()
    page.driver.stepped.connect(order.hear)
    page.compute()
    session.hub.look(lambda _desk: "read", done=order.hear)
    wait(page, settle)
    assert order.heard[1] == "read"
    assert len(order.heard) > 3


@pytest.mark.usefixtures("one_by_one")
def test_a_stopped_run_says_so_and_goes_on(page: MonthsPage, settle: Settle) -> None:
    page.driver.stepped.connect(page.bar.stop.click)
    page.compute()
    assert page.bar.isVisible()
    wait(page, settle)
    page.driver.stepped.disconnect(page.bar.stop.click)
    assert page.stopped.isVisible()
    assert "1件まで" in page.stopped.detail.words()
    assert page.head.compute.words() == "続きを計算"
    page.stopped.button.click()
    wait(page, settle)
    assert not page.stopped.isVisible()
    assert page.run is not None
    assert page.run.bills == 3


def test_what_can_not_be_charged_stands_first_with_its_reason(
    session: Session, stage: Stage, settle: Settle
) -> None:
    three(session.desk)
    bad = register(session.desk, "あとの会社", "dokodemo-prime", Started(date(2026, 8, 1), {"id": 10}))
    write(session.desk, bad, Changed(date(2026, 11, 1), {"id": 4}))
    page = MonthsPage(session, Toasts(QWidget()))
    stage(page)
    page.open_month("2026-11")
    settle()
    computed(page, settle)
    assert customers(page, settle)[0] == "あとの会社"
    assert page.sums.figures["refused"].words() == "1件"
    page.table.opened.emit(page.model.record(0))
    settle()
    assert page.panel.refused.isVisible()
    assert "数量が料金表の範囲を超えています" in page.panel.refused.detail.words()


def test_words_find_a_customer(page: MonthsPage, settle: Settle) -> None:
    computed(page, settle)
    page.head.search.edit.setText("若葉")
    pause(settle)
    assert customers(page, settle) == ["若葉製作所"]
    page.head.search.edit.setText("どこにもない")
    pause(settle)
    assert page.unfound.isVisible()


def test_columns_sort(page: MonthsPage, settle: Settle) -> None:
    computed(page, settle)
    page.table.order_wanted.emit("total")
    settle()
    assert customers(page, settle) == ["若葉製作所", "紅葉会計事務所", "青葉商店"]
    page.table.order_wanted.emit("total")
    settle()
    assert customers(page, settle)[0] == "青葉商店"


def test_the_model_keeps_what_qt_expects(
    page: MonthsPage, settle: Settle, qtmodeltester: ModelTester
) -> None:
    computed(page, settle)
    customers(page, settle)
    qtmodeltester.check(page.model)


def test_another_month_shows_its_own_amounts(page: MonthsPage, session: Session, settle: Settle) -> None:
    run_month(session.desk, Month(2026, 8))
    computed(page, settle)
    assert page.model.record(1).row.total == 66_000
    page.head.month.chosen.emit(Month(2026, 8))
    settle()
    customers(page, settle)
    assert page.model.record(1).row.total == 341_000  # with the initial fee


# --- closing ---------------------------------------------------------------------------------------


def test_closing_asks_with_what_it_means(
    page: MonthsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(page, settle)
    ear = answering(monkeypatch, answer=True)
    page.head.close_button.click()
    settle()
    [text] = ear.heard
    assert "請求 3件、合計 103,279円（うち消費税 9,389円）" in str(text)
    assert "あとからの訂正は翌月の請求に調整として入ります" in str(text)
    assert "まだ終わっていない月です" in str(text)
    assert page.head.chip.words() == "締め済み"
    assert not page.head.compute.isVisible()
    assert not page.head.close_button.isVisible()


def test_nothing_is_closed_without_a_yes(
    page: MonthsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(page, settle)
    answering(monkeypatch, answer=False)
    page.head.close_button.click()
    settle()
    assert page.run is not None
    assert page.run.state.value == "open"


def test_a_month_closed_elsewhere_is_told(
    page: MonthsPage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    computed(page, settle)
    assert page.run is not None
    close_month(session.desk, page.run.id, page.run.version)
    answering(monkeypatch, answer=True)
    ear = Ear()
    session.tasks.user_error.connect(ear.hear)
    page.head.close_button.click()
    settle()
    assert len(ear.heard) == 1


def test_the_back_key_goes_back(page: MonthsPage, settle: Settle) -> None:
    ear = Ear()
    page.head.back.clicked.connect(lambda: ear.hear("back"))
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    settle()
    assert ear.heard == ["back"]
    with pytest.raises(ValueError, match="no such key"):
        key_sequences("Alt+←")


def test_a_run_can_be_thrown_away(page: MonthsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch) -> None:
    computed(page, settle)
    answering(monkeypatch, answer=True)
    assert page.run is not None
    page.actions_on_month.ask_to_drop(page.run)
    settle()
    assert page.nothing.isVisible()


# --- files -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_bills_are_written_to_a_file(
    page: MonthsPage, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, kind: str
) -> None:
    computed(page, settle)
    path = tmp_path / f"請求.{kind}"
    monkeypatch.setattr(ExportGate, "exec", lambda _gate: ExportGate.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))
    menu = page.actions_on_month.menu_for(page.run)  # type: ignore[arg-type]
    word = {"xlsx": "Excel", "csv": "CSV"}[kind]
    next(action for action in menu.actions() if word in action.text()).trigger()
    settle()
    assert path.stat().st_size > 100
    assert "請求3件" in page.actions_on_month._toasts.words()


def test_a_file_that_cannot_be_written_is_told(
    page: MonthsPage, session: Session, settle: Settle, tmp_path: Path
) -> None:
    computed(page, settle)
    ear = Ear()
    session.tasks.environment_problem.connect(ear.hear)
    assert page.run is not None
    page.actions_on_month.write(page.run, tmp_path / "no folder" / "a.csv")
    settle()
    assert len(ear.heard) == 1


# --- a bill beside the list, and what is overdue -----------------------------------------------------


def test_enter_opens_a_bill_with_its_reasons(page: MonthsPage, settle: Settle, qtbot: QtBot) -> None:
    computed(page, settle)
    customers(page, settle)
    page.table.go_to(0)
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    settle()
    told = page.panel.lines.as_text()
    assert "31ライセンス × 190円 = 5,890円（25条）" in told
    assert "請求額\t6,479円" in told
    with qtbot.waitSignal(page.contract_chosen) as chosen:
        page.panel.contract_button.click()
    assert chosen.args == [page.panel.full.bill.contract_id if page.panel.full else ""]


def test_overdue_bills_stand_by_age(session: Session, stage: Stage, settle: Settle) -> None:
    three(session.desk)
    provide(session.desk)
    for month in (Month(2026, 8), Month(2026, 9)):
        run = run_month(session.desk, month)
        close_month(session.desk, run.id, run.version)
    page = MonthsPage(session, Toasts(QWidget()))
    stage(page)
    page.open_month()
    settle()
    page.head.tabs.chosen.emit("ageing")
    headings = [section.heading for section in page.ageing.area.sheet._sections]
    assert [text.split("　")[0] for text in headings] == ["31〜60日過ぎ", "1〜30日過ぎ"]
    assert page.ageing.all.count.words() == "6件"
    assert page.month == Month(2026, 10)  # the next to be worked out
    page.ageing.area.sheet.opened.emit(page.ageing.found.rows[0].bill.id if page.ageing.found else "")
    settle()
    assert page.panel.isVisible()


def test_what_changed_behind_another_page_is_read_on_return(
    page: MonthsPage, session: Session, settle: Settle
) -> None:
    computed(page, settle)
    assert page.run is not None
    page.hide()
    session.hub.run(close_run, page.run.id, page.run.version)
    settle()
    assert page.head.chip.words() == "計算済み（締め前）"
    page.show()
    settle()
    assert page.head.chip.words() == "締め済み"
