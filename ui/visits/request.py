"""What a request comes to, without a widget: the area, the price, the time, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, cast

from app.errors import Problem, UserError
from app.visit.order import Area, VisitContent, VisitPlace
from app.visit.work import VisitContract
from app.words import _

if TYPE_CHECKING:
    from app.contract.customer import Customer
    from app.contract.record import ContractRow, StoredContract
    from app.tariff.catalogue import Catalogue
    from app.usecases.desk import Desk
    from app.visit.minutes import Duration
    from app.visit.order import StoredVisit
    from app.visit.pricing import PricedVisit
    from app.visit.settings import VisitSettings
    from app.visit.slots import Slot

EXCHANGED_ON_WEEKDAYS: Final = 10
"""Clients of the gateway that is exchanged in the East on weekdays only, whatever option was taken."""

_NAMED: Final = re.compile("北海道|東京都|(?:京都|大阪)府|.{2,3}?県")


@dataclass(frozen=True)
class Known:
    """What is known of whom the visit is for. ``free_days``: days of other visits that used the free one."""

    customer: Customer | None = None
    contracts: tuple[ContractRow, ...] = ()
    contract: StoredContract | None = None
    free_days: tuple[date, ...] = ()


@dataclass(frozen=True)
class Worked:
    """What comes of what was typed so far. ``area`` None: the address names no prefecture, somebody has to
    say it. ``by_place``: it follows from the address. ``warnings``: (sentence, clause).
    """

    area: Area | None
    by_place: bool
    contract: VisitContract
    priced: PricedVisit | None = None
    duration: Duration | None = None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[tuple[str, str], ...] = ()


def read_known(desk: Desk, customer_id: str, contract_id: str, visit_id: str = "") -> Known:
    """On the database worker: a customer, the contracts whose service visits, the chosen one in full."""
    from app.usecases.keep_customer import live_contracts
    from ui.visits.words import menu_names

    with desk.storage.look() as work:
        customer = work.customers.get(customer_id)
        rows = [
            row
            for row in live_contracts(work, customer_id)
            if menu_names(desk.catalogue, row.service, desk.today())
        ]
        if not contract_id and len(rows) == 1:
            contract_id = rows[0].id
        stored = work.contracts.get(contract_id) if contract_id else None
        free = work.visits.free_days(contract_id, visit_id) if contract_id else ()
    return Known(customer, tuple(rows), stored, free)


def read_visit(desk: Desk, visit_id: str) -> tuple[StoredVisit, Known]:
    """On the database worker: a stored visit with whom it is for."""
    with desk.storage.look() as work:
        stored = work.visits.get(visit_id)
    return stored, read_known(desk, stored.customer_id, stored.content.contract_id, visit_id)


def place_of(known: Known) -> VisitPlace:
    """Where a visit goes unless somebody says otherwise: the contract's site, else the customer's address."""
    customer = known.customer
    if customer is None:
        return VisitPlace()
    fields = customer.fields
    site = known.contract.content.site if known.contract is not None else None
    if site is not None and site.address.strip():
        return VisitPlace(
            name=site.name,
            postal_code=site.postal_code,
            address=site.address,
            person=fields.person,
            phone=fields.phone,
            area=site.area,
        )
    return VisitPlace(
        postal_code=fields.postal_code,
        address=f"{fields.prefecture}{fields.address} {fields.building}".strip(),
        person=fields.person,
        phone=fields.phone,
    )


def area_by_address(address: str) -> Area | None:
    """The area by the prefecture an address begins with; None where it names none."""
    from app.quote.area import EAST

    named = _NAMED.match(address.strip())
    if named is None:
        return None
    return "east" if named.group() in EAST else "west"


def work_out(
    content: VisitContent,
    known: Known,
    catalogue: Catalogue,
    settings: VisitSettings,
    on: date,
    unreadable: Mapping[str, Problem] | None = None,
    people: int = 1,
) -> Worked:
    """Area, price, time and problems of what was typed; ``unreadable``: fields that hold no value."""
    from app.visit.from_order import contract_of, price_of
    from app.visit.minutes import duration_of

    by_place = area_by_address(content.place.address)
    area = cast("Area | None", content.place.area or None) or by_place
    problems = list((unreadable or {}).values())
    contract = VisitContract()
    if known.contract is not None:
        contract = contract_of(known.contract.timeline, catalogue, on, known.free_days)
    if area is None:
        problems.append(_no_area())
    priced = None
    if content.service and content.devices:
        try:
            priced = price_of(content, contract, catalogue, on, area or "west")
        except UserError as error:
            told = {one.field for one in problems}
            problems += [one for one in error.problems if one.field not in told]
    return Worked(
        area,
        by_place is not None and not content.place.area,
        contract,
        priced,
        duration_of(content, settings.minutes, people) if content.devices else None,
        tuple(problems),
        tuple(_warnings(area, contract, catalogue, content.service, on)),
    )


def _no_area() -> Problem:
    return Problem(
        "bad-input",
        _("住所に都道府県がないため、エリアが分かりません。"),
        remedy=_("西日本か東日本を選んでください。訪問できる曜日が変わります。"),
        field="place.area",
    )


def _warnings(
    area: Area | None, contract: VisitContract, catalogue: Catalogue, service: str, on: date
) -> list[tuple[str, str]]:
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
    if contract.gateways.get(EXCHANGED_ON_WEEKDAYS):
        told = _("10クライアント用ゲートウェイの交換は、東日本では24時間オプションでも平日9〜17時です。")
        found.append((told, _("別紙2")))
    return found


def read_slots(
    desk: Desk, content: VisitContent, area: Area, people: int, visit_id: str = "", since: date | None = None
) -> tuple[Slot, ...]:
    """On the database worker: the three nearest slots for what was typed."""
    from datetime import timedelta

    from app.visit.conflicts import Asked
    from app.visit.minutes import minutes_of
    from app.visit.slots import nearest

    with desk.storage.look() as work:
        settings = work.settings.load()
        technicians = work.technicians.all(active_only=True)
        first = since or desk.today()
        calendar = work.visits.calendar(first, first + timedelta(days=90))
    visits = settings.visits
    minutes = minutes_of(content, visits.minutes, people)
    catalogue = desk.catalogue_for(settings)
    asked = Asked(content, area, minutes, catalogue, visits, desk.now(), visit_id)
    return nearest(asked, technicians, calendar, people=people, since=since)
