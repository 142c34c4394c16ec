"""法人番号: the thirteen digits of the National Tax Agency's register, the first of which checks the others."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.words import _

DIGITS: Final = 13


def normalized(text: str) -> str:
    """The digits, however they were typed (``T9-9900-0100-0123``); what is no such number stays as typed."""
    plain = re.sub(r"[\s\-−‐-―ー]", "", unicodedata.normalize("NFKC", text)).removeprefix("T")
    return plain if plain.isascii() and plain.isdigit() else text.strip()


def problem_of(text: str) -> str:
    """What is wrong with a corporate number, as a sentence; "" when nothing is or nothing stands there."""
    number = normalized(text)
    if not number:
        return ""
    if not (number.isascii() and number.isdigit()):
        return _("法人番号は数字13桁です。")
    if len(number) != DIGITS:
        return _("法人番号は数字13桁です（いま{count}桁）。").format(count=len(number))
    from stdnum.jp import cn

    if not cn.is_valid(number):
        return _("法人番号の検査数字が合いません。打ち間違いがないか確かめてください。")
    return ""


def written(number: str) -> str:
    """As people write it: ``9-9900-0100-0123``; anything else as it is."""
    if len(number) != DIGITS or not number.isdigit():
        return number
    return "-".join((number[0], number[1:5], number[5:9], number[9:]))
