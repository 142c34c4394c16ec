"""What the form asks of the price lists: which edition to build fields from while little is typed yet."""

from __future__ import annotations

from datetime import date

from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, MenuItem, Service, VisitRules


def service_or_none(catalogue: Catalogue, code: str) -> Service | None:
    """The service of that code, or None when there is none (nothing chosen yet, or a file taken away)."""
    return catalogue.service(code) if code in catalogue.codes() else None


def form_edition(catalogue: Catalogue, code: str, day: date) -> Edition | None:
    """The edition whose fields the form shows: the priced one in force on ``day``, else the newest with
    prices.

    A day without prices is told as a problem of that day; the form stays as it is meanwhile.
    """
    if code not in catalogue.codes():
        return None
    try:
        return catalogue.priced_edition(code, day)
    except UserError:
        priced = [edition for edition in catalogue.service(code).editions if edition.priced]
        return priced[-1] if priced else None


def visit_rules(catalogue: Catalogue, code: str, day: date) -> VisitRules | None:
    """The rules of visits of a service, or None when it knows no visits."""
    edition = form_edition(catalogue, code, day)
    return edition.visit if edition else None


def menu_of(rules: VisitRules) -> tuple[MenuItem, ...]:
    """The work somebody can choose; what is charged by itself is left out."""
    return tuple(item for item in rules.menu if not item.automatic)


def is_migration(item: MenuItem) -> bool:
    """Whether the item is priced by the migration table, and so needs a volume."""
    return item.price is None
