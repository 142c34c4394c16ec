"""A tariff file somebody broke in any way yields problems, or is still right; it never breaks the program."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.tariff.check import all_problems
from app.tariff.model import Service
from app.tariff.parse import parse
from tests.app.tariff.small import SMALL

FILE = Path("watch.toml")
DOCUMENT = tomllib.loads(SMALL)

values = st.one_of(
    st.integers(-(10**20), 10**20),
    st.booleans(),
    st.floats(allow_nan=True),
    st.text(max_size=8),
    st.dates(),
    st.datetimes(min_value=datetime(1990, 1, 1)),  # noqa: DTZ001 - TOML has moments without a zone too
    st.just([]),
    st.just({}),
    st.lists(st.integers(-2, 20), max_size=3),
    st.just({"ja": "x", "en": "y"}),
)


def places(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value in the document."""
    if isinstance(value, dict):
        return [path, *(place for name in value for place in places(value[name], (*path, name)))]
    if isinstance(value, list):
        return [path, *(place for at, entry in enumerate(value) for place in places(entry, (*path, at)))]
    return [path]


PLACES = [path for path in places(DOCUMENT) if path]


def parent(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        document = document[step]
    return document


@given(st.lists(st.tuples(st.sampled_from(PLACES), values | st.none()), min_size=1, max_size=4))
def test_changed_values(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    document = deepcopy(DOCUMENT)
    for path, value in changes:
        try:
            inside = parent(document, path)
            if value is None:
                del inside[path[-1]]
            else:
                inside[path[-1]] = value
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change took the place away
    for problem in all_problems(document, Service, FILE):
        assert problem.found
        assert problem.allowed


@given(st.sampled_from(PLACES))
def test_a_value_of_the_wrong_kind_is_always_told(path: tuple[Any, ...]) -> None:
    document = deepcopy(DOCUMENT)
    inside = parent(document, path)
    inside[path[-1]] = 1.5  # nothing in a tariff file is a float
    told = all_problems(document, Service, FILE)
    assert any(problem.found == "数値 1.5" for problem in told)


@given(st.integers(0, len(SMALL)), st.integers(0, 40), st.text(max_size=4))
def test_changed_text(start: int, length: int, put: str) -> None:
    text = SMALL[:start] + put + SMALL[start + length :]
    content, problems = parse(text.encode("utf-8", "surrogatepass"), FILE)
    assert (content is None) == bool(problems)


@given(st.binary(max_size=300))
def test_any_bytes(data: bytes) -> None:
    content, problems = parse(data, FILE)
    assert content is None
    assert problems


def test_a_far_date_is_still_a_date() -> None:
    document = deepcopy(DOCUMENT)
    document["checked_on"] = date.max
    assert not all_problems(document, Service, FILE)
