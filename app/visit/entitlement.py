"""The free visit of the contract year for contracts with a gateway (media 別紙2 ※).

The first visit of a contract year, by day, uses it: basic fee and diagnosis are free whatever the work;
devices are taken in the order of the work and count when they are recovered, or migrated with a backup,
up to the gateway's capacity.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from app.days import DayRange, nth_period, period_number
from app.tariff.model import FreeVisit, MenuItem, VisitRules
from app.visit.work import VisitContract, VisitRequest, Work

# The choices that differ from the plain reading.
SUM, PER_MENU, SMALLEST_CLASS = "sum", "per-menu", "smallest-class"
ALTERNATIVES = {"capacity": SUM, "unit": PER_MENU, "volume": SMALLEST_CLASS}


@dataclass(frozen=True)
class Entitlement:
    """Whether a visit is free, and what remains.

    ``year``: the contract year of the visit; ``capacity``: how many devices may be free; ``used_on``:
    other visits of that year that used it; ``applied``: this visit uses it.
    """

    year: DayRange
    capacity: int
    per_year: int
    used_on: tuple[date, ...]
    applied: bool
    clause: str

    @property
    def available(self) -> bool:
        """Whether this visit could use it."""
        return self.capacity > 0 and len(self.used_on) < self.per_year

    @property
    def left(self) -> int:
        """Free visits of the contract year that remain after this visit."""
        if not self.capacity:
            return 0
        return max(0, self.per_year - len(self.used_on) - self.applied)


@dataclass(frozen=True)
class FreeWork:
    """What of a visit is free.

    ``devices``: free devices for each (place of the work, menu code). ``readings``: the names of the
    readings that the number of free devices of a menu code rests on.
    """

    entitlement: Entitlement | None
    devices: Mapping[tuple[int, str], int] = field(default_factory=dict)
    readings: Mapping[tuple[int, str], tuple[str, ...]] = field(default_factory=dict)

    @property
    def applied(self) -> bool:
        """Whether this visit uses the entitlement."""
        return self.entitlement is not None and self.entitlement.applied


@dataclass(frozen=True)
class CapChoices:
    """The choice in force for each reading of the cap; ``""`` the plain one."""

    capacity: str = ""  # of the largest gateway; ``sum`` over all
    unit: str = ""  # devices; ``per-menu`` devices per kind of work
    volume: str = ""  # migration without limit; ``smallest-class`` of the table


def free_work(request: VisitRequest, rules: VisitRules, choice: Callable[[str], str]) -> FreeWork:
    """What of a visit is free. ``choice`` tells the choice in force of a reading by its name."""
    if rules.free is None:
        return FreeWork(None)
    names = _reading_names(rules.free)
    choices = CapChoices(**{place: choice(name) for place, name in names.items()})
    found = _entitlement(request, rules.free, choices)
    if found is None or not found.applied:
        return FreeWork(found)
    devices = _free_devices(request, rules, choices)
    return FreeWork(found, devices, _readings_used(request, rules, choices, devices))


def gateway_capacity(contract: VisitContract, choices: CapChoices) -> int:
    """How many devices the gateways entitle to; 0 without one."""
    owned = {capacity: count for capacity, count in contract.gateways.items() if count > 0}
    if choices.capacity == SUM:
        return sum(capacity * count for capacity, count in owned.items())
    return max(owned, default=0)


def _reading_names(free: FreeVisit) -> dict[str, str]:
    """Which field of ``CapChoices`` each reading decides."""
    names = {"capacity": free.capacity_reading, "unit": free.unit_reading, "volume": free.volume_reading}
    return {place: name for place, name in names.items() if name}


def _entitlement(request: VisitRequest, free: FreeVisit, choices: CapChoices) -> Entitlement | None:
    contract = request.contract
    if contract.start is None or request.on < contract.start:
        return None
    year = nth_period(contract.start, 12, period_number(contract.start, 12, request.on))
    used = tuple(sorted(day for day in contract.free_visits if day in year))
    capacity = gateway_capacity(contract, choices)
    applied = request.use_free and capacity > 0 and len(used) < free.per_year
    return Entitlement(year, capacity, free.per_year, used, applied, free.clause)


def _free_devices(
    request: VisitRequest, rules: VisitRules, choices: CapChoices
) -> dict[tuple[int, str], int]:
    menu = {item.code: item for item in rules.menu}
    limit = _volume_limit(rules) if choices.volume == SMALLEST_CLASS else None
    cap = _Cap(gateway_capacity(request.contract, choices), per_menu=choices.unit == PER_MENU)
    found: dict[tuple[int, str], int] = {}
    for place, work in enumerate(request.work):
        items = [menu[code] for code in work.menu]
        free = cap.take([item.code for item in items if _counts(item, work, limit)], work.devices)
        recovered = max((free.get(item.code, 0) for item in items if item.free == "entitled"), default=0)
        if request.contract.endpoint:
            free.update({item.code: recovered for item in items if item.free == "after-recovery"})
        found.update({(place, code): count for code, count in free.items() if count})
    return found


def _volume_limit(rules: VisitRules) -> Fraction | None:
    return Fraction(rules.migration.classes[0].up_to_gb) if rules.migration else None


def _counts(item: MenuItem, work: Work, limit: Fraction | None) -> bool:
    """Whether this work makes its devices count against the cap."""
    if item.free == "with-backup":
        small = limit is None or (work.migrate_gb is not None and work.migrate_gb <= limit)
        return work.backup and small
    return item.free == "entitled" and item.per == "device"


class _Cap:
    """The free devices that remain, counted once a device or apart for each kind of work."""

    def __init__(self, capacity: int, *, per_menu: bool) -> None:
        self._capacity = capacity
        self._per_menu = per_menu
        self._taken: dict[str, int] = {}

    def take(self, codes: list[str], devices: int) -> dict[str, int]:
        """Take up to ``devices`` for these kinds of work on the same devices; how many of each are free."""
        found = {}
        for code in codes:
            left = self._capacity - self._taken.get(self._key(code), 0)
            found[code] = min(devices, left)
        for key, count in {self._key(code): count for code, count in found.items()}.items():
            self._taken[key] = self._taken.get(key, 0) + count
        return found

    def _key(self, code: str) -> str:
        return code if self._per_menu else ""


def _readings_used(
    request: VisitRequest, rules: VisitRules, choices: CapChoices, devices: Mapping[tuple[int, str], int]
) -> dict[tuple[int, str], tuple[str, ...]]:
    """The readings whose other choice would leave more or fewer devices free, for each (place, menu code)."""
    assert rules.free is not None
    used: dict[tuple[int, str], tuple[str, ...]] = {}
    for place, name in _reading_names(rules.free).items():
        now = getattr(choices, place)
        other = "" if now == ALTERNATIVES[place] else ALTERNATIVES[place]
        changed = _free_devices(request, rules, replace(choices, **{place: other}))
        for key in {**devices, **changed}:
            if devices.get(key) != changed.get(key):
                used[key] = (*used.get(key, ()), name)
    return used
