"""Bills of a month for all contracts, what is added to them, and what was paid."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal

import msgspec

from app.money import TaxKind

PaymentMethod = Literal["transfer", "account-transfer", "cash", "phone-bill", "offset"]
ClaimKind = Literal["late-interest", "surcharge", "visit", "adjustment"]


class RunState(StrEnum):
    """Where the run of a month stands."""

    RUNNING = "running"  # 計算中、または途中で止まった
    OPEN = "open"  # 計算済み（締め前）
    CLOSED = "closed"  # 締め済み


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """The charges of a month for all contracts. ``done_seq``: contracts up to this ``seq`` are worked out.

    ``readings``: the owner's choices it was worked out with, by the name of the reading. ``sha256`` (hex)
    covers every bill in the order of contracts; set when closed. Sums are yen.
    """

    id: str
    version: int
    month: str  # 2026-11
    number: str = ""  # given when closed
    state: RunState
    started_at: datetime
    closed_at: datetime | None = None
    staff: str
    done_seq: int = 0
    contracts: int = 0
    bills: int = 0
    refused: int = 0
    net: int = 0
    tax: int = 0
    exempt: int = 0
    total: int = 0
    readings: dict[str, str] = {}
    sha256: str = ""


class BillLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A line as it was billed, in net yen. ``name`` and ``detail`` are the words the customer read.

    ``why`` explains lines that no timeline can work out again (claims, adjustments). The reason of all
    others is worked out anew from the entries the bill had seen. ``month``: the closed month an adjustment
    puts right (``2026-10``), "" for every other line.
    """

    item: str
    name: str
    amount: int
    quantity: int | None = None
    unit: str = ""
    unit_price: int | None = None
    tax: TaxKind = TaxKind.STANDARD
    detail: str = ""
    clause: str = ""
    claim: str = ""  # id of the claim it stands for
    month: str = ""
    why: tuple[str, ...] = ()


class BillContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The lines of a bill. ``seen``: the ``seq`` of the last entry of the contract it was worked out of."""

    lines: tuple[BillLine, ...] = ()
    seen: int = 0


class StoredBill(msgspec.Struct, frozen=True, kw_only=True):
    """What one contract is charged for one month. ``contract_version``: of which it was worked out.
    ``refused``: why it could not be (the code of the error); then there are no lines. Yen.
    """

    id: str
    run_id: str
    contract_id: str
    contract_seq: int
    contract_version: int
    month: str
    net: int
    tax: int
    exempt: int
    total: int
    due_on: date | None
    content: BillContent
    refused: str = ""


class BillRow(msgspec.Struct, frozen=True, kw_only=True):
    """A bill in a list: of a run, or of a contract. ``paid``: yen paid so far; ``closed``: it is frozen;
    ``seq``: of the contract.
    """

    id: str
    contract_id: str
    number: str  # of the contract
    customer: str
    service: str
    month: str
    net: int
    tax: int
    exempt: int
    total: int
    due_on: date | None
    paid: int = 0
    closed: bool = False
    refused: str = ""
    seq: int = 0


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be put on a contract's next bill, once: late interest, 割増金, visit work, an adjustment
    of a closed month. ``cause``: what it comes from (a bill's id, a month, a visit), unique per kind, so
    that nothing is claimed twice. ``bill_id``: the bill it stands on, "" while it waits.
    """

    id: str
    contract_id: str
    kind: ClaimKind
    cause: str
    lines: tuple[BillLine, ...]
    created_at: datetime
    staff: str
    bill_id: str = ""
    withdrawn: str = ""  # why it was taken back


def late_bill(cause: str) -> str:
    """The id of the bill that was paid late, from the cause of a claim of late interest. Once billed interest
    was given back, a further claim of the same bill has a number: ``<id>/2``.
    """
    return cause.partition("/")[0]


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """Money that came for a bill (yen; negative: paid back). One transfer may pay several bills: ``receipt``
    is the same for its parts. ``bill_id`` "": it waits for the next bill (前受). ``voided``: why it was
    taken back.
    """

    id: str
    contract_id: str
    bill_id: str
    on: date
    amount: int
    method: PaymentMethod
    receipt: str
    staff: str
    at: datetime
    note: str = ""
    voided: str = ""


class Receivable(msgspec.Struct, frozen=True, kw_only=True):
    """A closed bill that is not paid in full, for the ageing list. ``days``: since the due date."""

    bill: BillRow
    customer_id: str
    phone: str
    open: int  # yen
    days: int
