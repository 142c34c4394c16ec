"""The archive of papers with its chain, what happens to papers later, PINs of staff, and unsaved typing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_LATER = (
    "title",
    "customer_id",
    "customer_key",
    "subject_kind",
    "subject_id",
    "staff",
    "payload_hash",
    "hash",
)
_INDEXES = (
    ("issued_on", ["issued_on", "seq"]),
    ("customer_id", ["customer_id", "issued_on", "seq"]),
    ("customer_key", ["customer_key", "seq"]),
    ("total", ["total", "seq"]),
    ("subject_id", ["subject_id", "seq"]),
    ("number", ["number", "seq"]),
    ("title", ["title", "seq"]),
)
_APPEND_ONLY = ("paper_sends", "paper_voids")


def upgrade() -> None:
    """Make everything."""
    for name in _LATER:
        op.add_column("papers", sa.Column(name, sa.Text, nullable=False, server_default=""))
    op.add_column("papers", sa.Column("salt", sa.LargeBinary, nullable=True))
    op.add_column("papers", sa.Column("erased_at", sa.BigInteger, nullable=True))
    for name, columns in _INDEXES:
        op.create_index(f"ix_papers_{name}", "papers", columns)
    _make_later_tables()
    _make_staff_tables()
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
                )


def _words(*names: str) -> tuple[sa.Column[str], ...]:
    return tuple(sa.Column(name, sa.Text, nullable=False) for name in names)


def _make_later_tables() -> None:
    op.create_table(
        "paper_sends",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("paper_id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_words("how", "to", "staff", "note"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_sends"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_paper_sends_paper_id"),
    )
    op.create_index("ix_paper_sends_paper_id", "paper_sends", ["paper_id", "at"])
    op.create_table(
        "paper_voids",
        sa.Column("paper_id", sa.String(36), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_words("staff", "why"),
        sa.PrimaryKeyConstraint("paper_id", name="pk_paper_voids"),
        sa.ForeignKeyConstraint(["paper_id"], ["papers.id"], name="fk_paper_voids_paper_id"),
    )
    op.create_table(
        "paper_approvals",
        sa.Column("id", sa.String(36), nullable=False),
        *_words("kind", "title", "customer", "subject_kind", "subject_id", "request", "digest"),
        sa.Column("total", sa.BigInteger, nullable=False),
        *_words("state", "asked_by"),
        sa.Column("asked_at", sa.BigInteger, nullable=False),
        *_words("answered_by"),
        sa.Column("answered_at", sa.BigInteger, nullable=True),
        *_words("why"),
        sa.PrimaryKeyConstraint("id", name="pk_paper_approvals"),
    )
    op.create_index("ix_paper_approvals_state", "paper_approvals", ["state", "asked_at"])
    op.create_index("ix_paper_approvals_subject_id", "paper_approvals", ["subject_id", "kind"])


def _make_staff_tables() -> None:
    op.create_table(
        "accounts",
        sa.Column("staff_id", sa.Text, nullable=False),
        *_words("role", "pin"),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.BigInteger, nullable=True),
        sa.Column("changed_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("staff_id", name="pk_accounts"),
    )
    op.create_table(
        "typed",
        *_words("place", "subject", "window"),
        sa.Column("at", sa.BigInteger, nullable=False),
        *_words("content"),
        sa.PrimaryKeyConstraint("place", "subject", "window", name="pk_typed"),
    )


def downgrade() -> None:
    """Take everything away again."""
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            for verb in ("update", "delete"):
                op.execute(f"DROP TRIGGER {table}_no_{verb}")
    for table in ("typed", "accounts", "paper_approvals", "paper_voids", "paper_sends"):
        op.drop_table(table)
    for name, _columns in _INDEXES:
        op.drop_index(f"ix_papers_{name}", "papers")
    for name in ("erased_at", "salt", *_LATER):
        op.drop_column("papers", name)
