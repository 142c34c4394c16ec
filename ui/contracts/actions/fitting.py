"""Problems told about entries, brought to the fields of the form they were typed into."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from app.errors import Problem


def fitted(
    problems: Iterable[Problem], fields: Collection[str], aliases: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problems with the names of fields: ``facts.3.items.id`` is about ``items.id`` or, where the form
    has no such field, about the nearest it has. ``aliases``: what an entry calls a field of another name.
    """
    return tuple(replace(one, field=_field(one.field, fields, aliases)) for one in problems)


def _field(path: str, fields: Collection[str], aliases: Mapping[str, str]) -> str:
    parts = path.split(".")
    for begin in range(len(parts)):
        for end in range(len(parts), begin, -1):
            name = ".".join(parts[begin:end])
            name = aliases.get(name, name)
            if name in fields:
                return name
    return path
