"""Today's visits on Home, and the visits of a contract with the free visit that is left."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from app.usecases import keep_visit, work_on_site
from app.usecases.desk import Desk
from app.usecases.keep_technicians import change_technician
from app.usecases.show_home import home
from app.usecases.show_visits import contract_visits, visits_possible
from app.visit.order import VisitState
from tests.app.usecases import visits as made
from tests.app.usecases.visits import TUESDAY
from tests.billing_desk import Clock


@pytest.fixture
def clock() -> Clock:
    return made.clock()


@pytest.fixture
def desk(tmp_path: Path, clock: Clock) -> Iterator[Desk]:
    found = made.desk_with(tmp_path, clock)
    yield found
    found.storage.close()


def test_without_anybody_who_visits_home_knows_no_visits(desk: Desk) -> None:
    assert not home(desk).visits.used
    (inoue,) = made.technicians(desk, "井上 健太")
    assert home(desk).visits.used
    change_technician(desk, inoue.id, inoue.version, replace(inoue.fields, active=False))
    assert not home(desk).visits.used


def test_home_shows_the_visits_of_the_day_in_the_order_of_time(desk: Desk, clock: Clock) -> None:
    inoue, onishi = made.technicians(desk, "井上 健太", "大西 真央")
    customer = made.customer(desk)
    later = made.confirmed(desk, customer, inoue, made.span("13:00", "15:00"))
    sooner = made.confirmed(desk, customer, onishi, made.span("9:30", "11:30"))
    made.confirmed(desk, customer, onishi, made.span("9:30", "11:30", date(2026, 11, 25)))
    keep_visit.receive(desk, customer, made.content())
    assert [one.row.id for one in home(desk).visits.rows] == []
    made.go(clock, TUESDAY, 10)
    work_on_site.begin(desk, sooner.id, sooner.version)
    found = home(desk).visits
    assert [(one.row.id, one.technicians) for one in found.rows] == [
        (sooner.id, ("大西 真央",)), (later.id, ("井上 健太",))
    ]  # fmt: skip
    assert [one.row.state for one in found.rows] == [VisitState.WORKING, VisitState.CONFIRMED]
    assert found.waiting == 1


def test_a_contract_tells_its_visits_and_the_free_one_that_is_left(desk: Desk) -> None:
    (inoue,) = made.technicians(desk, "井上 健太")
    customer = made.customer(desk)
    contract = made.contract(desk, customer)
    before = contract_visits(desk, contract.id)
    assert before.rows == ()
    assert before.free is not None
    assert (before.free.left, before.free.capacity) == (1, 10)
    assert before.free.year.last == date(2027, 5, 19)
    visit = made.confirmed(desk, customer, inoue, made.span("13:00", "15:00"), contract_id=contract.id)
    waits = keep_visit.receive(desk, customer, made.content(contract_id=contract.id))
    made.confirmed(desk, customer, inoue, made.span("9:30", "11:00", date(2026, 11, 26)))
    after = contract_visits(desk, contract.id)
    assert [row.id for row in after.rows] == [waits.id, visit.id]
    assert after.free is not None
    assert (after.free.left, after.free.used_on) == (0, (TUESDAY,))
    assert after.technicians[inoue.id] == "井上 健太"


def test_without_a_gateway_there_is_no_free_visit_to_tell_of(desk: Desk) -> None:
    contract = made.contract(desk, made.customer(desk), items={"endpoint": 8})
    assert contract_visits(desk, contract.id).free is None


def test_only_some_services_visit(desk: Desk) -> None:
    today = desk.today()
    assert visits_possible(desk.catalogue, "media-light", today)
    assert not visits_possible(desk.catalogue, "mihariban", today)
