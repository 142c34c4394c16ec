"""すべての期限: by day, narrowed, walked by key, written to a calendar file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.customer import CustomerFields
from app.contract.facts import RenewalDeclined
from app.quote.content import QuotationContent, ServiceEntry
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import start_quotation
from app.usecases.record_entry import record
from tests.app.usecases.contracts import begun
from tests.desks import NOW
from tests.ui.handling import Ear
from ui.contracts import deadlines_page
from ui.contracts.deadline_rows import day_heading
from ui.contracts.deadlines_page import DeadlinesPage
from ui.export_gate import ExportGate, Target
from ui.operations.hub import Changed
from ui.session import Session
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def ids(desk: Desk) -> list[str]:
    starts = (date(2025, 1, 30), date(2025, 2, 16), date(2025, 4, 1))  # notices 11/29, 12/15, 1/31
    made = [begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, start).id for start in starts]
    return [*made, begun(desk, "media-light", {"endpoint": 8}, date(2024, 12, 9)).id]


@pytest.fixture
def page(ids: list[str], session: Session, stage: Stage, settle: Settle) -> DeadlinesPage:
    session.read_tariffs()
    settle()
    made = DeadlinesPage(session, Toasts(stage(QWidget())))
    stage(made)
    made.arrive()
    settle()
    return made


def links(page: DeadlinesPage) -> list[object]:
    return [row.link for row in page.area.sheet.rows()]


def test_deadlines_stand_by_day(page: DeadlinesPage, ids: list[str]) -> None:
    assert links(page) == [ids[0], ids[1], ids[3], ids[2]]
    assert page.count.words() == "4件"
    assert "12/1〜12/31" in page.area.sheet.as_text()
    assert "お客さまから" in page.area.sheet.as_text()
    assert "第10条第2項" in page.area.sheet.as_text()


def test_a_closed_day_names_the_business_day_before() -> None:
    heading = day_heading(date(2026, 11, 29), NOW.date())
    assert heading == "2026年11月29日（日）　あと9日　休業日・前の営業日は2026年11月27日（金）"
    assert "休業日" not in day_heading(date(2026, 11, 30), NOW.date())


def test_narrowing(page: DeadlinesPage, ids: list[str], settle: Settle) -> None:
    page.days.set_value(30)
    page.days.chosen.emit(30)
    settle()
    assert links(page) == [ids[0], ids[1]]
    page.days.set_value(90)
    page.services.set_values(["media-light"])
    page.services.chosen.emit(("media-light",))
    settle()
    assert links(page) == [ids[3]]
    page.services.set_values([])
    page.kinds.set_values(["notice_by"])
    page.kinds.chosen.emit(("notice_by",))
    settle()
    assert links(page) == [ids[0], ids[1], ids[2]]
    page.whose.set_values(["provider"])
    page.whose.chosen.emit(("provider",))
    settle()
    assert links(page) == []
    assert page.nothing.isVisible()
    assert not page.export.isEnabled()


def test_what_is_overdue_comes_first_and_can_be_left_out(
    page: DeadlinesPage, desk: Desk, session: Session, settle: Settle
) -> None:
    desk.now = lambda: NOW + timedelta(days=12)
    session.day_changed.emit()
    settle()
    assert page.area.sheet._sections[0].heading.startswith("期限切れ")
    assert page.count.words().endswith("期限切れ 1件")
    page.late.click()
    settle()
    assert "期限切れ" not in page.area.sheet._sections[0].heading


def test_the_keys_open_a_contract(page: DeadlinesPage, ids: list[str]) -> None:
    heard = Ear()
    page.contract_chosen.connect(heard.hear)
    page.area.sheet.setFocus()
    QTest.keyClick(page.area.sheet, Key.Key_Home)
    QTest.keyClick(page.area.sheet, Key.Key_Down)
    QTest.keyClick(page.area.sheet, Key.Key_Return)
    assert heard.heard == [ids[1]]


def test_a_quotation_that_runs_out_stands_among_them(
    page: DeadlinesPage, desk: Desk, session: Session, settle: Settle
) -> None:
    entry = ServiceEntry(service="mihariban", items={"license": 15}, start=date(2026, 12, 1))
    customer = CustomerFields(name="青葉商店")
    draft = start_quotation(desk, QuotationContent(customer=customer, services=(entry,)))
    issued = issue_quotation(desk, draft.id, draft.version).stored
    session.hub.changed.emit(Changed(quotations=frozenset({issued.id})))
    settle()
    assert ("quotation", issued.id) in links(page)
    assert "見積の有効期限" in page.area.sheet.as_text()
    heard = Ear()
    page.quotation_chosen.connect(heard.hear)
    page._on_opened(("quotation", issued.id))
    assert heard.heard == [issued.id]


def test_a_change_elsewhere_is_seen(
    page: DeadlinesPage, desk: Desk, session: Session, ids: list[str], settle: Settle
) -> None:
    with desk.storage.look() as work:
        version = work.contracts.get(ids[0]).version
    record(desk, ids[0], version, (RenewalDeclined(on=NOW.date()),))
    session.hub.changed.emit(Changed(contracts=frozenset({ids[0]})))
    settle()
    assert "利用期間の満了" in page.area.sheet.as_text()


def test_a_long_list_is_shown_in_steps(
    page: DeadlinesPage, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines_page, "STEP", 3)
    page._on_narrowed()
    settle()
    assert len(links(page)) == 3
    assert page.count.words() == "4件"
    assert page.more.words() == "続きを表示（あと1件）"
    page.more.click()
    settle()
    assert len(links(page)) == 4
    assert page.more.isHidden()


def test_the_calendar_file_holds_what_is_shown(
    page: DeadlinesPage, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def agree(_parent: QWidget, _title: str, text: str, _name: str, _kinds: str) -> Target:
        asked.append(text)
        return Target(target)

    target = tmp_path / "期限.ics"
    monkeypatch.setattr(ExportGate, "ask", agree)
    page.export.click()
    for _step in ("read", "written", "noted"):
        settle()
    assert "顧客の名前と、契約・見積の番号" in asked[0]
    events = list(Calendar.from_ical(target.read_bytes()).walk("VEVENT"))
    assert len(events) == 4
    assert page._toasts.words() == "4件の期限を「期限.ics」に書き出しました"


def test_nothing_is_written_by_who_does_not_want_it(
    page: DeadlinesPage, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ExportGate, "ask", lambda *_all: None)
    page.export.click()
    settle()
    assert not list(tmp_path.glob("*.ics"))
