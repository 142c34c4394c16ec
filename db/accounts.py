"""What of closed bills is still open, worked out of payments and claims, for many bills at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from app.charge.stored import late_bill
from db.contract_tables import bills, claims, payments
from db.sqlite import among

LATE: Final = "late-interest"
"""The kind of claim whose cause is a bill that was paid late."""

GIVEN_BACK: Final = "adjustment"
"""The kind of claim that gives another one back, whose id is its cause."""


@dataclass(frozen=True)
class Balance:
    """A bill somebody still has to look at: ``open`` in yen, negative where too much was paid."""

    bill_id: str
    contract_id: str
    due_on: date | None
    open: int
    is_late: bool

    def columns(self) -> dict[str, Any]:
        """Its row."""
        return {name: value for name, value in asdict(self).items() if name != "is_late"}


class Accounts:
    """The payments and claims of some bills, read once."""

    def __init__(self, connection: sa.Connection, bill_ids: Sequence[str]) -> None:
        self._bills = connection.execute(
            sa.select(bills.c.id, bills.c.contract_id, bills.c.due_on, bills.c.total).where(
                among(bills.c.id, bill_ids)
            )
        ).all()
        self._paid: dict[str, list[tuple[date, int]]] = {}
        paid = (
            sa.select(payments.c.bill_id, payments.c.day, payments.c.amount)
            .where(among(payments.c.bill_id, bill_ids), payments.c.voided == "")
            .order_by(payments.c.day, payments.c.at, payments.c.id)
        )
        for bill_id, day, amount in connection.execute(paid):
            self._paid.setdefault(bill_id, []).append((day, amount))
        owners = sorted({row.contract_id for row in self._bills})
        standing = connection.execute(
            sa.select(claims.c.id, claims.c.kind, claims.c.cause).where(
                among(claims.c.contract_id, owners),
                claims.c.kind.in_((LATE, GIVEN_BACK)),
                claims.c.withdrawn == "",
            )
        ).all()
        back = {cause for _id, kind, cause in standing if kind == GIVEN_BACK}
        self._claimed = {
            late_bill(cause) for id_, kind, cause in standing if kind == LATE and id_ not in back
        }

    def left(self) -> list[Balance]:
        """The bills with something open, and those paid late without late interest claimed."""
        return [one for one in self._balances() if one.open or one.is_late]

    def _balances(self) -> Iterator[Balance]:
        for bill_id, contract_id, due_on, total in self._bills:
            paid = self._paid.get(bill_id, ())
            full_on = _full_on(total, paid)
            late = full_on is not None and due_on is not None and full_on > due_on
            left = total - sum(amount for _day, amount in paid)
            yield Balance(bill_id, contract_id, due_on, left, late and bill_id not in self._claimed)


def _full_on(total: int, paid: Sequence[tuple[date, int]]) -> date | None:
    """The day from which on a bill was paid in full; None while it is not."""
    full_on, so_far = None, 0
    for day, amount in paid:
        so_far += amount
        if so_far < total:
            full_on = None
        elif full_on is None:
            full_on = day
    return full_on
