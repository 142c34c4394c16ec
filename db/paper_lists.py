"""The list of the archive: which papers, in which order, and the rows of a screenful.

Each order stands in an index that also holds what the list filters by (days, amounts, kinds), so that walking
it reads no row. Where few papers pass the filters they are fetched by the narrowest filter's own index and
sorted; where many do, the first of them soon turn up on the walk.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from os.path import commonprefix
from sys import maxunicode
from typing import Any, Final

import sqlalchemy as sa

from app.folding import fold_words
from app.papers.archived import PaperQuery, PaperRow, PaperSums, SubjectKind
from app.papers.kinds import TITLES
from db import search
from db.lists import rows_by_seq
from db.paper_tables import paper_sends, paper_voids, papers
from db.sqlite import among as one_of
from db.sqlite import seq_array

_FEW: Final = 4_000
"""Up to so many papers are sorted one by one."""
_STEP: Final = 20_000
"""So many of an order are looked through at once."""

_SAMPLE: Final = 64
"""About so many hits tell where in an order of names all of them may stand,"""
_SHORTEST: Final = 2
"""which is worth a look where their names begin with so many letters in common."""

_SORTS: Final[dict[str, sa.Column[Any]]] = {
    "issued_on": papers.c.issued_on,
    "number": papers.c.number_key,
    "customer": papers.c.customer_key,
    "total": papers.c.total,
}

_NAMES: Final = ("number", "customer")
"""Orders that the filters' own indexes don't hold: sorting what these find would read each row."""

_VOIDED: Final = sa.select(papers.c.seq).join_from(paper_voids, papers)

_VOIDS: Final = sa.select(papers.c.seq, papers.c.total).join_from(paper_voids, papers)

_SENT: Final = (
    sa.select(paper_sends.c.how)
    .where(paper_sends.c.paper_id == papers.c.id)
    .order_by(paper_sends.c.at.desc(), paper_sends.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_OTHERS: Final = {
    "issued_at": papers.c.created_at,
    "sent": sa.func.coalesce(_SENT, ""),
    "voided": sa.func.coalesce(paper_voids.c.why, ""),
    "erased": papers.c.erased_at.is_not(None),
    "link": papers.c.hash,
}
ROW: Final = sa.select(
    *(_OTHERS[name].label(name) if name in _OTHERS else papers.c[name] for name in PaperRow.__struct_fields__)
).join_from(papers, paper_voids, isouter=True)


def list_seqs(connection: sa.Connection, query: PaperQuery, limit: int | None) -> array[int]:
    """Every paper the query asks for, sorted; only the first ``limit``, if given."""
    hits = _hits(connection, query.words)
    if hits is not None and not hits:
        return hits
    conditions = _conditions(query)
    few = _few(connection, conditions, hits)
    if few is not None:
        return _sorted(connection, query, [one_of(papers.c.seq, few)], limit)
    if limit is not None or query.sort in _NAMES:
        conditions = _conditions(query, query.sort)
    if hits is None:
        return _sorted(connection, query, conditions, limit)
    if limit is not None:  # most often the first of them stand near the beginning
        near = _sorted(connection, query, conditions, _STEP)
        wanted = frozenset(hits)
        found = array("q", filter(wanted.__contains__, near))[:limit]
        if len(found) == limit or len(near) < _STEP:
            return found
    if query.sort in _NAMES:
        conditions += _around(connection, _SORTS[query.sort], hits)
    passed_over = sa.type_coerce(sa.literal_column("+papers.seq"), sa.BigInteger)
    return _sorted(connection, query, [*conditions, one_of(passed_over, hits)], limit)


def _around(
    connection: sa.Connection, name: sa.Column[Any], hits: array[int]
) -> list[sa.ColumnElement[bool]]:
    """Where in the order of a name all hits stand, when they stand close together as those of one surname do:
    then the rest of the order need not be gone along. Nothing when they don't.
    """
    some = hits[:: len(hits) // _SAMPLE + 1]
    ends = sa.select(sa.func.min(name), sa.func.max(name)).where(one_of(papers.c.seq, some))
    beginning = commonprefix(connection.execute(ends).one())  # noqa: RUF071 - names, not paths
    if len(beginning) < _SHORTEST:
        return []
    within = [name >= beginning, name < beginning + chr(maxunicode)]
    most = 2 * len(hits) + _STEP  # where others stand between them in numbers, this would be no shorter
    standing = seq_array(connection, sa.select(papers.c.seq).where(*within).limit(most))
    all_of_them = sum(map(frozenset(hits).__contains__, standing)) == len(hits)
    return within if all_of_them else []


def _hits(connection: sa.Connection, words: str) -> array[int] | None:
    """The papers the words are found in; None when nothing was typed."""
    if not words.strip():
        return None
    terms = fold_words(words)
    if not terms:
        return array("q")
    return search.hits(connection, search.PAPER_INDEX, search.paper_match(terms))


def _conditions(query: PaperQuery, walked: str = "") -> list[sa.ColumnElement[bool]]:
    """What papers have to be. ``walked``: the order that is gone along, whose index no other filter's may
    take the place of (a ``+`` before a column keeps SQLite from using its index).
    """
    issued_on, total, kind = (_column(name, walked) for name in ("issued_on", "total", "kind"))
    found: list[sa.ColumnElement[bool]] = []
    if query.customer_id:
        found.append(papers.c.customer_id.in_(_same_customer(query.customer_id)))
    if query.subject_id:
        found.append(papers.c.subject_id == query.subject_id)
    if query.subject_kind:
        found.append(papers.c.subject_kind == query.subject_kind)
    if query.voided is not None:
        of_voids = papers.c.id.in_(sa.select(paper_voids.c.paper_id))
        found.append(of_voids if query.voided else papers.c.seq.not_in(_VOIDED))
    if query.kinds:
        found.append(kind.in_(query.kinds))
    return found + _between(issued_on, query.first, query.last) + _between(total, query.least, query.most)


def _same_customer(customer_id: str) -> sa.Select[Any]:
    """The customer and all that were merged into it: what was issued keeps the name it was issued to."""
    from db.contract_tables import customer_merges

    kept = sa.select(sa.literal(customer_id).label("id")).cte("kept", recursive=True)
    merged = customer_merges.c
    kept = kept.union(sa.select(merged.gone).where(merged.kept == kept.c.id, merged.undone_at.is_(None)))
    return sa.select(kept.c.id)


def _between(column: sa.ColumnElement[Any], first: Any, last: Any) -> list[sa.ColumnElement[bool]]:
    if first is not None and first == last:
        return [column == first]
    found = [] if first is None else [column >= first]
    return found if last is None else [*found, column <= last]


def _column(name: str, walked: str) -> sa.ColumnElement[Any]:
    column = papers.c[name]
    if walked in ("", name, "title"):
        return column
    return sa.type_coerce(sa.literal_column(f"+papers.{name}"), column.type)


def _few(
    connection: sa.Connection, conditions: list[sa.ColumnElement[bool]], hits: array[int] | None
) -> array[int] | None:
    """The papers that pass, in no order, where they are few; None where they are many."""
    if hits is not None and len(hits) <= _FEW:
        return seq_array(connection, sa.select(papers.c.seq).where(one_of(papers.c.seq, hits), *conditions))
    if not conditions:
        return None
    found = seq_array(connection, sa.select(papers.c.seq).where(*conditions).limit(_FEW + 1))
    if len(found) > _FEW:
        return None
    if hits is None:
        return found
    return array("q", filter(frozenset(hits).__contains__, found))


def _sorted(
    connection: sa.Connection,
    query: PaperQuery,
    conditions: list[sa.ColumnElement[bool]],
    limit: int | None,
) -> array[int]:
    """The papers that pass, in the order asked for."""
    if query.sort == "title":
        return _by_title(connection, query, conditions, limit)
    column = _SORTS[query.sort]
    keys = (column.desc(), papers.c.seq.desc()) if query.descending else (column, papers.c.seq)
    return seq_array(connection, sa.select(papers.c.seq).where(*conditions).order_by(*keys).limit(limit))


def _by_title(
    connection: sa.Connection,
    query: PaperQuery,
    conditions: list[sa.ColumnElement[bool]],
    limit: int | None,
) -> array[int]:
    """Kind after kind in the order of their table, within each the newest first."""
    found: array[int] = array("q")
    for kind in reversed(TITLES) if query.descending else TITLES:
        if query.kinds and kind not in query.kinds:
            continue
        left = None if limit is None else limit - len(found)
        found += seq_array(
            connection,
            sa.select(papers.c.seq)
            .where(papers.c.kind == kind, *conditions)
            .order_by(papers.c.issued_on.desc(), papers.c.seq.desc())
            .limit(left),
        )
        if limit is not None and len(found) >= limit:
            break
    return found


def list_rows(connection: sa.Connection, seqs: Sequence[int]) -> list[PaperRow]:
    """The rows in the order asked."""
    by_seq = rows_by_seq(connection, ROW, papers.c.seq, seqs)
    return [_row(by_seq[seq]) for seq in seqs if seq in by_seq]


def about(
    connection: sa.Connection, subject_kind: SubjectKind, subject_id: str, kinds: Sequence[str]
) -> list[PaperRow]:
    """The papers made from something, the earliest first."""
    statement = ROW.where(papers.c.subject_id == subject_id, papers.c.subject_kind == subject_kind)
    if kinds:
        statement = statement.where(papers.c.kind.in_(kinds))
    return [_row(dict(row)) for row in connection.execute(statement.order_by(papers.c.seq)).mappings()]


def _row(columns: dict[str, Any]) -> PaperRow:
    return PaperRow(**{**columns, "erased": bool(columns["erased"])})


def sums(connection: sa.Connection, seqs: Sequence[int], query: PaperQuery | None = None) -> PaperSums:
    """What these papers come to, voided ones left out of the sum. ``query``: what found them."""
    voids = {row.seq: row.total for row in connection.execute(_VOIDS)}
    voided = [seq for seq in seqs if seq in voids]
    if query is not None and not query.words.strip():  # read out of an index, whatever their number
        statement = sa.select(sa.func.sum(papers.c.total)).where(*_conditions(query))
    else:
        statement = _summed(connection, seqs)
    total = connection.scalar(statement) or 0
    return PaperSums(count=len(seqs), total=total - sum(voids[seq] for seq in voided), voided=len(voided))


def _summed(connection: sa.Connection, seqs: Sequence[int]) -> sa.Select[Any]:
    """Few are looked up; of many an index that holds all totals is read, which is faster than their rows."""
    total = sa.select(sa.func.sum(papers.c.total))
    if len(seqs) <= _FEW:
        return total.where(one_of(papers.c.seq, seqs))
    if len(seqs) == connection.scalar(sa.select(sa.func.count()).select_from(papers)):
        return total
    return total.where(one_of(sa.type_coerce(sa.literal_column("+papers.seq"), sa.BigInteger), seqs))
