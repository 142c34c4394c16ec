"""The list of contracts over a real database: finding, narrowing, marking, sums, export."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.facts import Started, Suspended
from app.usecases.desk import Desk
from tests.ui.contracts.contracts_made import made
from tests.ui.handling import Ear, pause
from ui.contracts.list_page import ContractsPage
from ui.operations.contracts import record_entries
from ui.session import Session
from ui.widgets.rows_model import CELL_ROLE
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]

CONTRACTS = (
    ("堺精密機械", "サカイセイミツ", "dokodemo-prime", {"id": 31}, date(2026, 5, 20)),
    ("坂井運輸", "サカイウンユ", "dokodemo-prime", {"id": 50}, date(2026, 6, 1)),
    ("酒井建材店", "サカイケンザイ", "dokodemo-prime", {"id": 12}, date(2026, 7, 1)),
    ("田中工務店", "タナカコウムテン", "mihariban", {"license": 15}, date(2024, 3, 1)),
    ("北野製薬", "キタノセイヤク", "mdr-ndr", {"annual-fee": 2_400_000}, date(2026, 2, 1)),
)


@pytest.fixture
def page(desk: Desk, session: Session, stage: Stage, settle: Settle) -> ContractsPage:
    """Five contracts, found and read."""
    for name, kana, service, items, start in CONTRACTS:
        made(desk, name, kana, service, (Started(on=start, items=items),), items)
    shown = ContractsPage(session, Toasts(QWidget()))
    stage(shown)
    settle()
    shown.model.record(0)
    settle()
    return shown


def names(page: ContractsPage) -> list[str]:
    rows = range(page.model.rowCount())
    return [page.model.record(row).row.customer for row in rows]


def cells(page: ContractsPage, row: int) -> dict[str, str]:
    columns = page.model.columns
    return {
        column.head: page.model.index(row, place).data(CELL_ROLE).as_text()
        for place, column in enumerate(columns)
        if column.head
    }


def search(page: ContractsPage, settle: Settle, words: str) -> None:
    page.frame.search.take_focus()
    page.frame.search.edit.setText(words)
    pause(settle)
    page.model.record(0)
    settle()


def test_a_row_says_everything_with_units(page: ContractsPage) -> None:
    place = names(page).index("堺精密機械")
    told = cells(page, place)
    assert told["数量"] == "31 ID"
    assert told["月額（税抜）"] == "74,400円"
    assert told["次の期限"] == "2028/05/19（金） 最低契約期間の満了"
    assert told["状態"] == "利用中"
    assert "サカイセイミツ" in told["顧客"]
    assert "大阪市中央区・06-0000-2345" in told["顧客"]
    assert told["契約番号"].startswith("C-HM1-2611-")
    yearly = cells(page, names(page).index("北野製薬"))
    assert yearly["月額（税抜）"] == "年額 2,400,000円"


def test_found_by_kana_and_narrowed(page: ContractsPage, settle: Settle) -> None:
    search(page, settle, "さかい")
    assert set(names(page)) == {"堺精密機械", "坂井運輸", "酒井建材店"}
    page.services.set_values(["mihariban"])
    page.search()
    settle()
    assert page.model.rowCount() == 0
    page.frame.clear()
    pause(settle)
    assert page.model.rowCount() == 5


def test_buttons_keep_their_words_before_the_search_its_width(page: ContractsPage, settle: Settle) -> None:
    wide = page.frame.search.width()
    needed = page.frame._head.sizeHint().width()
    page.frame.resize(needed - 60, page.frame.height())
    layout = page.frame.layout()
    assert layout is not None
    layout.activate()
    settle()
    assert page.frame.search.width() < wide
    for button in (page.months_button, page.quotation_button, page.new_button):
        assert button.width() >= button.sizeHint().width(), button.words()


def test_sorted_by_a_head(page: ContractsPage, settle: Settle) -> None:
    page.table.order_wanted.emit("quantity")
    settle()
    page.model.record(0)
    settle()
    assert names(page)[0] == "坂井運輸"
    page.table.order_wanted.emit("quantity")
    settle()
    page.model.record(0)
    settle()
    assert names(page)[-1] == "坂井運輸"


def test_space_marks_and_the_foot_tells_the_sums(page: ContractsPage, settle: Settle) -> None:
    search(page, settle, "さかい")
    page.table.setFocus()
    page.table.go_to(0)
    for _row in range(3):
        QTest.keyClick(page.table, Key.Key_Space)
        QTest.keyClick(page.table, Key.Key_Down)
    pause(settle)
    assert page.bar.isVisible()
    assert page.bar.count.words() == "3件を選択"
    assert page.bar.sum.words() == "208,000円"
    assert page.bar.rest.words() == "（税抜）・93 ID"
    assert page.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "選択中"
    QTest.keyClick(page.table, Key.Key_Escape)
    assert not page.bar.isVisible()
    assert not page.table.chosen()


def test_what_is_found_no_more_is_not_marked(page: ContractsPage, settle: Settle) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(page.table.chosen()) == 5
    search(page, settle, "たなか")
    assert len(page.table.chosen()) == 1


def test_shift_marks_while_walking(page: ContractsPage) -> None:
    page.table.setFocus()
    page.table.go_to(1)
    QTest.keyClick(page.table, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert page.table.chosen() == [page.model.seq_at(1), page.model.seq_at(2)]


def test_a_click_on_the_box_marks_and_does_not_open(page: ContractsPage) -> None:
    ear = Ear()
    page.contract_chosen.connect(ear.hear)
    box = page.table.visualRect(page.model.index(2, 0)).center()
    QTest.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert page.table.chosen() == [page.model.seq_at(2)]
    assert ear.heard == []
    QTest.keyClick(page.table, Key.Key_Return)
    assert ear.heard == [page.model.record(2).id]


def test_a_change_elsewhere_shows_at_once(page: ContractsPage, session: Session, settle: Settle) -> None:
    row = names(page).index("坂井運輸")
    one = page.model.record(row)
    with session.desk.storage.look() as work:
        version = work.contracts.get(one.id).version
    session.hub.run(record_entries, one.id, version, (Suspended(first=date(2026, 11, 1)),))
    settle()
    page.model.record(0)
    settle()
    assert cells(page, names(page).index("坂井運輸"))["状態"] == "利用停止"


def test_the_list_is_written_to_a_file(page: ContractsPage, settle: Settle, tmp_path: Path) -> None:
    page.table.mark(0, marked=True)
    page._exporter().write(page.table.chosen(), tmp_path / "契約.csv")
    settle()
    lines = (tmp_path / "契約.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("契約番号,顧客")


def test_nothing_yet_offers_the_first_step(session: Session, stage: Stage, settle: Settle) -> None:
    page = ContractsPage(session, Toasts(QWidget()))
    stage(page)
    settle()
    ear = Ear()
    page.new_wanted.connect(ear.hear)
    page.frame.nothing.button.click()
    assert len(ear.heard) == 1
