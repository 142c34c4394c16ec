"""Visits as a calendar file (iCalendar) that other programs and phones read: a week of one technician or of
everybody.

A second export replaces the events of the first: they keep their UIDs, and a visit that was called off stays
in the file as a cancelled one, so that it disappears there too. The file holds what somebody needs on the
way: name and place of the customer, the work, what to bring. No phones, no persons, no sums, no remarks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.days import DAY
from app.errors import Problem, UserError
from app.usecases.desk import Desk
from app.usecases.keep_quotation import who
from app.usecases.permissions import Act, require_at
from app.usecases.show_technicians import work_names
from app.usecases.write_out import write_out
from app.visit.order import Device, Span, StoredVisit, VisitQuery, VisitRow, VisitState
from app.words import _

if TYPE_CHECKING:
    from icalendar import Event, Timezone

    from app.contract.customer import Customer
    from app.usecases.ports import UnitOfWork

ZONE: Final = "Asia/Tokyo"
WEEK: Final = 7
_PRODUCT: Final = "-//Madoguchi//Visits//JA"
_MIDNIGHT: Final = time()
_SURE: Final = frozenset({VisitState.CONFIRMED, VisitState.WORKING, VisitState.DONE})


@dataclass(frozen=True)
class VisitCalendarQuery:
    """Which visits: those of so many days from ``first`` on, of one technician ("": of everybody)."""

    first: date
    days: int = WEEK
    technician: str = ""

    @property
    def last(self) -> date:
        """The last day."""
        return self.first + DAY * (self.days - 1)


@dataclass(frozen=True)
class ExportedVisit:
    """A visit for the file: where it goes, and when it was called off, that it was."""

    visit: StoredVisit
    customer: str
    address: str
    technicians: tuple[str, ...]


@dataclass(frozen=True)
class SavedVisits:
    """Where the file was written, and how many visits it holds."""

    path: Path
    count: int


def file_name(query: VisitCalendarQuery, technician: str = "") -> str:
    """A name to propose for the file."""
    who_ = technician.replace(" ", "") or _("全員")
    return _("訪問_{who}_{first}.ics").format(who=who_, first=query.first.isoformat())


def export_visits(desk: Desk, query: VisitCalendarQuery, path: Path, passphrase: str = "") -> SavedVisits:
    """Write the visits asked for to a file, whole or not at all, and note that it was done.

    Raises UserError ``nothing-to-export`` without any visit, EnvironmentProblem where the file can't be
    written.
    """
    require_at(desk, Act.BOOK)
    found = visits_to_export(desk, query)
    names = dict(work_names(desk.catalogue, query.first))
    file = calendar_file(found, names, desk.now())
    write_out(path, file, path.with_suffix(".ics").name, passphrase)
    with desk.storage.work() as work:
        staff = who(work.settings.load())
        work.audit.record(staff, "visits-exported", path.name, {"visits": len(found)})
        work.commit()
    return SavedVisits(path, len(found))


def visits_to_export(desk: Desk, query: VisitCalendarQuery) -> tuple[ExportedVisit, ...]:
    """The visits asked for, the called off ones among them. Raises UserError ``nothing-to-export``."""
    with desk.storage.look() as work:
        names = {one.id: one.fields.name for one in work.technicians.all()}
        rows = [*work.visits.rows_between(query.first, query.last), *_called_off(work, query)]
        wanted = [row for row in rows if not query.technician or query.technician in row.technicians]
        found = tuple(_exported(work, row, names) for row in wanted)
    if not found:
        raise UserError(
            Problem(
                "nothing-to-export",
                _("書き出す訪問がありません。"),
                remedy=_("週か技術者を変えてください。"),
            )
        )
    return found


def _called_off(work: UnitOfWork, query: VisitCalendarQuery) -> list[VisitRow]:
    """Those called off that were to begin in these days."""
    asked = VisitQuery(
        states=(VisitState.CANCELLED,), first=query.first, last=query.last, sort="day", descending=False
    )
    return work.visits.rows(work.visits.seqs(asked))


def _exported(work: UnitOfWork, row: VisitRow, names: Mapping[str, str]) -> ExportedVisit:
    visit = work.visits.get(row.id)
    address = visit.content.place.address or _address(work.customers.get(row.customer_id))
    return ExportedVisit(
        visit, row.customer, address, tuple(names[one] for one in row.technicians if one in names)
    )


def _address(customer: Customer) -> str:
    fields = customer.fields
    return " ".join(part for part in (fields.prefecture + fields.address, fields.building) if part)


def calendar_file(visits: Iterable[ExportedVisit], work: Mapping[str, str], now: datetime) -> bytes:
    """The bytes of the calendar: an event for each day of each visit. ``work``: names of the menu."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("訪問"))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add_component(_zone())
    for one in visits:
        spans = sorted(one.visit.content.spans, key=lambda span: (span.on, span.first))
        for number, span in enumerate(spans, 1):
            calendar.add_component(_event(one, span, (number, len(spans)), work, now))
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Asia/Tokyo as the format wants it said: nine hours ahead since 1951, without summer time."""
    from icalendar import Timezone, TimezoneStandard

    standard = TimezoneStandard()
    standard.add("tzname", "JST")
    standard.add("dtstart", datetime(1951, 9, 8, 1, 0))  # noqa: DTZ001 - local by the format's own rule
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=9))
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone


def _event(
    one: ExportedVisit, span: Span, part: tuple[int, int], work: Mapping[str, str], now: datetime
) -> Event:
    from icalendar import Event

    visit, (number, count) = one.visit, part
    tail = f"-{number}" if number > 1 else ""
    name = _("訪問：{customer}").format(customer=one.customer)
    if count > 1:
        name = _("{name}（{number}/{count}日目）").format(name=name, number=number, count=count)
    event = Event()
    event.add("uid", f"visit-{visit.id}{tail}@madoguchi")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("last-modified", visit.updated_at.astimezone(UTC))
    event.add("sequence", visit.version)
    event.add("summary", name)
    for key, minute in (("dtstart", span.first), ("dtend", span.last)):
        event.add(key, _moment(span.on, minute), {"tzid": ZONE})
    event.add("status", _status(visit.state))
    if one.address:
        event.add("location", one.address)
    event.add("description", _description(one, work))
    event.add("class", "PRIVATE")
    return event


def _moment(on: date, minute: int) -> datetime:
    return datetime.combine(on, _MIDNIGHT) + timedelta(minutes=minute)


def _status(state: VisitState) -> str:
    if state is VisitState.CANCELLED:
        return "CANCELLED"
    return "CONFIRMED" if state in _SURE else "TENTATIVE"


def _description(one: ExportedVisit, work: Mapping[str, str]) -> str:
    content = one.visit.content
    lines = [
        _("訪問 {number}").format(number=one.visit.number),
        _("、").join(work_counts(content.devices, work)),
        _("持ち物：{bring}").format(bring=content.bring.strip()) if content.bring.strip() else "",
        _("担当：{names}").format(names=_("、").join(one.technicians)) if one.technicians else "",
    ]
    return "\n".join(line for line in lines if line)


def work_counts(devices: Sequence[Device], work: Mapping[str, str]) -> list[str]:
    """What is done on how many devices: ``データ移行 2台``."""
    counts: dict[str, int] = {}
    for device in devices:
        for code in dict.fromkeys(device.menu):
            counts[code] = counts.get(code, 0) + device.count
    return [
        _("{work} {count}台").format(work=work.get(code, code), count=count) for code, count in counts.items()
    ]
