"""今日の訪問 on Home: what its rows say, which stay where there are many, and where they lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.usecases import keep_visit, work_on_site
from app.usecases.desk import Desk
from app.visit.order import Device
from db.vault import FolderVault
from reports import draw
from tests.app.usecases import visits as made
from tests.desks import NOW
from tests.shipped import catalogue
from ui.home.page import HomePage
from ui.home.visits_part import VisitLine, shown_lines
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
TODAY = NOW.date()
TWO = (Device(id="d1", count=2, menu=("os-recovery", "endpoint-reinstall"), backup=True),)


@pytest.fixture
def page(session: Session, stage: Stage, settle: Settle) -> HomePage:
    shown = HomePage(session, Toasts(stage(QWidget())))
    stage(shown)
    settle()
    shown.arrive()
    settle()
    return shown


@pytest.fixture
def morning(folder: Path) -> Iterator[Desk]:
    """The same desk the evening before, when today's visits could still be booked."""
    at = [NOW - timedelta(days=1)]
    storage = FolderVault(folder, lambda: at[0]).open()
    yield Desk(storage, catalogue(), draw, lambda: at[0])
    storage.close()


def lines(page: HomePage) -> list[VisitLine]:
    found = [row for row in page.visits.list.rows if isinstance(row, VisitLine)]
    assert len(found) == len(page.visits.list.rows)
    return found


def again(page: HomePage, settle: Settle) -> None:
    page.read()
    settle()


def test_where_nobody_visits_there_is_no_such_part(page: HomePage) -> None:
    assert page.visits.isHidden()
    assert not page.nothing.isHidden()


def test_a_day_without_visits_says_so(page: HomePage, desk: Desk, settle: Settle) -> None:
    made.technicians(desk, "井上 健太")
    again(page, settle)
    assert not page.visits.isHidden()
    assert page.visits.detail.words() == "今日の訪問はありません"
    assert page.visits.order.isHidden()
    assert page.visits.waiting.isHidden()


def test_a_row_says_when_where_what_who_and_how_far(
    page: HomePage, morning: Desk, session: Session, settle: Settle
) -> None:
    (inoue,) = made.technicians(morning, "井上 健太")
    customer = made.customer(morning)
    visit = made.confirmed(morning, customer, inoue, made.span("13:00", "15:30", TODAY), devices=TWO)
    keep_visit.receive(morning, customer, made.content())
    work_on_site.begin(morning, visit.id, visit.version)
    again(page, settle)
    (line,) = lines(page)
    assert (line.right, line.name, line.who, line.state) == (
        "13:00〜15:30", "株式会社みのり食品", "井上 健太", "working"
    )  # fmt: skip
    assert line.pictures == ("undo-2", "grid-2x2-check")
    assert line.below == "2台"  # the names come with the tariffs
    assert page.visits.detail.words() == "1件・作業中 1件"
    assert page.visits.waiting.words() == "未割当 1件"
    session.read_tariffs()
    settle()
    settle()
    assert lines(page)[0].below.startswith("OSリカバリ・")
    assert lines(page)[0].below.endswith(" 2台")


def test_rows_and_buttons_lead_to_the_visits(page: HomePage, morning: Desk, settle: Settle) -> None:
    inoue, onishi = made.technicians(morning, "井上 健太", "大西 真央")
    customer = made.customer(morning)
    first = made.confirmed(morning, customer, inoue, made.span("9:30", "11:30", TODAY))
    second = made.confirmed(morning, customer, onishi, made.span("13:00", "15:00", TODAY))
    keep_visit.receive(morning, customer, made.content())
    again(page, settle)
    chosen: list[str] = []
    page.visit_chosen.connect(chosen.append)
    page.visits.list.setFocus()
    QTest.keyClick(page.visits.list, Key.Key_Return)
    QTest.keyClick(page.visits.list, Key.Key_Down)
    QTest.keyClick(page.visits.list, Key.Key_Return)
    assert chosen == [first.id, second.id]
    orders: list[str] = []
    page.visit_order_wanted.connect(orders.append)
    page.visits.order.click()
    assert orders == [second.id]
    went: list[int] = []
    page.visits_wanted.connect(lambda: went.append(1))
    page.visits.more.click()
    page.visits.waiting.click()
    assert len(went) == 2


def test_a_visit_that_changes_is_shown_anew(page: HomePage, morning: Desk, settle: Settle) -> None:
    (inoue,) = made.technicians(morning, "井上 健太")
    visit = made.confirmed(morning, made.customer(morning), inoue, made.span("15:30", "17:00", TODAY))
    again(page, settle)
    assert [line.state for line in lines(page)] == ["confirmed"]
    work_on_site.begin(morning, visit.id, visit.version)
    page._session.hub.changed.emit(Changed(visits=frozenset({visit.id})))
    settle()
    assert [line.state for line in lines(page)] == ["working"]


def test_the_focus_stands_at_the_visits_first(page: HomePage, morning: Desk, settle: Settle) -> None:
    (inoue,) = made.technicians(morning, "井上 健太")
    made.confirmed(morning, made.customer(morning), inoue, made.span("15:30", "17:00", TODAY))
    again(page, settle)
    page.arrive()
    assert page.visits.list.hasFocus()


def line(name: str, state: str) -> VisitLine:
    return VisitLine(name=name, state=state, link=("visit", name))


def test_where_there_are_many_the_ones_that_are_over_give_way() -> None:
    day = [line("a", "done"), line("b", "done"), line("c", "working"), line("d", "confirmed")]
    assert [one.name for one in shown_lines(day, 4)] == ["a", "b", "c", "d"]
    assert [one.name for one in shown_lines(day, 3)] == ["b", "c", "d"]
    assert [one.name for one in shown_lines(day, 1)] == ["c"]
