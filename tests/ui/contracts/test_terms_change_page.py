"""Telling the customers of an edition: the list, the letter, the run, and what stops it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from tests.app.usecases.contracts import begun, customer
from tests.desks import NOW
from tests.shipped import ROOT
from tests.tariff_files import prime_from
from tests.ui.handling import Ear
from ui.confirm_dialog import ConfirmDialog
from ui.contracts.terms_change_page import TermsChangePage
from ui.operations.hub import Changed
from ui.session import Session
from ui.tariffs.place import TariffsPlace
from ui.widgets.strips import Toasts

Key = Qt.Key
Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
PRIME = "dokodemo-prime"
START = date(2027, 4, 1)


@pytest.fixture
def ids(desk: Desk, tmp_path: Path) -> list[str]:
    own = tmp_path / "tariffs"
    own.mkdir()
    prime_from(own, START, "price = 2400", "price = 2450")
    desk.take_catalogue(Catalogue((ROOT / "resources" / "tariffs", own)))
    made = []
    for name, count in (("朝日商店", 31), ("伊藤工業", 12), ("上田医院", 35)):
        stored = begun(desk, PRIME, {"id": count}, date(2026, 5, 20), owner=customer(desk, name))
        made.append(stored.id)
    return made


@pytest.fixture
def page(ids: list[str], session: Session, stage: Stage, settle: Settle) -> TermsChangePage:
    made = TermsChangePage(session, Toasts(stage(QWidget())))
    stage(made)
    made.open_change(PRIME, START)
    rest(settle)
    return made


def rest(settle: Settle) -> None:
    """A reading leads to another, and that to a letter."""
    for _turn in range(4):
        settle()


def run(page: TermsChangePage, folder: Path) -> None:
    page.start(folder)
    deadline = monotonic() + 120
    while page.telling.running:
        assert monotonic() < deadline
        QTest.qWait(2)


def test_contracts_stand_with_their_prices(page: TermsChangePage, ids: list[str]) -> None:
    assert {row.link for row in page.area.sheet.rows()} == set(ids)
    assert "74,400円 → 75,950円" in page.area.sheet.as_text()
    assert page.state.words() == "契約3件・上がる 2・変わらない 1"
    assert page.told_words.words() == "まだお知らせしていない契約 3件"
    assert page.leaving.title.words() == "解約金なしで解約できる期間があります"
    assert "2026年11月20日〜2027年4月1日" in page.leaving.detail.words()


def test_the_letter_of_the_row_is_drawn(page: TermsChangePage, settle: Settle) -> None:
    first = page.letter.pdf
    assert first is not None
    assert first.startswith(b"%PDF")
    page.area.sheet.setFocus()
    QTest.keyClick(page.area.sheet, Key.Key_Home)
    QTest.keyClick(page.area.sheet, Key.Key_End)
    rest(settle)
    assert page.letter.pdf is not None
    assert page.letter.pdf != first
    assert page.letter.title.words() == page.found[-1].customer


def test_another_day_of_notice_moves_the_days_of_leaving(page: TermsChangePage, settle: Settle) -> None:
    page.notified.set_day(date(2026, 12, 1))
    page.notified.day_changed.emit(date(2026, 12, 1))
    rest(settle)
    assert "2026年12月1日〜" in page.leaving.detail.words()


def test_all_are_told_and_their_letters_saved(
    page: TermsChangePage, desk: Desk, session: Session, tmp_path: Path, settle: Settle
) -> None:
    changed: list[Changed] = []
    session.hub.changed.connect(changed.append)
    folder = tmp_path / "手紙"
    folder.mkdir()
    run(page, folder)
    rest(settle)
    assert len(list(folder.glob("N-HM1-2611-*.pdf"))) == 3
    assert page.state.words().endswith("お知らせ済み 3")
    assert not page.tell.isEnabled()
    assert page.told_words.words() == "すべてお知らせ済みです"
    assert page._toasts.words() == "3件に記録し、手紙を「手紙」に保存しました"
    assert [len(one.contracts) for one in changed] == [3]  # everybody hears of it once
    assert page.stop_button.isHidden()


def test_who_was_told_is_not_told_again(page: TermsChangePage, tmp_path: Path, settle: Settle) -> None:
    run(page, tmp_path)
    rest(settle)
    run(page, tmp_path)
    rest(settle)
    assert len(list(tmp_path.glob("N-*.pdf"))) == 3


def test_it_can_be_stopped_and_taken_up_again(
    page: TermsChangePage, desk: Desk, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.contracts.telling.AT_ONCE", 1)
    page.telling.advanced.connect(page.telling.stop)
    run(page, tmp_path)
    rest(settle)
    assert len(list(tmp_path.glob("N-*.pdf"))) < 3
    page.telling.advanced.disconnect(page.telling.stop)
    run(page, tmp_path)
    rest(settle)
    assert len(list(tmp_path.glob("N-*.pdf"))) == 3


def test_a_folder_that_is_gone_stops_it_and_nothing_is_recorded(
    page: TermsChangePage, session: Session, desk: Desk, ids: list[str], tmp_path: Path, settle: Settle
) -> None:
    told = Ear()
    session.tasks.environment_problem.connect(told.hear)
    run(page, tmp_path / "gone")
    rest(settle)
    assert len(told.heard) == 1
    assert page.tell.isVisible()
    assert page.tell.isEnabled()
    with desk.storage.look() as work:
        assert all(not work.beside.attachments_of("contract", one) for one in ids)


def test_who_cannot_be_told_keeps_nobody_back(
    page: TermsChangePage, desk: Desk, ids: list[str], tmp_path: Path, settle: Settle
) -> None:
    from app.contract.facts import Ended
    from app.usecases.record_entry import record

    with desk.storage.look() as work:
        version = work.contracts.get(ids[0]).version
    record(desk, ids[0], version, (Ended(on=date(2026, 11, 19), requested=date(2026, 11, 1)),))
    run(page, tmp_path)
    rest(settle)
    assert len(list(tmp_path.glob("N-*.pdf"))) == 2
    assert "記録できなかった契約が1件" in page._toasts.words()


def test_the_question_says_what_is_recorded(
    page: TermsChangePage, tmp_path: Path, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def accept(_parent: QWidget, _title: str, text: str, _accept: str) -> bool:
        asked.append(text)
        return True

    monkeypatch.setattr(ConfirmDialog, "ask", accept)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_all: str(tmp_path))
    page.tell.click()
    while page.telling.running:
        QTest.qWait(2)
    rest(settle)
    assert "3件の契約に、2026年11月20日（金）にお知らせした" in asked[0]
    assert len(list(tmp_path.glob("N-*.pdf"))) == 3


def test_without_a_day_it_says_so_at_the_field(page: TermsChangePage) -> None:
    page.notified.set_day(None)
    page.tell.click()
    assert page.notified_field.error == "お知らせの日を入力してください。"


def test_a_small_window_shows_the_list_or_the_letter(page: TermsChangePage) -> None:
    page.resize(940, 540)
    assert not page.letter.isVisible()
    page.peek.click()
    assert page.letter.isVisible()
    assert not page.area.isVisible()
    page.peek.click()
    assert page.area.isVisible()
    page.resize(1280, 700)
    assert page.letter.isVisible()
    assert page.area.isVisible()


def test_an_edition_leads_there(ids: list[str], session: Session, stage: Stage, settle: Settle) -> None:
    place = TariffsPlace(session, Toasts(stage(QWidget())))
    stage(place)
    rest(settle)
    place.page.show_place(PRIME, START.isoformat())
    rest(settle)
    assert place.page.editions.tell.isVisible()
    place.page.editions.tell.click()
    rest(settle)
    assert place.terms is not None
    assert place.currentWidget() is place.terms
    assert len(place.terms.found) == 3
    place.terms.back.click()
    assert place.currentWidget() is place.page


def test_the_oldest_edition_follows_none(session: Session, stage: Stage, settle: Settle) -> None:
    place = TariffsPlace(session, Toasts(stage(QWidget())))
    stage(place)
    rest(settle)
    place.page.show_place(PRIME, "2025-03-31")
    rest(settle)
    assert not place.page.editions.tell.isVisible()


def test_nobody_is_touched(session: Session, stage: Stage, settle: Settle) -> None:
    page = TermsChangePage(session, Toasts(stage(QWidget())))
    stage(page)
    page.open_change("mdr-ndr", date(2023, 6, 1))
    rest(settle)
    assert page.nothing.isVisible()
    assert not page.tell.isEnabled()
    assert NOW.date() >= date(2023, 6, 1)
