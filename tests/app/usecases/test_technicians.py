"""Those who visit: what is kept, and everything that is wrong told at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.errors import ConflictError, UserError
from app.usecases.keep_technicians import add_technician, change_technician, technicians_of
from app.visit.order import Hours, Leave, TechnicianFields
from tests.app.usecases.visits import desk_with

MONDAY = date(2026, 11, 30)


def test_technicians_are_kept_in_their_order(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    late = Leave(first=date(2026, 12, 7), last=date(2026, 12, 8))
    early = Leave(first=MONDAY, last=MONDAY, from_minute=600, to_minute=720)
    second = add_technician(desk, TechnicianFields(name=" 別所 学 ", order=2, leaves=(late, early)))
    first = add_technician(
        desk, TechnicianFields(name="大西 航", order=1, hours=(Hours(weekday=3), Hours(weekday=0)))
    )
    assert technicians_of(desk) == [first, second]
    assert second.fields.name == "別所 学"
    assert second.fields.leaves == (early, late)
    assert [one.weekday for one in first.fields.hours] == [0, 3]
    gone = msgspec.structs.replace(first.fields, active=False)
    changed = change_technician(desk, first.id, first.version, gone)
    assert technicians_of(desk, active_only=True) == [second]
    with pytest.raises(ConflictError):
        change_technician(desk, first.id, first.version, gone)
    assert technicians_of(desk)[0] == changed
    with desk.storage.look() as work:
        assert work.audit.check() == []


def test_everything_wrong_is_told_at_once(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    wrong = TechnicianFields(
        name=" ",
        phone="0" * 61,
        hours=(
            Hours(weekday=0),
            Hours(weekday=0),
            Hours(weekday=1, first=1020, last=540),
            Hours(weekday=2, first=510, last=1080, break_minutes=45),
        ),
        leaves=(
            Leave(first=MONDAY, last=date(2026, 11, 29)),
            Leave(first=MONDAY, last=MONDAY, from_minute=9999),
        ),
    )
    with pytest.raises(UserError) as refused:
        add_technician(desk, wrong)
    assert {(one.code, one.field) for one in refused.value.problems} == {
        ("bad-input", "name"),
        ("bad-input", "phone"),
        ("bad-input", "hours.0"),
        ("bad-input", "hours.1"),
        ("bad-input", "hours.2"),
        ("break", "hours.3.break_minutes"),
        ("bad-input", "leaves.0"),
        ("bad-input", "leaves.1"),
    }
    assert refused.value.clause == "労働基準法34条"
    assert technicians_of(desk) == []


@pytest.mark.parametrize(
    ("last", "pause", "lawful"),
    [
        (900, 0, True),  # six hours need none
        (901, 0, False),
        (945, 45, True),
        (1065, 45, True),  # eight hours of work
        (1066, 45, False),
        (1080, 60, True),
    ],
)
def test_breaks_are_as_the_law_wants(tmp_path: Path, last: int, pause: int, *, lawful: bool) -> None:
    desk = desk_with(tmp_path / "data")
    hours = (Hours(weekday=0, first=540, last=last, break_minutes=pause),)
    fields = TechnicianFields(name="大西 航", hours=hours)
    if lawful:
        assert add_technician(desk, fields).fields.hours == hours
    else:
        with pytest.raises(UserError) as refused:
            add_technician(desk, fields)
        assert refused.value.code == "break"
