"""The page around the editor: settings that change, states from elsewhere, facts about the customer to begin
with.
"""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from app.contract.customer import Customer
from app.quote.stored import QuotationState
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_quotation import open_quotation, start_quotation
from tests.ui.quotes.conftest import Bench
from tests.ui.quotes.contents import prime
from ui.operations.quotations import mark_quotation
from ui.operations.settings import save_settings
from ui.qt import Key, Mod


@pytest.fixture
def issued(bench: Bench, desk: Desk, takahashi: Customer) -> Bench:
    """An issued quotation on the screen."""
    stored = start_quotation(desk, prime(takahashi))
    issue_quotation(desk, stored.id, stored.version)
    bench.open(stored.id)
    return bench


def test_a_new_quotation_for_a_customer_begins_at_the_service(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new(takahashi.id)

    assert editor.draft.content.customer_id == takahashi.id
    assert bench.focused().accessibleName() == "サービス"
    assert editor.header.name.words() == "髙橋精工株式会社"


def test_the_owners_choice_of_reading_reprices_what_stands_open(bench: Bench, takahashi: Customer) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.settle()
    fee = editor.priced.services[0].exit_fee
    assert fee is not None
    settings = bench.session.desk.settings()
    chosen = replace(settings, readings={"prime-months-left": "calendar-months"})
    bench.session.hub.run(save_settings, chosen)
    bench.settle_workers()
    bench.settle()

    assert bench.editor is not editor, "made anew"
    assert bench.editor.draft.content == prime(takahashi), "nothing typed is lost"
    other = bench.editor.priced.services[0].exit_fee
    assert other is not None
    assert other.amount == fee.other_amount


def test_a_state_set_in_the_list_is_known_here(issued: Bench, desk: Desk) -> None:
    quotation_id = issued.editor.saver.slot.quotation_id
    issued.session.hub.run(mark_quotation, quotation_id, QuotationState.WON)
    issued.settle_workers()
    issued.settle()
    assert issued.editor.header.chip.words() == "受注"

    draft = issued.editor.draft
    draft.put(replace(draft.content, title="その後"), "title")
    issued.settle()
    assert open_quotation(desk, quotation_id).stored.content.title == "その後", "no conflict with oneself"


def test_won_and_lost_are_set_from_the_header(issued: Bench, desk: Desk) -> None:
    issued.editor.header.state_wanted.emit(QuotationState.LOST)
    issued.settle()

    assert issued.editor.header.chip.words() == "失注"
    stored = open_quotation(desk, issued.editor.saver.slot.quotation_id).stored
    assert stored.state is QuotationState.LOST


def test_a_change_after_issue_is_said(issued: Bench) -> None:
    draft = issued.editor.draft
    assert not issued.editor.header.issue.isEnabled()
    draft.put(replace(draft.content, title="その後"), "title")
    issued.settle()

    assert "発行後に変更あり" in issued.editor.header.saved.words()
    assert issued.editor.header.issue.isEnabled()
    assert issued.editor.header.issue.words() == "第2版を発行"


def test_what_keeps_the_desk_from_issuing_is_said(bench: Bench, desk: Desk, takahashi: Customer) -> None:
    settings = replace(desk.settings(), company=replace(desk.settings().company, name=""))
    bench.session.hub.run(save_settings, settings)
    bench.settle_workers()
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.settle()
    bench.key(Key.Key_Return, Mod.ControlModifier)

    strip = editor.content.strip
    assert strip.isVisible()
    assert "会社名" in strip.accessibleName()
    assert open_quotation(desk, editor.saver.slot.quotation_id).revisions == ()


def test_back_keeps_and_asks_for_the_list(bench: Bench, takahashi: Customer) -> None:
    asked: list[bool] = []
    bench.page.back_wanted.connect(lambda: asked.append(True))
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.use("見積の一覧に戻る")

    assert asked == [True]
    assert editor.saver.slot.quotation_id


def test_a_quotation_that_is_gone_goes_back_to_the_list(bench: Bench) -> None:
    asked: list[bool] = []
    told: list[object] = []
    bench.page.back_wanted.connect(lambda: asked.append(True))
    bench.session.tasks.user_error.connect(told.append)
    bench.page.open_quotation("01a00000-0000-7000-8000-000000000000")
    bench.settle_workers()

    assert asked == [True]
    assert len(told) == 1


def test_what_is_to_be_typed_next_is_in_sight_after_a_service_was_added(
    bench: Bench, takahashi: Customer
) -> None:
    editor = bench.open_new()
    editor.draft.put(prime(takahashi))
    bench.settle()
    for code in ("media-light", "osect"):
        editor.content.add_service(code)
        bench.settle()

    seen = bench.focused().visibleRegion().boundingRect()
    assert editor.content.isAncestorOf(bench.focused())
    assert seen == bench.focused().rect(), "nothing of it is cut off"
