"""The list of quotations: which, in which order, and the rows of a screenful."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from app.quote.stored import QuotationQuery, QuotationRow, QuotationState
from db import search
from db.lists import common, ordered, picked, rows_by_seq
from db.sqlite import seq_array
from db.tables import quotation_services, quotations

_SORTS: Final[dict[str, sa.Column[Any]]] = {
    "number": quotations.c.number_key,
    "customer": quotations.c.customer_key,
    "title": quotations.c.title,
    "monthly_net": quotations.c.monthly_net,
    "total": quotations.c.total,
    "issued_on": quotations.c.issued_on,
    "valid_until": quotations.c.valid_until,
    "updated_at": quotations.c.updated_at,
}

_STATES: Final = (
    QuotationState.DRAFT,
    QuotationState.ISSUED,
    QuotationState.EXPIRED,
    QuotationState.WON,
    QuotationState.LOST,
)
"""In the order of a quotation's life, which is how a list sorts by state."""

_COLUMNS: Final = tuple(
    quotations.c[name] if name != "number" else sa.func.coalesce(quotations.c.number, "").label("number")
    for name in QuotationRow.__struct_fields__
)


def list_seqs(connection: sa.Connection, query: QuotationQuery, today: date, limit: int | None) -> array[int]:
    """Every quotation the query asks for, sorted; only the first ``limit``, if given."""
    among = _among(connection, query, today)
    if query.sort == "state":
        found = _by_state(connection, today, descending=query.descending)
        found = found if among is None else picked(found, among)
        return found if limit is None else found[:limit]
    column = _SORTS[query.sort]
    return ordered(connection, quotations, column, among, descending=query.descending, limit=limit)


def _among(connection: sa.Connection, query: QuotationQuery, today: date) -> array[int] | None:
    """The quotations that pass all filters; None when there is no filter. Each filter reads an index only."""
    among = search.hits_of_words(connection, search.QUOTATION_INDEX, query.words)
    if query.service:
        of_service = sa.select(quotation_services.c.quotation_seq.label("seq")).where(
            quotation_services.c.service == query.service
        )
        among = common(among, seq_array(connection, of_service))
    if query.customer_id:
        of_customer = sa.select(quotations.c.seq).where(quotations.c.customer_id == query.customer_id)
        among = common(among, seq_array(connection, of_customer))
    if query.staff:
        of_staff = sa.select(quotations.c.seq).where(quotations.c.staff == query.staff)
        among = common(among, seq_array(connection, of_staff))
    if query.states:
        in_states = sa.or_(*(_is_in(state, today) for state in query.states))
        among = common(among, seq_array(connection, sa.select(quotations.c.seq).where(in_states)))
    return among


def _is_in(state: QuotationState, today: date) -> sa.ColumnElement[bool]:
    """The condition for a state as people see it; 期限切れ follows from the validity date."""
    if state is QuotationState.EXPIRED:
        stored, in_time = QuotationState.ISSUED, quotations.c.valid_until < today
    elif state is QuotationState.ISSUED:
        stored, in_time = state, sa.or_(quotations.c.valid_until >= today, quotations.c.valid_until.is_(None))
    else:
        return quotations.c.state == state.value
    return sa.and_(quotations.c.state == stored.value, in_time)


def _by_state(connection: sa.Connection, today: date, *, descending: bool) -> array[int]:
    """State after state, within each the newest change first."""
    found: array[int] = array("q")
    for state in reversed(_STATES) if descending else _STATES:
        found += seq_array(
            connection,
            sa.select(quotations.c.seq)
            .where(_is_in(state, today))
            .order_by(quotations.c.updated_at.desc(), quotations.c.seq.desc()),
        )
    return found


def running_out(
    connection: sa.Connection, first: date, last: date, services: Sequence[str]
) -> list[QuotationRow]:
    """The issued quotations whose validity ends from ``first`` to ``last``, the earliest first."""
    asked = sa.select(quotations.c.seq).where(
        quotations.c.state == QuotationState.ISSUED.value, quotations.c.valid_until.between(first, last)
    )
    if services:
        of_services = sa.select(quotation_services.c.quotation_seq).where(
            quotation_services.c.service.in_(services)
        )
        asked = asked.where(quotations.c.seq.in_(of_services))
    in_order = asked.order_by(quotations.c.valid_until, quotations.c.seq)
    return list_rows(connection, seq_array(connection, in_order), first)


def list_rows(connection: sa.Connection, seqs: Sequence[int], today: date) -> list[QuotationRow]:
    """The rows in the order asked; those deleted since are left out."""
    by_seq = rows_by_seq(connection, sa.select(*_COLUMNS), quotations.c.seq, seqs)
    return [_row(by_seq[seq], today) for seq in seqs if seq in by_seq]


def _row(columns: dict[str, Any], today: date) -> QuotationRow:
    state = QuotationState(columns["state"])
    valid_until = columns["valid_until"]
    if state is QuotationState.ISSUED and valid_until is not None and valid_until < today:
        state = QuotationState.EXPIRED
    return QuotationRow(**{**columns, "state": state})
