"""Good files made bad: bytes turned over, put in and taken out, words exchanged for hostile ones."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from random import Random
from typing import Any

Edit = Callable[[bytes, Random], bytes]

HOSTILE = (
    b"\x00", b"\xff\xfe", b"9" * 400, b"-1", b"1e999", b"1e-999999999", b"[" * 300, b"{" * 300, b'"',
    b"\n=cmd|'/c calc'!A1\n", "𠮷".encode() + b"\xe2\x80\xae", b"0000-99-99", b"null", b"<!ENTITY a 'b'>",
    b"../../../x", b"inf", b"\r\n", b"\xed\xa0\x80", b"9" * 5_000,
)  # fmt: skip
WORDS = (
    b"null", b"true", b"false", b"0", b"-1", b"1", b"2", b"1.5", b"1e999", b"1e-999999999", b"9" * 20,
    b"9" * 400, b"9" * 5_000, b'""', b'" "', b'"\\u0000"', b'"\\ud800"', b'"9999-12-31"', b'"0001-01-01"',
    b'"2026-02-30"', b'"2026-02"', b'"' + "髙".encode() * 400 + b'"', b"[]", b"{}", b"[[]]",
    b"2026-02-29", b"9999-12-31", b"16384", b"1048576", b"4294967296", b"-9223372036854775809", b"nan",
    b"inf", b"XFD1", b"ZZZ99999999",
)  # fmt: skip
_WORD = re.compile(rb'"[^"\n]{0,200}"|-?[0-9][0-9.]*|[A-Za-z_][A-Za-z_-]+')


def edited(data: bytes, chance: Random) -> bytes:
    """Between one and six changes."""
    changed = bytearray(data)
    for _change in range(chance.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        chance.choices(_KINDS, _WEIGHTS)[0](changed, chance)
    return bytes(changed)


def edited_in_place(data: bytes, chance: Random) -> bytes:
    """Changes that leave the file as long as it is."""
    changed = bytearray(data)
    for _change in range(chance.choice((1, 1, 1, 2, 2, 3, 4, 6))):
        at = chance.randrange(len(changed))
        kind = chance.randrange(5)
        if kind == 0:
            _turn(changed, chance)
            continue
        if kind == 1:
            piece = chance.choice(HOSTILE)[:64]
        elif kind == 2:
            word = _word_near(changed, at)
            at, piece = word or (at, b"\xff")
            piece = (chance.choice(WORDS) * 40)[: len(piece)]
        elif kind == 3:
            start = chance.randrange(len(changed))
            piece = bytes(changed[start : start + chance.choice((1, 2, 4, 8, 64))])
        else:
            piece = chance.choice((b"\0", b"\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0"))
        end = min(len(changed), at + len(piece))
        changed[at:end] = piece[: end - at]
    return bytes(changed)


def _place(data: bytearray, chance: Random) -> int:
    return chance.randrange(len(data) + 1)


def _turn(data: bytearray, chance: Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _put_in(data: bytearray, chance: Random) -> None:
    at = _place(data, chance)
    data[at:at] = chance.randbytes(chance.randint(1, 12))


def _take_out(data: bytearray, chance: Random) -> None:
    at = _place(data, chance)
    del data[at : at + chance.randint(1, 100)]


def _cut_off(data: bytearray, chance: Random) -> None:
    del data[_place(data, chance) :]


def _double(data: bytearray, chance: Random) -> None:
    at, size = _place(data, chance), chance.choice((1, 10, 100, 2_000))
    data[at:at] = data[max(0, at - size) : at]


def _move(data: bytearray, chance: Random) -> None:
    start, at = _place(data, chance), _place(data, chance)
    data[at:at] = data[start : start + chance.randint(1, 200)]


def _hostile(data: bytearray, chance: Random) -> None:
    at = _place(data, chance)
    data[at:at] = chance.choice(HOSTILE)


def _word_near(data: bytearray, at: int) -> tuple[int, bytes] | None:
    found = _WORD.search(data, at) or _WORD.search(data)
    return (found.start(), found.group()) if found else None


def _exchange(data: bytearray, chance: Random) -> None:
    """A word for another of the file, or for one that stands in no good file."""
    word = _word_near(data, _place(data, chance))
    if word is None:
        return
    other = _word_near(data, _place(data, chance)) if chance.random() < 0.4 else None
    at, old = word
    new = other[1] if other else chance.choice(WORDS)
    if old.startswith(b'"') and not new.startswith(b'"') and chance.random() < 0.5:
        new = b'"' + new + b'"'
    data[at : at + len(old)] = new


_KINDS = (_turn, _put_in, _take_out, _cut_off, _double, _move, _hostile, _exchange)
_WEIGHTS = (4, 2, 3, 1, 1, 2, 3, 10)


# --- JSON ---------------------------------------------------------------------------------------------------

_VALUES = (
    None, True, False, 0, 1, -1, 2, 3, 31, 99, 100, 10**6, 10**9, 10**20, 10**400, 0.1, 1.5, -0.5, 1e300,
    "", " ", "0", "x", "\0", "\ud800", "髙" * 400, "9" * 5_000, "2026-02-29", "2024-02-29", "2026-02-30",
    "0001-01-01", "9999-12-31", "1899-12-31", "2026-12", "2026-13", "0001-01", "9999-12", "2026-11-20T25:00",
    "-", "1/2", "٣", [], {}, [[]], [None], {"": None}, [0] * 300,
)  # fmt: skip


def edited_json(data: bytes, chance: Random) -> bytes:
    """A document changed at between one and four of its values; now and then as any other file."""
    if chance.random() < 0.15:
        return edited(data, chance)
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return edited(data, chance)
    places = list(_places(document))
    if not places:
        return edited(data, chance)
    for _change in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        inside, name = chance.choice(places)
        if name in (range(len(inside)) if isinstance(inside, list) else inside):  # else it went before
            _change_value(inside, name, places, chance)
    return json.dumps(document, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _change_value(inside: Any, name: Any, places: list[tuple[Any, Any]], chance: Random) -> None:
    kind = chance.randrange(8)
    if kind == 0:
        del inside[name]
    elif kind == 1 and isinstance(inside, list):
        inside.extend(inside[name:] * chance.choice((1, 1, 40)))
    elif kind == 2:
        other, its = chance.choice(places)
        with suppress(LookupError):
            inside[name] = copy.deepcopy(other[its])
    elif kind == 3 and isinstance(inside, dict):
        inside[chance.choice(_NAMES)] = copy.deepcopy(chance.choice(_VALUES))
    elif kind < 7:
        inside[name] = _near(inside[name], chance)
    else:
        inside[name] = copy.deepcopy(chance.choice(_VALUES))


_NAMES = (
    "",
    "id",
    "start",
    "from",
    "to",
    "on",
    "items",
    "changes",
    "cancel",
    "outages",
    "options",
    "readings",
    "x",
)


def _places(value: object) -> Iterator[tuple[Any, Any]]:
    """Every place of a document where a value stands, as what it stands in and its name or number."""
    names = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for name in names:
        yield value, name
        yield from _places(value[name])  # type: ignore[index]


def _near(value: object, chance: Random) -> object:
    """A value of the same kind, where there is one."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return chance.choice((value + 1, value - 1, -value, value * 1_000, 0, value * 10**15, 0.5))
    if isinstance(value, float):
        return chance.choice((value + 1, -value, value * 1_000, int(value) if abs(value) < 1e300 else 0))
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", value):
        part = chance.choice((0, 5, 8) if len(value) > 7 else (0, 5))
        size = 4 if part == 0 else 2
        new = chance.choice(("00", "01", "02", "12", "13", "28", "29", "30", "31", "99"))
        year = chance.choice(("0001", "1899", "2019", "2024", "2025", "2027", "2999", "9999"))
        return value[:part] + (year if part == 0 else new) + value[part + size :]
    if isinstance(value, str):
        return edited(value.encode("utf-8", "surrogatepass"), chance).decode("utf-8", "replace")
    return chance.choice((None, [], {}, [value], {"": value}))
