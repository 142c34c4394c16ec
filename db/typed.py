"""What is typed and not saved yet. It stands in the encrypted database, so nothing of it is in the open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

import sqlalchemy as sa

from app.usecases.keep_typed import TypedLeft, TypedPlace
from db.base import Session
from db.staff_tables import typed


class TypedTable:
    """``app.usecases.keep_typed.TypedRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def put(self, where: TypedPlace, version: int, values: Mapping[str, Any]) -> None:
        """Keep what stands in a form now, in place of what stood there."""
        content = json.dumps({"version": version, "values": values}, ensure_ascii=False)
        now = {"at": self._session.now(), "content": content}
        done = self._connection.execute(typed.update().where(*_is(where)).values(**now))
        if not done.rowcount:
            key = {"place": where.place, "subject": where.subject, "window": where.window}
            self._connection.execute(typed.insert().values(**key, **now))

    def get(self, where: TypedPlace) -> TypedLeft | None:
        """What is kept of one opening; None where nothing is."""
        row = self._connection.execute(sa.select(typed).where(*_is(where))).mappings().first()
        return _left(row) if row is not None else None

    def of(self, place: str, subject: str) -> list[TypedLeft]:
        """Everything left of a form about a subject, the newest first."""
        rows = self._connection.execute(
            sa.select(typed)
            .where(typed.c.place == place, typed.c.subject == subject)
            .order_by(typed.c.at.desc(), typed.c.window.desc())
        )
        return [_left(row) for row in rows.mappings()]

    def drop(self, where: TypedPlace) -> None:
        """It was saved, or thrown away."""
        self._connection.execute(typed.delete().where(*_is(where)))

    def drop_subject(self, subject: str) -> int:
        """Everything typed about a subject goes; how many there were."""
        return self._connection.execute(typed.delete().where(typed.c.subject == subject)).rowcount

    def drop_before(self, moment: datetime) -> int:
        """What nobody came back to goes; how many there were."""
        return self._connection.execute(typed.delete().where(typed.c.at < moment)).rowcount


def _is(where: TypedPlace) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        typed.c.place == where.place,
        typed.c.subject == where.subject,
        typed.c.window == where.window,
    )


def _left(row: Any) -> TypedLeft:
    content = json.loads(row["content"])
    where = TypedPlace(row["place"], row["subject"], row["window"])
    return TypedLeft(where, row["at"], content["version"], content["values"])
