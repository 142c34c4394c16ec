"""Visits on their way between two laptops (持出・持帰): what is remembered of each while it is out."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from app.visit.order import StoredVisit
from app.visit.work import VisitContract


class Carried(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that was taken out. ``way``: it is ``out`` of this desk, or ``here`` from another one.

    ``home_version`` and ``base`` are the visit as it left its desk; ``contract`` is what its contract brought
    to the price then (``contract_number`` "": it has none); ``file_id``: the file it went with.
    """

    way: Literal["out", "here"]
    at: datetime
    home_version: int
    base: StoredVisit
    contract: VisitContract = VisitContract()
    contract_number: str = ""
    file_id: str = ""
