"""A contract as it is kept: what was agreed, what happened, and where it stands today."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, cast, get_args

import msgspec

from app.contract.facts import AgreedUnitPrice, Area, CustomerKind, Fact, LineKind, Timeline, Voided
from app.contract.steps import Step

Entry = Fact | Step
"""Anything that is recorded of a contract."""

_STEPS = frozenset(get_args(Step))

BillingMethod = Literal["", "invoice", "account-transfer", "phone-bill"]


class Kept(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of the records of a contract: immutable, strict about unknown keys."""


class ContractState(StrEnum):
    """Where a contract stands on a day. Worked out from its entries (``app.contract.life``)."""

    PREPARING = "preparing"  # 申込準備
    SUBMITTED = "submitted"  # 審査中
    REFUSED = "refused"  # 不承諾
    WITHDRAWN = "withdrawn"  # 取下げ
    ACCEPTED = "accepted"  # 開始待ち
    REVOKED = "revoked"  # 承諾取消
    ACTIVE = "active"  # 利用中
    SUSPENDED = "suspended"  # 利用停止
    ENDING = "ending"  # 解約予定
    ENDED = "ended"  # 解約済み


OVER = frozenset({ContractState.REFUSED, ContractState.WITHDRAWN, ContractState.REVOKED, ContractState.ENDED})
"""The states of a contract that is over."""


class ContractSite(Kept, frozen=True, kw_only=True, gc=False):
    """Where the service is used. ``area``: which of the two companies' territories it lies in."""

    name: str = ""
    postal_code: str = ""
    address: str = ""
    area: Area = "west"


class ContractContact(Kept, frozen=True, kw_only=True, gc=False):
    """Whom to call about the contract."""

    name: str = ""
    department: str = ""
    phone: str = ""
    email: str = ""


class BillingAddress(Kept, frozen=True, kw_only=True, gc=False):
    """Where bills go, empty where it is the customer's own address, and how they are paid."""

    name: str = ""
    department: str = ""
    person: str = ""
    postal_code: str = ""
    address: str = ""
    method: BillingMethod = ""


class Application(Kept, frozen=True, kw_only=True, gc=False):
    """What the customer applied for. ``answers``: the check list, by the codes of the tariff (required
    items, consents and grounds of refusal): True = seen to / holds. ``received_at`` keeps the order of
    receipt.
    """

    applied_on: date | None = None
    received_at: datetime | None = None
    wished_start: date | None = None
    items: dict[str, int] = {}
    options: dict[str, bool | int] = {}
    answers: dict[str, bool] = {}
    promotion: bool = False
    used_promotion_before: bool = False
    remarks: str = ""


class ContractContent(Kept, frozen=True, kw_only=True, gc=False):
    """What is known of a contract apart from what happened to it.

    ``line_number``: the internet line it stands on (回線番号), ``line_holder`` whose line it is where that is
    somebody else. ``provider_number``: the provider's own number of the contract. ``billed_from``: the
    first month this desk bills (``2026-11``; "": from the start); what came before was billed elsewhere.
    """

    service: str
    title: str = ""
    customer_kind: CustomerKind = "corporation"
    line: LineKind = "flets"
    line_number: str = ""
    line_holder: str = ""
    provider_number: str = ""
    site: ContractSite = ContractSite()
    contact: ContractContact = ContractContact()
    billing: BillingAddress = BillingAddress()
    agreed: tuple[AgreedUnitPrice, ...] = ()
    application: Application = Application()
    quotation_id: str = ""
    quotation_number: str = ""
    billed_from: str = ""
    remarks: str = ""


def facts_among(entries: Iterable[Entry]) -> tuple[Fact, ...]:
    """The facts among entries, without what voids a step: charges know no steps."""
    every = tuple(entries)
    steps = {one.id for one in every if type(one) in _STEPS}
    if not steps:
        return cast("tuple[Fact, ...]", every)
    return tuple(
        cast("Fact", one)
        for one in every
        if type(one) not in _STEPS and not (type(one) is Voided and one.voids in steps)
    )


class Recorded(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An entry with who recorded it and when. ``seq`` is the order of recording at this desk; ``note`` the
    staff's own words. ``entry.id`` is the entry's id.
    """

    entry: Entry
    recorded_at: datetime
    staff: str
    seq: int
    note: str = ""


class DeadlineDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day to be kept for a contract. ``code`` as in ``app.contract.deadlines`` or the code of an own one;
    ``since``: where it is a span, its first day (``on`` is the last). ``whose``: whose move it is.
    ``name`` where the words are not those of the code (Japanese, English from the tariff).
    """

    code: str
    on: date
    since: date | None = None
    whose: Literal["customer", "desk", "provider"] = "customer"
    clause: str = ""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a contract stands on a day: what lists show, sort and filter by.

    ``quantity`` of ``item`` (the item that counts most; its unit is in the tariff); fees in net yen.
    ``holds_line``: it keeps its line from another contract of the service. ``recheck_on``: the first day on
    which something of this may differ, None when nothing will.
    """

    state: ContractState
    quantity: int = 0
    item: str = ""
    monthly_net: int = 0
    yearly_net: int = 0
    started_on: date | None = None
    ended_on: date | None = None
    holds_line: bool = False
    recheck_on: date | None = None
    deadlines: tuple[DeadlineDay, ...] = ()

    @property
    def next_deadline(self) -> DeadlineDay | None:
        """The one that comes first, past ones included until they are seen to."""
        return min(self.deadlines, key=lambda one: (one.on, one.code), default=None)


class StoredContract(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A contract with everything recorded of it, in the order of recording."""

    id: str
    seq: int
    version: int
    number: str
    customer_id: str
    content: ContractContent
    entries: tuple[Recorded, ...]
    state: ContractState  # as last worked out
    staff: str
    created_at: datetime
    updated_at: datetime

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts among the entries."""
        return facts_among(one.entry for one in self.entries)

    @property
    def timeline(self) -> Timeline:
        """What charges are worked out from."""
        content = self.content
        return Timeline(
            service=content.service,
            facts=self.facts,
            customer=content.customer_kind,
            line=content.line,
            area=content.site.area,
            agreed=content.agreed,
        )


class ContractRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the list of contracts. ``next_code`` is the code of the next deadline."""

    seq: int
    id: str
    number: str
    customer_id: str
    customer: str
    kana: str
    town: str
    phone: str
    service: str
    state: ContractState
    quantity: int
    item: str
    monthly_net: int
    yearly_net: int
    started_on: date | None
    ended_on: date | None
    next_on: date | None
    next_since: date | None
    next_code: str
    staff: str
    line_number: str
    provider_number: str
    updated_at: datetime


class ContractQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shows: words to find, states, services, staff, one customer's, deadlines up to a day,
    and the order.
    """

    words: str = ""
    customer_id: str = ""
    states: tuple[ContractState, ...] = ()
    services: tuple[str, ...] = ()
    staff: str = ""
    next_until: date | None = None
    sort: str = (
        "updated_at"  # number customer service state quantity monthly_net started_on next_on updated_at
    )
    descending: bool = True


class ContractSums(msgspec.Struct, frozen=True, kw_only=True):
    """What chosen contracts come to: net yen a month and a year, and units by item code."""

    count: int = 0
    monthly_net: int = 0
    yearly_net: int = 0
    units: dict[str, int] = {}


class DeadlineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline of a contract, for Home and the calendar; with ``quotation_id`` the day a quotation runs out
    (``service`` then names its services in words).
    """

    contract_id: str
    number: str
    customer: str
    phone: str
    service: str
    state: ContractState | None
    deadline: DeadlineDay
    quotation_id: str = ""
