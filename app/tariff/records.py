"""Plain data (parsed JSON) read into records, with every wrong key and value told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Final, TypeVar

import msgspec

from app.days import is_near
from app.errors import Problems
from app.words import _

RecordType = TypeVar("RecordType", bound=msgspec.Struct)

_HALF: Final = re.compile("[\ud800-\udfff]")
MOST_PROBLEMS: Final = 50  # nobody mends more than that at a time


def read_record(value: object, kind: type[RecordType], today: date) -> RecordType:
    """The record ``value`` describes.

    Raises UserError ``bad-input`` with every problem (at most 50), each with its path; a date more than a
    hundred years from ``today`` is one, and half a character (a lone surrogate), which nothing can keep, is.
    """
    problems = Problems()
    for path in islice(_broken_texts(value), MOST_PROBLEMS):
        problems.add(
            "bad-input",
            _("文字として読めないもの（サロゲートの片方）が含まれています。"),
            remedy=_("その文字を取り除いてください。"),
            field=path,
        )
    problems.raise_if_any()
    try:
        record = msgspec.convert(value, kind)
    except (msgspec.ValidationError, RecursionError):
        _tell_misfits(value, kind)
        raise  # nothing was found by the walk: then it is ours to mend
    for path, day in _dates(record, ""):
        if not is_near(day, today):
            problems.add(
                "bad-input",
                _("{day}は遠すぎる日付です。").format(day=day.isoformat()),
                remedy=_("今日から100年以内の日付を書いてください。"),
                field=path,
            )
    problems.raise_if_any()
    return record


def _tell_misfits(value: object, kind: type[RecordType]) -> None:
    from app.tariff.misfits import misfits  # only needed when something is wrong

    problems = Problems()
    for path, what, allowed in islice(misfits(value, kind), MOST_PROBLEMS):
        problems.add(
            "bad-input",
            _("{what}は使えません。").format(what=what),
            remedy=_("{allowed}を書いてください。").format(allowed=allowed),
            field=path,
        )
    problems.raise_if_any()


def _broken_texts(value: object) -> Iterator[str]:
    """The paths of the texts and names that hold half a character, however deep they are nested."""
    waiting: list[tuple[tuple[str, ...], object]] = [((), value)]
    while waiting:
        path, one = waiting.pop()
        if isinstance(one, str) and _HALF.search(one):
            yield ".".join(path)
        elif isinstance(one, Mapping):
            if any(_HALF.search(str(name)) for name in one):
                yield ".".join(path)
            waiting += [((*path, str(name)), entry) for name, entry in reversed([*one.items()])]
        elif isinstance(one, list):
            waiting += [((*path, str(place)), entry) for place, entry in reversed([*enumerate(one)])]


def _dates(record: object, path: str) -> Iterator[tuple[str, date]]:
    if isinstance(record, date):
        yield path, record
    elif isinstance(record, msgspec.Struct):
        for name in record.__struct_fields__:
            yield from _dates(getattr(record, name), f"{path}.{name}".lstrip("."))
    elif isinstance(record, tuple):
        for place, entry in enumerate(record):
            yield from _dates(entry, f"{path}.{place}")
