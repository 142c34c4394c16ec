"""A sick technician's day: each visit goes where it can, shown before and done in one go."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec
import pytest

from app.errors import ConflictError, UserError
from app.usecases import book_visit, keep_visit, reassign_day, work_on_site
from app.usecases.keep_technicians import change_technician
from app.visit.order import Booked, VisitState
from tests.app.usecases.visits import (
    TUESDAY,
    clock,
    confirmed,
    content,
    customer,
    desk_with,
    go,
    span,
    technicians,
)


def test_each_visit_goes_to_somebody_free_then_to_another_time_then_to_nobody(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    sick, other = technicians(desk, "大西 航", "別所 学")
    who = customer(desk)
    first = confirmed(desk, who, sick, span("9:30", "10:30"))
    second = confirmed(desk, who, sick, span("13", "14"))
    busy = confirmed(desk, who, other, span("9:30", "10:30"))
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    assert [(move.visit.id, move.way) for move in plan.moves] == [
        (first.id, "other-time"),
        (second.id, "other-technician"),
    ]
    assert plan.moves[1].spans == second.content.spans
    moved = reassign_day.apply(desk, plan, "急病")
    assert [one.content.technicians for one in moved] == [(other.id,), (other.id,)]
    assert {one.state for one in moved} == {VisitState.ARRANGED}
    history = [event for event in moved[1].events if isinstance(event, Booked)]
    assert len(history) == 2
    assert history[-1].technicians_before == (sick.id,)
    assert (history[-1].technicians, history[-1].why) == ((other.id,), "急病")
    with desk.storage.look() as work:
        assert work.technicians.get(sick.id).fields.leaves[0].why == "急病"
        assert list(work.visits.calendar(TUESDAY, date(2026, 12, 31))) == [other.id]
        assert work.visits.get(busy.id).version == busy.version
    assert reassign_day.propose(desk, sick.id, TUESDAY).moves == ()


def test_of_two_only_the_one_away_is_replaced(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    lead, sick, other = technicians(desk, "大西 航", "別所 学", "中 浩")
    visit = keep_visit.receive(desk, customer(desk), content())
    visit = book_visit.book(desk, visit.id, visit.version, [span("10", "12")], [lead.id, sick.id])
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    (move,) = plan.moves
    assert (move.way, move.technicians) == ("other-technician", (lead.id, other.id))
    (moved,) = reassign_day.apply(desk, plan, "急病")
    assert moved.content.technicians == (lead.id, other.id)


def test_visits_that_wait_for_each_others_place_change_over(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    sick, one, other = technicians(desk, "大西 航", "別所 学", "中 浩")
    visits = []
    for with_whom, hours in ((one, ("9:30", "11")), (other, ("13", "14:30"))):
        visit = keep_visit.receive(desk, customer(desk), content())
        people = [sick.id, with_whom.id]
        visits.append(book_visit.book(desk, visit.id, visit.version, [span(*hours)], people))
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    first, second = visits
    crossed = replace(
        plan,
        moves=(
            reassign_day.Move(first, "other-time", (span("13", "14:30"),), (other.id,)),
            reassign_day.Move(second, "other-time", (span("9:30", "11"),), (one.id,)),
        ),
    )
    moved = reassign_day.apply(desk, crossed, "急病")
    assert [one.content.spans for one in moved] == [second.content.spans, first.content.spans]


def test_a_slot_that_was_taken_meanwhile_moves_nothing(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    sick, other = technicians(desk, "大西 航", "別所 学")
    who = customer(desk)
    visit = confirmed(desk, who, sick, span("9:30", "10:30"))
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    confirmed(desk, who, other, span("9:30", "10:30"))
    with pytest.raises(ConflictError):
        reassign_day.apply(desk, plan, "急病")
    assert keep_visit.open_visit(desk, visit.id) == visit


def test_what_nobody_can_take_stays_open_at_its_time(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    (sick,) = technicians(desk, "大西 航")
    visit = confirmed(desk, customer(desk), sick, span("9:30", "10:30"))
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    assert [move.visit.id for move in plan.open] == [visit.id]
    (left,) = reassign_day.apply(desk, plan, "急病")
    assert (left.content.technicians, left.content.spans) == ((), visit.content.spans)
    with desk.storage.look() as work:
        assert [row.id for row in work.visits.rows_between(TUESDAY, TUESDAY)] == [visit.id]


def test_begun_work_stays_and_a_plan_that_is_old_moves_nothing(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    sick, other = technicians(desk, "大西 航", "別所 学")
    who = customer(desk)
    begun = confirmed(desk, who, sick, span("9:30", "10:30"))
    later = confirmed(desk, who, sick, span("13", "14"))
    go(time, TUESDAY, 9, 30)
    work_on_site.begin(desk, begun.id, begun.version)
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    assert [move.way for move in plan.moves] == ["stays", "other-technician"]
    with pytest.raises(UserError) as refused:
        reassign_day.apply(desk, plan, " ")
    assert refused.value.code == "bad-input"
    book_visit.move(desk, later.id, later.version, [span("15", "16")], [other.id], "お客さまの都合")
    with pytest.raises(ConflictError):
        reassign_day.apply(desk, plan, "急病")
    with desk.storage.look() as work:
        assert work.technicians.get(sick.id).fields.leaves == ()


def test_on_the_day_itself_a_later_hour_is_found(tmp_path: Path) -> None:
    time = clock()
    desk = desk_with(tmp_path / "data", time)
    sick, other = technicians(desk, "大西 航", "別所 学")
    who = customer(desk)
    confirmed(desk, who, sick, span("13:30", "14:30"))
    confirmed(desk, who, other, span("13:30", "14:30"))
    go(time, TUESDAY, 12)
    (move,) = reassign_day.propose(desk, sick.id, TUESDAY).moves
    assert (move.way, move.spans[0].on) == ("other-time", TUESDAY)


def test_a_team_of_which_somebody_no_longer_visits_is_made_anew(tmp_path: Path) -> None:
    desk = desk_with(tmp_path / "data")
    gone, sick, *others = technicians(desk, "大西 航", "別所 学", "中 浩", "林 美咲")
    visit = keep_visit.receive(desk, customer(desk), content())
    book_visit.book(desk, visit.id, visit.version, [span("10", "12")], [gone.id, sick.id])
    change_technician(desk, gone.id, gone.version, msgspec.structs.replace(gone.fields, active=False))
    plan = reassign_day.propose(desk, sick.id, TUESDAY)
    (moved,) = reassign_day.apply(desk, plan, "急病")
    assert set(moved.content.technicians) == {one.id for one in others}
