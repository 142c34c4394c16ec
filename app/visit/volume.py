"""Reading a volume of data as people write it: with its unit, exactly."""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction
from typing import Final

from app.errors import Problem, UserError
from app.words import _

_VOLUME: Final = re.compile(r"(\d{1,12}(?:\.\d{1,6})?)(KB|MB|GB|TB)?")
_SMALLER: Final = {"KB": 1_000_000, "MB": 1_000, "GB": 1}


def read_volume(text: str, gb_per_tb: int = 1_000, field: str = "data_gb") -> Fraction:
    """GB, exact: ``4.7GB``, ``４．７ ＧＢ``, ``2TB``, ``500MB``.

    Raises UserError ``bad-input``: no number, none or below zero, or no unit (500 of what?).
    """
    plain = unicodedata.normalize("NFKC", text).upper().replace(" ", "").replace(",", "")
    found = _VOLUME.fullmatch(plain)
    if found is None:
        raise UserError(
            Problem(
                "bad-input",
                _("容量「{text}」は読めません。").format(text=text[:20]),
                remedy=_("「50GB」や「2TB」のように、0より大きい数と単位で入力してください。"),
                field=field,
            )
        )
    number, unit = Fraction(found[1]), found[2]
    if unit is None:
        raise UserError(
            Problem(
                "bad-input",
                _("容量「{text}」に単位がありません。").format(text=text[:20]),
                remedy=_("「{text}GB」か「{text}TB」のように入力してください。").format(text=found[1]),
                field=field,
            )
        )
    if number == 0:
        raise UserError(
            Problem(
                "bad-input",
                _("容量が0です。"),
                remedy=_("移行するデータの容量を入力してください。移行しないときは作業から外してください。"),
                field=field,
            )
        )
    return number * gb_per_tb if unit == "TB" else number / _SMALLER[unit]


def volume_text(volume: Fraction) -> str:
    """The volume as it is stored, in GB: ``4.7``; exact for every volume ``read_volume`` gives."""
    whole, rest = divmod(volume, 1)
    if rest == 0:
        return str(whole)
    digits = f"{int(rest * 10**15):015d}".rstrip("0")
    return f"{whole}.{digits}"


def volume_words(volume: Fraction) -> str:
    """As people read it: ``4.7GB``, ``2TB``."""
    if volume >= 1_000 and volume % 100 == 0:
        return f"{volume_text(volume / 1_000)}TB"
    return f"{volume_text(volume)}GB"
