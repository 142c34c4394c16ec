"""A notified change of a customer (届出), noted on each of its contracts that may still hear of it."""

from __future__ import annotations

from app.contract.actions import Action
from app.contract.customer_notice import NoticeTold
from app.contract.facts import Notified
from app.contract.life import circumstances, state_on
from app.contract.life_table import permitted
from app.contract.record import StoredContract
from app.usecases.desk import Desk
from app.usecases.keep_customer import live_contracts
from app.usecases.ports import UnitOfWork
from app.usecases.record_entry import record_in


def note_on_contracts(
    desk: Desk, work: UnitOfWork, customer_id: str, told: NoticeTold, what: tuple[str, ...]
) -> dict[str, str]:
    """Record the notice on the contracts, in the same transaction: id → number of those it stands on."""
    noted = {}
    for row in live_contracts(work, customer_id):
        stored = work.contracts.get(row.id)
        if _may_hear(desk, stored, told):
            entry = Notified(on=told.on, what=what, changed_on=told.changed_on, proof=told.proof.strip())
            record_in(desk, work, stored.id, stored.version, (entry,))
            noted[row.id] = row.number
    return noted


def _may_hear(desk: Desk, stored: StoredContract, told: NoticeTold) -> bool:
    """Whether a notice may be recorded on the contract, by the one table of what follows what."""
    entries = [one.entry for one in stored.entries]
    service = desk.catalogue.service(stored.content.service)
    holding = circumstances(entries, told.on)
    return permitted(Action.NOTIFY, state_on(entries, told.on), service, told.on, holding) is None
