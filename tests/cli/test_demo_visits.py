"""The demo's visits: technicians enough, nobody in two places, work done is claimed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import main
from app.visit.order import VisitState
from cli.demo import SEED, demo_settings, fill, fill_contracts
from cli.demo_visits import fill_visits
from tests.desks import new_desk


def test_weeks_of_visits_are_believable(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "data", ready=False)
    fill_contracts(desk, main.Parts(tmp_path), fill(desk, 0), 45)
    made = fill_visits(desk, 20, SEED)
    assert len(made) >= 17
    today = desk.today()
    first, last = today - timedelta(days=30), today + timedelta(days=60)
    with desk.storage.look() as work:
        names = [one.fields.name for one in work.technicians.all()]
        assert len(set(names)) == len(names) == 3
        rows = work.visits.rows_between(first, last)
        states = {row.state for row in rows} | {row.state for row in work.visits.waiting()}
        assert states >= {VisitState.RECEIVED, VisitState.CONFIRMED, VisitState.DONE}
        for days in work.visits.calendar(first, last).values():
            for booked in days.values():
                assert all(one.span.last <= other.span.first for one, other in pairwise(booked))
        done = [row for row in rows if row.state is VisitState.DONE]
        claims = [one.cause for row in done for one in work.bills.claims_of(row.contract_id)]
        assert {row.id for row in done if row.net} <= set(claims)
        assert work.audit.check() == []
    assert desk.settings().desk_code == demo_settings().desk_code


def test_without_contracts_there_are_technicians_only(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "data")
    assert fill_visits(desk, 5, SEED) == []
