"""The week on a real desk: walking, moving by key and by mouse, undoing, what is refused, other windows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.usecases.book_visit import move
from app.usecases.desk import Desk
from app.usecases.keep_visit import open_visit
from app.visit.order import Booked, Span, StoredVisit, VisitState
from tests.ui.visits.visits_made import TUESDAY, technicians, visit
from ui.confirm_dialog import ConfirmDialog
from ui.session import Session
from ui.visits.place import VisitsPlace
from ui.visits.week_page import WeekPage
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


class Week:
    """The page with two technicians and three visits: a at 10, b at 14 (both 井上), c without a slot."""

    def __init__(self, desk: Desk, session: Session, settle: Settle, stage: Stage) -> None:
        self.desk, self.settle = desk, settle
        self.who = [one.id for one in technicians(desk)]
        self.a = visit(desk, "ひまわり歯科", 600, 120, (self.who[0],))
        self.b = visit(desk, "大正木工", 840, 120, (self.who[0],))
        self.c = visit(desk, "今里工芸", minutes=90)
        window = QWidget()
        self.toasts = Toasts(window)
        self.place = VisitsPlace(session, self.toasts)
        from ui.widgets.layout import column

        window.setLayout(column(self.place))
        self.window = stage(window)
        self.page: WeekPage = self.place.week
        self.page.show_day(TUESDAY)
        settle()
        self.grid = self.page.grid
        self.grid.setFocus()

    def press(self, *keys: Qt.Key, shift: bool = False) -> None:
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(self.grid, key, modifier)
        self.settle()

    def now(self, one: StoredVisit) -> StoredVisit:
        return open_visit(self.desk, one.id)

    def span(self, one: StoredVisit) -> Span:
        return self.now(one).content.spans[0]


@pytest.fixture
def week(desk: Desk, session: Session, settle: Settle, stage: Stage) -> Week:
    return Week(desk, session, settle, stage)


class TestByKey:
    """Everything without the mouse."""

    def test_arrows_walk_the_visits_and_a_screen_reader_hears_them(self, week: Week) -> None:
        assert week.grid.go_to(week.a.id)
        assert "ひまわり歯科" in week.grid.accessibleName()
        assert "10:00〜12:00" in week.grid.accessibleName()
        assert "手配" in week.grid.accessibleName()
        week.press(Key.Key_Right)
        assert week.grid.current_id == week.b.id
        week.press(Key.Key_Left)
        assert week.grid.current_id == week.a.id

    def test_m_arrows_enter_moves_to_another_technician(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        week.press(Key.Key_M, Key.Key_Down, Key.Key_Right, Key.Key_Return)
        assert week.span(week.a) == Span(on=TUESDAY, first=630, last=750)
        assert week.now(week.a).content.technicians == (week.who[1],)
        assert "ひまわり歯科を11月24日（火） 10:30にしました" in week.toasts.words()

    def test_the_toast_puts_it_back_and_the_history_keeps_both(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        week.press(Key.Key_M, Key.Key_Down, Key.Key_Return)
        button = week.toasts.button
        assert button is not None
        button.click()
        week.settle()
        assert week.now(week.a).content.technicians == (week.who[0],)
        booked = [one for one in week.now(week.a).events if isinstance(one, Booked)]
        assert [one.technicians for one in booked] == [(week.who[0],), (week.who[1],), (week.who[0],)]

    def test_escape_puts_back_and_stores_nothing(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        week.press(Key.Key_M, Key.Key_Down)
        assert "を移動中" in week.grid.accessibleName()
        week.press(Key.Key_Escape)
        assert week.grid.moving is None
        assert week.now(week.a).version == week.a.version

    def test_what_can_not_stand_is_told_with_its_reason_and_goes_back(self, week: Week) -> None:
        week.grid.go_to(week.b.id)
        week.press(Key.Key_M, *[Key.Key_Right] * 5)
        assert "訪問時間は09:00から17:00までです" in week.grid.accessibleName()
        week.press(Key.Key_Return)
        assert week.page.told.isVisible()
        assert "訪問時間は09:00から17:00までです" in _words(week.page.told)
        assert week.span(week.b).first == 840

    def test_two_visits_of_one_technician_can_not_overlap(self, week: Week) -> None:
        week.grid.go_to(week.b.id)
        week.press(Key.Key_M, *[Key.Key_Left] * 6, Key.Key_Return)
        assert "別の訪問（ひまわり歯科）があります" in _words(week.page.told)
        week.settle()
        assert "いちばん近い空きは2026年11月2" in _words(week.page.told)
        assert week.page.told.detail.words().startswith("前後の空いている時刻か")
        assert week.span(week.b).first == 840

    def test_shift_arrows_draw_it_longer_and_the_length_is_kept(self, week: Week) -> None:
        week.grid.go_to(week.b.id)
        week.press(Key.Key_M)
        week.press(Key.Key_Right, shift=True)
        week.press(Key.Key_Return)
        assert week.span(week.b) == Span(on=TUESDAY, first=840, last=990)
        assert week.now(week.b).content.minutes == 150

    def test_delete_asks_and_lets_the_slot_go(self, week: Week, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[str] = []

        def answer(_parent: QWidget, title: str, text: str, *_rest: object, **_named: object) -> bool:
            asked.append(title + text)
            return True

        monkeypatch.setattr(ConfirmDialog, "ask", answer)
        week.grid.go_to(week.a.id)
        week.press(Key.Key_Delete)
        assert "11月24日（火） 10:00〜12:00" in asked[0]
        assert week.now(week.a).state is VisitState.RECEIVED
        assert week.a.id in {one.row.id for one in week.grid.layout_.waiting}

    def test_a_visit_without_a_slot_is_put_into_one(self, week: Week) -> None:
        week.grid.go_to(week.c.id)
        week.press(Key.Key_M)
        assert week.grid.moving is not None
        lanes = week.grid.layout_.lanes()
        here = next(
            n for n, lane in enumerate(lanes) if (lane.day, lane.technician) == (TUESDAY, week.who[1])
        )
        held = week.grid.layout_.lane_of(week.grid.moving.span.on, week.grid.moving.technician)
        assert held is not None
        start = lanes.index(held)
        week.press(*[Key.Key_Down] * (here - start), Key.Key_Return)
        assert week.span(week.c) == Span(on=TUESDAY, first=540, last=630)
        assert week.now(week.c).content.technicians == (week.who[1],)

    def test_enter_opens(self, week: Week) -> None:
        heard: list[str] = []
        week.page.visit_chosen.disconnect()
        week.page.visit_chosen.connect(heard.append)
        week.grid.go_to(week.a.id)
        week.press(Key.Key_Return)
        assert heard == [week.a.id]

    def test_f_folds_the_lanes_of_a_technician(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        before = week.grid.height()
        week.press(Key.Key_F)
        assert week.grid.height() < before
        week.press(Key.Key_F)
        assert week.grid.height() == before


class TestByMouse:
    """Dragging a block and its edge."""

    def _drag(self, week: Week, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(week.grid, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(week.grid, start + QPoint(8, 0))
        QTest.mouseMove(week.grid, end)
        QTest.mouseRelease(week.grid, Qt.MouseButton.LeftButton, pos=end)
        week.settle()

    def test_a_block_dropped_in_another_lane_goes_there(self, week: Week) -> None:
        layout = week.grid.layout_
        block = next(one for one in layout.blocks() if one.row.id == week.a.id)
        lane = layout.lane_of(TUESDAY, week.who[1])
        assert lane is not None
        start = layout.rect_of(block).center()
        shift = layout.x_of(660) - layout.x_of(600)
        self._drag(week, start, QPoint(start.x() + shift, lane.top + lane.height // 2))
        assert week.span(week.a) == Span(on=TUESDAY, first=660, last=780)
        assert week.now(week.a).content.technicians == (week.who[1],)

    def test_the_right_edge_makes_it_longer(self, week: Week) -> None:
        layout = week.grid.layout_
        block = next(one for one in layout.blocks() if one.row.id == week.b.id)
        rect = layout.rect_of(block)
        edge = QPoint(rect.right() - 2, rect.center().y())
        self._drag(week, edge, QPoint(layout.x_of(990), rect.center().y()))
        assert week.span(week.b).last == 990

    def test_only_the_lanes_touched_are_painted_anew(self, week: Week) -> None:
        layout = week.grid.layout_
        block = next(one for one in layout.blocks() if one.row.id == week.a.id)
        week.grid.repaint()
        start = layout.rect_of(block).center()
        QTest.mousePress(week.grid, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(week.grid, start + QPoint(8, 0))
        assert week.grid.moving is not None
        assert week.grid.dirty().height() < 2 * layout.lane_height(folded=False)
        QTest.mouseRelease(week.grid, Qt.MouseButton.LeftButton, pos=start)
        week.settle()


class TestOtherWindows:
    """Somebody else works on the same visits."""

    def test_a_visit_moved_elsewhere_is_told_and_shown_as_it_stands(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        week.press(Key.Key_M, Key.Key_Down)
        other = Span(on=TUESDAY, first=540, last=660)
        move(week.desk, week.a.id, week.a.version, (other,), (week.who[1],))
        week.press(Key.Key_Return)
        assert "先にこの訪問が変更されています" in _words(week.page.told)
        block = next(one for one in week.grid.layout_.blocks() if one.row.id == week.a.id)
        assert (block.span, block.technician) == (other, week.who[1])

    def test_a_slot_somebody_else_took_is_refused_by_the_rules(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        week.press(Key.Key_M, Key.Key_Down)
        visit(week.desk, "先を越した店", 600, 120, (week.who[1],))
        week.press(Key.Key_Return)
        assert "先を越した店" in _words(week.page.told)
        assert week.now(week.a).content.technicians == (week.who[0],)
        assert "先を越した店" in {row.customer for row in week.grid.facts.rows}


class TestTime:
    """Going through the weeks."""

    def test_next_week_this_week_and_a_day(self, week: Week) -> None:
        QTest.keyClick(week.grid, Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        week.settle()
        assert week.grid.facts.first == date(2026, 11, 30)
        week.page.go_to_today()
        week.settle()
        assert week.grid.facts.first == date(2026, 11, 16)
        week.page.show_day(date(2027, 1, 6))
        week.settle()
        assert week.grid.facts.first == date(2027, 1, 4)

    def test_one_day_and_back(self, week: Week) -> None:
        week.grid.go_to(week.a.id)
        week.page.head.span_chosen.emit(1)
        week.settle()
        assert week.grid.facts.dates == (TUESDAY,)
        assert week.grid.current_id == week.a.id
        week.page.head.span_chosen.emit(7)
        week.settle()
        assert len(week.grid.facts.dates) == 7

    def test_filters_say_how_many_are_left(self, week: Week) -> None:
        week.page.head.area.set_values(("east",))
        week.page.head.area.chosen.emit(("east",))
        assert week.grid.layout_.blocks() == []
        assert week.page.head.count.words() == "訪問 0件・東日本"


def _words(widget: QWidget) -> str:
    from ui.widgets.text import Label

    return " ".join(label.words() for label in widget.findChildren(Label))
