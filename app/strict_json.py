"""JSON read as it was written: numbers with a point stay exact, and a name given twice is noticed."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal, InvalidOperation
from typing import NoReturn

from app.words import _


def read_json(data: bytes) -> tuple[object, tuple[str, ...]]:
    """The value of a UTF-8 text, and the names that stand twice in one object.

    Which of two equal names counts is nobody's guess to make: callers refuse them. Raises ValueError for what
    is no JSON (``NaN`` is none either), RecursionError where it is nested too deep.
    """
    doubled: list[str] = []

    def members(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) != len(pairs):
            times = Counter(name for name, _value in pairs)
            doubled.extend(name for name in found if times[name] > 1)
        return found

    value: object = json.loads(
        data.decode("utf-8-sig"), parse_float=_exactly, parse_constant=_no_number, object_pairs_hook=members
    )
    return value, tuple(doubled)


def why_unreadable(error: ValueError | RecursionError) -> str:
    """Why a text could not be read, in words; empty where nothing more can be said."""
    if isinstance(error, RecursionError):
        return _("入れ子が深すぎます。")
    if isinstance(error, UnicodeDecodeError):
        return _("文字コードがUTF-8ではありません。")
    if isinstance(error, json.JSONDecodeError) and error.lineno > 1:
        return _("{line}行{column}文字目に誤りがあります。").format(line=error.lineno, column=error.colno)
    if isinstance(error, json.JSONDecodeError):
        return _("{column}文字目に誤りがあります。").format(column=error.colno)
    return ""


def _exactly(number: str) -> Decimal:
    """A number as it was written. ValueError for one whose exponent no machine could hold."""
    try:
        return Decimal(number)
    except InvalidOperation as error:
        raise ValueError(f"{number[:40]} is out of all bounds") from error


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")
