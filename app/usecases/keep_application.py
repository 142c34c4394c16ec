"""An application from its first line to the start: kept while prepared, passed on in the order of receipt,
accepted or refused by the provider, and begun.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import msgspec

from app.contract.actions import Action
from app.contract.application import applies
from app.contract.checklist import screen_application
from app.contract.customer import CustomerFields
from app.contract.date_reason import DateReason
from app.contract.facts import Billing, Promoted, Started
from app.contract.life import circumstances, entries_standing, state_on
from app.contract.life_table import permitted
from app.contract.opening import Wish, opening_date
from app.contract.record import (
    ContractContent,
    ContractQuery,
    ContractRow,
    ContractState,
    Entry,
    StoredContract,
)
from app.contract.steps import Accepted, Explained, Refused, Revoked, Submitted, Withdrawn
from app.errors import Problem, Problems, UserError
from app.papers.issuer import Settings
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import PrepaidYear
from app.usecases.desk import Desk
from app.usecases.desk_code import check_desk_code
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.record_entry import record, record_in
from app.usecases.stand_contract import standing_of
from app.words import _

KIND: Final = "C"
_APPLIED: Final = ("service", "application", "agreed", "customer_kind", "line")


@dataclass(frozen=True)
class StartDay:
    """The day the service is to begin by its terms, with its reason where they count it; the clause."""

    on: date | None
    reason: DateReason | None
    clause: str


def start_application(desk: Desk, customer_id: str, content: ContractContent) -> StoredContract:
    """A new contract in preparation, with its number. Raises UserError ``no-desk-code``,
    ``unknown-customer``, ``bad-input`` for an unknown service.
    """
    with desk.storage.work() as work:
        stored = prepare_in(desk, work, customer_id, content, work.settings.load())
        work.commit()
    return stored


def prepare_in(
    desk: Desk, work: UnitOfWork, customer_id: str, content: ContractContent, settings: Settings
) -> StoredContract:
    """As ``start_application``, inside a transaction of the caller, who commits."""
    check_desk_code(settings)
    require(work, settings, Act.SELL)
    catalogue, today = desk.catalogue_for(settings), desk.today()
    if content.application.received_at is None:
        applied = msgspec.structs.replace(content.application, received_at=desk.now())
        content = msgspec.structs.replace(content, application=applied)
    if not content.billing.method:  # as the customer pays, until somebody settles otherwise
        method = work.customers.details(customer_id).billing.method
        billing = msgspec.structs.replace(content.billing, method=method)
        content = msgspec.structs.replace(content, billing=billing)
    number = work.numbers.next(KIND, settings.desk_code, today)
    standing = standing_of(content, (), catalogue, today)
    stored = work.contracts.add(number, customer_id, content, standing, who(settings))
    work.audit.record(
        who(settings), "contract-prepared", stored.id, {"number": number, "service": content.service}
    )
    return stored


def save_application(desk: Desk, contract_id: str, version: int, content: ContractContent) -> StoredContract:
    """Store what is known of a contract. What was applied for can be written only while it is prepared; line
    number, contact, billing and the rest at any time.

    Raises ConflictError; UserError with the clause where the application is no longer open, ``line-taken``.
    """
    with desk.storage.work() as work:
        stored = work.contracts.get(contract_id)
        if stored.version == version and _applied_differs(stored.content, content):
            _refuse_unless_open(desk, work, stored)
        changed = record_in(desk, work, contract_id, version, (), content=content)
        work.commit()
    return changed


def _applied_differs(before: ContractContent, after: ContractContent) -> bool:
    return any(getattr(before, name) != getattr(after, name) for name in _APPLIED)


def _refuse_unless_open(desk: Desk, work: UnitOfWork, stored: StoredContract) -> None:
    catalogue, today = desk.catalogue_for(work.settings.load()), desk.today()
    entries = tuple(one.entry for one in stored.entries)
    service = catalogue.service(stored.content.service)
    refusal = permitted(Action.EDIT, state_on(entries, today), service, today, circumstances(entries, today))
    if refusal is not None:
        raise UserError(
            Problem(refusal.code, refusal.what, refusal.why, refusal.remedy, refusal.clause, "application")
        )


# --- the way to the provider -----------------------------------------------------------------------------


def explain(
    desk: Desk,
    contract_id: str,
    version: int,
    on: date,
    by: str,
    how: Literal["in-person", "phone", "post", "e-mail"] = "in-person",
) -> StoredContract:
    """Record that the important points were explained. Raises UserError, ConflictError."""
    with desk.storage.work() as work:
        stored = work.contracts.get(contract_id)
        catalogue = desk.catalogue_for(work.settings.load())
        edition = stands_for(catalogue.service(stored.content.service).editions, on)
        step = Explained(on=on, by=by, how=how, edition=edition.start)
        changed = record_in(desk, work, contract_id, version, (step,))
        work.commit()
    return changed


def open_points(
    content: ContractContent,
    customer: CustomerFields,
    catalogue: Catalogue,
    on: date,
    entries: Sequence[Entry] = (),
) -> Problems:
    """What an application lacks and what the terms let it be refused for. No part of it: the explanation,
    which a warning asks for before acceptance, and grounds nobody has answered, which the provider looks at.
    Fields are ``application.<code>``.
    """
    problems = Problems()
    screening = screen_application(content, customer, catalogue, on, entries)
    for item in screening.missing:
        if item.code != "explained" and item.kind != "ground":
            problems.add(
                "application-incomplete",
                _("「{name}」が済んでいません。").format(name=item.name),
                why=item.detail,
                remedy=_("申込みの確認表で済ませてください。"),
                clause=item.clause,
                field=f"application.{item.code}",
            )
    for item in screening.refusals:
        problems.add(
            "application-refused",
            _("「{name}」のため、承諾されません。").format(name=item.name),
            why=item.detail,
            clause=item.clause,
            field=f"application.{item.code}",
        )
    return problems


def ahead_in_line(desk: Desk, contract: StoredContract) -> list[ContractRow]:
    """Applications of the service that were received before and are not passed on yet, where the terms ask
    for the order of receipt; none where they do not.
    """
    with desk.storage.look() as work:
        catalogue = desk.catalogue_for(work.settings.load())
        life = stands_for(catalogue.service(contract.content.service).editions, desk.today()).life
        if life is None or not life.receipt_order_clause:
            return []
        query = ContractQuery(
            states=(ContractState.PREPARING,), services=(contract.content.service,), sort="number"
        )
        seqs = [seq for seq in work.contracts.seqs(query) if seq < contract.seq]
        return work.contracts.rows(sorted(seqs))


def submit(
    desk: Desk,
    contract_id: str,
    version: int,
    on: date,
    how: Literal["form", "e-mail", "post", "phone"] = "form",
    *,
    anyway: bool = False,
) -> StoredContract:
    """Pass an application on to the provider; it gets the next place in the order of receipt.

    Raises UserError with everything it lacks (``open_points``) unless ``anyway``; ConflictError.
    """
    with desk.storage.work() as work:
        stored = work.contracts.get(contract_id)
        content = stored.content
        if not anyway and stored.version == version:
            customer = work.customers.get(stored.customer_id).fields
            catalogue = desk.catalogue_for(work.settings.load())
            entries = tuple(one.entry for one in stored.entries)
            open_points(content, customer, catalogue, on, entries).raise_if_any()
        changed = record_in(desk, work, contract_id, version, (Submitted(on=on, how=how),))
        work.commit()
    return changed


def accept(
    desk: Desk,
    contract_id: str,
    version: int,
    issued_on: date,
    effective: date | None = None,
    how: Literal["e-mail", "paper"] = "e-mail",
    provider_number: str = "",
) -> StoredContract:
    """The provider accepted: ``issued_on`` its notice was issued, ``effective`` the day it states (None: the
    same). The provider's number is kept with the contract.

    Raises UserError ``line-taken`` where another contract holds the line; ConflictError.
    """
    step = Accepted(
        on=issued_on, effective=effective or issued_on, how=how, provider_number=provider_number.strip()
    )
    return record(desk, contract_id, version, (step,))


def refuse(
    desk: Desk, contract_id: str, version: int, on: date, grounds: Sequence[str], words: str = ""
) -> StoredContract:
    """The provider refused, on these grounds (short clauses, such as ``8-2-3``). Raises UserError where
    neither grounds nor words say why; ConflictError.
    """
    if not grounds and not words.strip():
        raise UserError(
            Problem(
                "bad-input",
                _("不承諾の理由がありません。"),
                remedy=_("規約の理由を選ぶか、通知の文を入力してください。"),
                field="grounds",
            )
        )
    return record(desk, contract_id, version, (Refused(on=on, grounds=tuple(grounds), words=words.strip()),))


def withdraw(desk: Desk, contract_id: str, version: int, on: date, words: str = "") -> StoredContract:
    """The customer took it back before the start. Raises UserError, ConflictError."""
    return record(desk, contract_id, version, (Withdrawn(on=on, words=words.strip()),))


def revoke(
    desk: Desk, contract_id: str, version: int, on: date, grounds: Sequence[str] = (), words: str = ""
) -> StoredContract:
    """The provider took its acceptance back, where the terms let it. Raises UserError, ConflictError."""
    step = Revoked(on=on, grounds=tuple(grounds), words=words.strip())
    return record(desk, contract_id, version, (step,))


# --- the start -------------------------------------------------------------------------------------------


def start_day(
    content: ContractContent,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
    wish: Wish | None = None,
) -> StartDay:
    """The day the service begins by its terms: the opening worked out from ``wish`` (else the wished day),
    the day stated in the order form, the day acceptance takes effect, or the day the provider begins.
    """
    applied = content.application
    edition = stands_for(catalogue.service(content.service).editions, applied.wished_start or today)
    clause = edition.life.start_clause if edition.life is not None else ""
    if edition.opening is not None and (wish is not None or applied.wished_start is not None):
        asked = wish or Wish(content.service, applied.wished_start or today)
        found = opening_date(asked, catalogue).opening
        return StartDay(found.day, found, found.clause)
    effective = max(
        (one.effective for one in entries_standing(entries) if isinstance(one, Accepted)), default=None
    )
    # A minimum term counts from the day the acceptance states; a year paid ahead from the order form's.
    stated = edition.term is not None and not isinstance(edition.proration, PrepaidYear)
    wished = applied.wished_start
    return StartDay((effective or wished) if stated else (wished or effective), None, clause)


def start_entries(content: ContractContent, catalogue: Catalogue, on: date) -> tuple[Entry, ...]:
    """What the start records: what was applied for, the free period where the application earns one, and how
    it is paid where that was settled (the fees of invoices follow from it).
    """
    applied = content.application
    started = Started(on=on, items=dict(applied.items), options=dict(applied.options))
    method = content.billing.method
    billed = (Billing(method=method),) if method else ()
    editions = catalogue.service(content.service).editions
    promotion = next((one.promotion for one in reversed(editions) if one.promotion), None)
    earns = (
        applied.promotion
        and applied.applied_on is not None
        and promotion is not None
        and applies(promotion, applied.applied_on, used_before=applied.used_promotion_before)
    )
    if not earns or applied.applied_on is None:
        return (started, *billed)
    promoted = Promoted(applied_on=applied.applied_on, used_before=applied.used_promotion_before)
    return started, promoted, *billed


def start(desk: Desk, contract_id: str, version: int, on: date, note: str = "") -> StoredContract:
    """The service began on a day, with what was applied for. Raises UserError, ConflictError."""
    with desk.storage.work() as work:
        stored = work.contracts.get(contract_id)
        catalogue = desk.catalogue_for(work.settings.load())
        entries = start_entries(stored.content, catalogue, on)
        changed = record_in(desk, work, contract_id, version, entries, note=note)
        work.commit()
    return changed
