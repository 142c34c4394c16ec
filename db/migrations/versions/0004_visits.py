"""Visits with all that happened to them, who makes them, and when. The database refuses double booking."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_OVERLAP = (
    "NEW.technician_id != '' AND EXISTS (SELECT 1 FROM visit_slots AS other"
    " WHERE other.day = NEW.day AND other.technician_id = NEW.technician_id"
    " AND other.first < NEW.last AND NEW.first < other.last{but})"
)
_TRIGGERS = (
    ("visit_events_no_update", "UPDATE", "visit_events", "", "append-only: visit_events"),
    ("visit_events_no_delete", "DELETE", "visit_events", "", "append-only: visit_events"),
    ("technicians_no_delete", "DELETE", "technicians", "", "append-only: technicians"),
    ("visits_no_delete", "DELETE", "visits", "", "append-only: visits"),
    ("visit_slots_apart", "INSERT", "visit_slots", _OVERLAP.format(but=""), "double-booked"),
    (
        "visit_slots_apart_update",
        "UPDATE",
        "visit_slots",
        _OVERLAP.format(but=" AND other.rowid != OLD.rowid"),
        "double-booked",
    ),
)


def upgrade() -> None:
    """Make everything."""
    op.create_table(
        "technicians",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("fields", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_technicians"),
    )
    _make_visits()
    op.create_table(
        "visit_contents",
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visit_contents"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_contents_visit_id"),
    )
    op.create_table(
        "visit_events",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visit_events"),
        sa.UniqueConstraint("seq", name="uq_visit_events_seq"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_events_visit_id"),
    )
    op.create_index("ix_visit_events_visit_id", "visit_events", ["visit_id", "seq"])
    op.create_table(
        "visit_slots",
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("technician_id", sa.String(36), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("first", sa.Integer, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("visit_id", "technician_id", "day", "first", name="pk_visit_slots"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_slots_visit_id"),
    )
    op.create_index("ix_visit_slots_day", "visit_slots", ["day", "technician_id", "first", "last"])
    op.create_table(
        "visit_carried",
        sa.Column("visit_id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("visit_id", name="pk_visit_carried"),
        sa.ForeignKeyConstraint(["visit_id"], ["visits.id"], name="fk_visit_carried_visit_id"),
    )
    op.create_table(
        "carry_files",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("way", sa.Text, nullable=False),
        sa.Column("staff", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_carry_files"),
    )
    if op.get_bind().dialect.name == "sqlite":
        options = "content='', contentless_delete=1, tokenize='ascii', prefix='1'"
        op.execute(f"CREATE VIRTUAL TABLE visit_index USING fts5(number, customer, title, place, {options})")
        for name, when, table, condition, why in _TRIGGERS:
            only = f"WHEN {condition} " if condition else ""
            op.execute(
                f"CREATE TRIGGER {name} BEFORE {when} ON {table} {only}"
                f"BEGIN SELECT RAISE(ABORT, '{why}'); END"
            )


def _make_visits() -> None:
    words = ("customer", "kana", "customer_key", "town", "phone", "service", "state", "area", "work")
    op.create_table(
        "visits",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("number_key", sa.Text, nullable=False),
        sa.Column("customer_id", sa.String(36), nullable=False),
        sa.Column("contract_id", sa.String(36), nullable=True),
        *(sa.Column(name, sa.Text, nullable=False) for name in words),
        sa.Column("devices", sa.Integer, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("net", sa.BigInteger, nullable=False),
        sa.Column("technicians", sa.Text, nullable=False),
        sa.Column("spans", sa.Text, nullable=False),
        sa.Column("first_on", sa.Date, nullable=True),
        sa.Column("free_on", sa.Date, nullable=True),
        sa.Column("staff", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_visits"),
        sa.UniqueConstraint("seq", name="uq_visits_seq"),
        sa.UniqueConstraint("number", name="uq_visits_number"),
        sa.ForeignKeyConstraint(["customer_id"], ["customers.id"], name="fk_visits_customer_id"),
    )
    for column in ("number_key", "customer_id", "customer_key", "first_on", "net", "updated_at"):
        op.create_index(f"ix_visits_{column}", "visits", [column, "seq"])
    op.create_index("ix_visits_state", "visits", ["state", "updated_at", "seq"])
    condition = sa.text("contract_id IS NOT NULL")
    where: dict[str, Any] = {"sqlite_where": condition, "postgresql_where": condition}
    op.create_index("ix_visits_contract_id", "visits", ["contract_id", "seq"], **where)


def downgrade() -> None:
    """Take everything away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE visit_index")
        for name, *_others in _TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
    for table in (
        "carry_files", "visit_carried", "visit_slots", "visit_events", "visit_contents", "visits",
        "technicians",
    ):  # fmt: skip
        op.drop_table(table)
