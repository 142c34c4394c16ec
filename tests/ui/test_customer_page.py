"""The form of a customer, over a real database."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.contract.customer import Customer, CustomerFields
from app.quote.content import QuotationContent
from app.usecases.keep_customer import change_customer, get_customer, register_customer
from app.usecases.keep_quotation import start_quotation
from ui.customers.form_page import CustomerPage
from ui.customers.place import CustomersPlace
from ui.session import Session
from ui.widgets.strips import Toasts
from ui.widgets.text import Label

Settle = Callable[[], None]
Stage = Callable[[QWidget], QWidget]
TAKAHASHI = CustomerFields(
    name="髙橋精工株式会社",
    kana="タカハシセイコウ",
    postal_code="5770054",
    prefecture="大阪府",
    address="東大阪市高井田元町1-2-3",
    phone="06-0000-0148",
)


@pytest.fixture
def known(session: Session) -> Customer:
    return register_customer(session.desk, TAKAHASHI)


@pytest.fixture
def place(session: Session, stage: Stage, settle: Settle) -> CustomersPlace:
    made = CustomersPlace(session, Toasts(QWidget()))
    stage(made)
    settle()
    return made


def new_form(place: CustomersPlace) -> CustomerPage:
    place.open_new()
    assert place.form is not None
    return place.form


def write(page: CustomerPage, name: str, text: str) -> None:
    """Type into a field."""
    edit = page.fields[name].control.focusProxy()
    edit.setFocus()
    edit.clear()
    if text.isascii():
        QTest.keyClicks(edit, text)
    else:  # as from an input method
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(edit, event)


def test_a_customer_is_registered_with_the_keyboard(
    place: CustomersPlace, session: Session, settle: Settle
) -> None:
    page = new_form(place)
    assert page.name.edit.hasFocus()
    write(page, "name", "株式会社みのり食品")
    write(page, "phone", "03-0000-1111")
    QTest.keyClick(page.phone.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    rows = session.desk.storage
    with rows.look() as work:
        found = work.customers.find("みのり")
    assert [one.name for one in found] == ["株式会社みのり食品"]
    assert page.title.words() == "株式会社みのり食品"
    assert not page.changed
    settle()
    assert place.list.model.rowCount() == 1  # the list behind it followed


def test_every_problem_stands_under_its_field(
    place: CustomersPlace, session: Session, settle: Settle
) -> None:
    page = new_form(place)
    write(page, "postal_code", "12")
    page.store()
    settle()
    assert page.fields["name"].error
    assert page.fields["postal_code"].error.startswith("郵便番号は数字7桁です。")
    assert page.name.edit.hasFocus()
    assert page.save.isEnabled()
    with session.desk.storage.look() as work:
        assert len(work.customers.seqs()) == 0


def test_the_postal_code_writes_the_address_until_somebody_else_did(
    place: CustomersPlace, settle: Settle
) -> None:
    page = new_form(place)
    write(page, "postal_code", "541-0053")
    settle()
    assert page.address.text() == "大阪府大阪市中央区本町"
    assert page.current().prefecture == "大阪府"
    write(page, "postal_code", "100-0001")
    settle()
    assert page.address.text() == "東京都千代田区千代田"
    write(page, "address", "東京都千代田区千代田1-1")
    write(page, "postal_code", "541-0053")
    settle()
    assert page.address.text() == "東京都千代田区千代田1-1"
    assert page.fields["postal_code"].below.words() == "大阪府大阪市中央区本町"
    write(page, "postal_code", "999-9999")
    settle()
    assert page.fields["postal_code"].below.words() == "住所が見つかりません"


def test_a_double_is_pointed_out_while_typing(
    place: CustomersPlace, known: Customer, settle: Settle, qtbot: QtBot
) -> None:
    page = new_form(place)
    write(page, "name", "高橋精工")
    qtbot.waitUntil(page.double.isVisible)
    assert "髙橋精工株式会社" in page.double.detail.words()
    page.double.button.click()
    settle()
    assert page.title.words() == "髙橋精工株式会社"
    qtbot.wait(300)
    settle()
    assert page.double.isHidden()  # nobody is their own double


def test_a_stored_customer_is_shown_and_changed(
    place: CustomersPlace, known: Customer, session: Session, settle: Settle
) -> None:
    place.open_customer(known.id)
    settle()
    page = place.form
    assert page is not None
    assert page.current() == TAKAHASHI
    assert page.address.text() == "大阪府東大阪市高井田元町1-2-3"
    assert page.postal.text() == "577-0054"
    write(page, "person", "髙橋 恵子")
    page.store()
    settle()
    assert get_customer(session.desk, known.id).fields.person == "髙橋 恵子"


def test_a_change_made_elsewhere_is_not_overwritten(
    place: CustomersPlace, known: Customer, session: Session, settle: Settle
) -> None:
    place.open_customer(known.id)
    settle()
    page = place.form
    assert page is not None
    change_customer(
        session.desk, known.id, known.version, replace(TAKAHASHI, person="佐藤", phone="06-0000-0999")
    )
    write(page, "person", "田中")
    write(page, "building", "本社ビル")
    page.store()
    settle()
    assert get_customer(session.desk, known.id).fields.person == "佐藤"
    told = [label.words() for label in page.conflict.findChildren(Label)]
    assert "相手：佐藤" in told
    assert "入力：田中" in told
    assert "相手：06-0000-0999" in told
    assert any(text.startswith("田村 美咲") for text in told)
    assert page.person.text() == "田中"  # nothing typed is lost
    assert set(page.conflict.choices) == {"person"}
    page.store()  # again, without a choice: nothing is overwritten
    settle()
    settle()
    assert get_customer(session.desk, known.id).fields.person == "佐藤"
    page.conflict.accept.click()
    assert page.person.text() == "田中"
    assert page.phone.text() == "06-0000-0999"
    page.store()
    settle()
    stored = get_customer(session.desk, known.id).fields
    assert (stored.person, stored.phone, stored.building) == ("田中", "06-0000-0999", "本社ビル")


def test_a_save_that_changed_nothing_elsewhere_stands_in_nobodys_way(
    place: CustomersPlace, known: Customer, session: Session, settle: Settle
) -> None:
    place.open_customer(known.id)
    settle()
    page = place.form
    assert page is not None
    change_customer(session.desk, known.id, known.version, TAKAHASHI)
    write(page, "person", "田中")
    page.store()
    settle()
    settle()
    assert page.conflict.isHidden()
    assert get_customer(session.desk, known.id).fields.person == "田中"


def test_leaving_asks_about_what_is_not_stored(
    place: CustomersPlace, known: Customer, settle: Settle
) -> None:
    place.open_customer(known.id)
    settle()
    page = place.form
    assert page is not None
    page.leave()
    assert place.currentWidget() is place.list
    place.open_customer(known.id)
    settle()
    write(page, "phone", "1")
    assert place.unsaved
    page.leave()
    assert place.currentWidget() is page
    assert page.unsaved.isVisible()
    page.unsaved.button.click()
    assert place.currentWidget() is place.list
    assert not place.unsaved


def test_a_quotation_can_be_asked_for(
    place: CustomersPlace, known: Customer, settle: Settle, qtbot: QtBot
) -> None:
    place.open_customer(known.id)
    settle()
    assert place.form is not None
    with qtbot.waitSignal(place.quotation_wanted) as asked:
        place.form.quote.click()
    assert asked.args == [known.id]


def test_the_form_lists_the_customers_own_quotations(
    place: CustomersPlace, known: Customer, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    other = register_customer(session.desk, CustomerFields(name="別の会社"))
    for customer, title in ((known, "一つめ"), (other, "よその見積"), (known, "二つめ")):
        content = QuotationContent(customer_id=customer.id, customer=customer.fields, title=title)
        stored = start_quotation(session.desk, content)
    place.open_customer(known.id)
    settle()
    assert place.form is not None
    part = place.form.quotations
    part.model.record(0)
    settle()
    assert [part.model.record(row).title for row in range(part.model.rowCount())] == ["二つめ", "一つめ"]
    assert part.count.words() == "2件"
    with qtbot.waitSignal(place.quotation_chosen) as opened:
        part.table.setFocus()
        QTest.keyClick(part.table, Qt.Key.Key_Return)
    assert opened.args == [stored.id]
    with qtbot.waitSignal(place.quotation_wanted) as wanted:
        part.new.click()
    assert wanted.args == [known.id]


def test_what_belongs_to_a_customer_takes_turns_with_the_form_where_there_is_no_room_beside_it(
    place: CustomersPlace, known: Customer, settle: Settle
) -> None:
    place.open_customer(known.id)
    settle()
    form = place.form
    assert form is not None
    assert form.quotations.isVisible()
    assert form.name.isVisible()
    assert not form.quote.isVisible()
    place.resize(944, 600)
    settle()
    assert form.name.isVisible()
    assert not form.quotations.isVisible()
    assert form.quote.isVisible()
    form.side.go("quotations")
    settle()
    assert form.quotations.isVisible()
    assert not form.name.isVisible()
    form.open_new()
    settle()
    assert form.name.isVisible()
    assert not form.side.isVisible()
    assert not form.quote.isVisible()
    place.resize(1366, 768)
    place.open_customer(known.id)
    settle()
    assert form.name.isVisible()
    assert form.quotations.isVisible()


def test_slips_are_pointed_out_and_stored_all_the_same(place: CustomersPlace, settle: Settle) -> None:
    page = new_form(place)
    for name, text in (("name", "酒井建設"), ("kana", "abc"), ("phone", "0123"), ("email", "info@sakai")):
        write(page, name, text)
    page.name.setFocus()
    told = {name: field.below.words() for name, field in page.fields.items() if field.below.isVisible()}
    assert set(told) == {"kana", "phone", "email"}
    page.store()
    settle()
    assert page.title.words() == "酒井建設"
