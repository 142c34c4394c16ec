"""Sorted lists of ``seq``: what a long list on the screen stands on."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import compress
from typing import Any, Final

import sqlalchemy as sa

from db.sqlite import seq_array

_FEW: Final = 1_000
"""Up to so many hits are sorted one by one; more are picked out of the whole order, which stands in an
index.
"""


def ordered(
    connection: sa.Connection,
    table: sa.Table,
    column: sa.Column[Any],
    among: array[int] | None,
    *,
    descending: bool,
    limit: int | None = None,
    empty_last: bool = False,
) -> array[int]:
    """The ``seq`` of a table sorted by an indexed column; only those ``among``, if given.

    ``empty_last``: rows without a value come last in both directions.
    """
    if among is not None and not among:
        return array("q")
    if empty_last:
        return _empty_last(connection, table, column, among, descending=descending, limit=limit)
    keys = (column.desc(), table.c.seq.desc()) if descending else (column, table.c.seq)
    statement = sa.select(table.c.seq).order_by(*keys)
    if among is None:
        return seq_array(connection, statement if limit is None else statement.limit(limit))
    if len(among) <= _FEW:
        statement = statement.where(table.c.seq.in_(tuple(among)))
        return seq_array(connection, statement if limit is None else statement.limit(limit))
    found = picked(seq_array(connection, statement), among)
    return found if limit is None else found[:limit]


def _empty_last(
    connection: sa.Connection,
    table: sa.Table,
    column: sa.Column[Any],
    among: array[int] | None,
    *,
    descending: bool,
    limit: int | None,
) -> array[int]:
    """Two lists, each out of the index: first those with a value, then those without."""
    keys = (column.desc(), table.c.seq.desc()) if descending else (column, table.c.seq)
    filled = sa.select(table.c.seq).where(column.is_not(None)).order_by(*keys)
    empty = sa.select(table.c.seq).where(column.is_(None)).order_by(table.c.seq)
    if among is not None and len(among) <= _FEW:
        filled, empty = (one.where(table.c.seq.in_(tuple(among))) for one in (filled, empty))
    elif among is not None:
        whole = seq_array(connection, filled) + seq_array(connection, empty)
        return picked(whole, among)[:limit]
    found = seq_array(connection, filled if limit is None else filled.limit(limit))
    if limit is None or len(found) < limit:
        found += seq_array(connection, empty if limit is None else empty.limit(limit - len(found)))
    return found


def hidden_seqs(connection: sa.Connection, table: sa.Table) -> array[int]:
    """The few rows of a table that no list shows."""
    return seq_array(connection, sa.select(table.c.seq).where(table.c.hidden != sa.literal_column("''")))


def without(order: array[int], hidden: Sequence[int]) -> array[int]:
    """Those of ``order`` that are not ``hidden``."""
    if not hidden:
        return order
    gone = frozenset(hidden)
    return array("q", (seq for seq in order if seq not in gone))


def picked(order: array[int], among: array[int]) -> array[int]:
    """Those of ``order``, which holds every row once, that are ``among``; in the order they have."""
    if len(among) == len(order):
        return order
    wanted = bytearray(max(order, default=0) + 1)
    for seq in among:
        wanted[seq] = 1
    return array("q", compress(order, map(wanted.__getitem__, order)))


def common(one: array[int] | None, other: array[int]) -> array[int]:
    """What is in both; ``None`` is everything."""
    if one is None:
        return other
    return array("q", set(one).intersection(other))


def rows_by_seq(
    connection: sa.Connection, statement: sa.Select[Any], column: sa.Column[int], seqs: Sequence[int]
) -> dict[int, dict[str, Any]]:
    """The rows of these ``seq``, each as a dict; those that are gone are missing."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(seqs), _FEW):
        rows = connection.execute(statement.where(column.in_(tuple(seqs[start : start + _FEW]))))
        found.update((row["seq"], dict(row)) for row in rows.mappings())
    return found
