"""Writes on site: arrived, agreed before the work, reported, signed and finished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from app.usecases.desk import Desk
from ui.operations.hub import Changed, Outcome

if TYPE_CHECKING:
    from app.visit.order import Device, StoredVisit, Tick
    from ui.visits.onsite.draft import Signing


def begin_work(desk: Desk, visit_id: str, version: int) -> Outcome[StoredVisit]:
    """The technician arrived. Raises UserError ``visit-state``, ConflictError."""
    from app.usecases.work_on_site import begin

    return _told(begin(desk, visit_id, version))


def agree_before(
    desk: Desk,
    visit_id: str,
    version: int,
    devices: Sequence[Device],
    signing: Signing,
    agreed: Sequence[str],
    shown_net: int | None = None,
) -> Outcome[StoredVisit]:
    """The points before the work confirmed and signed, for the devices as they were found, at the price that
    was shown (net yen).

    Raises UserError with everything that lacks, ConflictError.
    """
    from app.usecases.work_on_site import sign_before

    version = _with_devices(desk, visit_id, version, devices).version
    strokes, why = _strokes(signing), _why(signing)
    return _told(sign_before(desk, visit_id, version, signing.name, strokes, agreed, why, shown_net))


def report_work(
    desk: Desk, visit_id: str, version: int, devices: Sequence[Device], ticks: Sequence[Tick], notes: str
) -> Outcome[StoredVisit]:
    """Freeze what was done, with the work that was added or left out on site.

    Raises UserError with everything that lacks, ConflictError.
    """
    from app.usecases.work_on_site import report

    stored = _with_devices(desk, visit_id, version, devices)
    return _told(report(desk, visit_id, stored.version, ticks, notes))


def sign_and_finish(
    desk: Desk, visit_id: str, version: int, signing: Signing, sha256: str
) -> Outcome[StoredVisit]:
    """The customer signed what was shown; what it costs goes onto the next bill. A report signed before is
    only finished. Raises UserError, ConflictError; a signature that was stored stays.
    """
    from app.usecases.keep_visit import open_visit
    from app.usecases.work_on_site import finish, sign_report
    from app.visit.visit_life import report_signature

    held = open_visit(desk, visit_id)
    if report_signature(held.events) is None:
        held = sign_report(desk, visit_id, version, signing.name, _strokes(signing), sha256, _why(signing))
        version = held.version
    stored = finish(desk, visit_id, version)
    return Outcome(stored, Changed(visits=frozenset({stored.id}), bills=True))


def _strokes(signing: Signing) -> tuple[tuple[tuple[int, int], ...], ...]:
    return () if signing.on_paper else signing.strokes


def _why(signing: Signing) -> str:
    return signing.why if signing.on_paper else ""


def _with_devices(desk: Desk, visit_id: str, version: int, devices: Sequence[Device]) -> StoredVisit:
    """The visit with its devices as they were found on site."""
    from app.usecases.keep_visit import edit, open_visit

    held = open_visit(desk, visit_id)
    if held.content.devices == tuple(devices):
        return msgspec.structs.replace(held, version=version)
    return edit(desk, visit_id, version, msgspec.structs.replace(held.content, devices=tuple(devices)))


def _told(stored: StoredVisit) -> Outcome[StoredVisit]:
    return Outcome(stored, Changed(visits=frozenset({stored.id})))
