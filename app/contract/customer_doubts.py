"""What in a customer's details looks like a slip. Nothing is refused for it: people know their customers."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.contract.customer import CustomerFields
from app.words import _

_FEWEST_DIGITS: Final = 10
_MOST_DIGITS: Final = 15  # the longest number with its country
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


def customer_doubts(fields: CustomerFields) -> dict[str, str]:
    """Field → what to look at again, for those that are filled in and look wrong."""
    told = {
        "kana": _("フリガナはカタカナで入力してください。") if not _is_kana(fields.kana) else "",
        "phone": _phone_doubt(fields.phone),
        "email": _("メールアドレスの形ではないようです。例：info@example.jp")
        if fields.email and not _ADDRESS.fullmatch(fields.email.strip())
        else "",
    }
    return {name: text for name, text in told.items() if text}


def _phone_doubt(phone: str) -> str:
    if not phone:
        return ""
    plain = unicodedata.normalize("NFKC", phone)
    digits = sum(char.isdigit() for char in plain)
    if digits < _FEWEST_DIGITS:
        return _("電話番号の桁が足りないようです（{count}桁）。").format(count=digits)
    return (
        _("電話番号の桁が多いようです（{count}桁）。").format(count=digits) if digits > _MOST_DIGITS else ""
    )


def _is_kana(text: str) -> bool:
    wide = unicodedata.normalize("NFKC", text)
    return all("ぁ" <= char <= "ヿ" or char in " ・（）()ー－-&＆.0123456789" for char in wide)
