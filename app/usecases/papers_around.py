"""The papers around a contract or a customer: what was issued, and what can be made now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.contract.record import ContractState
from app.papers.archived import PaperQuery, PaperRow
from app.usecases.desk import Desk
from app.usecases.ports import UnitOfWork

_APPLYING = frozenset({ContractState.PREPARING, ContractState.SUBMITTED, ContractState.ACCEPTED})
_LEAVING = frozenset({ContractState.ENDING, ContractState.ENDED})


@dataclass(frozen=True)
class Makable:
    """A kind of paper that can be made now, the id of what it is made from, and what is known beforehand."""

    kind: str
    subject: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PapersAround:
    """``rows``: the newest first, those that no longer count among them."""

    rows: tuple[PaperRow, ...]
    makable: tuple[Makable, ...]


def papers_of_contract(desk: Desk, contract_id: str) -> PapersAround:
    """The papers of a contract, of its quotation, its bills and its visits.

    Raises UserError ``not-found``.
    """
    with desk.storage.look() as work:
        contract = work.contracts.get(contract_id)
        bills = work.bills.rows_of_contract(contract_id)
        visits = work.visits.of_contract(contract_id)
        mine = {contract_id, contract.content.quotation_id}
        mine |= {row.id for row in bills} | {row.id for row in visits}
        rows = tuple(row for row in _of_customer(work, contract.customer_id) if row.subject_id in mine)
    kinds = ["E", *_for_state(contract.state)]
    makable = [Makable(kind, contract_id) for kind in kinds]
    closed = sorted((row for row in bills if row.closed and row.total), key=lambda row: row.month)
    if closed:
        makable += [Makable(kind, closed[-1].id) for kind in ("BT" if closed[-1].total > 0 else "H")]
    makable += _letters("contract", contract_id)
    return PapersAround(rows, tuple(makable))


def papers_of_customer(desk: Desk, customer_id: str) -> PapersAround:
    """All papers of a customer."""
    with desk.storage.look() as work:
        rows = tuple(_of_customer(work, customer_id))
    return PapersAround(rows, tuple(_letters("customer", customer_id)))


def _letters(kind: str, subject: str) -> list[Makable]:
    """What can be made of anything: 預り証, 送付状."""
    return [Makable(letter, subject, {"subject_kind": kind}) for letter in ("D", "L")]


def _for_state(state: ContractState) -> list[str]:
    """What a contract in a state can have on paper."""
    if state in _APPLYING:
        return ["A"] if state is not ContractState.ACCEPTED else ["A", "C"]
    return ["C", "F", "P", "S"] if state in _LEAVING else ["C", "F", "P"]


def _of_customer(work: UnitOfWork, customer_id: str) -> list[PaperRow]:
    return work.papers.rows(work.papers.seqs(PaperQuery(customer_id=customer_id)))
