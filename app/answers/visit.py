"""``visit``: what a visit costs."""

from __future__ import annotations

from datetime import date

from app.answers.contract import AREAS
from app.answers.explain import bill_json, day_json, readings_json
from app.answers.fields import REFUSALS, Asked, Fields
from app.tariff.catalogue import Catalogue
from app.visit.checking import MOST_APPS, MOST_DEVICES, MOST_DISPATCHES
from app.visit.days import refusal
from app.visit.entitlement import Entitlement
from app.visit.pricing import price_visit
from app.visit.work import Area, HandPrice, VisitContract, VisitRequest, Work
from app.words import _

LONGEST_WORDS = 200  # of a reason or a name


def answer(given: Fields) -> dict[str, object]:
    """Lines, sums and ``free_value``; what the entitlement comes to; whether anybody visits on that day."""
    service = given.service()
    on = given.day("on")
    contract = _contract(given.inside("contract", needed=True), on)
    request = VisitRequest(
        service=service,
        on=on,
        work=tuple(_work(entry) for entry in given.objects("work", needed=True)),
        contract=contract,
        area=area_of(given),
        with_line_order=given.flag("with_line_order", False),
        dispatches=given.number("dispatches", 1, least=1, most=MOST_DISPATCHES),
    )
    given.asked.problems.raise_if_any(REFUSALS)
    priced = price_visit(request, given.asked.catalogue)
    return {
        **bill_json(priced.bill),
        "free_value": priced.free_value,
        "entitlement": _entitlement_json(priced.entitlement),
        "edition": day_json(priced.edition),
        "readings": readings_json(priced.readings),
        "remarks": [{"text": remark.text, "clause": remark.clause} for remark in priced.remarks],
        "day": _day_json(given.asked, request),
    }


def area_of(given: Fields) -> Area:
    """The area of a question, west where none is named."""
    return "east" if given.one_of("area", AREAS, "west") == "east" else "west"


def _contract(contract: Fields, on: date) -> VisitContract:
    start = contract.day("start")
    if on < start:
        contract.refuse("start", _("訪問日が契約の開始日より前です。"))
    gateway = contract.number("gateway", 0)
    if contract.has("gateway") and gateway not in _capacities(contract.asked.catalogue):
        contract.refuse("gateway", _("{count}クライアント用の装置はありません。").format(count=gateway))
    contract.flag("gateway_purchased", False)  # bought or rented makes no difference to what is free
    return VisitContract(
        start,
        {gateway: 1} if gateway else {},
        contract.flag("endpoint", False),
        contract.days("free_visits"),
    )


def _capacities(catalogue: Catalogue) -> frozenset[int]:
    return frozenset(
        item.capacity
        for service in catalogue.services()
        for edition in service.editions
        for item in edition.items
        if item.capacity is not None
    )


def _work(entry: Fields) -> Work:
    return Work(
        devices=entry.number("devices", 1, least=1, most=MOST_DEVICES),
        menu=entry.codes("menu"),
        migrate_gb=entry.decimal("migrate_gb"),
        backup=entry.flag("backup", False),
        apps=entry.number("apps", 1, least=1, most=MOST_APPS),
        by_hand=_by_hand(entry),
    )


def _by_hand(entry: Fields) -> HandPrice | None:
    if not entry.has("by_hand"):
        return None
    price = entry.inside("by_hand")
    unit_price = price.number("unit_price", most=10**10)
    return HandPrice(
        unit_price, price.text("reason", LONGEST_WORDS), price.text("approved_by", LONGEST_WORDS)
    )


def _entitlement_json(found: Entitlement | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "year": {"from": day_json(found.year.first), "to": day_json(found.year.last)},
        "capacity": found.capacity,
        "used_on": [day_json(day) for day in found.used_on],
        "applied": found.applied,
        "left": found.left,
        "clause": found.clause,
    }


def _day_json(asked: Asked, request: VisitRequest) -> dict[str, object]:
    refused = refusal(asked.catalogue, request.service, request.area, request.on)
    if refused is None:
        return {"permitted": True}
    return {"permitted": False, "kind": refused.kind, "why": refused.why, "clause": refused.clause}
