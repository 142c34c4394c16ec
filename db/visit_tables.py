"""The tables of visits and of those who make them. See ``db.tables`` for the ways common to all."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa

from db.columns import ID, count, day, key, metadata, moment, refers, seq_column, some, words, yen

technicians: Final = sa.Table(
    "technicians",
    metadata,
    key(),
    count("version"),
    moment("created_at"),
    moment("updated_at"),
    count("place"),
    sa.Column("active", sa.Boolean(create_constraint=False), nullable=False),
    words("name"),
    words("fields"),
)
"""Those who visit. ``place``: in their list; never deleted, only no longer ``active``."""

visits: Final = sa.Table(
    "visits",
    metadata,
    key(),
    seq_column(),
    count("version"),
    moment("created_at"),
    moment("updated_at"),
    sa.Column("number", sa.Text, nullable=False, unique=True),
    words("number_key"),
    refers("customer_id", "customers.id"),
    sa.Column("contract_id", ID, nullable=True),
    words("customer"),
    words("kana"),
    words("customer_key"),
    words("town"),
    words("phone"),
    words("service"),
    words("state"),
    words("area"),
    words("work"),
    count("devices"),
    count("minutes"),
    yen("net"),
    words("technicians"),
    words("spans"),
    day("first_on", nullable=True),
    day("free_on", nullable=True),
    words("staff"),
    sa.Index("ix_visits_number_key", "number_key", "seq"),
    sa.Index("ix_visits_customer_id", "customer_id", "seq"),
    sa.Index("ix_visits_customer_key", "customer_key", "seq"),
    sa.Index("ix_visits_state", "state", "updated_at", "seq"),
    sa.Index("ix_visits_first_on", "first_on", "seq"),
    sa.Index("ix_visits_net", "net", "seq"),
    sa.Index("ix_visits_updated_at", "updated_at", "seq"),
    some("ix_visits_contract_id", "contract_id", "seq", where="contract_id IS NOT NULL"),
)
"""What grid and lists show, sort and filter by. ``work``, ``technicians`` and ``spans`` are JSON, for the
rows of a screenful. ``contract_id`` is of the desk the visit was taken at: a laptop that carries it has no
such contract. ``free_on``: the day whose free visit it uses; NULL where it uses none.
"""

visit_contents: Final = sa.Table(
    "visit_contents",
    metadata,
    refers("visit_id", "visits.id", primary=True),
    words("content"),
)
"""What was arranged, as ``db.payloads`` packs it."""

visit_events: Final = sa.Table(
    "visit_events",
    metadata,
    key(),
    seq_column(),
    refers("visit_id", "visits.id"),
    words("kind"),
    moment("at"),
    words("payload"),
    sa.Index("ix_visit_events_visit_id", "visit_id", "seq"),
)
"""What happened to it, in the order of recording. Append-only."""

visit_slots: Final = sa.Table(
    "visit_slots",
    metadata,
    refers("visit_id", "visits.id", primary=True),
    sa.Column("technician_id", ID, primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("first", sa.Integer, primary_key=True),
    count("last"),
    sa.Index("ix_visit_slots_day", "day", "technician_id", "first", "last"),
)
"""Who is where when, in minutes of the day; ``technician_id`` "" while nobody is assigned. Visits that were
called off have none. A trigger refuses a span that overlaps another one of the same technician.
"""

visit_carried: Final = sa.Table(
    "visit_carried",
    metadata,
    refers("visit_id", "visits.id", primary=True),
    moment("at"),
    words("payload"),
)
"""Visits that were taken out of this desk, or brought here from another one (持出), while they are."""

carry_files: Final = sa.Table(
    "carry_files",
    metadata,
    key(),
    moment("at"),
    words("way"),
    words("staff"),
)
"""Files of carried visits that were made here (``out``) or taken in (``in``), by the id each bears."""
