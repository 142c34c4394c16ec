"""解約金: what ending a contract, or giving up part of it, costs before its term is over.

Stands outside consumption tax by the reading in force.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

import msgspec

from app.charge.lines import Line, Reason, UsedReading
from app.charge.months_left import months_left
from app.charge.plan import EditionPlan, Priced, ServicePlan, plan_of
from app.charge.view import View
from app.contract.facts import Changed, Ended, Timeline
from app.contract.history import History, State
from app.contract.ordered import REFUSALS
from app.contract.timeline_check import check_facts
from app.money import TaxKind
from app.tariff.catalogue import Catalogue
from app.tariff.model import TerminationFee, Text
from app.words import _


@dataclass(frozen=True)
class Termination:
    """The fee in yen, the months it counts, whether the terms waive it, and why."""

    fee: int
    months_left: int
    line: Line | None
    reason: Reason
    waived: bool = False


class _Case(msgspec.Struct):
    """An end or a reduction to price: when, what was there before and what stays (None: nothing)."""

    plan: ServicePlan
    catalogue: Catalogue
    timeline: Timeline
    history: History
    on: date
    before: State
    after: State | None
    cause: Ended | Changed | None


def termination(timeline: Timeline, catalogue: Catalogue, on: date) -> Termination | None:
    """What the customer's own ending of the whole contract on ``on`` (解約日) costs; None where the terms
    know no fee.

    Raises UserError ``edition-unknown`` where prices of that day are not known.
    """
    plan, history = _sound(timeline, catalogue)
    return _fee(_Case(plan, catalogue, timeline, history, on, history.state_on(on), None, None))


def ending(timeline: Timeline, catalogue: Catalogue) -> Termination | None:
    """What the contract's own end costs, else its last change; None where the terms know no fee.

    Raises UserError: for facts that cannot have happened, and ``edition-unknown``.
    """
    plan, history = _sound(timeline, catalogue)
    ended = history.ended
    if ended is not None:
        return _fee(_end_case(plan, catalogue, timeline, history, ended))
    if len(history.states) == 1:
        return None
    before, after = history.states[-2:]
    return _fee(_change_case(plan, catalogue, timeline, history, before, after))


def fee_lines(view: View) -> list[Line]:
    """The termination fees of the month: of every reduction in it, and of the end."""
    history = view.history
    cases = [
        _change_case(view.plan, view.catalogue, view.timeline, history, before, after)
        for before, after in view.changes()
    ]
    if history.ended is not None and view.is_in(history.ended.on):
        cases.append(_end_case(view.plan, view.catalogue, view.timeline, history, history.ended))
    found = [_fee(case) for case in cases if case.plan.at(case.on).rules.termination is not None]
    return [one.line for one in found if one is not None and one.line is not None]


def _sound(timeline: Timeline, catalogue: Catalogue) -> tuple[ServicePlan, History]:
    plan = plan_of(catalogue, timeline.service)
    history: History | None = timeline.__dict__.get("_history")
    if history is None or not history.sound:
        check_facts(timeline, plan.service).raise_if_any(REFUSALS)
        history = timeline.history
        history.sound = True  # as in View: facts never change
    return plan, history


def _end_case(
    plan: ServicePlan, catalogue: Catalogue, timeline: Timeline, history: History, ended: Ended
) -> _Case:
    state = history.state_on(ended.on)
    return _Case(plan, catalogue, timeline, history, ended.on, state, None, ended)


def _change_case(
    plan: ServicePlan, catalogue: Catalogue, timeline: Timeline, history: History, before: State, after: State
) -> _Case:
    cause = after.fact if isinstance(after.fact, Changed) else None
    return _Case(plan, catalogue, timeline, history, after.on, before, after, cause)


def _fee(case: _Case) -> Termination | None:
    priced = case.plan.priced(case.before, case.on, case.timeline.agreed, case.catalogue)
    run = case.plan.at(case.on)
    rule, term = run.rules.termination, run.rules.term
    if rule is None or term is None:
        return None
    left = months_left(run, rule, term.months, case.history.started.on, case.on)
    basis = _basis(case, run, rule, priced)
    waived, why = _waived(run, rule, case.cause)
    fee = 0 if waived else basis.yen * left.months
    tax = run.used(rule.tax_reading)
    inputs = {
        "basis": basis.yen,
        "months_left": left.months,
        "month_number": left.number,
        "term": term.months,
        **basis.inputs,
    }
    if waived:
        inputs["waived"] = case.cause.reason if case.cause else None
    reason = Reason(
        rule.policy,
        inputs,
        Fraction(fee),
        fee,
        rule.waiver_clause if waived else rule.clause,
        "",
        priced.edition.start,
        (*left.used, *basis.used, *why, *tax),
    )
    taxed = bool(tax) and tax[0].choice == "taxed"
    line = Line(
        case.timeline.service,
        "termination-fee",
        _("解約金"),
        fee,
        reason,
        tax=TaxKind.STANDARD if taxed else TaxKind.OUTSIDE,
        clause=rule.clause,
    )
    return Termination(fee, left.months, line if fee else None, reason, waived)


class _Basis(msgspec.Struct):
    """Yen per month the fee counts, what they are made of, and the reading that says so."""

    yen: int
    inputs: dict[str, object] = msgspec.field(default_factory=dict)
    used: tuple[UsedReading, ...] = ()


def _basis(case: _Case, run: EditionPlan, rule: TerminationFee, priced: Priced) -> _Basis:
    if rule.policy == "reduced-units-remaining-months":
        return _given_up(case, priced)
    if case.after is not None:  # only ending the service itself costs anything, not using less of it
        return _Basis(0)
    used = run.used(rule.scope_reading)
    if used and used[0].choice == "base":
        base = {item.code for item in priced.edition.items if item.fixed_quantity is not None}
        return _Basis(sum(line.amount for line in priced.monthly if line.item in base), {}, used)
    return _Basis(priced.full, {}, used)


def _given_up(case: _Case, priced: Priced) -> _Basis:
    """The units given up at the unit price they had before."""
    after = case.after.items if case.after is not None else {}
    basis = _Basis(0)
    for line in priced.monthly:
        less = (line.quantity or 0) - after.get(line.item, 0)
        if less > 0 and line.unit_price is not None:
            basis.yen += less * line.unit_price
            item = priced.edition.item(line.item)
            unit = item.unit if item else Text(ja=line.unit, en=line.unit)
            basis.inputs = {"quantity": less, "unit": unit, "unit_price": line.unit_price}
    if basis.yen != _product(basis.inputs):  # several items: no single product says it
        basis.inputs = {}
    return basis


def _product(inputs: dict[str, object]) -> int:
    quantity, price = inputs.get("quantity"), inputs.get("unit_price")
    return quantity * price if isinstance(quantity, int) and isinstance(price, int) else 0


def _waived(
    run: EditionPlan, rule: TerminationFee, cause: Ended | Changed | None
) -> tuple[bool, tuple[UsedReading, ...]]:
    """Whether the terms waive the fee for this reason, and the reading that decides it."""
    if cause is None or cause.reason is None or cause.reason not in rule.waived:
        return False, ()
    if cause.reason == "service-end":
        used = run.used(rule.waiver_reading)
        return not used or used[0].choice == "waived", used
    if cause.reason == "supplier-change":
        return not cause.customer_fault, ()
    return isinstance(cause, Ended) and _asked_in_time(cause), ()


def _asked_in_time(ended: Ended) -> bool:
    """Asked between the notice of the changed terms and the day they take effect, both included."""
    if ended.requested is None or ended.notified is None or ended.effective is None:
        return False
    return ended.notified <= ended.requested <= ended.effective
