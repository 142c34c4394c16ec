"""The last months of the demo: each worked out and closed on its own day, most bills paid, some late or in
part.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from random import Random
from typing import Final

from app.charge.stored import Payment, StoredBill
from app.days import Month
from app.ids import uuid7
from app.usecases.close_month import close_month
from app.usecases.desk import Desk
from app.usecases.run_month import run_month

MONTHS: Final = 6
_AT_ONCE: Final = 1_000
_CLOSED_ON: Final = 3  # day of the next month on which a month is closed


def close_months(desk: Desk, seed: int) -> None:
    """Work out and close the last six months, each early in the month after it."""
    chance = Random(seed)  # noqa: S311 - believable data, not secrets
    this_month = Month.of(desk.today())
    to_come: list[Payment] = []
    for back in range(MONTHS, 0, -1):
        month = this_month.plus(-back)
        day = min(month.last + timedelta(days=_CLOSED_ON), desk.today())
        then = datetime.combine(day, time(10), desk.now().tzinfo)
        past = replace(desk, now=partial(min, then, desk.now()))
        to_come = _paid(past, to_come)
        run = run_month(past, month)
        run = close_month(past, run.id, run.version)
        to_come += _payments(past, run.id, chance)
    _paid(desk, to_come)


def _paid(desk: Desk, to_come: list[Payment]) -> list[Payment]:
    """Store the payments that have come until the day at the desk; the others are given back."""
    come = [one for one in to_come if one.on <= desk.today()]
    if come:
        with desk.storage.work() as work:
            work.bills.add_payments(come)
            work.audit.record("", "payments-inserted", "", {"count": len(come)})
            work.commit()
    return [one for one in to_come if one.on > desk.today()]


def _payments(desk: Desk, run_id: str, chance: Random) -> Iterator[Payment]:
    """How the bills of a run are paid: nearly all in time, a few late, in part, or not at all."""
    staff = desk.settings().staff[0].name
    for bill in _bills(desk, run_id):
        luck = chance.random()
        if bill.due_on is None or bill.total <= 0 or luck < 0.02:
            continue
        late = timedelta(days=chance.randint(3, 40) if luck < 0.07 else -chance.randint(0, 6))
        on = bill.due_on + late
        yield Payment(
            id=uuid7(),
            contract_id=bill.contract_id,
            bill_id=bill.id,
            on=on,
            amount=bill.total // 2 if 0.07 <= luck < 0.09 else bill.total,
            method="account-transfer" if chance.random() < 0.6 else "transfer",
            receipt=uuid7(),
            staff=staff,
            at=datetime.combine(on, time(9), desk.now().tzinfo),
        )


def _bills(desk: Desk, run_id: str) -> Iterator[StoredBill]:
    after = 0
    while True:
        with desk.storage.look() as work:
            found = work.bills.bills_of_run(run_id, after, _AT_ONCE)
        if not found:
            return
        yield from found
        after = found[-1].contract_seq
