"""Many papers at once, through the same tables and the same chain, for measurements."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
import sqlalchemy as sa

from app.folding import fold_name
from app.papers.archived import PaperAbout
from app.papers.kinds import TITLES
from db import paper_chain, search
from db.base import insert_many, next_seq
from db.bulk import batches, quickly
from db.engine import SqlStorage
from db.ids import uuid7
from db.paper_tables import paper_bytes, papers
from db.quotations import number_key
from db.work import SqlWork


class BulkPaper(msgspec.Struct, frozen=True, kw_only=True):
    """A paper to archive. ``kana``: the customer's reading."""

    kind: str
    number: str
    revision: int = 1
    customer: str
    kana: str = ""
    issued_on: date
    total: int
    pdf: bytes
    about: PaperAbout = PaperAbout()


def insert_papers(storage: SqlStorage, many: Iterable[BulkPaper]) -> int:
    """Archive papers in their order; how many. One transaction."""
    count = 0
    with storage.work() as work:
        with quickly(work.session.connection, papers):
            for batch in batches(many):
                _insert(work, batch)
                count += len(batch)
        work.audit.record("", "papers-inserted", "", {"count": count})
        work.commit()
    return count


def _insert(work: SqlWork, batch: Sequence[BulkPaper]) -> None:
    connection, now = work.session.connection, work.session.now()
    first = next_seq(connection, "papers", len(batch))
    before = connection.scalar(sa.select(papers.c.hash).where(papers.c.seq == first - 1)) or paper_chain.FIRST
    rows: list[dict[str, Any]] = []
    for seq, one in enumerate(batch, first):
        about = msgspec.structs.asdict(one.about) | {"title": one.about.title or TITLES[one.kind]}
        row = about | {name: getattr(one, name) for name in ("kind", "number", "revision", "customer")}
        row |= {"id": uuid7(), "seq": seq, "created_at": now, "issued_on": one.issued_on, "total": one.total}
        row |= {"sha256": hashlib.sha256(one.pdf).hexdigest(), "salt": paper_chain.new_salt()}
        row |= {"number_key": number_key(one.number), "erased_at": None}
        row["customer_key"] = fold_name(one.kana) or fold_name(one.customer)
        row["payload_hash"] = paper_chain.payload_hash(row)
        row["hash"] = before = paper_chain.link_hash(before, row)
        rows.append(row)
    insert_many(connection, papers, rows)
    files = [{"paper_id": row["id"], "pdf": one.pdf} for row, one in zip(rows, batch, strict=True)]
    insert_many(connection, paper_bytes, files)
    entries = [
        search.paper_entry(seq, one.number, one.customer, one.kana) for seq, one in enumerate(batch, first)
    ]
    insert_many(connection, search.PAPER_INDEX, entries)
