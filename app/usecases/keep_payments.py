"""入金: what customers paid on which bill, what they paid ahead, and taking a payment back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from app.charge.late import back_line
from app.charge.stored import BillRow, Claim, Payment, PaymentMethod, RunState, late_bill
from app.days import Month, date_words
from app.errors import Problem, Problems, UserError
from app.ids import uuid7
from app.money import yen_words
from app.usecases.bill_contract import month_of
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.run_month import CUSTOMERS_READ, refresh_open
from app.usecases.set_off import paid_ahead, take_back_set_off
from app.words import _, speaking

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

MOST_YEN = 10_000_000_000_000


def record_payment(
    desk: Desk,
    contract_id: str,
    on: date,
    amount: int,
    method: PaymentMethod,
    bill_ids: Sequence[str] = (),
    note: str = "",
) -> list[Payment]:
    """Store money that came on a day (yen), and on which bills it goes: those named, in their order, else
    the open ones, the oldest first. Less than a bill is a part payment; more than all of them waits for the
    next bill (前受). A negative amount pays back what was paid ahead.

    Raises UserError with every problem (fields ``amount``, ``on``, ``bill_ids``).
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.PAYMENTS)
        contract = work.contracts.get(contract_id)
        rows = {row.id: row for row in work.bills.rows_of_contract(contract_id) if row.closed}
        ahead = paid_ahead(work.bills.payments_of(contract_id))
        _check(desk, on, amount, bill_ids, rows, ahead)
        bills = [rows[one] for one in dict.fromkeys(bill_ids)] if bill_ids else _open(rows.values())
        staff = who(work.settings.load())
        now, receipt = desk.now(), uuid7()
        made = [
            Payment(
                id=uuid7(),
                contract_id=contract_id,
                bill_id=bill_id,
                on=on,
                amount=yen,
                method=method,
                receipt=receipt,
                staff=staff,
                at=now,
                note=note.strip(),
            )
            for bill_id, yen in _shares(bills, amount)
        ]
        work.bills.add_payments(made)
        work.audit.record(
            staff, "payment-recorded", contract_id,
            {"receipt": receipt, "on": on.isoformat(), "amount": amount, "method": method},
        )  # fmt: skip
        refresh_open(desk, work, contract)
        work.commit()
    return made


def void_payment(desk: Desk, contract_id: str, receipt: str, why: str) -> None:
    """Take a receipt of money back, all of its parts and what was set off of it; it stays in the history with
    the reason. Late interest that was claimed for it is withdrawn; what stands on a closed bill already is
    taken off the next one.

    Raises UserError ``empty`` without a reason, ``no-payment`` where there is none, or none any more,
    ``set-off`` for a set-off by itself, ``paid-back`` where the money went back to the customer already.
    """
    if not why.strip():
        raise UserError(
            Problem(
                "empty",
                _("理由が空です。"),
                remedy=_("取り消す理由を入力してください。"),
                field="why",
            )
        )
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.VOID)
        parts = [
            one for one in work.bills.payments_of(contract_id) if one.receipt == receipt and not one.voided
        ]
        if not parts:
            raise UserError(
                Problem(
                    "no-payment",
                    _("この入金は、すでに取り消されています。"),
                    remedy=_("画面を開き直してご確認ください。"),
                )
            )
        if any(one.method == "offset" for one in parts):
            raise UserError(
                Problem(
                    "set-off",
                    _("充当だけを取り消すことはできません。"),
                    remedy=_("もとの入金を取り消すと、その充当も取り消されます。"),
                )
            )
        staff = who(work.settings.load())
        for part in parts:
            work.bills.void_payment(part.id, why.strip())
        opened = take_back_set_off(work, contract_id, why.strip(), staff, desk.now())
        again = opened | {part.bill_id for part in parts}
        _withdraw_interest(desk, work, contract_id, again, why.strip(), staff)
        work.audit.record(staff, "payment-voided", contract_id, {"receipt": receipt})
        refresh_open(desk, work, work.contracts.get(contract_id))
        work.commit()


def closed_until(work: UnitOfWork, contract_id: str) -> Month | None:
    """The last closed month, None before any was: what is recorded for it or earlier becomes an adjustment.

    Months are closed for all contracts at once, so that one of them has no month of its own.
    """
    closed = [one.month for one in work.bills.runs() if one.state is RunState.CLOSED]
    return month_of(max(closed)) if closed else None


def _check(
    desk: Desk, on: date, amount: int, bill_ids: Sequence[str], rows: dict[str, BillRow], ahead: int
) -> None:
    problems = Problems()
    if not amount or abs(amount) > MOST_YEN:
        problems.add(
            "bad-input",
            _("入金額が正しくありません。"),
            remedy=_("1円以上の金額を入力してください。"),
            field="amount",
        )
    elif amount < 0 and -amount > ahead:
        problems.add(
            "out-of-range",
            _("返金額が前受金を超えています。"),
            why=_("前受金は{ahead}です。").format(ahead=yen_words(ahead)),
            field="amount",
        )
    if on > desk.today():
        problems.add(
            "bad-input",
            _("入金日が今日より後になっています。"),
            remedy=_("{today}以前の日を入力してください。").format(
                today=date_words(desk.today(), weekday=False)
            ),
            field="on",
        )
    if any(one not in rows for one in bill_ids):
        problems.add(
            "no-bill",
            _("締めていない請求には入金できません。"),
            remedy=_("締めた請求を選ぶか、請求を選ばずに前受として記録してください。"),
            field="bill_ids",
        )
    problems.raise_if_any()


def _open(rows: Iterable[BillRow]) -> list[BillRow]:
    """Bills with something open, the oldest due day first."""
    found = [row for row in rows if row.total > row.paid]
    return sorted(found, key=lambda row: (row.due_on or date.max, row.month))


def _shares(bills: Sequence[BillRow], amount: int) -> list[tuple[str, int]]:
    """How an amount falls on bills, one after the other; the rest on none ("")."""
    found = []
    left = amount
    for row in bills:
        part = min(left, row.total - row.paid)
        if part > 0:
            found.append((row.id, part))
            left -= part
    return [*found, ("", left)] if left else found


def _withdraw_interest(
    desk: Desk, work: UnitOfWork, contract_id: str, bill_ids: frozenset[str], why: str, staff: str
) -> None:
    """Late interest of bills whose payment was taken back: what was billed comes off the next."""
    claims = [one for one in work.bills.claims_of(contract_id) if not one.withdrawn]
    back = {one.cause for one in claims if one.kind == "adjustment"}
    for claim in claims:
        if claim.kind != "late-interest" or late_bill(claim.cause) not in bill_ids or claim.id in back:
            continue
        if claim.bill_id and _is_closed(work, claim.bill_id):
            work.bills.add_claim(_given_back(desk, work, claim, staff))
        else:
            work.bills.withdraw_claim(claim.id, why)


def _given_back(desk: Desk, work: UnitOfWork, claim: Claim, staff: str) -> Claim:
    """What puts billed interest right; its cause is the claim it takes back, so that it comes once."""
    of, billed = (month_of(work.bills.bill(one).month) for one in (late_bill(claim.cause), claim.bill_id))
    with speaking(CUSTOMERS_READ):
        lines = tuple(back_line(line, of, billed) for line in claim.lines)
    return Claim(
        id=uuid7(),
        contract_id=claim.contract_id,
        kind="adjustment",
        cause=claim.id,
        lines=lines,
        created_at=desk.now(),
        staff=staff,
    )


def _is_closed(work: UnitOfWork, bill_id: str) -> bool:
    run_id = work.bills.bill(bill_id).run_id
    return any(one.id == run_id and one.state is RunState.CLOSED for one in work.bills.runs())
