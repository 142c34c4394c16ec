"""What happened to a contract, as dated facts. Everything else is worked out from them.

A fact is never changed: a correction is a new fact that voids an old one (``Voided``) and, where needed,
another that says how it really was. ``id`` names a fact for that; facts that nobody voids need none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from app.contract.history import History

Quantities = Mapping[str, int]
Options = Mapping[str, bool | int]

EndReason = Literal["terms-change", "arrears", "line-ended", "service-end", "supplier-change"]
OutageCause = Literal["company", "gross-negligence", "third-party", "customer"]
CustomerKind = Literal["corporation", "individual"]
LineKind = Literal["flets", "collab", "other"]
Area = Literal["west", "east"]


class _Fact(msgspec.Struct, frozen=True, kw_only=True, tag_field="fact", gc=False):
    id: str = ""


class Started(_Fact, frozen=True, gc=False, tag="started"):
    """Service began on ``on`` with these quantities and options (サービス開始)."""

    on: date
    items: Quantities
    options: Options = msgspec.field(default_factory=dict)


class Changed(_Fact, frozen=True, gc=False, tag="changed"):
    """From ``on`` the contract has these quantities and options, all of them; None: as before.

    ``reason`` and ``customer_fault`` as for ``Ended``, where the provider's doing made the change needed.
    """

    on: date
    items: Quantities | None = None
    options: Options | None = None
    reason: EndReason | None = None
    customer_fault: bool = False


class Ended(_Fact, frozen=True, gc=False, tag="ended"):
    """The contract ended; ``on`` is the 解約日 as the terms count it.

    ``reason``: the customer disagreed with changed terms (``requested``, ``notified`` and ``effective`` are
    the days of the request, of the notice of the change and of its effect), arrears, the line's end, the
    service's end, or a change on the supplier's side (``customer_fault``: brought about by the customer).
    What ``on`` was worked out from: ``requested`` the day the customer told, ``wished`` the day they wished,
    ``confirmed`` the day the request had been checked. ``ground``: the code of the company's ground in the
    tariff; ``notified`` is then the day it was announced.
    """

    on: date
    by: Literal["customer", "company"] = "customer"
    reason: EndReason | None = None
    customer_fault: bool = False
    requested: date | None = None
    notified: date | None = None
    effective: date | None = None
    wished: date | None = None
    confirmed: date | None = None
    ground: str = ""


class Suspended(_Fact, frozen=True, gc=False, tag="suspended"):
    """利用停止 from ``first`` to ``last`` (None: it lasts). Charges run on.

    ``ground`` is the code of the suspension ground in the tariff, ``notified`` the day it was announced.
    """

    first: date
    last: date | None = None
    ground: str = ""
    notified: date | None = None


class Resumed(_Fact, frozen=True, gc=False, tag="resumed"):
    """The suspension that was running ended: the service works again from ``on`` (利用再開)."""

    on: date


class Interrupted(_Fact, frozen=True, gc=False, tag="interrupted"):
    """提供中止 for works or an emergency, ``since``…``until`` (None: it lasts). It changes no charge: what
    does is an ``Outage``. ``notified``: the day it was announced, None where it was urgent.
    """

    since: datetime
    until: datetime | None = None
    why: str = ""
    notified: date | None = None


class Outage(_Fact, frozen=True, gc=False, tag="outage"):
    """Nothing worked from ``known_at``, when the company knew, to ``restored_at`` (None: still so)."""

    known_at: datetime
    restored_at: datetime | None
    cause: OutageCause


class Restored(_Fact, frozen=True, gc=False, tag="restored"):
    """The outage recorded as ``outage`` (its id) was over at ``at``."""

    outage: str
    at: datetime


class WorksFee(_Fact, frozen=True, gc=False, tag="works-fee"):
    """工事費 in net yen; ``done`` is the share of the works carried out when the contract ended."""

    amount: int
    done: Fraction = Fraction(1)


class Billing(_Fact, frozen=True, gc=False, tag="billing"):
    """How bills are sent and paid, from the month of ``on`` (None: from the start).

    ``phone-bill``: on the bill of the phone line (電話料金合算). ``notice``: a debit notice (口座振替通知書) is
    sent; ``combined``: billed together with other companies' claims. The counts are the requests this fact
    tells of, by month (``2026-07``); those of all facts add up.
    """

    method: Literal["", "invoice", "account-transfer", "phone-bill"] = ""
    notice: bool = False
    combined: bool = False
    receivable_assigned: bool = False
    qualified_invoices: Mapping[str, int] = msgspec.field(default_factory=dict)
    payment_certificates: Mapping[str, int] = msgspec.field(default_factory=dict)
    on: date | None = None


class Transferred(_Fact, frozen=True, gc=False, tag="transferred"):
    """The contract passed to somebody else by agreement (譲渡). Charges run on.

    ``to`` is the name of the new contractor, ``customer_id`` the stored customer, ``from_customer_id`` the
    one before. ``customer_kind``: what the new one is to the terms (None: as the one before). ``approved``:
    the day the provider approved. ``answers``: the conditions of the terms, by their code in the tariff, as
    answered.
    """

    on: date
    to: str
    customer_id: str = ""
    from_customer_id: str = ""
    customer_kind: CustomerKind | None = None
    approved: date | None = None
    answers: Mapping[str, bool] = msgspec.field(default_factory=dict)
    proof: str = ""


class Succeeded(_Fact, frozen=True, gc=False, tag="succeeded"):
    """The contract passed to an heir or a successor company (承継). Charges run on.

    ``customer_id`` is the stored customer, ``from_customer_id`` the one before, ``customer_kind`` as in
    ``Transferred``. ``representative``: who stands for several successors. ``filed``: the day the documents
    came; ``documents``: what they were.
    """

    on: date
    to: str
    customer_id: str = ""
    from_customer_id: str = ""
    customer_kind: CustomerKind | None = None
    representative: str = ""
    filed: date | None = None
    documents: str = ""


class Notified(_Fact, frozen=True, gc=False, tag="notified"):
    """The customer told that name, address, phone, e-mail or billing address changed (届出事項の変更).

    ``what`` are the fields of the customer that changed; ``changed_on`` the day of the change itself;
    ``proof`` what was shown.
    """

    on: date
    what: tuple[str, ...]
    changed_on: date | None = None
    proof: str = ""


class TermsNoticed(_Fact, frozen=True, gc=False, tag="terms-noticed"):
    """The customer was told of changed terms: ``notified`` the day of the notice, ``effective`` the day
    they take effect, ``edition`` the first day of the edition.
    """

    notified: date
    effective: date
    edition: date | None = None


class RenewalDeclined(_Fact, frozen=True, gc=False, tag="renewal-declined"):
    """The customer told on ``on`` that the contract is not to be renewed (更新しない通知)."""

    on: date


class Promoted(_Fact, frozen=True, gc=False, tag="promoted"):
    """The application was made on ``applied_on`` and asked for the free period of a promotion (附則)."""

    applied_on: date
    used_before: bool = False


class Voided(_Fact, frozen=True, gc=False, tag="voided"):
    """The fact with the id ``voids`` never was (訂正)."""

    voids: str


Fact = (
    Started
    | Changed
    | Ended
    | Suspended
    | Resumed
    | Interrupted
    | Outage
    | Restored
    | WorksFee
    | Billing
    | Transferred
    | Succeeded
    | Notified
    | TermsNoticed
    | RenewalDeclined
    | Promoted
    | Voided
)


class AgreedUnitPrice(msgspec.Struct, frozen=True):
    """別段の合意: a net unit price (yen) that goes before the tariff's, with its reason and approver."""

    item: str
    unit_price: int
    reason: str
    approved_by: str


@dataclass(frozen=True)
class Timeline:
    """A contract: whose, on which line, where, and what happened. The order of ``facts`` never matters."""

    service: str
    facts: tuple[Fact, ...]
    customer: CustomerKind = "corporation"
    line: LineKind = "flets"
    area: Area = "west"
    agreed: tuple[AgreedUnitPrice, ...] = ()

    @property
    def history(self) -> History:
        """The facts that hold, in order, read once. Raises LookupError when nothing began the contract."""
        found: History | None = self.__dict__.get("_history")
        if found is None:
            from app.contract.history import read_history

            found = self.__dict__["_history"] = read_history(self.facts)
        return found

    @property
    def started(self) -> Started:
        """The fact that began it. Raises LookupError when there is none."""
        return self.history.started

    @property
    def ended(self) -> Ended | None:
        """The fact that ended it, if any."""
        return self.history.ended
