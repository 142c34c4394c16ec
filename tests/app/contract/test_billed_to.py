"""Whom bills go to."""

from __future__ import annotations

from app.contract.billed_to import billed_to
from app.contract.customer import CustomerBilling, CustomerFields
from app.contract.record import BillingAddress

CUSTOMER = CustomerFields(
    name="青葉 太郎",
    kana="",
    kind="sole-trader",
    person="実 太郎",
    prefecture="兵庫県",
    address="神戸市中央区1",
)


def test_bills_go_where_the_contract_or_the_customer_says() -> None:
    elsewhere = CustomerBilling(name="株式会社青葉経理", postal_code="1000001", address="東京都千代田区1")
    assert billed_to(CUSTOMER, CustomerBilling()) == CUSTOMER
    to = billed_to(CUSTOMER, elsewhere)
    assert (to.name, to.kind, to.person) == ("株式会社青葉経理", "corporation", "")
    assert (to.prefecture, to.address) == ("", "東京都千代田区1")
    to = billed_to(CUSTOMER, elsewhere, BillingAddress(department="総務部"))
    assert (to.name, to.department, to.address) == (CUSTOMER.name, "総務部", CUSTOMER.address)
    to = billed_to(CUSTOMER, elsewhere, BillingAddress(person="経 理子"))
    assert (to.person, to.prefecture) == ("経 理子", "兵庫県")
