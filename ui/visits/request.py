"""What a request comes to, without a widget: the area, the price, the time, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final

from app.errors import Problem, UserError
from app.visit.order import VisitContent, VisitPlace
from app.words import _

if TYPE_CHECKING:
    from app.contract.record import ContractRow
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.usecases.visit_ground import Ground
    from app.visit.minutes import Duration
    from app.visit.order import Area, StoredVisit
    from app.visit.pricing import PricedVisit

_EXCHANGE_CLAUSE: Final = "別紙1-4④"
EXCHANGED_ON_WEEKDAYS: Final = 10
"""Clients of the gateway that is exchanged in the East on weekdays only, whatever option was taken."""


@dataclass(frozen=True)
class Known:
    """Whom a visit is for: what it rests on, and the contracts whose service visits."""

    ground: Ground
    contracts: tuple[ContractRow, ...] = ()


@dataclass(frozen=True)
class Worked:
    """What comes of what was typed so far. ``area`` None: nothing names it, somebody has to say it.
    ``warnings``: (sentence, clause).
    """

    area: Area | None
    priced: PricedVisit | None = None
    duration: Duration | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()


def read_known(desk: Desk, customer_id: str, contract_id: str = "", visit_id: str = "") -> Known:
    """On the database worker: a customer with the contracts whose service visits. Where there is but one and
    none is named, the visit is for that one.
    """
    from app.usecases.keep_customer import live_contracts
    from app.usecases.visit_ground import ground_in
    from ui.visits.words import menu_names

    with desk.storage.look() as work:
        rows = tuple(
            row
            for row in live_contracts(work, customer_id)
            if menu_names(desk.catalogue, row.service, desk.today())
        )
        if not contract_id and not visit_id and len(rows) == 1:
            contract_id = rows[0].id
        return Known(ground_in(desk, work, customer_id, contract_id, visit_id), rows)


def read_visit(desk: Desk, visit_id: str) -> tuple[StoredVisit, Known]:
    """On the database worker: a stored visit with whom it is for."""
    with desk.storage.look() as work:
        stored = work.visits.get(visit_id)
    return stored, read_known(desk, stored.customer_id, stored.content.contract_id, visit_id)


def first_content(known: Known, services: tuple[str, ...]) -> VisitContent:
    """An empty request for a customer: the service of the contract, and the place it most likely goes to."""
    contract = known.ground.contract
    service = contract.content.service if contract is not None else (services[0] if services else "")
    contract_id = contract.id if contract is not None else ""
    return VisitContent(service=service, contract_id=contract_id, place=place_of(known))


def place_of(known: Known) -> VisitPlace:
    """Where a visit goes unless somebody says otherwise: the contract's site, else the customer's address."""
    fields = known.ground.customer.fields
    contract = known.ground.contract
    site = contract.content.site if contract is not None else None
    if site is not None and site.address.strip():
        return VisitPlace(
            name=site.name,
            postal_code=site.postal_code,
            address=site.address,
            person=fields.person,
            phone=fields.phone,
            area=site.area,
        )
    prefecture = "" if fields.address.startswith(fields.prefecture) else fields.prefecture
    return VisitPlace(
        postal_code=fields.postal_code,
        address=f"{prefecture}{fields.address} {fields.building}".strip(),
        person=fields.person,
        phone=fields.phone,
    )


def work_out(
    content: VisitContent,
    ground: Ground,
    on: date,
    unreadable: Mapping[str, Problem] | None = None,
    people: int = 1,
) -> Worked:
    """Area, price, time and problems of what was typed; ``unreadable``: fields that hold no value; ``on``:
    the day it is priced by.
    """
    from app.usecases.visit_ground import area_in, brought_in, free_visit_used
    from app.visit.desk_calendar import unsure_holidays
    from app.visit.from_order import price_of
    from app.visit.minutes import duration_of

    area = area_in(ground, content)
    unread = dict(unreadable or {})
    problems = [replace(problem, field=path) for path, problem in unread.items()]
    if area is None:
        problems.append(_no_area())
    priced = None
    contract = brought_in(ground, content, on)
    if content.service and content.devices:
        try:
            priced = price_of(content, contract, ground.catalogue, on, area or "west")
        except UserError as error:
            problems += [one for one in error.problems if one.field not in unread]
    duration = duration_of(content, ground.settings.visits.minutes, people) if content.devices else None
    small = bool(contract.gateways.get(EXCHANGED_ON_WEEKDAYS))
    warnings = _warnings(area, ground.catalogue, content.service, on, small=small)
    if content.service and (outside := _outside_reception(ground, content.service)):
        warnings += [(outside.what, ""), (outside.remedy, outside.clause)]
    charged = free_visit_used(priced) if priced is not None else None
    if charged is not None:
        warnings[:0] = [(charged.what, ""), (f"{charged.why}{charged.remedy}", charged.clause)]
    if unsure := unsure_holidays(on):
        warnings.append((unsure, ""))
    return Worked(area, None if unread else priced, duration, tuple(problems), tuple(warnings))


def _no_area() -> Problem:
    return Problem(
        "area-unknown",
        _("訪問先が東日本・西日本のどちらか分かりません。"),
        why=_("住所に都道府県がありません。"),
        remedy=_("都道府県から住所を入力するか、エリアを選んでください。"),
        field="place.area",
    )


def _warnings(
    area: Area | None, catalogue: Catalogue, service: str, on: date, *, small: bool
) -> list[tuple[str, str]]:
    """What is different in the East, for services that tell the areas apart."""
    from app.visit.days import visit_rules

    if area != "east" or not service:
        return []
    try:
        rules = visit_rules(catalogue, service, on)
    except UserError:
        return []
    if not any(one.area == "east" for one in rules.days):
        return []
    found = [(_("東日本エリアの訪問は平日だけです。"), rules.hours_clause)]
    if small:
        told = _("10クライアント用ゲートウェイの交換は、東日本では24時間オプションでも平日9〜17時です。")
        found.append((told, _EXCHANGE_CLAUSE))
    return found


def _outside_reception(ground: Ground, service: str) -> Problem | None:
    """That the service takes no requests at this hour."""
    from app.visit.reception import reception_notice

    try:
        return reception_notice(ground.catalogue, service, ground.now)
    except UserError:
        return None


def services_that_visit(catalogue: Catalogue, on: date) -> tuple[str, ...]:
    """Codes of the services whose terms know visits, in the order of lists."""
    from ui.visits.words import menu_names

    return tuple(code for code in catalogue.codes() if menu_names(catalogue, code, on))
