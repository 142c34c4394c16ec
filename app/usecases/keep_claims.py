"""What is claimed besides the charges: 割増金, and late interest that is let go (免除)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from app.charge.interest_words import sentence
from app.charge.stored import BillLine, Claim
from app.charge.surcharge import EvadedFee, SurchargeDue, surcharge
from app.errors import Problem, UserError
from app.ids import uuid7
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.usecases.run_month import CUSTOMERS_READ, refresh_open
from app.words import _, speaking

if TYPE_CHECKING:
    from app.contract.record import StoredContract


def surcharge_due(desk: Desk, contract: StoredContract, evaded_net: int, on: date) -> SurchargeDue:
    """What a fee evaded on a day (net yen) costs with its 割増金; nothing is stored.

    Raises UserError ``bad-input`` for an amount below one yen, ``no-rule`` where the terms know none.
    """
    if evaded_net < 1:
        raise UserError(
            Problem(
                "bad-input",
                _("免れた額が正しくありません。"),
                remedy=_("1円以上の税抜の金額を入力してください。"),
                field="evaded_net",
            )
        )
    catalogue = desk.catalogue_for(desk.settings())
    return surcharge(EvadedFee(contract.content.service, evaded_net, on), catalogue)


def claim_surcharge(
    desk: Desk, contract_id: str, evaded_net: int, note: str, *, on: date | None = None
) -> Claim:
    """Put the evaded fee and its 割増金 on the next bill, each a line with its reason.

    ``on``: the day the fee was evaded (None: today). Raises UserError as ``surcharge_due``, and
    ``already-claimed`` for the same amount of the same day.
    """
    on = on or desk.today()
    with desk.storage.look() as work:
        contract = work.contracts.get(contract_id)
    due = surcharge_due(desk, contract, evaded_net, on)
    with speaking(CUSTOMERS_READ):
        lines = _lines(due, evaded_net, note.strip())
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.PAYMENTS)
        staff = who(work.settings.load())
        claim = work.bills.add_claim(
            Claim(
                id=uuid7(),
                contract_id=contract_id,
                kind="surcharge",
                cause=f"{on.isoformat()} {evaded_net}",
                lines=lines,
                created_at=desk.now(),
                staff=staff,
            )
        )
        work.audit.record(
            staff, "surcharge-claimed", contract_id, {"evaded": evaded_net, "due": due.total_due}
        )
        refresh_open(desk, work, contract)
        work.commit()
    return claim


def withdraw_claim(desk: Desk, contract_id: str, claim_id: str, why: str) -> None:
    """Let a claim go that stands on no closed bill (免除・取下げ), with the reason. Late interest that was let
    go is not claimed again: one without lines takes its place.

    Raises UserError ``empty`` without a reason, ``claim-billed``.
    """
    if not why.strip():
        raise UserError(
            Problem("empty", _("理由が空です。"), remedy=_("理由を入力してください。"), field="why")
        )
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.VOID)
        claim = next((one for one in work.bills.claims_of(contract_id) if one.id == claim_id), None)
        work.bills.withdraw_claim(claim_id, why.strip())
        if claim is not None and claim.kind == "late-interest":
            work.bills.add_claim(msgspec.structs.replace(claim, id=uuid7(), lines=(), bill_id=""))
        staff = who(work.settings.load())
        work.audit.record(staff, "claim-withdrawn", contract_id, {"claim": claim_id})
        refresh_open(desk, work, work.contracts.get(contract_id))
        work.commit()


def _lines(due: SurchargeDue, evaded_net: int, note: str) -> tuple[BillLine, ...]:
    fee, added = due.reason.parts
    told = (note,) if note else ()
    return (
        BillLine(
            item="evaded-fee",
            name=_("支払いを免れた料金"),
            amount=evaded_net,
            clause=fee.clause,
            detail=note,
            why=(sentence(fee), *told),
        ),
        BillLine(
            item="surcharge",
            name=_("割増金"),
            amount=due.net,
            clause=added.clause,
            detail=_("免れた額の{factor}倍").format(factor=added.inputs["factor"]),
            why=(sentence(added), *told),
        ),
    )
