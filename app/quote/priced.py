"""A priced quotation: one finished object that feeds the screen, the paper, the archive and ``--json``."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from app.charge.lines import Bill, Line, Reason, TaxRow, UsedReading
from app.errors import Problem
from app.quote.content import QuotationContent

GroupKind = Literal["one-off", "monthly", "first-month", "annual", "visit"]
EntryKind = Literal["service", "visit", "hand-line"]


def hand_code(place: int) -> str:
    """The code of a line priced by hand, by its place in the content."""
    return f"hand-{place}"


class Group(Struct, frozen=True):
    """Lines that stand together. ``service`` / ``visit`` are places in the content (None = the whole
    quotation).

    ``adds_up`` False: the lines are not a sum to be paid once (no subtotal on paper).
    """

    kind: GroupKind
    title: str
    remark: str
    lines: tuple[Line, ...]
    service: int | None = None
    visit: int | None = None
    note: str = ""  # shown instead of lines when there are none

    @property
    def net(self) -> int:
        """Sum of the lines in yen without tax."""
        return sum(line.amount for line in self.lines)


class Advice(Struct, frozen=True):
    """A larger quantity that costs less each month (yen without tax)."""

    item: str
    quantity: int
    unit: str
    monthly_net: int
    saving_month: int
    saving_term: int
    clause: str


class ExitFee(Struct, frozen=True):
    """What ending would cost ``months`` after the start, and what the other reading would make of it."""

    months: int
    on: date
    amount: int
    other_amount: int | None
    clause: str


class ServicePrice(Struct, frozen=True):
    """One service of the quotation, priced. Dates are inclusive; yen are without tax unless a Bill says
    more.
    """

    index: int
    service: str
    name: str
    short: str
    provider: str
    edition: date | None
    start: date
    quantity_words: str  # 31 ID
    one_off: tuple[Line, ...]
    monthly: tuple[Line, ...]  # a full month as contracted (annual services: the year's fee)
    first_month: tuple[Line, ...]  # the start month without one-off fees
    term_months: int
    term_ends: date
    minimum_term: bool  # False: no minimum term, 12 months are shown
    billing: Literal["monthly", "annual"]
    advice: Advice | None
    exit_fee: ExitFee | None

    @property
    def monthly_net(self) -> int:
        """A full month (or the year's fee) in yen without tax."""
        return sum(line.amount for line in self.monthly)

    @property
    def first_month_net(self) -> int:
        """The start month's charges without one-off fees, in yen without tax."""
        return sum(line.amount for line in self.first_month)


class VisitPrice(Struct, frozen=True):
    """One visit, priced. ``free_value`` is the list price of what was left free (yen without tax)."""

    index: int
    service: str
    on: date | None
    site: str
    lines: tuple[Line, ...]
    free_value: int

    @property
    def net(self) -> int:
        """What the visit costs in yen without tax."""
        return sum(line.amount for line in self.lines)


class PaymentRow(Struct, frozen=True):
    """What falls due for a month or a run of equal months. Taxes of all rows add up to the whole tax."""

    first: date  # first day of the first month
    last: date  # first day of the last month
    months: int
    title: str
    formula: str
    net: int
    tax: int
    exempt: int

    @property
    def total(self) -> int:
        """To be paid for these months, with tax."""
        return self.net + self.tax + self.exempt


class Note(Struct, frozen=True):
    """Something worth knowing before it is issued (warning or information), with its clause."""

    kind: Literal["warning", "information"]
    text: str
    clause: str = ""
    field: str = ""


class PricedQuotation(Struct, frozen=True):
    """Everything worked out for a quotation. ``problems`` keep it from being issued; what could be priced
    is priced all the same.
    """

    content: QuotationContent
    today: date
    valid_until: date
    title: str
    services: tuple[ServicePrice, ...]
    visits: tuple[VisitPrice, ...]
    groups: tuple[Group, ...]
    payments: tuple[PaymentRow, ...]
    first_bill: Bill  # first month with one-off fees and its visits
    monthly_bill: Bill | None  # a usual full month; None where nothing is charged monthly
    total_bill: Bill  # over the whole term
    tax_rows: tuple[TaxRow, ...]
    term_words: str  # 24か月 / 12か月
    readings: tuple[UsedReading, ...]
    notes: tuple[Note, ...]
    problems: tuple[Problem, ...]
    conditions: dict[int, frozenset[str]]  # service index → conditions of the tariff's remarks that hold

    @property
    def missing(self) -> tuple[tuple[EntryKind, int], ...]:
        """What was typed and could not be priced (kind and place), so that every sum lacks it."""
        content = self.content
        services = {one.index for one in self.services}
        visits = {one.index for one in self.visits}
        by_hand = {line.item for group in self.groups for line in group.lines if not line.service}
        return (
            *(("service", place) for place in range(len(content.services)) if place not in services),
            *(("visit", place) for place in range(len(content.visits)) if place not in visits),
            *(
                ("hand-line", place)
                for place in range(len(content.hand_lines))
                if hand_code(place) not in by_hand
            ),
        )

    @property
    def partial(self) -> bool:
        """Whether there are sums, and they lack something."""
        return bool(self.total_bill.lines and self.missing)

    def reason_of(self, group: int, line: int) -> Reason:
        """The reason of one amount on the screen."""
        return self.groups[group].lines[line].reason
