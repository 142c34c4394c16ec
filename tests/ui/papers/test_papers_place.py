"""The place of the papers at the window's real parts: found, opened, voided, proved, approved, exported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.modeltest import ModelTester

from app.papers.archived import PaperAbout
from app.papers.issuer import PaperSettings, Staff
from app.quote.content import ServiceEntry
from app.usecases.approve_paper import ask_quotation_approval
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import start_quotation
from app.usecases.keep_settings import save_settings
from tests.db.conftest import content_for
from tests.ui.handling import Ear, pause
from ui.frame.search_hits import find_hits
from ui.papers import paper_page
from ui.papers.export_dialog import ExportDialog
from ui.papers.list_page import period_days
from ui.papers.place import PapersPlace
from ui.papers.reason_dialog import ReasonDialog
from ui.session import Session
from ui.widgets import rows_model
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
CONTENT = content_for(
    services=(ServiceEntry(service="dokodemo-prime", items={"id": 49}, start=date(2026, 12, 10)),)
)


@pytest.fixture
def place(session: Session, stage: Stage, settle: Settle) -> PapersPlace:
    """Twelve papers of two customers, one a day, and an issued quotation."""
    with session.desk.storage.work() as work:
        for n in range(12):
            name = ("髙橋精工株式会社", "青葉歯科医院")[n % 2]
            number = f"{'BT'[n % 2]}-HM1-2611-{n + 1:04d}"
            about = PaperAbout(customer_id=str(n % 2), staff="田村 美咲")
            day = date(2026, 11, 1 + n)
            work.papers.add(number[0], number, 1, name, day, 1_100 * n, b"%PDF-1.7 damaged", about)
        work.commit()
    stored = start_quotation(session.desk, CONTENT)
    issue_quotation(session.desk, stored.id, stored.version)
    made = PapersPlace(session, Toasts(QWidget()))
    stage(made)
    settle()
    return made


def shown(place: PapersPlace, settle: Settle) -> list[str]:
    settle()
    model = place.list.model
    rows = [model.record(row) for row in range(model.rowCount())]
    settle()
    return [(model.record(row) or rows[row]).number for row in range(model.rowCount())]


def test_papers_are_found_by_days_amounts_and_words_together(
    place: PapersPlace, settle: Settle, qtmodeltester: ModelTester
) -> None:
    page = place.list
    assert len(shown(place, settle)) == 13
    qtmodeltester.check(page.model)
    assert page.frame.foot_words.words().startswith("13件　合計 ")
    page.frame.search.edit.setText("青葉")
    page.range.set_days(date(2026, 11, 9), date(2026, 11, 3))  # typed the other way round
    page.range.most.set_value(7_700)
    page.search()
    assert shown(place, settle) == ["T-HM1-2611-0008", "T-HM1-2611-0006", "T-HM1-2611-0004"]
    assert page.frame.foot_words.words() == "3件　合計 16,500円"
    page.frame.clear()
    page.search()
    page.kinds.set_values(["T"])
    page.period.set_values(["month"])
    page.period.chosen.emit(("month",))
    pause(settle)
    assert page.range.days() == (date(2026, 11, 1), date(2026, 11, 30))
    assert len(shown(place, settle)) == 6
    page.range.set_days(date(2026, 11, 12), None)
    pause(settle)
    assert shown(place, settle) == ["T-HM1-2611-0012"]
    assert page.period.values() == ()
    page.frame.clear()
    page.show_customer("0", "髙橋精工株式会社")
    page._on_order("total")
    assert shown(place, settle)[0] == "B-HM1-2611-0011"
    today = date(2026, 2, 10)
    assert period_days("last-month", today, 3) == (date(2026, 1, 1), date(2026, 1, 31))
    assert period_days("year", today, 3) == (date(2025, 4, 1), date(2026, 3, 31))
    assert period_days("last-year", date(2026, 4, 1), 3) == (date(2025, 4, 1), date(2026, 3, 31))
    assert period_days("year", date(2026, 12, 31), 12) == (date(2026, 1, 1), date(2026, 12, 31))


def test_the_first_of_many_stand_there_while_the_others_are_looked_for(
    place: PapersPlace, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected, counts = shown(place, settle), Ear()
    monkeypatch.setattr(rows_model, "BLOCK", 5)
    model = place.list.model
    model.modelReset.connect(lambda: counts.hear(model.rowCount()))
    model.found.connect(counts.hear)
    place.list.search()
    assert shown(place, settle) == expected
    assert counts.heard == [5, 13]
    assert place.list.frame.count.words() == "13件"


def test_a_paper_is_shown_voided_and_told_of(
    place: PapersPlace, session: Session, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotation = shown(place, settle)[0]
    place.list.table.opened.emit(place.list.model.record(0))
    settle()
    page = place.paper
    assert page is not None
    assert page.facts is not None
    assert page.facts.row.number == quotation
    assert page.pane.preview.pdf == page.facts.pdf
    assert page.facts.faults == ()
    assert not page.known.strip.isVisible()
    heard = Ear()
    place.quotation_chosen.connect(heard.hear)
    menu = page.menu()
    assert menu is not None
    next(act for act in menu.actions() if act.text() == "見積を開く").trigger()
    assert heard.heard == [page.facts.row.subject_id]
    monkeypatch.setattr(paper_page.ReasonDialog, "ask", lambda *_words: "宛名の誤り")
    page.ask_void()
    settle()
    assert "理由：宛名の誤り" in page.known.strip.detail.words()
    assert page.chip.words() == "取消"
    assert [page.print_button.isVisible(), page.mail_button.isVisible()] == [False, False]
    assert "この書類を取り消す" not in [act.text() for act in (page.menu() or menu).actions()]
    page.back.click()
    settle()
    assert place.list.model.record(0).voided == "宛名の誤り"
    found = find_hits(session.desk, "HM1-2611-0012")
    assert [(hit.kind, hit.detail) for hit in found.papers] == [("paper", "適格請求書  T-HM1-2611-0012")]
    assert find_hits(session.desk, "青葉").papers == ()


def test_a_reason_has_to_be_given(stage: Stage) -> None:
    dialog = ReasonDialog(stage(QWidget()), "取り消しますか", "説明", "取り消す", "例")
    dialog.accept_button.click()
    assert dialog.result() == 0
    dialog.why.set_text("誤り")
    dialog.accept_button.click()
    assert dialog.result() == 1


def test_what_was_changed_is_named_and_leads_to_its_paper(
    place: PapersPlace, session: Session, settle: Settle
) -> None:
    place.list.verify_button.click()
    page = place.verify
    assert page is not None
    page.start()
    settle()
    assert page.strip.title.words() == "13件すべて、発行したときのままです"
    with session.desk.storage.work() as work:
        connection = work.session.connection  # type: ignore[attr-defined]
        connection.exec_driver_sql("DROP TRIGGER paper_bytes_no_update")
        connection.exec_driver_sql(
            "UPDATE paper_bytes SET pdf = x'25' WHERE paper_id = (SELECT id FROM papers WHERE seq = 3)"
        )
        work.commit()
    page.start()
    settle()
    assert page.strip.title.words() == "1か所が一致しません"
    (row,) = page.sheet.rows()
    assert "B-HM1-2611-0003/1（髙橋精工株式会社）" in row.as_text()
    page.sheet.opened.emit(row.link)
    settle()
    assert place.paper is not None
    assert place.paper.gone.isVisible()
    assert not place.paper.save_button.isEnabled()
    assert "一致しません" in place.paper.known.strip.title.words()
    place.paper.back.click()
    assert place.currentWidget() is page


def test_somebody_else_approves(place: PapersPlace, session: Session, settle: Settle) -> None:
    desk = session.desk
    settings = desk.settings()
    staff = (*settings.staff, Staff(id="bessho", name="別所 太郎"))
    papers = PaperSettings(approve=("Q",))
    save_settings(desk, msgspec.structs.replace(settings, staff=staff, papers=papers))
    asked = ask_quotation_approval(desk, start_quotation(desk, CONTENT).id)
    session.read()
    settle()
    place.list._count_waiting()
    settle()
    assert place.list.approvals_button.text() == "承認待ち 1件"
    place.list.approvals_button.click()
    settle()
    page = place.approvals
    assert page is not None
    assert page.view.pdf is not None
    assert not page.approve_button.isEnabled()  # one's own
    save_settings(desk, msgspec.structs.replace(desk.settings(), current_staff="bessho"))
    session.read()
    settle()
    page.choose(asked.id)
    settle()
    page.approve_button.click()
    settle()
    with desk.storage.look() as work:
        (answered,) = work.papers.approvals()
    assert (answered.state, answered.answered_by) == ("approved", "別所 太郎")
    assert page.nothing.isVisible()


def test_a_period_is_written_from_the_screen(
    place: PapersPlace, session: Session, settle: Settle, tmp_path: Path
) -> None:
    place.list.range.set_days(date(2026, 11, 1), date(2026, 11, 4))
    dialog = ExportDialog(place, session, place.list.query())
    dialog.folder.set_text(str(tmp_path))
    dialog.start()
    settle()
    assert dialog.exported is None
    target = tmp_path / "書類"
    dialog.folder.set_text(str(target))
    dialog.sealing.seal.setChecked(True)
    dialog.sealing.first.set_text("正しい馬の電池ホチキス四つ")
    dialog.start()
    settle()
    assert dialog.sealing.fields["again"].error
    assert dialog.exported is None
    dialog.sealing.seal.setChecked(False)
    dialog.start()
    settle()
    assert dialog.exported is not None
    assert len(list(target.glob("*.pdf"))) == dialog.exported.papers == 4
    assert dialog.strip.title.words() == "4件を「書類」に書き出しました"
