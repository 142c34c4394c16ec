"""New contracts: typed from nothing, and made of a quotation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.quote.content import QuotationContent, ServiceEntry
from app.quote.stored import QuotationQuery, QuotationState
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.keep_customer import register_customer
from app.usecases.keep_quotation import save_draft, start_quotation
from app.usecases.price_quotation import price_content
from tests.ui.contracts.actions.conftest import MINORI
from ui.contracts.application.new_page import NewContractPage
from ui.quotes.list_page import QuotationsPage
from ui.quotes.place import QuotationsPlace
from ui.session import Session
from ui.widgets.strips import Toasts

Settle = Callable[[], None]


# --- a new contract ------------------------------------------------------------------------------------


def test_a_new_contract_for_a_known_customer(
    session: Session, desk: Desk, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> None:
    customer = register_customer(desk, MINORI)
    page = NewContractPage(session, Toasts(stage(QWidget())))
    stage(page)
    made: list[str] = []
    page.contract_chosen.connect(made.append)
    page.open_new()
    page.record()
    assert "契約者を選んでください" in page.pick.part._field.error
    page.open_new(customer.id)
    settle()
    page._on_service("dokodemo-prime")
    page.form._on_item("id", 12)
    page.record()
    settle()
    with desk.storage.look() as work:
        stored = work.contracts.get(made[0])
    assert stored.number.startswith("C-HM1-")
    assert stored.customer_id == customer.id
    assert stored.content.application.items == {"id": 12}
    assert (stored.content.site.area, stored.content.contact.phone) == ("east", MINORI.phone)
    assert not page.unsaved


def test_tab_goes_from_the_service_to_the_quantity(
    session: Session, desk: Desk, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> None:
    page = NewContractPage(session, Toasts(stage(QWidget())))
    stage(page)
    page.open_new(register_customer(desk, MINORI).id)
    settle()
    for service in ("mihariban", "osect", "mihariban"):
        page._on_service(service)
        settle()
        page.service.setFocus()
        QTest.keyClick(page.service, Qt.Key.Key_Tab)
        typed = cast("QWidget", QApplication.focusWidget())
        assert page.form._items is not None
        first = cast("QWidget", page.form._items.first_control)
        assert typed is first or first.isAncestorOf(typed)
        QTest.keyClicks(typed, "5")
        assert list(page.form.content.application.items.values()) == [5]


# --- from a quotation ----------------------------------------------------------------------------------


def issued(desk: Desk) -> str:
    """An issued quotation of two services."""
    customer = register_customer(desk, MINORI)
    content = QuotationContent(
        customer=customer.fields,
        customer_id=customer.id,
        services=(
            ServiceEntry(service="dokodemo-prime", start=date(2026, 12, 10), items={"id": 12}),
            ServiceEntry(service="mihariban", start=date(2026, 12, 1), items={"license": 5}),
        ),
    )
    stored = start_quotation(desk, content)
    totals = price_content(desk, content, desk.settings())
    stored = save_draft(desk, stored.id, stored.version, content, totals)
    issue_quotation(desk, stored.id, stored.version)
    return stored.id


def test_an_issued_quotation_becomes_contracts(
    session: Session, desk: Desk, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> None:
    quotation = issued(desk)
    session.read_tariffs()
    place = QuotationsPlace(session, Toasts(stage(QWidget())))
    stage(place)
    opened: list[str] = []
    place.contract_chosen.connect(opened.append)
    place.open_quotation(quotation)
    settle()
    assert place.editor is not None
    assert place.editor.editor is not None
    place.editor.editor.header.contract.click()
    settle()
    with desk.storage.look() as work:
        rows = work.contracts.of_quotation(quotation)
    assert {row.service for row in rows} == {"dokodemo-prime", "mihariban"}
    assert opened[0] in {row.id for row in rows}
    assert not place.editor.editor.header.contract.isHidden()


def test_the_list_offers_the_same_and_gives_what_is_there(
    session: Session, desk: Desk, settle: Settle, stage: Callable[[QWidget], QWidget]
) -> None:
    quotation = issued(desk)
    page = QuotationsPage(session, Toasts(stage(QWidget())))
    stage(page)
    opened: list[str] = []
    page.contract_chosen.connect(opened.append)
    actions = page.actions_on_row
    with desk.storage.look() as work:
        today = desk.today()
        (row,) = work.quotations.rows(work.quotations.seqs(QuotationQuery(), today), today)
    menu = actions.menu_for(row)
    entry = next(one for one in menu.actions() if one.text() == "契約にする")
    for _time in range(2):
        entry.trigger()
        settle()
    assert len(opened) == 2
    assert opened[0] == opened[1]
    with desk.storage.look() as work:
        assert len(work.contracts.of_quotation(quotation)) == 2
        assert work.quotations.get(quotation).state is QuotationState.WON
