"""The shape of a tariff file held against the records: every missing, unknown or mistyped value at once.

msgspec stops at the first value that does not fit. Here the same records are walked by hand; each value that
does not fit is noted and replaced by a harmless one, so that the rest of the file can still be checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

import msgspec
from msgspec.inspect import (
    BoolType,
    DateType,
    Field,
    IntType,
    LiteralType,
    NoneType,
    StrType,
    StructType,
    TupleType,
    Type,
    UnionType,
    VarTupleType,
    type_info,
)

from app.words import _

Note = Callable[[str, str, str], None]  # key, found, allowed

# What names an entry of a list in the path of a problem, the first that is there.
LABELS: Final = ("code", "name", "start", "when", "option", "area", "up_to_gb", "first", "kind")
_LONGEST: Final = 60


class Shape:
    """A walk over one file. ``problems`` holds (key, found, allowed); ``mended`` the values with dummies
    where something was wrong.
    """

    def __init__(self, kind: type[msgspec.Struct], document: Mapping[str, Any]) -> None:
        self.problems: list[tuple[str, str, str]] = []
        self.mended = self._struct(_struct_type(kind), document, "")

    def _note(self, key: str, found: str, allowed: str) -> None:
        self.problems.append((key, found, allowed))

    def _value(self, kind: Type, value: object, key: str) -> Any:
        """The value if it fits, else a dummy; noted when it does not."""
        for known in _alternatives(kind):
            if _fits(known, value):
                return self._inside(known, value, key)
        structs = [known for known in _alternatives(kind) if isinstance(known, StructType)]
        if isinstance(value, Mapping) and structs:
            return self._tagged(structs, value, key)
        self._note(key, shown(value), allowed_words(kind))
        return dummy(kind)

    def _inside(self, kind: Type, value: Any, key: str) -> Any:
        if isinstance(kind, StructType):
            return self._struct(kind, value, key)
        if isinstance(kind, VarTupleType):
            labels = entry_labels([entry_label(entry, LABELS) for entry in value])
            return [
                self._value(kind.item_type, entry, f"{key}[{label}]")
                for label, entry in zip(labels, value, strict=True)
            ]
        if isinstance(kind, TupleType):
            return [
                self._value(known, entry, f"{key}[{place}]")
                for place, (known, entry) in enumerate(zip(kind.item_types, value, strict=True), 1)
            ]
        return value

    def _tagged(self, structs: Sequence[StructType], value: Mapping[str, Any], key: str) -> Any:
        """A table whose policy names none of the records that may stand there: held against the most alike of
        them.
        """
        tag = structs[0].tag_field or ""
        allowed = _one_of(str(struct.tag) for struct in structs)
        found = shown(value[tag]) if tag in value else _("ありません")
        self._note(join(key, tag), found, allowed)
        alike = max(structs, key=lambda struct: len(value.keys() & set(_names(struct))))
        return self._struct(alike, value, key)

    def _struct(self, kind: StructType, value: Mapping[str, Any], key: str) -> dict[str, Any]:
        fields = {field.encode_name: field for field in kind.fields}
        for name in value:
            if name not in fields and name != kind.tag_field:
                self._note(join(key, name), _("知らない項目です"), _one_of(_names(kind)))
        mended: dict[str, Any] = {kind.tag_field: kind.tag} if kind.tag_field else {}
        for name, field in fields.items():
            if name in value:
                mended[name] = self._value(field.type, value[name], join(key, name))
            elif field.required:
                self._note(join(key, name), _("ありません"), wanted_words(name, field.type))
                mended[name] = dummy(field.type)
        return mended


def _struct_type(kind: type[msgspec.Struct]) -> StructType:
    found = type_info(kind)
    assert isinstance(found, StructType)
    return found


def _names(kind: StructType) -> Iterator[str]:
    if kind.tag_field:
        yield kind.tag_field
    for field in kind.fields:
        yield field.encode_name


def _alternatives(kind: Type) -> tuple[Type, ...]:
    """The types a value may have; nothing can be written as "none" in TOML, so None is left out."""
    types = kind.types if isinstance(kind, UnionType) else (kind,)
    return tuple(known for known in types if not isinstance(known, NoneType))


_PLAIN: Final[Mapping[type[Type], type]] = {StrType: str, IntType: int, BoolType: bool, DateType: date}


def _fits(kind: Type, value: object) -> bool:
    """Whether the value is of the kind, its inside not looked at."""
    plain = _PLAIN.get(type(kind))
    if plain is not None:
        return type(value) is plain  # a truth value is no number, a moment is no day
    if isinstance(kind, LiteralType):
        return any(type(value) is type(known) and value == known for known in kind.values)
    if isinstance(kind, VarTupleType):
        return isinstance(value, list)
    if isinstance(kind, TupleType):
        return isinstance(value, list) and len(value) == len(kind.item_types)
    assert isinstance(kind, StructType), kind
    return isinstance(value, Mapping) and (kind.tag_field is None or value.get(kind.tag_field) == kind.tag)


def dummy(kind: Type) -> Any:
    """A harmless value of the kind, in the place of one that is wrong."""
    first = _alternatives(kind)[0]
    if isinstance(first, LiteralType):
        return first.values[0]
    if isinstance(first, VarTupleType):
        return []
    if isinstance(first, TupleType):
        return [dummy(known) for known in first.item_types]
    if isinstance(first, StructType):
        return _dummy_struct(first)
    plain = _PLAIN[type(first)]
    return date(2000, 1, 1) if plain is date else plain()


def _dummy_struct(kind: StructType) -> dict[str, Any]:
    required: Iterable[Field] = (field for field in kind.fields if field.required)
    values = {field.encode_name: dummy(field.type) for field in required}
    return {kind.tag_field: kind.tag, **values} if kind.tag_field else values


# --- words


def join(key: str, name: str) -> str:
    """The path of a value inside a table."""
    return f"{key}.{name}" if key else name


def entry_label(entry: object, names: Sequence[str]) -> str:
    """What an entry of a list is called in a path: its code or the like; empty when it has none."""
    for name in names:
        value = entry.get(name) if isinstance(entry, Mapping) else getattr(entry, name, None)
        if type(value) in {str, int, date} and value != "":
            return str(value)[:_LONGEST]
    return ""


def entry_labels(labels: Sequence[str]) -> list[str]:
    """Labels that are not there or stand twice become the place of the entry, counted from 1 (``#3``)."""
    return [
        label if label and labels.count(label) == 1 else f"{label}#{place}"
        for place, label in enumerate(labels, 1)
    ]


def shown(value: object) -> str:
    """A value as found, in words for the person who wrote it."""
    if isinstance(value, str):
        return _("文字列「{text}」").format(text=_short(value))
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return _("数値 {number}").format(number=_short(str(value)))
    if isinstance(value, datetime):
        return _("日時 {moment}").format(moment=value.isoformat())
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _("表（{names}）").format(names=_short(_list(value)))
    if isinstance(value, Sequence):
        return _("{count}個の値の配列").format(count=len(value))
    return type(value).__name__


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def allowed_words(kind: Type) -> str:
    """What may stand there, in words."""
    return _("または").join(dict.fromkeys(_kind_words(known) for known in _alternatives(kind)))


def wanted_words(name: str, kind: Type) -> str:
    """What must stand at a name, in words."""
    if name.endswith("clause"):
        return _("根拠となる条項（例 25条、別紙4※1）")
    return allowed_words(kind)


def _kind_words(kind: Type) -> str:
    if isinstance(kind, LiteralType):
        return _one_of(str(value) for value in kind.values)
    if isinstance(kind, StructType):
        required = [field.encode_name for field in kind.fields if field.required]
        names = [kind.tag_field, *required] if kind.tag_field else required
        return _("{names}のある表").format(names=_list(names))
    if isinstance(kind, VarTupleType):
        return _("「{kind}」の配列").format(kind=_kind_words(_alternatives(kind.item_type)[0]))
    if isinstance(kind, TupleType):
        return _("{count}個の値の配列").format(count=len(kind.item_types))
    return {
        StrType: _("文字列"),
        IntType: _("整数"),
        BoolType: _("trueかfalse"),
        DateType: _("日付（例 2026-05-11）"),
    }[type(kind)]


def _one_of(values: Iterable[str]) -> str:
    return _("{names}のいずれか").format(names=_list(f'"{value}"' for value in values))


def _list(names: Iterable[str]) -> str:
    return _("、").join(map(str, names))
