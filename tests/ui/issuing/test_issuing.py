"""Papers made, issued, printed and saved from the screen, and the bills of a month in one go."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.contract.record import StoredContract
from app.days import Month
from app.errors import EnvironmentProblem
from app.papers.issuer import PaperSettings
from app.papers.model import Images, Paper
from app.usecases.close_month import close_month
from app.usecases.keep_settings import save_settings
from app.usecases.run_month import run_month
from tests.billing_desk import three
from tests.ui.handling import Ear
from ui.issuing import steps
from ui.issuing.batch_dialog import BatchDialog, open_batch
from ui.issuing.dialog import IssueDialog
from ui.issuing.opening import open_issuing, open_paper
from ui.issuing.papers_tab import PapersTab
from ui.issuing.printing import print_pages
from ui.months.page import MonthsPage
from ui.qt import Key
from ui.session import Session
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


@pytest.fixture
def contracts(session: Session) -> list[StoredContract]:
    """Three contracts with October closed; the first two customers have addresses."""
    desk = session.desk
    made = three(desk)
    with desk.storage.work() as work:
        for one in made[:2]:
            kept = work.customers.get(one.customer_id)
            fields = replace(kept.fields, prefecture="大阪府", address="大阪市中央区1-1")
            work.customers.save(kept.id, kept.version, fields)
        work.commit()
    run = run_month(desk, Month(2026, 10))
    close_month(desk, run.id, run.version)
    return made


def bill_of(session: Session, contract: StoredContract) -> str:
    with session.desk.storage.look() as work:
        bill = work.bills.bill_of(contract.id, "2026-10")
    assert bill is not None
    return bill.id


@pytest.fixture
def page(stage: Stage) -> QWidget:
    """Some page in a window."""
    return stage(QWidget())


def wait_for(dialog: IssueDialog, settle: Settle) -> None:
    settle()
    if dialog._soon.isActive():
        dialog._soon.stop()
        dialog.look()
    settle()


def test_a_bill_is_looked_at_issued_saved_and_sent(
    session: Session,
    contracts: list[StoredContract],
    page: QWidget,
    settle: Settle,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    dialog = open_issuing(page, session, "B", bill_of(session, contracts[0]))
    wait_for(dialog, settle)
    assert dialog.chip.words() == "下書き"
    assert "下書き" in dialog.pane.file_name
    assert not dialog.mail_button.isVisible()
    heard = Ear()
    dialog.issued.connect(heard.hear)
    qtbot.keyClick(dialog, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    paper = dialog.paper
    assert paper is not None
    assert heard.heard == [paper]
    assert dialog.chip.words() == "発行済み"
    assert paper.number in dialog.told.title.words()

    target = tmp_path / "b.pdf"
    dialog.acts.write_file(target, dialog.file().pdf)  # type: ignore[union-attr]
    dialog.acts.write_mail(paper.id, tmp_path / "b.eml")
    dialog.done_part.how.set_value("post")
    dialog.done_part.to.set_text("経理部")
    dialog.done_part.record_now()
    settle()
    assert target.read_bytes() == paper.pdf
    assert (tmp_path / "b.eml").read_bytes().startswith(b"X-Unsent: 1")
    with session.desk.storage.look() as work:
        assert [(one.how, one.to) for one in work.papers.sends(paper.id)] == [("post", "経理部")]

    told = Ear()
    session.tasks.environment_problem.connect(told.hear)
    dialog.acts.write_file(tmp_path / "gone" / "b.pdf", paper.pdf)
    settle()
    assert dialog.told.title.words(), "a folder that is not there is told in front"
    assert len(told.heard) == 1
    dialog.close()

    again = open_issuing(page, session, "B", bill_of(session, contracts[0]))
    settle()
    assert again.paper == paper, "nothing is issued twice"
    again.close()


def test_what_is_wrong_is_told_at_once_and_what_is_typed_stays(
    session: Session, contracts: list[StoredContract], page: QWidget, settle: Settle
) -> None:
    options = {"subject_kind": "contract"}
    dialog = open_issuing(page, session, "D", contracts[2].id, options)
    wait_for(dialog, settle)
    form = dialog.form
    rows = form.rows  # type: ignore[attr-defined]
    assert not rows.rows[0].fields["name"].error, "nobody made a mistake yet"
    form.purpose.set_text("")  # type: ignore[attr-defined]
    form.edited.emit()
    wait_for(dialog, settle)
    assert "品名" in rows.rows[0].fields["name"].error
    assert form.fields["options.purpose"].error
    assert not dialog.issue_button.isEnabled()
    rows.rows[0].name.set_text("ルーター")
    form.until.edit.setText("あさってぐらい")  # type: ignore[attr-defined]
    form.edited.emit()
    wait_for(dialog, settle)
    assert not rows.rows[0].fields["name"].error
    assert form.fields["options.until"].error
    dialog.close()

    again = open_issuing(page, session, "D", contracts[2].id, options)
    wait_for(again, settle)
    assert again.form.options()["items"][0]["name"] == "ルーター"
    again.form.until.set_day(session.today)  # type: ignore[attr-defined]
    again.form.purpose.set_text("点検")  # type: ignore[attr-defined]
    again.form.edited.emit()
    wait_for(again, settle)
    assert again.issue_button.isEnabled()
    again.close()


def test_a_problem_may_be_accepted_and_approval_is_asked_for(
    session: Session, contracts: list[StoredContract], page: QWidget, settle: Settle
) -> None:
    desk = session.desk
    save_settings(desk, replace(desk.settings(), papers=PaperSettings(approve=("B",))))
    dialog = open_issuing(page, session, "B", bill_of(session, contracts[2]))
    settle()
    assert [strip.title.words() for strip in dialog.problems.told]
    dialog.problems.accepted.emit("no-address")
    settle()
    assert dialog.ask_button.isVisible()
    assert not dialog.issue_button.isVisible()
    dialog.ask_now()
    settle()
    assert dialog.chip.words() == "承認待ち"
    assert not dialog.ask_button.isEnabled()
    dialog.close()


def test_bills_are_issued_together_and_go_on_where_they_stopped(
    session: Session,
    contracts: list[StoredContract],
    stage: Stage,
    settle: Settle,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    months = MonthsPage(session, Toasts(QWidget()))
    stage(months)
    months.open_month("2026-10")
    settle()
    months.table.mark_all()
    assert "3件" in months.head.issue.words()
    months.issue_bills()
    settle()
    dialog = months.window().findChildren(BatchDialog)[-1]
    monkeypatch.setattr(steps, "_AT_ONCE", 1)
    dialog.start()
    dialog.stop_button.click()  # while the first is being issued
    settle()
    assert len(dialog.papers) == 1
    assert "残りは2件" in dialog.strip.detail.words()
    dialog.start()
    settle()
    assert len(dialog.papers) == 2
    assert [error.code for _row, error in dialog.refused] == ["no-address"]
    assert dialog.list.isVisible()
    dialog.without_address.setChecked(True)
    dialog.start()
    settle()
    assert len(dialog.papers) == 3
    assert not dialog.refused
    folder = tmp_path / "請求書"
    folder.mkdir()
    dialog.save_to(folder)
    settle()
    assert len(list(folder.glob("B-HM1-*.pdf"))) == 3
    dialog.save_as_one(tmp_path / "all.pdf")
    settle()
    settle()
    pages = sum(len(PdfReader(one).pages) for one in folder.iterdir())
    assert len(PdfReader(tmp_path / "all.pdf").pages) == pages

    def chosen(asked: QPrintDialog) -> int:  # the system's own window
        asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        asked.printer().setOutputFileName(str(tmp_path / "printed.pdf"))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", chosen)
    dialog.print_button.click()
    settle()
    settle()
    assert len(PdfReader(tmp_path / "printed.pdf").pages) == pages
    assert "3件を印刷に送りました" in dialog.toasts.words()
    dialog.mail_to(folder)
    settle()
    assert len(list(folder.glob("*.eml"))) == 3
    dialog.close()


def test_trouble_in_the_middle_is_told_and_approvals_are_asked_for_together(
    session: Session, contracts: list[StoredContract], page: QWidget, settle: Settle
) -> None:
    desk, drawing = session.desk, session.desk.draw
    with desk.storage.look() as work:
        run = work.bills.run("2026-10")
    assert run is not None

    def full(_paper: Paper, _images: Images) -> bytes:
        raise EnvironmentProblem("disk-full", "ディスクの空きがありません。")

    desk.draw = full
    dialog = open_batch(page, session, run, [one.seq for one in contracts[:2]])
    settle()
    dialog.start()
    settle()
    QTest.qWait(1)
    assert dialog.strip.title.words() == "ディスクの空きがありません。"
    assert "残りは2件" in dialog.strip.detail.words()
    assert dialog.start_button.isEnabled()
    desk.draw = drawing
    save_settings(desk, replace(desk.settings(), papers=PaperSettings(approve=("B",))))
    dialog.start()
    settle()
    assert not dialog.papers
    assert dialog.approve_button.isVisible()
    dialog.approve_button.click()
    settle()
    with desk.storage.look() as work:
        assert len(work.papers.approvals(states=("asked",))) == 2
    dialog.close()


def test_papers_of_a_contract_are_listed_and_opened(
    session: Session, contracts: list[StoredContract], stage: Stage, settle: Settle
) -> None:
    from app.papers.request import PaperRequest
    from app.usecases.make_paper import issue_paper

    paper = issue_paper(session.desk, PaperRequest(kind="C", subject=contracts[0].id))
    tab = PapersTab(session)
    counts = Ear()
    tab.counted.connect(counts.hear)
    stage(tab)
    tab.show_contract(contracts[0].id)
    settle()
    assert counts.heard == [1]
    assert [one.text() for one in tab.menu().actions()][:3] == [
        "重要事項説明書…",
        "契約内容確認書…",
        "料金計算書…",
    ]
    shown = open_paper(tab, session, paper.id)
    settle()
    assert shown.paper == paper
    assert shown.pane.preview.pdf == paper.pdf
    shown.close()


@pytest.mark.qt_log_ignore(r"QPainter::begin\(\): Returned false")
def test_a_printer_that_is_gone_is_told(
    session: Session, page: QWidget, settle: Settle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from ui.issuing.acts import PaperActs, PaperFile

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "x.pdf"))
    with pytest.raises(EnvironmentProblem) as told:
        print_pages(b"", printer)
    assert told.value.code == "printer-gone"

    from pypdf import PdfWriter

    held = tmp_path / "two.pdf"
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_blank_page(200, 200)
    writer.write(held)
    printed = tmp_path / "printed.pdf"

    def chosen(dialog: QPrintDialog) -> int:  # the system's own window
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(printed))
        printer.setCopyCount(2)
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", chosen)
    toasts = Toasts(page)
    PaperActs(page, session, toasts).print_file(PaperFile("two.pdf", held.read_bytes()))
    settle()
    assert "印刷に送りました" in toasts.words()
    assert len(PdfReader(printed).pages) in {2, 4}, "a file may not be repeated by the printer itself"


def test_settings_of_papers_are_stored_and_a_narrow_seal_is_told(
    session: Session, stage: Stage, settle: Settle, tmp_path: Path
) -> None:
    from PIL import Image

    from ui.settings.page import SettingsPage

    page = SettingsPage(session, Toasts(QWidget()))
    stage(page)
    page.show_section("papers")
    settle()
    section = page.sections["papers"]
    section.approve["B"].click()  # type: ignore[attr-defined]
    settle()
    section.years.set_value(10)  # type: ignore[attr-defined]
    section.years.chosen.emit(10)  # type: ignore[attr-defined]
    settle()
    assert session.desk.settings().papers == PaperSettings(approve=("B",), retention_years=10)

    page.show_section("company")
    settle()
    company = page.sections["company"]
    wide = tmp_path / "wide.png"
    Image.new("RGB", (300, 100)).save(wide)
    company.seal.take_file(wide)  # type: ignore[attr-defined]
    settle()
    assert "正方形ではありません" in company.fields["seal"].below.words()
    broken = tmp_path / "broken.png"
    broken.write_bytes(wide.read_bytes()[:-8])
    company.seal.take_file(broken)  # type: ignore[attr-defined]
    assert "壊れているか" in company.fields["seal"].error
    huge = tmp_path / "huge.png"
    with huge.open("wb") as file:
        file.write(wide.read_bytes())
        file.truncate(40_000_000)
    company.seal.take_file(huge)  # type: ignore[attr-defined]
    assert "40MB" in company.fields["seal"].error
    with session.desk.storage.look() as work:
        assert work.settings.image("seal") == wide.read_bytes()
