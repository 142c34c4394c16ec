"""A visit as people arrange it: what is to be done on which device, where, when, and by whom."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

import msgspec

DeviceKind = Literal["pc", "phone", "tablet", "printer", "wifi", "router", "gateway", "other"]
Area = Literal["west", "east"]


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the records of a visit: immutable, strict about unknown keys."""


class VisitState(StrEnum):
    """Where a visit stands. Worked out from its events."""

    RECEIVED = "received"  # 受付
    ARRANGED = "arranged"  # 手配
    CONFIRMED = "confirmed"  # 確定
    WORKING = "working"  # 作業中
    DONE = "done"  # 完了
    CANCELLED = "cancelled"  # 中止


class PriceByHand(Kept, frozen=True, kw_only=True):
    """個別見積: net yen per device where the list has no price, why, and who approved."""

    unit_price: int
    reason: str = ""
    approved_by: str = ""


class Device(Kept, frozen=True, kw_only=True):
    """A device and what to do on it. ``menu`` holds codes of the price list; ``data_gb`` is exact as written
    ("4.7"); ``backup``: backup data exist; ``apps``: applications to set up; ``count``: so many alike.
    """

    id: str = ""
    kind: DeviceKind = "pc"
    name: str = ""
    place: str = ""
    os: str = ""
    count: int = 1
    menu: tuple[str, ...] = ()
    data_gb: str | None = None
    backup: bool = False
    apps: int = 1
    by_hand: PriceByHand | None = None
    note: str = ""


class VisitPlace(Kept, frozen=True, kw_only=True):
    """Where the visit goes and whom one meets. ``area`` "": by the prefecture of the address."""

    name: str = ""
    postal_code: str = ""
    address: str = ""
    person: str = ""
    phone: str = ""
    phone_on_day: str = ""
    access: str = ""  # 入館・駐車
    area: Literal["", "west", "east"] = ""


class Span(Kept, frozen=True, kw_only=True):
    """A stretch of one day, minutes since midnight. A visit may span days: one for each."""

    on: date
    first: int
    last: int


class VisitContent(Kept, frozen=True, kw_only=True):
    """What is known of a visit. ``minutes`` None: worked out from the table of the settings.

    ``technicians``: ids, the one in charge first. ``spans``: when; empty while no slot was taken.
    """

    service: str
    contract_id: str = ""
    quotation_id: str = ""
    place: VisitPlace = VisitPlace()
    devices: tuple[Device, ...] = ()
    with_line_order: bool = False
    dispatches: int = 1
    use_free: bool = True
    minutes: int | None = None
    technicians: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    bring: str = ""
    wishes: str = ""
    remarks: str = ""


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag_field="event"):
    id: str = ""
    at: datetime
    staff: str = ""


class Received(_Event, frozen=True, tag="received"):
    """The request was taken (受付); ``how`` it came."""

    how: Literal["phone", "counter", "e-mail", "quotation"] = "phone"


class Booked(_Event, frozen=True, tag="booked"):
    """A slot was taken, or changed: ``before`` is what it was, so that history stays; ``why`` it moved."""

    spans: tuple[Span, ...]
    technicians: tuple[str, ...]
    before: tuple[Span, ...] = ()
    technicians_before: tuple[str, ...] = ()
    why: str = ""


class Confirmed(_Event, frozen=True, tag="confirmed"):
    """The customer confirmed the day and the price (確定), ``net`` yen without tax."""

    by: str = ""
    net: int = 0


class Begun(_Event, frozen=True, tag="begun"):
    """The technician arrived and began (作業中)."""


class Tick(Kept, frozen=True, kw_only=True):
    """What came of one piece of work on one device."""

    device: str  # Device.id
    menu: str
    result: Literal["done", "partly", "not-done"]
    why: str = ""
    first: int | None = None  # minutes since midnight
    last: int | None = None
    data_gb: str | None = None  # the volume found


class Reported(_Event, frozen=True, tag="reported"):
    """What was done, as frozen before the signature: the devices as found, what came of each, the price."""

    devices: tuple[Device, ...]
    ticks: tuple[Tick, ...]
    net: int
    tax: int
    notes: str = ""
    sha256: str = ""  # hex, of the frozen content


class Signed(_Event, frozen=True, tag="signed"):
    """The customer signed: before the work (``before``) or its report. ``strokes``: lines of points in
    hundredths of a millimetre. ``sha256`` (hex) is of what was signed, ``net`` the price agreed to.
    """

    what: Literal["before", "report"]
    name: str
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    sha256: str
    net: int = 0
    agreed: tuple[str, ...] = ()  # codes of the points confirmed
    on_paper: str = ""  # why it was signed on paper instead of the screen; then there are no strokes
    devices: tuple[Device, ...] = ()  # before the work: what was to be done, as it was signed


class Finished(_Event, frozen=True, tag="finished"):
    """The visit is over (完了); what it costs went to the next bill as ``claim_id``."""

    claim_id: str = ""
    used_free: bool = False


class CalledOff(_Event, frozen=True, tag="called-off"):
    """The visit does not take place (中止): by whom and why; ``net``: what is charged all the same."""

    by: Literal["customer", "desk", "weather"]
    why: str = ""
    net: int = 0


Event = Received | Booked | Confirmed | Begun | Reported | Signed | Finished | CalledOff


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is stored."""

    event: Event


class StoredVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with everything that happened, in the order of recording."""

    id: str
    seq: int
    version: int
    number: str
    customer_id: str
    content: VisitContent
    events: tuple[Event, ...]
    state: VisitState
    staff: str
    created_at: datetime
    updated_at: datetime


class VisitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A visit in the week's grid, in lists and on Home. ``work``: menu codes, each once; yen without tax."""

    seq: int
    id: str
    number: str
    customer_id: str
    contract_id: str
    customer: str
    town: str
    phone: str
    service: str
    state: VisitState
    area: Area
    work: tuple[str, ...]
    devices: int
    minutes: int
    net: int
    technicians: tuple[str, ...]
    spans: tuple[Span, ...]
    version: int


class VisitFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What was worked out of a visit when it was stored: minutes, net yen, area, and the day whose free visit
    it uses (None: none).
    """

    minutes: int
    net: int
    area: Area
    free_on: date | None = None


VisitSort = Literal["number", "customer", "day", "state", "net", "updated_at"]


class VisitQuery(msgspec.Struct, frozen=True, kw_only=True):
    """Which visits a list shows, in which order. ``first`` and ``last`` bound the first day of the visit."""

    words: str = ""
    states: tuple[VisitState, ...] = ()
    services: tuple[str, ...] = ()
    technician: str = ""
    customer_id: str = ""
    contract_id: str = ""
    first: date | None = None
    last: date | None = None
    sort: VisitSort = "updated_at"
    descending: bool = True


class Hours(Kept, frozen=True, kw_only=True):
    """Working hours of a weekday (0 = Monday), minutes since midnight, and how long a break is in them."""

    weekday: int
    first: int = 8 * 60 + 30
    last: int = 17 * 60 + 30
    break_minutes: int = 60


class Leave(Kept, frozen=True, kw_only=True):
    """Days, or hours of one day, on which a technician is away: 休み, 研修 …"""

    first: date
    last: date
    why: str = ""
    from_minute: int | None = None
    to_minute: int | None = None


class TechnicianFields(Kept, frozen=True, kw_only=True):
    """Somebody who visits. ``partner``: the partner firm, "" for our own people; ``skills``: menu codes they
    do (empty: all); ``areas``: where they go (empty: everywhere).
    """

    name: str
    kana: str = ""
    phone: str = ""
    partner: str = ""
    areas: tuple[Area, ...] = ()
    skills: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = tuple(Hours(weekday=day) for day in range(6))
    leaves: tuple[Leave, ...] = ()
    active: bool = True
    order: int = 0


class Technician(msgspec.Struct, frozen=True, kw_only=True):
    """A technician as stored."""

    id: str
    version: int
    fields: TechnicianFields
