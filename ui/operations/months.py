"""Writes about months: running and closing them, payments, claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.charge.stored import Claim, Payment, PaymentMethod, Run
    from app.usecases.run_month import MonthRunner, RunProgress

BILLS = Changed(bills=True)


def step_run(_desk: Desk, runner: MonthRunner) -> Outcome[RunProgress]:
    """Work out the next batch of a month; the last step tells everybody."""
    told = runner.step()
    return Outcome(told, BILLS if runner.finished else Changed())


def close_run(desk: Desk, run_id: str, version: int) -> Outcome[Run]:
    """Close a month that is worked out."""
    from app.usecases.close_month import close_month

    return Outcome(close_month(desk, run_id, version), BILLS)


def drop_run(desk: Desk, run_id: str) -> Outcome[None]:
    """Forget a month that is not closed."""
    from app.usecases.run_month import drop_run as drop

    drop(desk, run_id)
    return Outcome(None, BILLS)


def record_payment(
    desk: Desk,
    contract_id: str,
    on: date,
    amount: int,
    method: PaymentMethod,
    bill_ids: Sequence[str],
    note: str,
) -> Outcome[list[Payment]]:
    """Store money that came."""
    from app.usecases.keep_payments import record_payment as record

    made = record(desk, contract_id, on, amount, method, bill_ids, note)
    return Outcome(made, BILLS)


def void_payment(desk: Desk, contract_id: str, receipt: str, why: str) -> Outcome[None]:
    """Take a receipt of money back."""
    from app.usecases.keep_payments import void_payment as void

    void(desk, contract_id, receipt, why)
    return Outcome(None, BILLS)


def claim_surcharge(desk: Desk, contract_id: str, evaded_net: int, note: str, on: date) -> Outcome[Claim]:
    """Put 割増金 on the next bill."""
    from app.usecases.keep_claims import claim_surcharge as claim

    return Outcome(claim(desk, contract_id, evaded_net, note, on=on), BILLS)


def withdraw_claim(desk: Desk, contract_id: str, claim_id: str, why: str) -> Outcome[None]:
    """Let a claim go."""
    from app.usecases.keep_claims import withdraw_claim as withdraw

    withdraw(desk, contract_id, claim_id, why)
    return Outcome(None, BILLS)
