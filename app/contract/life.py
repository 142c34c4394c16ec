"""A contract's life: where it stands on a day, and what may be done with it then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from app.contract.actions import Action, Circumstance
from app.contract.facts import (
    Ended,
    Outage,
    Promoted,
    RenewalDeclined,
    Restored,
    Resumed,
    Started,
    Suspended,
    Voided,
    WorksFee,
)
from app.contract.history import resumed_on
from app.contract.life_table import Refusal, permitted
from app.contract.record import OVER, ContractState, Entry
from app.contract.steps import Accepted, Refused, Revoked, Submitted, Withdrawn
from app.days import DAY

__all__ = [
    "OVER",
    "Action",
    "Circumstance",
    "ContractState",
    "Refusal",
    "circumstances",
    "entries_standing",
    "last_step",
    "open_outages",
    "permitted",
    "state_on",
    "turning_days",
]


def entries_standing(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries that nobody voided, without the voiding ones, in the order given."""
    every = tuple(entries)
    voided = {one.voids for one in every if type(one) is Voided}
    if not voided:
        return every
    return tuple(one for one in every if type(one) is not Voided and not (one.id and one.id in voided))


def state_on(entries: Sequence[Entry], day: date) -> ContractState:
    """Where the contract stands on a day, by what happened until then and what is fixed for later.

    A contract is over from its 解約日 on. One that began before the program knew it has no steps: before its
    start it counts as accepted. An end to come goes before a suspension that runs.
    """
    held = entries_standing(entries)
    started = min((one.on for one in held if type(one) is Started), default=None)
    if started is None or day < started:
        return _before_start(held, day, start_known=started is not None)
    ended = min((one.on for one in held if type(one) is Ended), default=None)
    if ended is not None:
        return ContractState.ENDED if ended <= day else ContractState.ENDING
    return ContractState.SUSPENDED if _suspended(held, day) else ContractState.ACTIVE


def _before_start(held: Sequence[Entry], day: date, *, start_known: bool) -> ContractState:
    """The last step of the application taken until the day; of several on one day, the later recorded."""
    last: tuple[date, int] | None = None
    found = ContractState.ACCEPTED if start_known else ContractState.PREPARING
    for place, one in enumerate(held):
        if not isinstance(one, _STEP):
            continue
        if one.on <= day and (last is None or (one.on, place) > last):
            last, found = (one.on, place), _STEPS[type(one)]
    return found


_STEP = Submitted | Accepted | Refused | Withdrawn | Revoked
_STEPS: dict[type, ContractState] = {
    Submitted: ContractState.SUBMITTED,
    Accepted: ContractState.ACCEPTED,
    Refused: ContractState.REFUSED,
    Withdrawn: ContractState.WITHDRAWN,
    Revoked: ContractState.REVOKED,
}


def last_step(entries: Iterable[Entry]) -> date | None:
    """The day of the last step of the application, whenever it was recorded; None before the first."""
    return max((one.on for one in entries_standing(entries) if isinstance(one, _STEP)), default=None)


def _suspended(held: Sequence[Entry], day: date) -> bool:
    return any(first <= day and (until is None or day < until) for first, until in _suspensions(held))


def _suspensions(held: Sequence[Entry]) -> list[tuple[date, date | None]]:
    """First day of each suspension and the first day after it, None where it lasts."""
    stops = [one for one in held if isinstance(one, Suspended)]
    if not stops:
        return []
    resumed = resumed_on(stops, [one.on for one in held if isinstance(one, Resumed)])
    return [
        (one.first, on if on is not None or one.last is None else one.last + DAY)
        for one, on in zip(stops, resumed, strict=True)
    ]


def circumstances(entries: Sequence[Entry], day: date) -> frozenset[Circumstance]:
    """What holds of the contract on a day and decides, besides its state, what may be done."""
    held = entries_standing(entries)
    kinds = {type(one) for one in held}
    known = {
        Circumstance.START_RECORDED: Started in kinds,
        Circumstance.SUSPENSION_OPEN: _suspended(held, day),
        Circumstance.OUTAGE_OPEN: bool(open_outages(held, day)),
        Circumstance.END_RECORDED: Ended in kinds,
        Circumstance.RENEWAL_DECLINED: RenewalDeclined in kinds,
        Circumstance.WORKS_FEE_RECORDED: WorksFee in kinds,
        Circumstance.PROMOTED: Promoted in kinds,
        Circumstance.RECORDED: any(one.id for one in held),
    }
    return frozenset(circumstance for circumstance, holds in known.items() if holds)


def open_outages(entries: Sequence[Entry], day: date) -> tuple[Outage, ...]:
    """The outages that began until the day and whose end is not known."""
    held = entries_standing(entries)
    restored = {one.outage for one in held if type(one) is Restored}
    return tuple(
        one
        for one in held
        if type(one) is Outage
        and one.restored_at is None
        and one.known_at.date() <= day
        and not (one.id and one.id in restored)
    )


def turning_days(entries: Sequence[Entry]) -> tuple[date, ...]:
    """The days on which the state may become another by what is recorded, in order, each once."""
    held = entries_standing(entries)
    days: set[date] = set()
    for one in held:
        if isinstance(one, Started | Ended | _STEP):
            days.add(one.on)
    for first, until in _suspensions(held):
        days.add(first)
        if until is not None:
            days.add(until)
    return tuple(sorted(days))
