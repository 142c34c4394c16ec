"""Contracts, bills and payments to put into a storage of a test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

import msgspec
import sqlalchemy as sa

from app.charge.stored import BillContent, BillLine, Claim, Payment, Run, RunState, StoredBill
from app.contract.customer import CustomerFields
from app.contract.facts import Changed, Outage, Restored, Started, Voided, WorksFee
from app.contract.record import (
    Application,
    ContractContact,
    ContractContent,
    ContractSite,
    ContractState,
    DeadlineDay,
    Entry,
    Standing,
    StoredContract,
)
from app.contract.steps import Accepted, Submitted
from db.contract_tables import contracts as table
from db.work import SqlWork

MOMENT = datetime(2026, 11, 20, 3, 4, 5, 678901, tzinfo=UTC)
DUE = date(2026, 12, 31)

SAKAI = CustomerFields(
    name="堺臨海倉庫株式会社",
    kana="サカイリンカイソウコ",
    prefecture="大阪府",
    address="堺市堺区築港1-2",
    phone="072-000-0148",
)

ENTRIES: tuple[Entry, ...] = (
    Submitted(on=date(2026, 1, 10), receipt=7),
    Accepted(on=date(2026, 1, 20), effective=date(2026, 2, 1), provider_number="N-77"),
    Started(id="start", on=date(2026, 2, 1), items={"id": 31}, options={"endpoint": True}),
    WorksFee(amount=12_000, done=Fraction(2, 3)),
    Changed(on=date(2026, 5, 1), items={"id": 50}),
    Outage(id="o-1", known_at=datetime(2026, 6, 1, 9, 30, tzinfo=UTC), restored_at=None, cause="company"),
    Restored(outage="o-1", at=datetime(2026, 6, 2, 10, tzinfo=UTC)),
    Voided(voids="start"),
)


SORTS = (
    "number customer service state quantity monthly_net started_on next_on updated_at".split()  # noqa: SIM905
)
"""Every column a list of contracts is sorted by."""


def content(**others: Any) -> ContractContent:
    """What was agreed of a contract of どこでもプライム."""
    fields: dict[str, Any] = {
        "service": "dokodemo",
        "title": "本社のお申込み",
        "line_number": "FL-0123 45",
        "site": ContractSite(name="本社", postal_code="5900000", area="west"),
        "contact": ContractContact(name="坂井 恵子", phone="090-0000-0001"),
        "application": Application(items={"id": 31}, options={"endpoint": True}, answers={"terms": True}),
        **others,
    }
    return ContractContent(**fields)


def standing(**others: Any) -> Standing:
    """Where a contract stands: in use, with one deadline."""
    fields: dict[str, Any] = {
        "state": ContractState.ACTIVE,
        "quantity": 31,
        "item": "id",
        "monthly_net": 74_400,
        "started_on": date(2026, 2, 1),
        "holds_line": True,
        "recheck_on": date(2028, 2, 1),
        "deadlines": (DeadlineDay(code="minimum-term", on=date(2028, 1, 31), clause="12"),),
        **others,
    }
    return Standing(**fields)


def add(work: SqlWork, customer_id: str = "", number: str = "", **others: Any) -> StoredContract:
    """Store a contract, of a new customer unless told. Fields of a standing go there, others to the
    content.
    """
    customer_id = customer_id or work.customers.add(SAKAI).id
    place = len(work.session.connection.execute(sa.select(table.c.seq)).all()) + 1
    told = {name: others.pop(name) for name in Standing.__struct_fields__ if name in others}
    others.setdefault("line_number", f"L-{place}")
    number = number or f"C-A1-2611-{place:04}"
    return work.contracts.add(number, customer_id, content(**others), standing(**told), "田村 美咲")


def record(work: SqlWork, stored: StoredContract, *entries: Entry, **others: Any) -> StoredContract:
    """Append entries."""
    return work.contracts.change(
        stored.id, stored.version, standing(**others), entries=entries, staff="田村 美咲", note="電話で"
    )


def begin(work: SqlWork, month: str = "2026-11") -> Run:
    """A run of a month, begun."""
    run = Run(id="", version=0, month=month, state=RunState.RUNNING, started_at=MOMENT, staff="田村")
    return work.bills.add_run(run)


def bill_for(run: Run, contract: StoredContract, total: int = 110, **others: Any) -> StoredBill:
    """A bill of a contract as it stands; without lines for 0 yen."""
    line = BillLine(item="id", name="利用料", amount=total, why=("10 × 11",))
    fields: dict[str, Any] = {
        "id": f"{run.month}-{contract.seq}",
        "run_id": run.id,
        "contract_id": contract.id,
        "contract_seq": contract.seq,
        "contract_version": contract.version,
        "month": run.month,
        "net": total,
        "tax": 0,
        "exempt": 0,
        "total": total,
        "due_on": DUE if total else None,
        "content": BillContent(lines=(line,) if total else (), seen=len(contract.entries)),
        **others,
    }
    return StoredBill(**fields)


def close(work: SqlWork, run: Run) -> Run:
    """Close a run, as the use case does but for its hash."""
    bills = work.bills.bills_of_run(run.id, 0, 1_000)
    closing = msgspec.structs.replace(
        run,
        state=RunState.CLOSED,
        number=work.numbers.next("M", "A1", date(2026, 12, 1)),
        closed_at=MOMENT,
        bills=sum(bool(one.content.lines) for one in bills),
        refused=sum(bool(one.refused) for one in bills),
        net=sum(one.net for one in bills),
        tax=sum(one.tax for one in bills),
        exempt=sum(one.exempt for one in bills),
        total=sum(one.total for one in bills),
        readings={"mdr:tax": "monthly"},
        sha256="ab" * 32,
    )
    return work.bills.save_run(closing)


def claim_for(contract: StoredContract, cause: str = "visit-1", **others: Any) -> Claim:
    """A claim that waits."""
    line = BillLine(item="visit", name="訪問作業", amount=5_000, why=("1 回",))
    fields: dict[str, Any] = {
        "id": "",
        "contract_id": contract.id,
        "kind": "visit",
        "cause": cause,
        "lines": (line,),
        "created_at": MOMENT,
        "staff": "田村",
        **others,
    }
    return Claim(**fields)


def payment_of(bill: StoredBill, amount: int, on: date = DUE, **others: Any) -> Payment:
    """Money for a bill."""
    fields: dict[str, Any] = {
        "id": f"p-{bill.id}-{on}-{amount}",
        "contract_id": bill.contract_id,
        "bill_id": bill.id,
        "on": on,
        "amount": amount,
        "method": "transfer",
        "receipt": "r-1",
        "staff": "田村",
        "at": MOMENT,
        **others,
    }
    return Payment(**fields)
