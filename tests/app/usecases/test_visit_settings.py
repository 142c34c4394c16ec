"""The settings of visits: what is refused, who visits with the visits that no longer fit, and their order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.errors import ConflictError, UserError
from app.usecases import book_visit
from app.usecases.desk import Desk
from app.usecases.keep_settings import save_settings
from app.usecases.keep_technicians import change_technician
from app.usecases.show_technicians import order_technicians, show_technicians
from app.visit.order import Hours, Leave
from app.visit.settings import ClosedDays, MinutesTable, VisitSettings
from tests.app.usecases import visits as made
from tests.app.usecases.visits import TUESDAY


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    found = made.desk_with(tmp_path)
    yield found
    found.storage.close()


def refused(desk: Desk, visits: VisitSettings) -> dict[str, str]:
    """What saving these settings is refused for, by field."""
    with pytest.raises(UserError) as error:
        save_settings(desk, replace(desk.settings(), visits=visits))
    return {problem.field: problem.sentence() for problem in error.value.problems}


def test_settings_of_visits_are_stored(desk: Desk) -> None:
    closed = (ClosedDays(first=date(2026, 12, 28), last=date(2026, 12, 28), why="棚卸し"),)
    wanted = VisitSettings(minutes=MinutesTable(base=45, travel=40), closed=closed, lead_days=0, step=15)
    save_settings(desk, replace(desk.settings(), visits=wanted))
    assert desk.settings().visits == wanted


def test_everything_wrong_is_told_at_once_with_its_field(desk: Desk) -> None:
    closed = (
        ClosedDays(first=date(2026, 12, 1), last=date(2026, 12, 2)),
        ClosedDays(first=date(2026, 12, 2), last=date(2026, 12, 1)),
        ClosedDays(first=date(2026, 12, 1), last=date(2028, 12, 1), why="長" * 61),
    )
    table = MinutesTable(base=-1, menu={"os-recovery": 481}, data_block_gb=0, round_to=7)
    told = refused(desk, VisitSettings(minutes=table, closed=closed, lead_days=61, step=0))
    assert set(told) == {
        "visits.minutes.base", "visits.minutes.menu.os-recovery", "visits.minutes.data_block_gb",
        "visits.minutes.round_to", "visits.step", "visits.lead_days",
        "visits.closed.1.last", "visits.closed.2.last", "visits.closed.2.why",
    }  # fmt: skip
    assert "0〜480分" in told["visits.minutes.base"]
    assert desk.settings().visits == VisitSettings()


def test_visits_that_no_longer_fit_are_named_with_the_reason(desk: Desk) -> None:
    inoue, onishi = made.technicians(desk, "井上 健太", "大西 真央")
    visit = made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    assert [one.hits for one in show_technicians(desk).shown] == [(), ()]
    cases = {
        "健診": {"leaves": (Leave(first=TUESDAY, last=TUESDAY, why="健診", from_minute=840, to_minute=900),)},
        "休みの曜日": {"hours": (Hours(weekday=0),)},
        "勤務時間の外": {"hours": (Hours(weekday=1, first=540, last=840, break_minutes=0),)},
        "休止中": {"active": False},
    }
    for why, changes in cases.items():
        now = show_technicians(desk).get(inoue.id)
        assert now is not None
        fields = replace(inoue.fields, **changes)
        change_technician(desk, inoue.id, now.technician.version, fields)
        shown = show_technicians(desk)
        hit = shown.get(inoue.id)
        assert hit is not None
        assert [(one.visit.id, one.span.on, one.why) for one in hit.hits] == [(visit.id, TUESDAY, why)]
        other = shown.get(onishi.id)
        assert other is not None
        assert other.hits == ()


def test_a_leave_beside_the_visit_hits_nothing(desk: Desk) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    leave = Leave(first=TUESDAY, last=TUESDAY, why="健診", from_minute=540, to_minute=780)
    change_technician(desk, inoue.id, inoue.version, replace(inoue.fields, leaves=(leave,)))
    assert show_technicians(desk).shown[0].hits == ()


def test_visits_that_were_released_hit_nothing(desk: Desk) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    visit = made.confirmed(desk, made.customer(desk), inoue, made.span("13:00", "15:00"))
    change_technician(desk, inoue.id, inoue.version, replace(inoue.fields, active=False))
    book_visit.release(desk, visit.id, visit.version, "急病")
    assert show_technicians(desk).shown[0].hits == ()


def test_work_is_named_once_and_fees_are_no_work(desk: Desk) -> None:
    work = dict(show_technicians(desk).work)
    assert work["os-recovery"] == "OSリカバリ"
    assert not {"base", "diagnosis"} & set(work)
    assert set(work) >= set(MinutesTable().menu)


def test_technicians_take_another_order(desk: Desk) -> None:
    one, two, three = made.technicians(desk, "一", "二", "三")
    order_technicians(desk, [(person.id, person.version) for person in (three, one, two)])
    shown = [person.technician.fields.name for person in show_technicians(desk).shown]
    assert shown == ["三", "一", "二"]


def test_an_order_of_people_changed_meanwhile_is_refused_whole(desk: Desk) -> None:
    one, two = made.technicians(desk, "一", "二")
    change_technician(desk, two.id, two.version, replace(two.fields, phone="090-0000-0000"))
    with pytest.raises(ConflictError):
        order_technicians(desk, [(two.id, two.version), (one.id, one.version)])
    assert [person.technician.fields.name for person in show_technicians(desk).shown] == ["一", "二"]
