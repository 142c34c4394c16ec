"""Who the desk deals with."""

from datetime import date, datetime
from typing import Literal

import msgspec

CustomerKind = Literal["corporation", "sole-trader", "organisation"]


def charged_as(kind: CustomerKind) -> Literal["corporation", "individual"]:
    """How the terms look at a customer: a 法人, or anyone else."""
    return "corporation" if kind == "corporation" else "individual"


class CustomerFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is known of a customer. All texts are plain lines; empty means not known.

    ``kind``: corporation 法人, sole-trader 個人事業主, organisation 団体. ``postal_code`` is seven digits
    without a hyphen.
    ``prefecture`` + ``address`` + ``building`` make the postal address. ``person`` is who we write to,
    ``department`` where.
    """

    kind: CustomerKind = "corporation"
    name: str = ""
    kana: str = ""
    postal_code: str = ""
    prefecture: str = ""
    address: str = ""
    building: str = ""
    department: str = ""
    person: str = ""
    phone: str = ""
    email: str = ""
    note: str = ""


class Customer(msgspec.Struct, frozen=True, kw_only=True):
    """A customer as stored. ``id`` is a UUIDv7 in text; ``version`` grows with each change; ``seq`` is
    local.
    """

    id: str
    seq: int
    version: int
    fields: CustomerFields


class CustomerContact(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several people to speak to."""

    name: str = ""
    kana: str = ""
    department: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""


class CustomerSite(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of several places of the customer. ``area`` "": worked out from the prefecture."""

    name: str = ""
    postal_code: str = ""
    address: str = ""
    phone: str = ""
    area: Literal["", "west", "east"] = ""


class CustomerBilling(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where bills go (empty: the customer's own address) and how they are paid.

    ``method``: invoice 請求書, account-transfer 口座振替, phone-bill 電話料金合算.
    """

    name: str = ""
    department: str = ""
    person: str = ""
    postal_code: str = ""
    address: str = ""
    method: Literal["", "invoice", "account-transfer", "phone-bill"] = ""


class CustomerNotice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change the customer notified (届出): when, of what, since when, with what proof. Before and after
    are the texts of the fields.
    """

    on: date
    fields: dict[str, tuple[str, str]]
    changed_on: date | None = None
    proof: str = ""
    staff: str = ""
    at: datetime | None = None


class CustomerChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who changed which fields when; ``version`` is the customer's after it. ``contacts``, ``sites``,
    ``billing`` and ``corporate_number`` stand for all that is below them.
    """

    at: datetime
    staff: str
    fields: tuple[str, ...]
    version: int


class CustomerDetails(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What contracts need to know of a customer beyond a quotation. ``corporate_number`` is 法人番号, 13
    digits. ``notices`` only grow; ``changes`` are the latest ones.
    """

    corporate_number: str = ""
    contacts: tuple[CustomerContact, ...] = ()
    sites: tuple[CustomerSite, ...] = ()
    billing: CustomerBilling = CustomerBilling()
    notices: tuple[CustomerNotice, ...] = ()
    changes: tuple[CustomerChange, ...] = ()


class Merge(msgspec.Struct, frozen=True, kw_only=True):
    """Two customers found to be one: ``gone`` became part of ``kept``. ``undone_at``: when it was taken
    back. ``memo``: what the use case needs for that, as JSON.
    """

    id: str
    kept: str
    gone: str
    at: datetime
    staff: str
    undone_at: datetime | None = None
    memo: str = ""
