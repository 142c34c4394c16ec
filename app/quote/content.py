"""What a quotation is about, as typed: the request format of ``quote`` and the stored draft are this very
record.

A draft may be incomplete; pricing tells what is missing. Field names are documented for users in
``docs/quote-request.md``.
"""

from datetime import date
from typing import Literal

import msgspec

from app.contract.customer import CustomerFields

Area = Literal["", "west", "east"]
LineType = Literal["flets", "collab", "other"]
HandGroup = Literal["one-off", "monthly", "visit"]


class Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the records of a quotation: immutable, strict about unknown keys."""


class Site(Content, frozen=True, kw_only=True):
    """Where a service is used or a visit goes. ``area``: "" = worked out from the prefecture in the
    address.
    """

    name: str = ""
    postal_code: str = ""
    address: str = ""
    area: Area = ""


class AgreedPrice(Content, frozen=True, kw_only=True):
    """A price agreed apart from the tariff (別段の合意): net yen per unit, why, and who approved."""

    item: str
    unit_price: int
    reason: str = ""
    approved_by: str = ""


class ServiceEntry(Content, frozen=True, kw_only=True):
    """One service on the quotation. Quantities are per item code; options as in the tariff."""

    service: str
    start: date | None = None
    line: LineType = "flets"
    site: Site = Site()
    items: dict[str, int] = {}
    options: dict[str, bool | int] = {}
    agreed_prices: tuple[AgreedPrice, ...] = ()


class HandPrice(Content, frozen=True, kw_only=True):
    """A price by hand for work the list has no price for (個別見積)."""

    unit_price: int
    reason: str = ""
    approved_by: str = ""


class WorkEntry(Content, frozen=True, kw_only=True):
    """Work done on the same devices. ``migrate_gb`` is per device, exact as written ("4.7")."""

    label: str = ""
    devices: int = 1
    menu: tuple[str, ...] = ()
    migrate_gb: str | None = None
    backup: bool = False
    apps: int = 1
    by_hand: HandPrice | None = None


class ExistingContract(Content, frozen=True, kw_only=True):
    """The contract a visit belongs to when it is not on this quotation."""

    start: date | None = None
    gateway: Literal[10, 50, 100] | None = None
    gateway_purchased: bool = False
    endpoint: bool = False
    free_visits: tuple[date, ...] = ()


class VisitEntry(Content, frozen=True, kw_only=True):
    """One visit: whose price list, when, where and what.

    ``for_service`` is the place (0 = first) of the service entry it belongs to; None with ``contract`` for
    an existing contract.
    ``use_free``: use the free visit of the contract year when there is one.
    """

    service: str = ""
    for_service: int | None = None
    contract: ExistingContract | None = None
    on: date | None = None
    at: str = ""  # "13:00"
    site: Site = Site()
    with_line_order: bool = False
    dispatches: int = 1
    use_free: bool = True
    work: tuple[WorkEntry, ...] = ()


class HandLine(Content, frozen=True, kw_only=True):
    """A line priced by hand (交通費, 機器 …): net yen per unit, why, and who approved."""

    group: HandGroup = "one-off"
    name: str = ""
    quantity: int = 1
    unit: str = "式"
    unit_price: int = 0
    tax: Literal["standard", "outside"] = "standard"
    reason: str = ""
    approved_by: str = ""


class QuotationContent(Content, frozen=True, kw_only=True):
    """Everything typed for one quotation.

    ``customer_id`` names a stored customer, whose fields stand in ``customer`` as they were when chosen.
    ``issued_on`` None = the day of
    issue; ``valid_until`` None = the desk's days of validity after it. ``readings`` override the owner's
    choices for this paper.
    """

    customer_id: str | None = None
    customer: CustomerFields = CustomerFields()
    title: str = ""
    issued_on: date | None = None
    valid_until: date | None = None
    services: tuple[ServiceEntry, ...] = ()
    visits: tuple[VisitEntry, ...] = ()
    hand_lines: tuple[HandLine, ...] = ()
    remarks: str = ""
    readings: dict[str, str] = {}
    language: Literal["ja", "en"] = "ja"  # the paper's, whatever the window speaks
