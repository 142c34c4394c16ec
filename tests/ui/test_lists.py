"""The lists of quotations and customers over a real database with more rows than a block."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import QuotationRow, QuotationState, Totals
from app.usecases.desk import Desk
from db.bulk import BulkQuotation, insert_customers, insert_quotations
from db.engine import SqlStorage
from db.vault import FolderVault
from reports import draw
from tests.desks import NOW
from tests.shipped import catalogue
from tests.ui.handling import pause
from ui.customers.list_page import CustomersPage
from ui.quotes.list_page import QuotationsPage
from ui.session import Session
from ui.widgets.rows_model import BLOCK, CELL_ROLE, Cell
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
TODAY = NOW.date()
SAKAI = ("酒井", "堺", "坂井")


def fill(desk: Desk, count: int) -> None:
    """Quotations of a hundred customers, all states, the newest first by number."""
    storage = cast("SqlStorage", desk.storage)
    people = [
        CustomerFields(
            name=f"{SAKAI[n % 3]}工業{n:03}" if n < 30 else f"田中商店{n:03}",
            kana="サカイコウギョウ" if n < 30 else "タナカショウテン",
            prefecture="大阪府",
            address=f"大阪市中央区本町{n}",
            phone=f"06-0000-{n:04}",
        )
        for n in range(100)
    ]
    ids = insert_customers(storage, people)
    states = (QuotationState.DRAFT, QuotationState.ISSUED, QuotationState.WON, QuotationState.LOST)
    insert_quotations(
        storage,
        (
            BulkQuotation(
                content=QuotationContent(
                    customer_id=ids[n % 100],
                    customer=people[n % 100],
                    services=(ServiceEntry(service="mihariban"),),
                ),
                totals=Totals(
                    monthly_net=n * 10, total=n * 1_000, services="見張り番", title=f"見張り番 {n}"
                ),
                staff="田村 美咲",
                state=states[n % 4],
                number="" if n % 4 == 0 else f"Q-HM1-2611-{n:04}",
                updated_at=NOW - timedelta(minutes=n),
                issued_on=None if n % 4 == 0 else TODAY - timedelta(days=n % 40),
                valid_until=None if n % 4 == 0 else TODAY - timedelta(days=n % 40 - 14),
            )
            for n in range(count)
        ),
    )


@pytest.fixture(scope="session")
def filled(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with 450 quotations, to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "data"
    shutil.copytree(prepared, folder)
    desk = Desk(FolderVault(folder, lambda: NOW).open(), catalogue(), draw, lambda: NOW)
    fill(desk, 450)
    desk.storage.close()
    return folder


@pytest.fixture
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The filled folder for tests of the whole page, the prepared one for the others."""
    full = {"page", "customers"} & set(request.fixturenames)
    target = tmp_path / "データ"
    shutil.copytree(request.getfixturevalue("filled" if full else "prepared"), target)
    return target


@pytest.fixture
def page(session: Session, stage: Stage, settle: Settle) -> QuotationsPage:
    """The list over 450 quotations, found and its first block read."""
    return shown(session, stage, settle)


@pytest.fixture
def customers(session: Session, stage: Stage, settle: Settle) -> CustomersPage:
    """The list over 100 customers."""
    made = CustomersPage(session)
    stage(made)
    settle()
    made.model.record(0)
    settle()
    return made


def shown(session: Session, stage: Stage, settle: Settle) -> QuotationsPage:
    page = QuotationsPage(session, Toasts(QWidget()))
    stage(page)
    settle()
    return page


def record(page: QuotationsPage, row: int, settle: Settle) -> QuotationRow:
    """The record of a row, waited for."""
    page.model.record(row)
    settle()
    found = page.model.record(row)
    assert found is not None
    return found


def test_qt_finds_no_fault_with_the_model(
    page: QuotationsPage, settle: Settle, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(page.model)
    page.model.record(BLOCK * 2 - 1)
    settle()
    qtmodeltester.check(page.model)


def test_rows_come_in_blocks_only_where_somebody_looks(page: QuotationsPage, settle: Settle) -> None:
    assert page.model.rowCount() == 450
    assert page.frame.count.words() == "450件"
    assert page.model.index(BLOCK, 0).data() is None  # not fetched yet, asked for now
    settle()
    assert page.model.index(BLOCK, 0).data() == "—"
    assert record(page, 449, settle).number == "Q-HM1-2611-0449"


def test_cells_say_what_the_row_holds(page: QuotationsPage, settle: Settle) -> None:
    row = record(page, 1, settle)
    texts = [page.model.index(1, column).data() for column in range(page.model.columnCount())]
    assert texts == [
        "Q-HM1-2611-0001 第1版・変更あり" if row.dirty else f"Q-HM1-2611-0001 第{row.revision}版",
        "堺工業001 サカイコウギョウ 大阪市中央区・06-0000-0001",
        "見張り番 1",
        "発行済み",
        "10円",
        "1,000円",
        "2026/11/19",
        "2026/12/03",
        "今日 14:31 田村 美咲",
    ]
    assert page.model.index(1, 5).data(Qt.ItemDataRole.UserRole) == 1_000


def test_validity_is_marked_when_it_is_near_or_over(page: QuotationsPage, settle: Settle) -> None:
    record(page, 0, settle)
    by_day = {}
    for place in range(BLOCK):
        row = page.model.record(place)
        if (
            row is not None
            and row.state in {QuotationState.ISSUED, QuotationState.EXPIRED}
            and row.valid_until
        ):
            cell: Cell = page.model.index(place, 7).data(CELL_ROLE)
            by_day[(row.valid_until - TODAY).days] = (cell.tone, cell.second)
    assert by_day[13] == ("text2", "")
    assert by_day[9] == ("warn", "あと9日")
    assert by_day[-3] == ("danger", "3日過ぎ")


@pytest.mark.parametrize(
    ("name", "first"), [("total", "Q-HM1-2611-0449"), ("number", "Q-HM1-2611-0449"), ("valid_until", "")]
)
def test_a_click_on_a_head_sorts_and_another_turns_it_round(
    page: QuotationsPage, settle: Settle, name: str, first: str
) -> None:
    column = next(n for n, column in enumerate(page.model.columns) if column.sort == name)
    page.table.head.sectionClicked.emit(column)
    settle()
    upwards = record(page, 0, settle)
    page.table.head.sectionClicked.emit(column)
    settle()
    downwards = record(page, 0, settle)
    assert page.table.head.sorted_by == name
    assert upwards.id != downwards.id
    if first:
        assert first in {upwards.number, downwards.number}


def test_the_order_chip_says_the_same(page: QuotationsPage, settle: Settle) -> None:
    page.order.chosen.emit((("total", True),))
    settle()
    assert (page.table.head.sorted_by, page.table.head.descending) == ("total", True)
    assert record(page, 0, settle).total == 449_000


def test_typing_in_the_list_finds_in_any_script(page: QuotationsPage, settle: Settle, qtbot: QtBot) -> None:
    page.table.setFocus()
    QTest.keyClick(page.table, "s")  # type: ignore[call-overload]
    assert page.frame.search.text() == "s"
    assert page.frame.search.edit.hasFocus()
    with qtbot.waitSignal(page.model.found):
        page.frame.search.set_text("さかい")
    settle()
    assert page.model.rowCount() == 150  # thirty of a hundred customers
    assert {record(page, n, settle).customer[:2] for n in range(3)} <= {"酒井", "堺工", "坂井"}
    assert page.frame.search.text() == "さかい"
    with qtbot.waitSignal(page.model.found):
        page.frame.search.set_text("0000-0042")
    assert page.model.rowCount() in {4, 5}


def test_filters_narrow_and_empty_places_say_what_to_do(page: QuotationsPage, settle: Settle) -> None:
    page.states.set_values(["won"])
    page.states.chosen.emit(("won",))
    settle()
    assert page.model.rowCount() == 112
    page.frame.search.set_text("どこにもない")
    page.frame.search.entered.emit()
    pause(settle)
    assert page.model.rowCount() == 0
    assert page.frame.unfound.isVisible()
    page.frame.unfound.button.click()
    settle()
    assert page.model.rowCount() == 450


def test_staff_and_service_are_offered_from_what_is_known(
    session: Session, page: QuotationsPage, qtbot: QtBot, settle: Settle
) -> None:
    with qtbot.waitSignal(session.settings_changed):
        session.read_tariffs()
    page.services.chosen.emit(("osect",))
    page.services.set_values(["osect"])
    page.search()
    settle()
    assert page.model.rowCount() == 0
    page.services.set_values(["mihariban"])
    page.staff.set_values(["田村 美咲"])
    page.search()
    settle()
    assert page.model.rowCount() == 450


def test_enter_opens_and_arrows_go_between_search_and_list(
    page: QuotationsPage, settle: Settle, qtbot: QtBot
) -> None:
    page.frame.search.take_focus()
    QTest.keyClick(page.frame.search.edit, Key.Key_Down)
    assert page.table.hasFocus()
    QTest.keyClick(page.table, Key.Key_Down)
    wanted = record(page, 1, settle).id
    with qtbot.waitSignal(page.quotation_chosen) as opened:
        QTest.keyClick(page.table, Key.Key_Return)
    assert opened.args == [wanted]
    page.table.go_to(0)
    QTest.keyClick(page.table, Key.Key_Up)
    assert page.frame.search.edit.hasFocus()


def test_a_list_too_narrow_for_its_first_column_is_walked_all_the_same(
    page: QuotationsPage, settle: Settle
) -> None:
    page.table.go_to(0)
    page.resize(page.width() * 6 // 10, page.height())
    settle()
    assert page.table.isColumnHidden(0)
    page.table.setFocus()
    for _step in range(20):
        QTest.keyClick(page.table, Key.Key_Down)
    assert page.table.currentIndex().row() == 20
    assert page.table.verticalScrollBar().value() > 0


def test_the_current_row_stays_current_when_the_list_changes(page: QuotationsPage, settle: Settle) -> None:
    page.table.go_to(5)
    kept = record(page, 5, settle).id
    page.order.chosen.emit((("total", False),))
    settle()
    current = cast("QuotationRow", page.table.current_record())
    settle()
    current = cast("QuotationRow", page.table.current_record())
    assert current.id == kept


def test_nothing_yet_offers_the_first_step(
    session: Session, stage: Stage, settle: Settle, qtbot: QtBot
) -> None:
    page = shown(session, stage, settle)
    assert page.frame.nothing.isVisible()
    with qtbot.waitSignal(page.new_wanted):
        page.frame.nothing.button.click()


# --- customers ---


def test_customers_are_listed_found_and_opened(
    customers: CustomersPage, settle: Settle, qtbot: QtBot
) -> None:
    assert customers.model.rowCount() == 100
    customers.frame.search.set_text("たなか")
    customers.frame.search.entered.emit()
    with qtbot.waitSignal(customers.model.found):
        customers.search()
    settle()
    assert customers.model.rowCount() == 70
    customers.model.record(0)
    settle()
    assert customers.model.index(0, 0).data() == "田中商店030 タナカショウテン"
    with qtbot.waitSignal(customers.customer_chosen) as opened:
        customers.table.setFocus()
        QTest.keyClick(customers.table, Key.Key_Return)
    assert opened.args == [customers.model.record(0).id]


def test_a_phone_stands_once_however_narrow_the_list(customers: CustomersPage) -> None:
    heads = [column.head for column in customers.model.columns]
    phone = heads.index("電話")
    for width, beside in ((1366, True), (900, False)):
        customers.resize(width, 600)
        QApplication.processEvents()
        assert customers.table.isColumnHidden(phone) is not beside
        assert ("06-0000-" in customers.model.index(0, 0).data()) is not beside


def test_qt_finds_no_fault_with_the_customers(customers: CustomersPage, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(customers.model)
