"""Writes about contracts: entries recorded and voided, applications kept, contracts made of quotations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.contract.record import ContractContent, Entry, StoredContract
    from app.papers.explanation import Explanation
    from app.usecases.record_explanation import ExplanationMade


def record_entries(
    desk: Desk,
    contract_id: str,
    version: int,
    entries: Sequence[Entry],
    content: ContractContent | None = None,
    note: str = "",
) -> Outcome[StoredContract]:
    """Record what happened to a contract.

    Raises UserError with everything the rules refuse, ConflictError when another window wrote first.
    """
    from app.usecases.record_entry import record

    stored = record(desk, contract_id, version, entries, content=content, note=note)
    return Outcome(stored, _changed(stored))


def void_entry(
    desk: Desk, contract_id: str, version: int, entry_id: str, why: str
) -> Outcome[StoredContract]:
    """Take an entry back; it stays in the history with the reason."""
    from app.usecases.record_entry import void

    stored = void(desk, contract_id, version, entry_id, why)
    return Outcome(stored, _changed(stored))


def start_application(desk: Desk, customer_id: str, content: ContractContent) -> Outcome[StoredContract]:
    """A new contract in preparation, with its number."""
    from app.usecases.keep_application import start_application as start

    stored = start(desk, customer_id, content)
    return Outcome(stored, _changed(stored))


def save_application(
    desk: Desk, contract_id: str, version: int, content: ContractContent
) -> Outcome[StoredContract]:
    """Store what an application holds while it is prepared."""
    from app.usecases.keep_application import save_application as save

    stored = save(desk, contract_id, version, content)
    return Outcome(stored, _changed(stored))


def submit_application(
    desk: Desk,
    contract_id: str,
    version: int,
    on: date,
    how: Literal["form", "e-mail", "post", "phone"],
    *,
    anyway: bool,
) -> Outcome[StoredContract]:
    """Pass an application on to the provider, in the order of receipt."""
    from app.usecases.keep_application import submit

    stored = submit(desk, contract_id, version, on, how, anyway=anyway)
    return Outcome(stored, _changed(stored))


def explain_terms(
    desk: Desk, contract_id: str, version: int, told: Explanation, digest: str
) -> Outcome[ExplanationMade]:
    """Issue the summary of the terms, signed, and record that it was explained."""
    from dataclasses import replace

    from app.usecases.record_explanation import record_explanation

    made = record_explanation(desk, contract_id, version, told, digest)
    return Outcome(made, replace(_changed(made.contract), papers=True))


def claim_surcharge(
    desk: Desk, contract_id: str, evaded_net: int, note: str, on: date
) -> Outcome[StoredContract]:
    """Put 割増金 and the fee that was evaded on the contract's next bill."""
    from app.usecases.keep_claims import claim_surcharge as claim

    claim(desk, contract_id, evaded_net, note, on=on)
    with desk.storage.look() as work:
        stored = work.contracts.get(contract_id)
    return Outcome(stored, _changed(stored))


def contracts_of_quotation(desk: Desk, quotation_id: str) -> Outcome[list[StoredContract]]:
    """The contracts a quotation becomes, one for each of its services; the quotation is won."""
    from app.usecases.contract_from_quotation import contracts_from_quotation

    made = contracts_from_quotation(desk, quotation_id)
    return Outcome(
        made,
        Changed(
            quotations=frozenset({quotation_id}),
            contracts=frozenset(one.id for one in made),
            customers=frozenset(one.customer_id for one in made),
            notes=True,
        ),
    )


def _changed(stored: StoredContract) -> Changed:
    """Who the contract belongs to may have changed with it, and what waits for its next bill."""
    return Changed(contracts=frozenset({stored.id}), customers=frozenset({stored.customer_id}), bills=True)
