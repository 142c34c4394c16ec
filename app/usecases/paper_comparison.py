"""比較見積書 of a quotation's customer, or of any customer: the very figures of the comparison on the screen.

Options (as ``comparison_options`` writes them): ``services``: ``{service, items, options, agreed, line}`` of
each; ``start`` (a day), ``months`` (12, 24 or 36), ``kind`` and ``area`` of the buyer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from app.charge.words import counted
from app.contract.customer import CustomerFields
from app.errors import Problem, UserError
from app.papers.archived import PaperAbout, SubjectKind
from app.papers.comparison import Compared, ComparedServices, ComparedTerm, comparison_paper
from app.papers.request import PaperRequest
from app.quote.content import AgreedPrice, LineType
from app.quote.service_price import quantity_words
from app.tariff.catalogue import Catalogue
from app.tariff.texts import words
from app.usecases.compare_services import SPANS, Buyer, Candidate, ServiceCost, compare_services
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.paper_makers import Making
from app.usecases.service_terms import ServiceTerms, TermFact, terms_of
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


class _Service(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    service: str
    items: dict[str, int]
    options: dict[str, bool | int] = {}
    agreed: tuple[AgreedPrice, ...] = ()
    line: LineType = "flets"


class _Options(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    services: tuple[_Service, ...]
    start: date
    months: int = SPANS[1]
    kind: str = "corporation"
    area: str = "west"


def comparison_options(
    candidates: Sequence[Candidate], start: date, months: int, buyer: Buyer
) -> dict[str, Any]:
    """The options of a request for what is compared on the screen."""
    services = tuple(
        _Service(
            service=one.service,
            items=dict(one.items),
            options=dict(one.options),
            agreed=one.agreed_prices,
            line=one.line,
        )
        for one in candidates
    )
    options = _Options(services=services, start=start, months=months, kind=buyer.kind, area=buyer.area)
    made: dict[str, Any] = msgspec.to_builtins(options)
    return made


def comparison_making(desk: Desk, work: UnitOfWork, request: PaperRequest) -> Making:
    """Maker of kind V; the subject is a quotation or a customer.

    Raises UserError: ``bad-input`` for options nobody can read and for a term that is not offered, what
    pricing refuses (every problem of every service), ``not-found``.
    """
    options = _options(request)
    settings = work.settings.load()
    kind, customer_id, customer, title = _subject(work, request.subject)
    catalogue = desk.catalogue_for(settings)
    buyer = Buyer(options.kind, options.area)
    candidates = [
        Candidate(one.service, one.items, one.options, one.agreed, one.line) for one in options.services
    ]
    costs = compare_services(candidates, catalogue, options.start, (options.months,), buyer)
    least = min(cost.span(options.months).total for cost in costs)
    services = []
    for cost, candidate in zip(costs, candidates, strict=True):
        terms = terms_of(cost, catalogue, candidate.line, buyer)
        arranged = settings.role_for(cost.service).role == "agent"
        services.append(_compared(cost, terms, catalogue, options.months, least, arranged=arranged))
    today = request.on or desk.today()
    compared = ComparedServices(
        customer=customer,
        title=title,
        start=options.start,
        months=options.months,
        services=tuple(services),
        term_labels=tuple(label for label, _fact in _labelled(terms_of(costs[0], catalogue))),
        valid_until=today + timedelta(days=settings.company.validity_days),
        today=today,
    )
    return Making(
        make=lambda mark: comparison_paper(compared, settings, mark),
        about=PaperAbout(
            customer_id=customer_id,
            subject_kind=kind,
            subject_id=request.subject,
            staff=who(settings),
        ),
        customer=customer.name.strip(),
        total=least,
        again="new",
    )


def _options(request: PaperRequest) -> _Options:
    try:
        options = msgspec.convert(request.options, _Options, strict=False)
    except msgspec.ValidationError as error:
        raise UserError(
            Problem(
                "bad-input",
                _("比べる内容を読み取れません。"),
                why=str(error),
                remedy=_("比較の画面から作り直してください。"),
                field="options",
            )
        ) from error
    if options.months not in SPANS:
        raise UserError(
            Problem(
                "bad-input",
                _("比べる期間は{spans}か月のどれかです。").format(spans=_("・").join(map(str, SPANS))),
                field="options.months",
            )
        )
    return options


def _subject(work: UnitOfWork, subject: str) -> tuple[SubjectKind, str, CustomerFields, str]:
    """Whom the comparison is for. UserError ``not-found`` where the id is neither of the two."""
    try:
        quotation = work.quotations.get(subject)
    except UserError:
        customer = work.customers.get(subject)
        return "customer", customer.id, customer.fields, ""
    content = quotation.content
    return "quotation", content.customer_id or "", content.customer, content.title


def _compared(
    cost: ServiceCost,
    terms: ServiceTerms,
    catalogue: Catalogue,
    months: int,
    least: int,
    *,
    arranged: bool,
) -> Compared:
    span, price = cost.span(months), cost.price
    edition = catalogue.priced_edition(cost.service, price.start)
    fee = price.exit_fee if cost.leaving is not None else None
    first = next((one for one in price.monthly if one.item == cost.counted), None)
    return Compared(
        name=cost.name,
        provider=words(catalogue.service(cost.service).provider),
        arranged=arranged,
        what=quantity_words(edition, dict(cost.items))
        or (counted(first.quantity, first.unit) if first else ""),
        edition=cost.edition,
        one_off=sum(one.amount for one in price.one_off),
        full=sum(one.amount for one in price.monthly),
        yearly=price.billing == "annual",
        first_month=sum(one.amount for one in price.first_month),
        net=span.net,
        tax=span.tax,
        exempt=span.exempt,
        total=span.total,
        difference=span.total - least,
        leaving=fee.amount if fee is not None else None,
        leaving_other=fee.other_amount if fee is not None and fee.other_amount != fee.amount else None,
        terms=tuple(_term(fact) for _label, fact in _labelled(terms)),
    )


def _labelled(terms: ServiceTerms) -> tuple[tuple[str, TermFact], ...]:
    return (
        (_("最低契約期間"), terms.term),
        (_("日割り"), terms.proration),
        (_("お支払い"), terms.payment),
        (_("受付時間"), terms.support),
        (_("訪問サポート"), terms.visits),
        (_("解約のお申し出"), terms.notice),
    )


def _term(fact: TermFact) -> ComparedTerm:
    return ComparedTerm(fact.words, fact.clause)
