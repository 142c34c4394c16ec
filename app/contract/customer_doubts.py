"""What in a customer's details looks like a slip. Nothing is refused for it: people know their customers."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.contract.customer import CustomerDetails, CustomerFields
from app.contract.phones import doubt_of
from app.words import _

_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def customer_doubts(fields: CustomerFields) -> dict[str, str]:
    """Field → what to look at again, for those that are filled in and look wrong."""
    told = {
        "kana": _kana_doubt(fields.kana),
        "phone": doubt_of(fields.phone),
        "email": _email_doubt(fields.email),
    }
    return {name: text for name, text in told.items() if text}


def detail_doubts(details: CustomerDetails) -> dict[str, str]:
    """As ``customer_doubts`` for contacts and sites: ``contacts.0.phone`` → what to look at again."""
    told: dict[str, str] = {}
    for place, contact in enumerate(details.contacts):
        told[f"contacts.{place}.kana"] = _kana_doubt(contact.kana)
        told[f"contacts.{place}.phone"] = doubt_of(contact.phone)
        told[f"contacts.{place}.email"] = _email_doubt(contact.email)
    for place, site in enumerate(details.sites):
        told[f"sites.{place}.phone"] = doubt_of(site.phone)
    return {name: text for name, text in told.items() if text}


def _kana_doubt(kana: str) -> str:
    return "" if _is_kana(kana) else _("フリガナはカタカナで入力してください。")


def _email_doubt(email: str) -> str:
    if email and not _ADDRESS.fullmatch(email.strip()):
        return _("メールアドレスの形ではないようです。例：info@example.jp")
    return ""


def _is_kana(text: str) -> bool:
    wide = unicodedata.normalize("NFKC", text)
    return all("ぁ" <= char <= "ヿ" or char in " ・（）()ー－-&＆.0123456789" for char in wide)
