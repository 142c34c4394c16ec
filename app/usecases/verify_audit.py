"""Checks the chain of the audit part by part, so that a window can show how far it is."""

from __future__ import annotations

from app.usecases.audit_entries import AuditCheck
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who


def verify_part(desk: Desk, place: AuditCheck) -> AuditCheck:
    """Go on with a check for 2,000 links; the last part records that it was done, and what was found."""
    with desk.storage.look() as work:
        found = work.audit.check_some(place)
    if found.ended:
        with desk.storage.work() as work:
            detail = {"links": found.seq, "faults": list(found.faults[:20])}
            work.audit.record(who(work.settings.load()), "audit-verified", "", detail)
            work.commit()
    return found
