"""料金・規約: files added and taken away, with their consequences, on a real database and with real files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import StoredQuotation
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import start_quotation
from app.usecases.keep_tariffs import add_file, check_file
from app.usecases.price_quotation import price_content
from tests.app.tariff.small import SMALL
from tests.tariff_files import prime_from, written
from ui.confirm_dialog import ConfirmDialog
from ui.session import Session
from ui.tariffs.add_page import AddPage
from ui.tariffs.place import TariffsPlace
from ui.tasks import Tasks
from ui.widgets.sheet import Sheet

Key = Qt.Key
Settle = Callable[[], None]


def draft(desk: Desk, ids: int, start: date, name: str = "髙橋精工株式会社") -> StoredQuotation:
    entry = ServiceEntry(service="dokodemo-prime", start=start, items={"id": ids})
    return start_quotation(desk, QuotationContent(customer=CustomerFields(name=name), services=(entry,)))


def wait_for(view_done: Callable[[], bool], qtbot: QtBot, settle: Settle) -> None:
    qtbot.waitUntil(view_done)
    settle()


def checked(place: TariffsPlace, path: Path, settle: Settle) -> AddPage:
    place.check_file(path)
    settle()
    settle()
    assert place.adding is not None
    return place.adding


# --- adding ------------------------------------------------------------------------------------------------


def test_a_good_file_is_added_after_its_consequences_were_shown(
    place: TariffsPlace, session: Session, own: Path, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    stored = draft(session.desk, 5, date(2027, 5, 1))
    issued = issue_quotation(
        session.desk, (other := draft(session.desk, 6, date(2027, 5, 1))).id, other.version
    )
    page = checked(place, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100"), settle)
    wait_for(lambda: page.touched.complete, qtbot, settle)
    assert "誤りはありません" in page.verdict.title.words()
    texts = [sheet.as_text() for sheet in page.findChildren(Sheet)]
    assert any("3,000円\t3,100円" in text for text in texts)
    assert page.touched.state.words() == "下書き1件・発行済み1件、うち合計が変わるもの2件"
    assert "+13,200円" in page.touched.sheet.as_text()
    assert not own.exists()
    page.add.click()
    settle()
    settle()
    assert [path.name for path in own.iterdir()] == ["dokodemo-prime-2027-04-01.toml"]
    assert place.currentWidget() is place.page
    assert place.page.here == "dokodemo-prime"
    shown = place.page.editions.shown
    assert shown is not None
    assert (shown.key, shown.state) == ("2027-04-01", "future")
    assert place.page.editions.remove.isVisible()
    total = price_content(session.desk, stored.content, session.desk.settings()).total_bill.total
    assert total == 5 * 3100 * 24 * 110 // 100
    with session.desk.storage.look() as work:
        assert work.quotations.get(issued.stored.id).totals.total == 6 * 3000 * 24 * 110 // 100


def test_a_touched_quotation_opens_from_the_list(
    place: TariffsPlace, session: Session, tmp_path: Path, settle: Settle, qtbot: QtBot
) -> None:
    stored = draft(session.desk, 5, date(2027, 5, 1))
    page = checked(place, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100"), settle)
    wait_for(lambda: page.touched.complete, qtbot, settle)
    page.touched.sheet.setFocus()
    with qtbot.waitSignal(place.quotation_wanted) as wanted:
        QTest.keyClick(page.touched.sheet, Key.Key_Return)
    assert wanted.args == [stored.id]


def test_a_wrong_file_leaves_everything_as_it_was(
    place: TariffsPlace, session: Session, own: Path, tmp_path: Path, settle: Settle
) -> None:
    before = session.desk.catalogue
    path = written(
        tmp_path, SMALL.replace('rate = "0.145"', 'rate = "high"').replace("months = 12", "months = 0")
    )
    page = checked(place, path, settle)
    assert "誤り2件" in page.verdict.title.words()
    text = page.findChildren(Sheet)[-1].as_text() + page.findChildren(Sheet)[0].as_text()
    assert "editions[2026-07-01].interest.rate" in text
    assert not page.add.isEnabled()
    page.add.click()
    settle()
    assert session.desk.catalogue is before
    assert not own.exists()
    path.write_text(SMALL, encoding="utf-8")
    page.again.click()
    settle()
    assert "新しいサービス「見守り」" in page.verdict.title.words()
    page.add.click()
    settle()
    settle()
    assert "watch" in place.page.services.values()
    assert place.page.here == "watch"


def test_an_unwritable_folder_is_told_and_nothing_changes(
    place: TariffsPlace,
    session: Session,
    tasks: Tasks,
    own: Path,
    tmp_path: Path,
    settle: Settle,
    qtbot: QtBot,
) -> None:
    own.write_text("no folder", encoding="utf-8")
    page = checked(place, prime_from(tmp_path, date(2027, 4, 1)), settle)
    before = session.desk.catalogue
    with qtbot.waitSignal(tasks.environment_problem):
        page.add.click()
    assert session.desk.catalogue is before
    assert place.currentWidget() is page
    settle()
    assert page.add.isEnabled()


def test_escape_leads_back(place: TariffsPlace, tmp_path: Path, settle: Settle) -> None:
    page = checked(place, prime_from(tmp_path, date(2027, 4, 1)), settle)
    QTest.keyClick(page, Key.Key_Escape)
    assert place.currentWidget() is place.page


# --- taking away -------------------------------------------------------------------------------------------


@pytest.fixture
def added(desk: Desk, tmp_path: Path) -> Path:
    """A file added before anything was shown."""
    return add_file(
        desk, check_file(desk, prime_from(tmp_path, date(2027, 4, 1), "price = 3000", "price = 3100"))
    )


def test_an_added_file_is_taken_away_after_a_question_and_put_back(
    added: Path,
    place: TariffsPlace,
    session: Session,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draft(session.desk, 5, date(2027, 5, 1))
    asked: list[str] = []

    def answer(_parent: QWidget, _title: str, text: str, _accept: str, *, danger: bool) -> bool:
        asked.append(text)
        return danger and len(asked) > 1

    monkeypatch.setattr(ConfirmDialog, "ask", answer)
    place.page.show_place("dokodemo-prime", "2027-04-01")
    for times in (1, 2):
        place.page.editions.remove.click()
        wait_for(lambda times=times: len(asked) == times, qtbot, settle)  # type: ignore[misc]
        assert added.exists() is (times == 1)
    assert "下書き1件、うち合計が変わるもの1件" in asked[0]
    settle()
    assert session.desk.catalogue.edition("dokodemo-prime", date(2027, 5, 1)).start == date(2026, 5, 11)
    shown = place.page.editions.shown
    assert shown is not None
    assert shown.key == "2026-05-11"
    assert place._toasts.button is not None
    place._toasts.button.click()
    settle()
    assert added.exists()
    assert session.desk.catalogue.edition("dokodemo-prime", date(2027, 5, 1)).start == date(2027, 4, 1)


def test_a_file_that_went_wrong_by_hand_is_told_and_can_be_taken_away(
    added: Path,
    place: TariffsPlace,
    session: Session,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    added.write_text(added.read_text("utf-8").replace("price = 3100", 'price = "x"'), encoding="utf-8")
    session.desk.take_catalogue(session.desk.catalogue.anew())
    place.page.read()
    settle()
    place.page.show_service("dokodemo-prime")
    assert place.page.wrong.isVisible()
    assert "price" in place.page.wrong.text.words()
    assert "media-light" in place.page.services.values()
    place.page.open_reading("wifi-unit")  # another service has it too
    settle()
    assert place.page.panel is not None
    place.page.close_panel()
    monkeypatch.setattr(ConfirmDialog, "ask", lambda *_arguments, **_named: True)
    place.page.wrong.button.click()
    qtbot.waitUntil(lambda: not added.exists())
    settle()
    assert place.page.editions.isVisible()
