"""What can stand side by side: which services serve the same devices, and how each of them is counted.

Everything comes from the tariff data: the item of which one unit protects one device, the item a service
is counted by otherwise, gateways and the options that move their price.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.quote.content import LineType, ServiceEntry
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Item, Option
from app.usecases.compare_services import MOST_SERVICES, Candidate, device_item, own_item, sells

Gateways = tuple[tuple[str, int], ...]  # item code and quantity


def priced_on(catalogue: Catalogue, service: str, day: date) -> Edition | None:
    """The edition in force on a day when its prices are known, else the nearest that prints some."""
    found = None
    for edition in catalogue.service(service).editions:
        if edition.priced and (found is None or edition.start is None or edition.start <= day):
            found = edition
    return found


def gateway_items(edition: Edition) -> tuple[Item, ...]:
    """The gateways a service has, of which a contract may take one size."""
    return tuple(item for item in edition.items if item.capacity is not None)


def gateway_options(edition: Edition, gateways: Gateways) -> tuple[Option, ...]:
    """The options that move the price of the gateways chosen."""
    chosen = {code for code, quantity in gateways if quantity}
    named = {
        price.option
        for item in edition.items
        if item.code in chosen
        for price in item.options
    }  # fmt: skip
    return tuple(option for option in edition.options if option.code in named and option.kind == "flag")


def gateways_of(edition: Edition, entry: ServiceEntry) -> Gateways:
    """The gateways an entry has."""
    return tuple(
        (item.code, entry.items[item.code]) for item in gateway_items(edition) if entry.items.get(item.code)
    )


def make_candidate(
    edition: Edition,
    service: str,
    devices: int | None,
    own: int | None,
    gateways: Gateways,
    typed: ServiceEntry | None,
    line: LineType = "flets",
) -> Candidate:
    """The candidate of a column. ``typed``: the entry of the quotation it comes from, whose other
    quantities, options and agreed prices it keeps.

    ``own``: how many of its own item where it does not count devices. What is not filled in is left out,
    so that pricing says what is missing.
    """
    kept = dict(typed.items) if typed is not None else {}
    for item in edition.items:
        if item.fixed_quantity is not None:
            kept[item.code] = item.fixed_quantity
        elif item.capacity is not None:
            kept.pop(item.code, None)
    counted = device_item(edition)
    quantity = devices if counted is not None else own
    counted = counted or own_item(edition)
    if counted is not None:
        kept.pop(counted.code, None)
        if quantity is not None:
            kept[counted.code] = quantity
    kept.update({code: number for code, number in gateways if number})
    options = dict(typed.options) if typed is not None else {}
    agreed = typed.agreed_prices if typed is not None else ()
    return Candidate(service, kept, options, agreed, line)


def devices_of(catalogue: Catalogue, entries: Iterable[ServiceEntry], today: date) -> int | None:
    """How many devices the services of a quotation protect: the largest number typed; None without any."""
    found = []
    for entry in entries:
        if entry.service not in catalogue.codes():
            continue
        edition = priced_on(catalogue, entry.service, entry.start or today)
        item = device_item(edition) if edition is not None else None
        if item is not None and entry.items.get(item.code):
            found.append(entry.items[item.code])
    return max(found, default=None)


def usual_services(
    catalogue: Catalogue, typed: Sequence[str], devices: int | None, start: date
) -> tuple[str, ...]:
    """The services to begin with: those of the quotation, then others that can serve the same devices.

    Services that count devices stand beside each other; those that count something else (a network) beside
    their like.
    """
    chosen = list(dict.fromkeys(code for code in typed if code in catalogue.codes()))[:MOST_SERVICES]
    wants_devices = not chosen or any(_serves(catalogue, code, None, start) for code in chosen)
    for service in catalogue.services():
        if len(chosen) >= MOST_SERVICES:
            break
        if service.code in chosen:
            continue
        edition = priced_on(catalogue, service.code, start)
        if edition is None:
            continue
        if (wants_devices and _serves(catalogue, service.code, devices, start)) or (
            not wants_devices and device_item(edition) is None
        ):
            chosen.append(service.code)
    return tuple(chosen)


def _serves(catalogue: Catalogue, code: str, devices: int | None, start: date) -> bool:
    """Whether a service counts devices and, where a number is given, sells so many."""
    edition = priced_on(catalogue, code, start)
    item = device_item(edition) if edition is not None else None
    return item is not None and (devices is None or sells(item, devices))
