"""The first tables: customers, quotations with revisions, papers, settings, numbers, and the audit chain."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

OLDEST_PROGRAM = "0.1.0"

APPEND_ONLY = ("papers", "paper_bytes", "quotation_revisions", "audit")

INDEXES = {
    "customers": ("kana_key", "name_key", "town", "phone_key", "email_key", "updated_at"),
    "quotations": (
        "customer_id",
        "staff",
        "updated_at",
        "number_key",
        "customer_key",
        "title",
        "monthly_net",
        "total",
        "issued_on",
        "valid_until",
    ),
}

TABLES = (
    "quotation_services",
    "quotation_contents",
    "quotation_revisions",
    "quotations",
    "paper_bytes",
    "papers",
    "audit_payloads",
    "audit",
    "customers",
    "images",
    "settings",
    "numbers",
    "counters",
    "meta",
)


def upgrade() -> None:
    """Make everything."""
    _make_small_tables()
    _make_customers()
    _make_papers()
    _make_quotations()
    _make_audit()
    for table, columns in INDEXES.items():
        for column in columns:
            op.create_index(f"ix_{table}_{column}", table, [column, "seq"])
    op.create_index("ix_quotations_state", "quotations", ["state", "updated_at", "seq", "valid_until"])
    op.create_index("ix_quotation_services_quotation_seq", "quotation_services", ["quotation_seq"])
    if op.get_bind().dialect.name == "sqlite":
        _make_search()
        _make_triggers()
    meta = sa.table("meta", sa.column("name"), sa.column("value"))
    op.bulk_insert(meta, [{"name": "program", "value": OLDEST_PROGRAM}])


def downgrade() -> None:
    """Take everything away again."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE customer_index")
        op.execute("DROP TABLE quotation_index")
        for table in APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
        op.execute("DROP TRIGGER audit_payloads_no_update")
        op.execute("DROP TRIGGER audit_payloads_no_delete")
    for table in TABLES:
        op.drop_table(table)


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text, nullable=False) for name in names]


def _whole(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger, nullable=False) for name in names]


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False)


def _day(name: str, *, nullable: bool = False) -> sa.Column[date]:
    return sa.Column(name, sa.Date(), nullable=nullable)


def _bytes(name: str, *, nullable: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, nullable=nullable)


def _id(name: str = "id", *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(36), nullable=nullable)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=f"pk_{table}")


def _seq(table: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint("seq", name=f"uq_{table}_seq")


def _refers(table: str, column: str, target: str, *, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}", ondelete=ondelete)


def _make_small_tables() -> None:
    op.create_table("meta", *_words("name", "value"), _primary("meta", "name"))
    op.create_table("counters", *_words("name"), *_whole("last"), _primary("counters", "name"))
    op.create_table(
        "numbers",
        *_words("kind", "desk", "yymm"),
        *_whole("last"),
        _primary("numbers", "kind", "desk", "yymm"),
    )
    op.create_table(
        "settings",
        *_words("name"),
        _count("version"),
        *_whole("updated_at"),
        *_words("content"),
        _primary("settings", "name"),
    )
    op.create_table(
        "images",
        *_words("name"),
        *_whole("updated_at"),
        _bytes("data"),
        _primary("images", "name"),
    )


def _make_customers() -> None:
    op.create_table(
        "customers",
        _id(),
        *_whole("seq"),
        _count("version"),
        *_whole("created_at", "updated_at"),
        *_words("kind", "name", "kana", "postal_code", "prefecture", "address", "building"),
        *_words("department", "person", "phone", "email", "note", "town"),
        *_words("kana_key", "name_key", "phone_key", "email_key"),
        _primary("customers", "id"),
        _seq("customers"),
    )


def _make_papers() -> None:
    op.create_table(
        "papers",
        _id(),
        *_whole("seq", "created_at"),
        *_words("kind", "number"),
        _count("revision"),
        *_words("customer"),
        _day("issued_on"),
        *_whole("total"),
        *_words("sha256"),
        _primary("papers", "id"),
        _seq("papers"),
        sa.UniqueConstraint("kind", "number", "revision", name="uq_papers_kind"),
    )
    op.create_table(
        "paper_bytes",
        _id("paper_id"),
        _bytes("pdf"),
        _primary("paper_bytes", "paper_id"),
        _refers("paper_bytes", "paper_id", "papers.id"),
    )


def _make_quotations() -> None:
    op.create_table(
        "quotations",
        _id(),
        *_whole("seq"),
        _count("version"),
        *_whole("created_at", "updated_at"),
        *_words("state"),
        sa.Column("number", sa.Text, nullable=True),
        *_words("number_key"),
        _count("revision"),
        sa.Column("dirty", sa.Boolean, nullable=False),
        *_words("staff", "copied_from"),
        _id("customer_id", nullable=True),
        *_words("customer", "kana", "customer_key", "town", "phone", "title", "services"),
        *_whole("monthly_net", "total"),
        _day("issued_on", nullable=True),
        _day("valid_until", nullable=True),
        _primary("quotations", "id"),
        _seq("quotations"),
        sa.UniqueConstraint("number", name="uq_quotations_number"),
        _refers("quotations", "customer_id", "customers.id"),
    )
    op.create_table(
        "quotation_contents",
        _id("quotation_id"),
        *_words("content"),
        _primary("quotation_contents", "quotation_id"),
        _refers("quotation_contents", "quotation_id", "quotations.id", ondelete="CASCADE"),
    )
    op.create_table(
        "quotation_services",
        *_words("service"),
        *_whole("quotation_seq"),
        _primary("quotation_services", "service", "quotation_seq"),
        _refers("quotation_services", "quotation_seq", "quotations.seq", ondelete="CASCADE"),
    )
    op.create_table(
        "quotation_revisions",
        _id(),
        _id("quotation_id"),
        _count("revision"),
        *_words("number"),
        _day("issued_on"),
        *_whole("issued_at"),
        _day("valid_until"),
        *_words("staff", "content", "editions", "readings", "frozen"),
        _id("paper_id"),
        _primary("quotation_revisions", "id"),
        sa.UniqueConstraint("quotation_id", "revision", name="uq_quotation_revisions_quotation_id"),
        _refers("quotation_revisions", "quotation_id", "quotations.id"),
        _refers("quotation_revisions", "paper_id", "papers.id"),
    )


def _make_audit() -> None:
    op.create_table(
        "audit",
        _id(),
        *_whole("seq", "at"),
        *_words("what", "subject", "payload_hash", "hash"),
        _primary("audit", "id"),
        _seq("audit"),
    )
    op.create_table(
        "audit_payloads",
        _id("audit_id"),
        _bytes("salt", nullable=True),
        sa.Column("payload", sa.Text, nullable=True),
        _primary("audit_payloads", "audit_id"),
        _refers("audit_payloads", "audit_id", "audit.id"),
    )


def _make_search() -> None:
    """Bigrams parted by spaces go in; the texts themselves are not kept a second time."""
    options = "content='', contentless_delete=1, tokenize='ascii', prefix='1'"
    op.execute(f"CREATE VIRTUAL TABLE customer_index USING fts5(name, kana, place, phone, person, {options})")
    op.execute(f"CREATE VIRTUAL TABLE quotation_index USING fts5(number, customer, title, place, {options})")


def _make_triggers() -> None:
    for table in APPEND_ONLY:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'append-only: {table}'); END"
            )
    op.execute(
        "CREATE TRIGGER audit_payloads_no_delete BEFORE DELETE ON audit_payloads "
        "BEGIN SELECT RAISE(ABORT, 'append-only: audit_payloads'); END"
    )
    op.execute(
        "CREATE TRIGGER audit_payloads_no_update BEFORE UPDATE ON audit_payloads "
        "WHEN NEW.salt IS NOT NULL OR NEW.payload IS NOT NULL OR NEW.audit_id IS NOT OLD.audit_id "
        "BEGIN SELECT RAISE(ABORT, 'append-only: audit_payloads'); END"
    )
