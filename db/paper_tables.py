"""The tables of issued papers: their bytes, the chain over them, and what happened to each afterwards."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from db.columns import BYTES, count, day, key, metadata, moment, refers, seq_column, words, yen


def _later(name: str) -> sa.Column[str]:
    """A text that papers of before the migration have empty."""
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text("''"))


papers: Final = sa.Table(
    "papers",
    metadata,
    key(),
    seq_column(),
    moment("created_at"),
    words("kind"),
    words("number"),
    count("revision"),
    words("customer"),
    day("issued_on"),
    yen("total"),
    words("sha256"),
    _later("number_key"),
    _later("title"),
    _later("customer_id"),
    _later("customer_key"),
    _later("subject_kind"),
    _later("subject_id"),
    _later("staff"),
    _later("payload_hash"),
    _later("hash"),
    sa.Column("salt", BYTES, nullable=True),
    moment("erased_at", nullable=True),
    sa.UniqueConstraint("kind", "number", "revision", name="uq_papers_kind"),
    # Each order holds what the list filters by, so that walking it reads no row.
    sa.Index("ix_papers_issued_on", "issued_on", "seq", "total", "kind"),
    sa.Index("ix_papers_total", "total", "seq", "issued_on", "kind"),
    sa.Index("ix_papers_kind", "kind", "issued_on", "seq", "total"),
    sa.Index("ix_papers_number_key", "number_key", "seq", "issued_on", "total", "kind"),
    sa.Index("ix_papers_customer_key", "customer_key", "seq", "issued_on", "total", "kind"),
    sa.Index("ix_papers_customer_id", "customer_id", "issued_on", "seq", "total", "kind"),
    sa.Index("ix_papers_subject_id", "subject_id", "seq"),
)
"""Issued papers. Append-only; an erasure empties what tells of the customer, with salt and SHA-256, and
leaves the rest: ``hash`` covers the link before and all that stays, ``payload_hash`` what may go.
"""

paper_bytes: Final = sa.Table(
    "paper_bytes",
    metadata,
    sa.Column("paper_id", sa.String(36), sa.ForeignKey("papers.id"), primary_key=True),
    sa.Column("pdf", BYTES, nullable=False),
)
"""Their exact bytes. Append-only; those of an erased paper go with it."""

paper_sends: Final = sa.Table(
    "paper_sends",
    metadata,
    key(),
    refers("paper_id", "papers.id"),
    moment("at"),
    words("how"),
    words("to"),
    words("staff"),
    words("note"),
    sa.Index("ix_paper_sends_paper_id", "paper_id", "at"),
)
"""How each paper went to the customer. Append-only; addressee and note of an erased paper are emptied."""

paper_voids: Final = sa.Table(
    "paper_voids",
    metadata,
    refers("paper_id", "papers.id", primary=True),
    moment("at"),
    words("staff"),
    words("why"),
)
"""Papers that no longer count. Append-only."""

paper_approvals: Final = sa.Table(
    "paper_approvals",
    metadata,
    key(),
    words("kind"),
    words("title"),
    words("customer"),
    words("subject_kind"),
    words("subject_id"),
    words("request"),
    words("digest"),
    yen("total"),
    words("state"),
    words("asked_by"),
    moment("asked_at"),
    words("answered_by"),
    moment("answered_at", nullable=True),
    words("why"),
    sa.Index("ix_paper_approvals_state", "state", "asked_at"),
    sa.Index("ix_paper_approvals_subject_id", "subject_id", "kind"),
)
"""What somebody else has to agree to before it is issued. Only the answer is ever written."""
