"""Bring lists and deadlines to a new day: after opening, and at midnight, in batches that can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from app.contract.record import StoredContract
from app.days import DAY
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.usecases.desk import Desk
from app.usecases.passed_on import passed_to
from app.usecases.ports import UnitOfWork
from app.usecases.record_entry import holder_on
from app.usecases.stand_contract import standing_of
from app.usecases.surviving_customer import surviving

BATCH: Final = 500

Progress = Callable[[int], bool]
"""Told how many contracts were refreshed so far; False stops after this batch."""


def refresh_standings(desk: Desk, progress: Progress = lambda _done: True) -> int:
    """Work out anew every contract whose standing may have changed by today; how many there were.

    One transaction for each batch: what was done stays done, and the next call goes on. Doing it twice
    changes nothing.
    """
    today = desk.today()
    done = 0
    while True:
        with desk.storage.work() as work:
            catalogue = desk.catalogue_for(work.settings.load())
            due = work.contracts.due_for_recheck(today, BATCH)
            left = [one.id for one in due if not _refreshed(work, one, catalogue, today)]
            if left:
                work.contracts.look_again(today + DAY, contract_ids=left)
            work.commit()
        done += len(due)
        if not progress(done) or len(due) < BATCH:
            return done


def _refreshed(work: UnitOfWork, stored: StoredContract, catalogue: Catalogue, today: date) -> bool:
    """Whether it could be worked out: a service whose tariff file is broken waits for another day."""
    try:
        refresh_one(work, stored, catalogue, today)
    except UserError:
        return False
    return True


def refresh_one(work: UnitOfWork, stored: StoredContract, catalogue: Catalogue, today: date) -> None:
    """Store where one contract stands today, and whose it is since then."""
    entries = tuple(one.entry for one in stored.entries)
    standing = standing_of(stored.content, entries, catalogue, today, work.beside.equipment_of(stored.id))
    holder = holder_on(entries, stored.customer_id, today)
    if holder != stored.customer_id:  # it may name a customer that was merged into this one
        holder = surviving(work, holder)
    if holder == stored.customer_id:
        work.contracts.put_standing(stored.id, standing)
    else:
        content = passed_to(stored.content, work.customers.get(holder).fields)
        work.contracts.change(stored.id, stored.version, standing, content=content, customer_id=holder)
