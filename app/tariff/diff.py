"""What differs between two editions of a service: prices, rules, fees, conditions, readings and remarks,
in groups.

Works on the records alone: every value of both editions is visited, entries of lists are matched by what
makes them the same (a code, a name, a range), and what is only on one side is told as added or gone.
Words: ``diff_words.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from app.tariff.model import Condition, Edition, Record, Service, Text

Kind = Literal["changed", "added", "removed"]

# The parts of an edition by group, in the order of the report; a part in no group is told under "other".
GROUPS: Final[Mapping[str, tuple[str, ...]]] = {
    "edition": ("start", "until", "priced", "clause"),
    "prices": ("items", "options", "tax_clause", "agreed_clause"),
    "rules": (
        "proration", "term", "termination", "outage", "interest", "surcharge", "cancellation",
        "deadlines", "liability", "opening",
    ),
    "fees": ("fees",),
    "applications": ("required", "conditions", "promotion"),
    "life": ("life",),
    "visits": ("visit",),
    "readings": ("readings",),
    "remarks": ("remarks", "support"),
}  # fmt: skip

_HEAD: Final = ("name", "short", "provider", "source", "lines", "business_only")

# What makes an entry of a list the same on both sides, the first that it has.
_KEYS: Final = ("code", "name", "option", "area", "up_to_gb", "first", "limit")


@dataclass(frozen=True)
class Step:
    """One step of the way to a value: the field, and of a list the entry (its key and the record itself)."""

    field: str
    key: str = ""
    entry: Record | None = None


@dataclass(frozen=True)
class Difference:
    """One value that differs. ``path`` leads to it from the edition; ``clause`` is the nearest one
    around it in the newer edition (the older one for what is gone).
    """

    path: tuple[Step, ...]
    kind: Kind
    before: object
    after: object
    clause: str


@dataclass(frozen=True)
class EditionDiff:
    """All differences, by group; groups without any are left out. ``unpriced``: which side prints no
    prices.
    """

    before: Edition
    after: Edition
    groups: Mapping[str, tuple[Difference, ...]]
    unpriced: tuple[Literal["before", "after"], ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.groups)


def compare_editions(
    before: Edition, after: Edition, services: tuple[Service, Service] | None = None
) -> EditionDiff:
    """The differences from one edition to the other. With ``services`` their heads are compared too.

    Where a side prints no prices only the editions themselves (first day, clause) are compared: nothing
    else is known.
    """
    unpriced = tuple(
        side
        for side, edition in (("before", before), ("after", after))
        if not edition.priced  # the other parts are empty because nobody knows them
    )
    groups: dict[str, tuple[Difference, ...]] = {}
    if services is not None:
        found = tuple(_fields(services[0], services[1], _HEAD, (), ""))
        if found:
            groups["service"] = found
    for group, names in _groups().items():
        if unpriced and group != "edition":
            continue
        found = tuple(_fields(before, after, names, (), ""))
        if found:
            groups[group] = found
    return EditionDiff(before, after, groups, unpriced)  # type: ignore[arg-type]


def _groups() -> Mapping[str, tuple[str, ...]]:
    """The groups with every part of an edition in one of them."""
    named = {name for names in GROUPS.values() for name in names}
    other = tuple(name for name in Edition.__struct_fields__ if name not in named)
    return {**GROUPS, "other": other} if other else GROUPS


# --- walking -----------------------------------------------------------------------------------------------


def _fields(
    before: Record, after: Record, names: Iterable[str], path: tuple[Step, ...], clause: str
) -> Iterator[Difference]:
    for name in names:
        yield from _values(
            getattr(before, name),
            getattr(after, name),
            (*path, Step(name)),
            _own_clause(after, name) or clause,
        )


def _own_clause(record: Record, name: str) -> str:
    """The clause a value of the record rests on: one of its own (``waiver_clause`` of ``waived``), else
    the record's.
    """
    own = getattr(record, f"{name}_clause", None) or getattr(record, "clause", "")
    return own if isinstance(own, str) else ""


def _values(before: object, after: object, path: tuple[Step, ...], clause: str) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Text) or isinstance(after, Text):
        yield _difference(path, before, after, clause)
    elif isinstance(before, Record) and isinstance(after, Record):
        yield from _records(before, after, path, clause)
    elif _are_records(before) or _are_records(after):
        assert isinstance(before, tuple)
        assert isinstance(after, tuple)
        yield from _entries(before, after, path, clause)
    else:
        yield _difference(path, before, after, clause)


def _records(before: Record, after: Record, path: tuple[Step, ...], clause: str) -> Iterator[Difference]:
    """Values of two records; as a whole where they are of different kinds (another policy)."""
    if type(before) is not type(after):
        yield _difference(path, before, after, _clause_of(after) or clause)
        return
    yield from _fields(before, after, before.__struct_fields__, path, clause)


def _entries(
    before: tuple[Record, ...], after: tuple[Record, ...], path: tuple[Step, ...], clause: str
) -> Iterator[Difference]:
    """Entries with the same key are compared, the others are added or gone. Mere order makes no
    difference.
    """
    old, new = _by_key(before), _by_key(after)
    *way, last = path
    for key in dict.fromkeys((*old, *new)):
        entry = new.get(key) or old[key]
        inner = (*way, Step(last.field, key, entry))
        if key not in new:
            yield Difference(inner, "removed", old[key], None, _clause_of(old[key]) or clause)
        elif key not in old:
            yield Difference(inner, "added", None, new[key], _clause_of(new[key]) or clause)
        else:
            yield from _values(old[key], new[key], inner, _clause_of(new[key]) or clause)


def _by_key(entries: tuple[Record, ...]) -> dict[str, Record]:
    """The entries by their key; the second one with a key gets its number."""
    found: dict[str, Record] = {}
    for entry in entries:
        key, number = key_of(entry), 1
        while (unique := key if number == 1 else f"{key} ({number})") in found:
            number += 1
        found[unique] = entry
    return found


def key_of(entry: Record) -> str:
    """What makes an entry of a list the same on both sides."""
    if isinstance(entry, Condition):  # several grounds may share one clause
        return " ".join((entry.when, *entry.lines))
    for name in _KEYS:
        value = getattr(entry, name, None)
        if isinstance(value, str | int) and value != "" and not isinstance(value, bool):
            return str(value)
    return ""


def _are_records(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and isinstance(value[0], Record)


def _clause_of(record: Record) -> str:
    clause = getattr(record, "clause", "")
    return clause if isinstance(clause, str) else ""


def _difference(path: tuple[Step, ...], before: object, after: object, clause: str) -> Difference:
    kind: Kind = "changed"
    if _is_nothing(before):
        kind = "added"
    elif _is_nothing(after):
        kind = "removed"
        clause = (_clause_of(before) if isinstance(before, Record) else "") or clause
    return Difference(path, kind, before, after, clause)


def _is_nothing(value: object) -> bool:
    return value is None or value == "" or value == ()
