"""Checks that hold for every record of a tariff file, by the kind of its values; and what a check finds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

from msgspec import NODEFAULT

from app.tariff.model import Condition, Edition, Record
from app.tariff.shape import shown
from app.words import _

MOST: Final = 1_000_000_000_000  # yen, or of anything else a tariff counts
IDENTITIES: Final = ("code", "name", "option", "when", "lines")

_CODE: Final = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class Finding(NamedTuple):
    """One thing that is wrong in a record: where inside it, what was found, what is allowed.

    Where a value the finding rests on has the wrong shape, the finding is not told, for it may be a mere
    consequence. It rests on everything at ``key``, or only on the values named ``leaves`` there, and on the
    parts of the edition in ``needs``.
    """

    key: str
    found: str
    allowed: str
    needs: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


Rule = Callable[[Any, Edition], Iterator[Finding]]


def in_every_record(record: Record, edition: Edition | None) -> Iterator[Finding]:
    """Empty words, negative numbers, control characters, codes that stand twice, readings that are not
    declared.
    """
    for name, required, is_reading in _fields(type(record)):
        value = getattr(record, name)
        if type(value) is str:
            yield from _text(name, value, required)
            if is_reading and value and edition is not None:
                yield from _reading(name, value, edition)
            if name == "code" and not isinstance(record, Condition):
                yield from _code(name, value)
        elif type(value) is int:
            yield from _number(name, value)
        elif type(value) is tuple:
            yield from _entries(name, value, required)


@cache
def _fields(kind: type[Record]) -> tuple[tuple[str, bool, bool], ...]:
    """Name, whether a value must be given, and whether it is the name of a reading, of every field."""
    names = kind.__struct_fields__
    defaults = kind.__struct_defaults__
    padded = (NODEFAULT,) * (len(names) - len(defaults)) + defaults
    return tuple(
        (name, default is NODEFAULT, "reading" in name.split("_"))
        for name, default in zip(names, padded, strict=True)
    )


def _text(name: str, value: str, required: bool) -> Iterator[Finding]:
    if required and not value.strip():
        wanted = _("根拠となる条項（例 25条、別紙4※1）") if name.endswith("clause") else _("空でない文字列")
        yield Finding(name, _("空です"), wanted)
    elif any(unicodedata.category(char) in {"Cc", "Cs"} for char in value):
        yield Finding(name, _("改行などの制御文字があります"), _("1行の文字列"))


def _number(name: str, value: int) -> Iterator[Finding]:
    if not 0 <= value <= MOST:
        yield Finding(name, shown(value), _("0〜{most}の整数").format(most=f"{MOST:,}"))


def _code(name: str, value: str) -> Iterator[Finding]:
    if value.strip() and not _CODE.fullmatch(value):
        yield Finding(name, shown(value), _("小文字の英数字をハイフンか下線でつないだもの"))


def _reading(name: str, value: str, edition: Edition) -> Iterator[Finding]:
    if edition.reading(value) is None:
        known = _("、").join(reading.name for reading in edition.readings)
        yield Finding(
            name,
            _("解釈「{name}」はこの改定版にありません").format(name=value),
            _("readingsにある名前（{names}）").format(names=known),
            ("readings",),
        )


def _entries(name: str, values: Sequence[Any], required: bool) -> Iterator[Finding]:
    if required and not values:
        yield Finding(name, _("空の配列です"), _("1つ以上の値"))
    for value in values:
        if type(value) is int:
            yield from _number(name, value)
    counts = Counter(identity(value) for value in values if isinstance(value, Record))
    for label, count in counts.items():
        if label and count > 1:
            yield Finding(
                name,
                _("「{code}」が{count}回あります").format(code=label, count=count),
                _("1つの配列に同じものは1回だけ"),
                leaves=IDENTITIES,
            )


def identity(record: Record) -> str:
    """What makes an entry of a list the same as another one; empty where nothing does."""
    if isinstance(record, Condition):
        return " ".join((record.when, *record.lines))
    for name in IDENTITIES[:3]:
        value = getattr(record, name, None)
        if type(value) is str:
            return value
    return ""
