"""Telling customers of changed terms, a few at a time."""

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
    from app.usecases.tell_terms_change import TermsChange, Told


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
