"""Prices with their reasons, strips, toasts, panels: what they show and what they pass on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.handling import Ear, holder
from ui.theme import theme
from ui.widgets.choices import Switch
from ui.widgets.entries import TextField
from ui.widgets.layout import row
from ui.widgets.paint import lines_of
from ui.widgets.price_group import PriceGroup, PriceLine
from ui.widgets.reason_tree import ReasonRow, ReasonTree, ReasonWords
from ui.widgets.side_panel import SidePanel
from ui.widgets.strips import AdviceStrip, BusyBar, Toasts
from ui.widgets.tabs import Tabs

Key = Qt.Key
Stage = Callable[[QWidget], QWidget]
TODAY = date(2026, 11, 20)

pytestmark = pytest.mark.usefixtures("dressed")


# --- prices and reasons ---

REASON = ReasonWords(
    "49 ID × 2,200円 × 22日 ÷ 31日",
    "= 76,503.2…円",
    (
        ReasonRow(0, "月額 49 ID × 2,200円", "107,800円", "別紙4"),
        ReasonRow(1, "単価の段 40〜49", "2,200円"),
        ReasonRow(0, "1円未満切捨て", "76,503円", "第28条", strong=True),
    ),
)


def test_a_line_opens_to_its_reason_by_keyboard(stage: Stage) -> None:
    group = PriceGroup("初月")
    group.set_head("初月", "2026年12月分", "76,503円")
    group.set_lines(
        [PriceLine("どこでもプライム", "日割", "76,503円", lambda: REASON), PriceLine("手入力", "", "0円")]
    )
    stage(holder(group))
    row, plain = group.rows()
    row.setFocus()
    QTest.keyClick(row, Key.Key_Right)
    tree = group.reason_of(0)
    assert tree is not None
    assert tree.reason == REASON
    QTest.keyClick(row, Key.Key_Left)
    assert group.reason_of(0) is None
    QTest.keyClick(plain, Key.Key_Return)
    assert group.reason_of(1) is None  # a line without a reason stays closed


def test_an_open_reason_follows_the_price(stage: Stage) -> None:
    group = PriceGroup("月額")
    group.set_lines([PriceLine("A", "", "1円", lambda: ReasonWords("前"))])
    stage(holder(group))
    group.open_reason(0)
    group.set_lines([PriceLine("A", "", "2円", lambda: ReasonWords("後"))])
    tree = group.reason_of(0)
    assert tree is not None
    assert tree.reason.formula == "後"
    group.set_lines([PriceLine("B", "", "3円")])
    assert group.reason_of(0) is None
    group.set_lines([])
    assert group.rows() == []


def test_a_reason_is_read_and_copied_as_text(stage: Stage) -> None:
    tree = ReasonTree(REASON)
    stage(holder(tree))
    tree.setFocus()
    QTest.keySequence(tree, "Ctrl+C")
    text = QApplication.clipboard().text()
    assert text == tree.accessibleName()
    assert text.splitlines() == [
        "49 ID × 2,200円 × 22日 ÷ 31日  = 76,503.2…円",
        "  月額 49 ID × 2,200円  107,800円  別紙4",
        "    単価の段 40〜49  2,200円",
        "  1円未満切捨て  76,503円  第28条",
    ]


def test_a_narrow_reason_gets_higher_not_shorter() -> None:
    tree = ReasonTree(ReasonWords("式", "", (ReasonRow(0, "とても長い説明" * 8, "1円"),)))
    assert tree.heightForWidth(260) > tree.heightForWidth(900)


@pytest.mark.parametrize("width", range(180, 330, 6))
def test_a_narrow_reason_never_breaks_a_number_from_its_unit(width: int) -> None:
    formula = "49 ID × 2,200円 ÷ 31日 × 22日"
    tree = ReasonTree(ReasonWords(formula, "", ()))
    tree.heightForWidth(width)
    assert " ".join(tree._head) == formula
    assert {line.split()[0] for line in tree._head} <= {"49", "×", "÷"}
    assert all(line.endswith(("ID", "円", "日")) for line in tree._head)


@pytest.mark.parametrize("width", range(120, 330, 6))
def test_an_annex_stays_with_its_number_and_a_bracket_with_its_word(width: int) -> None:
    text = "見張り番 利用料（2026年10月分の調整）は別紙4と第25条による"
    lines = lines_of(text, "panel", width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line.endswith(("別紙", "第", "調", "25", "10")) for line in lines)


def test_tabs_lose_their_gaps_before_a_word_is_cut(stage: Stage) -> None:
    tabs = Tabs([(number, "解約試算") for number in range(8)])
    outside = stage(holder(tabs))
    full = tabs.sizeHint().width()
    tabs.setFixedWidth(full)
    roomy = tabs._tabs[0].sizeHint().width()
    tabs.setFixedWidth(full - 8 * theme.size.s)
    QApplication.processEvents()
    assert tabs._tabs[0].sizeHint().width() <= roomy
    assert all(tab.width() >= tab.sizeHint().width() for tab in tabs._tabs)
    assert outside.isVisible()


def test_the_ring_of_a_switch_in_a_tight_row_is_seen_whole(stage: Stage) -> None:
    switch = Switch(name="足りないまま送付する")
    tight, wide = QWidget(), QWidget()
    tight.setLayout(row(switch))
    outer = QVBoxLayout(wide)
    outer.setContentsMargins(20, 20, 20, 20)
    outer.addWidget(tight)
    stage(wide)
    switch.setFocus()
    QApplication.processEvents()
    ring = next(one for one in wide.findChildren(QWidget) if type(one).__name__ == "_Ring")
    assert ring.isVisible()
    assert ring.parentWidget().rect().contains(ring.geometry())
    assert ring.geometry().contains(QRect(switch.mapTo(ring.parentWidget(), QPoint(0, 0)), switch.size()))


def test_advice_reads_as_it_was_said() -> None:
    strip = AdviceStrip("50 IDにすると月額が12,200円安くなります", "24か月で292,800円の差")
    assert strip.title.words() == "50 IDにすると月額が12,200円安くなります"
    assert strip.title.accessibleName() == strip.title.words()
    assert strip.detail.words() == "24か月で292,800円の差"


# --- strips, toasts, panels ---


def test_advice_without_a_button_has_none(stage: Stage) -> None:
    strip, ear = AdviceStrip("50 IDにすると安くなります", "差額7,800円", "50 IDにする"), Ear()
    strip.accepted.connect(ear.hear)
    stage(holder(strip))
    QTest.mouseClick(strip.button, Qt.MouseButton.LeftButton)
    assert len(ear.heard) == 1
    strip.set_words("それだけです")
    assert strip.button.isHidden()
    assert strip.detail.isHidden()


def test_a_toast_takes_back_once(stage: Stage) -> None:
    window, ear = QWidget(), Ear()
    stage(window)
    toasts = Toasts(window)
    toasts.show_message("失注にしました", "元に戻す", ear.hear)
    assert toasts.words() == "失注にしました"
    button = toasts.button
    assert button is not None
    button.click()
    assert ear.heard == [None]
    assert toasts.words() == ""


def test_waiting_shows_only_after_a_while(stage: Stage, qtbot: QtBot) -> None:
    bar = BusyBar()
    stage(holder(bar))
    bar.start()
    bar.start()
    assert not bar.running
    bar.stop()
    qtbot.waitUntil(lambda: bar.running)
    bar.stop()
    assert not bar.running


def test_escape_closes_a_side_panel(stage: Stage) -> None:
    panel, ear = SidePanel("数量変更"), Ear()
    panel.closed.connect(ear.hear)
    inside = TextField()
    panel.body.addWidget(inside)
    window = QWidget()
    QVBoxLayout(window).addWidget(panel)
    stage(window)
    inside.setFocus()
    QTest.keyClick(inside.edit, Key.Key_Escape)
    assert ear.heard == [None]
    assert panel.isHidden()
