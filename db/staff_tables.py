"""The tables of those who work here: their PINs, and what they had typed when the program ended."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from db.columns import count, metadata, moment, words

accounts: Final = sa.Table(
    "accounts",
    metadata,
    sa.Column("staff_id", sa.Text, primary_key=True),
    words("role"),
    words("pin"),
    count("failures"),
    moment("locked_until", nullable=True),
    moment("changed_at"),
)
"""Who may do what. ``pin``: its Argon2 hash, "" while none is set; ``failures``: wrong ones in a row."""

typed: Final = sa.Table(
    "typed",
    metadata,
    sa.Column("place", sa.Text, primary_key=True),
    sa.Column("subject", sa.Text, primary_key=True),
    sa.Column("window", sa.Text, primary_key=True),
    moment("at"),
    words("content"),
)
"""What is typed and not saved yet, by the form it stands in, what it is about, and the window."""
