"""Unsaved typing in the database: one row for each opening of a form, gone after its time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from app.usecases.desk import Desk
from app.usecases.keep_typed import (
    KEPT_DAYS,
    TypedPlace,
    drop_old_typing,
    drop_typing,
    keep_typing,
    typing_left,
)
from db.vault import FolderVault
from reports import draw, stamp_copy
from tests.desks import NOW, new_desk
from tests.shipped import catalogue


class Clock:
    """A clock that is set by hand."""

    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(scope="module")
def clocked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Clock]]:
    """A desk with such a clock."""
    folder, clock = tmp_path_factory.mktemp("typed"), Clock()
    new_desk(folder).storage.close()
    storage = FolderVault(folder, clock).open()
    yield Desk(storage, catalogue(), draw, clock, stamp_copy), clock
    storage.close()


def nobody(_window: str) -> bool:
    """No other window lives."""
    return False


def test_each_opening_keeps_its_own_row(clocked: tuple[Desk, Clock]) -> None:
    desk, clock = clocked
    begun = clock.now
    first, second = TypedPlace("note", "c1", "one.1"), TypedPlace("note", "c1", "two.1")
    keep_typing(desk, first, 1, {"text": "途中"})
    keep_typing(desk, first, 1, {"text": "途中まで"})
    clock.now += timedelta(minutes=1)
    keep_typing(desk, second, 2, {"text": "別の窓"})
    left = typing_left(desk, "note", "c1", nobody)
    assert [(one.where, one.version, dict(one.values)) for one in left] == [
        (second, 2, {"text": "別の窓"}),
        (first, 1, {"text": "途中まで"}),
    ]
    assert [one.where for one in typing_left(desk, "note", "c1", lambda window: window == "two")] == [first]
    assert [one.where for one in typing_left(desk, "note", "c1", nobody, ("one.1",))] == [second]
    assert typing_left(desk, "note", "c2", nobody) == []
    with desk.storage.look() as work:
        found = work.typed.get(first)
        assert found is not None
        assert found.at == begun
        assert work.typed.get(TypedPlace("note", "c1", "three.1")) is None
    drop_typing(desk, first, second)
    assert typing_left(desk, "note", "c1", nobody) == []


def test_what_nobody_came_back_to_goes(clocked: tuple[Desk, Clock]) -> None:
    desk, clock = clocked
    old, new = TypedPlace("payment", "c9", "one.1"), TypedPlace("payment", "c9", "one.2")
    keep_typing(desk, old, 1, {})
    clock.now += timedelta(days=KEPT_DAYS, minutes=1)
    keep_typing(desk, new, 1, {})
    assert drop_old_typing(desk) == 1
    assert [one.where for one in typing_left(desk, "payment", "c9", nobody)] == [new]
    with desk.storage.work() as work:
        assert work.typed.drop_subject("c9") == 1
        work.commit()
    assert typing_left(desk, "payment", "c9", nobody) == []
