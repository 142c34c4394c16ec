"""訪問見積: a quotation of nothing but a stored visit."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.money import figure
from app.usecases import visit_ground
from app.usecases.desk import Desk
from app.usecases.issue_quotation import issue_quotation
from app.usecases.quote_visit import quote_visit, visit_quotation
from app.visit.order import Device, StoredVisit
from tests.app.usecases import visits
from tests.reports.reading import whole_text


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return visits.desk_with(tmp_path, visits.clock())


def priced(desk: Desk, visit: StoredVisit) -> int:
    """The visit with tax, as its own paper says it."""
    with desk.storage.look() as work:
        ground = visit_ground.ground_for(desk, work, visit)
    return visit_ground.price_in(ground, visit.content).bill.total


@pytest.mark.parametrize(
    "devices",
    [
        (visits.RECOVERY,),
        (
            visits.RECOVERY,
            Device(id="d2", name="PC-2", menu=("data-migration",), data_gb="4.7", backup=True, count=3),
            Device(id="d3", name="PC-3", menu=("app-setup", "internet-setup"), data_gb="9", apps=2),
        ),
    ],
)
@pytest.mark.parametrize("held", [True, False])
def test_the_quotation_costs_what_the_visit_costs(
    desk: Desk, devices: tuple[Device, ...], held: bool
) -> None:
    customer = visits.customer(desk)
    contract = visits.contract(desk, customer).id if held else ""
    (technician,) = visits.technicians(desk, "小田切 誠")
    at = visits.span("9:00", "12:00")
    visit = visits.confirmed(desk, customer, technician, at, contract_id=contract, devices=devices)
    draft = quote_visit(desk, visit.id)
    issued = issue_quotation(desk, draft.id, draft.version)
    assert issued.paper.total == priced(desk, visit)
    said = whole_text(issued.paper.pdf)
    assert figure(issued.paper.total) in said
    assert "みのり食品" in said


def test_day_and_time_are_taken_over(desk: Desk) -> None:
    (technician,) = visits.technicians(desk, "小田切 誠")
    visit = visits.confirmed(desk, visits.customer(desk), technician, visits.span("9:30", "11:30"))
    with desk.storage.look() as work:
        (entry,) = visit_quotation(visit, visit_ground.ground_for(desk, work, visit)).visits
    assert (entry.on, entry.at, entry.site.area) == (visits.TUESDAY, "09:30", "west")
