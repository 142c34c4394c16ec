"""Whatever is done in whatever order: nobody is in two places, and nothing that happened is lost."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.days import DAY
from app.errors import UserError
from app.usecases import book_visit, keep_visit
from app.usecases.call_off import call_off
from app.usecases.desk import Desk
from app.visit.order import Booked, Span, StoredVisit, VisitState
from app.visit.visit_life import state_of
from tests.app.usecases.visits import TUESDAY, content, customer, desk_with, technicians

PLACES = st.tuples(st.integers(0, 2), st.integers(17, 32), st.integers(2, 5), st.sets(st.integers(0, 1)))
STEPS = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["book", "move", "release", "confirm", "call-off"]), PLACES),
    max_size=14,
)


def act(desk: Desk, visit: StoredVisit, what: str, span: Span, people: list[str]) -> StoredVisit:
    if what == "book":
        return book_visit.book(desk, visit.id, visit.version, [span], people)
    if what == "move":
        return book_visit.move(desk, visit.id, visit.version, [span], people)
    if what == "release":
        return book_visit.release(desk, visit.id, visit.version)
    if what == "confirm":
        return book_visit.confirm(desk, visit.id, visit.version)
    return call_off(desk, visit.id, visit.version, "desk", "都合")


def spans_of(desk: Desk) -> Iterator[list[Span]]:
    """The spans of each technician's day, as the grid has them."""
    days: dict[tuple[str, date], list[Span]] = {}
    with desk.storage.look() as work:
        for row in work.visits.rows_between(TUESDAY, TUESDAY + DAY * 10):
            for technician in row.technicians:
                for span in row.spans:
                    days.setdefault((technician, span.on), []).append(span)
        booked = work.visits.calendar(TUESDAY, TUESDAY + DAY * 10)
    for (technician, day), spans in days.items():
        assert [one.span for one in booked[technician][day]] == sorted(spans, key=lambda one: one.first)
        yield sorted(spans, key=lambda one: one.first)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_no_sequence_leaves_anybody_in_two_places(
    steps: list[tuple[int, str, tuple[int, int, int, set[int]]]],
) -> None:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = desk_with(Path(folder) / "data")
        people = [one.id for one in technicians(desk, "大西 航", "別所 学")]
        owner = customer(desk)
        visits = [keep_visit.receive(desk, owner, content()) for _visit in range(3)]
        for place, what, (day, start, length, who) in steps:
            span = Span(on=TUESDAY + DAY * day, first=start * 30, last=(start + length) * 30)
            before = visits[place]
            try:
                visits[place] = act(desk, before, what, span, [people[one] for one in sorted(who)])
            except UserError:
                visits[place] = keep_visit.open_visit(desk, before.id)
                assert visits[place] == before
            for spans in spans_of(desk):
                assert all(one.last <= other.first for one, other in pairwise(spans))
            after = visits[place]
            assert after.events[: len(before.events)] == before.events
            assert after.state is state_of(after.events)
            last = next((one for one in reversed(after.events) if isinstance(one, Booked)), None)
            if last is not None and after.state is not VisitState.CANCELLED:
                assert (after.content.spans, after.content.technicians) == (last.spans, last.technicians)
        desk.storage.close()
