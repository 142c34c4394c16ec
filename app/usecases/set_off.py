"""充当: what was paid ahead goes to a bill, what a bill gives back waits for the next one; and back again when
the money itself is taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.charge.stored import Payment
from app.errors import Problem, UserError
from app.ids import uuid7
from app.money import yen_words
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork


def set_off(contract_id: str, bill_id: str, amount: int, on: date, at: datetime, staff: str) -> list[Payment]:
    """The two parts of a set-off (yen): what was paid ahead goes to the bill, and what a bill gives back
    (``amount`` negative) waits for the next one. ``on``: the day from which it counts; ``at``: now.
    """
    receipt = uuid7()
    note = _("前受からの充当") if amount > 0 else _("次の請求への充当")

    def moved(to: str, yen: int) -> Payment:
        return Payment(
            id=uuid7(),
            contract_id=contract_id,
            bill_id=to,
            on=on,
            amount=yen,
            method="offset",
            receipt=receipt,
            staff=staff,
            at=at,
            note=note,
        )

    return [moved("", -amount), moved(bill_id, amount)]


def paid_ahead(payments: Iterable[Payment]) -> int:
    """Yen that wait for the next bill (前受)."""
    return sum(one.amount for one in payments if not one.bill_id and not one.voided)


def take_back_set_off(
    work: UnitOfWork, contract_id: str, why: str, staff: str, at: datetime
) -> frozenset[str]:
    """After money was taken back: where more was set off than was ever paid ahead, the newest set-offs go
    too, and what is left of their money is set off anew, as of the same day. Returns the bills that are
    open again.

    Raises UserError ``paid-back`` where the money was paid back to the customer already.
    """
    payments = work.bills.payments_of(contract_id)
    ahead = paid_ahead(payments)
    opened = set()
    for one in _set_offs(payments):
        if ahead >= 0:
            break
        for part in payments:
            if part.receipt == one.receipt:
                work.bills.void_payment(part.id, why)
        opened.add(one.bill_id)
        ahead += one.amount
        if ahead > 0:
            work.bills.add_payments(set_off(contract_id, one.bill_id, ahead, one.on, at, staff))
            ahead = 0
    if ahead < 0:
        raise UserError(
            Problem(
                "paid-back",
                _("この入金のうち{amount}は、すでに返金されています。").format(amount=yen_words(-ahead)),
                remedy=_("先に返金の記録を取り消してください。"),
                field="why",
            )
        )
    return frozenset(opened)


def _set_offs(payments: Sequence[Payment]) -> list[Payment]:
    """The parts on bills of what was paid ahead and set off, the newest first."""
    found = [one for one in payments if one.method == "offset" and one.bill_id and one.amount > 0]
    return sorted((one for one in found if not one.voided), key=lambda one: (one.at, one.id), reverse=True)
