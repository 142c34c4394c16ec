"""The list of the archive: which papers, in which order, and the rows of a screenful.

Each order stands in an index that also holds what the list filters by (days, amounts, kinds), so that walking
it reads no row. Where few papers pass the filters they are fetched by the narrowest filter's own index and
sorted; where many do, the first of them soon turn up on the walk.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
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

_SORTS: Final[dict[str, sa.Column[Any]]] = {
    "issued_on": papers.c.issued_on,
    "number": papers.c.number_key,
    "customer": papers.c.customer_key,
    "total": papers.c.total,
}

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
    if query.voided:
        conditions.append(papers.c.id.in_(sa.select(paper_voids.c.paper_id)))
    dropped = _voided(connection) if query.voided is False else frozenset()
    few = _few(connection, conditions, hits)
    if few is not None:
        found = _sorted(connection, query, [one_of(papers.c.seq, few)])
        return _kept(found, None, dropped)[:limit]
    if limit is None:
        return _kept(_sorted(connection, query, conditions), hits, dropped)
    return _walked(connection, query, conditions, hits, dropped, limit)


def _hits(connection: sa.Connection, words: str) -> array[int] | None:
    """The papers the words are found in; None when nothing was typed."""
    if not words.strip():
        return None
    terms = fold_words(words)
    if not terms:
        return array("q")
    return search.hits(connection, search.PAPER_INDEX, search.paper_match(terms))


def _conditions(query: PaperQuery) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if query.customer_id:
        found.append(papers.c.customer_id == query.customer_id)
    if query.subject_id:
        found.append(papers.c.subject_id == query.subject_id)
    if query.subject_kind:
        found.append(papers.c.subject_kind == query.subject_kind)
    if query.kinds:
        found.append(papers.c.kind.in_(query.kinds))
    if query.first is not None:
        found.append(papers.c.issued_on >= query.first)
    if query.last is not None:
        found.append(papers.c.issued_on <= query.last)
    if query.least is not None and query.least == query.most:
        found.append(papers.c.total == query.least)
    elif query.least is not None:
        found.append(papers.c.total >= query.least)
    if query.most is not None and query.least != query.most:
        found.append(papers.c.total <= query.most)
    return found


def _voided(connection: sa.Connection) -> frozenset[int]:
    """The few papers that no longer count."""
    return frozenset(seq_array(connection, sa.select(papers.c.seq).join_from(paper_voids, papers)))


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
    return _kept(found, hits, frozenset())


def _keys(column: sa.Column[Any], *, descending: bool) -> tuple[sa.ColumnElement[Any], ...]:
    return (column.desc(), papers.c.seq.desc()) if descending else (column, papers.c.seq)


def _sorted(
    connection: sa.Connection, query: PaperQuery, conditions: list[sa.ColumnElement[bool]]
) -> array[int]:
    """All papers that pass, in the order asked for."""
    return seq_array(connection, _statement(query).where(*conditions))


def _statement(query: PaperQuery) -> sa.Select[Any]:
    if query.sort != "title":
        return sa.select(papers.c.seq).order_by(*_keys(_SORTS[query.sort], descending=query.descending))
    place = sa.case({kind: at for at, kind in enumerate(TITLES)}, value=papers.c.kind, else_=len(TITLES))
    keys = (place.desc(), papers.c.issued_on.desc(), papers.c.seq.desc())
    return sa.select(papers.c.seq).order_by(*(keys if query.descending else (place, *keys[1:])))


def _walked(
    connection: sa.Connection,
    query: PaperQuery,
    conditions: list[sa.ColumnElement[bool]],
    hits: array[int] | None,
    dropped: frozenset[int],
    limit: int,
) -> array[int]:
    """The first ``limit`` of many, looked for along the order."""
    found: array[int] = array("q")
    statement, at = _statement(query).where(*conditions), 0
    step = limit + len(dropped) if hits is None else _STEP
    while len(found) < limit:
        part = seq_array(connection, statement.limit(step).offset(at))
        found += _kept(part, hits, dropped)
        if len(part) < step:
            break
        at, step = at + step, max(_STEP, step)
    return found[:limit]


def _kept(order: array[int], hits: array[int] | None, dropped: frozenset[int]) -> array[int]:
    """Those of ``order`` that are hits and not dropped."""
    if hits is not None:
        wanted = frozenset(hits)
        order = array("q", filter(wanted.__contains__, order))
    return array("q", (seq for seq in order if seq not in dropped)) if dropped else order


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


def sums(connection: sa.Connection, seqs: Sequence[int]) -> PaperSums:
    """What these papers come to, voided ones left out of the sum."""
    count = connection.scalar(sa.select(sa.func.count()).select_from(papers)) or 0
    totals = sa.select(sa.func.coalesce(sa.func.sum(papers.c.total), 0))
    if 2 * len(seqs) <= count:
        total = connection.scalar(totals.where(one_of(papers.c.seq, seqs))) or 0
        voids = _void_sums(connection, one_of(papers.c.seq, seqs))
    else:  # of most of them: all, less the others
        wanted = frozenset(seqs)
        every = seq_array(connection, sa.select(papers.c.seq))
        others = array("q", (seq for seq in every if seq not in wanted))
        total = (connection.scalar(totals) or 0) - (
            (connection.scalar(totals.where(one_of(papers.c.seq, others))) or 0) if others else 0
        )
        voids = _void_sums(connection, sa.not_(one_of(papers.c.seq, others)) if others else sa.true())
    return PaperSums(count=len(seqs), total=total - voids[1], voided=voids[0])


def _void_sums(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> tuple[int, int]:
    row = connection.execute(
        sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(papers.c.total), 0))
        .join_from(paper_voids, papers)
        .where(condition)
    ).one()
    return row[0], row[1]
