"""Screening an application: every ground on which the terms refuse it, and what it earns (附則)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.days import DayRange, period
from app.tariff.model import Condition, Edition, Item, Promotion, Service

Line = Literal["flets", "collab", "other"]


@dataclass(frozen=True)
class Application:
    """What is known of an application.

    ``flags``: the grounds that somebody says apply, by their name in the tariff (``arrears``,
    ``false_statement`` …); ``same_name``: the applicant is the contractor of the line. ``applied_on``,
    ``start`` and ``used_promotion_before`` matter to promotions only.
    """

    line: Line
    items: Mapping[str, int]
    same_name: bool = True
    documents_agreed: bool = True
    maintenance_contract: bool = True
    flags: frozenset[str] = frozenset()
    applied_on: date | None = None
    start: date | None = None
    used_promotion_before: bool = False


@dataclass(frozen=True)
class FreePeriod:
    """A promotion's free period, with the clause it rests on."""

    days: DayRange
    clause: str


@dataclass(frozen=True)
class Screening:
    """The outcome: grounds of refusal in the order of the terms, and the free period of a promotion."""

    grounds: tuple[Condition, ...]
    promotion: FreePeriod | None

    @property
    def accepted(self) -> bool:
        """Whether nothing speaks against it."""
        return not self.grounds

    @property
    def clauses(self) -> tuple[str, ...]:
        """The short clauses (``7-2-1``) it is refused under, each once."""
        return tuple(dict.fromkeys(ground.code for ground in self.grounds))


def screen(application: Application, service: Service, edition: Edition) -> Screening:
    """Screen an application under the conditions of an edition. A refused application earns no promotion."""
    holding = _holding(application, service, edition)
    grounds = tuple(
        condition
        for condition in edition.conditions
        if condition.when in holding and (not condition.lines or application.line in condition.lines)
    )
    return Screening(grounds, None if grounds else free_period(application, edition.promotion))


def free_period(application: Application, promotion: Promotion | None) -> FreePeriod | None:
    """The free period an application earns, in months from the start (民法143条); None where there is none."""
    applied, start = application.applied_on, application.start
    if promotion is None or applied is None or start is None:
        return None
    if not applies(promotion, applied, used_before=application.used_promotion_before):
        return None
    return FreePeriod(period(start, promotion.free_months), promotion.clause)


def applies(promotion: Promotion, applied_on: date, *, used_before: bool) -> bool:
    """Whether an application made on a day falls under a promotion."""
    if not promotion.applied_from <= applied_on <= promotion.applied_until:
        return False
    if used_before and promotion.barred_from is not None and promotion.barred_until is not None:
        return not promotion.barred_from <= applied_on <= promotion.barred_until
    return True


def _holding(application: Application, service: Service, edition: Edition) -> frozenset[str]:
    """The names of the grounds that hold, as the tariff names them."""
    derived = {
        "not-same-name": not application.same_name,
        "documents-not-agreed": not application.documents_agreed,
        "no-maintenance-contract": not application.maintenance_contract,
        "quantity": any(not _in_range(item, application.items) for item in edition.items),
        "line": application.line not in service.lines,
    }
    return application.flags | {name for name, holds in derived.items() if holds}


def _in_range(item: Item, items: Mapping[str, int]) -> bool:
    """Whether the price list holds that many.

    Tiers bound an item as well as its own minimum and maximum do.
    """
    if item.fixed_quantity is not None or item.per_item:
        return True
    quantity = items.get(item.code, 0)
    most = item.maximum if item.maximum is not None else (item.tiers[-1].last if item.tiers else None)
    return quantity >= item.minimum and (most is None or quantity <= most)
