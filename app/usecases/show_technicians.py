"""Those who visit as the settings show them: with the visits that no longer fit them, and their order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

import msgspec

from app.days import DAY
from app.errors import UserError
from app.tariff.catalogue import Catalogue
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require
from app.visit.conflicts import hours_on, leave_in
from app.visit.days import visit_rules
from app.visit.order import Span, Technician, VisitRow, VisitState
from app.words import _

if TYPE_CHECKING:
    from app.usecases.ports import UnitOfWork

AHEAD: Final = 366
"""How many days ahead booked visits are looked at."""

_FIXED: Final = frozenset({VisitState.ARRANGED, VisitState.CONFIRMED})


@dataclass(frozen=True)
class Hit:
    """A booked visit that stands against what a technician's settings say now, and why."""

    visit: VisitRow
    span: Span
    why: str


@dataclass(frozen=True)
class ShownTechnician:
    """A technician, and the booked visits that can't be made so any more, the earliest first."""

    technician: Technician
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Technicians:
    """All technicians in their order, and the work there is: (code, name) in the order of the price list."""

    shown: tuple[ShownTechnician, ...]
    work: tuple[tuple[str, str], ...]

    def get(self, technician_id: str) -> ShownTechnician | None:
        """One of them."""
        return next((one for one in self.shown if one.technician.id == technician_id), None)


def show_technicians(desk: Desk) -> Technicians:
    """What the settings show."""
    today = desk.today()
    with desk.storage.look() as work:
        rows = _booked(work, today)
        known = work.technicians.all()
    shown = tuple(ShownTechnician(one, hits_of(one, rows, today)) for one in known)
    return Technicians(shown, work_names(desk.catalogue, today))


def _booked(work: UnitOfWork, today: date) -> list[VisitRow]:
    rows = work.visits.rows_between(today, today + DAY * AHEAD)
    return [row for row in rows if row.state in _FIXED]


def hits_of(technician: Technician, rows: Sequence[VisitRow], today: date) -> tuple[Hit, ...]:
    """The visits of these, from today on, at which the technician is away, off duty or no longer there."""
    return tuple(
        Hit(row, span, why)
        for row in rows
        if technician.id in row.technicians
        for span in row.spans
        if span.on >= today and (why := _against(technician, span))
    )


def _against(technician: Technician, span: Span) -> str:
    if not technician.fields.active:
        return _("休止中")
    away = leave_in(technician, span)
    if away is not None:
        return away
    on_duty = hours_on(technician, span.on)
    if on_duty is None:
        return _("休みの曜日")
    return "" if on_duty.first <= span.first and span.last <= on_duty.last else _("勤務時間の外")


def work_names(catalogue: Catalogue, day: date) -> tuple[tuple[str, str], ...]:
    """The work of all services that visit: code and name, each code once."""
    found: dict[str, str] = {}
    for service in catalogue.services():
        try:
            menu = visit_rules(catalogue, service.code, day).menu
        except UserError:  # its terms know no visits
            continue
        for item in menu:
            if not item.automatic:  # fees are no work
                found.setdefault(item.code, words(item.name))
    return tuple(found.items())


def order_technicians(desk: Desk, wanted: Sequence[tuple[str, int]]) -> tuple[Technician, ...]:
    """Store another order: ids with the versions last seen, all of them. Raises ConflictError."""
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.TECHNICIANS)
        stored = []
        for place, (technician_id, version) in enumerate(wanted):
            known = work.technicians.get(technician_id)
            if known.fields.order == place and known.version == version:
                stored.append(known)
                continue
            fields = msgspec.structs.replace(known.fields, order=place)
            stored.append(work.technicians.save(technician_id, version, fields))
        detail = {"order": [one for one, _version in wanted]}
        work.audit.record(who(work.settings.load()), "technicians-ordered", "technicians", detail)
        work.commit()
    return tuple(stored)
