"""The screen on site, step by step, on a real desk."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from app.usecases import keep_visit
from app.usecases.desk import Desk
from app.usecases.keep_visit import open_visit
from app.visit.order import Finished, StoredVisit, VisitState
from app.visit.visit_life import Action, last_report, report_signature, signed_before
from tests.ui.visits.onsite.visits_made import agreed, begun, confirmed, type_into
from ui.session import Session
from ui.visits.onsite.draft import Step
from ui.visits.onsite.page import OnSitePage
from ui.visits.onsite.sign_pad import SignPad
from ui.visits.place import VisitsPlace
from ui.widgets.strips import Toasts

Stage = Callable[[QWidget], QWidget]
Settle = Callable[[], None]


Open = Callable[[StoredVisit], OnSitePage]


def sign(pad: SignPad) -> None:
    """Sign with the mouse."""
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(40, 60))
    for x, y in ((90, 30), (160, 100), (240, 60)):
        QTest.mouseMove(pad, QPoint(x, y))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(240, 60))


def step_of(page: OnSitePage) -> Step:
    """Where the page stands."""
    return page.draft.step


def choose(page: OnSitePage, device: str, menu: str, words: str) -> None:
    """Tap a result."""
    row = page.work.rows[device, menu]
    button = next(one for one in row.result.findChildren(QAbstractButton) if one.text() == words)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_whole_way_from_the_door_to_the_signed_report(
    open_page: Open, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    visit = confirmed(desk)
    page = open_page(visit)
    assert "到着" in page.next.words()
    page.next.click()
    settle()
    assert open_visit(desk, visit.id).state is VisitState.WORKING
    assert step_of(page) is Step.BEFORE
    assert set(page.before.rows) == {"backup", "deletion", "confidential", "price"}
    assert "円（税込）は、作業の結果にかかわらず" in page.before.rows["price"].words.words()
    page.next.click()  # nothing confirmed yet
    settle()
    assert "4件" in page.before.wrong.words()
    assert step_of(page) is Step.BEFORE
    for row in page.before.rows.values():
        QTest.mouseClick(row.words, Qt.MouseButton.LeftButton)
    sign(page.before.signature.pad)
    page.next.click()
    settle()
    stored = open_visit(desk, visit.id)
    before = signed_before(stored.events)
    assert before is not None
    assert before.name == "実 太郎"
    assert before.strokes == page.draft.before.strokes
    assert step_of(page) is Step.WORK
    page.work.all_done.click()
    page.next.click()
    settle()
    frozen = last_report(open_visit(desk, visit.id).events)
    assert frozen is not None
    assert frozen.sha256[:16] in page.report.frozen.words()
    assert page.report.sums.words() == "完了 3件"
    page.next.click()  # not signed yet
    settle()
    assert "署名がありません" in page.report.signature.wrong.words()
    sign(page.report.signature.pad)
    page.next.click()
    settle()
    stored = open_visit(desk, visit.id)
    assert stored.state is VisitState.DONE
    signature = report_signature(stored.events)
    assert signature is not None
    assert signature.sha256 == frozen.sha256
    assert any(isinstance(one, Finished) for one in stored.events)
    assert step_of(page) is Step.DONE
    assert page.done.paper.preview.pdf is not None
    assert page.done.paper.preview.pdf.startswith(b"%PDF")


def test_results_need_reasons_and_all_of_them_are_asked_for(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(agreed(desk))
    choose(page, "d1", "os-recovery", "一部")
    page.next.click()
    settle()
    assert "理由" in page.work.rows["d1", "os-recovery"].wrong.words()
    assert "完了・一部・未実施" in page.work.rows["d2", "printer-setup"].wrong.words()
    assert page.work.rows["d1", "os-recovery"].why.edit.hasFocus()
    assert last_report(open_visit(desk, page.view.stored.id).events) is None  # type: ignore[union-attr]


def test_a_volume_found_changes_the_price_and_asks_for_consent(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(agreed(desk))
    before = page.price.priced.net  # type: ignore[union-attr]
    row = page.work.rows["d1", "data-migration"]
    row.volume.setFocus()
    type_into(row.volume.edit, "80GB")
    page.work.all_done.click()
    assert page.price.priced.net != before  # type: ignore[union-attr]
    (change,) = page.price.changes
    assert change.before != change.after
    page.next.click()
    settle()
    assert step_of(page) is Step.WORK
    assert "了承" in page.problem.title.words()
    page.price.consent.click()
    page.next.click()
    settle()
    frozen = last_report(open_visit(desk, page.view.stored.id).events)  # type: ignore[union-attr]
    assert frozen is not None
    assert frozen.net == page.price.priced.net  # type: ignore[union-attr]
    assert next(tick for tick in frozen.ticks if tick.menu == "data-migration").data_gb == "80"


def test_a_volume_without_a_unit_is_told_where_it_stands(open_page: Open, desk: Desk, settle: Settle) -> None:
    page = open_page(agreed(desk))
    row = page.work.rows["d1", "data-migration"]
    row.volume.setFocus()
    type_into(row.volume.edit, "500")
    page.work.all_done.click()
    page.next.click()
    settle()
    assert "単位がありません" in row.volume_field.below.words()
    assert row.volume.text() == "500"
    assert step_of(page) is Step.WORK


def test_work_that_was_not_done_costs_nothing_and_work_added_does(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(agreed(desk))
    choose(page, "d2", "printer-setup", "未実施")
    row = page.work.rows["d2", "printer-setup"]
    type_into(row.why.edit, "機器が届いていない")
    page.work.add.open_button.click()
    page.work.add.device.setCurrentIndex(0)
    page.work.add.device.activated.emit(0)
    index = next(
        place
        for place in range(page.work.add.work.count())
        if page.work.add.work.itemData(place) == "wifi-setup"
    )
    page.work.add.work.setCurrentIndex(index)
    page.work.add.take.click()
    assert ("d1", "wifi-setup") in page.work.rows
    assert {change.item for change in page.price.changes} == {"printer-setup", "wifi-setup"}
    page.work.all_done.click()
    page.price.consent.click()
    page.next.click()
    settle()
    stored = open_visit(desk, page.view.stored.id)  # type: ignore[union-attr]
    frozen = last_report(stored.events)
    assert frozen is not None
    assert "wifi-setup" in stored.content.devices[0].menu
    refused = next(one for one in frozen.ticks if one.menu == "printer-setup")
    assert (refused.result, refused.why) == ("not-done", "機器が届いていない")
    assert frozen.net == page.price.priced.net  # type: ignore[union-attr]


def test_what_was_typed_is_there_when_one_comes_back(
    open_page: Open, desk: Desk, settle: Settle, session: Session
) -> None:
    visit = agreed(desk)
    page = open_page(visit)
    choose(page, "d1", "os-recovery", "完了")
    page.work.rows["d1", "os-recovery"].first.tap.click()
    page.work.notes.setPlainText("元のディスクは保管")
    page.hide()
    again = open_page(visit)
    row = again.work.rows["d1", "os-recovery"]
    assert row.result.value() == "done"
    assert row.first.field.text() == "14:32"
    assert again.work.notes.text() == "元のディスクは保管"


def test_one_goes_back_until_it_is_signed(open_page: Open, desk: Desk, settle: Settle) -> None:
    page = open_page(agreed(desk))
    page.work.all_done.click()
    page.next.click()
    settle()
    first = last_report(open_visit(desk, page.view.stored.id).events)  # type: ignore[union-attr]
    page.back.click()
    assert step_of(page) is Step.WORK
    choose(page, "d2", "printer-setup", "一部")
    type_into(page.work.rows["d2", "printer-setup"].why.edit, "用紙切れ")
    page.next.click()
    settle()
    second = last_report(open_visit(desk, page.view.stored.id).events)  # type: ignore[union-attr]
    assert first is not None
    assert second is not None
    assert first.sha256 != second.sha256
    assert page.report.sums.words() == "完了 2件・一部 1件"


def test_a_backup_is_asked_for_each_device_before_the_work(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(begun(desk))
    assert set(page.before.backups) == {"d1"}
    yes = page.before.backups["d1"].findChildren(QAbstractButton)[0]
    QTest.mouseClick(yes, Qt.MouseButton.LeftButton)
    for row in page.before.rows.values():
        row.check.click()
    sign(page.before.signature.pad)
    page.next.click()
    settle()
    assert open_visit(desk, page.view.stored.id).content.devices[0].backup  # type: ignore[union-attr]


def test_a_signature_on_paper_is_kept_with_its_reason(open_page: Open, desk: Desk, settle: Settle) -> None:
    page = open_page(begun(desk))
    for row in page.before.rows.values():
        row.check.click()
    page.before.signature.paper.click()
    type_into(page.before.signature.why.edit, "手をけがしているため")
    page.next.click()
    settle()
    signature = signed_before(open_visit(desk, page.view.stored.id).events)  # type: ignore[union-attr]
    assert signature is not None
    assert (signature.strokes, signature.on_paper) == ((), "手をけがしているため")


def test_controls_are_high_enough_for_fingers(open_page: Open, desk: Desk) -> None:
    page = open_page(agreed(desk))
    row = page.work.rows["d1", "os-recovery"]
    fingers: list[QWidget] = [
        page.next,
        page.back,
        row.first.tap,
        row.first.field,
        row.why,
        page.work.all_done,
    ]
    fingers += row.result.findChildren(QAbstractButton)
    assert [(one.accessibleName(), one.height()) for one in fingers if one.height() < 40] == []


def test_the_keys_stay_on_the_page_from_step_to_step(open_page: Open, desk: Desk, settle: Settle) -> None:
    page = open_page(confirmed(desk))
    assert page.next.hasFocus()
    QTest.keyClick(page.next, Qt.Key.Key_Return)
    settle()
    first = next(iter(page.before.rows.values()))
    assert first.check.hasFocus()
    QTest.keyClick(first.check, Qt.Key.Key_Space)
    assert first.code in page.draft.points


def test_another_window_that_was_first_is_told_and_nothing_typed_is_lost(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    visit = agreed(desk)
    page = open_page(visit)
    page.work.all_done.click()
    keep_visit.edit(desk, visit.id, visit.version, replace(visit.content, remarks="裏口から"))
    page.next.click()
    settle()
    assert "先にこの訪問が変更されています" in page.problem.title.words()
    assert len(page.draft.ticks) == 3
    page.next.click()
    settle()
    assert step_of(page) is Step.REPORT


def test_the_place_leads_to_the_site_and_back(
    session: Session, stage: Stage, settle: Settle, desk: Desk
) -> None:
    visit = confirmed(desk)
    host = QWidget()
    place = VisitsPlace(session, Toasts(host))
    stage(place)
    place.open_visit(visit.id)
    settle()
    assert place.visit is not None
    place.visit.header.buttons[Action.BEGIN].click()
    settle()
    assert place.on_site is not None
    assert place.currentWidget() is place.on_site
    place.on_site.leave.click()
    settle()
    assert place.currentWidget() is place.visit


def test_in_a_narrow_window_the_changed_price_comes_to_sight(
    open_page: Open, desk: Desk, settle: Settle
) -> None:
    page = open_page(agreed(desk))
    page.resize(1024, 640)
    settle()
    assert not page.price.isVisible()
    type_into(page.work.rows["d1", "data-migration"].volume.edit, "80GB")
    page.work.all_done.click()
    page.next.click()
    settle()
    assert page.price.consent.isVisible()
    assert page.price.consent.hasFocus()
    page.price.consent.click()
    page.next.click()
    settle()
    assert step_of(page) is Step.REPORT
    assert page.report.isVisible()
