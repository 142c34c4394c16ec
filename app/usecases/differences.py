"""What differs between two states of a record, field by field, as the audit keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

_LONGEST: Final = 300
_NAMED_BY: Final = ("id", "code", "name")


def differences(before: Any, after: Any, leave_out: tuple[str, ...] = ()) -> dict[str, list[Any]]:
    """The fields that differ, by their path (``company.phone``, ``staff.田村 美咲.active``), each with the value
    before and after; None where it was not there. Long texts are cut. ``leave_out``: fields of the record
    itself that say nothing, as its version.
    """
    one, other = (_plain(record, leave_out) for record in (before, after))
    return {path: [_cut(was), _cut(now)] for path, was, now in _differing("", one, other)}


def _plain(record: Any, leave_out: tuple[str, ...]) -> Any:
    plain = msgspec.to_builtins(record, str_keys=True)
    if isinstance(plain, dict):
        return {name: value for name, value in plain.items() if name not in leave_out}
    return plain


def _differing(path: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:
    if was == now:
        return
    one, other = _by_name(was), _by_name(now)
    if one is None or other is None or not (one or other):
        yield path, was, now
        return
    for name in dict.fromkeys((*one, *other)):
        below = _called(name, other.get(name, one.get(name)))
        yield from _differing(f"{path}.{below}" if path else below, one.get(name), other.get(name))


def _called(name: str, record: Any) -> str:
    """What a record of a list is called: people know it by its name, not by its id."""
    called = record.get("name") if isinstance(record, dict) and record.get("id") == name else None
    return called if isinstance(called, str) and called else name


def _by_name(value: Any) -> Mapping[str, Any] | None:
    """A record, or a list of records that have names, by name; None for anything else."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list | tuple) or not all(isinstance(one, dict) for one in value):
        return None
    for key in _NAMED_BY:
        names = [one.get(key) for one in value]
        if value and all(isinstance(name, str) and name for name in names) and len(set(names)) == len(names):
            return dict(zip(names, value, strict=True))
    return {} if not value else None


def _cut(value: Any) -> Any:
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return value
