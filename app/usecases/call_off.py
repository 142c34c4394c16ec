"""中止: a visit that does not take place. What it costs all the same is a reading, until somebody came: then
dispatch and diagnosis are owed (24条3項). The free visit returns, unless somebody came: then it is used.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

import msgspec

from app.charge.lines import Line, UsedReading
from app.errors import Problem, UserError
from app.usecases.claim_visit import claim_in
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.keep_visit import opened
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.visit_ground import Ground, day_in, figures_in, ground_for, request_in
from app.visit.cancelled import broken_off_visit, cancelled_visit
from app.visit.days import visit_rules
from app.visit.lines import FREE_VISIT
from app.visit.order import Begun, CalledOff, StoredVisit, VisitState
from app.visit.visit_life import Action
from app.words import _

By = Literal["customer", "desk", "weather"]

_OPEN: Final = frozenset({VisitState.RECEIVED, VisitState.ARRANGED})


@dataclass(frozen=True)
class CallOffFee:
    """What is charged for a visit that is called off, in net yen, by which reading, and whether it goes onto
    a bill by itself. Called off by us or by the weather it costs nothing. ``clause``: it was called off after
    somebody came; no reading is needed then. ``uses_free``: that visit was the free one of the contract year.
    """

    lines: tuple[Line, ...]
    reading: UsedReading | None
    billed: bool
    frees: bool  # the free visit it would have used can be used again
    clause: str = ""
    uses_free: bool = False

    @property
    def net(self) -> int:
        """Yen without tax."""
        return sum(line.amount for line in self.lines)


def call_off_fee(desk: Desk, visit_id: str, by: By) -> CallOffFee:
    """What calling off would cost; nothing is stored."""
    with desk.storage.look() as work:
        visit = work.visits.get(visit_id)
        frees = work.visits.figures(visit_id).free_on is not None
        return _fee(ground_for(desk, work, visit), visit, by, frees=frees)


def call_off(desk: Desk, visit_id: str, version: int, by: By, why: str) -> StoredVisit:
    """Call a visit off: its slot is free again, its free visit too (unless somebody came), which the next
    visit nobody confirmed yet takes; the fee goes onto the next bill.

    Raises ConflictError; UserError ``bad-input`` without a reason, ``visit-state`` for one that is over.
    """
    if not why.strip():
        raise UserError(
            Problem(
                "bad-input",
                _("中止の理由がありません。"),
                remedy=_("理由を入力してください。履歴に残ります。"),
                field="why",
            )
        )
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.BOOK)
        visit = opened(work, visit_id, version, Action.CALL_OFF)
        ground, figures = ground_for(desk, work, visit), work.visits.figures(visit_id)
        fee = _fee(ground, visit, by, frees=figures.free_on is not None)
        claim_id = claim_in(
            desk,
            work,
            ground,
            visit,
            lambda: called_off_lines(ground, visit, by)[0],
            lambda: _notes(fee, why),
        )
        staff = who(ground.settings)
        event = CalledOff(at=desk.now(), staff=staff, by=by, why=why.strip(), net=fee.net)
        changed = work.visits.change(
            visit_id,
            version,
            events=[event],
            figures=msgspec.structs.replace(
                figures, net=fee.net, free_on=day_in(ground, visit.content) if fee.uses_free else None
            ),
        )
        detail = {"number": visit.number, "by": by, "net": fee.net, "claim": claim_id}
        work.audit.record(staff, "visit-called-off", visit_id, detail)
        if fee.frees:
            _price_anew(desk, work, visit.content.contract_id)
        work.commit()
    return changed


def _price_anew(desk: Desk, work: UnitOfWork, contract_id: str) -> None:
    """The free visit can be had again: visits nobody confirmed yet are priced anew, the earliest first. What
    was confirmed stays as it was told, until the price is looked at again on site.
    """
    open_ = [row for row in work.visits.of_contract(contract_id) if row.state in _OPEN]
    for row in sorted(open_, key=lambda row: (row.spans[0].on if row.spans else date.max, row.seq)):
        visit = work.visits.get(row.id)
        try:
            now = figures_in(ground_for(desk, work, visit), visit.content)
        except UserError:
            continue  # no price any more: whoever confirms it is told why
        if now != work.visits.figures(row.id):
            work.visits.change(row.id, row.version, figures=now)
            detail = {"number": row.number, "net": now.net}
            work.audit.record(who(work.settings.load()), "visit-priced", row.id, detail)


def _fee(ground: Ground, visit: StoredVisit, by: By, *, frees: bool) -> CallOffFee:
    lines, reading = called_off_lines(ground, visit, by)
    clause = _success_clause(ground, visit) if _came(visit, by) else ""
    used = bool(clause) and any(line.reason.rule == FREE_VISIT for line in lines)
    return CallOffFee(lines, reading, ground.contract is not None, frees and not used, clause, used)


def called_off_lines(
    ground: Ground, visit: StoredVisit, by: By
) -> tuple[tuple[Line, ...], UsedReading | None]:
    """What a visit costs that is (or was) called off, and the reading that rests on: after the work was begun
    none is needed.
    """
    if by != "customer":
        return (), None
    request = request_in(ground, visit.content)
    if _came(visit, by):
        return broken_off_visit(request, ground.catalogue), None
    return cancelled_visit(request, ground.catalogue)


def _came(visit: StoredVisit, by: By) -> bool:
    """Whether the customer calls it off after the work was begun."""
    return by == "customer" and any(isinstance(event, Begun) for event in visit.events)


def _success_clause(ground: Ground, visit: StoredVisit) -> str:
    request = request_in(ground, visit.content)
    return visit_rules(ground.catalogue, request.service, request.on).success_clause


def _notes(fee: CallOffFee, why: str) -> tuple[str, ...]:
    told = (_("訪問の中止（{why}）").format(why=why.strip()),)
    if fee.clause:
        return (*told, _("訪問後の中止のため、派遣と診断の料金（{clause}）").format(clause=fee.clause))
    return (*told, _("規約の読み方：{name}").format(name=fee.reading.name)) if fee.reading else told
