"""Changes to what is typed for a quotation, as pure functions from one content to the next.

Content is immutable, so each function returns a new record that shares everything it did not touch; undo
keeps the old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from app.quote.content import HandLine, QuotationContent, ServiceEntry, VisitEntry


def with_service(content: QuotationContent, place: int, **changes: Any) -> QuotationContent:
    """The service at ``place`` with other values."""
    return replace(content, services=_changed(content.services, place, **changes))


def add_service(content: QuotationContent, entry: ServiceEntry) -> QuotationContent:
    """One more service at the end."""
    return replace(content, services=(*content.services, entry))


def duplicate_service(content: QuotationContent, place: int) -> QuotationContent:
    """The same service once more, right after the one copied; visits keep pointing at theirs."""
    services = (*content.services[: place + 1], content.services[place], *content.services[place + 1 :])
    visits = tuple(
        replace(visit, for_service=visit.for_service + 1)
        if visit.for_service is not None and visit.for_service > place
        else visit
        for visit in content.visits
    )
    return replace(content, services=services, visits=visits)


def remove_service(content: QuotationContent, place: int) -> QuotationContent:
    """Without the service at ``place`` and the visits that belong to it; the other visits keep pointing at
    theirs.
    """
    services = content.services[:place] + content.services[place + 1 :]
    visits = tuple(
        replace(visit, for_service=visit.for_service - 1)
        if visit.for_service is not None and visit.for_service > place
        else visit
        for visit in content.visits
        if visit.for_service != place
    )
    return replace(content, services=services, visits=visits)


def choose_service(content: QuotationContent, place: int, service: str) -> QuotationContent:
    """Another service in the same place. Quantities and options are of the old price list and go; the
    rest stays.

    Visits that belong to the entry follow it; their work stays and is checked against the new menu.
    """
    entry = replace(content.services[place], service=service, items={}, options={}, agreed_prices=())
    services = (*content.services[:place], entry, *content.services[place + 1 :])
    visits = tuple(
        replace(visit, service=service) if visit.for_service == place else visit for visit in content.visits
    )
    return replace(content, services=services, visits=visits)


def with_item(entry: ServiceEntry, code: str, quantity: int | None) -> dict[str, int]:
    """The quantities of a service with another one for ``code``; None: not filled in."""
    items = {known: number for known, number in entry.items.items() if known != code}
    if quantity is not None:
        items[code] = quantity
    return items


def with_option(
    entry: ServiceEntry, code: str, value: bool | int, default: bool | int
) -> dict[str, bool | int]:
    """The options of a service with another value for ``code``; the default is not written down."""
    options = {known: kept for known, kept in entry.options.items() if known != code}
    if value != default:
        options[code] = value
    return options


def with_visit(content: QuotationContent, place: int, **changes: Any) -> QuotationContent:
    """The visit at ``place`` with other values."""
    return replace(content, visits=_changed(content.visits, place, **changes))


def add_visit(content: QuotationContent, entry: VisitEntry) -> QuotationContent:
    """One more visit at the end."""
    return replace(content, visits=(*content.visits, entry))


def duplicate_visit(content: QuotationContent, place: int) -> QuotationContent:
    """The same visit once more, right after the one copied, its day still to be chosen."""
    again = replace(content.visits[place], on=None, at="")
    return replace(content, visits=(*content.visits[: place + 1], again, *content.visits[place + 1 :]))


def remove_visit(content: QuotationContent, place: int) -> QuotationContent:
    """Without the visit at ``place``."""
    return replace(content, visits=content.visits[:place] + content.visits[place + 1 :])


def toggled(menu: tuple[str, ...], code: str, order: Mapping[str, int]) -> tuple[str, ...]:
    """The menu codes with ``code`` taken in or out, in the order of the price list."""
    chosen = tuple(one for one in menu if one != code) if code in menu else (*menu, code)
    return tuple(sorted(chosen, key=lambda one: order.get(one, len(order))))


def with_hand_line(content: QuotationContent, place: int, **changes: Any) -> QuotationContent:
    """The hand-priced line at ``place`` with other values."""
    return replace(content, hand_lines=_changed(content.hand_lines, place, **changes))


def add_hand_line(content: QuotationContent, line: HandLine) -> QuotationContent:
    """One more line priced by hand."""
    return replace(content, hand_lines=(*content.hand_lines, line))


def remove_hand_line(content: QuotationContent, place: int) -> QuotationContent:
    """Without the hand-priced line at ``place``."""
    return replace(content, hand_lines=content.hand_lines[:place] + content.hand_lines[place + 1 :])


def _changed(entries: tuple[Any, ...], place: int, **changes: Any) -> tuple[Any, ...]:
    return (*entries[:place], replace(entries[place], **changes), *entries[place + 1 :])
