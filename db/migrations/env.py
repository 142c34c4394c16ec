"""How Alembic runs the migrations: on the connection the program hands over, inside its transaction.

A new migration is a file in ``versions`` named by the next number (0002_….py) with ``revision`` and
``down_revision``; ``db.tables`` then says the same and names it in ``NEWEST``. Changes of an existing table
go through ``op.batch_alter_table``, which makes it anew: its triggers (append-only!) have to be made again.
When older programs could not use the result, it raises ``program`` in ``meta``. At last
``python -m tests.db.make_fixture`` keeps a database of it for the tests of all later ones.
"""

from __future__ import annotations

from alembic import context

from db.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
