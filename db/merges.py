"""Two customers that are one: what went over with a merge is remembered row by row, so that it can return."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.contract.customer import Merge
from app.errors import Problem, UserError
from app.quote.content import QuotationContent
from app.words import _
from db import search
from db.base import Session, not_found, refuse_stale
from db.contract_rows import rename
from db.contract_tables import attachments, contracts, customer_merge_rows, customer_merges, notes
from db.ids import uuid7
from db.payloads import pack, unpack
from db.tables import customers, quotation_contents, quotations
from db.visit_rows import rename as rename_visits
from db.visit_tables import visits

_OWNED: Final[dict[str, tuple[sa.Table, str]]] = {
    "quotation": (quotations, "customer_id"),
    "contract": (contracts, "customer_id"),
    "visit": (visits, "customer_id"),
    "note": (notes, "subject_id"),
    "attachment": (attachments, "subject_id"),
}
"""What a customer has, and the column that says so."""

Version = tuple[str, int]
"""A customer's id and the version somebody saw."""


def merge(session: Session, kept: Version, gone: Version, staff: str, memo: str) -> Merge:
    """Let one customer become part of another. Raises what ``CustomerTable.merge`` raises."""
    _refuse_odd(session.connection, kept, gone)
    done = Merge(id=uuid7(), kept=kept[0], gone=gone[0], at=session.now(), staff=staff, memo=memo)
    connection = session.connection
    connection.execute(customer_merges.insert(), msgspec.structs.asdict(done))
    rows = [
        {"merge_id": done.id, "kind": kind, "row_id": row_id}
        for kind in _OWNED
        for row_id in _hand_over(session, kind, done.gone, done.kept)
    ]
    if rows:
        connection.execute(customer_merge_rows.insert(), rows)
    _touch(session, done, hidden=f"merge:{done.id}")
    seq = connection.scalar(sa.select(customers.c.seq).where(customers.c.id == done.gone))
    search.take(connection, search.CUSTOMER_INDEX, seq or 0)
    rename(connection, done.kept)
    rename_visits(connection, done.kept)
    return done


def undo_merge(session: Session, merge_id: str) -> Merge:
    """Give back what is still where the merge put it. UserError ``not-found``, ``merge-undone``."""
    connection = session.connection
    row = connection.execute(sa.select(customer_merges).where(customer_merges.c.id == merge_id)).mappings()
    found = row.first()
    if found is None:
        raise not_found()
    done = Merge(**found)
    if done.undone_at is not None:
        raise UserError(Problem("merge-undone", _("この統合は、すでに取り消されています。")))
    went = connection.execute(
        sa.select(customer_merge_rows.c.kind, customer_merge_rows.c.row_id).where(
            customer_merge_rows.c.merge_id == merge_id
        )
    ).all()
    for kind in _OWNED:
        _hand_over(session, kind, done.kept, done.gone, only=[row_id for one, row_id in went if one == kind])
    now = session.now()
    connection.execute(customer_merges.update().where(customer_merges.c.id == merge_id).values(undone_at=now))
    _touch(session, done, hidden="")
    rename(connection, done.gone)
    rename_visits(connection, done.gone)
    return msgspec.structs.replace(done, undone_at=now)


def merges_of(connection: sa.Connection, customer_id: str) -> list[Merge]:
    """The merges a customer took part in, the newest first."""
    part = sa.or_(customer_merges.c.kept == customer_id, customer_merges.c.gone == customer_id)
    found = connection.execute(
        sa.select(customer_merges)
        .where(part)
        .order_by(customer_merges.c.at.desc(), customer_merges.c.id.desc())
    )
    return [Merge(**row) for row in found.mappings()]


def _refuse_odd(connection: sa.Connection, kept: Version, gone: Version) -> None:
    if kept[0] == gone[0]:
        raise UserError(Problem("same-customer", _("同じ顧客どうしは統合できません。")))
    for customer_id, version in (kept, gone):
        refuse_stale(connection, customers, customer_id, version)
        if connection.scalar(sa.select(customers.c.hidden).where(customers.c.id == customer_id)):
            raise UserError(
                Problem(
                    "customer-hidden",
                    _("この顧客は、すでにほかの顧客に統合されています。"),
                    remedy=_("一覧を更新して、統合先の顧客を選んでください。"),
                )
            )


def _hand_over(
    session: Session, kind: str, giver: str, taker: str, only: list[str] | None = None
) -> list[str]:
    """Give what one customer has to another; only the rows named, if they are still there. Returns which."""
    table, owner = _OWNED[kind]
    connection = session.connection
    conditions = [table.c[owner] == giver]
    if owner == "subject_id":
        conditions.append(table.c.subject == "customer")
    had = connection.scalars(sa.select(table.c.id).where(*conditions).order_by(table.c.id)).all()
    wanted = list(had) if only is None else sorted(set(had).intersection(only))
    for row_id in wanted:
        changes: dict[str, Any] = {owner: taker}
        if owner == "customer_id":
            changes |= {"version": table.c.version + 1, "updated_at": session.now()}
        connection.execute(table.update().where(table.c.id == row_id).values(changes))
    if kind == "quotation":
        _readdress(connection, wanted, taker)
    return wanted


def _readdress(connection: sa.Connection, quotation_ids: list[str], customer_id: str) -> None:
    """The working content of a quotation names its customer too; issued revisions stay as they were."""
    table = quotation_contents
    for quotation_id in quotation_ids:
        text = connection.scalar(sa.select(table.c.content).where(table.c.quotation_id == quotation_id))
        content = msgspec.structs.replace(unpack(QuotationContent, text or ""), customer_id=customer_id)
        connection.execute(
            table.update().where(table.c.quotation_id == quotation_id).values(content=pack(content))
        )


def _touch(session: Session, done: Merge, hidden: str) -> None:
    """Both customers changed: whoever has one of them open is told."""
    for customer_id, values in _changes(done, hidden):
        session.connection.execute(
            customers.update()
            .where(customers.c.id == customer_id)
            .values(version=customers.c.version + 1, updated_at=session.now(), **values)
        )


def _changes(done: Merge, hidden: str) -> Iterator[tuple[str, dict[str, str]]]:
    yield done.kept, {}
    yield done.gone, {"hidden": hidden}
