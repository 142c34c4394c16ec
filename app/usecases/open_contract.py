"""Open a contract: everything its page shows, worked out once from what is recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from app.charge.engine import charge
from app.charge.lines import Line
from app.charge.plan import plan_of
from app.charge.stored import RunState, StoredBill
from app.contract.actions import Action
from app.contract.deadline_words import deadline_words
from app.contract.facts import Timeline
from app.contract.life import OVER, circumstances, state_on
from app.contract.life_table import Refusal, permitted
from app.contract.record import ContractContent, Entry, Standing, StoredContract
from app.days import Month
from app.errors import UserError
from app.money import figure
from app.quote.service_price import quantity_words
from app.tariff.catalogue import Catalogue
from app.tariff.model import Edition
from app.usecases.contract_view import (
    ContractView,
    EndingCurve,
    EndingPoint,
    Figures,
    LifePicture,
    Mark,
    MarkKind,
    MonthRow,
    MonthState,
    MonthSum,
    Segment,
    ShownLine,
)
from app.usecases.desk import Desk
from app.usecases.ending_curve import ending_curve
from app.usecases.life_picture import life_picture
from app.usecases.month_rows import bills_alone, frozen, month_rows, sum_of, worked_out
from app.usecases.next_bill import NONE as NO_BILLS
from app.usecases.next_bill import OpenBills, open_bills
from app.usecases.ports import UnitOfWork
from app.usecases.stand_contract import main_item, price_of, standing_of, what_it_has, yearly
from app.words import _

__all__ = [
    "ContractView",
    "EndingCurve",
    "EndingPoint",
    "Figures",
    "LifePicture",
    "Mark",
    "MarkKind",
    "MonthRow",
    "MonthState",
    "MonthSum",
    "Segment",
    "ShownLine",
    "ending_curve",
    "lines_of_month",
    "months_until",
    "open_contract",
    "timeline_of",
    "view_in",
]


def open_contract(desk: Desk, contract_id: str) -> ContractView:
    """A contract with everything its page shows. Raises UserError ``not-found``."""
    with desk.storage.look() as work:
        return view_in(desk, work, contract_id)


def view_in(desk: Desk, work: UnitOfWork, contract_id: str) -> ContractView:
    """The same within a transaction of the caller's."""
    stored = work.contracts.get(contract_id)
    customer = work.customers.get(stored.customer_id)
    details = work.customers.details(stored.customer_id)
    closed = {bill.month: bill for bill in work.bills.closed_of((contract_id,)).get(contract_id, ())}
    runs = work.bills.runs()
    equipment = work.beside.equipment_of(contract_id)
    counts = _counts(work, stored, len(equipment))
    settings = work.settings.load()
    catalogue = desk.catalogue_for(settings)
    bills = open_bills(desk, work, stored, runs, settings.readings)
    months = [_month(run.month) for run in runs if run.state is RunState.CLOSED]
    today = desk.today()
    entries = tuple(one.entry for one in stored.entries)
    standing = standing_of(stored.content, entries, catalogue, today, equipment)
    parts = parts_of(stored, catalogue, today, standing, closed, bills)
    return ContractView(
        stored=stored,
        customer=customer,
        details=details,
        catalogue=catalogue,
        today=today,
        standing=standing,
        timeline=parts.timeline,
        figures=parts.figures,
        life=parts.life,
        months=parts.months,
        months_sum=sum_of(parts.months),
        actions=actions_of(stored, catalogue, today),
        closed_until=max(months, default=None),
        equipment=tuple(equipment),
        run_readings={run.id: run.readings for run in runs},
        counts=counts,
    )


class Parts:
    """What of a view follows from the contract alone."""

    def __init__(
        self,
        timeline: Timeline | None,
        figures: Figures,
        life: LifePicture,
        months: tuple[MonthRow, ...],
    ) -> None:
        self.timeline = timeline
        self.figures = figures
        self.life = life
        self.months = months


def parts_of(
    stored: StoredContract,
    catalogue: Catalogue,
    today: date,
    standing: Standing,
    closed: Mapping[str, StoredBill],
    bills: OpenBills = NO_BILLS,
) -> Parts:
    """Header, life picture and months of a contract."""
    entries = tuple(one.entry for one in stored.entries)
    timeline, as_billed = timeline_of(stored), _as_billed(stored, closed)
    return Parts(
        timeline,
        figures_of(stored.content, entries, catalogue, today, standing, stored.staff),
        life_picture(stored.content, entries, timeline, catalogue, today),
        month_rows(
            timeline,
            catalogue,
            today,
            closed,
            as_billed=as_billed,
            billed_from=stored.content.billed_from,
            open_bills=bills,
        )
        if timeline is not None
        else bills_alone(catalogue, today, closed, as_billed, bills),
    )


def months_until(view: ContractView, ahead: int) -> tuple[MonthRow, ...]:
    """The months of a view with more of those to come; none of a contract that never began."""
    if view.timeline is None:
        return ()
    closed = {str(row.month): row.bill for row in view.months if row.bill is not None}
    return month_rows(
        view.timeline,
        view.catalogue,
        view.today,
        closed,
        ahead,
        as_billed=_as_billed(view.stored, closed),
        billed_from=view.stored.content.billed_from,
        open_bills=OpenBills(
            {str(row.month): row.computed for row in view.months if row.computed is not None},
            {str(row.month): row.waiting for row in view.months if row.waiting is not None},
        ),
    )


def _as_billed(stored: StoredContract, closed: Mapping[str, StoredBill]) -> dict[str, Timeline]:
    """For bills made before the last entries: what had been recorded then."""
    last = max((one.seq for one in stored.entries), default=0)
    then: dict[int, Timeline | None] = {}
    for bill in closed.values():
        seen = bill.content.seen
        if seen < last and seen not in then:
            known = tuple(one for one in stored.entries if one.seq <= seen)
            then[seen] = timeline_of(msgspec.structs.replace(stored, entries=known))
    found = ((bill.month, then.get(bill.content.seen)) for bill in closed.values())
    return {month: timeline for month, timeline in found if timeline is not None}


def timeline_of(stored: StoredContract) -> Timeline | None:
    """What charges are worked out from; None for a contract that never began."""
    timeline = stored.timeline
    try:
        timeline.history  # noqa: B018 - read once, kept in the timeline
    except LookupError:
        return None
    return timeline


def figures_of(
    content: ContractContent,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
    standing: Standing,
    staff: str,
) -> Figures:
    """The figures of the header, by the prices of ``today``; what is over costs nothing any more."""
    plan = plan_of(catalogue, content.service)
    has = what_it_has(content, entries, today)
    edition = plan.at(has.priced_on).rules
    priced = None if standing.state in OVER else price_of(plan, has, content)
    item, _quantity = main_item(edition, has.items)
    line = None
    if priced is not None and item is not None and not item.quoted:
        line = next((one for one in priced.monthly if one.item == item.code), None)
    year = yearly(priced)
    due = standing.next_deadline
    service = catalogue.service(content.service)
    return Figures(
        quantity_words=quantity_words(edition, dict(has.items)) or _nothing_counted(edition, bool(year)),
        unit_price=line.unit_price if line is not None else None,
        price_words=_price_words(line.reason.inputs if line is not None else {}),
        amount=year or (priced.full if priced is not None else 0),
        yearly=bool(year),
        next_deadline=due,
        next_words=deadline_words(due.code, service) if due is not None else "",
        days_left=(due.on - today).days if due is not None else None,
        staff=staff,
    )


def _nothing_counted(edition: Edition, yearly_fee: bool) -> str:
    if yearly_fee:
        return _("年額契約")
    return _("基本料金のみ") if any(item.fixed_quantity for item in edition.items) else "—"


def _price_words(inputs: Mapping[str, object]) -> str:
    """``単価（30〜39）`` for a price of tiers, ``単価（合意）`` for an agreed one."""
    tier = inputs.get("tier")
    if isinstance(tier, tuple):
        first, last = tier
        if last is None:
            return _("単価（{first}〜）").format(first=figure(first))
        return _("単価（{first}〜{last}）").format(first=figure(first), last=figure(last))
    return _("単価（合意）") if "list_price" in inputs and "why" in inputs else _("単価")


def actions_of(stored: StoredContract, catalogue: Catalogue, today: date) -> dict[Action, Refusal | None]:
    """Every action with why it is not possible today; None where it is."""
    entries = tuple(one.entry for one in stored.entries)
    state = state_on(entries, today)
    holding = circumstances(entries, today)
    service = catalogue.service(stored.content.service)
    return {action: permitted(action, state, service, today, holding) for action in Action}


def lines_of_month(view: ContractView, month: Month) -> tuple[ShownLine, ...]:
    """The lines of a month, each with its reason: a bill's as they were billed or worked out, explained by
    what was recorded and how was read then; those of other months as worked out now. Nothing is stored or
    asked for.

    Raises UserError as ``charge`` does for a month that is not closed.
    """
    row = next((one for one in view.months if one.month == month), None)
    if row is not None and row.state == "carried":
        return ()
    bill = row.shown_bill if row is not None else None
    if bill is None:
        return worked_out(charge(view.timeline, view.catalogue, month)) if view.timeline else ()
    return frozen(bill, lines_as_billed(view.stored, view.catalogue, bill, view.run_readings))


def lines_as_billed(
    stored: StoredContract,
    catalogue: Catalogue,
    bill: StoredBill,
    readings: Mapping[str, Mapping[str, str]],
) -> Sequence[Line]:
    """The lines a bill was made of, worked out again; none where that can no longer be done. One that stands
    in no run is read as ``catalogue`` is.
    """
    seen = tuple(one for one in stored.entries if one.seq <= bill.content.seen)
    try:
        chosen = readings.get(bill.run_id)
        then = catalogue if chosen is None else catalogue.with_choices(dict(chosen))
        return charge(msgspec.structs.replace(stored, entries=seen).timeline, then, _month(bill.month))
    except (UserError, LookupError):
        return ()


def _counts(work: UnitOfWork, stored: StoredContract, equipment: int) -> dict[str, int]:
    return {
        "equipment": equipment,
        "notes": len(work.beside.notes_of("contract", stored.id)),
        "attachments": len(work.beside.attachments_of("contract", stored.id)),
        "entries": len(stored.entries),
    }


def _month(text: str) -> Month:
    year, _dash, number = text.partition("-")
    return Month(int(year), int(number))
