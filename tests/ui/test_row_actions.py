"""What can be done to a row of the list: won, copied, thrown away, its paper saved, and taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import CustomerFields
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import QuotationRow, QuotationState
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_customer import register_customer
from app.usecases.keep_quotation import start_quotation
from ui.quotes.list_page import QuotationsPage
from ui.session import Session
from ui.widgets.strips import Toasts

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]


def shown(session: Session, stage: Stage, settle: Settle) -> QuotationsPage:
    """The list, found and read."""
    page = QuotationsPage(session, Toasts(QWidget()))
    stage(page)
    settle()
    return page


def record(page: QuotationsPage, row: int, settle: Settle) -> QuotationRow:
    """The record of a row, waited for."""
    page.model.record(row)
    settle()
    found = page.model.record(row)
    assert found is not None
    return found


def entry(page: QuotationsPage, row: QuotationRow, words: str) -> Callable[[], None]:
    """An entry of the row's menu."""
    menu = page.actions_on_row.menu_for(row)
    found = {action.text(): action for action in menu.actions()}
    return found[words].trigger


def issued(session: Session) -> str:
    """The id of a quotation that was really issued, with its paper."""
    fields = CustomerFields(name="髙橋精工株式会社", kana="タカハシセイコウ")
    customer = register_customer(session.desk, fields)
    content = QuotationContent(
        customer_id=customer.id,
        customer=fields,
        services=(ServiceEntry(service="mihariban", start=date(2026, 12, 1), items={"license": 15}),),
    )
    draft = start_quotation(session.desk, content)
    return issue_quotation(session.desk, draft.id, draft.version).stored.id


def test_won_and_taken_back(session: Session, stage: Stage, settle: Settle) -> None:
    issued(session)
    page = shown(session, stage, settle)
    toasts = page._toasts
    entry(page, record(page, 0, settle), "受注にする")()
    settle()
    assert record(page, 0, settle).state == QuotationState.WON
    assert "受注にしました" in toasts.words()
    assert toasts.button is not None
    toasts.button.click()
    settle()
    assert record(page, 0, settle).state == QuotationState.ISSUED


def test_a_copy_is_a_new_draft_and_opens(
    session: Session, stage: Stage, settle: Settle, qtbot: QtBot
) -> None:
    first = issued(session)
    page = shown(session, stage, settle)
    with qtbot.waitSignal(page.quotation_chosen) as opened:
        entry(page, record(page, 0, settle), "複製して新しい見積")()
    settle()
    assert opened.args != [first]
    assert page.model.rowCount() == 2
    assert {record(page, n, settle).state for n in range(2)} == {QuotationState.DRAFT, QuotationState.ISSUED}


def test_a_draft_thrown_away_comes_back(session: Session, stage: Stage, settle: Settle) -> None:
    start_quotation(session.desk, QuotationContent(title="捨てる見積"))
    page = shown(session, stage, settle)
    entry(page, record(page, 0, settle), "下書きを削除")()
    settle()
    assert page.model.rowCount() == 0
    button = page._toasts.button
    assert button is not None
    button.click()
    settle()
    assert page.model.rowCount() == 1
    assert record(page, 0, settle).title


def test_the_issued_paper_is_saved_byte_for_byte(
    session: Session, stage: Stage, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotation_id = issued(session)
    page = shown(session, stage, settle)
    target = tmp_path / "見積.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(target), ""))
    entry(page, record(page, 0, settle), "PDFを保存…")()
    settle()
    settle()
    with session.desk.storage.look() as work:
        paper = work.papers.get(work.quotations.revisions(quotation_id)[-1].paper_id)
    assert target.read_bytes() == paper.pdf
    assert "保存しました" in page._toasts.words()


def test_what_can_not_be_done_is_absent(session: Session, stage: Stage, settle: Settle) -> None:
    issued(session)
    start_quotation(session.desk, QuotationContent(title="下書き"))
    page = shown(session, stage, settle)
    rows = {record(page, n, settle).state: record(page, n, settle) for n in range(2)}
    offered = {
        state: [action.text() for action in page.actions_on_row.menu_for(row).actions()]
        for state, row in rows.items()
    }
    assert "受注にする" not in offered[QuotationState.DRAFT]
    assert "PDFを保存…" not in offered[QuotationState.DRAFT]
    assert "下書きを削除" not in offered[QuotationState.ISSUED]
    assert "発行済みに戻す" not in offered[QuotationState.ISSUED]
