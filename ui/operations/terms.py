"""Changed terms: reading which contracts they touch, and telling the customers, a few at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from app.errors import Problem, UserError
from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from array import array

    from app.usecases.find_terms_change import TermsChange, TouchedContract
    from app.usecases.tell_terms_change import Told


def read_change(desk: Desk, service: str, start: date) -> tuple[TermsChange, tuple[date, ...], array[int]]:
    """On the database worker: what an edition changes, the editions there are, the contracts to look at."""
    from app.usecases.find_terms_change import changes_of, terms_change, touched_seqs

    change = terms_change(desk.catalogue, service, start)
    return change, changes_of(desk.catalogue, service), touched_seqs(desk, service)


def read_touched(desk: Desk, change: TermsChange, seqs: list[int]) -> list[TouchedContract]:
    """On the database worker: those of some contracts the edition touches."""
    from app.usecases.find_terms_change import touched_contracts

    return touched_contracts(desk, change, seqs)


@dataclass(frozen=True)
class ToldSome:
    """Who was told now, who had been before, and who could not be, with the problem."""

    told: tuple[Told, ...] = ()
    before: tuple[str, ...] = ()
    refused: dict[str, Problem] = field(default_factory=dict)


def tell_some(
    desk: Desk, change: TermsChange, contract_ids: Sequence[str], notified: date, folder: Path | None
) -> Outcome[ToldSome]:
    """Tell some customers, each in a transaction of its own. One that can't be told keeps no other back.

    Raises UserError where nobody can be told, EnvironmentProblem where a file can't be written: those before
    it are told.
    """
    from app.usecases.tell_terms_change import check_telling, tell_customer

    check_telling(desk, change, notified)
    told, before, refused = [], [], {}
    for contract_id in contract_ids:
        try:
            one = tell_customer(desk, change, contract_id, notified, folder)
        except UserError as error:
            refused[contract_id] = error.problems[0]
            continue
        if one is None:
            before.append(contract_id)
        else:
            told.append(one)
    # Everybody hears of it once, when all are told: a list read again after each letter helps nobody.
    return Outcome(ToldSome(tuple(told), tuple(before), refused), Changed())
