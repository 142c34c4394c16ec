"""From the first keystroke to an issued paper, by keyboard alone, on a real desk."""

from __future__ import annotations

import io
from datetime import date

from msgspec.structs import replace
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer
from app.usecases.desk import Desk
from app.usecases.keep_quotation import open_quotation
from tests.ui.quotes.conftest import Bench
from ui.qt import Key, Mod
from ui.quotes.saver import Keeping
from ui.widgets.price_group import PriceGroup


def choose_customer(bench: Bench, words: str) -> None:
    bench.type(words)
    bench.settle()
    bench.key(Key.Key_Return)


def choose_service(bench: Bench, place: int) -> None:
    """Open the list with ↓, go down and take one."""
    bench.key(Key.Key_Down)
    for _step in range(place):
        bench.key(Key.Key_Down)
    bench.key(Key.Key_Return)


def place_of(bench: Bench, code: str) -> int:
    codes = [service.code for service in bench.session.catalogue.services()]
    return codes.index(code) + 1  # behind 選んでください


def quote_49_ids(bench: Bench) -> None:
    bench.open_new()
    choose_customer(bench, "たかはしせい")
    choose_service(bench, place_of(bench, "dokodemo-prime"))
    bench.type("49")
    bench.key(Key.Key_Tab)
    bench.type("12/10")
    bench.settle()


def test_customer_service_quantity_and_day_make_a_price(bench: Bench, takahashi: Customer) -> None:
    quote_49_ids(bench)

    content = bench.editor.draft.content
    assert content.customer_id == takahashi.id
    assert content.services[0].items == {"id": 49}
    assert content.services[0].start == date(2026, 12, 10)
    # 76,503 + 23 × 107,800 + 31,296 (nine days), and 10 % on the sum
    assert bench.editor.prices.foot.total == "2,845,918円"


def test_every_change_is_kept_without_being_asked(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Up)
    bench.editor.draft.put(replace(bench.editor.draft.content, title="ご提案"), "title")
    bench.settle(patient=True)

    saver = bench.editor.saver
    assert saver.state is Keeping.KEPT
    stored = open_quotation(desk, saver.slot.quotation_id).stored
    assert stored.content == bench.editor.draft.content
    assert stored.content.title == "ご提案"
    assert stored.content.services[0].start == date(2026, 12, 11), "↑ is a day later"
    assert stored.totals.title == "ご提案"
    assert "14:32" in bench.editor.header.saved.words()


def test_ctrl_enter_issues_and_the_paper_says_so(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Return, Mod.ControlModifier)

    opened = open_quotation(desk, bench.editor.saver.slot.quotation_id)
    assert [revision.revision for revision in opened.revisions] == [1]
    assert opened.stored.number in bench.editor.header.saved.words()
    assert bench.editor.paper.preview.shows_issued
    pdf = bench.editor.paper.preview.pdf
    assert pdf is not None
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "髙橋精工株式会社" in text
    assert opened.stored.number in text
    assert "2,845,918" in text
    assert not bench.editor.header.issue.isEnabled(), "nothing has changed since"


def test_an_issued_quotation_shows_its_issued_bytes_until_something_is_changed(
    bench: Bench, takahashi: Customer
) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Return, Mod.ControlModifier)
    issued = bench.editor.paper.preview.pdf
    bench.open(bench.editor.saver.slot.quotation_id)
    assert bench.editor.paper.preview.pdf == issued
    assert "番号は発行時" not in bench.editor.header.saved.words()
    draft = bench.editor.draft
    draft.put(replace(draft.content, title="別の件名"), "title")
    bench.settle()
    assert bench.editor.paper.preview.pdf != issued
    bench.editor.undo()
    bench.settle()
    assert bench.editor.paper.preview.pdf == issued, "undone: nothing differs from what was issued"


def test_a_change_afterwards_becomes_revision_2(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Return, Mod.ControlModifier)
    bench.editor.content.start()
    bench.key(Key.Key_Tab)
    bench.type("50")
    bench.settle()

    assert not bench.editor.paper.preview.shows_issued, "the page follows the draft again"
    assert bench.editor.header.issue.words() == "第2版を発行"
    bench.key(Key.Key_Return, Mod.ControlModifier)
    revisions = open_quotation(desk, bench.editor.saver.slot.quotation_id).revisions
    assert [revision.revision for revision in revisions] == [1, 2]
    assert [revision.content.services[0].items["id"] for revision in revisions] == [49, 50]


def test_issuing_too_early_tells_every_field_and_goes_to_the_first(bench: Bench) -> None:
    editor = bench.open_new()
    bench.key(Key.Key_Return, Mod.ControlModifier)

    assert bench.focused().accessibleName() == "顧客"
    assert not editor.saver.slot.quotation_id, "an empty page is not worth keeping"
    choose_customer_field = bench.focused()
    assert isinstance(choose_customer_field, QLineEdit)
    assert "お名前がありません" in choose_customer_field.accessibleDescription()


def test_a_field_nobody_left_yet_is_not_told_off(bench: Bench, takahashi: Customer) -> None:
    bench.open_new()
    choose_customer(bench, "たかはしせい")
    choose_service(bench, place_of(bench, "dokodemo-prime"))
    bench.type("4")
    quantity = bench.focused()
    assert quantity.accessibleDescription() == "5〜9,999 ID", "only what helps"

    bench.key(Key.Key_Tab)
    bench.type("12/10")
    bench.settle()
    told = quantity.accessibleDescription()
    assert told != "5〜9,999 ID"
    assert "5" in told
    assert isinstance(quantity, QLineEdit)
    assert quantity.text() == "4", "what was typed stays"


def test_text_for_a_number_stays_and_is_told(bench: Bench, takahashi: Customer) -> None:
    bench.open_new()
    choose_customer(bench, "たかはしせい")
    choose_service(bench, place_of(bench, "dokodemo-prime"))
    bench.type("abc")
    quantity = bench.focused()
    bench.key(Key.Key_Tab)

    assert isinstance(quantity, QLineEdit)
    assert quantity.text() == "abc"
    assert "数として読めません" in quantity.accessibleDescription()
    bench.key(Key.Key_Return, Mod.ControlModifier)
    assert not bench.editor.header.saved.words().startswith("Q-")


def test_a_huge_number_harms_nothing(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    bench.open_new()
    choose_customer(bench, "たかはしせい")
    choose_service(bench, place_of(bench, "dokodemo-prime"))
    bench.type("100000000000000000000")
    quantity = bench.focused()
    bench.key(Key.Key_Tab)
    bench.settle()

    assert "大きすぎます" in quantity.accessibleDescription()
    assert bench.editor.saver.state is Keeping.KEPT


def test_a_day_that_is_none_stays_and_is_told(bench: Bench, takahashi: Customer) -> None:
    bench.open_new()
    choose_customer(bench, "たかはしせい")
    choose_service(bench, place_of(bench, "dokodemo-prime"))
    bench.type("49")
    bench.key(Key.Key_Tab)
    bench.type("2/31")
    start = bench.focused()
    bench.key(Key.Key_Tab)

    assert isinstance(start, QLineEdit)
    assert start.text() == "2/31"
    assert "日付として読めません" in start.accessibleDescription()


def test_ctrl_z_takes_back_the_quotation_not_the_field(bench: Bench, takahashi: Customer) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Z, Mod.ControlModifier)
    assert bench.editor.draft.content.services[0].start is None
    assert bench.editor.draft.content.services[0].items == {"id": 49}

    bench.key(Key.Key_Z, Mod.ControlModifier)
    assert bench.editor.draft.content.services[0].items == {}
    bench.key(Key.Key_Y, Mod.ControlModifier)
    bench.key(Key.Key_Y, Mod.ControlModifier)
    assert bench.editor.prices.foot.total == "2,845,918円"


def test_advice_is_taken_with_a_key(bench: Bench, takahashi: Customer) -> None:
    quote_49_ids(bench)
    button = next(
        one
        for one in bench.editor.prices.findChildren(QWidget)
        if one.accessibleName() == "50 IDにする" and one.isVisible()
    )
    button.setFocus()
    bench.key(Key.Key_Return)

    assert bench.editor.draft.content.services[0].items == {"id": 50}
    assert "元に戻す" in (bench.toasts.button.words() if bench.toasts.button else "")


def test_each_amount_opens_to_its_reason_and_stays_open_while_typing(
    bench: Bench, takahashi: Customer
) -> None:
    quote_49_ids(bench)
    monthly = bench.editor.prices.findChildren(PriceGroup)[1]
    monthly.rows()[0].setFocus()
    bench.key(Key.Key_Right)
    tree = monthly.reason_of(0)
    assert tree is not None
    assert "49 ID × 2,200円" in tree.as_text()

    bench.editor.content.start()
    bench.key(Key.Key_Tab)
    bench.type("31")
    bench.settle()
    assert monthly.reason_of(0) is tree
    assert "31 ID × 2,400円" in tree.as_text()
    monthly.rows()[0].setFocus()
    bench.key(Key.Key_Left)
    assert monthly.reason_of(0) is None


def test_alt_a_adds_a_visit_and_its_work(bench: Bench, takahashi: Customer, qtbot: QtBot) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_A, Mod.AltModifier)
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    wanted = next(place for place, action in enumerate(menu.actions()) if action.text() == "プリンター設定")
    menu.setActiveAction(menu.actions()[wanted])
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    bench.settle()

    visit = bench.editor.draft.content.visits[0]
    assert (visit.service, visit.for_service) == ("dokodemo-prime", 0)
    assert visit.work[0].menu == ("printer-setup",)
    assert bench.focused().accessibleName() == "台数"


def test_a_copy_opens_as_a_draft_of_its_own(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Return, Mod.ControlModifier)
    first = bench.editor.saver.slot.quotation_id
    bench.editor.header.copy_wanted.emit()
    bench.settle()
    bench.settle()

    copied = open_quotation(desk, bench.editor.saver.slot.quotation_id).stored
    assert copied.id != first
    assert copied.copied_from == first
    assert copied.number == ""
    assert copied.content.services == open_quotation(desk, first).stored.content.services


def test_the_history_opens_the_exact_paper_of_each_revision(
    bench: Bench, takahashi: Customer, qtbot: QtBot
) -> None:
    quote_49_ids(bench)
    bench.key(Key.Key_Return, Mod.ControlModifier)
    issued = bench.editor.paper.preview.pdf
    bench.editor.content.start()
    bench.key(Key.Key_Tab)
    bench.type("50")
    bench.settle()
    bench.editor.toggle_history()
    bench.settle()
    panel = bench.editor.columns.side
    assert panel is not None
    button = next(one for one in panel.findChildren(QWidget) if "書類を見る" in one.accessibleName())
    button.setFocus()
    bench.key(Key.Key_Return)

    assert bench.editor.paper.preview.pdf == issued
    bench.key(Key.Key_Escape)
    assert bench.editor.columns.side is None
    assert not bench.editor.paper.preview.shows_issued


def test_actions_of_menus_are_named(bench: Bench, takahashi: Customer) -> None:
    quote_49_ids(bench)
    names = [action.text() for action in bench.editor.findChildren(QAction)]
    assert all(names)
