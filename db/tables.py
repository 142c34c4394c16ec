"""The tables. Made and changed by the migrations only; a test holds these definitions equal to the newest.

Primary keys are UUIDv7 in text, so that rows of several laptops can be joined later. ``seq`` numbers rows
of this file only: lists and the search index speak of rows by it, and it is never exchanged. ``version``
grows with each change of a row. Moments are microseconds since 1970 in UTC, days are dates, money is whole
yen.
"""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from db.columns import BYTES as _BYTES
from db.columns import ID as _ID
from db.columns import Instant, metadata, micros
from db.columns import seq_column as _seq
from db.columns import some as _some
from db.columns import words as _words
from db.columns import yen as _yen
from db.paper_tables import paper_bytes, papers

NEWEST: Final = "0006"
"""The newest migration: what an opened database is brought to."""

__all__ = ["NEWEST", "Instant", "micros", "paper_bytes", "papers"]

meta: Final = sa.Table(
    "meta",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    _words("value"),
)
"""Facts on the database itself. ``program``: the oldest program that can use this schema."""

counters: Final = sa.Table(
    "counters",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)
"""The last ``seq`` given in each table."""

numbers: Final = sa.Table(
    "numbers",
    metadata,
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("desk", sa.Text, primary_key=True),
    sa.Column("yymm", sa.Text, primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)
"""The last document number given to each kind, desk and month."""

customers: Final = sa.Table(
    "customers",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    _seq(),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    _words("kind"),
    _words("name"),
    _words("kana"),
    _words("postal_code"),
    _words("prefecture"),
    _words("address"),
    _words("building"),
    _words("department"),
    _words("person"),
    _words("phone"),
    _words("email"),
    _words("note"),
    _words("town"),
    # Folded: what lists sort by, and what tells that two customers may be one.
    _words("kana_key"),
    _words("name_key"),
    _words("phone_key"),
    _words("email_key"),
    # Why no list shows it any more (``merge:<id>``, ``import:<id>``); "" for all others.
    sa.Column("hidden", sa.Text, nullable=False, server_default=sa.text("''")),
    _some("ix_customers_hidden", "hidden", "seq", where="hidden != ''"),
    sa.Index("ix_customers_kana_key", "kana_key", "seq"),
    sa.Index("ix_customers_name_key", "name_key", "seq"),
    sa.Index("ix_customers_town", "town", "seq"),
    sa.Index("ix_customers_phone_key", "phone_key", "seq"),
    sa.Index("ix_customers_email_key", "email_key", "seq"),
    sa.Index("ix_customers_updated_at", "updated_at", "seq"),
)

quotations: Final = sa.Table(
    "quotations",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    _seq(),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    _words("state"),
    sa.Column("number", sa.Text, nullable=True, unique=True),
    _words("number_key"),
    sa.Column("revision", sa.Integer, nullable=False),
    sa.Column("dirty", sa.Boolean(create_constraint=False), nullable=False),
    _words("staff"),
    _words("copied_from"),
    sa.Column("customer_id", _ID, sa.ForeignKey("customers.id"), nullable=True),
    _words("customer"),
    _words("kana"),
    _words("customer_key"),
    _words("town"),
    _words("phone"),
    _words("title"),
    _words("services"),
    _yen("monthly_net"),
    _yen("total"),
    sa.Column("issued_on", sa.Date, nullable=True),
    sa.Column("valid_until", sa.Date, nullable=True),
    sa.Column("yearly_net", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("open_items", sa.Integer, nullable=False, server_default="0"),
    sa.Index("ix_quotations_customer_id", "customer_id", "seq"),
    sa.Index("ix_quotations_staff", "staff", "seq"),
    sa.Index("ix_quotations_updated_at", "updated_at", "seq"),
    sa.Index("ix_quotations_number_key", "number_key", "seq"),
    sa.Index("ix_quotations_customer_key", "customer_key", "seq"),
    sa.Index("ix_quotations_title", "title", "seq"),
    sa.Index("ix_quotations_monthly_net", "monthly_net", "seq"),
    sa.Index("ix_quotations_total", "total", "seq"),
    sa.Index("ix_quotations_issued_on", "issued_on", "seq"),
    sa.Index("ix_quotations_valid_until", "valid_until", "seq"),
    sa.Index("ix_quotations_state", "state", "updated_at", "seq", "valid_until"),
)
"""What lists show and sort by. The content stands apart, so that a list reads narrow rows."""

quotation_contents: Final = sa.Table(
    "quotation_contents",
    metadata,
    sa.Column("quotation_id", _ID, sa.ForeignKey("quotations.id", ondelete="CASCADE"), primary_key=True),
    _words("content"),
)
"""The working content of each quotation, as ``db.payloads`` packs it."""

quotation_services: Final = sa.Table(
    "quotation_services",
    metadata,
    sa.Column("service", sa.Text, primary_key=True),
    sa.Column(
        "quotation_seq", sa.BigInteger, sa.ForeignKey("quotations.seq", ondelete="CASCADE"), primary_key=True
    ),
    sa.Index("ix_quotation_services_quotation_seq", "quotation_seq"),
)
"""Which services a quotation is about, to filter the list by one."""

quotation_revisions: Final = sa.Table(
    "quotation_revisions",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    sa.Column("quotation_id", _ID, sa.ForeignKey("quotations.id"), nullable=False),
    sa.Column("revision", sa.Integer, nullable=False),
    _words("number"),
    sa.Column("issued_on", sa.Date, nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("valid_until", sa.Date, nullable=False),
    _words("staff"),
    _words("content"),
    _words("editions"),
    _words("readings"),
    _words("frozen"),
    sa.Column("paper_id", _ID, sa.ForeignKey("papers.id"), nullable=False),
    sa.UniqueConstraint("quotation_id", "revision", name="uq_quotation_revisions_quotation_id"),
)
"""Issued revisions. Append-only: triggers refuse a change."""

settings: Final = sa.Table(
    "settings",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_at", Instant, nullable=False),
    _words("content"),
)
"""One row, ``company``."""

images: Final = sa.Table(
    "images",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("updated_at", Instant, nullable=False),
    sa.Column("data", _BYTES, nullable=False),
)
"""Seal and logo."""

audit: Final = sa.Table(
    "audit",
    metadata,
    sa.Column("id", _ID, primary_key=True),
    _seq(),
    sa.Column("at", Instant, nullable=False),
    _words("what"),
    _words("subject"),
    _words("payload_hash"),
    _words("hash"),
)
"""The chain: each row's ``hash`` covers the row before. Append-only; holds nothing personal."""

audit_payloads: Final = sa.Table(
    "audit_payloads",
    metadata,
    sa.Column("audit_id", _ID, sa.ForeignKey("audit.id"), primary_key=True),
    sa.Column("salt", _BYTES, nullable=True),
    sa.Column("payload", sa.Text, nullable=True),
)
"""Who and what exactly. May be erased (both NULL: the tombstone), never changed otherwise."""
