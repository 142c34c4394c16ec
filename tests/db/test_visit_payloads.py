"""Records of visits come back exactly: contents, events of every kind, technicians, what is carried."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import EnvironmentProblem
from app.visit.order import (
    Device,
    Event,
    Happened,
    Hours,
    Leave,
    PriceByHand,
    Span,
    TechnicianFields,
    Tick,
    VisitContent,
    VisitPlace,
)
from app.visit.settings import ClosedDays, MinutesTable, VisitSettings
from db.payloads import pack, unpack
from tests.db.test_payloads import records, tuples, words
from tests.db.visits import VISIT_SAMPLES

whole = st.integers(-(10**9), 10**9)
spans = st.builds(Span, on=st.dates(), first=whole, last=whole)
hands = st.builds(PriceByHand, unit_price=whole, reason=words, approved_by=words)
devices = records(
    Device, id=words, kind=st.sampled_from(["pc", "gateway", "other"]), name=words, count=whole,
    menu=tuples(words), data_gb=st.none() | words, backup=st.booleans(), apps=whole,
    by_hand=st.none() | hands,
)  # fmt: skip
places = records(VisitPlace, name=words, address=words, area=st.sampled_from(["", "west", "east"]))
ticks = st.builds(
    Tick, device=words, menu=words, result=st.sampled_from(["done", "partly", "not-done"]), why=words,
    first=st.none() | whole, data_gb=st.none() | words,
)  # fmt: skip
strokes = tuples(tuples(st.tuples(whole, whole)))
FIRST, LAST = datetime(1970, 1, 2), datetime(2999, 12, 31)  # noqa: DTZ001
# A local time that a change of the clocks leaves out equals none, not even itself; desks give offsets of
# hours.
moments = st.builds(
    datetime.astimezone,
    st.datetimes(timezones=st.timezones(), min_value=FIRST, max_value=LAST),
    st.builds(timezone, st.builds(timedelta, hours=st.integers(-12, 14))),
)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "spans": tuples(spans),
    "before": tuples(spans),
    "devices": tuples(devices),
    "ticks": tuples(ticks),
    "strokes": strokes,
    "technicians": tuples(words),
}
events = st.one_of(
    [
        st.builds(
            kind,
            at=moments,
            **{name: found for name, found in FIELDS.items() if name in kind.__struct_fields__},
        )
        for kind in get_args(Event)
    ]
)


@given(events)
def test_any_event_comes_back_exactly(event: Event) -> None:
    found = unpack(Happened, pack(Happened(event=event))).event
    assert found == event
    assert type(found) is type(event)


@given(
    st.builds(
        VisitContent, service=words, place=places, devices=tuples(devices), minutes=st.none() | whole,
        technicians=tuples(words), spans=tuples(spans), remarks=words,
    )
)  # fmt: skip
def test_any_content_comes_back_exactly(content: VisitContent) -> None:
    assert unpack(VisitContent, pack(content)) == content


@given(
    st.builds(
        TechnicianFields, name=words, areas=tuples(st.sampled_from(["west", "east"])), skills=tuples(words),
        hours=tuples(st.builds(Hours, weekday=st.integers(0, 6))),
        leaves=tuples(st.builds(Leave, first=st.dates(), last=st.dates(), from_minute=st.none() | whole)),
    )
)  # fmt: skip
def test_any_technician_comes_back_exactly(fields: TechnicianFields) -> None:
    assert unpack(TechnicianFields, pack(fields)) == fields


@given(
    st.builds(
        VisitSettings,
        minutes=st.builds(MinutesTable, menu=st.dictionaries(words, whole, max_size=3)),
        closed=tuples(st.builds(ClosedDays, first=st.dates(), last=st.dates(), why=words)),
    )
)
def test_any_settings_come_back_exactly(settings: VisitSettings) -> None:
    assert unpack(VisitSettings, pack(settings)) == settings


def test_what_is_stored_comes_back_and_damage_is_told() -> None:
    for kind, sample in VISIT_SAMPLES.items():
        text = pack(sample)
        assert unpack(kind, text) == sample
        with pytest.raises(EnvironmentProblem) as problem:
            unpack(kind, text[:-3])
        assert problem.value.code == "record-unreadable"
