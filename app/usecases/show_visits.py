"""The visits of a contract or a customer, and how many free visits the contract year still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.contract.record import StoredContract
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.show_technicians import work_names
from app.visit.days import visit_rules
from app.visit.entitlement import Entitlement, free_work
from app.visit.from_order import contract_of
from app.visit.order import VisitRow
from app.visit.work import VisitRequest


@dataclass(frozen=True)
class ShownVisits:
    """Visits, those to come first and then the latest; names of technicians by id and of the work by code.

    ``free``: the free visit as a visit of today would find it; None where the service knows none.
    """

    rows: tuple[VisitRow, ...]
    technicians: dict[str, str]
    work: dict[str, str]
    free: Entitlement | None = None


def contract_visits(desk: Desk, contract_id: str) -> ShownVisits:
    """The visits of a contract. UserError ``not-found``."""
    with desk.storage.look() as work:
        contract = work.contracts.get(contract_id)
        rows = work.visits.of_contract(contract_id)
        days = work.visits.free_days(contract_id)
        names = {one.id: one.fields.name for one in work.technicians.all()}
        catalogue = desk.catalogue_for(work.settings.load())
    today = desk.today()
    return ShownVisits(
        _ordered(rows, today),
        names,
        dict(work_names(catalogue, today)),
        _free(contract, catalogue, days, today),
    )


def customer_visits(desk: Desk, customer_id: str) -> ShownVisits:
    """The visits of a customer, with a contract and without."""
    with desk.storage.look() as work:
        rows = work.visits.of_customer(customer_id)
        names = {one.id: one.fields.name for one in work.technicians.all()}
    today = desk.today()
    return ShownVisits(_ordered(rows, today), names, dict(work_names(desk.catalogue, today)))


def visits_possible(catalogue: Catalogue, service: str, day: date) -> bool:
    """Whether the terms of a service know visits."""
    try:
        visit_rules(catalogue, service, day)
    except UserError:
        return False
    return True


def _free(
    contract: StoredContract, catalogue: Catalogue, days: tuple[date, ...], today: date
) -> Entitlement | None:
    """The free visit of the contract year today lies in; None where the contract has none to give."""
    service = contract.content.service
    if not visits_possible(catalogue, service, today):
        return None
    brought = contract_of(contract.timeline, catalogue, today, days)
    request = VisitRequest(service=service, on=today, work=(), contract=brought, use_free=False)
    found = free_work(
        request, visit_rules(catalogue, service, today), lambda name: catalogue.choice(service, name, today)
    ).entitlement
    return found if found is not None and found.capacity else None


def _ordered(rows: list[VisitRow], today: date) -> tuple[VisitRow, ...]:
    """Those without a day and those to come, the nearest first, then those gone by, the latest first."""
    none = [row for row in rows if not row.spans]
    to_come = sorted((row for row in rows if row.spans and row.spans[0].on >= today), key=_moment)
    gone = sorted((row for row in rows if row.spans and row.spans[0].on < today), key=_moment, reverse=True)
    return (*none, *to_come, *gone)


def _moment(row: VisitRow) -> tuple[date, int]:
    return row.spans[0].on, row.spans[0].first
