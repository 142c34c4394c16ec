"""Applications: the tab with its check list and its way, and the panels of its steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from app.contract.actions import Action
from app.contract.facts import Promoted, Started
from app.contract.record import Application, ContractContent, ContractState, Entry, StoredContract
from app.contract.steps import Accepted, Explained, Refused, Revoked, Submitted, Withdrawn
from app.usecases.desk import Desk
from app.usecases.keep_application import save_application
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import record
from tests.ui.contracts.actions.conftest import applied
from tests.ui.contracts.actions.typing_into import last, put
from ui.contracts.actions.refused_panel import RefusedPanel
from ui.contracts.application.tab import ApplicationTab
from ui.contracts.context import PageContext

Panel = Callable[..., Any]
Settle = Callable[[], None]
Context = Callable[[StoredContract], PageContext]

WATCH = ContractContent(
    service="mihariban",
    line_number="CAF0123456789",
    application=Application(items={"license": 15}, applied_on=date(2026, 11, 18)),
)


def stored_now(desk: Desk, stored: StoredContract) -> StoredContract:
    """The contract as it is stored now."""
    with desk.storage.look() as work:
        return work.contracts.get(stored.id)


@pytest.fixture
def tab_of(
    context_of: Context, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> Callable[[StoredContract], ApplicationTab]:
    """The tab of a contract in a window."""

    def show(stored: StoredContract) -> ApplicationTab:
        tab = ApplicationTab(context_of(stored))
        stage(tab)
        settle()
        return tab

    return show


def answer_all(tab: ApplicationTab) -> None:
    """See to everything somebody has to answer."""
    for code, row in tab.checks.rows.items():
        if row.choice is not None:
            tab._on_answered(row._item.answer, not code.startswith("ground-"))


# --- the tab -----------------------------------------------------------------------------------------


def test_the_check_list_is_kept_as_it_is_answered(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle
) -> None:
    stored = applied(desk, WATCH)
    tab = tab_of(stored)
    assert tab.checks.rows["anti-social"].choice is not None
    tab.checks.rows["anti-social"].answered.emit("anti-social", True)
    tab.checks.clear_button.click()
    tab.save()
    settle()
    answers = stored_now(desk, stored).content.application.answers
    assert answers["anti-social"] is True
    assert answers["arrears"] is False
    assert not tab.dirty


def test_a_ground_of_refusal_stands_above_with_its_clause(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk
) -> None:
    content = replace(WATCH, application=replace(WATCH.application, items={"license": 51}))
    tab = tab_of(applied(desk, content))
    assert tab.refusals.isVisible()
    assert "25条" in tab.refusals.detail.words()
    tab._on_answered("arrears", True)
    assert "7条2項3号" in tab.refusals.detail.words()
    assert "danger" in str(tab.checks.rows["ground-arrears"]._below.property("tone"))


def test_somebody_elses_line_is_refused(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle
) -> None:
    stored = applied(desk, WATCH)
    tab = tab_of(stored)
    tab.form._holder.set_text("別の会社")
    tab.form._on_text("")
    assert "7条2項1号" in tab.refusals.detail.words()
    tab.save()
    settle()
    assert stored_now(desk, stored).content.line_holder == "別の会社"


def test_what_is_typed_is_stored_by_itself(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle, qtbot: Any
) -> None:
    stored = applied(desk, WATCH)
    tab = tab_of(stored)
    items = tab.form._items
    assert items is not None
    control = items.first_control
    assert control is not None
    control.setFocus()
    QTest.keySequence(control.focusWidget() or control, "Up")
    qtbot.waitUntil(lambda: not tab._timer.isActive())
    settle()
    assert stored_now(desk, stored).content.application.items == {"license": 16}
    assert "保存しました" in tab.saved.words()


def test_another_window_first_is_told_and_typing_stays(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle
) -> None:
    stored = applied(desk, WATCH)
    tab = tab_of(stored)
    save_application(desk, stored.id, stored.version, replace(WATCH, remarks="相手の備考"))
    tab.form._remarks.set_text("自分の備考")
    tab.form._on_text("")
    tab.save()
    settle()
    assert tab.conflict.isVisible()
    assert tab.form.content.remarks == "自分の備考"
    tab.conflict.button.click()
    settle()
    assert tab.form.content.remarks == "相手の備考"


def test_what_is_typed_while_the_page_is_read_again_overwrites_nobody(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle
) -> None:
    stored = applied(desk, WATCH)
    tab = tab_of(stored)
    tab.form._remarks.set_text("自分の備考")
    tab.form._on_text("")
    record(desk, stored.id, stored.version, (Explained(on=date(2026, 11, 20), by="田村"),))
    tab._context.take_view(open_contract(desk, stored.id))
    tab.save()
    settle()
    stored = stored_now(desk, stored)
    assert stored.content.remarks == "自分の備考"  # what others recorded beside it is no conflict
    tab.form._remarks.set_text("自分の備考 2")
    tab.form._on_text("")
    save_application(desk, stored.id, stored.version, replace(stored.content, remarks="相手の備考"))
    tab._context.take_view(open_contract(desk, stored.id))
    tab.save()
    settle()
    assert stored_now(desk, stored).content.remarks == "相手の備考"
    assert tab.conflict.isVisible()
    assert tab.form.content.remarks == "自分の備考 2"


def test_the_way_says_what_comes_next(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle
) -> None:
    stored = applied(desk, WATCH)
    tab = tab_of(stored)
    wanted: list[Action] = []
    tab.action_wanted.connect(wanted.append)
    main = next(one for one in tab.buttons if one.property("action") == Action.EXPLAIN.value)
    main.click()
    assert wanted == [Action.EXPLAIN]
    assert "準備" in tab.strip.accessibleName()
    stored = record(desk, stored.id, stored.version, (Explained(on=date(2026, 11, 20), by="田村"),))
    record(desk, stored.id, stored.version, (Submitted(on=date(2026, 11, 20), receipt=7),))
    tab._context.take_view(open_contract(desk, stored.id))
    assert "受付7" in tab.strip.accessibleName()
    assert tab.locked.isVisible()
    assert not tab.form._wished.isEnabled()
    assert tab.form._number.isEnabled()


def test_a_line_number_can_be_put_right_after_the_sending(
    tab_of: Callable[[StoredContract], ApplicationTab], desk: Desk, settle: Settle
) -> None:
    stored = sent(desk)
    tab = tab_of(stored)
    tab.form._number.set_text("CAF42")
    tab.form._on_text("")
    tab.save()
    settle()
    assert stored_now(desk, stored).content.line_number == "CAF42"


# --- the steps ------------------------------------------------------------------------------------------


def test_explained(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = applied(desk, WATCH)
    panel = panel_of(Action.EXPLAIN, stored)
    assert panel.form.controls["by"].text() == "田村 美咲"
    put(panel, settle, how="phone")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Explained)
    assert (found.how, found.on) == ("phone", date(2026, 11, 20))


def test_what_lacks_stops_the_sending_until_said_otherwise(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    stored = applied(desk, WATCH)
    panel = panel_of(Action.SUBMIT, stored)
    panel.record()
    settle()
    assert stored_now(desk, stored).state is ContractState.PREPARING
    assert panel.form.fields["open"].below.words()
    put(panel, settle, open=True)
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Submitted)
    assert found.receipt == 1


def test_who_came_before_and_waits_is_named_before_sending(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    first = applied(desk, WATCH)
    assert not panel_of(Action.SUBMIT, first).form._ahead.isVisible()
    panel = panel_of(Action.SUBMIT, applied(desk, replace(WATCH, line_number="CAF2")))
    assert panel.form._ahead.isVisible()
    assert f"{first.number}（株式会社みのり食品）" in panel.form._ahead.detail.words()
    assert "7条" in panel.form._ahead.detail.words()


def test_applications_of_a_service_get_their_places_in_order(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    places = []
    for number in ("CAF1", "CAF2"):
        stored = applied(desk, replace(WATCH, line_number=number))
        panel = panel_of(Action.SUBMIT, stored)
        put(panel, settle, open=True)
        panel.record()
        settle()
        found = last(desk, stored)
        assert isinstance(found, Submitted)
        places.append(found.receipt)
    assert places == [1, 2]


def sent(desk: Desk, content: ContractContent = WATCH, *more: Entry) -> StoredContract:
    """An application that lies with the provider."""
    stored = applied(desk, content)
    return record(desk, stored.id, stored.version, (Submitted(on=date(2026, 11, 10), receipt=1), *more))


def test_acceptance_has_two_days_and_brings_the_numbers(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = sent(desk, replace(WATCH, line_number=""))
    panel = panel_of(Action.ACCEPT, stored)
    put(panel, settle, on="2026-11-18", effective="2026-11-17")
    assert "前です" in "".join(note.text for note in panel.form.obligations())
    put(panel, settle, on="2026-11-18", effective="2026-12-01", how="paper", number="M-0042", line="CAF77")
    assert panel.form.obligations() == ()
    panel.record()
    settle()
    assert "理由" in panel.form.fields["unexplained"].error  # nobody explained the important points
    put(panel, settle, unexplained="本社で説明済み")
    panel.record()
    settle()
    assert "本社で説明済み" in stored_now(desk, stored).entries[-1].note
    found, now = last(desk, stored), stored_now(desk, stored)
    assert isinstance(found, Accepted)
    assert (found.on, found.effective, found.how) == (date(2026, 11, 18), date(2026, 12, 1), "paper")
    assert (now.content.provider_number, now.content.line_number) == ("M-0042", "CAF77")


def test_acceptance_before_the_sending_is_refused(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = sent(desk)
    panel = panel_of(Action.ACCEPT, stored)
    put(panel, settle, on="2026-11-01")
    panel.record()
    settle()
    assert panel.isVisible()
    assert "送付した日" in panel.form.fields["on"].below.words()


def test_a_second_contract_on_a_line_is_refused_with_the_clause(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    prime = ContractContent(
        service="dokodemo-prime", line_number="CAF5", application=Application(items={"id": 8})
    )
    first = sent(desk, prime)
    day = date(2026, 11, 18)
    first = record(desk, first.id, first.version, (Accepted(on=day, effective=day),))
    record(desk, first.id, first.version, (Started(on=day, items={"id": 8}),))
    stored = sent(desk, prime, Explained(on=date(2026, 11, 10), by="田村"))
    panel = panel_of(Action.ACCEPT, stored)
    panel.record()
    settle()
    assert panel.isVisible()
    told = panel.form.fields["line"].error + panel.errors.words()
    assert "回線" in told
    assert stored_now(desk, stored).state is ContractState.SUBMITTED


def test_refused_on_grounds_of_the_terms(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = sent(desk)
    panel = panel_of(Action.REFUSE, stored)
    panel.record()
    settle()
    assert panel.isVisible()
    panel.form.controls["grounds.7-2-3"].setChecked(True)
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Refused)
    assert found.grounds == ("7-2-3",)


def test_taken_back_by_the_customer(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = sent(desk)
    panel = panel_of(Action.WITHDRAW, stored)
    put(panel, settle, words="計画の変更")
    panel.record()
    settle()
    assert isinstance(last(desk, stored), Withdrawn)


def test_an_acceptance_is_revoked_only_where_the_terms_let_it(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    accepted = Accepted(on=date(2026, 11, 18), effective=date(2026, 11, 18))
    assert isinstance(panel_of(Action.REVOKE, sent(desk, WATCH, accepted)), RefusedPanel)
    prime = ContractContent(
        service="dokodemo-prime", line_number="CAF9", application=Application(items={"id": 8})
    )
    stored = sent(desk, prime, accepted)
    panel = panel_of(Action.REVOKE, stored)
    put(panel, settle, words="設備の事情")
    panel.record()
    settle()
    assert isinstance(last(desk, stored), Revoked)


def test_the_start_takes_over_what_was_applied_for(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    accepted = Accepted(on=date(2026, 11, 18), effective=date(2026, 11, 18))
    stored = sent(desk, WATCH, accepted)
    panel = panel_of(Action.START, stored)
    put(panel, settle, on="2026-11-19")
    panel.record()
    settle()
    started = next(one for one in stored_now(desk, stored).facts if isinstance(one, Started))
    assert (started.on, dict(started.items)) == (date(2026, 11, 19), {"license": 15})
    assert not any(isinstance(one, Promoted) for one in stored_now(desk, stored).facts)


def test_a_start_before_effect_is_refused(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    accepted = Accepted(on=date(2026, 11, 18), effective=date(2026, 12, 1))
    panel = panel_of(Action.START, sent(desk, WATCH, accepted))
    put(panel, settle, on="2026-11-25")
    panel.record()
    settle()
    assert panel.isVisible()
    assert "効力発生日" in panel.form.fields["on"].error


def test_a_late_delivery_moves_the_opening(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    content = ContractContent(
        service="osect", application=Application(items={"sensor": 2}, wished_start=date(2026, 12, 21))
    )
    accepted = Accepted(on=date(2026, 11, 12), effective=date(2026, 11, 12))
    stored = sent(desk, content, accepted)
    panel = panel_of(Action.START, stored)
    put(panel, settle, delivered="2026-12-11")
    assert "2026年12月24日" in panel.form.opening.words().replace("\u2060", "")
    panel.record()
    settle()
    started = next(one for one in stored_now(desk, stored).facts if isinstance(one, Started))
    assert started.on == date(2026, 12, 24)
