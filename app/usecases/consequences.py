"""What an action brings about, before anybody confirms it: plain records, made by ``preview_action``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.charge.lines import Line, Reason
from app.contract.date_reason import DateReason
from app.contract.record import ContractState, DeadlineDay, Standing
from app.days import Month
from app.errors import Problem
from app.usecases.contract_view import LifePicture, MonthRow
from app.usecases.what_if import BillEffect

AdviceCode = Literal[
    "fee-exceeds-saving",  # the fee is more than what is saved: ``amount`` by how much
    "fee-free-later",  # a later day costs no fee: ``day``
    "cheaper-tier",  # a larger quantity costs less: ``quantity``, ``amount`` less a month
    "notice-late",  # told too late for the day wished: ``day`` is the earliest in time
    "no-refund",  # a year paid ahead is not given back: ``day`` is its last
    "closed-month",  # months already closed change: an adjustment of ``amount`` in ``month``
    "not-explained",  # the important points were not explained yet
    "explained-outdated",  # … or of an older edition than the one the contract begins under
    "documents-missing",  # a successor has not filed the documents
    "not-announced",  # the terms ask for an announcement before
]


@dataclass(frozen=True)
class Side:
    """Figures before or after, in net yen; ``unit_price`` None: no single price says it."""

    quantity_words: str
    unit_price: int | None
    price_words: str
    amount: int
    yearly: bool
    state: ContractState


@dataclass(frozen=True)
class Fee:
    """解約金: yen, with tax where it bears one (``outside_tax`` False). ``month`` is the bill it stands on.

    ``waived``: the terms let it go. ``reason`` explains it, also where it is 0.
    """

    amount: int
    tax: int
    reason: Reason
    line: Line | None
    month: Month
    months_left: int
    waived: bool = False

    @property
    def outside_tax(self) -> bool:
        """Whether it bears no consumption tax."""
        return not self.tax


@dataclass(frozen=True)
class DeadlineChange:
    """A deadline that comes (``before`` None), goes (``after`` None) or moves."""

    code: str
    before: DeadlineDay | None
    after: DeadlineDay | None


@dataclass(frozen=True)
class Adjustment:
    """What a closed month changes, in yen with tax, and the open month whose bill will carry it."""

    month: Month
    before: int
    after: int
    carried_by: Month

    @property
    def difference(self) -> int:
        """More (less when negative), with tax."""
        return self.after - self.before


@dataclass(frozen=True)
class Advice:
    """Something to know before confirming. ``meaning`` is how grave; the words say it whole."""

    code: AdviceCode
    meaning: Literal["warn", "note"]
    what: str
    detail: str = ""
    clause: str = ""
    amount: int = 0
    day: date | None = None
    month: Month | None = None
    quantity: int = 0


@dataclass(frozen=True)
class Obligation:
    """What has to be done, by when at the latest (None: at once), and the clause."""

    code: str
    what: str
    by: date | None
    clause: str = ""


@dataclass(frozen=True)
class Consequences:
    """Everything an action brings about. With ``problems`` it can't be recorded, and the rest is worked out
    only as far as it can be.

    ``bills`` are the next three from the month it takes effect. ``life``, ``months``: the page as it would
    stand.
    """

    problems: tuple[Problem, ...]
    effective_on: date | None
    effective_reason: DateReason | None
    in_time: bool
    before: Side
    after: Side
    bills: tuple[BillEffect, ...] = ()
    fee: Fee | None = None
    deadlines: tuple[DeadlineChange, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()
    advice: tuple[Advice, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    standing: Standing | None = None
    life: LifePicture | None = None
    months: tuple[MonthRow, ...] = ()

    @property
    def possible(self) -> bool:
        """Whether it may be recorded."""
        return not self.problems
