"""One visit's page on a real desk: states, actions, calling off, papers, history."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.usecases import book_visit
from app.usecases.choose_reading import choose_reading
from app.usecases.desk import Desk
from app.usecases.keep_quotation import open_quotation
from app.usecases.keep_visit import open_visit
from app.visit.order import CalledOff, Confirmed, Device, Span, StoredVisit, VisitState
from app.visit.visit_life import Action
from tests.ui.visits.onsite.visits_made import TUESDAY, agreed, confirmed, type_into
from ui.session import Session
from ui.visits.papers import PaperKind
from ui.visits.place import VisitsPlace
from ui.visits.states_strip import steps_of
from ui.visits.visit_page import VisitPage
from ui.visits.visit_panels import CallOffPanel, ConfirmPanel, RefusedAction
from ui.visits.visit_paper_panel import PaperPanel
from ui.widgets.strips import Toasts

Stage = Callable[[QWidget], QWidget]
Settle = Callable[[], None]


@pytest.fixture
def open_page(session: Session, stage: Stage, settle: Settle) -> Callable[[StoredVisit], VisitPage]:
    """Shows a visit in a window."""

    def show(visit: StoredVisit) -> VisitPage:
        page = VisitPage(session, Toasts(QWidget()))
        stage(page)
        page.open_visit(visit.id)
        settle()
        return page

    return show


Open = Callable[[StoredVisit], VisitPage]


def test_the_page_says_who_when_where_and_why_it_costs_what_it_does(open_page: Open, desk: Desk) -> None:
    page = open_page(confirmed(desk))
    assert page.header.name.accessibleName() == "株式会社みのり食品"
    assert page.header.chip.words() == "確定"
    page.body.price.open_reason(0)
    assert page.body.price.reason_of(0) is not None
    assert set(page.facts.papers) == set(PaperKind)
    assert not page.facts.papers[PaperKind.REPORT].isEnabled()


def test_states_have_time_and_person_by_the_clock_on_the_wall(desk: Desk) -> None:
    visit = confirmed(desk)
    steps = steps_of(visit, {"田村 美咲": "田村 美咲"}, desk.now())
    assert [step.state for step in steps] == ["done", "done", "now", "ahead", "ahead"]
    assert steps[0].detail == "11/20 14:32 田村 美咲"


def test_a_move_stays_in_the_history_with_before_after_and_why(open_page: Open, desk: Desk) -> None:
    visit = confirmed(desk)
    later = Span(on=TUESDAY, first=9 * 60, last=12 * 60 + 30)
    visit = book_visit.move(desk, visit.id, visit.version, [later], visit.content.technicians, "会議のため")
    page = open_page(visit)
    told = page.body.rows[0].told
    assert "日時・担当を変えました" in told.what
    assert "13:00〜16:30" in told.detail
    assert "9:00〜12:30" in told.detail
    assert "会議のため" in told.detail
    assert page.header.chip.words() == "手配"


def test_confirming_notes_who_agreed(open_page: Open, desk: Desk, settle: Settle) -> None:
    visit = confirmed(desk)
    later = Span(on=TUESDAY, first=9 * 60, last=12 * 60 + 30)
    visit = book_visit.move(desk, visit.id, visit.version, [later], visit.content.technicians)
    page = open_page(visit)
    page.header.buttons[Action.CONFIRM].click()
    panel = page.panel
    assert isinstance(panel, ConfirmPanel)
    panel.accept.click()
    settle()
    events = open_visit(desk, visit.id).events
    assert isinstance(events[-1], Confirmed)
    assert events[-1].by == "実 太郎"
    assert page.header.chip.words() == "確定"
    assert page.panel is None


def test_calling_off_needs_a_reason_and_names_the_reading(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    visit = confirmed(desk)
    page = open_page(visit)
    page.open_action(Action.CALL_OFF)
    settle()
    panel = page.panel
    assert isinstance(panel, CallOffPanel)
    assert "料金はかかりません" in panel.fee.title.words()
    assert "承諾後・派遣前の訪問の取消し" in panel.fee.detail.words()
    panel.accept.click()
    settle()
    assert "理由" in panel.why_field.below.words()
    assert open_visit(desk, visit.id).state is VisitState.CONFIRMED
    type_into(panel.why, "機器が直った")
    panel.accept.click()
    settle()
    stored = open_visit(desk, visit.id)
    off = stored.events[-1]
    assert isinstance(off, CalledOff)
    assert (off.by, off.why, off.net) == ("customer", "機器が直った", 0)
    assert page.header.chip.words() == "中止"


def test_what_is_refused_says_why_and_what_to_do(open_page: Open, desk: Desk) -> None:
    page = open_page(agreed(desk))
    page.open_action(Action.MOVE)
    panel = page.panel
    assert isinstance(panel, RefusedAction)
    assert "作業中は変えられません" in panel.strip.title.words()
    assert "中止" in panel.strip.detail.words()


def test_a_paper_is_a_draft_until_it_is_issued(open_page: Open, desk: Desk, settle: Settle) -> None:
    page = open_page(confirmed(desk))
    page.facts.papers[PaperKind.ORDER].click()
    settle()
    panel = page.panel
    assert isinstance(panel, PaperPanel)
    draft = panel.paper.preview.pdf
    assert draft is not None
    panel.issue.click()
    settle()
    issued = panel.paper.preview.pdf
    assert issued is not None
    assert issued != draft
    assert panel.problem.isHidden()
    page.close_panel()
    page.open_paper(PaperKind.ORDER)
    settle()
    again = page.panel
    assert isinstance(again, PaperPanel)
    assert again.paper.preview.pdf == issued


def test_the_day_of_those_who_go_is_drawn(open_page: Open, desk: Desk, settle: Settle) -> None:
    page = open_page(confirmed(desk))
    page.open_paper(PaperKind.DAY)
    settle()
    assert isinstance(page.panel, PaperPanel)
    assert page.panel.paper.preview.pdf is not None


def test_work_on_site_and_the_slot_are_asked_for(open_page: Open, desk: Desk) -> None:
    visit = confirmed(desk)
    page = open_page(visit)
    asked: list[tuple[str, str]] = []
    page.on_site_wanted.connect(lambda one: asked.append(("site", one)))
    page.slot_wanted.connect(lambda one: asked.append(("slot", one)))
    page.header.buttons[Action.BEGIN].click()
    page.header.buttons[Action.MOVE].click()
    assert asked == [("site", visit.id), ("slot", visit.id)]


def test_a_visit_becomes_a_quotation_that_is_opened(
    session: Session, stage: Stage, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    visit = confirmed(desk)
    host = QWidget()
    place = VisitsPlace(session, Toasts(host))
    stage(place)
    place.destroyed.connect(host.deleteLater)
    place.open_visit(visit.id)
    settle()
    assert place.visit is not None
    quote = place.visit.facts.quote
    assert quote is not None
    with qtbot.waitSignal(place.quotation_chosen) as told:
        quote.click()
        settle()
    (made,) = told.args
    content = open_quotation(desk, made).stored.content
    assert [one.menu for one in content.visits[0].work] == [one.menu for one in visit.content.devices]


def test_the_key_records_in_the_panel_that_stands_open(open_page: Open, desk: Desk, settle: Settle) -> None:
    visit = confirmed(desk)
    later = Span(on=TUESDAY, first=9 * 60, last=12 * 60 + 30)
    visit = book_visit.move(desk, visit.id, visit.version, [later], visit.content.technicians)
    page = open_page(visit)
    page.open_action(Action.CONFIRM)
    panel = page.panel
    assert isinstance(panel, ConfirmPanel)
    settle()
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    assert open_visit(desk, visit.id).state is VisitState.CONFIRMED
    assert page.panel is None
    asked: list[str] = []
    page.on_site_wanted.connect(asked.append)
    QTest.keyClick(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked == [visit.id]


def test_without_a_contract_the_page_says_that_no_bill_has_the_amount(open_page: Open, desk: Desk) -> None:
    page = open_page(confirmed(desk))
    told = page.body.remarks.title.words() + page.body.remarks.detail.words()
    assert page.body.remarks.isVisible()
    assert "契約がないため、請求には載りません" in told


def test_a_price_that_changed_while_the_panel_was_open_is_told_before_it_is_confirmed(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    tablets = Device(id="t", kind="tablet", name="T", menu=("wifi-setup",), count=2)
    visit = confirmed(desk, devices=(tablets,))
    later = Span(on=TUESDAY, first=9 * 60, last=12 * 60 + 30)
    visit = book_visit.move(desk, visit.id, visit.version, [later], visit.content.technicians)
    page = open_page(visit)
    page.open_action(Action.CONFIRM)
    panel = page.panel
    assert isinstance(panel, ConfirmPanel)
    before = panel.total.words()
    choose_reading(desk, "wifi-unit", "per-set", "提供会社に確認")
    panel.record()
    settle()
    assert open_visit(desk, visit.id).state is VisitState.ARRANGED
    assert "金額" in panel.problem.title.words()
    assert panel.total.words() != before
    panel.record()
    settle()
    assert open_visit(desk, visit.id).state is VisitState.CONFIRMED
