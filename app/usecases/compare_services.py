"""Up to three services side by side: what they cost over one, two and three years for the same devices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.charge.engine import charge, end_after
from app.charge.lines import Line
from app.charge.termination import Termination, termination
from app.contract.facts import Timeline
from app.days import Month, corresponding_day, period
from app.errors import Problem, Problems, UserError
from app.money import figure
from app.quote.content import AgreedPrice, LineType, ServiceEntry
from app.quote.payments import MonthDue, bill_over, payment_rows
from app.quote.priced import PaymentRow, ServicePrice
from app.quote.service_price import price_service
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Item, Term
from app.tariff.texts import words
from app.usecases.what_if import FEE, ended_on
from app.words import _

SPANS = (12, 24, 36)
MOST_SERVICES = 3


@dataclass(frozen=True)
class Candidate:
    """A service with the quantities, options and agreed prices to compare, over a line."""

    service: str
    items: Mapping[str, int]
    options: Mapping[str, bool | int] = field(default_factory=dict)
    agreed_prices: tuple[AgreedPrice, ...] = ()
    line: LineType = "flets"

    def entry(self, start: date | None) -> ServiceEntry:
        """The same as an entry of a quotation."""
        return ServiceEntry(
            service=self.service,
            start=start,
            line=self.line,
            items=dict(self.items),
            options=dict(self.options),
            agreed_prices=self.agreed_prices,
        )


@dataclass(frozen=True)
class Buyer:
    """What prices and fees depend on besides the service: who buys, and in whose area."""

    kind: str = "corporation"
    area: str = "west"


@dataclass(frozen=True)
class SpanCost:
    """A service over so many months from the start, one-off fees included, in yen.

    Taxed as a quotation is: once per rate on the net sum of the span. ``exit_fee``: what ending at the end
    of the span costs besides (with tax where the fee bears it). ``due``: the lines of each month without it.
    """

    months: int
    net: int
    tax: int
    exempt: int
    exit_fee: int
    due: tuple[tuple[Month, tuple[Line, ...]], ...] = ()
    once: frozenset[str] = frozenset()

    @property
    def total(self) -> int:
        """What is paid over the span."""
        return self.net + self.tax + self.exempt

    @property
    def total_with_exit(self) -> int:
        """What is paid when the contract ends with the span."""
        return self.total + self.exit_fee

    def payments(self) -> tuple[PaymentRow, ...]:
        """What falls due, equal months in one row; the rows add up to the sums of the span."""
        plan = {}
        for month, lines in self.due:
            plan[month] = MonthDue(
                services=[line for line in lines if line.item not in self.once],
                once=[line for line in lines if line.item in self.once],
            )
        return payment_rows(plan)


@dataclass(frozen=True)
class ServiceCost:
    """One column of the comparison. ``term``: the minimum term, None where the terms have none.

    ``price``: its one-off fees, full month and start month as on a quotation; ``leaving``: what ending
    twelve months after the start costs, None where the terms know no fee; ``timeline``: the contract as
    compared, for ``what_if``; ``counted``: the item by which the service is counted.
    """

    service: str
    name: str
    items: Mapping[str, int]
    edition: date | None
    term: Term | None
    spans: tuple[SpanCost, ...]
    price: ServicePrice
    leaving: Termination | None
    timeline: Timeline
    counted: str = ""

    def span(self, months: int) -> SpanCost:
        """The span of so many months. Raises LookupError for one that was not asked for."""
        for span in self.spans:
            if span.months == months:
                return span
        raise LookupError(months)


def candidate_for_devices(catalogue: Catalogue, service: str, devices: int, on: date) -> Candidate:
    """The service for so many devices: the item of which one unit protects one device.

    Raises UserError: ``no-rule`` where the service does not count devices; ``out-of-range`` where the
    price list holds no such number; ``edition-unknown`` as the catalogue does.
    """
    edition = catalogue.priced_edition(service, on)
    item = device_item(edition)
    if item is None:
        name = words(catalogue.service(service).short)
        raise UserError(
            Problem(
                "no-rule", _("「{service}」は端末の台数で数えるサービスではありません。").format(service=name)
            )
        )
    if not sells(item, devices):
        raise UserError(_not_sold(item.minimum, item.maximum, devices, item.range_clause))
    fixed = {one.code: one.fixed_quantity for one in edition.items if one.fixed_quantity is not None}
    return Candidate(service, {**fixed, item.code: devices})


def device_item(edition: Edition) -> Item | None:
    """The item of which one unit protects one device; None where the service does not count devices."""
    return next((item for item in edition.items if item.per_device), None)


def own_item(edition: Edition) -> Item | None:
    """What a service is counted by that does not count devices: a fee by estimate, else its first unit
    (sensors). None for services of devices.
    """
    if device_item(edition) is not None:
        return None
    countable = [
        item
        for item in edition.items
        if item.fixed_quantity is None and not item.per_item and item.capacity is None and is_priced(item)
    ]
    return next((item for item in countable if item.quoted), None) or next(iter(countable), None)


def is_priced(item: Item) -> bool:
    """Whether the price list, or an estimate it speaks of, has a price for it."""
    return item.quoted or item.price is not None or bool(item.tiers)


def sells(item: Item, quantity: int) -> bool:
    """Whether the price list holds so many of an item."""
    return quantity >= max(item.minimum, 1) and (item.maximum is None or quantity <= item.maximum)


def compare_services(
    candidates: Sequence[Candidate],
    catalogue: Catalogue,
    start: date,
    spans: Sequence[int] = SPANS,
    buyer: Buyer | None = None,
) -> tuple[ServiceCost, ...]:
    """The services in the order given, each started on ``start`` and run for each span.

    Raises UserError with every problem of every candidate (``bad-input``, ``out-of-range``, ``no-price``,
    ``edition-unknown``), and for none or more than three.
    """
    problems = Problems()
    if not 1 <= len(candidates) <= MOST_SERVICES:
        problems.add(
            "bad-input", _("比べられるのは{most}つまでです。").format(most=MOST_SERVICES), field="services"
        )
        problems.raise_if_any()
    found = []
    for place, candidate in enumerate(candidates):
        with problems.collecting(under=f"services.{place}"):
            found.append(cost_of_service(candidate, catalogue, start, spans, buyer))
    problems.raise_if_any()
    return tuple(found)


def cost_of_service(
    candidate: Candidate,
    catalogue: Catalogue,
    start: date,
    spans: Sequence[int] = SPANS,
    buyer: Buyer | None = None,
) -> ServiceCost:
    """One column of a comparison. Raises UserError with every problem of the candidate."""
    buyer = buyer or Buyer()
    made = price_service(0, candidate.entry(start), catalogue, buyer.kind, buyer.area)
    price, edition, timeline = made.price, made.edition, made.timeline
    once = frozenset(line.item for line in price.one_off)
    return ServiceCost(
        candidate.service,
        price.short,
        candidate.items,
        edition.start,
        edition.term,
        tuple(_span_cost(timeline, catalogue, edition, months, once) for months in spans),
        price,
        termination(timeline, catalogue, corresponding_day(start, min(SPANS))),
        timeline,
        _counted(edition),
    )


def cheapest_places(costs: Iterable[ServiceCost | None], months: int) -> tuple[int, ...]:
    """The places of the lowest total over so many months: several where they cost the same, none where
    nothing is priced.
    """
    totals = {place: cost.span(months).total for place, cost in enumerate(costs) if cost is not None}
    least = min(totals.values(), default=0)
    return tuple(place for place, total in totals.items() if total == least)


def _counted(edition: Edition) -> str:
    item = device_item(edition) or own_item(edition)
    return item.code if item is not None else ""


def _span_cost(
    timeline: Timeline, catalogue: Catalogue, edition: Edition, months: int, once: frozenset[str]
) -> SpanCost:
    """The span runs to the day before the corresponding day; the end is the 解約日 that makes it so."""
    end = end_after(edition, period(timeline.started.on, months).last)
    ended = ended_on(timeline, end)
    last = Month.of(end)
    due: list[tuple[Month, tuple[Line, ...]]] = []
    leaving: list[tuple[Month, tuple[Line, ...]]] = []
    for month in Month.of(timeline.started.on).until(last):
        lines = charge(ended, catalogue, month)
        leaving.append((month, lines))
        plain = tuple(line for line in lines if line.item != FEE)
        if plain:
            due.append((month, plain))
    bill = bill_over(due)
    fee = bill_over(leaving).total - bill.total
    return SpanCost(months, bill.net, bill.tax, bill.exempt, fee, tuple(due), once)


def _not_sold(least: int, most: int | None, devices: int, clause: str) -> Problem:
    last = _("上限なし") if most is None else figure(most)
    return Problem(
        "out-of-range",
        _("{devices}台分の料金はありません。").format(devices=figure(devices)),
        _("料金表にあるのは{first}〜{last}です。").format(first=figure(max(least, 1)), last=last),
        clause=clause,
        field="devices",
    )
