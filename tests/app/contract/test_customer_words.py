"""Corporate numbers, phone numbers, slips and notified changes."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from app.contract import corporate_number, phones
from app.contract.customer import (
    CustomerBilling,
    CustomerContact,
    CustomerDetails,
    CustomerFields,
    CustomerSite,
)
from app.contract.customer_doubts import customer_doubts, detail_doubts
from app.contract.customer_notice import NoticeTold, notifiable_changes

NOBODY = CustomerDetails()


@pytest.mark.parametrize(
    "text", ["5835678256246", "T5835678256246", "5-8356-7825-6246", "５８３５６７８２５６２４６"]
)
def test_a_corporate_number_is_read_however_it_is_typed(text: str) -> None:
    assert corporate_number.normalized(text) == "5835678256246"
    assert not corporate_number.problem_of(text)
    assert corporate_number.written(corporate_number.normalized(text)) == "5-8356-7825-6246"


@pytest.mark.parametrize(
    ("text", "why"), [("5835678256247", "検査数字"), ("583567825624", "いま12桁"), ("番号なし", "数字13桁")]
)
def test_a_wrong_corporate_number_says_what_is_wrong(text: str, why: str) -> None:
    assert why in corporate_number.problem_of(text)
    assert corporate_number.normalized(text) == text  # as it was typed


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("0312345678", "03-1234-5678"),
        ("09012345678", "090-1234-5678"),
        ("0466231234", "0466-23-1234"),
        ("0120444113", "0120-444-113"),
        ("０３（１２３４）５６７８", "03-1234-5678"),
        ("03ー1234ー5678", "03-1234-5678"),
        ("+81 3 1234 5678", "03-1234-5678"),
        ("+1 212 555 0100", "+1 212-555-0100"),
        ("06-0000-0148", "06-0000-0148"),  # groups somebody wrote stay
        ("0312345678 内線12", "03-1234-5678 内線12"),
        ("代表に電話", "代表に電話"),
        ("0123", "0123"),
        ("", ""),
    ],
)
def test_phone_numbers_are_written_as_japanese_ones_are(typed: str, written: str) -> None:
    assert phones.written(typed) == written
    assert phones.written(phones.written(typed)) == written


@pytest.mark.parametrize("typed", ["0123", "代表に電話", "0999999999999999", "000000000000"])
def test_a_phone_number_that_can_not_be_read_is_doubted(typed: str) -> None:
    assert phones.doubt_of(typed)


def test_contacts_and_sites_are_looked_at_too() -> None:
    details = CustomerDetails(
        contacts=(
            CustomerContact(name="西田", phone="06-1234-5678", email="nishida@example.jp"),
            CustomerContact(name="東", kana="abc", phone="12", email="x@y"),
        ),
        sites=(CustomerSite(name="堺", phone="1"),),
    )
    assert set(detail_doubts(details)) == {
        "contacts.1.kana", "contacts.1.phone", "contacts.1.email", "sites.0.phone",
    }  # fmt: skip
    assert set(customer_doubts(CustomerFields(phone="12", email="x@y"))) == {"phone", "email"}


def test_what_is_to_be_notified_is_told_with_before_and_after() -> None:
    before = CustomerFields(
        name="みのり食品", phone="06-6123-4567", postal_code="5410053", prefecture="大阪府", address="本町1"
    )
    after = replace(before, name="みのりフーズ", address="本町2", note="改名", person="実")
    billing = CustomerDetails(billing=CustomerBilling(method="invoice"))
    changes = notifiable_changes(before, after, NOBODY, billing)
    assert changes == {
        "name": ("みのり食品", "みのりフーズ"),
        "address": ("〒541-0053 大阪府本町1", "〒541-0053 大阪府本町2"),
        "billing": ("", "請求書"),
    }


def test_what_only_became_known_is_no_change() -> None:
    before = CustomerFields(name="みのり食品")
    after = replace(before, phone="06-6123-4567", email="a@example.jp", name="みのり 食品")
    assert notifiable_changes(before, after, NOBODY, NOBODY) == {}


def test_a_notice_needs_no_day_of_the_change() -> None:
    assert NoticeTold(on=date(2026, 11, 20)).changed_on is None
