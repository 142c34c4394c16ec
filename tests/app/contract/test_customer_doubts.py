"""Slips in a customer's details are pointed out; what is right or unknown is not."""

from __future__ import annotations

import pytest

from app.contract.customer import CustomerFields
from app.contract.customer_doubts import customer_doubts


@pytest.mark.parametrize(
    "fields",
    [
        CustomerFields(),
        CustomerFields(kana="カブシキガイシャ サカイ・コウギョウ", phone="072-000-0111", email="a.b@sakai.example.jp"),
        CustomerFields(kana="ﾀｶﾊｼｾｲｺｳ", phone="０６－００００－０１４８"),
        CustomerFields(phone="+81 6 0000 0148", email="info@例え.jp"),
    ],
)  # fmt: skip
def test_what_may_be_right_is_not_doubted(fields: CustomerFields) -> None:
    assert customer_doubts(fields) == {}


@pytest.mark.parametrize(
    ("fields", "doubted"),
    [
        (CustomerFields(kana="abc"), "kana"),
        (CustomerFields(kana="髙橋"), "kana"),
        (CustomerFields(phone="0123"), "phone"),
        (CustomerFields(phone="なし"), "phone"),
        (CustomerFields(phone="06-0000-0148-0000-0148"), "phone"),
        (CustomerFields(email="tanaka@"), "email"),
        (CustomerFields(email="tanaka@example"), "email"),
        (CustomerFields(email="田中 tanaka@example.jp"), "email"),
    ],
)
def test_what_can_not_be_right_is(fields: CustomerFields, doubted: str) -> None:
    assert list(customer_doubts(fields)) == [doubted]


def test_all_doubts_come_at_once() -> None:
    assert list(customer_doubts(CustomerFields(kana="abc", phone="0123", email="@"))) == [
        "kana",
        "phone",
        "email",
    ]
