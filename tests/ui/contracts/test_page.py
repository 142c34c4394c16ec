"""A contract's page on a real desk: figures, life, months, simulation, history, panels, folding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.actions import Action
from app.contract.facts import Changed, Ended, Outage, Started
from app.contract.record import StoredContract
from app.days import Month
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.record_entry import record
from app.usecases.run_month import run_month
from tests.ui.contracts.contracts_made import KNOWN, made
from tests.ui.handling import Ear, pause
from ui.contracts.contract_page import ContractPage
from ui.contracts.curve_pane import PointRow
from ui.contracts.month_table import NET, TOTAL
from ui.operations.contracts import record_entries, void_entry
from ui.operations.hub import Changed as Altered
from ui.qt import Role
from ui.session import Session
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def stored(desk: Desk) -> StoredContract:
    """どこでもプライム: 28 IDs, then 31, an outage in October."""
    return made(desk)


@pytest.fixture
def page(stored: StoredContract, session: Session, stage: Stage, settle: Settle) -> ContractPage:
    """The page of that contract, everything made."""
    shown = ContractPage(session, Toasts(QWidget()))
    stage(shown)
    opened(shown, stored.id, settle)
    return shown


def opened(page: ContractPage, contract_id: str, settle: Settle, tab: str = "") -> None:
    page.open_contract(contract_id, tab)
    calm(page, settle)


def calm(page: ContractPage, settle: Settle) -> None:
    """Until everything is read, and what is made in turns is made."""
    turns = 0
    while turns < 5 or page._steps:
        settle()
        QTest.qWait(1)
        turns += 1
    settle()


def month_cells(page: ContractPage, month: Month) -> tuple[str, str]:
    model = page.tabs.months.table.months
    place = [row.month for row in model.rows].index(month)
    net, total = (str(model.index(place, column).data(Role.DisplayRole)) for column in (NET, TOTAL))
    return net, total


def test_head_and_figures_say_whose_and_how_much(page: ContractPage) -> None:
    assert page.header.name.words() == "株式会社みのり食品"
    assert page.header.chip.words() == "利用中"
    assert page.header.number.words().endswith("・どこでもプライム")
    assert page.facts.quantity.value.words() == "31 ID"
    assert page.facts.price.value.words() == "2,400円"
    assert page.facts.price.label.words() == "単価（30〜39）"
    assert page.facts.amount.value.words() == "74,400円"
    assert page.facts.due_day.words() == "2028年5月19日（金）"
    assert page.facts.due_words.words() == "最低契約期間の満了・あと546日"
    told = " ".join(label.text() for label in page.header.contact.findChildren(type(page.facts.due_label)))
    assert "CAF0012345678" in told
    assert "P-2605-114" in told
    assert "06-0000-2345" in told


def test_a_long_name_leaves_room_for_state_and_buttons(
    page: ContractPage, desk: Desk, settle: Settle
) -> None:
    name = "株式会社" + "長" * 36
    one = made(desk, name, "ナガイ", "mihariban", (Started(on=date(2026, 5, 1), items={"license": 5}),))
    opened(page, one.id, settle)
    calm(page, settle)
    header = page.header
    assert header.name.words() == name
    assert header.name.geometry().right() < header.chip.geometry().left()
    assert header.number.geometry().right() < min(one.geometry().left() for one in header.buttons.values())


def test_months_run_from_the_first_to_a_year_ahead(page: ContractPage) -> None:
    rows = page.tabs.months.table.months.rows
    assert rows[0].month == Month(2026, 5)
    assert rows[-1].month == Month(2027, 11)
    assert month_cells(page, Month(2026, 5)) == ("28,180円", "30,998円")
    assert month_cells(page, Month(2026, 9)) == ("73,706円", "81,076円")
    assert month_cells(page, Month(2026, 10)) == ("72,000円", "79,200円")
    assert page.tabs.months.sum.accessibleName() == "2026年5月〜11月の計 466,686円 46,668円 513,354円"


def test_a_month_opens_to_lines_with_reasons(page: ContractPage, settle: Settle) -> None:
    months = page.tabs.months
    months.table.setFocus()
    months.table.go_to(Month(2026, 9))
    QTest.keyClick(months.table, Key.Key_Return)
    settle()
    assert months.currentWidget() is months.detail
    lines = [row.accessibleName() for row in months.detail.lines.rows()]
    assert len(lines) == 2
    assert "31,546円" in lines[0]
    QTest.keyClick(months.detail.lines.rows()[0], Key.Key_Return)
    reason = months.detail.lines.reason_of(0)
    assert reason is not None
    assert "28 ID × 2,600円 × 13日 ÷ 30日" in reason.as_text()
    QTest.keyClick(months.detail, Key.Key_PageDown)
    settle()
    assert months.detail.title.words() == "2026年10月分"
    QTest.keyClick(months.detail, Key.Key_Escape)
    assert months.currentWidget() is not months.detail
    assert months.table.current_month == Month(2026, 10)


def rows_of(page: ContractPage) -> list[PointRow]:
    return [one for one in page.curve.findChildren(PointRow) if one.found is not None and one.isVisible()]


def test_the_simulation_names_the_days_that_matter(page: ContractPage) -> None:
    told = [
        (one.found.label, one.found.day, one.found.fee, one.found.total) for one in rows_of(page) if one.found
    ]
    assert told == [
        ("最短", "11/30（月）", "1,264,800円", "1,343,912円"),
        ("翌日", "12/1（火）", "1,190,400円", "1,272,240円"),
        ("✓", "2028/4/1（土）〜", "0円", "1,391,280円"),
    ]
    sentence = page.curve.sentence.words()
    assert "1,190,400円（税抜）" in sentence
    assert page.curve.about.words() == "31 ID すべて・不課税"


def test_the_simulation_counts_what_a_change_leaves(
    page: ContractPage, stored: StoredContract, desk: Desk, session: Session, settle: Settle
) -> None:
    calm(page, settle)
    assert page.curve.about.words().startswith("31 ID")
    record(desk, stored.id, stored.version, (Changed(on=date(2026, 11, 21), items={"id": 35}),))
    session.hub.changed.emit(Altered(contracts=frozenset({stored.id})))
    calm(page, settle)
    assert page.curve.about.words().startswith("35 ID")


def test_an_amount_of_the_simulation_opens_to_its_reason(page: ContractPage) -> None:
    first = rows_of(page)[0]
    first.setFocus()
    QTest.keyClick(first, Key.Key_Return)
    assert page.curve.reason.isVisible()
    assert "31 ID × 2,400円 × 残り17か月" in page.curve.reason.as_text()
    assert "1,343,912円" in page.curve.reason.as_text()
    QTest.keyClick(first, Key.Key_Return)
    assert not page.curve.reason.isVisible()


def test_the_curve_holds_a_cost_for_every_day(page: ContractPage) -> None:
    curve = page.curve.curve
    assert curve.reading()[0] == "2026年11月30日（月）に解約"
    curve.setFocus()
    QTest.keyClick(curve, Key.Key_Right)
    assert curve.reading()[1] != "解約金 1,264,800円"


def test_history_keeps_what_was_taken_back(
    page: ContractPage, session: Session, settle: Settle, stored: StoredContract
) -> None:
    session.hub.run(void_entry, stored.id, stored.version, "outage", "別の契約の障害でした")
    calm(page, settle)
    page.tabs.go("history")
    calm(page, settle)
    told = {row.told.entry_id: row for row in page.tabs.history.rows}
    assert "別の契約の障害でした" in told["outage"].told.voided
    assert told["outage"].what.font().strikeOut()
    assert not told["outage"].void.isVisible()
    assert told["more"].void.isVisible()
    assert told["more"].told.detail == "31 ID"
    assert month_cells(page, Month(2026, 10)) == ("74,400円", "81,840円")


def test_an_entry_is_taken_back_from_the_history(page: ContractPage, settle: Settle) -> None:
    page.tabs.go("history")
    calm(page, settle)
    row = next(row for row in page.tabs.history.rows if row.told.entry_id == "more")
    row.void.click()
    assert page.panel is not None
    assert page.panel.form.value_of("entry") == "more"  # type: ignore[attr-defined]


def test_a_mark_leads_to_its_entry(page: ContractPage, settle: Settle) -> None:
    page.life.setFocus()
    QTest.keyClick(page.life, Key.Key_Left)
    QTest.keyClick(page.life, Key.Key_Return)
    calm(page, settle)
    assert page.tabs.here == "history"


def test_a_plan_shows_in_life_and_months_until_it_is_given_up(page: ContractPage, settle: Settle) -> None:
    page.header.buttons[Action.CHANGE].click()
    assert page.panel is not None
    assert page.header.buttons[Action.CHANGE].on
    form = page.panel.form  # type: ignore[attr-defined]
    form.controls["items.id"].edit.setText("24")
    form.controls["items.id"].edit.textEdited.emit("24")
    form.set_day("on", date(2026, 12, 15))
    for _turn in range(3):
        pause(settle)
    assert any("（案）24 ID" in mark.words for mark in page.life.marks)
    planned = page.tabs.months.table.months.planned
    assert planned[Month(2027, 1)].net == 62_400
    assert month_cells(page, Month(2027, 1)) == ("62,400円", "68,640円")
    assert page.unsaved
    page.close_panel()
    settle()
    assert not page.tabs.months.table.months.planned
    assert not any("（案）" in mark.words for mark in page.life.marks)
    assert not page.unsaved


def test_the_sum_below_the_months_is_that_of_the_plan(page: ContractPage, settle: Settle) -> None:
    months = page.tabs.months
    november = next(row for row in months.table.months.rows if row.month == Month(2026, 11))
    before = months.sum.accessibleName()
    months.show_planned(
        (replace(november, state="planned", net=november.net - 1_000, tax=november.tax - 100),)
    )
    assert yen_of(before) - yen_of(months.sum.accessibleName()) == 1_100
    months.show_planned(())
    assert months.sum.accessibleName() == before


def yen_of(words: str) -> int:
    """The last amount of a line."""
    return int(words.rpartition(" ")[2].removesuffix("円").replace(",", ""))


def test_months_find_room_for_what_is_planned(page: ContractPage, settle: Settle) -> None:
    table = page.tabs.months.table
    before = table.columnWidth(TOTAL)
    row = next(row for row in table.months.rows if row.bill is None)
    table.show_planned({row.month: replace(row, net=72_661_400)})
    assert table.columnWidth(TOTAL) > before
    table.show_planned({})
    assert table.columnWidth(TOTAL) == before


def test_an_open_month_goes_with_the_end_that_takes_it_away(
    page: ContractPage, stored: StoredContract, desk: Desk, session: Session, settle: Settle
) -> None:
    calm(page, settle)
    months = page.tabs.months
    months.open_month(months.table.months.rows[-1].month)
    settle()
    assert months.currentWidget() is months.detail
    record(desk, stored.id, stored.version, (Ended(on=date(2026, 12, 10), requested=date(2026, 11, 20)),))
    session.hub.changed.emit(Altered(contracts=frozenset({stored.id})))
    calm(page, settle)
    assert months.currentWidget() is not months.detail


def test_a_refused_action_says_why(page: ContractPage, settle: Settle) -> None:
    page.open_action(Action.RESUME)
    refusal = page.panel.refusal  # type: ignore[union-attr]
    assert refusal.what
    QTest.keyClick(page.panel, Key.Key_Escape)  # type: ignore[arg-type]
    assert page.panel is None


def test_leaving_stands_under_more_away_from_handing_over(page: ContractPage) -> None:
    assert Action.CANCEL not in page.header.buttons
    assert Action.TRANSFER in page.header.buttons
    words = [action.text() for action in page.header.menu().actions()]
    assert any(word.startswith("解約（お客さまから）") for word in words)
    assert not any("譲渡" in word for word in words)
    assert any(word.endswith("（できない理由を見る）") for word in words), (
        "what is refused can be asked about"
    )


def test_what_is_recorded_elsewhere_shows(
    page: ContractPage, session: Session, settle: Settle, stored: StoredContract
) -> None:
    end = Ended(on=date(2026, 12, 31), requested=date(2026, 11, 20))
    session.hub.run(record_entries, stored.id, stored.version, (end,))
    calm(page, settle)
    assert page.header.chip.words() == "解約予定"
    assert page.curve.nothing.isVisible()
    assert "2026年12月31日" in page.curve.nothing.words()
    assert page.life.marks[-1].kind == "ended"


def test_an_open_outage_asks_for_its_end(page: ContractPage, desk: Desk, settle: Settle) -> None:
    outage = Outage(id="o", known_at=KNOWN, restored_at=None, cause="company")
    start = Started(on=date(2026, 5, 20), items={"id": 5})
    other = made(desk, "境造園", "サカイゾウエン", entries=(start, outage), items={"id": 5})
    opened(page, other.id, settle)
    assert Action.RESTORE in page.header.buttons
    assert Action.OUTAGE not in page.header.buttons


def test_what_is_applied_for_shows_its_way(page: ContractPage, desk: Desk, settle: Settle) -> None:
    other = made(desk, "北野製薬", "キタノセイヤク", entries=())
    opened(page, other.id, settle, "application")
    assert page.header.chip.words() == "申込準備"
    assert Action.SUBMIT in page.header.buttons
    assert page.tabs.here == "application"
    assert not page.curve.isVisible(), "before the start the application has the room"
    assert not page.life.isVisible()
    page.tabs.go("months")
    assert page.tabs.months.currentWidget() is page.tabs.months.nothing
    page.open_action(Action.EDIT)
    assert page.tabs.here == "application"
    assert page.panel is None


def test_narrow_windows_have_the_simulation_as_a_tab(page: ContractPage, settle: Settle) -> None:
    held = []
    for width, height in ((1366, 768), (1200, 700), (1366, 768)):
        page.resize(width, height)
        calm(page, settle)
        held.append(page.tabs.holds_curve)
        page.tabs.go("curve")
        assert page.curve.isVisible()
    assert held == [False, True, False]
    assert page.tabs.here == "months"


def test_a_contract_that_is_gone_is_told(page: ContractPage, settle: Settle) -> None:
    ear = Ear()
    page.back_wanted.connect(ear.hear)
    page.open_contract("00000000-0000-7000-8000-000000000000")
    settle()
    assert page.trouble.isVisible()
    page.trouble.button.click()
    assert len(ear.heard) == 1


def test_a_long_history_is_made_in_slices(page: ContractPage, desk: Desk, settle: Settle) -> None:
    changes = [
        Changed(id=f"c{number}", on=date(2026, 5, 21) + timedelta(days=number), items={"id": 8 + number % 2})
        for number in range(90)
    ]
    start = Started(on=date(2026, 5, 20), items={"id": 7})
    other = made(desk, "境造園", "サカイゾウエン", entries=(start, *changes), items={"id": 7})
    opened(page, other.id, settle, "history")
    assert len(page.tabs.history.rows) < len(other.entries), "only as far as somebody looks"
    page.tabs.go_to_entry("c0")
    for _turn in range(60):
        QTest.qWait(1)
        settle()
    assert any(row.told.entry_id == "c0" for row in page.tabs.history.rows)


def test_money_has_a_tab_and_a_bill_leads_to_its_month(
    page: ContractPage, desk: Desk, settle: Settle
) -> None:
    run = run_month(desk, Month(2026, 10))
    close_month(desk, run.id, run.version)
    page.open_contract(page._id, "money")
    calm(page, settle)
    money = page.tabs._money
    assert money is not None
    assert money.open.amount.words() == "79,200円"
    money.bill_wanted.emit(page.tabs.months.table.months.rows[5].bill.id)  # type: ignore[union-attr]
    calm(page, settle)
    assert page.tabs.here == "months"
    assert page.tabs.months.detail.title.words() == "2026年10月分"
    assert page.tabs.months.detail.state.words() == "締め済み"
