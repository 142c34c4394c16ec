"""Words of stored bills in another language than theirs: bills keep the words their customers read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from app.days import Month, short_month_words
from app.tariff.model import Edition, Record, Text
from app.tariff.texts import words
from app.words import _, language

_OF_MONTH: Final = re.compile(r"(.*)（([1-9]\d{3})年(1[0-2]|[1-9])月分(の調整)?）")
_LATE: Final = re.compile(r"遅れた日数 (\d+)日")
_DAYS: Final = re.compile(r"(?<=\d)日")


def names_of(edition: Edition) -> Mapping[str, str]:
    """What an edition calls its items, fees, visit work and units, in the language in use, by the Japanese of
    bills; nothing in Japanese itself.
    """
    if language() == "ja":
        return {}
    return {text.ja: words(text) for text in _texts((edition.items, edition.fees, edition.visit))}


def said_again(text: str, names: Mapping[str, str]) -> str:
    """A name or unit of a bill in the language in use; as it stands where nobody knows another."""
    if language() == "ja" or not text:
        return text
    found = _OF_MONTH.fullmatch(text)
    if found is None:
        return names.get(text) or _(text)
    month = short_month_words(Month(int(found[2]), int(found[3])))
    if found[4]:
        return _("{name}（{month}分の調整）").format(name=said_again(found[1], names), month=month)
    known = {
        "延滞利息": _("延滞利息（{month}分）"),
        "延滞利息の取消し": _("延滞利息の取消し（{month}分）"),
    }
    return known[found[1]].format(month=month) if found[1] in known else text


def detail_said(detail: str) -> str:
    """What stands under a name, where it is ours; what staff wrote stays."""
    found = _LATE.fullmatch(detail) if language() != "ja" else None
    return _("遅れた日数 {days}日").format(days=found[1]) if found else detail


def why_said(why: tuple[str, ...]) -> tuple[str, ...]:
    """Why a line is as it is, as the bill said it; in another language only what holds no Japanese."""
    return why if language() == "ja" else tuple(one for one in why if one.isascii())


def worked_said(calculation: str) -> str:
    """A calculation a bill was recorded with: ``× 24日`` is “× 24 days”, where that language is in use."""
    return calculation if language() == "ja" else _DAYS.sub(" days", calculation).replace("％", "%")


def _texts(value: object) -> Iterator[Text]:
    if isinstance(value, Text):
        yield value
    elif isinstance(value, Record):
        for name in value.__struct_fields__:
            yield from _texts(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
