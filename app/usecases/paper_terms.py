"""重要事項説明書 of a contract, or of a service of a quotation, with its real figures.

Options: ``service`` (which of a quotation's services; its first one where nothing is said) and
``explained`` (the record of the explanation, as ``app.papers.explanation.Explanation``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec

from app.charge.plan import plan_of
from app.contract.customer import CustomerFields
from app.contract.facts import Started, Timeline
from app.contract.history import customer_on
from app.contract.life import entries_standing
from app.contract.record import StoredContract
from app.days import date_words
from app.errors import Problem, UserError
from app.papers.archived import PaperAbout
from app.papers.explanation import Explanation
from app.papers.issuer import Settings
from app.papers.kinds import title_of
from app.papers.request import PaperRequest
from app.papers.terms_facts import TermsCase
from app.papers.terms_loading import load_terms
from app.papers.terms_points import ServiceTerms
from app.papers.terms_summary import KIND, terms_summary
from app.quote.content import QuotationContent, ServiceEntry
from app.quote.service_price import price_service, quantity_words
from app.tariff.catalogue import Catalogue
from app.tariff.model import Service
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_makers import Making
from app.usecases.stand_contract import Has, price_of, what_it_has, yearly
from app.words import _, speaking

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def terms_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind E; the subject is a contract or a quotation.

    Raises UserError: ``terms-not-described`` (nobody wrote the points of the service, or the contract rests
    on older terms), ``terms-file``, ``bad-input``, ``not-found``, and what pricing refuses.
    """
    settings = work.settings.load()
    on = request.on or desk.today()
    told = _explained(request.options)
    catalogue = desk.catalogue_for(settings)
    if _is_contract(work, request.subject):
        stored = work.contracts.get(request.subject)
        customer = work.customers.get(stored.customer_id).fields
        case = contract_case(stored, customer, catalogue, settings, on, told)
        customer_id, alone = stored.customer_id, True
    else:
        quotation = work.quotations.get(request.subject)
        entry = _entry(quotation.content, str(request.options.get("service", "")))
        case = quotation_case(quotation.content, entry, quotation.number, catalogue, settings, on, told)
        customer_id, alone = quotation.content.customer_id or "", len(quotation.content.services) == 1
    about = PaperAbout(
        title=_title_in_archive(case, alone=alone),
        customer_id=customer_id,
        subject_kind=case.subject,
        subject_id=request.subject,
        staff=who(settings),
    )
    return Making(
        make=lambda mark: terms_summary(case, settings, mark),
        about=about,
        customer=case.customer.name.strip(),
        again="revision" if alone else "titled",
    )


def _title_in_archive(case: TermsCase, *, alone: bool) -> str:
    """In Japanese, whatever language the summary is in; each service of a quotation has one of its own."""
    with speaking("ja"):
        title = title_of(KIND)
        if alone:
            return title
        return _("{title}（{service}）").format(title=title, service=words(case.service.short))


def contract_case(
    stored: StoredContract,
    customer: CustomerFields,
    catalogue: Catalogue,
    settings: Settings,
    on: date,
    told: Explanation | None = None,
) -> TermsCase:
    """What is to be explained of a contract, with the figures it has or is to have."""
    content = stored.content
    entries = [one.entry for one in stored.entries]
    has = what_it_has(content, entries, on)
    plan = plan_of(catalogue, content.service)
    edition = plan.at(max(has.priced_on, on)).rules
    terms = _described(plan.service, max(has.priced_on, on))  # changed terms hold for running contracts
    priced = price_of(plan, has, content)
    return TermsCase(
        terms=terms,
        service=plan.service,
        edition=edition,
        catalogue=catalogue,
        customer=customer,
        company=settings.company,
        role=settings.role_for(content.service),
        subject="contract",
        source=stored.number,
        on=on,
        items=has.items,
        options=has.options,
        quantity=quantity_words(edition, dict(has.items)),
        monthly=priced.full if priced is not None else None,
        yearly=yearly(priced) or None,
        customer_kind=customer_on(entries_standing(entries), content.customer_kind, on),
        line=content.line,
        timeline=_timeline(stored, has),
        explanation=told,
    )


def quotation_case(
    content: QuotationContent,
    entry: ServiceEntry,
    number: str,
    catalogue: Catalogue,
    settings: Settings,
    on: date,
    told: Explanation | None = None,
) -> TermsCase:
    """What is to be explained of one service of a quotation. Raises UserError as pricing does."""
    catalogue = catalogue.with_choices(content.readings)
    terms = _described(catalogue.service(entry.service), entry.start or on)
    kind = content.customer.kind
    priced = price_service(0, entry, catalogue, kind, entry.site.area)
    annual = priced.price.billing == "annual"
    return TermsCase(
        terms=terms,
        service=catalogue.service(entry.service),
        edition=priced.edition,
        catalogue=catalogue,
        customer=content.customer,
        company=settings.company,
        role=settings.role_for(entry.service),
        subject="quotation",
        source=number,
        on=on,
        items=entry.items,
        options=entry.options,
        quantity=priced.price.quantity_words,
        monthly=None if annual else priced.price.monthly_net,
        yearly=priced.price.monthly_net if annual else None,
        customer_kind=priced.timeline.customer,
        line=entry.line,
        timeline=priced.timeline,
        explanation=told,
    )


def _timeline(stored: StoredContract, has: Has) -> Timeline | None:
    """The contract's own timeline; before its start, one that begins on the day wished."""
    if has.started is not None:
        return stored.timeline
    wished = stored.content.application.wished_start
    if wished is None:
        return None
    planned = Started(on=wished, items=has.items, options=has.options)
    return replace(stored.timeline, facts=(planned,))


def _described(service: Service, start: date) -> ServiceTerms:
    """The points of a service. UserError ``terms-not-described`` where nobody wrote them, or only for later
    terms than those of the start.
    """
    terms = load_terms(service.code)
    name = words(service.short)
    if terms is None:
        raise UserError(
            Problem(
                "terms-not-described",
                _("{service}の重要事項説明書は、まだ用意されていません。").format(service=name),
                remedy=_("resources/terms に、このサービスの説明を加えてください。"),
                field="service",
            )
        )
    if terms.edition is not None and start < terms.edition:
        raise UserError(
            Problem(
                "terms-not-described",
                _("{service}の重要事項説明書は、{day}実施の規約からのものです。").format(
                    service=name, day=date_words(terms.edition, weekday=False)
                ),
                why=_("ご利用の開始日が、それより前です。"),
                remedy=_("開始日のころの規約を、提供会社の書面でご確認ください。"),
                field="start",
            )
        )
    return terms


def _is_contract(work: UnitOfWork, subject: str) -> bool:
    try:
        work.contracts.get(subject)
    except UserError as error:
        if error.problems[0].code != "not-found":
            raise
        return False
    return True


def _entry(content: QuotationContent, service: str) -> ServiceEntry:
    """The service of a quotation that is meant. UserError ``bad-input``."""
    for entry in content.services:
        if not service or entry.service == service:
            return entry
    raise UserError(
        Problem(
            "bad-input",
            _("この見積に、説明するサービスがありません。"),
            remedy=_("見積にあるサービスを選んでください。"),
            field="options.service",
        )
    )


def _explained(options: Mapping[str, Any]) -> Explanation | None:
    found = options.get("explained")
    if found is None:
        return None
    try:
        return msgspec.convert(found, Explanation)
    except msgspec.ValidationError as error:
        raise UserError(
            Problem("bad-input", _("説明の記録を読み取れません。"), why=str(error), field="options.explained")
        ) from error
