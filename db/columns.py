"""What tables are made of: kinds of columns, and the one ``metadata`` they all belong to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """A moment, exact to the microsecond. Without a time zone it is taken as local; it comes back local."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else (_EPOCH + value * _MICROSECOND).astimezone()


def micros(moment: datetime) -> int:
    """Microseconds since 1970 in UTC."""
    return (moment.astimezone(UTC) - _EPOCH) // _MICROSECOND


metadata: Final = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _tell_where(_metadata: sa.MetaData, connection: sa.Connection, **_options: Any) -> None:
    """Give partial indexes their condition in the words of the database they are being made in.

    SQLite's stands with them. For a further one SQLAlchemy would import its dialect at every start (0.04 s).
    """
    keyword = f"{connection.dialect.name}_where"
    for table in metadata.tables.values():
        for index in table.indexes:
            where = index.dialect_options["sqlite"]["where"]
            if where is not None:
                index.dialect_kwargs[keyword] = where


sa.event.listen(metadata, "before_create", _tell_where)

ID: Final = sa.String(36)
BYTES: Final = sa.LargeBinary()


def words(name: str) -> sa.Column[str]:
    """A text that is never NULL."""
    return sa.Column(name, sa.Text, nullable=False)


def yen(name: str) -> sa.Column[int]:
    """Whole yen."""
    return sa.Column(name, sa.BigInteger, nullable=False)


def seq_column() -> sa.Column[int]:
    """The number of a row in this file."""
    return sa.Column("seq", sa.BigInteger, nullable=False, unique=True)


def moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    """A moment."""
    return sa.Column(name, Instant, nullable=nullable)


def day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    """A day."""
    return sa.Column(name, sa.Date, nullable=nullable)


def count(name: str) -> sa.Column[int]:
    """A small whole number."""
    return sa.Column(name, sa.Integer, nullable=False)


def key(name: str = "id") -> sa.Column[str]:
    """A primary key: UUIDv7 in text."""
    return sa.Column(name, ID, primary_key=True)


def refers(
    name: str, target: str, *, nullable: bool = False, primary: bool = False, ondelete: str | None = None
) -> sa.Column[str]:
    """A reference to the row of another table."""
    parent = sa.ForeignKey(target, ondelete=ondelete)
    return sa.Column(name, ID, parent, primary_key=primary, nullable=nullable)


def some(name: str, *columns: str, where: str, unique: bool = False) -> sa.Index:
    """An index of those rows only that matter to it."""
    return sa.Index(name, *columns, unique=unique, sqlite_where=sa.text(where))
