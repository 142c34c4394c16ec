"""What a contract's page shows, as plain records. ``open_contract`` makes them; nothing here computes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.charge.lines import Line, Reason, UsedReading
from app.charge.stored import StoredBill
from app.contract.actions import Action
from app.contract.beside import Equipment
from app.contract.customer import Customer, CustomerDetails
from app.contract.facts import Timeline
from app.contract.life_table import Refusal
from app.contract.record import DeadlineDay, Standing, StoredContract
from app.days import DayRange, Month

if TYPE_CHECKING:
    from app.tariff.catalogue import Catalogue

MarkKind = Literal[
    "started", "changed", "outage", "suspended", "interrupted", "handed-over", "ended", "deadline", "fee-zero"
]
MonthState = Literal["billed", "computed", "unbilled", "planned", "elsewhere", "carried"]


@dataclass(frozen=True)
class Figures:
    """The figures of the header. Yen without tax; ``unit_price`` None: no single price says it (several
    items, or a yearly fee). ``price_words``: 「単価（30〜39）」. ``yearly``: the amount is a year's.
    """

    quantity_words: str
    unit_price: int | None
    price_words: str
    amount: int
    yearly: bool
    next_deadline: DeadlineDay | None
    next_words: str  # what falls due
    days_left: int | None  # negative: gone by
    staff: str


@dataclass(frozen=True)
class Segment:
    """Days ``first``…``last`` with one quantity, as the bar draws them. ``suspended``: 利用停止."""

    first: date
    last: date
    words: str
    suspended: bool = False


@dataclass(frozen=True)
class Mark:
    """Something that stands on the bar on a day. ``planned``: it lies ahead. ``entry_id``: the entry it
    comes from, "" for what was worked out.
    """

    on: date
    kind: MarkKind
    words: str
    planned: bool = False
    entry_id: str = ""
    until: date | None = None


@dataclass(frozen=True)
class LifePicture:
    """A contract's life as a bar. ``first``…``last`` are the days the bar spans.

    ``term_end``: last day of the minimum term (or of the contract year that runs); ``term_words`` says its
    length; ``months_left``: what the 解約金 counts today, None where the terms know none. ``renewal``: the
    month in which leaving costs nothing, or the days from the last notice of non-renewal to the end of the
    year.
    """

    first: date
    last: date
    today: date
    start: date | None
    end: date | None
    segments: tuple[Segment, ...]
    marks: tuple[Mark, ...]
    term_end: date | None = None
    term_words: str = ""
    months_left: int | None = None
    renewal: DayRange | None = None


@dataclass(frozen=True)
class MonthRow:
    """What a month is charged: yen; ``bill`` is the closed one (its figures never change). ``computed``: the
    bill of a run that is worked out and not closed; ``waiting``: what the next bill would be, where
    adjustments or claims wait for it; ``besides``: what of net, tax and exempt comes from those.
    ``refused``: why the month has no price; ``days_out``: days of outages that are taken off.
    """

    month: Month
    words: str
    state: MonthState
    net: int
    tax: int
    exempt: int
    bill: StoredBill | None = None
    refused: str = ""
    computed: StoredBill | None = None
    waiting: StoredBill | None = None
    besides: tuple[int, int, int] = (0, 0, 0)
    days_out: int = 0

    @property
    def shown_bill(self) -> StoredBill | None:
        """The bill whose figures these are; None where the month is only charged."""
        return self.bill or self.computed or self.waiting

    @property
    def total(self) -> int:
        """With tax and with what stands outside it."""
        return self.net + self.tax + self.exempt


@dataclass(frozen=True)
class MonthSum:
    """The months that are neither planned nor billed elsewhere, added up (yen)."""

    first: Month
    last: Month
    net: int
    tax: int
    exempt: int

    @property
    def total(self) -> int:
        """With tax and with what stands outside it."""
        return self.net + self.tax + self.exempt


@dataclass(frozen=True)
class ShownLine:
    """A line of a month as the page shows it. ``reason`` None: nothing can work it out again (claims), and
    ``why`` says it.
    """

    item: str
    name: str
    amount: int
    outside_tax: bool
    detail: str
    quantity: int | None
    unit: str
    unit_price: int | None
    clause: str
    reason: Reason | None
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class EndingPoint:
    """What ending on a day costs (yen): the fee alone, and with the bills until then (with tax)."""

    on: date
    fee: int
    total: int


@dataclass(frozen=True)
class EndingCurve:
    """解約シミュレーション. ``points``: one for each day the cost changes, in order, the last stands on.

    ``earliest``: the first day the notice rules allow when told today; ``next_step``: the first later day
    with a lower fee; ``free_from``: from when the fee is 0 (None: never within the days looked at).
    ``reason``: of the fee on the earliest day; ``moving``: readings that move the fee. ``same_net``: fee plus
    months from ``earliest``'s next month on, without tax, where it is the same for every first of a month.
    """

    points: tuple[EndingPoint, ...]
    earliest: EndingPoint
    next_step: EndingPoint | None
    free_from: EndingPoint | None
    cheapest_total: EndingPoint
    reason: Reason | None
    line: Line | None
    has_fee: bool
    outside_tax: bool
    moving: tuple[UsedReading, ...] = ()
    same_net: int | None = None


@dataclass(frozen=True)
class ContractView:
    """Everything the page of a contract shows. ``catalogue`` carries the owner's readings."""

    stored: StoredContract
    customer: Customer
    details: CustomerDetails
    catalogue: Catalogue
    today: date
    standing: Standing
    timeline: Timeline | None  # None: it never started
    figures: Figures
    life: LifePicture
    months: tuple[MonthRow, ...]
    months_sum: MonthSum | None
    actions: Mapping[Action, Refusal | None]
    closed_until: Month | None = None
    equipment: tuple[Equipment, ...] = ()
    run_readings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by the id of the run
    counts: Mapping[str, int] = field(default_factory=dict)  # equipment, notes, attachments, entries
