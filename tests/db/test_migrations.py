"""Migrations: the newest is what the tables say, and every earlier database comes up with all its data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from app.errors import EnvironmentProblem
from db import migrate
from db.engine import SqlStorage, open_storage
from db.migrate import MIGRATIONS, schema_of
from db.schema import metadata
from db.sqlite import WRITING, without_foreign_keys
from db.tables import NEWEST
from tests.db.make_fixture import FIXTURES, expect

REVISIONS = sorted(path.name for path in FIXTURES.iterdir())

SHADOWS = (
    "alembic_version",
    "contract_index",
    "customer_index",
    "paper_index",
    "quotation_index",
    "visit_index",
)
"""Tables the search index keeps itself, and Alembic's own."""


def kept(revision: str, to: Path) -> Path:
    """A copy of the database kept of a migration."""
    return shutil.copytree(FIXTURES / revision, to / revision)


def run(storage: SqlStorage, target: str) -> None:
    """Migrate an open database up or down."""
    with (
        storage._engine.connect().execution_options(**{WRITING: True}) as connection,
        without_foreign_keys(connection),
        connection.begin(),
    ):
        migrate.migrate(connection, target)


def dump(storage: SqlStorage) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table."""
    with storage.look() as work:
        connection = work.session.connection
        names = [
            name
            for (name,) in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(SHADOWS)
        ]
        return {
            name: sorted(
                (tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name}")), key=repr
            )
            for name in names
        }


def test_every_migration_has_its_number_and_its_kept_database() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "os")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [NEWEST]
    revisions = sorted(one.revision for one in script.walk_revisions())
    assert revisions == [f"{number:04d}" for number in range(1, len(revisions) + 1)]
    assert revisions == REVISIONS
    for one in script.walk_revisions():
        assert Path(one.path).name.startswith(one.revision)


def test_the_newest_migration_is_what_the_tables_say(storage: SqlStorage) -> None:
    with storage.look() as work:
        context = MigrationContext.configure(work.session.connection, opts={"compare_server_default": True})
        differences = [one for one in compare_metadata(context, metadata) if not is_search(one)]
    assert differences == []


def is_search(difference: Any) -> bool:
    """Whether a difference is only that the search index is no table of ours."""
    return difference[0] == "remove_table" and difference[1].name.startswith(SHADOWS)


def test_a_difference_between_the_two_would_be_seen(storage: SqlStorage) -> None:
    changed = sa.MetaData()
    for table in metadata.sorted_tables:
        table.to_metadata(changed)
    changed.tables["papers"].append_column(sa.Column("colour", sa.Text))
    with storage.look() as work:
        context = MigrationContext.configure(work.session.connection)
        found = [one for one in compare_metadata(context, changed) if not is_search(one)]
    assert [one[0] for one in found] == ["add_column"]


def shape(connection: sa.Connection) -> dict[str, object]:
    """Columns, keys and indexes of all our tables as SQLite itself tells them."""
    inspector = sa.inspect(connection)
    return {
        name: (
            [(c["name"], str(c["type"]), c["nullable"]) for c in inspector.get_columns(name)],
            inspector.get_pk_constraint(name),
            sorted(inspector.get_foreign_keys(name), key=repr),
            sorted(inspector.get_unique_constraints(name), key=repr),
            sorted(repr(told(one)) for one in inspector.get_indexes(name)),
        )
        for name in metadata.tables
    }


def told(index: Any) -> dict[str, Any]:
    """An index with the condition of its rows as text."""
    where = index["dialect_options"].get("sqlite_where")
    return {**index, "dialect_options": "" if where is None else str(where)}


def test_tables_made_by_migration_and_by_definition_are_the_same(storage: SqlStorage) -> None:
    plain = sa.create_engine("sqlite://", poolclass=sa.StaticPool)
    metadata.create_all(plain)
    with storage.look() as work, plain.connect() as connection:
        assert shape(work.session.connection) == shape(connection)
    plain.dispose()


def test_partial_indexes_stay_partial_in_another_database() -> None:
    told: list[str] = []
    elsewhere = sa.create_mock_engine(
        "postgresql://", lambda made, *_: told.append(str(made.compile(dialect=elsewhere.dialect)))
    )
    metadata.create_all(elsewhere, checkfirst=False)
    (line,) = (text for text in told if "ix_contracts_line " in text)
    assert line.endswith("WHERE holds_line")


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_database_of_every_migration_opens_with_all_it_held(revision: str, tmp_path: Path) -> None:
    folder = kept(revision, tmp_path)
    storage = open_storage(folder)
    expect(storage, revision)
    assert len(list(folder.glob("backups/*.db"))) == (revision != NEWEST)
    storage.close()


@pytest.mark.parametrize("revision", REVISIONS)
def test_up_and_down_again_loses_nothing(revision: str, tmp_path: Path) -> None:
    folder = kept(revision, tmp_path)
    storage = open_storage(folder)
    run(storage, revision)
    before = dump(storage)
    run(storage, NEWEST)
    run(storage, revision)
    assert dump(storage) == before
    run(storage, "base")
    assert dump(storage) == {}
    with storage._engine.connect() as connection:
        left = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type != 'table'").all()
    assert [name for (name,) in left if not name.startswith("sqlite_")] == []
    run(storage, NEWEST)
    assert storage.check() == []
    storage.close()


NEXT = """
from __future__ import annotations
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{next}", "{newest}"

def upgrade() -> None:
    with op.batch_alter_table("customers", recreate="always") as batch:
        batch.add_column(sa.Column("colour", sa.Text, nullable=False, server_default="青"))
    {end}

def downgrade() -> None:
    raise NotImplementedError
"""


TOMORROW = f"{int(NEWEST) + 1:04d}"


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A program with one migration more."""

    def make(end: str) -> None:
        scripts = shutil.copytree(MIGRATIONS, tmp_path / "migrations")
        script = NEXT.format(end=end, next=TOMORROW, newest=NEWEST)
        (scripts / "versions" / f"{TOMORROW}_next.py").write_text(script, encoding="utf-8")
        monkeypatch.setattr(migrate, "MIGRATIONS", scripts)
        monkeypatch.setattr(migrate, "NEWEST", TOMORROW)

    return make


def test_before_a_migration_the_database_is_copied(
    tomorrow: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = kept(NEWEST, tmp_path)
    tomorrow("pass")
    storage = open_storage(folder)
    with storage.look() as work:
        connection = work.session.connection
        assert schema_of(connection) == TOMORROW
        assert set(connection.exec_driver_sql("SELECT colour FROM customers").scalars()) == {"青"}
    expect(storage)
    storage.close()
    (copy,) = (folder / "backups").glob(f"madoguchi-schema-{NEWEST}-*.db")
    monkeypatch.undo()
    with pytest.raises(EnvironmentProblem) as refused:  # today's program on tomorrow's database
        open_storage(folder)
    assert refused.value.code == "database-newer"
    copy.replace(folder / "madoguchi.db")
    restored = open_storage(folder)
    expect(restored)
    restored.close()


def test_a_migration_that_fails_changes_nothing(
    tomorrow: Callable[[str], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = kept(NEWEST, tmp_path)
    tomorrow("raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        open_storage(folder)
    assert len(list(folder.glob("backups/*.db"))) == 1
    monkeypatch.undo()
    storage = open_storage(folder)
    expect(storage)
    storage.close()
