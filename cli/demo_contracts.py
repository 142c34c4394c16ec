"""Believable contracts of all five services for the demo: as many as wanted, always the same.

Each is invented on its own from its place in the row, so that the thousandth contract is the same among a
thousand and among a hundred thousand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from itertools import accumulate
from random import Random
from typing import Final, Literal

import msgspec

from app.contract.beside import CallNote, Equipment, EquipmentFields
from app.contract.customer import CustomerFields
from app.contract.record import (
    Application,
    BillingAddress,
    ContractContact,
    ContractContent,
    ContractSite,
    Entry,
    Recorded,
    Standing,
)
from app.contract.steps import Submitted
from app.days import Month
from app.papers.issuer import Settings, Staff
from app.quote.area import EAST
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition
from app.usecases.stand_contract import standing_of
from cli import demo_minori
from cli.demo_beside import devices, notes
from cli.demo_lives import Setting, invented, told
from cli.demo_months import MONTHS

_YEARS: Final = timedelta(days=3 * 365)
_STAGES: Final = {
    "running": 88, "accepted": 4, "submitted": 3, "preparing": 3, "refused": 1, "withdrawn": 1,
}  # fmt: skip
_SERVICES: Final = {
    "mihariban": 30, "dokodemo-prime": 27, "media-light": 25, "osect": 9, "mdr-ndr": 9,
}  # fmt: skip
_STAGE_SHARES: Final = tuple(accumulate(_STAGES.values()))
_SERVICE_SHARES: Final = tuple(accumulate(_SERVICES.values()))


@dataclass(frozen=True)
class DemoContract:
    """A contract to keep, and whose it is."""

    customer_id: str
    number: str
    content: ContractContent
    standing: Standing
    staff: str
    entries: tuple[Recorded, ...]
    equipment: tuple[EquipmentFields, ...]
    notes: tuple[CallNote, ...]
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class Inventing:
    """What contracts are invented from. ``now``: the moment of the demo, with its time zone."""

    catalogue: Catalogue
    settings: Settings
    now: datetime
    ids: Sequence[str]
    people: Sequence[CustomerFields]
    seed: int

    @property
    def today(self) -> date:
        """The day of the demo."""
        return self.now.date()


def contracts(around: Inventing, count: int, numbers: Counter[str]) -> Iterator[DemoContract]:
    """The contract of the pictures, then as many as are wanted with it. The first customer is its own, the
    others have theirs from the rest. ``numbers`` counts the contracts of each month (``2611``).
    """
    lines: Counter[tuple[str, int]] = Counter()
    shown = count > 0 and around.today > demo_minori.LAST
    if shown:
        yield _minori(around)
    for place in range(int(shown), count):
        whose = 1 + place * 2 // 3 % (len(around.people) - 1)
        yield _contract(around, place, whose, numbers, lines)


def _number(around: Inventing, numbers: Counter[str], day: date) -> str:
    """The next number of a month; the contract of the pictures has the seventh of its own."""
    month = f"{day:%y%m}"
    numbers[month] += 1 + (month == "2605" and numbers[month] == 6)
    return f"C-{around.settings.desk_code}-{month}-{numbers[month]:04d}"


def _contract(
    around: Inventing, place: int, whose: int, numbers: Counter[str], lines: Counter[tuple[str, int]]
) -> DemoContract:
    chance = Random(around.seed + place)  # noqa: S311 - believable data, not secrets
    service = chance.choices(tuple(_SERVICES), cum_weights=_SERVICE_SHARES)[0]
    stage = chance.choices(tuple(_STAGES), cum_weights=_STAGE_SHARES)[0]
    edition = stands_for(around.catalogue.service(service).editions, around.today)
    if edition.start is not None and edition.start > around.today - timedelta(days=30):
        service = "osect"  # its terms are undated; the prices of the other are not known so early
        edition = stands_for(around.catalogue.service(service).editions, around.today)
    start = _start(edition, stage, around.today, chance)
    items, options = _ordered(service, chance)
    staff = chance.choice(around.settings.staff)
    setting = Setting(
        service=service,
        edition=edition,
        today=around.today,
        start=start,
        items=items,
        options=options,
        by=staff.name,
        receipt=place,
        provider_number=f"{service[:2].upper()}{place + 3_100_000:08d}",
        holder=(around.ids[whose], around.people[whose].name),
        before=around.ids[whose - 1] if len(around.ids) > 1 else "",
    )
    entries = invented(setting, stage, chance)
    lines[service, whose] += 1
    customer = around.people[whose]
    content = _content(around, setting, customer, whose, lines[service, whose], chance)
    content = msgspec.structs.replace(
        content,
        provider_number=setting.provider_number if stage in {"accepted", "running"} else "",
        application=_application(setting, stage, entries, chance),
    )
    return _kept(around, whose, entries, content, staff, numbers, chance)


def _kept(
    around: Inventing,
    whose: int,
    entries: list[Entry],
    content: ContractContent,
    staff: Staff,
    numbers: Counter[str],
    chance: Random,
) -> DemoContract:
    recorded = tuple(_recorded(around, entries, staff.name, chance))
    first = content.application.applied_on or around.today
    created = recorded[0].recorded_at if recorded else _at(first, 9, around.now.tzinfo)
    fields = tuple(devices(content.service, entries, around.today, chance))
    return DemoContract(
        customer_id=around.ids[whose],
        number=_number(around, numbers, created.date()),
        content=content,
        standing=_standing(around, content, entries, fields),
        staff=staff.name,
        entries=recorded,
        equipment=fields,
        notes=tuple(notes(staff, around.now, chance)),
        created_at=created,
        updated_at=recorded[-1].recorded_at if recorded else created,
    )


def _standing(
    around: Inventing, content: ContractContent, entries: Sequence[Entry], fields: Sequence[EquipmentFields]
) -> Standing:
    equipment = [Equipment(id="", version=1, contract_id="", fields=one) for one in fields]
    return standing_of(content, entries, around.catalogue, around.today, equipment)


def _recorded(around: Inventing, entries: list[Entry], staff: str, chance: Random) -> Iterator[Recorded]:
    """Each entry with the hour of its day at which it was written down."""
    last = datetime.min.replace(tzinfo=around.now.tzinfo)
    for entry, day in told(entries, around.today):
        last = min(max(_at(day, chance.randint(9, 17), around.now.tzinfo), last), around.now)
        yield Recorded(entry=entry, recorded_at=last, staff=staff, seq=0)


def _at(day: date, hour: int, zone: tzinfo | None) -> datetime:
    return datetime.combine(day, time(hour), zone)


# --- what was agreed ---------------------------------------------------------------------------------------


def _start(edition: Edition, stage: str, today: date, chance: Random) -> date:
    """A day within the last three years on which prices are known; one to come where it has not begun."""
    if stage != "running":
        return today + timedelta(days=chance.randint(8, 60))
    first = max(edition.start or today - _YEARS, today - _YEARS)
    latest = max((today - first).days - 1, 1)
    start = first + timedelta(days=chance.randint(1, latest))
    return start.replace(day=1) if chance.random() < 0.3 and start.replace(day=1) > first else start


def _ordered(service: str, chance: Random) -> tuple[dict[str, int], dict[str, bool | int]]:
    """Quantities as customers order them (many small ones), and options. The item that counts comes first."""
    small = int(chance.paretovariate(1.1))
    if service == "mihariban":
        return {"license": min(50, small + chance.randint(0, 6))}, {}
    if service == "dokodemo-prime":
        return {"id": min(2_000, 4 + small + chance.randint(0, 25))}, {}
    if service == "osect":
        return {"sensor": min(20, small)}, {}
    if service == "mdr-ndr":
        return {"annual-fee": 100_000 * chance.randint(12, 60)}, {}
    items = {"endpoint": min(100, small + chance.randint(0, 12))}
    options: dict[str, bool | int] = {}
    if chance.random() < 0.55:
        items[f"gateway-{chance.choice((10, 10, 50, 50, 100))}"] = 1
        options = dict(chance.choice(_GATEWAY_OPTIONS))
    return items, options


_GATEWAY_OPTIONS: Final[Sequence[Mapping[str, bool | int]]] = (
    {},
    {},
    {"gateway_24h": False},
    {"gateway_purchased": True},
)
_Line = Literal["flets", "collab", "other"]


def _line(service: str, chance: Random) -> _Line:
    if service == "mdr-ndr":
        return "other"
    return "collab" if chance.random() < 0.3 else "flets"


def _content(
    around: Inventing, setting: Setting, customer: CustomerFields, whose: int, nth: int, chance: Random
) -> ContractContent:
    line = _line(setting.service, chance)
    return ContractContent(
        service=setting.service,
        customer_kind="individual" if customer.kind == "sole-trader" else "corporation",
        line=line,
        line_number=f"CAF{whose:07d}{nth:03d}" if line != "other" else "",
        site=ContractSite(
            name="本社" if customer.kind != "sole-trader" else "",
            postal_code=customer.postal_code,
            address=f"{customer.prefecture}{customer.address}",
            area="east" if customer.prefecture in EAST else "west",
        ),
        contact=ContractContact(
            name=customer.person,
            department=customer.department,
            phone=customer.phone,
            email=customer.email,
        ),
        billing=BillingAddress(method=chance.choice(("invoice", "account-transfer", "account-transfer"))),
        billed_from=_billed_from(setting),
    )


def _billed_from(setting: Setting) -> str:
    """Contracts older than the first month closed here were billed elsewhere before."""
    first = Month.of(setting.today).plus(-MONTHS)
    return str(first) if setting.start < first.first else ""


def _application(setting: Setting, stage: str, entries: Sequence[Entry], chance: Random) -> Application:
    """What was applied for; one in preparation has part of its check list before it."""
    edition = setting.edition
    asked = [one.code for one in edition.required if not one.for_visit]
    asked += [one.code for one in edition.life.consents] if edition.life is not None else []
    derived = {"line", "quantity"}
    grounds = [one.when for one in edition.conditions if "-" not in one.when and one.when not in derived]
    if stage == "preparing":
        asked = asked[: chance.randint(0, len(asked))]
        grounds = []
    applied = next((one.on for one in entries if isinstance(one, Submitted)), setting.today)
    return Application(
        applied_on=applied,
        received_at=datetime.combine(applied, time(chance.randint(9, 17), chance.randint(0, 59))),
        wished_start=setting.start,
        items=dict(setting.items),
        options=dict(setting.options),
        answers={**dict.fromkeys(asked, True), **dict.fromkeys(grounds, False)},
    )


# --- the contract of the pictures ----------------------------------------------------------------------


def _minori(around: Inventing) -> DemoContract:
    """どこでもプライム from 2026-05-20 with 28 ID, 31 from 2026-09-14, an outage of 38 hours on 2026-10-08."""
    catalogue, customer = around.catalogue, around.people[0]
    edition = stands_for(catalogue.service(demo_minori.SERVICE).editions, demo_minori.START)
    setting = Setting(
        service=demo_minori.SERVICE,
        edition=edition,
        today=around.today,
        start=demo_minori.START,
        items=demo_minori.ITEMS,
        options={},
        by=demo_minori.BY,
        receipt=demo_minori.RECEIPT,
        provider_number=demo_minori.PROVIDER_NUMBER,
    )
    entries = demo_minori.minori_entries(edition.start)
    chance = Random(around.seed)  # noqa: S311 - believable data, not secrets
    content = msgspec.structs.replace(
        _content(around, setting, customer, 0, 1, chance),
        line="flets",
        line_number=demo_minori.LINE_NUMBER,
        provider_number=setting.provider_number,
        billing=BillingAddress(method="account-transfer"),
        application=_application(setting, "running", entries, chance),
    )
    recorded = tuple(_recorded(around, entries, demo_minori.BY, chance))
    return DemoContract(
        customer_id=around.ids[0],
        number=f"C-{around.settings.desk_code}-2605-0007",
        content=content,
        standing=_standing(around, content, entries, ()),
        staff=demo_minori.BY,
        entries=recorded,
        equipment=(),
        notes=(),
        created_at=recorded[0].recorded_at,
        updated_at=recorded[-1].recorded_at,
    )
