"""A customer's contacts, sites, billing, notices, history and merges, over a real database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import (
    Customer,
    CustomerBilling,
    CustomerContact,
    CustomerDetails,
    CustomerFields,
    CustomerSite,
)
from app.contract.facts import Notified
from app.contract.record import StoredContract
from app.usecases.keep_customer import open_customer, register_customer
from tests.app.usecases.contracts import begun
from ui.customers.form_page import CustomerPage
from ui.customers.place import CustomersPlace
from ui.session import Session
from ui.widgets.entries import TextField
from ui.widgets.strips import Toasts
from ui.widgets.text import Label

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
TAKAHASHI = CustomerFields(
    name="髙橋精工株式会社", kana="タカハシセイコウ", postal_code="5770054", prefecture="大阪府",
    address="東大阪市高井田元町1-2-3", phone="06-0000-0148",
)  # fmt: skip
DETAILS = CustomerDetails(
    corporate_number="5835678256246",
    contacts=(CustomerContact(name="西田 明子"), CustomerContact(name="東 次郎")),
    sites=(CustomerSite(name="堺工場", postal_code="5900078", area="west"),),
    billing=CustomerBilling(method="invoice", address="大阪市北区梅田2-2"),
)


@pytest.fixture
def known(session: Session) -> Customer:
    return register_customer(session.desk, TAKAHASHI, DETAILS)


@pytest.fixture
def contract(session: Session, known: Customer) -> StoredContract:
    return begun(session.desk, "mihariban", {"license": 15}, date(2026, 5, 20), "0611110001", known.id)


@pytest.fixture
def place(session: Session, stage: Stage, settle: Settle) -> CustomersPlace:
    made = CustomersPlace(session, Toasts(QWidget()))
    stage(made)
    settle()
    return made


@pytest.fixture
def page(place: CustomersPlace, known: Customer, settle: Settle) -> CustomerPage:
    place.open_customer(known.id)
    settle()
    assert place.form is not None
    return place.form


def write(entry: TextField, text: str) -> None:
    entry.setFocus()
    entry.edit.selectAll()
    QTest.keyClicks(entry.edit, text)


def words_in(widget: QWidget) -> str:
    return "\n".join(label.words() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def test_all_that_is_known_is_shown_and_nothing_counts_as_changed(page: CustomerPage) -> None:
    assert page.form.number.text() == "5-8356-7825-6246"
    assert [row.current().name for row in page.form.contacts.rows] == ["西田 明子", "東 次郎"]
    assert page.form.details() == DETAILS
    assert not page.changed


def test_contacts_are_added_put_in_order_and_taken_away(
    page: CustomerPage, session: Session, known: Customer, settle: Settle
) -> None:
    contacts = page.form.contacts
    assert not contacts.rows[0].up.isEnabled()
    assert not contacts.rows[1].down.isEnabled()
    contacts.rows[1].up.click()
    contacts.rows[1].remove.click()
    contacts.add.click()
    assert contacts.rows[1].fields["name"].control.focusProxy().hasFocus()
    write(contacts.rows[1].fields["name"].control, "Minami")  # type: ignore[arg-type]
    contacts.add.click()  # a row in which nothing stands is not stored
    page.store()
    settle()
    stored = open_customer(session.desk, known.id).details
    assert [one.name for one in stored.contacts] == ["東 次郎", "Minami"]
    assert len(contacts.rows) == 2


def test_every_problem_of_rows_stands_under_its_own_field(page: CustomerPage, settle: Settle) -> None:
    write(page.form.number, "5835678256247")
    page.form.contacts.add.click()
    write(page.form.contacts.rows[2].fields["phone"].control, "0312345678")  # type: ignore[arg-type]
    write(page.form.sites.rows[0].postal, "12")  # type: ignore[attr-defined]
    page.store()
    settle()
    assert "検査数字" in page.fields["details.corporate_number"].error
    assert page.fields["details.contacts.2.name"].error
    assert page.fields["details.sites.0.postal_code"].error.startswith("郵便番号は数字7桁です。")
    assert page.form.number.text() == "5835678256247"


def test_people_are_not_asked_for_a_corporate_number(page: CustomerPage) -> None:
    page.form.number.set_text("")
    page.form.kind.set_value("sole-trader")
    page.form.kind.chosen.emit("sole-trader")
    assert not page.form.own_fields["corporate_number"].isVisible()


def test_a_phone_number_is_written_out_when_the_field_is_left(page: CustomerPage) -> None:
    write(page.phone, "0312345678")
    page.name.setFocus()
    assert page.phone.text() == "03-1234-5678"
    assert page.changed


def test_slips_in_contacts_are_pointed_out_when_the_field_is_left(page: CustomerPage) -> None:
    row = page.form.contacts.rows[1]
    write(row.fields["phone"].control, "0123")  # type: ignore[arg-type]
    write(row.fields["email"].control, "higashi")  # type: ignore[arg-type]
    page.name.setFocus()
    assert row.fields["phone"].below.words().startswith("電話番号の桁が足りない")
    assert row.fields["email"].below.isVisible()
    assert not page.form.contacts.rows[0].fields["phone"].below.isVisible()


def test_the_address_of_a_site_comes_from_its_postal_code(page: CustomerPage, settle: Settle) -> None:
    page.form.sites.add.click()
    row = page.form.sites.rows[1]
    write(row.postal, "541-0053")  # type: ignore[attr-defined]
    settle()
    assert row.current().address == "大阪府大阪市中央区本町"


# --- notices --------------------------------------------------------------------------------------


def test_a_contractors_new_phone_is_asked_about_and_recorded_as_notified(
    page: CustomerPage, session: Session, known: Customer, contract: StoredContract, settle: Settle
) -> None:
    page.open_customer(known.id)
    settle()
    write(page.phone, "0312345678")
    page.store()
    settle()
    assert page.notice.isVisible()
    assert "電話番号：06-0000-0148 → 03-1234-5678" in words_in(page.notice)
    assert open_customer(session.desk, known.id).customer.fields.phone == "06-0000-0148"
    write(page.notice.proof, "denwa")
    page.notice.record.click()
    settle()
    (notice,) = open_customer(session.desk, known.id).details.notices
    assert (notice.on, notice.proof) == (date(2026, 11, 20), "denwa")
    with session.desk.storage.look() as work:
        entry = work.contracts.get(contract.id).entries[-1].entry
    assert isinstance(entry, Notified)
    assert page.notice.isHidden()
    page.side.go("history")
    settle()
    assert "2026年11月20日（金）の届出（電話番号）" in words_in(page.side.history)


def test_a_slip_is_put_right_without_a_notice_and_a_day_of_tomorrow_refused(
    page: CustomerPage, session: Session, known: Customer, contract: StoredContract, settle: Settle
) -> None:
    page.open_customer(known.id)
    settle()
    write(page.phone, "0312345678")
    page.store()
    page.notice.on.set_day(date(2026, 11, 21))
    page.notice.record.click()
    settle()
    assert page.notice.fields["told.on"].error
    assert page.phone.text() == "03-1234-5678"
    page.notice.correct.click()
    settle()
    stored = open_customer(session.desk, known.id)
    assert (stored.customer.fields.phone, stored.details.notices) == ("03-1234-5678", ())


def test_what_needs_no_notice_is_not_asked_about(
    page: CustomerPage, contract: StoredContract, known: Customer, settle: Settle
) -> None:
    page.open_customer(known.id)
    settle()
    write(page.person, "Sato")
    page.store()
    settle()
    assert page.notice.isHidden()
    assert not page.changed


# --- what belongs to the customer -----------------------------------------------------------------


def test_the_contracts_of_the_customer_are_listed_and_opened(
    place: CustomersPlace, contract: StoredContract, known: Customer, settle: Settle, qtbot: QtBot
) -> None:
    place.open_customer(known.id)
    settle()
    assert place.form is not None
    part = place.form.side.contracts
    part.model.record(0)
    settle()
    assert part.isVisible()  # a contractor's contracts stand first
    with qtbot.waitSignal(place.contract_chosen) as opened:
        part.table.setFocus()
        QTest.keyClick(part.table, Qt.Key.Key_Return)
    assert opened.args == [contract.id]
    with qtbot.waitSignal(place.contract_wanted) as wanted:
        part.new.click()
    assert wanted.args == [known.id]


# --- merges ---------------------------------------------------------------------------------------


def test_two_customers_become_one_and_two_again(
    place: CustomersPlace, page: CustomerPage, session: Session, known: Customer, settle: Settle
) -> None:
    other = register_customer(
        session.desk, replace(TAKAHASHI, name="高橋精工（株）", phone="06-0000-0999", email="a@example.jp")
    )
    write(page.person, "x")
    page.merge_wanted.emit(known.id, "")
    merge = place.merge
    assert merge is not None
    assert not merge.merge.isEnabled()
    merge.search.searched.emit("たかはし")
    settle()
    (button,) = merge.candidates
    button.click()
    settle()
    assert merge.pair is not None
    assert merge.pair.kept.customer.id == known.id
    assert merge.rows["kind"].alike
    merge.rows["phone"].choose("gone")
    merge.turn.click()
    assert merge.pair.kept.customer.id == other.id
    merge.turn.click()
    assert merge.choices == {"phone": "gone"}
    merge.merge.click()
    settle()
    assert place.currentWidget() is place.form
    fields = open_customer(session.desk, known.id).customer.fields
    assert (fields.phone, fields.email, fields.name) == ("06-0000-0999", "a@example.jp", TAKAHASHI.name)
    assert place.list.model.rowCount() == 1
    page.side.go("history")
    settle()
    assert "「高橋精工（株）」をこの顧客に統合" in words_in(page.side.history)
    (entry,) = [one for one in page.side.history.entries if one.undo.isVisible()]
    entry.undo.click()
    settle()
    assert open_customer(session.desk, known.id).customer.fields.phone == TAKAHASHI.phone
    assert place.list.model.rowCount() == 2


def test_a_merge_begins_in_the_list_too(
    place: CustomersPlace, session: Session, known: Customer, settle: Settle, qtbot: QtBot
) -> None:
    place.list.merge_wanted.emit(known.id)
    assert place.merge is not None
    assert place.currentWidget() is place.merge
    assert place.merge.search.isVisible()
    place.merge.back.click()
    settle()
    assert place.form is not None
    assert place.form.title.words() == TAKAHASHI.name
    with qtbot.waitSignal(place.contract_wanted) as wanted:
        place.list.contract_wanted.emit(known.id)
    assert wanted.args == [known.id]


def test_a_merge_is_undone_by_its_message(
    place: CustomersPlace, session: Session, known: Customer, settle: Settle
) -> None:
    other = register_customer(session.desk, replace(TAKAHASHI, phone=""))
    place.open_merge(known.id, other.id)
    settle()
    assert place.merge is not None
    place.merge.store()
    settle()
    assert place._toasts.words() == "顧客を統合しました"
    assert place._toasts.button is not None
    place._toasts.button.click()
    settle()
    assert place.list.model.rowCount() == 2


def test_a_merge_over_somebody_elses_change_is_shown_again(
    place: CustomersPlace, session: Session, known: Customer, settle: Settle
) -> None:
    from app.usecases.keep_customer import store_customer

    other = register_customer(session.desk, replace(TAKAHASHI, phone=""))
    place.open_merge(known.id, other.id)
    settle()
    assert place.merge is not None
    store_customer(session.desk, known.id, known.version, replace(TAKAHASHI, person="佐藤"))
    place.merge.store()
    settle()
    assert place.merge.wrong.isVisible()
    assert place.merge.pair is not None
    persons = {half.customer.fields.person for half in (place.merge.pair.kept, place.merge.pair.gone)}
    assert persons == {"佐藤", ""}
    with session.desk.storage.look() as work:
        assert len(work.customers.seqs()) == 2
