"""What a visit is priced and placed on: customer, contract, free visits taken, settings, tariffs, the time.

Read once when a visit is opened; price, minutes and area then follow from what is typed, without storage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.contract.customer import Customer
from app.contract.record import StoredContract
from app.days import DAY, date_words
from app.errors import Problem, Problems, UserError
from app.papers.issuer import Settings
from app.quote.area import named_area
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.ports import UnitOfWork
from app.visit.carried import Carried
from app.visit.conflicts import Asked
from app.visit.from_order import contract_of, price_of, request_of
from app.visit.minutes import minutes_of
from app.visit.order import Area, StoredVisit, VisitContent, VisitFigures
from app.visit.pricing import PricedVisit
from app.visit.work import VisitContract, VisitRequest
from app.words import _


@dataclass(frozen=True)
class Ground:
    """Everything a visit rests on. ``contract`` None: it has none, or another desk has it (``carried``).

    ``free_days``: the days on which other visits of the contract use its free visit.
    """

    customer: Customer
    contract: StoredContract | None
    free_days: tuple[date, ...]
    settings: Settings
    catalogue: Catalogue
    now: datetime
    visit_id: str = ""
    carried: Carried | None = None


def ground_of(desk: Desk, customer_id: str, contract_id: str = "", visit_id: str = "") -> Ground:
    """What a visit rests on now. Raises UserError ``not-found``."""
    with desk.storage.look() as work:
        return ground_in(desk, work, customer_id, contract_id, visit_id)


def ground_in(desk: Desk, work: UnitOfWork, customer_id: str, contract_id: str, visit_id: str = "") -> Ground:
    """As ``ground_of``, inside a transaction of the caller."""
    settings = work.settings.load()
    carried = work.visits.carried([visit_id]).get(visit_id) if visit_id else None
    brought = carried is not None and carried.way == "here"
    contract = work.contracts.get(contract_id) if contract_id and not brought else None
    return Ground(
        customer=work.customers.get(customer_id),
        contract=contract,
        free_days=work.visits.free_days(contract_id, visit_id),
        settings=settings,
        catalogue=desk.catalogue_for(settings),
        now=desk.now(),
        visit_id=visit_id,
        carried=carried,
    )


def refuse_other_contract(ground: Ground) -> None:
    """Refuse a contract of somebody else (UserError ``wrong-contract``). Only where one is chosen: a contract
    that passes on later keeps the visits it had.
    """
    contract = ground.contract
    if contract is not None and contract.customer_id != ground.customer.id:
        raise UserError(
            Problem(
                "wrong-contract",
                _("契約{number}は、この顧客の契約ではありません。").format(number=contract.number),
                remedy=_("この顧客の契約を選び直してください。"),
                field="contract_id",
            )
        )


def ground_for(desk: Desk, work: UnitOfWork, visit: StoredVisit) -> Ground:
    """What a stored visit rests on."""
    return ground_in(desk, work, visit.customer_id, visit.content.contract_id, visit.id)


def area_in(ground: Ground, content: VisitContent) -> Area | None:
    """The area of a visit: as said for the place, else by the prefecture of its address; without an address
    by the contract's site, else by the customer's address. None where nothing names one: then ask.
    """
    place, fields = content.place, ground.customer.fields
    if place.area:
        return place.area
    named = named_area(place.address)
    if not named and not place.address.strip() and ground.contract is not None:
        site = ground.contract.content.site
        named = named_area(site.address) or (site.area if site.address.strip() else "")
    own = fields.address.strip()
    if not named and (not place.address.strip() or (own and place.address.strip().startswith(own))):
        named = named_area(fields.prefecture) or named_area(own)
    return named or None


def day_in(ground: Ground, content: VisitContent) -> date:
    """The day a visit is priced by: its first, or today while it has none."""
    return min((span.on for span in content.spans), default=ground.now.date())


def brought_in(ground: Ground, content: VisitContent, on: date) -> VisitContract:
    """What its contract brings to a visit on a day; nothing from a contract of another service."""
    if ground.carried is not None and ground.carried.way == "here":
        return ground.carried.contract
    if ground.contract is None or ground.contract.content.service != content.service:
        return VisitContract()
    return contract_of(ground.contract.timeline, ground.catalogue, on, ground.free_days)


def sure_area(ground: Ground, content: VisitContent) -> Area:
    """The area. Raises UserError ``area-unknown`` where it has to be asked for."""
    area = area_in(ground, content)
    if area is None:
        raise UserError(
            Problem(
                "area-unknown",
                _("訪問先が東日本・西日本のどちらか分かりません。"),
                why=_("住所に都道府県がありません。"),
                remedy=_("都道府県から住所を入力するか、エリアを選んでください。"),
                field="place.area",
            )
        )
    return area


def price_in(ground: Ground, content: VisitContent, on: date | None = None) -> PricedVisit:
    """The price of a visit, on the day it is booked for unless told.

    Raises UserError with every problem, ``area-unknown`` among them.
    """
    day = on or day_in(ground, content)
    problems = Problems()
    area: Area = "west"
    with problems.collecting():
        area = sure_area(ground, content)
    priced = None
    with problems.collecting():
        priced = price_of(content, brought_in(ground, content, day), ground.catalogue, day, area)
    problems.raise_if_any()
    assert priced is not None
    return priced


def request_in(ground: Ground, content: VisitContent) -> VisitRequest:
    """The request a visit makes on its day. Raises UserError as ``price_in``."""
    day = day_in(ground, content)
    return request_of(content, day, brought_in(ground, content, day), sure_area(ground, content))


def minutes_in(ground: Ground, content: VisitContent, technicians: int = 0) -> int:
    """How long each technician is there, by the table of the settings."""
    return minutes_of(content, ground.settings.visits.minutes, technicians)


def figures_in(ground: Ground, content: VisitContent, priced: PricedVisit | None = None) -> VisitFigures:
    """What is stored of a visit beside its content. Raises UserError as ``price_in``."""
    priced = priced or price_in(ground, content)
    return VisitFigures(
        minutes=minutes_in(ground, content),
        net=priced.net,
        area=priced.request.area,
        free_on=priced.request.on if priced.used_free else None,
    )


def asked_in(
    ground: Ground,
    content: VisitContent,
    technicians: Sequence[str] | None = None,
    *,
    waits: bool = False,
) -> Asked:
    """What a slot is looked at for. ``technicians``: who shall go, where not those of the content; ``waits``:
    it would be the first slot of the visit.

    Raises UserError ``area-unknown``.
    """
    people = len(content.technicians if technicians is None else technicians)
    return Asked(
        content=content,
        area=sure_area(ground, content),
        minutes=minutes_in(ground, content, people),
        catalogue=ground.catalogue,
        settings=ground.settings.visits,
        now=ground.now,
        visit_id=ground.visit_id,
        waits=waits,
    )


def free_visit_used(priced: PricedVisit) -> Problem | None:
    """Why a visit that asked for the free visit of its contract year is charged: another one used it, with
    the day from which the next can be free. None where it is free, or none was to be had.
    """
    given = priced.entitlement
    if given is None or given.applied or not (given.capacity and given.used_on and priced.request.use_free):
        return None
    return Problem(
        "free-visit-used",
        _("この契約年度の無償訪問は、{day}の訪問で使われています。").format(
            day=_("、").join(date_words(day) for day in given.used_on)
        ),
        why=_("無償訪問は契約年度に{count}回までです。").format(count=given.per_year),
        remedy=_("次に無償になるのは、{day}からの訪問です。").format(day=date_words(given.year.last + DAY)),
        clause=given.clause,
        field="use_free",
    )


def other_price(shown_net: int | None, net: int) -> tuple[Problem, ...]:
    """What is wrong where a customer was shown another price (net yen) than the visit costs now; nothing
    where it is the same, or none was shown.
    """
    if shown_net in {None, net}:
        return ()
    return (
        Problem(
            "price-changed",
            _("お見せした金額と、いまの計算が違います。"),
            why=_("表示のあとで、料金表・規約の読み方・無償訪問の利用のどれかが変わりました。"),
            remedy=_("いまの金額をお客さまに確かめていただき、もう一度操作してください。"),
        ),
    )
