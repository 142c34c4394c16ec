"""Deadlines of contracts, and the days quotations run out, as a calendar file (iCalendar) that other programs
and phones read.

Days only, no hours: an event lasts all day, with a reminder in the morning of the day one should act, and
one a week before. A second export replaces the events of the first: they keep their UIDs. The file holds
names of customers and numbers of contracts, no addresses, no phones, no sums.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.contract.deadline_words import QUOTATION_ENDS, business_day_before, deadline_words, whose_words
from app.contract.record import DeadlineDay, DeadlineRow
from app.days import DAY, date_words
from app.errors import Problem, UserError
from app.tariff.clauses import clause_words
from app.tariff.texts import words
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require_at
from app.usecases.ports import UnitOfWork
from app.usecases.write_out import write_out
from app.words import _

if TYPE_CHECKING:
    from icalendar import Alarm, Event

    from app.tariff.model import Service

ZONE: Final = "Asia/Tokyo"
_PRODUCT: Final = "-//Madoguchi//Deadlines//JA"
_MORNING: Final = timedelta(hours=9)
_WEEK: Final = timedelta(days=7)
_FIRST_SEQUENCE: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class DeadlineQuery:
    """Which deadlines: those up to so many days ahead, of some services, kinds (codes), and whose move.

    ``overdue``: also those gone by that nobody has seen to.
    """

    days: int = 90
    services: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    whose: str = ""
    overdue: bool = True


@dataclass(frozen=True)
class Deadlines:
    """The first deadlines asked for, and how many there are in all."""

    today: date
    rows: tuple[DeadlineRow, ...]
    count: int
    overdue: int


@dataclass(frozen=True)
class SavedCalendar:
    """Where a calendar file was written, and how many deadlines it holds."""

    path: Path
    count: int


def list_deadlines(desk: Desk, query: DeadlineQuery, limit: int | None = None) -> Deadlines:
    """The deadlines, the earliest first."""
    today = desk.today()
    last = today + DAY * query.days
    first = None if query.overdue else today
    with desk.storage.look() as work:
        contracts = work.contracts
        narrow = (query.services, query.codes, query.whose)
        rows = contracts.deadlines(first, last, narrow[0], codes=narrow[1], whose=narrow[2], limit=limit)
        count = len(rows)
        if limit is not None and count == limit:
            count = contracts.count_deadlines(first, last, narrow[0], codes=narrow[1], whose=narrow[2])
        ending = _quotations(work, query, today, last)
        if ending:
            count += len(ending)
            rows = sorted((*rows, *ending), key=lambda row: row.deadline.on)[:limit]
        overdue = 0
        if query.overdue:
            overdue = contracts.count_deadlines(
                None, today - DAY, narrow[0], codes=narrow[1], whose=narrow[2]
            )
    return Deadlines(today, tuple(rows), count, overdue)


def _quotations(work: UnitOfWork, query: DeadlineQuery, today: date, last: date) -> list[DeadlineRow]:
    """The quotations that run out: the customer has to answer until then. What ran out is no deadline any
    more.
    """
    if (query.codes and QUOTATION_ENDS not in query.codes) or query.whose not in {"", "customer"}:
        return []
    return [
        DeadlineRow(
            contract_id="",
            number=row.number,
            customer=row.customer,
            phone=row.phone,
            service=row.services,
            state=None,
            deadline=DeadlineDay(code=QUOTATION_ENDS, on=row.valid_until),
            quotation_id=row.id,
        )
        for row in work.quotations.running_out(today, last, query.services)
        if row.valid_until is not None
    ]


def export_calendar(desk: Desk, query: DeadlineQuery, path: Path, passphrase: str = "") -> SavedCalendar:
    """Write the deadlines asked for to a file, whole or not at all, and note that it was done.

    Raises UserError ``nothing-to-export`` without any deadline, EnvironmentProblem where the file can't be
    written.
    """
    rows = rows_to_export(desk, query)
    write_calendar(desk, rows, path, passphrase)
    return note_export(desk, path, len(rows), sealed=bool(passphrase))


def rows_to_export(desk: Desk, query: DeadlineQuery) -> tuple[DeadlineRow, ...]:
    """All deadlines asked for. Raises UserError ``nothing-to-export``, ``not-permitted``."""
    require_at(desk, Act.EXPORT)
    found = list_deadlines(desk, query)
    if not found.rows:
        raise UserError(
            Problem(
                "nothing-to-export",
                _("書き出す期限がありません。"),
                remedy=_("期間や絞り込みを変えてください。"),
            )
        )
    return found.rows


def write_calendar(desk: Desk, rows: Sequence[DeadlineRow], path: Path, passphrase: str = "") -> None:
    """Write the file, sealed where there is a passphrase. Takes a millisecond for each deadline and asks
    nothing of storage. Raises as ``write_out``.
    """
    services = {service.code: service for service in desk.catalogue.services()}
    file = calendar_file(rows, services, desk.now())
    write_out(path, file, path.with_suffix(".ics").name, passphrase)


def note_export(desk: Desk, path: Path, count: int, *, sealed: bool = False) -> SavedCalendar:
    """Note that so many names left the encrypted data, and who did it."""
    with desk.storage.work() as work:
        staff = who(work.settings.load())
        work.audit.record(staff, "calendar-exported", path.name, {"deadlines": count, "sealed": sealed})
        work.commit()
    return SavedCalendar(path, count)


def calendar_file(rows: Iterable[DeadlineRow], services: Mapping[str, Service], now: datetime) -> bytes:
    """The bytes of the calendar: an event for each deadline."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("窓口の期限"))
    calendar.add("x-wr-timezone", ZONE)
    seen: Counter[str] = Counter()
    for row in rows:
        key = f"{row.contract_id or row.quotation_id}-{row.deadline.code}"
        seen[key] += 1
        number = f"-{seen[key]}" if seen[key] > 1 else ""
        calendar.add_component(_event(row, f"{key}{number}@madoguchi", services.get(row.service), now))
    return bytes(calendar.to_ical())


def _event(row: DeadlineRow, uid: str, service: Service | None, now: datetime) -> Event:
    from icalendar import Event

    one = row.deadline
    moment = now.astimezone(UTC)
    short = words(service.short) if service is not None else row.service
    name = deadline_words(one.code, service)
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)
    event.add("sequence", int((moment - _FIRST_SEQUENCE).total_seconds()) // 60)
    event.add(
        "summary",
        _("{what}：{customer}（{service}）").format(what=name, customer=row.customer, service=short),
    )
    event.add("dtstart", one.since or one.on)
    event.add("dtend", one.on + DAY)  # the day after the last, as the format counts
    event.add("description", _description(row, short))
    event.add("categories", [short])
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    for trigger in _reminders(one):
        event.add_component(_alarm(trigger, name))
    return event


def _description(row: DeadlineRow, short: str) -> str:
    one = row.deadline
    before = business_day_before(one.on)
    about = _("見積 {number}・{service}") if row.quotation_id else _("契約 {number}・{service}")
    lines = [
        about.format(number=row.number, service=short),
        whose_words(one.whose),
        _("期限の日は休業日です。前の営業日は{day}です。").format(day=date_words(before)) if before else "",
        clause_words(one.clause),
    ]
    return "\n".join(line for line in lines if line)


def _reminders(one: DeadlineDay) -> list[timedelta]:
    """When to remind, counted from the first moment of the event: nine in the morning a week before one
    has to act, and on the last business day one can.
    """
    start = one.since or one.on
    act = business_day_before(one.on) or one.on
    moments = {act - start, act - _WEEK - start}
    if one.since is not None and one.since != one.on:
        moments.add(timedelta(0))
    return sorted(days + _MORNING for days in moments)


def _alarm(trigger: timedelta, name: str) -> Alarm:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", name)
    alarm.add("trigger", trigger)
    return alarm
