"""A contract as a timeline of dated facts. Everything else is worked out from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal


@dataclass(frozen=True)
class Started:
    """Service began on ``on`` with these quantities and options (サービス開始)."""

    on: date
    items: Mapping[str, int]
    options: Mapping[str, bool | int] = field(default_factory=dict)


@dataclass(frozen=True)
class Ended:
    """The contract ended; ``on`` is the 解約日 as the terms count it."""

    on: date


Fact = Started | Ended


@dataclass(frozen=True)
class AgreedUnitPrice:
    """別段の合意: a net unit price (yen) that goes before the tariff's, with its reason and approver."""

    item: str
    unit_price: int
    reason: str
    approved_by: str


@dataclass(frozen=True)
class Timeline:
    """A contract: whose, on which line, where, and what happened. The order of ``facts`` never matters."""

    service: str
    facts: tuple[Fact, ...]
    customer: Literal["corporation", "individual"] = "corporation"
    line: Literal["flets", "collab", "other"] = "flets"
    area: Literal["west", "east"] = "west"
    agreed: tuple[AgreedUnitPrice, ...] = ()

    @property
    def started(self) -> Started:
        """The fact that began it. Raises LookupError when there is none."""
        found = [fact for fact in self.facts if isinstance(fact, Started)]
        if not found:
            raise LookupError("a timeline without a start")
        return min(found, key=lambda fact: fact.on)

    @property
    def ended(self) -> Ended | None:
        """The fact that ended it, if any."""
        return next((fact for fact in self.facts if isinstance(fact, Ended)), None)
