"""Those who make visits. Never deleted: what they did names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import sqlalchemy as sa

from app.visit.order import Technician, TechnicianFields
from db.base import Session, conflict, not_found, refuse_stale
from db.ids import uuid7
from db.payloads import pack, unpack
from db.visit_tables import technicians


class TechnicianTable:
    """``app.usecases.visit_ports.TechnicianRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def all(self, *, active_only: bool = False) -> list[Technician]:
        """In the order of the list; those of one place by name."""
        order = (technicians.c.place, technicians.c.name, technicians.c.id)
        wanted = sa.select(technicians).order_by(*order)
        if active_only:
            wanted = wanted.where(technicians.c.active)
        return [_stored(row) for row in self._connection.execute(wanted).mappings()]

    def get(self, technician_id: str) -> Technician:
        """One of them. UserError ``not-found``."""
        found = self._connection.execute(sa.select(technicians).where(technicians.c.id == technician_id))
        row = found.mappings().first()
        if row is None:
            raise not_found()
        return _stored(row)

    def add(self, fields: TechnicianFields) -> Technician:
        """Store a new one."""
        made = Technician(id=uuid7(), version=1, fields=fields)
        self._insert(made)
        return made

    def save(self, technician_id: str, version: int, fields: TechnicianFields) -> Technician:
        """Store changed fields. ConflictError; UserError ``not-found``."""
        refuse_stale(self._connection, technicians, technician_id, version)
        done = self._connection.execute(
            technicians.update()
            .where(technicians.c.id == technician_id, technicians.c.version == version)
            .values(version=version + 1, updated_at=self._session.now(), **_columns(fields))
        )
        if done.rowcount != 1:
            raise conflict()
        return Technician(id=technician_id, version=version + 1, fields=fields)

    def copy_in(self, technicians_: Sequence[Technician]) -> None:
        """Store technicians of another desk under their ids; those known here stay as they are."""
        known = set(self._connection.scalars(sa.select(technicians.c.id)))
        for one in technicians_:
            if one.id not in known:
                self._insert(one)

    def _insert(self, made: Technician) -> None:
        now = self._session.now()
        row = {"id": made.id, "version": made.version, "created_at": now, "updated_at": now}
        self._connection.execute(technicians.insert(), row | _columns(made.fields))


def _columns(fields: TechnicianFields) -> dict[str, Any]:
    return {
        "place": fields.order,
        "active": fields.active,
        "name": fields.name,
        "fields": pack(fields),
    }


def _stored(row: Any) -> Technician:
    fields = unpack(TechnicianFields, row["fields"])
    return Technician(id=row["id"], version=row["version"], fields=fields)
