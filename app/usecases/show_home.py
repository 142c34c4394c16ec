"""What somebody at the counter should see first: what is due, what waits, what runs out, what was backed up.

One look at the database, a few rows of each with how many there are in all: as quick with a hundred thousand
contracts as with ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from app.contract.life import entries_standing
from app.contract.record import ContractRow, ContractState, DeadlineRow
from app.contract.steps import Explained
from app.days import DAY, holiday_words, is_business_day, is_year_end
from app.papers.invoice_parts import billed_by_others
from app.quote.stored import QuotationQuery, QuotationRow, QuotationState
from app.usecases.desk import Desk
from app.visit.order import VisitQuery, VisitState
from app.words import _

if TYPE_CHECKING:
    from app.charge.stored import Receivable
    from app.contract.beside import DueNote
    from app.usecases.ports import UnitOfWork
    from app.visit.order import Span, VisitRow

STEPS: Final = (30, 60, 90)
"""How many days ahead the columns of deadlines look."""

WAITING: Final = (ContractState.PREPARING, ContractState.SUBMITTED, ContractState.ACCEPTED)
"""The states of an application on its way: to be sent, with the provider, accepted and not begun."""

_NOTES_AHEAD: Final = 7  # days
_QUOTATIONS_AHEAD: Final = 30  # days
_HOLIDAY_AHEAD: Final = 14  # days
_MOST: Final = {"deadlines": 12, "notes": 6, "overdue": 6, "drafts": 6, "quotations": 6, "waiting": 6}
_MOST_OVERDUE_DEADLINES: Final = 6
_MOST_LOOKED_AT: Final = 60  # unpaid bills
_MOST_COUNTED: Final = 200  # quotations that run out


@dataclass(frozen=True)
class Bucket:
    """Deadlines of a stretch of days: those gone by (``days`` 0), or those of the 30 days up to ``days``
    ahead. ``count`` is how many there are, ``rows`` the first ones.
    """

    days: int
    first: date | None
    last: date
    count: int
    rows: tuple[DeadlineRow, ...]


@dataclass(frozen=True)
class Closed:
    """The next days without business: from ``first`` to ``last``, and why."""

    first: date
    last: date
    why: str


@dataclass(frozen=True)
class Applications:
    """Applications on their way: how many stand in each state, those touched last, and the ids of those
    among these whose important points nobody has explained yet.
    """

    counts: dict[ContractState, int]
    rows: tuple[ContractRow, ...]
    unexplained: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class TodayVisit:
    """A visit with a slot today: its hours today, and the names of those who go."""

    row: VisitRow
    span: Span
    technicians: tuple[str, ...]


@dataclass(frozen=True)
class TodayVisits:
    """The visits of today, the earliest first; how many wait for a slot or for somebody to go; and whether
    this desk visits at all.
    """

    rows: tuple[TodayVisit, ...] = ()
    waiting: int = 0
    used: bool = False


@dataclass(frozen=True)
class HomeView:
    """Everything Home shows but the tariffs, which take longer to read. Money is yen with tax."""

    today: date
    open_today: bool
    closed: Closed | None
    overdue: Bucket
    buckets: tuple[Bucket, ...]
    notes: tuple[DueNote, ...]
    note_count: int
    unpaid: tuple[Receivable, ...]
    unpaid_count: int
    unpaid_sum: int
    applications: Applications
    drafts: tuple[QuotationRow, ...]
    draft_count: int
    ending: tuple[QuotationRow, ...]
    ending_count: int
    last_backup: datetime | None
    staff: dict[str, str]  # id → name
    visits: TodayVisits = TodayVisits()

    @property
    def deadline_count(self) -> int:
        """All deadlines shown or counted."""
        return self.overdue.count + sum(bucket.count for bucket in self.buckets)


def home(desk: Desk) -> HomeView:
    """What Home shows now."""
    today = desk.today()
    with desk.storage.look() as work:
        notes = work.beside.due_notes(today + DAY * _NOTES_AHEAD)
        settings = work.settings.load()
        others = billed_by_others(settings, desk.catalogue.codes())
        unpaid_count, unpaid_sum = work.bills.overdue(today, others)
        drafts = QuotationQuery(states=(QuotationState.DRAFT,))
        draft_seqs = work.quotations.seqs(drafts, today)
        ending, ending_count = _running_out(work, today)
        return HomeView(
            today=today,
            open_today=is_business_day(today),
            closed=next_closed(today),
            overdue=_bucket(work, 0, None, today - DAY, _MOST_OVERDUE_DEADLINES),
            buckets=tuple(_buckets(work, today)),
            notes=tuple(notes[: _MOST["notes"]]),
            note_count=len(notes),
            unpaid=_unpaid(work, today, others) if unpaid_count else (),
            unpaid_count=unpaid_count,
            unpaid_sum=unpaid_sum,
            applications=_applications(work),
            drafts=tuple(work.quotations.rows(draft_seqs[: _MOST["drafts"]], today)),
            draft_count=len(draft_seqs),
            ending=ending,
            ending_count=ending_count,
            last_backup=desk.storage.status().last_backup,
            staff={one.id: one.name for one in settings.staff},
            visits=_visits(work, today),
        )


def _buckets(work: UnitOfWork, today: date) -> Iterator[Bucket]:
    first = today
    for days in STEPS:
        last = today + DAY * days
        yield _bucket(work, days, first, last, _MOST["deadlines"])
        first = last + DAY


def _bucket(work: UnitOfWork, days: int, first: date | None, last: date, most: int) -> Bucket:
    count = work.contracts.count_deadlines(first, last)
    rows = work.contracts.deadlines(first, last, limit=most) if count else []
    return Bucket(days, first, last, count, tuple(rows))


def _unpaid(work: UnitOfWork, today: date, others: Sequence[str]) -> tuple[Receivable, ...]:
    """Our bills past their day, the oldest first, of one day the largest."""
    found = work.bills.receivables(today, True, _MOST_LOOKED_AT, without=others)
    found.sort(key=lambda one: (-one.days, -one.open, one.bill.customer, one.bill.number))
    return tuple(found[: _MOST["overdue"]])


def _applications(work: UnitOfWork) -> Applications:
    counts = work.contracts.count_states(WAITING)
    rows = work.contracts.newest(WAITING, _MOST["waiting"]) if any(counts.values()) else []
    return Applications(counts, tuple(rows), frozenset(row.id for row in rows if _unexplained(work, row.id)))


def _unexplained(work: UnitOfWork, contract_id: str) -> bool:
    """Whether nobody has explained the important points of a contract."""
    entries = entries_standing(one.entry for one in work.contracts.get(contract_id).entries)
    return not any(isinstance(one, Explained) for one in entries)


def _running_out(work: UnitOfWork, today: date) -> tuple[tuple[QuotationRow, ...], int]:
    """Issued quotations that are still valid, for a month at the most, the earliest first."""
    query = QuotationQuery(states=(QuotationState.ISSUED,), sort="valid_until", descending=False)
    seqs = work.quotations.seqs(query, today, _MOST_COUNTED)
    last = today + DAY * _QUOTATIONS_AHEAD
    found = [
        row
        for row in work.quotations.rows(seqs, today)
        if row.valid_until is not None and row.valid_until <= last
    ]
    return tuple(found[: _MOST["quotations"]]), len(found)


def _visits(work: UnitOfWork, today: date) -> TodayVisits:
    """Today's visits, those over several days with their hours today."""
    technicians = work.technicians.all()
    names = {one.id: one.fields.name for one in technicians}
    rows = [
        TodayVisit(row, span, tuple(names[one] for one in row.technicians if one in names))
        for row in work.visits.rows_between(today, today)
        for span in row.spans
        if span.on == today
    ]
    rows.sort(key=lambda one: (one.span.first, one.span.last, one.row.seq))
    open_ = sum(not one.technicians for one in rows)
    used = bool(rows) or any(one.fields.active for one in technicians)
    received = VisitQuery(states=(VisitState.RECEIVED,))  # they wait for a slot
    waiting = len(work.visits.seqs(received)) + open_
    return TodayVisits(tuple(rows), waiting, used or waiting > 0)


def next_closed(today: date) -> Closed | None:
    """The next holiday or turn of the year within a fortnight, else the next closed days after today."""
    days = [today + timedelta(days=ahead) for ahead in range(1, _HOLIDAY_AHEAD + 1)]
    for day in days:
        why = closed_because(day)
        if why and (is_year_end(day) or holiday_words(day)):
            last = day
            while closed_because(last + DAY) == why:
                last += DAY
            return Closed(day, last, why)
    first = next((day for day in days if not is_business_day(day)), None)
    if first is None:
        return None
    last = first
    while not is_business_day(last + DAY):
        last += DAY
    return Closed(first, last, "")


def closed_because(day: date) -> str:
    """Why no business is done on a day: 年末年始, the name of the holiday, 土曜日, 日曜日; "" on business days."""
    if is_business_day(day):
        return ""
    if is_year_end(day):
        return _("年末年始")
    return holiday_words(day) or (_("土曜日") if day.weekday() == 5 else _("日曜日"))
