"""The list of contracts: ids at once, rows by the block, sums of what is chosen."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from app.contract.record import ContractQuery, ContractRow, ContractSums
from app.usecases.desk import Desk


def contract_seqs(desk: Desk, query: ContractQuery, limit: int | None = None) -> array[int]:
    """The ``seq`` of every contract asked for, sorted; ``limit`` fetches the first ones only."""
    with desk.storage.look() as work:
        return work.contracts.seqs(query, limit)


def contract_rows(desk: Desk, seqs: Sequence[int]) -> list[ContractRow]:
    """The rows of a block, in the order given."""
    with desk.storage.look() as work:
        return work.contracts.rows(seqs)


def contract_sums(desk: Desk, seqs: Sequence[int]) -> ContractSums:
    """What the chosen contracts come to."""
    with desk.storage.look() as work:
        return work.contracts.sums(seqs)


def contract_count(desk: Desk) -> int:
    """How many contracts there are."""
    with desk.storage.look() as work:
        return work.contracts.count()


def contracts_on_line(desk: Desk, service: str, line_number: str) -> list[ContractRow]:
    """The contracts of a service on a line, whatever became of them."""
    if not line_number.strip():
        return []
    with desk.storage.look() as work:
        return work.contracts.on_line(service, line_number)
