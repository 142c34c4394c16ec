"""The check list of an application: what it must state, what the customer agrees to, whether the service
may be had at all, and the grounds on which the terms let it be refused.

What the record of the application shows is ticked by itself (``automatic``); the rest somebody answers, by
the codes of the tariff, in ``Application.answers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.contract import application as screening
from app.contract.application import FreePeriod
from app.contract.customer import CustomerFields
from app.contract.explained import explanation_standing
from app.contract.ordered import Ordered, check_ordered
from app.contract.record import ContractContent, Entry
from app.folding import fold_name_parts
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Condition, Edition, Service
from app.tariff.texts import words
from app.words import N_, _

CheckKind = Literal["required", "consent", "eligibility", "ground"]

_DERIVED: Final = frozenset(
    {"not-same-name", "documents-not-agreed", "no-maintenance-contract", "quantity", "line"}
)
MAINTENANCE: Final = "maintenance"


@dataclass(frozen=True)
class CheckItem:
    """One line of the list. ``code`` is unique in it; ``answer`` the key in ``Application.answers`` that
    sees to it, "" where it is ``automatic``.

    ``seen_to``: done, or found not to stand in the way. ``refuses``: it stands in the way of acceptance.
    ``detail``: what is wrong, in words.
    """

    code: str
    name: str
    kind: CheckKind
    seen_to: bool
    clause: str
    automatic: bool = False
    answer: str = ""
    refuses: bool = False
    detail: str = ""


@dataclass(frozen=True)
class ApplicationScreening:
    """What an application lacks, what refuses it, and the free period of a promotion it earns."""

    missing: tuple[CheckItem, ...]
    refusals: tuple[CheckItem, ...]
    promotion: FreePeriod | None = None

    @property
    def ready(self) -> bool:
        """Whether it can be passed on."""
        return not self.missing and not self.refusals


def checklist(
    content: ContractContent,
    customer: CustomerFields,
    catalogue: Catalogue,
    on: date,
    entries: Sequence[Entry] = (),
) -> tuple[CheckItem, ...]:
    """The list by the edition that stands on a day: required items, consents, eligibility, grounds.

    ``entries``: what is recorded already (whether the important points were explained). Raises UserError
    ``bad-input`` for an unknown service.
    """
    service = catalogue.service(content.service)
    edition = stands_for(service.editions, on)
    return (
        *_required(content, customer, edition),
        _explained(content, service, on, entries),
        *_consents(content, edition),
        *_eligibility(content, customer, service, edition),
        *_grounds(content, edition),
    )


def screen_application(
    content: ContractContent,
    customer: CustomerFields,
    catalogue: Catalogue,
    on: date,
    entries: Sequence[Entry] = (),
) -> ApplicationScreening:
    """What is missing of an application and what refuses it, in the order of the list."""
    items = checklist(content, customer, catalogue, on, entries)
    refusals = tuple(item for item in items if item.refuses)
    missing = tuple(item for item in items if not item.seen_to and not item.refuses)
    edition = stands_for(catalogue.service(content.service).editions, on)
    applied = content.application
    free = None
    if applied.promotion and not refusals:
        free = screening.free_period(_as_asked(content, customer), edition.promotion)
    return ApplicationScreening(missing, refusals, free)


# --- required --------------------------------------------------------------------------------------


def _required(content: ContractContent, customer: CustomerFields, edition: Edition) -> Iterator[CheckItem]:
    answers = content.application.answers
    for one in edition.required:
        if one.for_visit or one.code == "documents":  # each of the documents is a consent of its own
            continue
        known = _KNOWN.get(one.code)
        answer = answers.get(one.code)
        refused = one.code == MAINTENANCE and answer is False
        yield CheckItem(
            one.code,
            words(one.name),
            "required",
            known(content, customer, edition) if known is not None else answer is True,
            one.clause,
            automatic=known is not None,
            answer="" if known is not None else one.code,
            refuses=refused,
            detail=_("保守契約がありません。") if refused else "",
        )
    yield from _asked_for_by_life(content, edition)


def _explained(content: ContractContent, service: Service, on: date, entries: Sequence[Entry]) -> CheckItem:
    """The important points, explained of the edition the contract is to begin under."""
    found = explanation_standing(entries, service.editions, content.application.wished_start, on)
    return CheckItem(
        "explained",
        _("重要事項の説明"),
        "required",
        not found.missing and not found.outdated,
        "",
        automatic=True,
        detail=_("開始のときより前の版の説明です。") if found.outdated else "",
    )


def _asked_for_by_life(content: ContractContent, edition: Edition) -> Iterator[CheckItem]:
    """What the terms make necessary without naming it: the number of the line, the order of receipt."""
    life = edition.life
    if life is None:
        return
    if life.one_per_line_clause:
        yield CheckItem(
            "line-number",
            _("インターネット回線の番号（1回線1契約）"),
            "required",
            bool(content.line_number.strip()),
            life.one_per_line_clause,
            automatic=True,
        )
    if life.receipt_order_clause:
        yield CheckItem(
            "received",
            _("受け付けた日時（受付順に承諾）"),
            "required",
            content.application.received_at is not None,
            life.receipt_order_clause,
            automatic=True,
        )


_Known = Callable[[ContractContent, CustomerFields, Edition], bool]


def _has_items(content: ContractContent, _customer: CustomerFields, edition: Edition) -> bool:
    """Something is ordered, or the service has a fee of its own that every contract has."""
    return any(content.application.items.values()) or any(item.fixed_quantity for item in edition.items)


def _has_start(content: ContractContent, _customer: CustomerFields, _edition: Edition) -> bool:
    return content.application.wished_start is not None


# Required items that the record itself answers, by their code in the tariff.
_KNOWN: Final[Mapping[str, _Known]] = {
    "services": _has_items,
    "quantity": _has_items,
    "contractor": lambda _content, customer, _edition: bool(customer.name.strip()),
    "address": lambda _content, customer, _edition: bool(customer.address.strip()),
    "phone": lambda content, customer, _edition: bool((customer.phone or content.contact.phone).strip()),
    "email": lambda content, customer, _edition: bool((customer.email or content.contact.email).strip()),
    "line": lambda content, _customer, _edition: bool(content.line_number.strip()),
    "start": _has_start,
    "opening": _has_start,
    "delivery": lambda content, customer, _edition: bool((content.site.address or customer.address).strip()),
}


# --- consents --------------------------------------------------------------------------------------


def _consents(content: ContractContent, edition: Edition) -> Iterator[CheckItem]:
    if edition.life is None:
        return
    answers = content.application.answers
    refused_by = next((one for one in edition.conditions if one.when == "documents-not-agreed"), None)
    for one in edition.life.consents:
        answer = answers.get(one.code)
        refuses = answer is False and (
            one.kind == "anti-social" or (refused_by is not None and one.kind == "terms")
        )
        yield CheckItem(
            one.code,
            words(one.name),
            "consent",
            one.deemed or answer is True,
            one.clause,
            automatic=one.deemed,
            answer="" if one.deemed else one.code,
            refuses=refuses,
            detail=_("同意されていません。") if refuses else "",
        )


# --- eligibility and grounds -----------------------------------------------------------------------


def _eligibility(
    content: ContractContent, customer: CustomerFields, service: Service, edition: Edition
) -> Iterator[CheckItem]:
    """Whether the service may be had: the line, whose it is, the quantities, what must stand beside it."""
    found = screening.screen(_as_asked(content, customer), service, edition).grounds
    holding = {one.code + one.when for one in found}
    for one in edition.conditions:
        name = _POSITIVE.get(one.when)
        if name is None or not _concerns(one, content):
            continue
        refuses = one.code + one.when in holding
        yield CheckItem(
            f"eligible-{one.when}",
            _(name),
            "eligibility",
            not refuses,
            one.clause,
            automatic=True,
            refuses=refuses,
            detail=words(one.name) if refuses else words(one.note) if one.note is not None else "",
        )
    yield _quantity(content, customer, edition)


_POSITIVE: Final[Mapping[str, str]] = {
    "not-same-name": N_("申込者が回線の契約者である"),
    "line": N_("対象の回線の契約がある"),
}


def _concerns(condition: Condition, content: ContractContent) -> bool:
    return not condition.lines or content.line in condition.lines


def _quantity(content: ContractContent, customer: CustomerFields, edition: Edition) -> CheckItem:
    """Quantities and options the price list holds (1 to 50 licences, 5 to 9,999 IDs)."""
    applied = content.application
    given = Ordered(content.service, edition, applied.items, applied.options, content.agreed)
    has_some = _has_items(content, customer, edition)
    problems = tuple(check_ordered(given)) if edition.priced and has_some else ()
    clause = next((item.range_clause for item in edition.items if item.range_clause), "")
    return CheckItem(
        "eligible-quantity",
        _("数量・オプションが料金表の範囲にある"),
        "eligibility",
        has_some and not problems,
        problems[0].clause if problems and problems[0].clause else clause or edition.items[0].clause,
        automatic=True,
        refuses=bool(problems),
        detail=" ".join(dict.fromkeys(problem.what for problem in problems)),
    )


def _grounds(content: ContractContent, edition: Edition) -> Iterator[CheckItem]:
    """The grounds that somebody has to look into; True among the answers: it holds."""
    answers = content.application.answers
    for one in edition.conditions:
        if one.when in _DERIVED or not _concerns(one, content):
            continue
        holds = answers.get(one.when)
        yield CheckItem(
            f"ground-{one.when}",
            words(one.name),
            "ground",
            holds is False,
            one.clause,
            answer=one.when,
            refuses=holds is True,
            detail=words(one.name) if holds else "",
        )


def _as_asked(content: ContractContent, customer: CustomerFields) -> screening.Application:
    """The application as the grounds of refusal look at it."""
    applied = content.application
    holder = content.line_holder.strip()
    return screening.Application(
        line=content.line,
        items=applied.items,
        same_name=not holder or fold_name_parts(holder) == fold_name_parts(customer.name),
        maintenance_contract=applied.answers.get(MAINTENANCE) is not False,
        flags=frozenset(code for code, holds in applied.answers.items() if holds),
        applied_on=applied.applied_on,
        start=applied.wished_start,
        used_promotion_before=applied.used_promotion_before,
    )
