"""Visits in the database: content, list row, events, slots, search entry."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from app.contract.customer import Customer
from app.days import date_words
from app.errors import Problem, UserError
from app.visit.carried import Carried
from app.visit.conflicts import Calendar, clock
from app.visit.order import (
    Area,
    Event,
    StoredVisit,
    VisitContent,
    VisitFigures,
    VisitQuery,
    VisitRow,
    VisitState,
)
from app.visit.settings import OURS
from app.words import _
from db.base import Session, conflict, gone, next_seq, unknown_customer
from db.contract_rows import CUSTOMER
from db.ids import uuid7
from db.payloads import pack, unpack
from db.quotations import number_key
from db.sqlite import among
from db.tables import customers
from db.visit_copies import insert_customer
from db.visit_lists import calendar, list_rows, list_seqs, rows_between, rows_where
from db.visit_rows import (
    columns_of,
    event_rows,
    events_of,
    named,
    search_again,
    slot_rows,
    stored,
)
from db.visit_tables import (
    carry_files,
    technicians,
    visit_carried,
    visit_contents,
    visit_events,
    visit_slots,
    visits,
)


class VisitTable:
    """``app.usecases.visit_ports.VisitRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(
        self,
        number: str,
        customer_id: str,
        content: VisitContent,
        figures: VisitFigures,
        events: Sequence[Event],
        staff: str,
    ) -> StoredVisit:
        """Store a new visit. UserError ``unknown-customer``, ``double-booked``."""
        now = self._session.now()
        born = {"id": uuid7(), "version": 1, "created_at": now, "updated_at": now}
        return self._insert({**born, "number": number, "staff": staff}, customer_id, content, figures, events)

    def get(self, visit_id: str) -> StoredVisit:
        """A visit with everything that happened. UserError ``not-found``."""
        row = self._row(visit_id)
        return stored(row, unpack(VisitContent, row["content"]), events_of(self._connection, visit_id))

    def with_number(self, number: str) -> StoredVisit | None:
        """The visit of a number; None when there is none."""
        found = self._connection.scalar(sa.select(visits.c.id).where(visits.c.number == number))
        return None if found is None else self.get(found)

    def figures(self, visit_id: str) -> VisitFigures:
        """What was worked out when it was stored last. UserError ``not-found``."""
        return _figures(self._row(visit_id))

    def change(
        self,
        visit_id: str,
        version: int,
        *,
        content: VisitContent | None = None,
        events: Sequence[Event] = (),
        figures: VisitFigures | None = None,
    ) -> StoredVisit:
        """Store a changed content, append events; slots, state and list row follow; the version grows by one.

        ConflictError; UserError ``not-found``, ``double-booked``.
        """
        row = self._row(visit_id)
        if row["version"] != version:
            raise conflict()
        before = unpack(VisitContent, row["content"])
        known = before if content is None else content
        new = [named(event) for event in events]
        every = (*events_of(self._connection, visit_id), *new)
        customer = self._customer(row["customer_id"], shown=False)
        columns = {
            **row,
            **columns_of(known, figures or _figures(row), every, customer),
            "version": version + 1,
            "updated_at": self._session.now(),
        }
        self._write(row, columns)
        if known != before:
            self._connection.execute(
                visit_contents.update()
                .where(visit_contents.c.visit_id == visit_id)
                .values(content=pack(known))
            )
            search_again(self._connection, known, columns)
        self._append(visit_id, new)
        self._put_slots(columns, known)
        return self.get(visit_id)

    def rows_between(self, first: date, last: date) -> list[VisitRow]:
        """The visits with a slot on one of these days, those called off left out; the earliest first."""
        return rows_between(self._connection, first, last)

    def waiting(self) -> list[VisitRow]:
        """The visits without a slot, those called off left out; the oldest first."""
        return rows_where(
            self._connection, visits.c.state == VisitState.RECEIVED.value, visits.c.first_on.is_(None)
        )

    def of_contract(self, contract_id: str) -> list[VisitRow]:
        """The visits of a contract, the oldest first."""
        return rows_where(self._connection, visits.c.contract_id == contract_id) if contract_id else []

    def of_customer(self, customer_id: str) -> list[VisitRow]:
        """The visits of a customer, the oldest first."""
        return rows_where(self._connection, visits.c.customer_id == customer_id)

    def free_days(self, contract_id: str, other_than: str = "") -> tuple[date, ...]:
        """The days on which visits of a contract use its free visit, in their order."""
        if not contract_id:
            return ()
        days = self._connection.scalars(
            sa.select(visits.c.free_on).where(
                visits.c.contract_id == contract_id,
                visits.c.free_on.is_not(None),
                visits.c.id != other_than,
            )
        )
        return tuple(sorted(day for day in days if day is not None))

    def calendar(self, first: date, last: date) -> Calendar:
        """What each technician has on these days, in the order of time."""
        return calendar(self._connection, first, last)

    def seqs(self, query: VisitQuery, limit: int | None = None) -> array[int]:
        """The ``seq`` of every visit asked for, sorted; ``limit`` fetches the first ones only."""
        return list_seqs(self._connection, query, limit)

    def rows(self, seqs: Sequence[int]) -> list[VisitRow]:
        """The rows in the order asked."""
        return list_rows(self._connection, seqs)

    def count(self) -> int:
        """How many visits there are."""
        return self._connection.scalar(sa.select(sa.func.count()).select_from(visits)) or 0

    # --- between laptops -----------------------------------------------------------------------------------

    def carried(self, visit_ids: Sequence[str] | None = None) -> dict[str, Carried]:
        """Of these visits (None: of all), those that are out or came from another desk."""
        wanted = sa.select(visit_carried).order_by(visit_carried.c.at, visit_carried.c.visit_id)
        if visit_ids is not None:
            wanted = wanted.where(among(visit_carried.c.visit_id, visit_ids))
        rows = self._connection.execute(wanted).mappings()
        return {row["visit_id"]: unpack(Carried, row["payload"]) for row in rows}

    def put_carried(self, visit_id: str, carried: Carried | None) -> None:
        """Remember that a visit is out, or (None) that it is back."""
        self._connection.execute(visit_carried.delete().where(visit_carried.c.visit_id == visit_id))
        if carried is not None:
            row = {"visit_id": visit_id, "at": carried.at, "payload": pack(carried)}
            self._connection.execute(visit_carried.insert(), row)

    def copy_in(self, visit: StoredVisit, figures: VisitFigures, customer: Customer) -> StoredVisit:
        """Store a visit of another desk under its own id and number, with its customer where this desk has
        none of that id; a visit that is here takes the content over and the events it lacks.
        """
        here = self._connection.scalar(sa.select(visits.c.version).where(visits.c.id == visit.id))
        if here is not None:
            known = {one.id for one in events_of(self._connection, visit.id)}
            missing = [one for one in visit.events if one.id not in known]
            return self.change(visit.id, here, content=visit.content, events=missing, figures=figures)
        insert_customer(self._session, customer)
        born = {"id": visit.id, "version": 1, "number": visit.number, "staff": visit.staff}
        moments = {"created_at": visit.created_at, "updated_at": self._session.now()}
        return self._insert({**born, **moments}, customer.id, visit.content, figures, visit.events)

    def note_file(self, file_id: str, way: str, staff: str) -> bool:
        """Remember a file of carried visits; False when it is known already."""
        if self.knows_file(file_id):
            return False
        row = {"id": file_id, "at": self._session.now(), "way": way, "staff": staff}
        self._connection.execute(carry_files.insert(), row)
        return True

    def knows_file(self, file_id: str) -> bool:
        """Whether a file was taken in."""
        found = sa.select(carry_files.c.id).where(carry_files.c.id == file_id)
        return self._connection.scalar(found) is not None

    # --- rows ----------------------------------------------------------------------------------------------

    def _insert(
        self,
        born: dict[str, Any],
        customer_id: str,
        content: VisitContent,
        figures: VisitFigures,
        events: Sequence[Event],
    ) -> StoredVisit:
        new = [named(event) for event in events]
        columns = {
            **born,
            "seq": next_seq(self._connection, "visits"),
            "number_key": number_key(born["number"]),
            **columns_of(content, figures, new, self._customer(customer_id)),
        }
        self._connection.execute(visits.insert(), columns)
        row = {"visit_id": columns["id"], "content": pack(content)}
        self._connection.execute(visit_contents.insert(), row)
        self._append(columns["id"], new)
        self._put_slots(columns, content)
        search_again(self._connection, content, columns, is_new=True)
        return self.get(columns["id"])

    def _customer(self, customer_id: str, *, shown: bool = True) -> Mapping[Any, Any]:
        row = self._connection.execute(CUSTOMER.where(customers.c.id == customer_id)).mappings().first()
        if row is None or (shown and row["hidden"]):
            raise unknown_customer()
        return row

    def _row(self, visit_id: str) -> dict[str, Any]:
        found = self._connection.execute(
            sa.select(visits, visit_contents.c.content)
            .join_from(visits, visit_contents)
            .where(visits.c.id == visit_id)
        )
        row = found.mappings().first()
        if row is None:
            raise gone(self._connection, visits, visit_id)
        return dict(row)

    def _write(self, row: Mapping[str, Any], columns: Mapping[str, Any]) -> None:
        changes = {name: value for name, value in columns.items() if name != "content" and value != row[name]}
        done = self._connection.execute(
            visits.update()
            .where(visits.c.id == row["id"], visits.c.version == row["version"])
            .values(changes)
        )
        if done.rowcount != 1:
            raise conflict()

    def _append(self, visit_id: str, events: Sequence[Event]) -> None:
        if events:
            first = next_seq(self._connection, "visit_events", len(events))
            self._connection.execute(visit_events.insert(), event_rows(visit_id, events, first))

    def _put_slots(self, columns: Mapping[str, Any], content: VisitContent) -> None:
        """Take the slots anew; a visit that was called off lets them go. UserError ``double-booked``."""
        slots = visit_slots.c
        self._connection.execute(visit_slots.delete().where(slots.visit_id == columns["id"]))
        if columns["state"] == VisitState.CANCELLED.value:
            return
        rows = list(slot_rows(columns["id"], content))
        found = [problem for row in rows if row["technician_id"] for problem in self._taken(row)]
        if found:
            raise UserError(*found)
        if rows:
            self._connection.execute(visit_slots.insert(), rows)

    def _taken(self, row: Mapping[str, Any]) -> list[Problem]:
        """Who has the technician then. The write lock is ours: what got past this, the trigger refuses."""
        slots = visit_slots.c
        others = self._connection.execute(
            sa.select(visits.c.number, visits.c.customer, slots.first, slots.last, technicians.c.name)
            .select_from(visit_slots)
            .join(visits, visits.c.id == slots.visit_id)
            .outerjoin(technicians, technicians.c.id == slots.technician_id)
            .where(
                slots.technician_id == row["technician_id"],
                slots.day == row["day"],
                slots.first < row["last"],
                slots.last > row["first"],
            )
            .order_by(slots.first)
        )
        return [
            Problem(
                "double-booked",
                _("{name}さんは{day} {first}〜{last}に訪問{number}（{customer}）があります。").format(
                    name=one.name or _("技術者"),
                    day=date_words(row["day"]),
                    first=clock(one.first),
                    last=clock(one.last),
                    number=one.number,
                    customer=one.customer,
                ),
                remedy=_("前後の空いている時刻か、別の技術者を選んでください。"),
                clause=_(OURS),
                field="spans",
            )
            for one in others
        ]


def _figures(row: Mapping[str, Any]) -> VisitFigures:
    area: Area = "east" if row["area"] == "east" else "west"
    return VisitFigures(minutes=row["minutes"], net=row["net"], area=area, free_on=row["free_on"])
