"""Where plain data does not fit a record: every place at once, with what was found and what is allowed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Literal

import msgspec
from msgspec.inspect import (
    BoolType,
    DateType,
    DictType,
    IntType,
    LiteralType,
    NoneType,
    StrType,
    StructType,
    Type,
    VarTupleType,
    type_info,
)

from app.tariff.shape import allowed_words, join, shown
from app.words import _


def misfits(value: object, kind: type[msgspec.Struct]) -> Iterator[tuple[str, str, str]]:
    """Path, what was found and what is allowed, for every key and value that does not fit ``kind``."""
    yield from _misfits(value, type_info(kind), "")


def _misfits(value: object, kind: Type, path: str) -> Iterator[tuple[str, str, str]]:
    """Where the value does not fit: path, what was found, what is allowed."""
    inside = _inside(kind, value)
    if inside is None:
        if not _fits(value, kind):
            yield path, shown(value), _allowed(kind)
    elif isinstance(inside, StructType):
        assert isinstance(value, Mapping)
        yield from _struct_misfits(value, inside, path)
    elif isinstance(inside, DictType):
        assert isinstance(value, Mapping)
        for name, entry in value.items():
            yield from _misfits(entry, inside.value_type, join(path, str(name)))
    else:
        assert isinstance(inside, VarTupleType)
        assert isinstance(value, list)
        for place, entry in enumerate(value):
            yield from _misfits(entry, inside.item_type, join(path, str(place)))


def _inside(kind: Type, value: object) -> Type | None:
    """The part of the type whose inside the value can be held against; None for plain values."""
    for known in getattr(kind, "types", (kind,)):
        if isinstance(known, StructType | DictType) and isinstance(value, Mapping):
            return known
        if isinstance(known, VarTupleType) and isinstance(value, list):
            return known
    return None


def _struct_misfits(value: Mapping[str, Any], kind: StructType, path: str) -> Iterator[tuple[str, str, str]]:
    fields = {field.encode_name: field for field in kind.fields}
    for name in value:
        if name not in fields:
            names = _("、").join(fields)
            yield join(path, str(name)[:60]), _("知らない項目"), _("{names}のいずれか").format(names=names)
    for name, field in fields.items():
        if name in value:
            yield from _misfits(value[name], field.type, join(path, name))
        elif field.required:
            yield join(path, name), _("空欄"), _allowed(field.type)


_PLAIN: dict[Any, Any] = {StrType: str, IntType: int, BoolType: bool, DateType: date, NoneType: None}


def _fits(value: object, kind: Type) -> bool:
    """Whether a plain value (no record, list or mapping) may stand there."""
    plain = [
        Literal[tuple(known.values)] if isinstance(known, LiteralType) else _PLAIN[type(known)]
        for known in getattr(kind, "types", (kind,))
        if isinstance(known, LiteralType) or type(known) in _PLAIN
    ]
    if not plain:
        return False
    try:
        msgspec.convert(value, reduce(or_, plain))
    except (msgspec.ValidationError, ValueError):
        return False
    return True


def _allowed(kind: Type) -> str:
    """What may stand there, in words."""
    alternatives = [known for known in getattr(kind, "types", (kind,)) if not isinstance(known, NoneType)]
    if any(isinstance(known, StructType | DictType) for known in alternatives):
        return _("名前と値の組（{ }）")
    if any(isinstance(known, VarTupleType) for known in alternatives):
        return _("値の並び（[ ]）")
    return allowed_words(kind)
