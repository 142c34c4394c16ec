"""A visit cancelled before anybody was sent, under each way to read the terms; and after somebody came."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.visit.cancelled import broken_off_visit, cancelled_visit
from app.visit.work import VisitRequest, Work
from tests.shipped import catalogue

REQUEST = VisitRequest("dokodemo-prime", date(2026, 12, 11), (Work(2, ("os-recovery",)),), dispatches=2)


@pytest.mark.parametrize(
    ("choice", "total"),
    # 別紙5: basic work 7,500 a dispatch, diagnosis 1,500, OS recovery 17,100 a device
    [("zero", 0), ("base-fee", 2 * 7_500), ("all", 2 * 7_500 + 1_500 + 2 * 17_100)],
)
def test_each_reading_is_implemented(choice: str, total: int) -> None:
    chosen = catalogue().with_choices({"visit-cancel-fee": choice})
    lines, used = cancelled_visit(REQUEST, chosen)
    assert sum(line.amount for line in lines) == total
    assert used is not None
    assert (used.name, used.choice) == ("visit-cancel-fee", choice)


def test_nothing_is_charged_unless_the_owner_reads_it_otherwise() -> None:
    assert cancelled_visit(REQUEST, catalogue())[0] == ()


def test_services_without_visits_have_none_to_cancel() -> None:
    with pytest.raises(UserError) as refused:
        cancelled_visit(VisitRequest("osect", date(2026, 12, 11), (Work(1, ("os-recovery",)),)), catalogue())
    assert refused.value.code == "no-rule"


@pytest.mark.parametrize("choice", ["zero", "all"])
def test_after_somebody_came_dispatch_and_diagnosis_are_owed_whatever_the_reading(choice: str) -> None:
    chosen = catalogue().with_choices({"visit-cancel-fee": choice})
    lines = broken_off_visit(REQUEST, chosen)
    assert [(line.item, line.amount) for line in lines] == [("base", 2 * 7_500), ("diagnosis", 1_500)]
