"""What is asked for at a visit, as plain records: the request of ``price_visit``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal

Area = Literal["west", "east"]


@dataclass(frozen=True)
class HandPrice:
    """個別見積: a net price per device in yen, where the list has none, why, and who approved."""

    unit_price: int
    reason: str = ""
    approved_by: str = ""


@dataclass(frozen=True)
class Work:
    """Work done on the same ``devices``. ``menu`` holds codes of the price list.

    ``migrate_gb`` is per device and exact; ``backup``: backup data exist; ``apps``: applications per device.
    ``by_hand`` prices the data migration of these devices apart from the list.
    """

    devices: int
    menu: tuple[str, ...]
    migrate_gb: Fraction | None = None
    backup: bool = False
    apps: int = 1
    by_hand: HandPrice | None = None
    label: str = ""


@dataclass(frozen=True)
class VisitContract:
    """What the contract brings to a visit.

    ``gateways``: how many gateways by capacity in clients, rented or bought; ``endpoint``: the endpoint
    function is in use; ``free_visits``: days of other visits that used the entitlement. Without ``start``
    nothing is free.
    """

    start: date | None = None
    gateways: Mapping[int, int] = field(default_factory=dict)
    endpoint: bool = False
    free_visits: tuple[date, ...] = ()


@dataclass(frozen=True)
class VisitRequest:
    """One visit to be priced. ``use_free``: use the free visit of the contract year when there is one."""

    service: str
    on: date
    work: tuple[Work, ...]
    contract: VisitContract = VisitContract()
    area: Area = "west"
    with_line_order: bool = False
    dispatches: int = 1
    use_free: bool = True
