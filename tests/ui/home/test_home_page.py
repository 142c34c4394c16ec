"""Home in a window: what it shows, where every row leads, the walk by keys, and a day that ends."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.beside import CallNote, EquipmentFields
from app.contract.facts import Ended
from app.contract.record import ContractState, DeadlineDay, DeadlineRow
from app.days import Month
from app.errors import EnvironmentProblem
from app.quote.content import QuotationContent, ServiceEntry
from app.usecases import keep_application
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.keep_quotation import start_quotation
from app.usecases.record_entry import record
from app.usecases.run_month import run_month
from db.backups import DatabaseBackups
from db.engine import SqlStorage
from tests.app.usecases.contracts import begun, content, customer
from tests.desks import NOW, new_desk, provide, reopened
from tests.ui.handling import Ear
from ui.background import Background
from ui.home.fitting import share
from ui.home.link_list import LinkList, LinkRow
from ui.home.page import HomePage
from ui.home.rows import deadline_row
from ui.operations.hub import Changed
from ui.preferences import Preferences
from ui.session import Session
from ui.tasks import Tasks
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
TODAY = NOW.date()


def fill(desk: Desk) -> dict[str, str]:
    """Something of everything; ids by what they are."""
    notice = begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 1, 30))
    gone = begun(desk, "mdr-ndr", {"annual-fee": 1_000_000}, date(2025, 3, 3))
    with desk.storage.work() as work:
        work.beside.add_equipment(gone.id, EquipmentFields(kind="connector", ownership="rental"))
        work.commit()
    record(desk, gone.id, gone.version, (Ended(on=date(2026, 10, 12), requested=date(2026, 8, 1)),))
    begun(desk, "mihariban", {"license": 15}, date(2026, 9, 1))
    provide(desk, "mihariban")
    run = run_month(desk, Month(2026, 9))
    close_month(desk, run.id, run.version)
    with desk.storage.work() as work:
        work.beside.add_note(
            CallNote(
                id="", version=0, subject="contract", subject_id=notice.id, at=NOW, staff="田村 美咲",
                text="電話", next_step="折り返す", owner="tamura", due_on=TODAY,
            )
        )  # fmt: skip
        work.commit()
    draft = start_quotation(desk, QuotationContent(services=(ServiceEntry(service="mihariban"),)))
    return {"notice": notice.id, "gone": gone.id, "draft": draft.id}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A data folder with all of it, to be copied."""
    folder = tmp_path_factory.mktemp("home")
    desk = new_desk(folder)
    made = fill(desk)
    desk.storage.close()
    return folder, made


@pytest.fixture
def folder(filled: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    target = tmp_path / "データ"
    shutil.copytree(filled[0], target)
    return target


@pytest.fixture
def ids(filled: tuple[Path, dict[str, str]]) -> dict[str, str]:
    return filled[1]


@pytest.fixture
def page(ids: dict[str, str], session: Session, stage: Stage, settle: Settle) -> HomePage:
    made = HomePage(session, Toasts(stage(QWidget())))
    stage(made)
    settle()
    session.read_tariffs()
    settle()
    made.arrive()
    settle()
    return made


def names(part: LinkList) -> list[str]:
    return [row.name for row in part.rows]


def test_the_day_stands_at_the_head(page: HomePage) -> None:
    assert page.date.words() == "2026年11月20日（金）"
    assert page.about.words() == "令和8年・営業日"
    assert page.closed.words() == "11月23日（月）は勤労感謝の日で休業"


def test_it_shows_what_is_overdue_due_unpaid_and_begun(page: HomePage, ids: dict[str, str]) -> None:
    (late,) = page.overdue.list.rows
    assert late.link == ("contract", ids["gone"])
    assert late.right == "11/12（木）"
    assert late.below_right == "8日過ぎ"
    assert "お客さまから" in late.below
    first = page.columns[30].list.rows[0]
    assert first.link == ("contract", ids["notice"])
    assert first.right == "11/29（日）"
    assert first.below_right == "前営業日11/27"
    assert page.unpaid.detail.words() == "1件・3,135円"
    assert page.drafts.list.rows[0].link == ("quotation", ids["draft"])
    assert page.notes.list.rows[0].below == "折り返す・田村 美咲"
    assert page.applications.isHidden()


def test_every_kind_of_row_leads_to_its_place(page: HomePage, ids: dict[str, str], settle: Settle) -> None:
    contracts, quotations = Ear(), Ear()
    page.contract_chosen.connect(contracts.hear)
    page.quotation_chosen.connect(quotations.hear)
    for part in (page.overdue.list, page.notes.list, page.columns[30].list, page.unpaid.list):
        part.setFocus()
        QTest.keyClick(part, Key.Key_Home)
        QTest.keyClick(part, Key.Key_Return)
    assert contracts.heard[:3] == [ids["gone"], ids["notice"], ids["notice"]]
    assert len(contracts.heard) == 4
    QTest.mouseClick(page.drafts.list, Qt.MouseButton.LeftButton)
    assert quotations.heard == [ids["draft"]]


def test_the_heads_lead_on(page: HomePage) -> None:
    heard = Ear()
    for signal in (
        page.deadlines_wanted, page.quotations_wanted, page.month_wanted, page.tariffs_wanted,
    ):  # fmt: skip
        signal.connect(heard.hear)
    for button in (page.overdue.more, page.drafts.more, page.unpaid.more, page.tariffs.button):
        button.click()
    assert len(heard.heard) == 4


def test_arriving_puts_the_keys_where_it_presses_most(page: HomePage, qtbot: QtBot) -> None:
    qtbot.waitUntil(page.overdue.list.hasFocus)
    QTest.keyClick(page.overdue.list, Key.Key_Down)
    assert page.overdue.more.hasFocus() or page.notes.list.hasFocus()


def test_the_arrows_walk_from_list_to_list(page: HomePage) -> None:
    first = page.columns[30].list
    first.setFocus()
    QTest.keyClick(first, Key.Key_End)
    assert first.current == first.rows[-1]
    QTest.keyClick(first, Key.Key_Down)
    assert not first.hasFocus()
    first.setFocus()
    QTest.keyClick(first, Key.Key_Home)
    QTest.keyClick(first, Key.Key_Up)
    assert not first.hasFocus()


def test_a_list_says_its_row_to_those_who_hear(page: HomePage) -> None:
    part = page.columns[30].list
    part.setFocus()
    QTest.keyClick(part, Key.Key_Home)
    assert "更新しない通知" in part.accessibleDescription()
    assert "お客さまから" in part.accessibleDescription()


def test_a_change_elsewhere_is_seen(page: HomePage, desk: Desk, session: Session, settle: Settle) -> None:
    made = keep_application.start_application(
        desk, customer(desk, "木下アート印刷"), content("mihariban", {"license": 3}, date(2026, 12, 1))
    )
    session.hub.changed.emit(Changed(contracts=frozenset({made.id})))
    settle()
    assert names(page.applications.list) == ["木下アート印刷"]
    assert page.applications.detail.words() == "申込準備 1"
    assert page.applications.isVisibleTo(page)


def test_midnight_passes(desk: Desk, page: HomePage, session: Session, settle: Settle) -> None:
    background = Background(session)
    desk.now = lambda: NOW + timedelta(days=10)
    background.look()
    settle()
    assert page.date.words() == "2026年11月30日（月）"
    assert [row.below.split("・")[0] for row in page.overdue.list.rows] == ["機器の返還"]
    assert page.notes.list.rows[0].below_right == "10日過ぎ"


def test_the_background_brings_contracts_to_the_day(
    desk: Desk, page: HomePage, session: Session, ids: dict[str, str], settle: Settle
) -> None:
    background = Background(session)
    heard = Ear()
    session.day_changed.connect(heard.hear)
    later = NOW + timedelta(days=200)
    desk.now = lambda: later
    background.look()
    settle()
    settle()
    assert len(heard.heard) >= 2  # the day itself, and that contracts were brought to it
    with desk.storage.look() as work:
        assert not work.contracts.due_for_recheck(later.date(), 1)
        assert work.contracts.get(ids["notice"]).state is ContractState.ACTIVE


def test_a_backup_is_made_at_once_and_told(page: HomePage, desk: Desk, settle: Settle) -> None:
    assert "まだありません" in page.backup.title.words()
    page.backup.button.click()
    settle()
    settle()
    copies = list(cast("SqlStorage", desk.storage).path.parent.glob("backups/*.db"))
    assert len(copies) == 1
    assert "控えを取りました" in page.backup.title.words()
    assert page._toasts.words().startswith("控えを取り、開いて確かめました")
    assert page.backup.button.isEnabled()


def test_a_backup_that_fails_is_told_and_can_be_tried_again(
    page: HomePage, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Ear()
    session.tasks.environment_problem.connect(told.hear)

    def full(_backups: object, told: object = None) -> None:
        raise EnvironmentProblem("disk-full", "空きがありません")

    monkeypatch.setattr(DatabaseBackups, "make", full)
    page.backup.button.click()
    settle()
    assert len(told.heard) == 1
    assert page.backup.button.isEnabled()
    assert "まだありません" in page.backup.title.words()


def test_a_new_desk_offers_the_first_step(
    prepared: Path, tmp_path: Path, tasks: Tasks, stage: Stage, settle: Settle
) -> None:
    shutil.copytree(prepared, tmp_path / "new")
    desk = reopened(tmp_path / "new")
    session = Session(desk, tasks, Preferences(tmp_path / "preferences"))
    page = HomePage(session, Toasts(stage(QWidget())))
    stage(page)
    settle()
    heard = Ear()
    page.new_quotation_wanted.connect(heard.hear)
    page.arrive()
    settle()
    assert page.nothing.isVisible()
    assert page.nothing.button.hasFocus()
    page.nothing.button.click()
    assert heard.heard == [None]
    tasks.stop()
    desk.storage.close()


def test_a_small_window_folds_and_unfolds(page: HomePage, qtbot: QtBot) -> None:
    page.resize(920, 540)
    QApplication.processEvents()
    assert not page._right.isVisible()
    assert page.drafts.isVisible()
    page.resize(1286, 690)
    QApplication.processEvents()
    assert page._right.isVisible()
    assert page.drafts.isVisible()


def test_rows_share_the_room_there_is() -> None:
    assert share(10, [(2, 6), (2, 1), (2, 6)]) == [5, 1, 4]
    assert share(3, [(2, 6), (2, 6)]) == [2, 2]
    assert share(50, [(2, 6), (2, 3)]) == [6, 3]
    assert share(5, []) == []


def deadline(one: DeadlineDay) -> LinkRow:
    row = DeadlineRow(
        contract_id="c", number="C-1", customer="藤井造園", phone="", service="media-light",
        state=ContractState.ACTIVE, deadline=one,
    )  # fmt: skip
    return deadline_row(row, TODAY, {"media-light": "media"})


def test_a_span_is_shown_as_one() -> None:
    row = deadline(DeadlineDay(code="renewal", since=date(2026, 12, 1), on=date(2026, 12, 30)))
    assert row.right == "12/1〜12/30"
    assert row.below == "契約更新月・media"


@pytest.mark.parametrize(
    ("on", "right", "below_right", "tone"),
    [
        (date(2026, 11, 19), "11/19（木）", "1日過ぎ", "danger"),
        (date(2026, 11, 20), "11/20（金）", "今日まで", "warn"),
        (date(2026, 11, 30), "11/30（月）", "あと10日", "warn"),
        (date(2026, 12, 1), "12/1（火）", "あと11日", "text"),
        (date(2026, 12, 20), "12/20（日）", "前営業日12/18", "text"),
    ],
)
def test_how_near_a_day_is(on: date, right: str, below_right: str, tone: str) -> None:
    row = deadline(DeadlineDay(code="notice_by", on=on))
    assert (row.right, row.below_right, row.tone) == (right, below_right, tone)
