"""Quotations in the database: working content, list row, search entry and issued revisions."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.errors import Problem, UserError
from app.folding import fold_name
from app.quote.content import QuotationContent
from app.quote.stored import (
    QuotationQuery,
    QuotationRow,
    QuotationState,
    Revision,
    StoredQuotation,
    Totals,
)
from app.words import _
from db import search
from db.base import Session, conflict, gone, next_seq, refuse_endless, unknown_customer
from db.ids import uuid7
from db.payloads import pack, plain, texts, unpack, unplain
from db.quotation_lists import list_rows, list_seqs, running_out
from db.tables import (
    customers,
    quotation_contents,
    quotation_revisions,
    quotation_services,
    quotations,
)
from db.towns import town_of

_SERIAL_DIGITS: Final = 10


def columns_of(content: QuotationContent, totals: Totals) -> dict[str, Any]:
    """The list columns a content and its sums make."""
    refuse_endless("totals", totals.monthly_net, totals.yearly_net, totals.total)
    customer = content.customer
    name = fold_name(customer.name)
    return {
        "customer_id": content.customer_id,
        "customer": customer.name,
        "kana": customer.kana,
        "customer_key": fold_name(customer.kana) or name,
        "town": town_of(customer.prefecture, customer.address),
        "phone": customer.phone,
        "title": totals.title or content.title,
        "services": totals.services,
        "monthly_net": totals.monthly_net,
        "yearly_net": totals.yearly_net,
        "total": totals.total,
        "open_items": totals.open_items,
    }


def number_key(number: str) -> str:
    """A document number that sorts rightly beyond 9999: the serial padded."""
    head, dash, serial = number.rpartition("-")
    return f"{head}{dash}{serial:0>{_SERIAL_DIGITS}}" if dash else number


def services_of(content: QuotationContent) -> set[str]:
    """The codes of the services a quotation is about, visits for existing contracts included."""
    named = [entry.service for entry in content.services] + [visit.service for visit in content.visits]
    return {service for service in named if service}


class QuotationTable:
    """``app.usecases.ports.QuotationRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(
        self, content: QuotationContent, totals: Totals, staff: str, copied_from: str = ""
    ) -> StoredQuotation:
        """Store a new draft. UserError ``unknown-customer`` when it names one that is not stored."""
        self._refuse_unknown(content.customer_id)
        now = self._session.now()
        quotation_id, seq = uuid7(), next_seq(self._connection, "quotations")
        columns = {
            "id": quotation_id,
            "seq": seq,
            "version": 1,
            "created_at": now,
            "updated_at": now,
            "state": QuotationState.DRAFT.value,
            "number": None,
            "number_key": "",
            "revision": 0,
            "dirty": True,
            "staff": staff,
            "copied_from": copied_from,
            "issued_on": None,
            "valid_until": None,
            **columns_of(content, totals),
        }
        self._connection.execute(quotations.insert(), columns)
        self._connection.execute(
            quotation_contents.insert(), {"quotation_id": quotation_id, "content": pack(content)}
        )
        self._enter(seq, "", content, columns, before=None)
        return _stored(columns, content)

    def get(self, quotation_id: str) -> StoredQuotation:
        """A quotation as stored: ``state`` is never EXPIRED here. UserError ``not-found``."""
        row = self._row(quotation_id)
        return _stored(row, unpack(QuotationContent, row["content"]))

    def save_draft(
        self, quotation_id: str, version: int, content: QuotationContent, totals: Totals
    ) -> StoredQuotation:
        """Store the working content. Issued revisions stay. ConflictError, UserError ``not-found``."""
        row = self._current(quotation_id, version)
        if content.customer_id != row["customer_id"]:
            self._refuse_unknown(content.customer_id)
        changes = {
            **columns_of(content, totals),
            "dirty": not (row["revision"] and self._is_last_revision(row, content)),
        }
        return self._change(row, content, changes)

    def issue(self, quotation_id: str, version: int, revision: Revision, totals: Totals) -> StoredQuotation:
        """Freeze a revision. The working content stays as it was: its day of issue is still open for the
        next.

        ConflictError; ValueError when number or revision do not follow what is stored (a bug).
        """
        row = self._current(quotation_id, version)
        follows = revision.quotation_id == quotation_id and revision.revision == row["revision"] + 1
        if not follows or row["number"] not in {None, revision.number}:
            raise ValueError("not the next revision of this quotation")
        self._connection.execute(quotation_revisions.insert(), _revision_columns(revision))
        changes = {
            **columns_of(revision.content, totals),
            "state": QuotationState.ISSUED.value,
            "number": revision.number,
            "number_key": number_key(revision.number),
            "revision": revision.revision,
            "dirty": False,
            "issued_on": revision.issued_on,
            "valid_until": revision.valid_until,
        }
        return self._change(row, unpack(QuotationContent, row["content"]), changes)

    def set_state(self, quotation_id: str, version: int, state: QuotationState) -> StoredQuotation:
        """Change the state. ValueError for EXPIRED, which is never stored; ConflictError."""
        if state is QuotationState.EXPIRED:
            raise ValueError("EXPIRED follows from the validity date and is never stored")
        row = self._current(quotation_id, version)
        return self._change(row, unpack(QuotationContent, row["content"]), {"state": state.value})

    def revisions(self, quotation_id: str) -> list[Revision]:
        """The issued revisions, the newest last."""
        found = self._connection.execute(
            sa.select(quotation_revisions)
            .where(quotation_revisions.c.quotation_id == quotation_id)
            .order_by(quotation_revisions.c.revision)
        )
        return [_revision(row) for row in found.mappings()]

    def delete_draft(self, quotation_id: str, version: int) -> None:
        """Delete a draft that was never issued. UserError ``already-issued``; ConflictError."""
        row = self._current(quotation_id, version)
        if row["revision"]:
            raise UserError(
                Problem(
                    "already-issued",
                    _("発行した見積は削除できません。"),
                    remedy=_("不要なときは失注にしてください。"),
                )
            )
        search.take(self._connection, search.QUOTATION_INDEX, row["seq"])
        self._connection.execute(quotations.delete().where(quotations.c.id == quotation_id))

    def seqs(self, query: QuotationQuery, today: date, limit: int | None = None) -> array[int]:
        """Every quotation the query asks for, sorted. ``limit`` fetches only the first ones."""
        return list_seqs(self._connection, query, today, limit)

    def rows(self, seqs: Sequence[int], today: date) -> list[QuotationRow]:
        """The rows in the order asked, EXPIRED worked out; those deleted since are left out."""
        return list_rows(self._connection, seqs, today)

    def running_out(self, first: date, last: date, services: Sequence[str] = ()) -> list[QuotationRow]:
        """The issued ones whose validity ends in these days, the earliest first."""
        return running_out(self._connection, first, last, services)

    def count(self) -> int:
        """How many quotations there are."""
        return self._connection.scalar(sa.select(sa.func.count()).select_from(quotations)) or 0

    def _refuse_unknown(self, customer_id: str | None) -> None:
        """A request may name any customer; the database keeps only those it knows."""
        if customer_id is None:
            return
        known = sa.select(customers.c.seq).where(customers.c.id == customer_id)
        if self._connection.scalar(known) is None:
            raise unknown_customer()

    def _row(self, quotation_id: str) -> dict[str, Any]:
        found = self._connection.execute(
            sa.select(quotations, quotation_contents.c.content)
            .join_from(quotations, quotation_contents)
            .where(quotations.c.id == quotation_id)
        )
        row = found.mappings().first()
        if row is None:
            raise gone(self._connection, quotations, quotation_id)
        return dict(row)

    def _current(self, quotation_id: str, version: int) -> dict[str, Any]:
        row = self._row(quotation_id)
        if row["version"] != version:
            raise conflict()
        return row

    def _change(
        self, row: dict[str, Any], content: QuotationContent, changes: dict[str, Any]
    ) -> StoredQuotation:
        """Write what changed of a quotation: list row, content, search entry."""
        new = {**row, **changes, "version": row["version"] + 1, "updated_at": self._session.now()}
        del new["content"]
        written = {name: value for name, value in new.items() if value != row[name]}
        done = self._connection.execute(
            quotations.update()
            .where(quotations.c.id == row["id"], quotations.c.version == row["version"])
            .values(written)
        )
        if done.rowcount != 1:
            raise conflict()
        text = pack(content)
        if text != row["content"]:
            self._connection.execute(
                quotation_contents.update()
                .where(quotation_contents.c.quotation_id == row["id"])
                .values(content=text)
            )
        self._enter(new["seq"], new["number"] or "", content, new, before=row)
        return _stored(new, content)

    def _enter(
        self,
        seq: int,
        number: str,
        content: QuotationContent,
        columns: dict[str, Any],
        before: dict[str, Any] | None,
    ) -> None:
        """Bring the search index and the services up to date; a draft is saved at every key, so only if
        needed.
        """
        found_by = ("number", "customer", "kana", "title", "services", "town", "phone")
        old = unpack(QuotationContent, before["content"]) if before else None
        if before is None or any(columns[name] != before[name] for name in found_by):
            entry = search.quotation_entry(seq, number, content, columns["title"], columns["services"])
            search.put(self._connection, search.QUOTATION_INDEX, entry, is_new=before is None)
        wanted, had = services_of(content), services_of(old) if old else set()
        for service in sorted(had - wanted):
            self._connection.execute(
                quotation_services.delete().where(
                    quotation_services.c.quotation_seq == seq, quotation_services.c.service == service
                )
            )
        if wanted - had:
            rows = [{"service": service, "quotation_seq": seq} for service in sorted(wanted - had)]
            self._connection.execute(quotation_services.insert(), rows)

    def _is_last_revision(self, row: dict[str, Any], content: QuotationContent) -> bool:
        """Whether a working content says the same as the last issued revision (open dates aside)."""
        text = self._connection.scalar(
            sa.select(quotation_revisions.c.content).where(
                quotation_revisions.c.quotation_id == row["id"],
                quotation_revisions.c.revision == row["revision"],
            )
        )
        if text is None:
            return False
        issued = unpack(QuotationContent, text)
        filled = msgspec.structs.replace(
            content,
            customer_id=issued.customer_id,  # a merge of customers changes nothing a paper says
            issued_on=content.issued_on or issued.issued_on,
            valid_until=content.valid_until or issued.valid_until,
        )
        return filled == issued


def _stored(columns: dict[str, Any], content: QuotationContent) -> StoredQuotation:
    return StoredQuotation(
        id=columns["id"],
        seq=columns["seq"],
        version=columns["version"],
        state=QuotationState(columns["state"]),
        number=columns["number"] or "",
        revision=columns["revision"],
        content=content,
        totals=Totals(
            monthly_net=columns["monthly_net"],
            yearly_net=columns["yearly_net"],
            total=columns["total"],
            open_items=columns["open_items"],
            services=columns["services"],
            title=columns["title"],
        ),
        staff=columns["staff"],
        created_at=columns["created_at"],
        updated_at=columns["updated_at"],
        issued_on=columns["issued_on"],
        valid_until=columns["valid_until"],
        dirty=columns["dirty"],
        copied_from=columns["copied_from"],
    )


def _revision_columns(revision: Revision) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "quotation_id": revision.quotation_id,
        "revision": revision.revision,
        "number": revision.number,
        "issued_on": revision.issued_on,
        "issued_at": revision.issued_at,
        "valid_until": revision.valid_until,
        "staff": revision.staff,
        "content": pack(revision.content),
        "editions": plain(revision.editions),
        "readings": plain(revision.readings),
        "frozen": plain(revision.frozen),
        "paper_id": revision.paper_id,
    }


def _revision(row: Any) -> Revision:
    return Revision(
        quotation_id=row["quotation_id"],
        number=row["number"],
        revision=row["revision"],
        content=unpack(QuotationContent, row["content"]),
        issued_on=row["issued_on"],
        issued_at=row["issued_at"],
        valid_until=row["valid_until"],
        staff=row["staff"],
        editions=texts(row["editions"]),
        readings=texts(row["readings"]),
        frozen=unplain(row["frozen"]),
        paper_id=row["paper_id"],
    )
