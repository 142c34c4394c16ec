"""Visits to price in tests: one short call each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from app.visit.pricing import PricedVisit, price_visit
from app.visit.work import HandPrice, VisitContract, VisitRequest, Work
from tests.shipped import catalogue

START = date(2025, 4, 15)
DAY = date(2025, 6, 10)
PRIME_DAY = date(2026, 6, 10)


def work(devices: int, *menu: str, gb: str = "", **more: Any) -> Work:
    return Work(devices, menu, Fraction(gb) if gb else None, **more)


def moving(devices: int, gb: str, **more: Any) -> Work:
    return work(devices, "data-migration", gb=gb, **more)


def media(*works: Work, on: date = DAY, gateways: dict[int, int] | None = None, **more: Any) -> VisitRequest:
    contract = VisitContract(
        more.pop("start", START),
        gateways or {},
        more.pop("endpoint", False),
        more.pop("free_visits", ()),
    )
    return VisitRequest("media-light", on, works, contract, **more)


def prime(*works: Work, on: date = PRIME_DAY, **more: Any) -> VisitRequest:
    return VisitRequest("dokodemo-prime", on, works, VisitContract(date(2026, 6, 1)), **more)


def price(request: VisitRequest, **choices: str) -> PricedVisit:
    named = {name.replace("_", "-"): choice for name, choice in choices.items()}
    return price_visit(request, catalogue().with_choices(named))


def amounts(priced: PricedVisit) -> dict[str, int]:
    """Amounts per item, without those of 0."""
    found: dict[str, int] = {}
    for line in priced.lines:
        found[line.item] = found.get(line.item, 0) + line.amount
    return {item: amount for item, amount in found.items() if amount}


def migration(request: VisitRequest, **choices: str) -> int:
    """What the data migration of a visit comes to."""
    return amounts(price(request, **choices)).get("data-migration", 0)


def readings(priced: PricedVisit) -> dict[str, str]:
    """The readings the amounts rest on, with their choices."""
    return {used.name: used.choice for used in priced.readings}


BY_HAND = HandPrice(18_000, "提供会社の見積書による", "山田")
