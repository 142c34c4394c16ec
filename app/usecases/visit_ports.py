"""What the use cases of visits ask of storage. ``db/`` keeps these promises."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from app.contract.customer import Customer
from app.visit.carried import Carried
from app.visit.conflicts import Calendar
from app.visit.order import (
    Event,
    StoredVisit,
    Technician,
    TechnicianFields,
    VisitContent,
    VisitFigures,
    VisitQuery,
    VisitRow,
)


class VisitRepository(Protocol):
    """Visits and what happened to them. Events are append-only; every change needs the version last seen and
    raises app.errors.ConflictError when it is not the newest.
    """

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
        ...

    def get(self, visit_id: str) -> StoredVisit: ...
    def change(
        self,
        visit_id: str,
        version: int,
        *,
        content: VisitContent | None = None,
        events: Sequence[Event] = (),
        figures: VisitFigures | None = None,
    ) -> StoredVisit:
        """Store a changed content, append events (those without an id get one); slots, state and list row
        follow. ConflictError; UserError ``double-booked`` naming the other visit.
        """
        ...

    def figures(self, visit_id: str) -> VisitFigures:
        """What was worked out when the visit was stored last."""
        ...

    def rows_between(self, first: date, last: date) -> list[VisitRow]:
        """The visits with a slot on one of these days, those called off left out; the earliest first."""
        ...

    def waiting(self) -> list[VisitRow]:
        """The visits without a slot, those called off left out; the oldest first."""
        ...

    def of_contract(self, contract_id: str) -> list[VisitRow]: ...
    def of_customer(self, customer_id: str) -> list[VisitRow]: ...
    def with_number(self, number: str) -> StoredVisit | None:
        """The visit of a number, such as one that came from another desk; None when there is none."""
        ...

    def free_days(self, contract_id: str, other_than: str = "") -> tuple[date, ...]:
        """The days on which visits of a contract use its free visit, in their order; ``other_than``: the
        visit that is asked for.
        """
        ...

    def calendar(self, first: date, last: date) -> Calendar:
        """What each technician has on these days, in the order of time."""
        ...

    def seqs(self, query: VisitQuery, limit: int | None = None) -> array[int]: ...
    def rows(self, seqs: Sequence[int]) -> list[VisitRow]: ...
    def count(self) -> int: ...
    def carried(self, visit_ids: Sequence[str] | None = None) -> dict[str, Carried]:
        """Of these visits (None: of all), those that are out or came from another desk."""
        ...

    def put_carried(self, visit_id: str, carried: Carried | None) -> None:
        """Remember that a visit is out, or (None) that it is back."""
        ...

    def copy_in(self, visit: StoredVisit, figures: VisitFigures, customer: Customer) -> StoredVisit:
        """Store a visit of another desk under its own id and number, with its customer where this desk has
        none of that id; where the visit is here already, its content is taken over and the events that are
        missing are appended. UserError ``double-booked``.
        """
        ...

    def note_file(self, file_id: str, way: str, staff: str) -> bool:
        """Remember a file of carried visits; False when it is known already."""
        ...

    def knows_file(self, file_id: str) -> bool: ...


class TechnicianRepository(Protocol):
    """Those who visit. Saving with an old version raises app.errors.ConflictError."""

    def all(self, *, active_only: bool = False) -> list[Technician]:
        """In the order of the list."""
        ...

    def get(self, technician_id: str) -> Technician: ...
    def add(self, fields: TechnicianFields) -> Technician: ...
    def save(self, technician_id: str, version: int, fields: TechnicianFields) -> Technician: ...
    def copy_in(self, technicians: Sequence[Technician]) -> None:
        """Store technicians of another desk under their ids; those known here stay as they are."""
        ...
