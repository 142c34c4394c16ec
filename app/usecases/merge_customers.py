"""Two customers that are one: seen side by side, made one with a choice per field, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

import msgspec

from app.contract.customer import (
    Customer,
    CustomerChange,
    CustomerDetails,
    CustomerFields,
    Merge,
)
from app.contract.record import ContractQuery
from app.errors import Problem, UserError
from app.quote.stored import QuotationQuery
from app.usecases.check_customer import check_customer, tidy_details, tidy_fields
from app.usecases.desk import Desk
from app.usecases.keep_customer import MOST_CHANGES
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.words import _

Side = Literal["kept", "gone"]

FIELD_CHOICES: Final = (
    ("kind",),
    ("name", "kana"),
    ("postal_code", "prefecture", "address", "building"),
    ("department", "person"),
    ("phone",),
    ("email",),
)
"""What is chosen together: the parts of a name, of an address."""


@dataclass(frozen=True)
class Half:
    """One of two customers, with what hangs on it."""

    customer: Customer
    details: CustomerDetails
    quotations: int
    contracts: int


@dataclass(frozen=True)
class Pair:
    """Two customers side by side."""

    kept: Half
    gone: Half

    def turned(self) -> Pair:
        """With the other one kept."""
        return Pair(self.gone, self.kept)


class MergeMemo(msgspec.Struct, frozen=True, kw_only=True):
    """What a merge did to the one that was kept, so that it can be taken back."""

    before: CustomerFields
    before_details: CustomerDetails
    after: CustomerFields
    after_details: CustomerDetails


def read_pair(desk: Desk, kept: str, gone: str) -> Pair:
    """Two stored customers. UserError ``not-found``, ``same-customer``."""
    _refuse_same(kept, gone)
    with desk.storage.look() as work:
        return Pair(_half(desk, work, kept), _half(desk, work, gone))


def belongings(desk: Desk, ids: tuple[str, ...]) -> tuple[frozenset[str], frozenset[str]]:
    """The ids of the quotations and of the contracts of customers."""
    with desk.storage.look() as work:
        today = desk.today()
        quotations = [
            row.id
            for one in ids
            for row in work.quotations.rows(
                work.quotations.seqs(QuotationQuery(customer_id=one), today), today
            )
        ]
        contracts = [
            row.id
            for one in ids
            for row in work.contracts.rows(work.contracts.seqs(ContractQuery(customer_id=one)))
        ]
    return frozenset(quotations), frozenset(contracts)


def likelier_kept(pair: Pair) -> Pair:
    """The one with more hanging on it is kept; of equals the older."""

    def weight(half: Half) -> tuple[int, int, int]:
        return half.contracts, half.quotations, -half.customer.seq

    return pair if weight(pair.kept) >= weight(pair.gone) else pair.turned()


def merged_fields(pair: Pair, choices: Mapping[str, Side]) -> CustomerFields:
    """The fields as chosen; ``choices`` by the first name of each group, the kept one's where none is made,
    the other's where the kept one knows nothing. Both notes are kept.
    """
    kept, gone = pair.kept.customer.fields, pair.gone.customer.fields
    values: dict[str, Any] = {}
    for group in FIELD_CHOICES:
        source = gone if side_of(pair, group, choices) == "gone" else kept
        values.update((name, getattr(source, name)) for name in group)
    notes = dict.fromkeys(note for note in (kept.note, gone.note) if note)
    return msgspec.structs.replace(kept, **values, note="\n".join(notes))


def side_of(pair: Pair, group: tuple[str, ...], choices: Mapping[str, Side]) -> Side:
    """Whose words of a group stand: as chosen, else the kept one's unless it has none."""
    chosen = choices.get(group[0])
    if chosen is not None:
        return chosen
    kept, gone = pair.kept.customer.fields, pair.gone.customer.fields
    nothing = not any(getattr(kept, name) for name in group)
    return "gone" if nothing and any(getattr(gone, name) for name in group) else "kept"


def merged_details(pair: Pair, choices: Mapping[str, Side]) -> CustomerDetails:
    """Corporate number and billing as chosen; contacts, sites and notices of both, each once."""
    kept, gone = pair.kept.details, pair.gone.details

    def chosen(name: str, empty: object) -> Any:
        mine, others = getattr(kept, name), getattr(gone, name)
        if choices.get(name) == "gone" or (name not in choices and mine == empty):
            return others
        return mine

    return CustomerDetails(
        corporate_number=chosen("corporate_number", ""),
        billing=chosen("billing", type(kept.billing)()),
        contacts=tuple(dict.fromkeys((*kept.contacts, *gone.contacts))),
        sites=tuple(dict.fromkeys((*kept.sites, *gone.sites))),
        notices=tuple(sorted((*kept.notices, *gone.notices), key=lambda notice: notice.on)),
        changes=kept.changes,
    )


def merge_customers(desk: Desk, pair: Pair, fields: CustomerFields, details: CustomerDetails) -> Merge:
    """Make the two one, with these fields: quotations, contracts, notes and scans go over to the kept one.

    Raises UserError with every problem of the fields, ConflictError when one of them was changed since.
    """
    kept, gone = pair.kept.customer, pair.gone.customer
    _refuse_same(kept.id, gone.id)
    fields, details = tidy_fields(fields), tidy_details(details)
    check_customer(fields, details)
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.MERGE)
        staff = who(work.settings.load())
        change = CustomerChange(at=desk.now(), staff=staff, fields=("merged",), version=kept.version + 1)
        details = msgspec.structs.replace(details, changes=(*details.changes, change)[-MOST_CHANGES:])
        memo = MergeMemo(
            before=kept.fields,
            before_details=pair.kept.details,
            after=fields,
            after_details=details,
        )
        merge = work.customers.merge(
            kept.id, kept.version, gone.id, gone.version, staff, msgspec.json.encode(memo).decode()
        )
        _put(work, kept.id, fields, details)
        work.audit.record(staff, "customers-merged", kept.id, {"gone": gone.id, "merge": merge.id})
        work.commit()
    return merge


def undo_merge(desk: Desk, merge_id: str, kept_id: str) -> Customer:
    """Take a merge back: the other customer stands again with what was its own. What was changed of the kept
    one since then stays; all else becomes as it was before.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.MERGE)
        merge = next((one for one in work.customers.merges(kept_id) if one.id == merge_id), None)
        if merge is None or merge.undone_at is not None:
            raise _no_merge()
        work.customers.undo_merge(merge_id)
        if merge.memo:
            _restore(work, merge)
        staff = who(work.settings.load())
        work.audit.record(staff, "customers-merge-undone", merge.kept, {"merge": merge_id})
        kept = work.customers.get(merge.kept)
        work.commit()
    return kept


def _restore(work: UnitOfWork, merge: Merge) -> None:
    """The kept one as before, but for what somebody wrote after the merge."""
    memo = msgspec.json.decode(merge.memo, type=MergeMemo)
    now = work.customers.get(merge.kept).fields
    fields = _three_way(memo.before, memo.after, now)
    details = work.customers.details(merge.kept)
    new_notices = tuple(one for one in details.notices if one not in memo.after_details.notices)
    restored = msgspec.structs.replace(
        _three_way(memo.before_details, memo.after_details, details),
        notices=(*memo.before_details.notices, *new_notices),
        changes=details.changes,
    )
    _put(work, merge.kept, fields, restored)


def _three_way(before: Any, after: Any, now: Any) -> Any:
    """Each field as before the merge where it still is what the merge made it, else as it is now."""
    values = {
        name: getattr(before, name) if getattr(now, name) == getattr(after, name) else getattr(now, name)
        for name in now.__struct_fields__
    }
    return msgspec.structs.replace(now, **values)


def _put(work: UnitOfWork, customer_id: str, fields: CustomerFields, details: CustomerDetails) -> None:
    now = work.customers.get(customer_id)
    if now.fields != fields:
        now = work.customers.save(customer_id, now.version, fields)
    if work.customers.details(customer_id) != details:
        work.customers.save_details(customer_id, now.version, details)


def _half(desk: Desk, work: UnitOfWork, customer_id: str) -> Half:
    return Half(
        work.customers.get(customer_id),
        work.customers.details(customer_id),
        len(work.quotations.seqs(QuotationQuery(customer_id=customer_id), desk.today())),
        len(work.contracts.seqs(ContractQuery(customer_id=customer_id))),
    )


def _refuse_same(kept: str, gone: str) -> None:
    if kept == gone:
        raise UserError(
            Problem(
                "same-customer",
                _("同じ顧客どうしは統合できません。"),
                remedy=_("統合する相手に別の顧客を選んでください。"),
            )
        )


def _no_merge() -> UserError:
    return UserError(
        Problem(
            "not-found",
            _("取り消せる統合が見つかりません。"),
            why=_("すでに取り消されている可能性があります。"),
        )
    )
