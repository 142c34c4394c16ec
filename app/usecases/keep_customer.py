"""Register, change and find customers; keep what they notified (届出)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

import msgspec

from app.contract.customer import (
    Customer,
    CustomerChange,
    CustomerDetails,
    CustomerFields,
    CustomerNotice,
    Merge,
)
from app.contract.customer_notice import NoticeTold, notifiable_changes
from app.contract.record import OVER, ContractQuery, ContractRow
from app.errors import Problem, UserError
from app.quote.stored import CustomerRow
from app.usecases.check_customer import check_customer, tidy_details, tidy_fields
from app.usecases.desk import Desk
from app.usecases.differences import differences
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.words import _

MOST_CHANGES: Final = 50
"""How many of the latest changes are kept beside a customer; the audit trail holds all of them."""

Conflicts = Mapping[str, tuple[str, datetime | None]]
"""Field → who changed it since, and when (None: not known)."""


@dataclass(frozen=True)
class OpenedCustomer:
    """A customer with all that is known: details, contracts that are not over, merges (the newest first)."""

    customer: Customer
    details: CustomerDetails
    contracts: tuple[ContractRow, ...] = ()
    merges: tuple[Merge, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)  # names of those merged in, by id


@dataclass(frozen=True)
class StoredChange:
    """What came of a change: the customer, its details, and the contracts (numbers and ids) on which the
    notice was noted.
    """

    customer: Customer
    details: CustomerDetails
    noted: tuple[str, ...] = ()
    noted_ids: tuple[str, ...] = ()


def register_customer(desk: Desk, fields: CustomerFields, details: CustomerDetails | None = None) -> Customer:
    """Store a new customer. Raises UserError with every problem, fields named as in the record."""
    fields, details = tidy_fields(fields), tidy_details(details or CustomerDetails())
    check_customer(fields, details)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        customer = work.customers.add(fields)
        staff = who(work.settings.load())
        if details != CustomerDetails():
            customer = work.customers.save_details(customer.id, customer.version, details)
        work.audit.record(staff, "customer-registered", customer.id, {})
        work.commit()
    return customer


def change_customer(desk: Desk, customer_id: str, version: int, fields: CustomerFields) -> Customer:
    """Store changed fields. Raises UserError, ConflictError when another window changed them first."""
    return store_customer(desk, customer_id, version, fields).customer


def store_customer(
    desk: Desk,
    customer_id: str,
    version: int,
    fields: CustomerFields,
    details: CustomerDetails | None = None,
    told: NoticeTold | None = None,
) -> StoredChange:
    """Store changed fields and details (None: as they are); ``told`` records the change as notified (届出),
    with the customer and with each contract that may still hear of it.

    Raises UserError with every problem, ConflictError when another window changed the customer first.
    """
    fields = tidy_fields(fields)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        before = work.customers.get(customer_id)
        known = work.customers.details(customer_id)
        wanted = tidy_details(details) if details is not None else known
        check_customer(fields, wanted)
        if told is not None:
            check_told(desk, told)
        staff = who(work.settings.load())
        changed = changed_names(before.fields, fields, known, wanted)
        notices = notifiable_changes(before.fields, fields, known, wanted) if told is not None else {}
        customer = work.customers.save(customer_id, version, fields)
        kept = _with_history(desk, known, wanted, staff, changed, customer.version + 1)
        if notices and told is not None:
            notice = CustomerNotice(
                on=told.on,
                fields=notices,
                changed_on=told.changed_on,
                proof=told.proof.strip(),
                staff=staff,
                at=desk.now(),
            )
            kept = msgspec.structs.replace(kept, notices=(*kept.notices, notice))
        if kept != known:
            customer = work.customers.save_details(customer_id, customer.version, kept)
        noted = _note_on_contracts(desk, work, customer_id, told, tuple(notices)) if told else {}
        changes = differences(before.fields, fields)
        changes |= differences(known, wanted, leave_out=("notices", "changes"))
        told_of = {"fields": list(changed), "changes": changes}
        work.audit.record(staff, "customer-changed", customer_id, told_of)
        if notices:
            work.audit.record(staff, "customer-notified", customer_id, {"what": list(notices)})
        work.commit()
    return StoredChange(customer, kept, tuple(noted.values()), tuple(noted))


def _with_history(
    desk: Desk,
    known: CustomerDetails,
    wanted: CustomerDetails,
    staff: str,
    changed: tuple[str, ...],
    version: int,
) -> CustomerDetails:
    """The wanted details; notices and changes are those known here, whoever saw older ones."""
    changes = known.changes
    if changed:
        change = CustomerChange(at=desk.now(), staff=staff, fields=changed, version=version)
        changes = (*changes, change)[-MOST_CHANGES:]
    return msgspec.structs.replace(wanted, notices=known.notices, changes=changes)


def _note_on_contracts(
    desk: Desk, work: UnitOfWork, customer_id: str, told: NoticeTold, what: tuple[str, ...]
) -> dict[str, str]:
    from app.usecases.note_notice import note_on_contracts

    return note_on_contracts(desk, work, customer_id, told, what) if what else {}


def check_told(desk: Desk, told: NoticeTold) -> None:
    """Raise UserError when a notice lies in the future, or its change after the notice is long past."""
    problems = []
    if told.on > desk.today():
        problems.append(
            Problem(
                "out-of-range",
                _("届出日が先の日付です。"),
                remedy=_("届出を受けた日を入力してください。"),
                field="told.on",
            )
        )
    if len(told.proof) > 200:
        problems.append(
            Problem(
                "bad-input",
                _("確認書類が長すぎます。"),
                remedy=_("200文字以内にしてください。"),
                field="told.proof",
            )
        )
    if problems:
        raise UserError(*problems)


def changed_names(
    before: CustomerFields, after: CustomerFields, known: CustomerDetails, wanted: CustomerDetails
) -> tuple[str, ...]:
    """The names of the fields that differ, those of the details included."""
    names = [name for name in after.__struct_fields__ if getattr(before, name) != getattr(after, name)]
    parts = ("corporate_number", "contacts", "sites", "billing")
    return (*names, *(name for name in parts if getattr(known, name) != getattr(wanted, name)))


def changed_since(details: CustomerDetails, version: int) -> Conflicts:
    """Who changed which field after a version was read, the latest of each."""
    found: dict[str, tuple[str, datetime | None]] = {}
    for change in details.changes:
        if change.version > version:
            found.update(dict.fromkeys(change.fields, (change.staff, change.at)))
    return found


def get_customer(desk: Desk, customer_id: str) -> Customer:
    """A stored customer."""
    with desk.storage.look() as work:
        return work.customers.get(customer_id)


def open_customer(desk: Desk, customer_id: str) -> OpenedCustomer:
    """A stored customer with all that is known of it."""
    with desk.storage.look() as work:
        customer = work.customers.get(customer_id)
        merges = tuple(work.customers.merges(customer_id))
        ids = {one.gone for one in merges} | {one.kept for one in merges}
        return OpenedCustomer(
            customer,
            work.customers.details(customer_id),
            live_contracts(work, customer_id),
            merges,
            {other: work.customers.get(other).fields.name for other in sorted(ids - {customer_id})},
        )


def live_contracts(work: UnitOfWork, customer_id: str) -> tuple[ContractRow, ...]:
    """The contracts of a customer that are not over."""
    seqs = work.contracts.seqs(ContractQuery(customer_id=customer_id, sort="number", descending=False))
    return tuple(row for row in work.contracts.rows(seqs) if row.state not in OVER)


def find_customers(desk: Desk, words: str, limit: int = 20) -> list[CustomerRow]:
    """Customers whose name, reading, phone or address holds the words, the likeliest first."""
    with desk.storage.look() as work:
        return work.customers.find(words, limit)


def similar_customers(
    desk: Desk, fields: CustomerFields, details: CustomerDetails | None = None
) -> list[CustomerRow]:
    """Stored customers that may be the same as the one being typed: by the fields, by the corporate number,
    and by phone or e-mail of a contact.
    """
    with desk.storage.look() as work:
        return work.customers.similar(fields, details=details)
