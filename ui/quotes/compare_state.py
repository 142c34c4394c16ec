"""並べて比較: what is typed on the page, as one immutable record and pure functions from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from app.days import Month
from app.errors import Problem, UserError
from app.quote.area import area_of
from app.quote.content import LineType, QuotationContent, ServiceEntry
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition
from app.tariff.texts import words
from app.usecases.compare_services import (
    MOST_SERVICES,
    SPANS,
    Buyer,
    Candidate,
    ServiceCost,
    cheapest_places,
    cost_of_service,
    device_item,
    own_item,
)
from app.usecases.comparison_choices import (
    Gateways,
    devices_of,
    gateways_of,
    make_candidate,
    priced_on,
    usual_services,
)
from app.usecases.service_terms import ServiceTerms, terms_of
from app.words import _
from ui.quotes import edits

_USUAL_DEVICES = 10  # for a comparison that no quotation says a number for


@dataclass(frozen=True)
class Column:
    """One column. ``service`` "" = nothing stands in it; ``place``: where it is on the quotation.

    ``own``: how many of its own unit (sensors, yen a year) where the service does not count devices.
    ``typed``: the entry of the quotation it came from.
    """

    service: str = ""
    own: int | None = None
    gateways: Gateways = ()
    flags: Mapping[str, bool] = field(default_factory=dict)
    place: int | None = None
    typed: ServiceEntry | None = None


@dataclass(frozen=True)
class Comparison:
    """Everything typed. ``quoted``: the codes of the services on the quotation, by their places."""

    start: date | None
    devices: int | None = None
    months: int = SPANS[1]
    columns: tuple[Column, ...] = ()
    line: LineType = "flets"
    buyer: Buyer = field(default_factory=Buyer)
    quoted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Priced:
    """What came of a column: its cost and terms, or why there is none. Neither: nothing stands in it."""

    cost: ServiceCost | None = None
    terms: ServiceTerms | None = None
    error: UserError | None = None


def begin(catalogue: Catalogue, content: QuotationContent | None, today: date) -> Comparison:
    """The comparison to open with: what the quotation has, and services that serve the same devices."""
    content = content or QuotationContent()
    entries = tuple(entry for entry in content.services if entry.service in catalogue.codes())
    first = entries[0] if entries else ServiceEntry(service="")
    start = first.start or Month.of(today).plus(1).first
    devices = devices_of(catalogue, entries, today)
    chosen = usual_services(catalogue, [entry.service for entry in entries], devices, start)
    buyer = Buyer(content.customer.kind, area_of(first.site, content.customer))
    made = Comparison(
        start,
        devices or _USUAL_DEVICES,
        line=first.line,
        buyer=buyer,
        quoted=tuple(entry.service for entry in content.services),
    )
    columns = [_column(catalogue, code, content, start) for code in chosen]
    columns += [Column()] * (MOST_SERVICES - len(columns))
    return replace(made, columns=tuple(columns))


def _column(catalogue: Catalogue, code: str, content: QuotationContent, start: date) -> Column:
    place = next((at for at, entry in enumerate(content.services) if entry.service == code), None)
    entry = content.services[place] if place is not None else None
    edition = priced_on(catalogue, code, start)
    if edition is None:
        return Column(code, place=place, typed=entry)
    item = own_item(edition)
    own = None
    if item is not None:
        own = entry.items.get(item.code) if entry is not None else None
        own = own or (None if item.quoted else max(item.minimum, 1))
    gateways = gateways_of(edition, entry) if entry is not None else ()
    flags = {
        option.code: bool(entry.options[option.code])
        for option in edition.options
        if entry is not None and option.kind == "flag" and option.code in entry.options
    }
    return Column(code, own, gateways, flags, place, entry)


def choose(
    now: Comparison, at: int, service: str, catalogue: Catalogue, content: QuotationContent | None
) -> Comparison:
    """Another service in a column, as the quotation has it where it does; "" clears the column."""
    column = Column()
    if service and now.start is not None:
        column = _column(catalogue, service, content or QuotationContent(), now.start)
    return with_column(now, at, column)


def with_column(now: Comparison, at: int, column: Column) -> Comparison:
    """The comparison with another column at a place."""
    return replace(now, columns=(*now.columns[:at], column, *now.columns[at + 1 :]))


def edition_of(now: Comparison, column: Column, catalogue: Catalogue) -> Edition | None:
    """The price list whose choices a column shows."""
    if not column.service or now.start is None or column.service not in catalogue.codes():
        return None
    return priced_on(catalogue, column.service, now.start)


def candidate_of(now: Comparison, column: Column, catalogue: Catalogue) -> Candidate | None:
    """What a column asks the price of; None where nothing stands in it."""
    edition = edition_of(now, column, catalogue)
    if edition is None:
        return None
    lines = catalogue.service(column.service).lines
    line = now.line if now.line in lines or not lines else lines[0]
    made = make_candidate(
        edition, column.service, now.devices, column.own, column.gateways, column.typed, line
    )
    kept = {code: value for code, value in made.options.items() if code not in column.flags}
    said = {}
    for option in edition.options:
        if option.code in column.flags and column.flags[option.code] != option.default:
            said[option.code] = column.flags[option.code]
    return replace(made, options={**kept, **said})


def price(now: Comparison, catalogue: Catalogue) -> tuple[Priced, ...]:
    """Every column priced by itself: what one of them lacks does not hide the others."""
    return tuple(_priced(now, column, catalogue) for column in now.columns)


def _priced(now: Comparison, column: Column, catalogue: Catalogue) -> Priced:
    candidate = candidate_of(now, column, catalogue)
    if candidate is None or now.start is None:
        return Priced()
    lacking = _lacking(now, column, catalogue, candidate)
    if lacking is not None:
        return Priced(error=UserError(lacking))
    try:
        cost = cost_of_service(candidate, catalogue, now.start, (now.months,), now.buyer)
        return Priced(cost, terms_of(cost, catalogue, candidate.line, now.buyer))
    except UserError as error:
        return Priced(error=error)


def _lacking(now: Comparison, column: Column, catalogue: Catalogue, candidate: Candidate) -> Problem | None:
    """The number the service is counted by, where it is not filled in: nothing is not free."""
    edition = edition_of(now, column, catalogue)
    item = (device_item(edition) or own_item(edition)) if edition is not None else None
    if item is None or candidate.items.get(item.code):
        return None
    if item.per_device:
        return Problem("bad-input", _("台数を入力してください。"), field="devices")
    return Problem(
        "bad-input", _("「{name}」を入力してください。").format(name=words(item.name)), field="own"
    )


def cheapest(now: Comparison, priced: tuple[Priced, ...]) -> tuple[int, ...]:
    """The columns with the lowest total; none while fewer than two can be compared."""
    costs = [one.cost for one in priced]
    if sum(cost is not None for cost in costs) < 2:
        return ()
    return cheapest_places(costs, now.months)


def put_into(
    content: QuotationContent, now: Comparison, column: Column, candidate: Candidate, place: int | None
) -> QuotationContent:
    """The quotation with a column's service: in place of the entry at ``place``, or one more (None).

    The same service keeps what else was typed for it; another one takes over start, line and site.
    """
    entry = candidate.entry(now.start)
    if place is None or place >= len(content.services):
        return edits.add_service(content, entry)
    if content.services[place].service != column.service:
        content = edits.choose_service(content, place, column.service)
    return edits.with_service(
        content,
        place,
        items=entry.items,
        options=entry.options,
        start=entry.start,
        line=entry.line,
        agreed_prices=entry.agreed_prices,
    )


def target_place(content: QuotationContent, column: Column) -> int | None:
    """The entry a column takes the place of: its own, else the only one; None where nothing says which."""
    for at, entry in enumerate(content.services):
        if entry.service == column.service:
            return at
    return 0 if len(content.services) == 1 else None
