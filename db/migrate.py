"""Bringing a database to the newest schema. Alembic is imported only when there is something to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from app.errors import EnvironmentProblem
from app.logs import Code
from app.words import _
from db.sqlite import WRITING, broken_references, damaged, mark, without_foreign_keys
from db.tables import NEWEST, meta

_log: Final = logging.getLogger(__name__)

MIGRATIONS: Final = Path(__file__).parent / "migrations"

_version: Final = sa.table("alembic_version", sa.column("version_num", sa.Text))


def schema_of(connection: sa.Connection) -> str | None:
    """The migration a database stands at; None when it has no tables yet."""
    try:
        return connection.scalar(sa.select(_version.c.version_num))
    except DBAPIError:
        if sa.inspect(connection).has_table("alembic_version"):
            raise
        return None  # no such table; asked this way round, for looking first costs every start


def bring_up_to_date(engine: sa.Engine, path: Path, back_up: Callable[[str], Path]) -> None:
    """Run the migrations a database lacks, all in one transaction, after a copy of it was made.

    Raises EnvironmentProblem: ``database-newer`` when it was made by a later program, ``database-damaged``.
    """
    with engine.connect() as connection:
        found = schema_of(connection)
        if found == NEWEST:
            return
        if found is not None and found > NEWEST:
            raise _newer(connection)
    if found is not None:
        back_up(found)
    with (
        engine.connect().execution_options(**{WRITING: True}) as connection,
        without_foreign_keys(connection),
        connection.begin(),
    ):
        # Somebody else may have been faster while we waited for the lock.
        if schema_of(connection) == found:
            migrate(connection, NEWEST)
            mark(connection)
        if broken_references(connection):
            raise damaged(path)
    _log.info("schema brought from %s to %s", Code(found or "nothing"), Code(NEWEST))


def migrate(connection: sa.Connection, target: str) -> None:
    """Run the migrations up or down to ``target`` (``base`` takes all away) in the open transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    found = schema_of(connection)
    if target == "base" or (found is not None and found > target):
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)


def _newer(connection: sa.Connection) -> EnvironmentProblem:
    program = connection.scalar(sa.select(meta.c.value).where(meta.c.name == "program")) or "?"
    return EnvironmentProblem(
        "database-newer",
        _("このデータは、新しいMadoguchi（{version}以降）で使われています。").format(version=program),
        kept=_("データは変えていません。"),
        remedy=_("Madoguchiを{version}以降に更新してから開いてください。").format(version=program),
    )
