"""What a 契約内容確認書 tells, as plain records: made by the use case, put in words by the paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from app.contract.customer import CustomerFields
from app.contract.record import ContractContent, ContractState, DeadlineDay
from app.papers.contract_sheet_parts import Ordered, Provided
from app.tariff.model import Remark


@dataclass(frozen=True)
class Dated:
    """Something of the contract's life: what, when (words where it is no single day), more of it, clause."""

    what: str
    on: date | None
    words: str = ""
    clause: str = ""


@dataclass(frozen=True)
class OtherCount:
    """The same fee where a passage is read another way, in yen with tax where it bears one."""

    topic: str
    choice: str
    amount: int
    formula: str = ""


@dataclass(frozen=True)
class Leaving:
    """What leaving costs when it is told on the day of the paper and the contract ends on ``ends_on``;
    ``recorded``: the end is recorded already. ``amount`` in yen with tax where it bears one; ``free_from``:
    from when it costs nothing, for that month only where it ``comes_back`` with the next term.
    ``by_provider``: what the provider itself counted, which goes before every other.
    """

    ends_on: date
    amount: int
    formula: str
    clause: str
    outside_tax: bool
    recorded: bool = False
    waived: bool = False
    others: tuple[OtherCount, ...] = ()
    free_from: date | None = None
    comes_back: bool = False
    by_provider: int | None = None


@dataclass(frozen=True)
class Device:
    """A device of the contract: what it is, its number, whose, since when, and where it stands."""

    name: str
    serial: str
    whose: str
    delivered_on: date | None
    stage: str
    by: date | None = None  # the last day for its return


@dataclass(frozen=True)
class FreeVisits:
    """無償訪問 of the contract year ``first``…``last``."""

    first: date
    last: date
    per_year: int
    left: int
    capacity: int
    used_on: tuple[date, ...]
    clause: str


@dataclass(frozen=True)
class ReadingRow:
    """A passage that can be read otherwise, and how it is read."""

    topic: str
    choice: str
    clause: str


@dataclass(frozen=True)
class ContractSheet:
    """What the paper tells of a contract on ``day``. ``leaving`` None: it hasn't begun, or the terms know no
    fee; ``has_fee``: they do.
    """

    day: date
    number: str
    state: ContractState
    content: ContractContent
    customer: CustomerFields
    corporate_number: str
    provided: Provided
    ordered: Ordered
    dates: tuple[Dated, ...]
    options: tuple[tuple[str, bool | int], ...] = ()
    notice: str = ""  # how early one has to ask: 5営業日前
    has_fee: bool = False
    leaving: Leaving | None = None
    deadlines: tuple[DeadlineDay, ...] = ()
    devices: tuple[Device, ...] = ()
    free_visits: FreeVisits | None = None
    readings: tuple[ReadingRow, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def tells_the_same(self, other: ContractSheet) -> bool:
        """Whether another day's sheet says the same but for the day itself."""
        ends = other.leaving.ends_on if other.leaving is not None else other.day
        leaving = replace(self.leaving, ends_on=ends) if self.leaving is not None else None
        taxed = replace(self.ordered, taxed_on=other.ordered.taxed_on)
        return replace(self, day=other.day, leaving=leaving, ordered=taxed) == other
