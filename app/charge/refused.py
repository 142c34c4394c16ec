"""Why a contract could not be charged, in words: bills keep the code alone."""

from __future__ import annotations

from typing import Final

from app.words import N_, _

_WORDS: Final = {
    "edition-unknown": N_("料金の分かる版がない日が含まれています"),
    "no-price": N_("料金表に価格のない数量です"),
    "out-of-range": N_("数量が料金表の範囲を超えています"),
    "bad-input": N_("契約の記録に矛盾があります"),
    "tariff-file": N_("料金表のファイルに誤りがあります"),
}


def refused_words(code: str) -> str:
    """``料金の分かる版がない日が含まれています``; the code itself for one nobody foresaw."""
    words = _WORDS.get(code)
    return _(words) if words else _("計算できません（{code}）").format(code=code)
