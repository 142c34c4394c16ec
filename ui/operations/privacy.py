"""Writes about what is held of a customer: told to it, or erased."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.usecases.erase_customer import Erased, ErasurePlan


def read_plan(desk: Desk, customer_id: str) -> ErasurePlan:
    """On the database worker: what erasing would mean today."""
    from app.usecases.erase_customer import plan_erasure

    return plan_erasure(desk, customer_id)


def tell_held(desk: Desk, customer_id: str, path: Path, passphrase: str = "") -> Outcome[Path]:
    """Write everything held to a PDF, and record that."""
    from app.usecases.held_data import tell_held as tell

    tell(desk, customer_id, path, passphrase)
    return Outcome(path, Changed())


def erase_customer(desk: Desk, customer_id: str, version: int, reason: str) -> Outcome[Erased]:
    """Erase a customer: every list may have changed."""
    from app.usecases.erase_customer import erase_customer as erase
    from app.usecases.merge_customers import belongings

    quotations, contracts = belongings(desk, (customer_id,))
    erased = erase(desk, customer_id, version, reason)
    return Outcome(
        erased,
        Changed(
            customers=frozenset({customer_id}),
            quotations=quotations,
            contracts=contracts,
            notes=True,
            papers=True,
        ),
    )
