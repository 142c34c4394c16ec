"""The days to be kept for one contract as it stands: of its term, its end, its opening, its devices.

Days that nobody has to see to any more are left out; what has to come back stays until it came.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from app.contract.beside import Equipment
from app.contract.date_reason import DateReason
from app.contract.deadlines import Deadlines, Question, deadlines
from app.contract.equipment import to_return
from app.contract.facts import (
    Changed,
    Ended,
    RenewalDeclined,
    Resumed,
    Started,
    Suspended,
    TermsNoticed,
)
from app.contract.opening import Wish, opening_date
from app.contract.record import ContractContent, DeadlineDay, Entry
from app.contract.steps import Refused, Revoked, Withdrawn
from app.days import corresponding_day
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.tariff.model import Edition

Whose = Literal["customer", "desk", "provider"]

_TERM: Final[Mapping[str, Whose]] = {
    "min_term_ends": "customer",
    "term_ends": "customer",
    "notice_by": "customer",
    "invoice_by": "provider",
    "payment_due": "customer",
}
_END: Final[Mapping[str, Whose]] = {"uninstall_by": "customer", "settle_by": "customer"}


def contract_deadlines(
    content: ContractContent,
    held: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
    equipment: Sequence[Equipment] = (),
) -> tuple[DeadlineDay, ...]:
    """The deadlines of a contract on ``today``, the earliest first. ``held``: the entries nobody voided.

    Raises UserError ``bad-input`` for an unknown service.
    """
    kinds: dict[type, Any] = {}
    for one in held:
        kinds[type(one)] = one
    started: Started | None = kinds.get(Started)
    edition = stands_for(catalogue.service(content.service).editions, started.on if started else today)
    if started is None or started.on > today:
        over = Refused in kinds or Withdrawn in kinds or Revoked in kinds
        return () if over else _sorted(_before_start(content, started, edition, catalogue, today))
    ended: Ended | None = kinds.get(Ended)
    if ended is None and edition.term is None and len(kinds) == 1:
        return ()  # nothing runs out
    return _sorted(_running(content, kinds, edition, catalogue, today, equipment))


def _sorted(found: Iterator[DeadlineDay]) -> tuple[DeadlineDay, ...]:
    return tuple(sorted(found, key=lambda one: (one.on, one.code)))


def _before_start(
    content: ContractContent, started: Started | None, edition: Edition, catalogue: Catalogue, today: date
) -> Iterator[DeadlineDay]:
    """What has to happen until the service opens."""
    wished = started.on if started is not None else content.application.wished_start
    if wished is None:
        return
    if edition.opening is not None:
        dates = opening_date(Wish(content.service, wished), catalogue)
        rows: tuple[tuple[str, DateReason, Whose], ...] = (
            ("deliver_by", dates.delivery_due, "provider"),
            ("install_by", dates.install_due, "customer"),
            ("test_due", dates.test_due, "provider"),
            ("opening", dates.opening, "provider"),
        )
        yield from (_day(code, reason, whose) for code, reason, whose in rows if reason.day >= today)
    elif wished >= today:
        clause = edition.life.start_clause if edition.life is not None else ""
        yield DeadlineDay(code="start", on=wished, whose="provider", clause=clause)


def _running(
    content: ContractContent,
    kinds: Mapping[type, Any],
    edition: Edition,
    catalogue: Catalogue,
    today: date,
    equipment: Sequence[Equipment],
) -> Iterator[DeadlineDay]:
    ended: Ended | None = kinds.get(Ended)
    declined: RenewalDeclined | None = kinds.get(RenewalDeclined)
    started: Started = kinds[Started]
    on = today if ended is None else max(started.on, min(today, ended.on))
    found = deadlines(
        Question(
            content.service,
            started.on,
            on,
            ended.on if ended is not None else None,
            declined.on if declined is not None else None,
        ),
        catalogue,
    )
    if ended is None:
        yield from _of_term(found, edition, today, declined=declined is not None)
        yield from _of_notices(kinds, edition, today)
    else:
        yield from (_day(c, found.dates[c], w) for c, w in _END.items() if _ahead(found, c, today))
    changed: Changed | None = kinds.get(Changed)
    if ended is None and changed is not None and changed.on >= today:
        rule = next((one for one in edition.deadlines if one.code == "uninstall_by"), None)
        if rule is not None:
            yield DeadlineDay(code=rule.code, on=changed.on, whose="customer", clause=rule.clause)
    if equipment and edition.life is not None:
        end = ended.on if ended is not None else None
        for duty in to_return(equipment, edition.life.equipment, end, found.dates):
            if duty.by is not None:
                yield DeadlineDay(
                    code="return_equipment_by", on=duty.by, whose="customer", clause=duty.clause
                )
                break
    elif ended is not None and _ahead(found, "return_equipment_by", today):
        yield _day("return_equipment_by", found.dates["return_equipment_by"], "customer")


def _of_term(found: Deadlines, edition: Edition, today: date, *, declined: bool) -> Iterator[DeadlineDay]:
    for code, whose in _TERM.items():
        if not _ahead(found, code, today) or (code == "notice_by" and (declined or not _renews(edition))):
            continue
        yield _day(code, found.dates[code], whose)
    month = found.renewal_month
    if month is not None and month.last >= today and edition.term is not None:
        yield DeadlineDay(code="renewal_month", on=month.last, since=month.first, clause=edition.term.clause)


def _renews(edition: Edition) -> bool:
    return edition.term is not None and edition.term.renewal == "yearly-unless-noticed"


def _of_notices(kinds: Mapping[type, Any], edition: Edition, today: date) -> Iterator[DeadlineDay]:
    """The days in which changed terms let the customer leave, and the longest a suspension may last."""
    noticed: TermsNoticed | None = kinds.get(TermsNoticed)
    life = edition.life
    if noticed is not None and noticed.effective >= today:
        yield DeadlineDay(
            code="leave_free_until",
            on=noticed.effective,
            since=noticed.notified,
            clause=life.terms_change_clause if life is not None else "",
        )
    suspended: Suspended | None = kinds.get(Suspended)
    longest = life.suspension.longest_months if life is not None else None
    resumed: Resumed | None = kinds.get(Resumed)
    if life is None or suspended is None or suspended.last is not None or longest is None:
        return
    if resumed is not None and resumed.on >= suspended.first:
        return
    until = corresponding_day(suspended.first, longest)
    if until >= today:
        yield DeadlineDay(code="suspension_ends", on=until, whose="provider", clause=life.suspension.clause)


def _ahead(found: Deadlines, code: str, today: date) -> bool:
    reason = found.dates.get(code)
    return reason is not None and reason.day >= today


def _day(code: str, reason: DateReason, whose: Whose) -> DeadlineDay:
    return DeadlineDay(code=code, on=reason.day, whose=whose, clause=reason.clause)
