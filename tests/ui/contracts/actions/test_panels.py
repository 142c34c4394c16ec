"""Every action's panel: fields, the consequences, recording, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from PySide6.QtTest import QTest

from app.charge.termination import ending
from app.contract.actions import Action
from app.contract.facts import (
    Changed,
    Ended,
    Interrupted,
    Outage,
    Restored,
    Resumed,
    Suspended,
    Voided,
)
from app.contract.record import Application, ContractContent, StoredContract
from app.usecases.desk import Desk
from app.usecases.open_contract import open_contract
from app.usecases.record_entry import record
from tests.shipped import catalogue
from tests.ui.contracts.actions.conftest import applied, begun, prime
from tests.ui.contracts.actions.typing_into import last, plain, put
from ui.contracts.actions.action_panel import ActionPanel
from ui.contracts.actions.refused_panel import RefusedPanel
from ui.contracts.actions.registry import FORMS
from ui.contracts.context import PageContext
from ui.widgets.text import Label

Panel = Callable[..., Any]
Settle = Callable[[], None]


def table(panel: ActionPanel) -> str:
    """現在/変更後/差 as text."""
    return panel.consequences.table.as_text()


def test_every_action_has_a_form() -> None:
    assert set(FORMS) == set(Action) - {Action.EDIT}, "what is applied for has a tab of its own"


def test_fewer_ids_show_the_figures_of_the_drawing(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk, Changed(on=date(2026, 9, 14), items={"id": 31}))
    panel = panel_of(Action.CHANGE, stored)
    put(panel, settle, items__id="24", on="2026-12-15")
    assert "単価  2,400円 → 2,600円  +200円" in table(panel)
    assert "月額（税抜）  74,400円 → 62,400円  −12,000円" in table(panel)
    assert "12月分  81,840円 → 74,600円  −7,240円" in table(panel)
    assert "2027年1月分  81,840円 → 68,640円  −13,200円" in table(panel)
    assert panel.consequences.fee.amount.words() == "268,800円"
    assert panel.consequences.fee.bill_amount.words() == "343,400円"
    better = panel.consequences.boxes[0]
    assert "58,219円" in plain(better.title.words())
    assert better.button.words() == "2028年4月1日に変える"


def test_the_better_day_is_a_click_away(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    panel = panel_of(Action.CHANGE, prime(desk, Changed(on=date(2026, 9, 14), items={"id": 31})))
    put(panel, settle, items__id="24", on="2026-12-15")
    panel.consequences.boxes[0].button.click()
    settle()
    assert panel.form.chosen_day() == date(2028, 4, 1)
    assert not panel.consequences.fee.isVisible() or panel.consequences.fee.amount.words() == "0円"


def test_ctrl_enter_records_and_closes(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CHANGE, stored)
    put(panel, settle, items__id="30", on="2026-12-01")
    QTest.keySequence(panel.form.controls["items.id"], "Ctrl+Return")
    settle()
    assert last(desk, stored).items == {"id": 30}  # type: ignore[union-attr]
    assert not panel.isVisible()
    assert "数量・オプション変更を登録しました" in panel.context.toasts.words()


def test_too_many_licences_are_refused_with_the_clause_and_stay_typed(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    content = ContractContent(
        service="mihariban", line_number="CAF1", application=Application(items={"license": 15})
    )
    stored = begun(desk, content, date(2026, 6, 1))
    panel = panel_of(Action.CHANGE, stored)
    put(panel, settle, items__license="51")
    panel.record()
    settle()
    assert last(desk, stored).id != ""
    assert not isinstance(last(desk, stored), Changed)
    assert panel.form.controls["items.license"].text() == "51"
    assert "50" in panel.form._error.words()


def test_nothing_changed_is_not_recorded(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CHANGE, stored)
    panel.record()
    settle()
    assert panel.isVisible()
    assert "今の数量と同じです" in panel.form._error.words()


def test_esc_asks_only_where_something_was_typed(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CHANGE, stored)
    QTest.keySequence(panel.form.controls["items.id"], "Escape")
    assert not panel.isVisible()
    panel = panel_of(Action.CHANGE, stored)
    put(panel, settle, items__id="30")
    QTest.keySequence(panel.form.controls["items.id"], "Escape")
    assert panel.isVisible()
    assert panel.question.isVisible()
    panel.question.leave.click()
    assert not panel.isVisible()


def test_what_was_typed_comes_back(
    panel_of: Panel, context_of: Callable[[StoredContract], PageContext], desk: Desk, settle: Settle
) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CHANGE, stored)
    put(panel, settle, items__id="3x", on="2026-12-24")
    panel.hide()
    again = panel_of(Action.CHANGE, context_of(stored))
    assert again.form.controls["items.id"].text() == "3x"
    assert again.form.chosen_day() == date(2026, 12, 24)
    assert again.returned.isVisible()
    again.returned.button.click()
    assert again.form.controls["items.id"].text() == "28"
    assert not again.form.typed


def test_another_window_first_shows_both_and_loses_nothing(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CHANGE, stored)
    put(panel, settle, items__id="24", on="2026-12-15")
    record(desk, stored.id, stored.version, (Changed(on=date(2026, 12, 1), items={"id": 40}),))
    panel.record()
    settle()
    assert panel.conflict.isVisible()
    assert "40 ID" in plain(panel.conflict.theirs.words())
    assert "24 ID" in plain(panel.conflict.yours.words())
    assert panel.form.controls["items.id"].text() == "24"
    panel.record()
    settle()
    assert last(desk, stored).items == {"id": 24}  # type: ignore[union-attr]


def test_a_refused_action_says_why_and_leads_on(panel_of: Panel, desk: Desk) -> None:
    stored = prime(desk, Ended(on=date(2026, 12, 31), requested=date(2026, 11, 20)))
    panel = panel_of(Action.CANCEL, stored)
    assert isinstance(panel, RefusedPanel)
    assert panel.refusal.code == "end-planned"
    assert "第20条" in panel.clause.words()
    heard: list[Action] = []
    panel.action_wanted.connect(heard.append)
    panel.remedy.button.click()
    assert heard == [Action.VOID]


def test_suspend_and_resume(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.SUSPEND, stored)
    put(panel, settle, first="2026-11-20", notified="2026-11-10")
    assert "状態  利用中 → 利用停止" in table(panel)
    panel.record()
    settle()
    stopped = last(desk, stored)
    assert isinstance(stopped, Suspended)
    assert stopped.notified == date(2026, 11, 10)
    panel = panel_of(Action.RESUME, stored)
    panel.record()
    settle()
    assert isinstance(last(desk, stored), Resumed)


def test_a_suspension_announced_too_late_is_told_below_its_field(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    stored = prime(desk)
    panel = panel_of(Action.SUSPEND, stored)
    put(panel, settle, first="2026-11-20", notified="2026-11-25")
    panel.record()
    settle()
    assert "停止の初日より後" in panel.form.fields["notified"].below.words()
    assert panel.isVisible()


def test_an_outage_that_lasts_and_its_end(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.OUTAGE, stored)
    put(panel, settle, known_day="2026-11-18", known_time="9:00")
    assert "53時間" in panel.form._length.words()
    said = " ".join(one.words() for one in panel.findChildren(Label))
    assert "続くものとして見込みを計算します" in said
    assert "料金と次の請求は変わりません" not in said  # what the page will show is shown before
    panel.record()
    settle()
    open_one = last(desk, stored)
    assert isinstance(open_one, Outage)
    assert open_one.restored_at is None
    panel = panel_of(Action.RESTORE, stored)
    put(panel, settle, day="2026-11-20", clock="10:00")
    assert "2日分" in panel.form._length.words()
    panel.record()
    settle()
    restored = last(desk, stored)
    at = datetime(2026, 11, 20, 10)  # noqa: DTZ001 - the clock on the wall
    assert restored == Restored(outage=open_one.id, at=at, id=restored.id)


def test_an_interruption(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.INTERRUPT, stored)
    put(panel, settle, why="設備の保守", urgent=True, until_day="2026-11-21", until_time="5:00")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Interrupted)
    assert (found.why, found.notified) == ("設備の保守", None)


def test_leaving_works_out_the_day_and_explains_it(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CANCEL, stored)
    put(panel, settle, notified="2026-11-20", confirmed="2026-11-20", wished="2026-11-24")
    assert any(box.better.urgent for box in panel.consequences.boxes)
    assert "解約日" in panel.consequences.effective.words()
    assert panel.consequences.fee.isVisible()
    put(panel, settle, wished="2026-12-15")
    assert not any(box.better.urgent for box in panel.consequences.boxes)
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Ended)
    assert (found.on, found.wished, found.requested) == (
        date(2026, 12, 15),
        date(2026, 12, 15),
        date(2026, 11, 20),
    )


def test_the_company_ends_it_on_a_ground(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CANCEL_COMPANY, stored)
    put(panel, settle, on="2026-12-31", reason="arrears")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Ended)
    assert (found.by, found.reason, bool(found.ground)) == ("company", "arrears", True)


def test_what_else_comes_with_the_end_is_told(panel_of: Panel, desk: Desk) -> None:
    stored = prime(desk)
    for action in (Action.CANCEL, Action.CANCEL_COMPANY):
        panel = panel_of(action, stored)
        assert any("elgana" in note.text for note in panel.form.obligations())


def test_a_ground_that_decides_the_fee_leaves_nothing_to_choose(
    panel_of: Panel, desk: Desk, settle: Settle
) -> None:
    stored = prime(desk)
    panel = panel_of(Action.CANCEL_COMPANY, stored)
    put(panel, settle, on="2026-12-31", reason="arrears")
    assert not panel.consequences.fee.isHidden()
    put(panel, settle, ground="service-end")
    assert panel.form.fields["reason"].isHidden()
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Ended)
    assert (found.ground, found.reason) == ("service-end", "service-end")
    told = ending(open_contract(desk, stored.id).stored.timeline, catalogue())
    assert told is not None
    assert told.waived


def test_a_reason_recorded_beside_another_ground_is_kept_when_the_end_is_put_right(
    panel_of: Panel, desk: Desk
) -> None:
    form = panel_of(Action.CANCEL_COMPANY, prime(desk)).form
    day, ground = date(2026, 11, 20), "suspension-uncured"
    form.correct(Ended(on=day, by="company", reason="line-ended", ground=ground, notified=day))
    (found,) = (one for one in form.read()[0] if isinstance(one, Ended))
    assert (found.ground, found.reason) == (ground, "line-ended")


def test_a_surcharge_becomes_a_claim(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk)
    panel = panel_of(Action.SURCHARGE, stored)
    put(panel, settle, evaded="10000", note="申告より多く使っていた")
    assert panel.consequences.fee.amount.words() == "22,000円"
    panel.record()
    settle()
    with desk.storage.look() as work:
        claims = work.bills.claims_of(stored.id)
    assert [one.kind for one in claims] == ["surcharge"]


def test_an_entry_is_taken_back_with_a_reason(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk, Changed(on=date(2026, 9, 14), items={"id": 31}))
    panel = panel_of(Action.VOID, stored)
    panel.record()
    settle()
    assert "理由" in panel.form.fields["why"].error
    put(panel, settle, why="入力間違い")
    panel.record()
    settle()
    assert isinstance(last(desk, stored), Voided)


def test_an_entry_is_put_right(panel_of: Panel, desk: Desk, settle: Settle) -> None:
    stored = prime(desk, Changed(on=date(2026, 9, 14), items={"id": 31}))
    panel = panel_of(Action.VOID, stored)
    panel.form._correct.click()
    settle()
    assert panel.form.controls["items.id"].text() == "31"
    put(panel, settle, on="2026-09-15")
    panel.record()
    settle()
    found = last(desk, stored)
    assert isinstance(found, Changed)
    assert (found.on, dict(found.items or {})) == (date(2026, 9, 15), {"id": 31})


def test_before_the_start_most_is_refused(panel_of: Panel, desk: Desk) -> None:
    content = ContractContent(service="mihariban", application=Application(items={"license": 3}))
    stored = applied(desk, content)
    for action in (Action.CHANGE, Action.SUSPEND, Action.CANCEL, Action.TRANSFER):
        assert isinstance(panel_of(action, stored), RefusedPanel), action


def test_a_day_in_a_closed_month_says_what_is_settled(
    panel_of: Panel, context_of: Callable[[StoredContract], PageContext], desk: Desk, settle: Settle
) -> None:
    from dataclasses import replace as with_

    from app.days import Month

    context = context_of(prime(desk))
    context.view = with_(context.view, closed_until=Month(2026, 10))
    panel = panel_of(Action.CHANGE, context)
    put(panel, settle, items__id="40", on="2026-10-16")
    assert "締めた月の精算（税込）" in table(panel)
