"""Visits as the grid, the lists and the search for slots read them."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from app.visit.conflicts import Booked, Calendar, rests
from app.visit.order import Span, VisitQuery, VisitRow, VisitState
from db import search
from db.lists import common, ordered, picked, rows_by_seq
from db.sqlite import seq_array
from db.visit_rows import ROW, VISIT_INDEX, row_of
from db.visit_tables import visit_slots, visits

_SORTS: Final[dict[str, sa.Column[Any]]] = {
    "number": visits.c.number_key,
    "customer": visits.c.customer_key,
    "day": visits.c.first_on,
    "net": visits.c.net,
    "updated_at": visits.c.updated_at,
}


def list_seqs(connection: sa.Connection, query: VisitQuery, limit: int | None) -> array[int]:
    """Every visit the query asks for, sorted; only the first ``limit``, if given."""
    chosen = search.hits_of_words(connection, VISIT_INDEX, query.words)
    for condition in _conditions(query):
        if chosen is not None and not chosen:
            return chosen
        chosen = common(chosen, seq_array(connection, sa.select(visits.c.seq).where(condition)))
    if query.sort == "state":
        return _by_state(connection, chosen, descending=query.descending)[:limit]
    column = _SORTS[query.sort]
    return ordered(
        connection,
        visits,
        column,
        chosen,
        descending=query.descending,
        limit=limit,
        empty_last=query.sort == "day",
    )


def _conditions(query: VisitQuery) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if query.customer_id:
        found.append(visits.c.customer_id == query.customer_id)
    if query.contract_id:
        found.append(visits.c.contract_id == query.contract_id)
    if query.services:
        found.append(visits.c.service.in_(query.services))
    if query.states:
        found.append(visits.c.state.in_([state.value for state in query.states]))
    if query.first is not None:
        found.append(visits.c.first_on >= query.first)
    if query.last is not None:
        found.append(visits.c.first_on <= query.last)
    if query.technician:
        slots = sa.select(visit_slots.c.visit_id).where(visit_slots.c.technician_id == query.technician)
        found.append(visits.c.id.in_(slots))
    return found


def _by_state(connection: sa.Connection, chosen: array[int] | None, *, descending: bool) -> array[int]:
    """State after state in the order of a visit's life, within each the newest change first."""
    found: array[int] = array("q")
    states = tuple(VisitState)
    for state in reversed(states) if descending else states:
        found += seq_array(
            connection,
            sa.select(visits.c.seq)
            .where(visits.c.state == state.value)
            .order_by(visits.c.updated_at.desc(), visits.c.seq.desc()),
        )
    return found if chosen is None else picked(found, chosen)


def list_rows(connection: sa.Connection, seqs: Sequence[int]) -> list[VisitRow]:
    """The rows in the order asked."""
    by_seq = rows_by_seq(connection, ROW, visits.c.seq, seqs)
    return [row_of(by_seq[seq]) for seq in seqs if seq in by_seq]


def rows_where(connection: sa.Connection, *conditions: sa.ColumnElement[bool]) -> list[VisitRow]:
    """The rows that meet conditions, the oldest first."""
    found = connection.execute(ROW.where(*conditions).order_by(visits.c.seq))
    return [row_of(row) for row in found.mappings()]


def rows_between(connection: sa.Connection, first: date, last: date) -> list[VisitRow]:
    """The visits with a slot on one of these days; the earliest first."""
    slots = sa.select(visit_slots.c.visit_id).where(visit_slots.c.day.between(first, last))
    found = rows_where(connection, visits.c.id.in_(slots))
    return sorted(found, key=lambda row: (row.spans[0].on, row.spans[0].first, row.seq))


def calendar(connection: sa.Connection, first: date, last: date) -> Calendar:
    """What each technician has on these days, in the order of time."""
    slots = visit_slots.c
    rows = connection.execute(
        sa.select(slots.technician_id, slots.day, slots.first, slots.last, slots.visit_id, visits.c.customer)
        .join_from(visit_slots, visits, visits.c.id == slots.visit_id)
        .where(slots.day.between(first, last), slots.technician_id != "")
        .order_by(slots.day, slots.technician_id, slots.first)
    )
    found: dict[str, dict[date, list[Booked]]] = {}
    for technician_id, day, start, end, visit_id, customer in rows:
        span = Span(on=day, first=start, last=end)
        booked = Booked(visit_id, span, customer, rests(span))
        found.setdefault(technician_id, {}).setdefault(day, []).append(booked)
    return found
