"""Up to three services side by side: what they cost over one, two and three years for the same devices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.charge.engine import end_after
from app.contract.facts import Started, Timeline
from app.days import Month, period
from app.errors import Problem, Problems, UserError
from app.money import figure
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Term
from app.tariff.texts import words
from app.usecases.what_if import bill_of, ended_on, without_fee
from app.words import _

SPANS = (12, 24, 36)
MOST_SERVICES = 3


@dataclass(frozen=True)
class Candidate:
    """A service with the quantities and options to compare."""

    service: str
    items: Mapping[str, int]
    options: Mapping[str, bool | int] = field(default_factory=dict)


@dataclass(frozen=True)
class SpanCost:
    """A service over so many months from the start, one-off fees included, in yen.

    ``exit_fee``: what ending at the end of the span costs besides (with tax where the fee bears it).
    """

    months: int
    net: int
    tax: int
    exempt: int
    exit_fee: int

    @property
    def total(self) -> int:
        """What is paid over the span."""
        return self.net + self.tax + self.exempt

    @property
    def total_with_exit(self) -> int:
        """What is paid when the contract ends with the span."""
        return self.total + self.exit_fee


@dataclass(frozen=True)
class ServiceCost:
    """One column of the comparison. ``term``: the minimum term, None where the terms have none."""

    service: str
    name: str
    items: Mapping[str, int]
    edition: date | None
    term: Term | None
    spans: tuple[SpanCost, ...]


def candidate_for_devices(catalogue: Catalogue, service: str, devices: int, on: date) -> Candidate:
    """The service for so many devices: the item of which one unit protects one device.

    Raises UserError: ``no-rule`` where the service does not count devices; ``out-of-range`` where the
    price list holds no such number; ``edition-unknown`` as the catalogue does.
    """
    edition = catalogue.priced_edition(service, on)
    item = next((item for item in edition.items if item.per_device), None)
    if item is None:
        name = words(catalogue.service(service).short)
        raise UserError(
            Problem(
                "no-rule", _("「{service}」は端末の台数で数えるサービスではありません。").format(service=name)
            )
        )
    if devices < max(item.minimum, 1) or (item.maximum is not None and devices > item.maximum):
        raise UserError(_not_sold(item.minimum, item.maximum, devices, item.range_clause))
    fixed = {one.code: one.fixed_quantity for one in edition.items if one.fixed_quantity is not None}
    return Candidate(service, {**fixed, item.code: devices})


def compare_services(
    candidates: Sequence[Candidate],
    catalogue: Catalogue,
    start: date,
    spans: Sequence[int] = SPANS,
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
            found.append(_cost(candidate, catalogue, start, spans))
    problems.raise_if_any()
    return tuple(found)


def _cost(candidate: Candidate, catalogue: Catalogue, start: date, spans: Sequence[int]) -> ServiceCost:
    edition = catalogue.priced_edition(candidate.service, start)
    begun = Started(on=start, items=candidate.items, options=candidate.options)
    timeline = Timeline(candidate.service, (begun,))
    return ServiceCost(
        candidate.service,
        words(catalogue.service(candidate.service).short),
        candidate.items,
        edition.start,
        edition.term,
        tuple(_span_cost(timeline, catalogue, edition, months) for months in spans),
    )


def _span_cost(timeline: Timeline, catalogue: Catalogue, edition: Edition, months: int) -> SpanCost:
    """The span runs to the day before the corresponding day; the end is the 解約日 that makes it so."""
    last = period(timeline.started.on, months).last
    end = end_after(edition, last)
    ended = ended_on(timeline, end)
    net = tax = exempt = whole = 0
    for month in Month.of(timeline.started.on).until(Month.of(end)):
        bill = bill_of(ended, catalogue, month)
        plain = without_fee(bill, month)
        net, tax, exempt = net + plain.net, tax + plain.tax, exempt + plain.exempt
        whole += bill.total
    return SpanCost(months, net, tax, exempt, whole - net - tax - exempt)


def _not_sold(least: int, most: int | None, devices: int, clause: str) -> Problem:
    last = _("上限なし") if most is None else figure(most)
    return Problem(
        "out-of-range",
        _("{devices}台分の料金はありません。").format(devices=figure(devices)),
        _("料金表にあるのは{first}〜{last}です。").format(first=figure(max(least, 1)), last=last),
        clause=clause,
        field="devices",
    )
