"""届出: which changes of a customer the terms ask to be told of, and what they were before and after."""

from __future__ import annotations

from datetime import date
from typing import Final

import msgspec

from app.contract.customer import CustomerBilling, CustomerDetails, CustomerFields
from app.words import N_, _

NOTIFIABLE: Final = {
    "name": N_("お名前"),
    "address": N_("住所"),
    "phone": N_("電話番号"),
    "email": N_("メールアドレス"),
    "billing": N_("請求先・支払方法"),
}
"""What the terms ask a contractor to tell when it changes (届出事項), by the names ``Notified.what`` uses."""

_METHODS: Final = {
    "": "",
    "invoice": N_("請求書"),
    "account-transfer": N_("口座振替"),
    "phone-bill": N_("電話料金合算"),
}


class NoticeTold(msgspec.Struct, frozen=True, kw_only=True):
    """How a change came to be known: the day it was told, the day of the change itself, what was shown."""

    on: date
    changed_on: date | None = None
    proof: str = ""


def notice_name(code: str) -> str:
    """The name of something to be notified; an unknown code as it is."""
    return _(NOTIFIABLE[code]) if code in NOTIFIABLE else code


def method_words(method: str) -> str:
    """請求書, 口座振替, 電話料金合算, or "" where none was chosen."""
    known = _METHODS.get(method, "")
    return _(known) if known else ""


def address_words(fields: CustomerFields) -> str:
    """The postal address on one line."""
    code = fields.postal_code
    postal = f"〒{code[:3]}-{code[3:]} " if len(code) == 7 else ""
    street = fields.prefecture + fields.address
    return (postal + " ".join(part for part in (street, fields.building) if part)).strip()


def billing_words(billing: CustomerBilling) -> str:
    """Where bills go and how they are paid, on one line; "" where nothing is said."""
    code = billing.postal_code
    postal = f"〒{code[:3]}-{code[3:]}" if len(code) == 7 else code
    parts = (
        method_words(billing.method),
        postal,
        billing.address,
        billing.name,
        billing.department,
        billing.person,
    )
    return " ".join(part for part in parts if part)


def notifiable_changes(
    before: CustomerFields,
    after: CustomerFields,
    details_before: CustomerDetails,
    details_after: CustomerDetails,
) -> dict[str, tuple[str, str]]:
    """What changed of that which is to be notified: code → the words before and after.

    A text that was empty before is none: it became known, it did not change.
    """
    texts = {
        "name": (before.name, after.name),
        "address": (address_words(before), address_words(after)),
        "phone": (before.phone, after.phone),
        "email": (before.email, after.email),
        "billing": (billing_words(details_before.billing), billing_words(details_after.billing)),
    }
    return {
        code: (old, new)
        for code, (old, new) in texts.items()
        if _plain(old) != _plain(new) and (old or code == "billing")
    }


def _plain(text: str) -> str:
    return "".join(text.split())
