"""What a visit costs goes onto the next bill of its contract, once, apart from the charges of the month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec

from app.charge.bill_lines import bill_line
from app.charge.lines import Line
from app.charge.stored import BillLine, Claim
from app.charge.words import sentence
from app.days import date_words
from app.ids import uuid7
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.ports import UnitOfWork
from app.usecases.run_month import CUSTOMERS_READ, refresh_open
from app.usecases.visit_ground import Ground
from app.visit.order import StoredVisit
from app.words import _, speaking


def claim_in(
    desk: Desk,
    work: UnitOfWork,
    ground: Ground,
    visit: StoredVisit,
    price: Callable[[], Sequence[Line]],
    notes: Callable[[], Iterable[str]] = tuple,
) -> str:
    """Put lines (net yen) onto the next bill and return the id of the claim; "" where there is nothing to
    charge, the visit has no contract, or another desk has it, which claims when the visit comes home.

    ``price`` and ``notes`` are asked for in Japanese, whatever the window speaks: the customers read them.

    Raises UserError ``already-claimed``: the cause is the visit, and it is claimed once.
    """
    if ground.contract is None:
        return ""
    with speaking(CUSTOMERS_READ):
        kept = _kept(ground, visit, price(), tuple(notes()))
    if not sum(line.amount for line in kept):
        return ""
    claim = work.bills.add_claim(
        Claim(
            id=uuid7(),
            contract_id=ground.contract.id,
            kind="visit",
            cause=visit.id,
            lines=kept,
            created_at=desk.now(),
            staff=who(ground.settings),
        )
    )
    refresh_open(desk, work, ground.contract)
    return claim.id


def _kept(
    ground: Ground, visit: StoredVisit, lines: Sequence[Line], told: tuple[str, ...]
) -> tuple[BillLine, ...]:
    """The lines as the bill has them, with their reasons and the visit they are of."""
    on = min((span.on for span in visit.content.spans), default=ground.now.date())
    detail = _("訪問 {number}（{day}）").format(number=visit.number, day=date_words(on, weekday=False))
    return tuple(
        msgspec.structs.replace(
            bill_line(line), detail=line.detail or detail, why=(sentence(line.reason), detail, *told)
        )
        for line in lines
    )


def settling_words(ground: Ground) -> str:
    """How the amount of a visit is settled, for whoever finishes it."""
    if ground.contract is not None:
        return _("契約{number}の次の請求に載ります。").format(number=ground.contract.number)
    if ground.carried is not None and ground.carried.way == "here" and ground.carried.contract_number:
        return _("持ち帰ると、契約{number}の次の請求に載ります。").format(
            number=ground.carried.contract_number
        )
    return _("契約がないため、請求には載りません。金額は訪問に残ります。別にご請求ください。")
