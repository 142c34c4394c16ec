"""Claims that wait for a bill, payments, and what is still open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.charge.stored import BillContent, BillRow, Claim, Payment, Receivable, StoredBill, late_bill
from app.errors import Problem, UserError
from app.words import _
from db.accounts import LATE, Accounts
from db.base import insert_many, not_found, refuse_endless
from db.contract_tables import bill_balances, bills, claims, contracts, payments, runs
from db.ids import uuid7
from db.payloads import pack, unpack
from db.runs import CLOSED, RunPart
from db.sqlite import among

_AT_ONCE: Final = 2_000
_OPEN: Final = bill_balances.c.open > 0
IS_HIDDEN: Final[sa.ColumnElement[bool]] = contracts.c.hidden != sa.literal_column("''")
_NOT_CLOSED: Final = sa.or_(claims.c.bill_id.is_(None), runs.c.state != CLOSED)
_CLAIM: Final = (
    sa.select(claims)
    .join_from(claims, bills, claims.c.bill_id == bills.c.id, isouter=True)
    .join(runs, runs.c.id == bills.c.run_id, isouter=True)
)
_PAYMENT: Final = tuple(
    payments.c[{"on": "day"}.get(name, name)].label(name)
    if name != "bill_id"
    else sa.func.coalesce(payments.c.bill_id, "").label(name)
    for name in Payment.__struct_fields__
)


class BillTable(RunPart):
    """``app.usecases.ports.BillRepository``."""

    def add_claim(self, claim: Claim) -> Claim:
        """Store a claim; without an id it gets one. UserError ``already-claimed`` when one of its kind and
        cause stands. The cause of late interest is the id of the bill that was paid late.
        """
        new = msgspec.structs.replace(claim, id=claim.id or uuid7())
        stands = sa.select(claims.c.id).where(
            claims.c.contract_id == new.contract_id,
            claims.c.kind == new.kind,
            claims.c.cause == new.cause,
            claims.c.withdrawn == "",
        )
        if self._connection.scalar(stands) is not None:
            raise UserError(
                Problem(
                    "already-claimed",
                    _("同じ理由の請求が、すでに登録されています。"),
                    remedy=_("先の請求を取り消してから登録してください。"),
                )
            )
        columns = {
            **msgspec.structs.asdict(new),
            "lines": pack(BillContent(lines=new.lines)),
            "bill_id": new.bill_id or None,
        }
        self._connection.execute(claims.insert(), columns)
        self._settle_cause(new)
        return new

    def waiting(self, contract_ids: Sequence[str]) -> dict[str, list[Claim]]:
        """The claims that wait for a bill, or stand on one of a run that is not closed; the oldest first.
        Only contracts that have any are named.
        """
        found: dict[str, list[Claim]] = {}
        statement = _CLAIM.where(
            among(claims.c.contract_id, contract_ids), claims.c.withdrawn == "", _NOT_CLOSED
        ).order_by(claims.c.created_at, claims.c.id)
        for row in self._connection.execute(statement).mappings():
            found.setdefault(row["contract_id"], []).append(_claim(row))
        return found

    def claims_of(self, contract_id: str) -> list[Claim]:
        """All claims of a contract, those withdrawn too, the oldest first."""
        statement = (
            sa.select(claims)
            .where(claims.c.contract_id == contract_id)
            .order_by(claims.c.created_at, claims.c.id)
        )
        return list(map(_claim, self._connection.execute(statement).mappings()))

    def put_claims(self, bill_of_claim: dict[str, str]) -> None:
        """Note on which bill each claim stands ("": it waits again)."""
        for claim_id, bill_id in bill_of_claim.items():
            self._connection.execute(
                claims.update().where(claims.c.id == claim_id).values(bill_id=bill_id or None)
            )

    def withdraw_claim(self, claim_id: str, why: str) -> None:
        """Take a claim back. UserError ``not-found``, ``claim-billed`` when it stands on a closed bill.

        ValueError without a reason.
        """
        if not why:
            raise ValueError("withdrawing needs a reason")
        row = self._connection.execute(
            _CLAIM.add_columns(runs.c.state).where(claims.c.id == claim_id)
        ).mappings()
        found = row.first()
        if found is None:
            raise not_found()
        if found["state"] == CLOSED:
            raise UserError(
                Problem(
                    "claim-billed",
                    _("締めた請求に含まれているため、取り消せません。"),
                    remedy=_("次の月の請求で調整してください。"),
                )
            )
        self._connection.execute(
            claims.update().where(claims.c.id == claim_id, claims.c.withdrawn == "").values(withdrawn=why)
        )
        self._settle_cause(_claim({column.name: found[column.name] for column in claims.columns}))

    def add_payments(self, new: Sequence[Payment]) -> None:
        """Store payments; those without an id get one. UserError ``bill-not-closed`` for a bill nobody has
        been sent yet.
        """
        for one in new:
            refuse_endless("amount", one.amount)
        paid = sorted({one.bill_id for one in new if one.bill_id})
        closed = sa.select(bills.c.id).join(runs).where(among(bills.c.id, paid), runs.c.state == CLOSED)
        if len(self._connection.scalars(closed).all()) != len(paid):
            raise UserError(
                Problem(
                    "bill-not-closed",
                    _("締めていない請求への入金は登録できません。"),
                    remedy=_("その月の請求を締めてから登録するか、前受として登録してください。"),
                    field="bill_ids",
                )
            )
        insert_many(self._connection, payments, [_payment_columns(one) for one in new])
        self._settle(paid)

    def void_payment(self, payment_id: str, why: str) -> None:
        """Take a payment back. UserError ``not-found``, ``payment-voided``. ValueError without a reason."""
        if not why:
            raise ValueError("voiding needs a reason")
        row = self._connection.execute(
            sa.select(payments.c.bill_id, payments.c.voided).where(payments.c.id == payment_id)
        ).first()
        if row is None:
            raise not_found()
        if row.voided:
            raise UserError(Problem("payment-voided", _("この入金は、すでに取り消されています。")))
        self._connection.execute(payments.update().where(payments.c.id == payment_id).values(voided=why))
        self._settle([row.bill_id] if row.bill_id else [])

    def payments_of(self, contract_id: str) -> list[Payment]:
        """All payments of a contract, those voided too, the oldest first."""
        return self._payments(payments.c.contract_id == contract_id)

    def advances(self) -> dict[str, int]:
        """What each contract has paid ahead (yen): its payments on no bill, where they don't come to 0."""
        ahead = sa.func.sum(payments.c.amount)
        rows = self._connection.execute(
            sa.select(payments.c.contract_id, ahead)
            .where(payments.c.bill_id.is_(None), payments.c.voided == "")
            .group_by(payments.c.contract_id)
            .having(ahead != 0)
        )
        return {row[0]: row[1] for row in rows}

    def receivables(
        self, today: date, overdue_only: bool, limit: int | None = None, *, without: Sequence[str] = ()
    ) -> list[Receivable]:
        """Closed bills with something open, the oldest due date first; none of the services ``without``."""
        conditions = [_OPEN, contracts.c.hidden == "", contracts.c.service.not_in(without)]
        if overdue_only:
            conditions.append(bill_balances.c.due_on < today)
        named = ("number", "customer", "service", "customer_id", "phone")
        statement = (
            sa.select(bills, *(contracts.c[name] for name in named), bill_balances.c.open)
            .join_from(bill_balances, bills, bills.c.id == bill_balances.c.bill_id)
            .join(contracts, contracts.c.id == bills.c.contract_id)
            .where(*conditions)
            .order_by(bill_balances.c.due_on, bill_balances.c.bill_id)
            .limit(limit)
        )
        return [_receivable(row, today) for row in self._connection.execute(statement).mappings()]

    def overdue(self, today: date, without: Sequence[str] = ()) -> tuple[int, int]:
        """How many closed bills are past their due date with something open, and how much is open (yen);
        none of the services ``without``.
        """
        due = (bill_balances.c.due_on < today) & _OPEN
        every = sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(bill_balances.c.open), 0))
        if without:
            ours = every.join_from(bill_balances, contracts).where(
                due, contracts.c.hidden == "", contracts.c.service.not_in(without)
            )
            count, owed = self._connection.execute(ours).one()
            return count, owed
        count, owed = self._connection.execute(every.where(due)).one()
        hidden = every.join_from(contracts, bill_balances).where(due, IS_HIDDEN)
        less, not_owed = self._connection.execute(hidden).one()
        return count - less, owed - not_owed

    def paid_late(self, contract_ids: Sequence[str]) -> dict[str, list[StoredBill]]:
        """Closed bills paid in full after their due date, for which no late interest was claimed. Only
        contracts that have any are named.
        """
        settled = self._connection.scalars(
            sa.select(bill_balances.c.bill_id).where(
                among(bill_balances.c.contract_id, contract_ids), bill_balances.c.open <= 0
            )
        ).all()
        late = {one.bill_id for one in Accounts(self._connection, settled).left() if one.is_late}
        found: dict[str, list[StoredBill]] = {}
        for bill in sorted(map(self.bill, late), key=lambda one: one.month):
            found.setdefault(bill.contract_id, []).append(bill)
        return found

    def _settle_cause(self, claim: Claim) -> None:
        if claim.kind == LATE:
            known = self._connection.scalar(
                sa.select(bills.c.id)
                .join(runs)
                .where(bills.c.id == late_bill(claim.cause), runs.c.state == CLOSED)
            )
            self._settle([known] if known else [])

    def _settle(self, bill_ids: Sequence[str]) -> None:
        """Work out anew what of closed bills is open, and which somebody still has to look at."""
        for start in range(0, len(bill_ids), _AT_ONCE):
            some = bill_ids[start : start + _AT_ONCE]
            left = Accounts(self._connection, some).left()
            self._connection.execute(bill_balances.delete().where(among(bill_balances.c.bill_id, some)))
            insert_many(self._connection, bill_balances, [one.columns() for one in left])

    def _payments(self, condition: sa.ColumnElement[bool]) -> list[Payment]:
        found = self._connection.execute(
            sa.select(*_PAYMENT).where(condition).order_by(payments.c.day, payments.c.at, payments.c.id)
        )
        return [Payment(**row) for row in found.mappings()]


def _claim(row: Any) -> Claim:
    lines = unpack(BillContent, row["lines"]).lines
    return Claim(**{**row, "lines": lines, "bill_id": row["bill_id"] or ""})


def _payment_columns(one: Payment) -> dict[str, Any]:
    columns = msgspec.structs.asdict(one)
    return {
        **{name: value for name, value in columns.items() if name != "on"},
        "id": one.id or uuid7(),
        "bill_id": one.bill_id or None,
        "day": one.on,
    }


def _receivable(row: Any, today: date) -> Receivable:
    due_on = row["due_on"]
    names = [name for name in BillRow.__struct_fields__ if name not in {"paid", "closed", "seq"}]
    bill = BillRow(
        **{name: row[name] for name in names},
        paid=row["total"] - row["open"],
        closed=True,
        seq=row["contract_seq"],
    )
    return Receivable(
        bill=bill,
        customer_id=row["customer_id"],
        phone=row["phone"],
        open=row["open"],
        days=(today - due_on).days if due_on else 0,
    )
