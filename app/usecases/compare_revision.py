"""What has changed since a quotation was issued: editions, readings and amounts, each as a sentence."""

from __future__ import annotations

from datetime import date

from app.days import date_words
from app.errors import UserError
from app.money import figure
from app.quote.plain import editions_of, readings_of
from app.quote.priced import PricedQuotation
from app.quote.stored import Revision
from app.tariff.catalogue import Catalogue
from app.tariff.texts import choice_words, words
from app.words import _


def changes_since(revision: Revision, now: PricedQuotation, catalogue: Catalogue) -> tuple[str, ...]:
    """Sentences about what differs between the frozen revision and the same content priced now with
    ``catalogue``; empty when nothing does.
    """
    found = list(_editions(revision, now))
    found += _readings(revision, now, catalogue)
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
            before=_edition_words(revision.editions[service]),
            after=_edition_words(edition),
        )
        for service, edition in editions_of(now).items()
        if service in revision.editions and revision.editions[service] != edition
    ]


def _edition_words(start: str) -> str:
    if not start:
        return _("日付の記載のない版")
    return _("{day}実施").format(day=date_words(date.fromisoformat(start), weekday=False))


def _readings(revision: Revision, now: PricedQuotation, catalogue: Catalogue) -> list[str]:
    return [
        _reading(catalogue, now, name, revision.readings[name], choice)
        for name, choice in readings_of(now).items()
        if name in revision.readings and revision.readings[name] != choice
    ]


def _reading(catalogue: Catalogue, now: PricedQuotation, key: str, before: str, after: str) -> str:
    """In the words of the tariff; by its code where the tariff no longer has it."""
    code, _colon, name = key.partition(":")
    day = next((one.start for one in now.services if one.service == code), now.content.issued_on)
    topic, names = name, (before, after)
    try:
        reading = catalogue.reading(code, name, day or date.max)
    except UserError:
        pass
    else:
        topic = words(reading.topic)
        names = choice_words(reading, before), choice_words(reading, after)
    return _("解釈「{name}」が「{before}」から「{after}」に変わりました。").format(
        name=topic, before=names[0], after=names[1]
    )
