"""Quotations as they are kept: a working draft, and the revisions that were issued."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

import msgspec

from app.quote.content import QuotationContent


class QuotationState(StrEnum):
    """Where a quotation stands. EXPIRED is worked out from ISSUED and the validity date, never stored."""

    DRAFT = "draft"  # 下書き
    ISSUED = "issued"  # 発行
    WON = "won"  # 受注
    LOST = "lost"  # 失注
    EXPIRED = "expired"  # 期限切れ


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The figures lists show, in yen: net per month and per year, total over the term with tax.

    ``open_items``: how many things still keep it from being issued; the figures leave those out.
    """

    monthly_net: int = 0
    yearly_net: int = 0  # services charged by the year, which are no part of ``monthly_net``
    total: int = 0
    open_items: int = 0
    services: str = ""  # short names, "・" between
    title: str = ""


class StoredQuotation(msgspec.Struct, frozen=True, kw_only=True):
    """A quotation. ``content`` is the working text; ``revision`` the last issued one (0 = none yet).

    ``dirty``: the content differs from the last issued revision (a change that will become the next one).
    """

    id: str
    seq: int
    version: int
    state: QuotationState
    number: str  # "" until first issued
    revision: int
    content: QuotationContent
    totals: Totals
    staff: str
    created_at: datetime
    updated_at: datetime
    issued_on: date | None
    valid_until: date | None
    dirty: bool = True
    copied_from: str = ""


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """An issued revision, frozen: the content, the editions and readings it used, its sums, and its paper."""

    quotation_id: str
    number: str
    revision: int
    content: QuotationContent
    issued_on: date
    issued_at: datetime
    valid_until: date
    staff: str
    editions: dict[str, str]  # service → first day of the edition ("" = undated)
    readings: dict[str, str]  # "service:name" → choice
    frozen: dict[str, Any]  # lines and sums as plain data
    paper_id: str


class IssuedPaper(msgspec.Struct, frozen=True, kw_only=True):
    """Exact bytes of an issued paper with their SHA-256 (hex)."""

    id: str
    kind: str
    number: str
    revision: int
    customer: str
    issued_on: date
    total: int
    sha256: str
    pdf: bytes


class PaperHead(msgspec.Struct, frozen=True, kw_only=True):
    """An issued paper without its bytes, for lists."""

    id: str
    kind: str
    number: str
    revision: int
    customer: str
    issued_on: date
    total: int
    sha256: str
    issued_at: datetime


class QuotationRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the list of quotations."""

    seq: int
    id: str
    number: str
    revision: int
    customer: str
    kana: str
    town: str
    phone: str
    title: str
    services: str
    state: QuotationState
    monthly_net: int
    yearly_net: int
    total: int
    open_items: int
    issued_on: date | None
    valid_until: date | None
    updated_at: datetime
    staff: str
    dirty: bool


class QuotationQuery(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shows: words to find, states, service, staff, one customer's, and the order."""

    words: str = ""
    customer_id: str = ""  # "" = everybody's
    states: tuple[QuotationState, ...] = ()
    service: str = ""
    staff: str = ""
    sort: str = "updated_at"  # number customer title state monthly_net total issued_on valid_until updated_at
    descending: bool = True


class CustomerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One hit of the customer search or row of the list."""

    seq: int
    id: str
    kind: str
    name: str
    kana: str
    town: str
    address: str
    phone: str
    person: str
    quotations: int = 0
