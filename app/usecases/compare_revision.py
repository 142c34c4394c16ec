"""What has changed since a quotation was issued: editions, readings and amounts, each as a sentence."""

from __future__ import annotations

from app.money import figure
from app.quote.plain import editions_of, readings_of
from app.quote.priced import PricedQuotation
from app.quote.stored import Revision
from app.words import _


def changes_since(revision: Revision, now: PricedQuotation) -> tuple[str, ...]:
    """Sentences about what differs between the frozen revision and the same content priced now; empty when
    nothing does.
    """
    found = list(_editions(revision, now))
    found += _readings(revision, now)
    before, after = revision.frozen["total"]["total"], now.total_bill.total
    if before != after:
        found.append(
            _("お見積総額が{before}円から{after}円に変わります。").format(
                before=figure(before), after=figure(after)
            )
        )
    return tuple(found)


def _editions(revision: Revision, now: PricedQuotation) -> list[str]:
    names = {service.service: service.short for service in now.services}
    return [
        _("{service}の料金の版が{before}から{after}に変わりました。").format(
            service=names.get(service, service),
            before=revision.editions.get(service) or _("版の日付なし"),
            after=edition or _("版の日付なし"),
        )
        for service, edition in editions_of(now).items()
        if service in revision.editions and revision.editions[service] != edition
    ]


def _readings(revision: Revision, now: PricedQuotation) -> list[str]:
    return [
        _("解釈「{name}」が{before}から{after}に変わりました。").format(
            name=name.partition(":")[2], before=revision.readings[name], after=choice
        )
        for name, choice in readings_of(now).items()
        if name in revision.readings and revision.readings[name] != choice
    ]
