"""Where the week puts days, lanes and blocks, and what stands between them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from app.visit.conflicts import Asked, obstacles
from app.visit.order import (
    Area,
    Hours,
    Leave,
    Span,
    Technician,
    TechnicianFields,
    VisitContent,
    VisitRow,
    VisitState,
)
from app.visit.settings import ClosedDays, VisitSettings
from tests.shipped import catalogue
from ui.visits.moving import Moving, lengthened
from ui.visits.week_facts import WeekFacts, WeekFilter, monday_of, with_closures
from ui.visits.week_layout import WeekLayout

MONDAY = date(2026, 11, 23)
ALL = frozenset[str]()
WIDTH = 900


def technician(number: int, *leaves: Leave) -> Technician:
    hours = tuple(Hours(weekday=day) for day in range(6))
    fields = TechnicianFields(name=f"技術者{number}", leaves=leaves, hours=hours)
    return Technician(id=f"t{number}", version=1, fields=fields)


def row(name: str, day: date, first: int, last: int, *who: str, area: Area = "west") -> VisitRow:
    return VisitRow(
        seq=1, id=name, number=f"W-{name}", customer_id="c", contract_id="", customer=name, town="大阪市北区",
        phone="", service="media-light", state=VisitState.ARRANGED, area=area, work=("os-recovery",),
        devices=1, minutes=last - first, net=16_500, technicians=who,
        spans=(Span(on=day, first=first, last=last),),
        version=1,
    )  # fmt: skip


def laid(
    *rows: VisitRow,
    first: date = MONDAY,
    people: tuple[Technician, ...] = (technician(1), technician(2)),
    chosen: WeekFilter | None = None,
    folded: frozenset[str] = ALL,
    settings: VisitSettings | None = None,
    days: int = 7,
) -> WeekLayout:
    facts = WeekFacts(first, days, rows, (), people, settings=settings or VisitSettings())
    return WeekLayout(
        with_closures(facts, catalogue()), chosen or WeekFilter(), folded, WIDTH, large=days == 1
    )


@pytest.mark.usefixtures("dressed")
class TestDays:
    """What a day of the week looks like."""

    def test_holidays_and_sundays_are_closed_with_their_reason(self) -> None:
        week = laid()
        told = {day.day.day: day.closed for day in week.days}
        assert told[23] == ("休業日", "勤労感謝の日")
        assert told[29] == ("休業日", "日曜")
        assert told[24] is None

    def test_saturday_is_closed_in_the_east_alone(self) -> None:
        saturday = laid().days[5]
        assert (saturday.closed, saturday.note) == (None, "東日本: 土曜")
        assert laid(chosen=WeekFilter(area="east")).days[5].closed == ("休業日", "東日本: 土曜")
        assert laid(chosen=WeekFilter(area="west")).days[5].closed is None

    def test_year_end_and_own_closed_days(self) -> None:
        own = VisitSettings(
            closed=(ClosedDays(first=date(2026, 12, 28), last=date(2026, 12, 28), why="棚卸"),)
        )
        week = laid(first=date(2026, 12, 28), settings=own)
        assert week.days[0].closed == ("当店の休業日", "棚卸")
        assert week.days[1].closed == ("休業日", "年末年始")

    def test_a_closed_day_with_a_visit_keeps_its_lanes(self) -> None:
        week = laid(row("a", MONDAY, 600, 660, "t1"))
        assert [lane.technician for lane in week.days[0].lanes] == ["t1", "t2"]

    def test_leave_is_hatched_with_its_reason(self) -> None:
        away = Leave(first=MONDAY + timedelta(days=3), last=MONDAY + timedelta(days=3), why="社内研修")
        week = laid(people=(technician(1, away),))
        assert week.days[3].lanes[0].away == [(540, 1020, "社内研修")]
        assert week.days[1].lanes[0].away == []


@pytest.mark.usefixtures("dressed")
class TestLanes:
    """Who stands in which lane."""

    def test_the_unassigned_lane_comes_with_its_visits(self) -> None:
        day = MONDAY + timedelta(days=1)
        assert [lane.technician for lane in laid().days[1].lanes] == ["t1", "t2"]
        week = laid(row("a", day, 600, 660))
        assert [lane.technician for lane in week.days[1].lanes] == ["t1", "t2", ""]
        assert [lane.technician for lane in week.days[2].lanes] == ["t1", "t2"]

    def test_a_visit_of_two_stands_in_both_lanes(self) -> None:
        week = laid(row("a", MONDAY + timedelta(days=1), 600, 660, "t1", "t2"))
        assert [(one.technician, one.mates) for one in week.blocks()] == [("t1", 1), ("t2", 1)]

    def test_folded_lanes_are_low_and_the_others_stay(self) -> None:
        whole, folded = laid(), laid(folded=frozenset({"t1"}))
        assert folded.height < whole.height
        assert folded.days[1].lanes[1].height == whole.days[1].lanes[1].height

    def test_filters_leave_out_lanes_and_visits(self) -> None:
        day = MONDAY + timedelta(days=1)
        rows = (row("a", day, 600, 660, "t1"), row("b", day, 600, 660, "t2", area="east"))
        assert [one.row.id for one in laid(*rows, chosen=WeekFilter(area="east")).blocks()] == ["b"]
        assert [one.row.id for one in laid(*rows, chosen=WeekFilter(technicians=("t1",))).blocks()] == ["a"]
        assert laid(*rows, chosen=WeekFilter(states=("done",))).blocks() == []

    def test_a_day_alone_has_higher_lanes_and_an_unassigned_one(self) -> None:
        day = laid(first=MONDAY + timedelta(days=1), days=1)
        assert [lane.technician for lane in day.lanes()] == ["t1", "t2", ""]
        assert day.lanes()[0].height > laid().lanes()[0].height

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(36, 60), st.integers(1, 20)), max_size=12))
    def test_blocks_lie_in_their_lane_where_their_time_stands(
        self, found: list[tuple[int, int, int]]
    ) -> None:
        assert QApplication.instance() is not None
        rows = [
            row(str(place), MONDAY + timedelta(days=1 + day), start * 15, start * 15 + long * 15, "t1")
            for place, (day, start, long) in enumerate(found)
        ]
        week = laid(*rows)
        for block in week.blocks():
            rect, lane = week.rect_of(block), week.lane_of(block.span.on, "t1")
            assert lane is not None
            assert lane.top <= rect.top()
            assert rect.bottom() <= lane.bottom
            assert abs(week.minute_at(rect.left()) - block.span.first) <= 3
            assert week.left <= rect.left() <= rect.right() <= week.left + week.width + 1


@pytest.mark.usefixtures("dressed")
class TestBetween:
    """Ways and breaks are two things."""

    def test_ways_stand_before_each_visit_and_after_the_last(self) -> None:
        day = MONDAY + timedelta(days=1)
        week = laid(row("a", day, 600, 660, "t1"), row("b", day, 840, 900, "t1"))
        lane = week.lane_of(day, "t1")
        assert lane is not None
        assert week.travel(lane, VisitSettings()) == [(570, 600), (810, 840), (900, 930)]

    def test_the_break_lies_in_the_longest_gap_beside_the_way(self) -> None:
        day = MONDAY + timedelta(days=1)
        week = laid(row("a", day, 540, 720, "t1"), row("b", day, 810, 990, "t1"))
        lane = week.lane_of(day, "t1")
        assert lane is not None
        assert week.rest(lane, VisitSettings()) == (720, 780)
        assert week.travel(lane, VisitSettings())[0] == (780, 810)

    def test_a_break_after_a_long_visit_has_its_whole_length(self) -> None:
        day = MONDAY + timedelta(days=1)
        week = laid(row("a", day, 540, 840, "t1"))
        lane = week.lane_of(day, "t1")
        assert lane is not None
        assert week.rest(lane, VisitSettings()) == (870, 930)

    def test_nobody_rests_on_a_day_without_visits(self) -> None:
        week = laid()
        assert all(week.rest(lane, VisitSettings()) is None for lane in week.lanes())

    def test_the_chosen_slot_takes_its_way_too(self) -> None:
        day = MONDAY + timedelta(days=1)
        week = laid()
        week.taken = {(day, "t1"): [(600, 660)]}
        lane = week.lane_of(day, "t1")
        assert lane is not None
        assert week.travel(lane, VisitSettings()) == [(570, 600), (660, 690)]


def test_a_week_begins_on_monday() -> None:
    assert {monday_of(MONDAY + timedelta(days=passed)) for passed in range(7)} == {MONDAY}


@pytest.mark.parametrize(("last", "minutes"), [(14 * 60, 300), (16 * 60, 360), (17 * 60, 420)])
def test_a_block_drawn_longer_than_six_hours_holds_a_break(last: int, minutes: int) -> None:
    drawn = row("v", MONDAY, 540, 600, "t1")
    moving = lengthened(Moving(drawn, 0, drawn.spans[0], "t1", "t1"), last, 30)
    assert moving.minutes == minutes
    asked = Asked(
        VisitContent(service="media-light"), "west", moving.minutes, catalogue(), VisitSettings(),
        datetime(2026, 1, 5, 9, 0, tzinfo=UTC),
    )  # fmt: skip
    assert "too-short" not in [one.kind for one in obstacles(asked, moving.spans, (), {})]
