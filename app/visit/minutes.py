"""How long a visit takes, worked out from its devices by the table of the settings (ours, no clause)."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.money import exact
from app.visit.order import Device, VisitContent
from app.visit.settings import MinutesTable

APPS: Final = frozenset({"app-setup"})
"""Work that takes its time for each application, as it is charged; a tool is set up once a device."""

BREAK_AFTER: Final = 360  # minutes; work of more than six hours needs a break (労働基準法34条)


@dataclass(frozen=True)
class WorkMinutes:
    """What one piece of work on like devices takes: minutes each, times how many."""

    device: Device
    menu: str
    each: int
    count: int

    @property
    def minutes(self) -> int:
        """All of it."""
        return self.each * self.count


@dataclass(frozen=True)
class Duration:
    """How long a visit takes and why. ``work`` is shared by ``technicians``; ``total`` is what each is there
    for, in minutes; ``by_hand``: somebody said so.
    """

    base: int
    work: tuple[WorkMinutes, ...]
    technicians: int
    total: int
    by_hand: bool = False


def duration_of(content: VisitContent, table: MinutesTable, technicians: int = 0) -> Duration:
    """The minutes of a visit. ``technicians``: how many share the work (0: as many as the visit has)."""
    count = technicians or max(1, len(content.technicians))
    work = tuple(
        _work(device, menu, table) for device in content.devices for menu in dict.fromkeys(device.menu)
    )
    shared = -(-sum(one.minutes for one in work) // count)
    total = rounded(table.base + shared, table)
    if content.minutes is not None:
        return Duration(table.base, work, count, content.minutes, by_hand=True)
    return Duration(table.base, work, count, total)


def minutes_of(content: VisitContent, table: MinutesTable, technicians: int = 0) -> int:
    """Only the total of ``duration_of``."""
    return duration_of(content, table, technicians).total


def rounded(minutes: int, table: MinutesTable) -> int:
    """Up to the next multiple the table asks for."""
    return -(-minutes // table.round_to) * table.round_to


def _work(device: Device, menu: str, table: MinutesTable) -> WorkMinutes:
    each = table.menu.get(menu, table.other)
    if menu == "data-migration":
        each += table.data_block * _blocks(device, table)
    count = device.count * (device.apps if menu in APPS else 1)
    return WorkMinutes(device, menu, each, count)


def _blocks(device: Device, table: MinutesTable) -> int:
    """Started blocks of data; none where the volume is not known or can't be read yet."""
    try:
        volume = exact(device.data_gb or "0")
    except ValueError:
        return 0
    return max(0, -(-volume // Fraction(table.data_block_gb)))
