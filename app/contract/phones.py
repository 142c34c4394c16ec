"""Phone numbers as Japanese ones are written: ``06-1234-5678``, an extension after it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from app.words import _

_FEWEST_DIGITS: Final = 10
_MOST_DIGITS: Final = 15  # the longest number with its country
_EXTENSION: Final = re.compile(
    r"^(?P<number>.*?)[\s(]*(?:内線|ext\.?|#)[\s:.]*(?P<extension>\d{1,8})\)?$", re.IGNORECASE
)
_BREAKS: Final = re.compile(r"[\s()\-−‐-―ーｰ・.]+")
_JAPAN: Final = "JP"


def written(text: str) -> str:
    """A phone number as it is written; what can't be read as one stays as it was typed.

    Groups that somebody set apart are kept: who knows the number knows where it breaks.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    extension = _EXTENSION.match(plain)
    if extension is not None:
        number = _written(extension["number"].strip())
        return f"{number} 内線{extension['extension']}" if number else text.strip()
    return _written(plain) or text.strip()


def _written(plain: str) -> str:
    """The number itself, "" when it can't be read."""
    groups = [group for group in _BREAKS.split(plain) if group]
    digits = "".join(groups)
    if len(groups) > 2 and digits.isdigit() and _FEWEST_DIGITS <= len(digits) <= _FEWEST_DIGITS + 1:
        return "-".join(groups)
    import phonenumbers

    try:
        number = phonenumbers.parse(plain, _JAPAN)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    form = phonenumbers.PhoneNumberFormat
    at_home = number.country_code == phonenumbers.country_code_for_region(_JAPAN)
    return str(phonenumbers.format_number(number, form.NATIONAL if at_home else form.INTERNATIONAL))


def doubt_of(text: str) -> str:
    """What looks wrong with a phone number, as a sentence; "" when nothing does or nothing stands there."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return ""
    extension = _EXTENSION.match(plain)
    number = extension["number"] if extension is not None else plain
    digits = sum(char.isdigit() for char in number)
    if digits < _FEWEST_DIGITS:
        return _("電話番号の桁が足りないようです（{count}桁）。").format(count=digits)
    if digits > _MOST_DIGITS:
        return _("電話番号の桁が多いようです（{count}桁）。").format(count=digits)
    if not _written(number.strip()):
        return _("電話番号の形ではないようです。例：06-0000-0148")
    return ""
