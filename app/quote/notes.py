"""Which remarks of the tariff hold for a quotation, and what the person at the desk should notice before
issuing.
"""

from __future__ import annotations

from collections.abc import Iterator

from app.quote.area import area_of
from app.quote.content import QuotationContent
from app.quote.priced import Note, VisitPrice
from app.quote.service_price import PricedService
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition, Remark
from app.tariff.texts import words
from app.words import _

SMALLEST_GATEWAY = 10  # clients; the one whose 24-hour repair has other hours in East Japan


def remarks_of(
    edition: Edition, conditions: frozenset[str], *, only_conditional: bool = False
) -> tuple[Remark, ...]:
    """The remarks a quotation prints whose condition holds, in the file's order."""
    return tuple(
        remark
        for remark in edition.remarks
        if remark.quotation and ((not remark.when and not only_conditional) or remark.when in conditions)
    )


def service_conditions(content: QuotationContent, service: PricedService) -> frozenset[str]:
    """The conditions of remarks that hold for one service of the quotation (names as in ``Remark.when``)."""
    entry = content.services[service.price.index]
    ordered = [item for item in service.edition.items if entry.items.get(item.code)]
    found = set()
    if any(item.capacity is not None for item in ordered):
        found.add("gateway")
    if any(item.code == "endpoint" for item in ordered):
        found.add("endpoint")
    if any(item.capacity == SMALLEST_GATEWAY for item in ordered) and (
        area_of(entry.site, content.customer) == "east" and entry.options.get("gateway_24h", True)
    ):
        found.add("east-gateway")
    if content.customer.kind != "corporation" and entry.line == "collab":
        found.add("individual-collab")
    for visit in content.visits:
        if visit.for_service == service.price.index or visit.service == service.price.service:
            found.add("visit")
            if any("data-migration" in work.menu for work in visit.work):
                found.add("migration")
    return frozenset(found)


def make_notes(
    content: QuotationContent,
    services: list[PricedService],
    visits: tuple[VisitPrice, ...],
    catalogue: Catalogue,
) -> tuple[Note, ...]:
    """Warnings and information for the screen; none of them keeps the quotation from being issued."""
    return (*_service_notes(content, services), *_visit_notes(content, services, visits))


def _service_notes(content: QuotationContent, services: list[PricedService]) -> Iterator[Note]:
    for service in services:
        where = f"services.{service.price.index}"
        conditions = service_conditions(content, service)
        for remark in remarks_of(service.edition, conditions & {"east-gateway"}, only_conditional=True):
            yield Note("warning", words(remark.text), remark.clause, f"{where}.items")
        if not service.price.quantity_words and service.price.billing == "monthly":
            yield Note("warning", _("基本料金のほかに数量の入った品目がありません。"), "", f"{where}.items")
        starts = service.price.start
        if starts < (content.issued_on or starts):
            yield Note("information", _("ご利用開始日が発行日より前です。"), "", f"{where}.start")


def _visit_notes(
    content: QuotationContent, services: list[PricedService], visits: tuple[VisitPrice, ...]
) -> Iterator[Note]:
    for visit in visits:
        starts = [
            one.price.start for one in services if one.price.index == content.visits[visit.index].for_service
        ]
        if visit.on and starts and visit.on < starts[0]:
            yield Note(
                "warning", _("訪問日がサービスのご利用開始日より前です。"), "", f"visits.{visit.index}.on"
            )
        if visit.free_value:
            yield Note(
                "information",
                _("この訪問には無償の作業があります（定価で{amount}円分）。").format(
                    amount=f"{visit.free_value:,}"
                ),
                "",
                f"visits.{visit.index}",
            )
