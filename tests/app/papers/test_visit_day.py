"""当日予定表: what the paper of a day says, read without a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import msgspec
import pytest

from app.papers.model import DayBar, PageHead, Stack, Table
from app.papers.visit_day import run_sheet
from app.visit.order import Span
from tests import visit_samples as samples
from tests.app.papers.test_visit_papers import cells
from tests.shipped import catalogue


def test_the_day_has_a_page_for_each_technician_in_the_order_of_time() -> None:
    crew, visits = samples.a_day()
    paper = run_sheet(samples.DAY, crew, list(reversed(visits)), samples.SETTINGS, catalogue())
    heads = [one for one in paper.sections if isinstance(one, PageHead)]
    assert [head.name for head in heads] == [one.fields.name for one in crew]
    (first, *_others) = (one for one in paper.sections if isinstance(one, Table))
    times = [cells(row)[1] for row in first.rows]
    assert times == [
        "8:30〜9:00", "9:00〜10:15", "10:15〜10:45", "10:45〜12:00", "12:00〜13:00", "13:00〜13:30",
        "13:30〜14:45", "14:45〜15:15", "15:15〜16:30", "16:30〜17:00",
    ]  # fmt: skip
    stop = first.rows[1].cells
    assert isinstance(stop[2], Stack)
    assert stop[2].text == "株式会社青葉商事"
    assert "担当1 佐々木 様  090-0000-0000" in stop[2].under


@pytest.mark.parametrize(("first", "last"), [(540, 690), (780, 900), (540, 1000), (600, 720), (930, 1020)])
def test_ways_and_breaks_never_meet(first: int, last: int) -> None:
    crew, visits = samples.a_day(1, 1)
    span = Span(on=samples.DAY, first=first, last=last)
    content = msgspec.structs.replace(visits[0].visit.content, spans=(span,))
    moved = replace(visits[0], visit=msgspec.structs.replace(visits[0].visit, content=content))
    paper = run_sheet(samples.DAY, crew, [moved], samples.SETTINGS, catalogue())
    (bar,) = (one for one in paper.sections if isinstance(one, DayBar))
    found = bar.lanes[0].stretches
    assert sum(one.words[0] == "休憩" for one in found) == 1
    assert all(one.last <= other.first for one, other in pairwise(found))
    (rows,) = (one.rows for one in paper.sections if isinstance(one, Table))
    begun = [int(hour) * 60 + int(minute) for row in rows
             for hour, minute in [str(cells(row)[1]).partition("〜")[0].split(":")]]  # fmt: skip
    inside = [number for number, row in enumerate(rows) if cells(row)[2] == "休憩"]
    assert len(inside) == 1
    assert begun == sorted(begun)


def test_days_without_visits_and_other_days_are_told_apart() -> None:
    crew, visits = samples.a_day(2, 1)
    paper = run_sheet(date(2026, 12, 14), crew, visits, samples.SETTINGS, catalogue())
    assert [one.name for one in paper.sections if isinstance(one, PageHead)] == [
        "2026年12月14日（月）の訪問はありません"
    ]
