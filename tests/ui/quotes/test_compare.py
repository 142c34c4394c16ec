"""並べて比較 under people's hands: opened from the editor and the list, read by keyboard, put into the draft."""

from __future__ import annotations

from datetime import date
from time import monotonic

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.quote.content import QuotationContent, ServiceEntry
from ui.qt import Key, Mod
from ui.quotes.compare_page import ComparePage
from ui.quotes.editor import Editor
from ui.quotes.place import QuotationsPlace
from ui.session import Session
from ui.theme import theme
from ui.widgets.strips import Toasts

START = date(2026, 12, 10)
PRIME = ServiceEntry(service="dokodemo-prime", start=START, items={"id": 10})
OSECT = ServiceEntry(service="osect", start=START, items={"sensor": 2})
TOTAL, MONTHLY = 5, 1


class Counter:
    """The place of the quotations in a window of its own."""

    def __init__(self, session: Session, qtbot: QtBot) -> None:
        self.session, self._qtbot = session, qtbot
        self.window = QWidget()
        self.window.resize(1366, 768)
        self.toasts = Toasts(self.window)
        self.place = QuotationsPlace(session, self.toasts)
        box = QVBoxLayout(self.window)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.place)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    @property
    def page(self) -> ComparePage:
        assert self.place.compare is not None
        return self.place.compare

    @property
    def editor(self) -> Editor:
        assert self.place.editor is not None
        assert self.place.editor.editor is not None
        return self.place.editor.editor

    def settle(self) -> None:
        deadline = monotonic() + 120
        while self._busy():
            assert monotonic() < deadline, "the page never comes to rest"
            QTest.qWait(1)
        QApplication.processEvents()

    def _busy(self) -> bool:
        tasks = self.session.tasks
        page = self.place.editor
        editor = page.editor if page is not None else None
        if editor is not None:
            editor.leave()
        waiting = editor is not None and (editor.saver.busy or editor.paper.preview.waiting)
        comparing = self.place.compare is not None and self.place.compare.curves.waiting
        return tasks.database.busy or tasks.paper.busy or waiting or comparing

    def new(self, *entries: ServiceEntry) -> Editor:
        self.place.open_new()
        self.settle()
        if entries:
            self.editor.draft.put(QuotationContent(services=entries), "services")
        self.settle()
        return self.editor

    def key(self, key: Key, modifier: Mod = Mod.NoModifier) -> None:
        now = QApplication.focusWidget()
        assert now is not None
        QTest.keyClick(now, key, modifier)  # type: ignore[call-overload]
        QApplication.processEvents()

    def amount(self, row: int, column: int) -> str:
        return self.page.grid.cell(row, column).cell.amount


@pytest.fixture
def counter(session: Session, qtbot: QtBot) -> Counter:
    made = Counter(session, qtbot)
    made.settle()
    return made


def compare(counter: Counter, *entries: ServiceEntry) -> ComparePage:
    """From the editor, by its key."""
    counter.new(*entries)
    counter.key(Key.Key_B, Mod.ControlModifier)
    counter.settle()
    return counter.page


# --- coming and going
# ----------------------------------------------------------------------------------------


def test_the_key_opens_it_and_esc_goes_back_to_the_quotation(counter: Counter) -> None:
    page = compare(counter, PRIME)
    assert counter.place.currentWidget() is page
    assert [head.service.value() for head in page.heads] == ["dokodemo-prime", "mihariban", "media-light"]
    assert page.devices.edit.hasFocus()
    counter.key(Key.Key_Escape)
    assert counter.place.currentWidget() is counter.place.editor
    assert counter.place.compare is None
    assert counter.editor.draft.content.services == (PRIME,)


def test_the_button_in_the_head_opens_it(counter: Counter) -> None:
    editor = counter.new(PRIME)
    editor.header.compare.click()
    assert counter.place.currentWidget() is counter.page
    counter.settle()
    counter.page.back.click()
    assert counter.place.currentWidget() is counter.place.editor


def test_from_the_list_it_makes_a_new_quotation(counter: Counter) -> None:
    counter.place.list.table.setFocus()
    counter.key(Key.Key_B, Mod.ControlModifier)
    counter.settle()
    page = counter.page
    assert page.buttons[1].words() == "この内容で見積を作る"
    page.buttons[1].click()
    counter.settle()
    assert counter.place.compare is None
    (entry,) = counter.editor.draft.content.services
    assert (entry.service, entry.items, entry.start) == (
        "media-light",
        {"base": 1, "endpoint": 10},
        date(2026, 12, 1),
    )
    assert counter.editor.saver.slot.quotation_id  # stored like anything typed


def test_esc_from_the_list_goes_back_to_the_list(counter: Counter) -> None:
    counter.place.open_compare()
    counter.settle()
    counter.key(Key.Key_Escape)
    assert counter.place.currentWidget() is counter.place.list


# --- typing
# --------------------------------------------------------------------------------------------------


def test_the_devices_are_typed_once_for_all(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.devices.edit.selectAll()
    QTest.keyClicks(page.devices.edit, "20")
    assert [counter.amount(MONTHLY, column) for column in range(3)] == ["52,000円", "3,800円", "15,000円"]
    page.devices.edit.selectAll()
    QTest.keyClicks(page.devices.edit, "51")  # more licences than 見張り番 sells
    assert counter.amount(MONTHLY, 1) == ""
    assert page.heads[1].error.isVisible()
    assert not page.buttons[1].isEnabled()
    page.devices.edit.clear()
    QTest.keyClicks(page.devices.edit, "x")
    assert page.devices_field.error
    assert [counter.amount(TOTAL, column) for column in range(3)] == ["", "", ""]
    counter.settle()
    assert page.curves.curves[0].reading() == ("", "", "")


def test_another_time_another_start(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.months.setFocus()
    counter.key(Key.Key_Left)
    assert page.state.months == 12
    assert counter.amount(TOTAL, 0) == "369,598円"
    page.start_day.setFocus()
    counter.key(Key.Key_Up)
    assert page.state.start != START
    page.start_day.edit.clear()
    QTest.keyClicks(page.start_day.edit, "x")
    assert page.start_field.error
    counter.settle()


def test_another_service_and_none(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.heads[2].service_chosen.emit("osect")
    assert page.heads[2].own is not None
    assert counter.amount(MONTHLY, 2) == "60,000円"
    page.heads[2].own.value_changed.emit(3)
    assert counter.amount(MONTHLY, 2) == "180,000円"
    page.heads[2].service_chosen.emit("")
    assert counter.amount(MONTHLY, 2) == ""
    assert not page.heads[2].has_inputs
    counter.settle()


def test_a_gateway_brings_its_options(counter: Counter) -> None:
    page = compare(counter, PRIME)
    head = page.heads[2]
    assert head.gateway is not None
    head.gateway.setFocus()
    counter.key(Key.Key_Down)
    assert page.state.columns[2].gateways == (("gateway-10", 1),)
    assert set(head.flags) == {"gateway_24h", "gateway_purchased"}
    assert head.gateway.hasFocus()
    head.flags["gateway_purchased"].click()
    assert counter.amount(MONTHLY, 2) == "9,000円"
    counter.settle()


# --- reading by keyboard
# -------------------------------------------------------------------------------------


def test_arrow_keys_go_through_the_table_and_enter_opens_the_reason(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.grid.start()
    counter.key(Key.Key_Down)
    counter.key(Key.Key_Right)
    cell = page.grid.cell(MONTHLY, 1)
    assert cell.hasFocus()
    assert cell.accessibleName() == "月額 見張り番 1,900円 10ライセンス × 190円"
    counter.key(Key.Key_Return)
    tree = page.grid.tree(MONTHLY, 1)
    assert tree is not None
    assert "10ライセンス × 190円" in tree.as_text()
    page.devices.value_changed.emit(20)
    assert "20ライセンス" in tree.as_text()
    page.devices.value_changed.emit(99)  # nothing to explain any more
    assert page.grid.tree(MONTHLY, 1) is None
    counter.settle()


def test_tab_enters_the_table_at_one_cell_only(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.grid.cell(TOTAL, 2).setFocus()
    waiting = [
        (row, column)
        for row in range(14)
        for column in range(3)
        if page.grid.cell(row, column).focusPolicy() == Qt.FocusPolicy.StrongFocus
    ]
    assert waiting == [(TOTAL, 2)]
    assert page.grid.cell(TOTAL, 1).accessibleName().startswith("24か月の総額（税込） 見張り番 最も安い")


def test_the_curves_are_read_by_the_cursor_together(counter: Counter) -> None:
    page = compare(counter, PRIME)
    prime, mihariban, media = page.curves.curves
    prime.setFocus()
    counter.key(Key.Key_Home)
    counter.key(Key.Key_Right)
    # 10 January: 22 days of December and 9 of January, and 22 months of fee
    assert prime.reading() == ("2027年1月10日に解約", "解約金 616,000円", "お支払いとの合計 646,798円")
    assert mihariban.at == media.at == prime.at == 31
    counter.key(Key.Key_Right, Mod.ShiftModifier)
    assert prime.reading()[0] == "2027年1月11日に解約"
    counter.key(Key.Key_Left)
    assert prime.at == 31
    counter.key(Key.Key_Left)
    assert prime.at == 0
    counter.key(Key.Key_End)
    assert prime.reading()[:2] == ("2028年12月10日に解約", "解約金 0円")
    counter.key(Key.Key_Right)
    assert prime.reading()[0] == "2028年12月10日に解約"
    assert "解約金 0円" in prime.accessibleName()


def test_of_many_changes_in_a_row_the_last_one_is_drawn(counter: Counter) -> None:
    page = compare(counter, PRIME)
    for devices in (20, 30, 40):
        page.devices.value_changed.emit(devices)
        QTest.qWait(70)  # longer than the curves wait for another key
    counter.settle()
    assert not page.curves.busy
    assert page.curves.curves[0].reading()[1] == "解約金 2,024,000円"  # 40 IDs × 2,200 × 23 months left


def test_the_mouse_points_at_a_day(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.scroll_area.verticalScrollBar().setValue(10_000)
    curve = page.curves.curves[2]
    QTest.mouseMove(curve, QPoint(curve.width() - theme.size.s, curve.height() // 2))
    QApplication.processEvents()
    assert curve.at > 600
    assert page.curves.curves[0].at == curve.at


def test_one_scale_for_all_or_each_its_own(counter: Counter) -> None:
    page = compare(counter, PRIME)
    tops = {curve._top() for curve in page.curves.curves}
    assert tops == {800_000}
    page.curves.same_scale.click()
    assert len({curve._top() for curve in page.curves.curves}) == 3


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_paints_in_a_small_window_in_both_looks(counter: Counter, look: str) -> None:
    theme.set_look(look)
    counter.window.resize(1024, 640)
    page = compare(counter, PRIME)
    page.grid.open_reason(TOTAL, 0)
    page.scroll_area.verticalScrollBar().setValue(10_000)
    image = page.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    accent = theme.colour("accent").rgb()
    curve = page.curves.curves[0].geometry()
    assert curve.width() > theme.ems(14)
    assert accent in memoryview(image.constBits()).cast("I")
    theme.set_look("light")


# --- into the quotation
# --------------------------------------------------------------------------------------


def test_a_column_goes_into_the_quotation_and_comes_back_by_undo(counter: Counter) -> None:
    page = compare(counter, PRIME)
    assert not page.buttons[0].isEnabled()
    assert page.buttons[0].words() == "見積のとおりです"
    page.buttons[2].click()
    counter.settle()
    assert counter.place.currentWidget() is counter.place.editor
    (entry,) = counter.editor.draft.content.services
    assert (entry.service, entry.items, entry.start) == ("media-light", {"base": 1, "endpoint": 10}, START)
    assert counter.editor.priced.total_bill.total > 0
    counter.editor.undo()
    assert counter.editor.draft.content.services == (PRIME,)


def test_other_quantities_of_the_same_service(counter: Counter) -> None:
    page = compare(counter, PRIME)
    page.devices.value_changed.emit(50)
    page.buttons[0].click()
    counter.settle()
    assert counter.editor.draft.content.services[0].items == {"id": 50}


def test_among_several_services_it_asks_which(counter: Counter, qtbot: QtBot) -> None:
    page = compare(counter, PRIME, OSECT)
    assert [head.service.value() for head in page.heads] == ["dokodemo-prime", "osect", "mihariban"]
    page.buttons[2].click()
    menu = page.findChild(QMenu)
    assert menu is not None
    qtbot.waitUntil(menu.isVisible)
    texts = [action.text() for action in menu.findChildren(QAction) if action.text()]
    assert texts == ["どこでもプライムと入れ替える", "OsecTと入れ替える", "サービスとして加える"]
    menu.actions()[2].trigger()
    menu.close()
    counter.settle()
    codes = [entry.service for entry in counter.editor.draft.content.services]
    assert codes == ["dokodemo-prime", "osect", "mihariban"]


def test_the_readings_of_the_quotation_hold(counter: Counter) -> None:
    counter.new()
    content = QuotationContent(services=(PRIME,), readings={"prime-months-left": "calendar-months"})
    counter.editor.draft.put(content, "readings")
    counter.key(Key.Key_B, Mod.ControlModifier)
    counter.settle()
    assert counter.amount(7, 0) == "336,000円"
