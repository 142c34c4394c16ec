"""Erasing a customer: what is held about it, and letting go of all that tells who it was.

What stays says nothing of a person: numbers, states, days, amounts of closed months (their hash covers
them), the links of both chains with salted hashes. The order matters: the customer is marked first, for the
triggers of append-only tables let rows go only then.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Final

import sqlalchemy as sa

from app.contract.record import OVER
from app.usecases.erasure_ports import Holding, KeptDay
from app.visit.order import VisitState
from app.words import N_
from db import search
from db.audit import AuditTable
from db.base import ERASED_MARK, Session, erased, not_found
from db.contract_tables import (
    attachment_bytes,
    attachments,
    bill_balances,
    bills,
    claims,
    contract_contents,
    contract_deadlines,
    contract_entries,
    contracts,
    customer_details,
    customer_keys,
    customer_merge_rows,
    customer_merges,
    equipment,
    notes,
    payments,
    run_blanks,
    runs,
)
from db.paper_tables import paper_approvals, papers
from db.papers import PaperTable
from db.sqlite import among
from db.staff_tables import typed
from db.tables import (
    audit,
    audit_payloads,
    customers,
    quotation_contents,
    quotation_revisions,
    quotation_services,
    quotations,
)
from db.visit_rows import VISIT_INDEX
from db.visit_tables import visit_carried, visit_contents, visit_events, visits

ERASED_NAME: Final = N_("消去済み")
"""What stands in lists in place of the name."""

_UUID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_CUSTOMER_WORDS: Final = (
    "kana", "postal_code", "prefecture", "address", "building", "department", "person", "phone", "email",
    "note", "town", "kana_key", "name_key", "phone_key", "email_key",
)  # fmt: skip
_ROW_WORDS: Final = ("kana", "customer_key", "town", "phone")
_ENDED: Final = tuple(state.value for state in OVER)
_VISIT_OVER: Final = (VisitState.DONE.value, VisitState.CANCELLED.value)


class ErasureTable:
    """``app.usecases.erasure_ports.ErasureRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    # --- what there is ------------------------------------------------------------------------------------

    def holding(self, customer_id: str) -> Holding:
        """What the database holds. See the port."""
        who = self._family(customer_id)
        ids = self._ids(who)
        waiting = claims.c.bill_id.is_(None) & (claims.c.withdrawn == "")
        return Holding(
            customers=tuple(who),
            counts={kind: len(found) for kind, found in ids.items()},
            running=self._numbers(contracts, who, contracts.c.state.not_in(_ENDED)),
            open_visits=self._numbers(visits, who, visits.c.state.not_in(_VISIT_OVER)),
            carried=self._numbers(visits, who, visits.c.id.in_(sa.select(visit_carried.c.visit_id))),
            open_money=self._numbers(
                contracts,
                who,
                contracts.c.id.in_(sa.select(bill_balances.c.contract_id).where(bill_balances.c.open != 0))
                | contracts.c.id.in_(sa.select(claims.c.contract_id).where(waiting))
                | contracts.c.id.in_(self._advanced())
                | contracts.c.id.in_(self._unclosed()),
            ),
            days=tuple(self._days(who, ids)),
        )

    def _family(self, customer_id: str) -> list[str]:
        """The customer and all that were merged into it, and into those."""
        row = self._connection.execute(
            sa.select(customers.c.hidden).where(customers.c.id == customer_id)
        ).first()
        if row is None:
            raise not_found()
        if row.hidden.startswith(ERASED_MARK):
            raise erased()
        found = [customer_id]
        for one in found:
            merged = sa.select(customer_merges.c.gone).where(
                customer_merges.c.kept == one, customer_merges.c.undone_at.is_(None)
            )
            found += [gone for gone in self._connection.scalars(merged) if gone not in found]
        return found

    def _ids(self, who: Sequence[str]) -> dict[str, list[str]]:
        """The ids of everything that belongs to customers, by kind."""
        of = {
            "contract": self._of(contracts, contracts.c.customer_id, who),
            "quotation": self._of(quotations, quotations.c.customer_id, who),
            "visit": self._of(visits, visits.c.customer_id, who),
        }
        subjects = [*who, *of["contract"], *of["quotation"], *of["visit"]]
        billed = self._of(bills, bills.c.contract_id, of["contract"])
        stays = among(papers.c.customer_id, who) | among(papers.c.subject_id, [*subjects, *billed])
        return {
            **of,
            "note": self._of(notes, notes.c.subject_id, subjects),
            "attachment": self._of(attachments, attachments.c.subject_id, subjects),
            "equipment": self._of(equipment, equipment.c.contract_id, of["contract"]),
            "bill": billed,
            "payment": self._of(payments, payments.c.contract_id, of["contract"]),
            "claim": self._of(claims, claims.c.contract_id, of["contract"]),
            "paper": list(
                self._connection.scalars(
                    sa.select(papers.c.id).where(stays, papers.c.erased_at.is_(None)).order_by(papers.c.seq)
                )
            ),
        }

    def _of(self, table: sa.Table, column: sa.ColumnElement[Any], values: Sequence[str]) -> list[str]:
        return list(self._connection.scalars(sa.select(table.c.id).where(among(column, values))))

    def _numbers(self, table: sa.Table, who: Sequence[str], what: sa.ColumnElement[bool]) -> tuple[str, ...]:
        found = sa.select(table.c.number).where(among(table.c.customer_id, who), what).order_by(table.c.seq)
        return tuple(self._connection.scalars(found))

    @staticmethod
    def _advanced() -> sa.Select[Any]:
        """Contracts whose payments on no bill don't come to 0."""
        waiting = sa.select(payments.c.contract_id).where(
            payments.c.bill_id.is_(None), payments.c.voided == ""
        )
        return waiting.group_by(payments.c.contract_id).having(sa.func.sum(payments.c.amount) != 0)

    @staticmethod
    def _unclosed() -> sa.Select[Any]:
        """Contracts with a bill of a month that is not closed."""
        return sa.select(bills.c.contract_id).join_from(bills, runs).where(runs.c.state != "closed")

    def _days(self, who: Sequence[str], ids: dict[str, list[str]]) -> Iterable[KeptDay]:
        """Everything that has to be kept for years, by its day."""
        number, mine = contracts.c.number, among(contracts.c.id, ids["contract"])
        of_papers = sa.select(papers.c.number, papers.c.issued_on).where(among(papers.c.id, ids["paper"]))
        yield from self._kept("paper", of_papers)
        paid = sa.select(number, sa.func.max(payments.c.day)).join_from(payments, contracts).where(mine)
        yield from self._kept("payment", paid.group_by(number))
        due = sa.select(number, sa.func.max(bills.c.due_on)).join_from(bills, contracts).where(mine)
        yield from self._kept("bill", due.group_by(number))
        yield from self._kept("contract", sa.select(number, contracts.c.ended_on).where(mine))
        done = sa.select(visits.c.number, visits.c.first_on).where(among(visits.c.customer_id, who))
        yield from self._kept("visit", done.where(visits.c.state == VisitState.DONE.value))

    def _kept(self, what: str, statement: sa.Select[Any]) -> Iterable[KeptDay]:
        rows = self._connection.execute(statement)
        yield from (KeptDay(what, name, day) for name, day in rows if day is not None)

    # --- letting go ---------------------------------------------------------------------------------------

    def erase(self, customer_id: str, who: str, reason: str) -> int:
        """Let everything go. See the port."""
        family = self._family(customer_id)
        ids = self._ids(family)
        links = self._links(family, ids, self._tokens(family))
        self._erase_customers(family)
        self._erase_beside(family, ids)
        self._erase_contracts(ids)
        self._erase_quotations(ids["quotation"])
        self._erase_visits(ids["visit"])
        self._erase_papers(family, ids, who, reason)
        trail = AuditTable(self._session)
        for seq in links:
            trail.erase(seq, who, reason)
        return len(links)

    def _tokens(self, family: Sequence[str]) -> tuple[str, ...]:
        """Texts by which the audit's details may speak of the customers: whole words, numbers, addresses."""
        names = ("name", "person", "phone", "email")
        rows = self._connection.execute(
            sa.select(*(customers.c[name] for name in names)).where(among(customers.c.id, family))
        )
        return tuple({json.dumps(text, ensure_ascii=False) for row in rows for text in row if text})

    def _erase_customers(self, family: Sequence[str]) -> None:
        rows = self._connection.execute(
            sa.select(customers.c.id, customers.c.seq).where(among(customers.c.id, family))
        ).all()
        for customer_id, seq in rows:
            self._connection.execute(
                customers.update()
                .where(customers.c.id == customer_id)
                .values(
                    **dict.fromkeys(_CUSTOMER_WORDS, ""),
                    name=ERASED_NAME,
                    hidden=f"{ERASED_MARK}{family[0]}",
                    version=customers.c.version + 1,
                    updated_at=self._session.now(),
                )
            )
            search.take(self._connection, search.CUSTOMER_INDEX, seq)
        for table in (customer_details, customer_keys):
            self._connection.execute(table.delete().where(among(table.c.customer_id, family)))
        taken = sa.select(customer_merges.c.id).where(
            among(customer_merges.c.kept, family) | among(customer_merges.c.gone, family)
        )
        merged = list(self._connection.scalars(taken))
        mine = among(customer_merge_rows.c.merge_id, merged)
        self._connection.execute(customer_merge_rows.delete().where(mine))
        self._connection.execute(
            customer_merges.update().where(among(customer_merges.c.id, merged)).values(memo="")
        )

    def _erase_beside(self, family: Sequence[str], ids: dict[str, list[str]]) -> None:
        """Call notes, scans, devices, unsaved typing."""
        scans = attachment_bytes.c.attachment_id
        self._connection.execute(attachment_bytes.delete().where(among(scans, ids["attachment"])))
        for table, kind in ((attachments, "attachment"), (notes, "note"), (equipment, "equipment")):
            self._connection.execute(table.delete().where(among(table.c.id, ids[kind])))
        mine = among(payments.c.id, ids["payment"])
        receipts = self._connection.scalars(sa.select(payments.c.receipt).where(mine).distinct())
        subjects = [*family, *chain.from_iterable(ids.values()), *receipts]
        self._connection.execute(typed.delete().where(among(typed.c.subject, subjects)))

    def _erase_contracts(self, ids: dict[str, list[str]]) -> None:
        mine = among(contracts.c.id, ids["contract"])
        for seq in self._connection.scalars(sa.select(contracts.c.seq).where(mine)).all():
            search.take(self._connection, search.CONTRACT_INDEX, seq)
        for table in (contract_entries, contract_contents, contract_deadlines, run_blanks):
            self._connection.execute(table.delete().where(among(table.c.contract_id, ids["contract"])))
        self._connection.execute(
            payments.update().where(among(payments.c.id, ids["payment"])).values(note="")
        )
        self._connection.execute(
            contracts.update()
            .where(mine)
            .values(
                **dict.fromkeys((*_ROW_WORDS, "line_number", "line_key", "provider_number"), ""),
                customer=ERASED_NAME,
                hidden=ERASED_MARK + contracts.c.customer_id,
                holds_line=False,
                recheck_on=None,
                next_on=None,
                next_since=None,
                next_code="",
                version=contracts.c.version + 1,
                updated_at=self._session.now(),
            )
        )

    def _erase_quotations(self, mine: Sequence[str]) -> None:
        rows = self._connection.execute(
            sa.select(quotations.c.id, quotations.c.seq, quotations.c.number).where(
                among(quotations.c.id, mine)
            )
        ).all()
        for _id, seq, _number in rows:
            search.take(self._connection, search.QUOTATION_INDEX, seq)
        drafts = [row.id for row in rows if row.number is None]
        gone = [row.seq for row in rows if row.number is None]
        for table in (quotation_revisions, quotation_contents):
            self._connection.execute(table.delete().where(among(table.c.quotation_id, mine)))
        self._connection.execute(
            quotation_services.delete().where(among(quotation_services.c.quotation_seq, gone))
        )
        self._connection.execute(quotations.delete().where(among(quotations.c.id, drafts)))
        self._connection.execute(
            quotations.update()
            .where(among(quotations.c.id, mine))
            .values(
                **dict.fromkeys((*_ROW_WORDS, "title"), ""),
                customer=ERASED_NAME,
                version=quotations.c.version + 1,
                updated_at=self._session.now(),
            )
        )

    def _erase_visits(self, mine: Sequence[str]) -> None:
        for seq in self._connection.scalars(sa.select(visits.c.seq).where(among(visits.c.id, mine))).all():
            search.take(self._connection, VISIT_INDEX, seq)
        for table in (visit_events, visit_contents, visit_carried):
            self._connection.execute(table.delete().where(among(table.c.visit_id, mine)))
        self._connection.execute(
            visits.update()
            .where(among(visits.c.id, mine))
            .values(
                **dict.fromkeys(_ROW_WORDS, ""),
                customer=ERASED_NAME,
                version=visits.c.version + 1,
                updated_at=self._session.now(),
            )
        )

    def _erase_papers(self, family: Sequence[str], ids: dict[str, list[str]], who: str, reason: str) -> None:
        archive = PaperTable(self._session)
        told_by = sa.select(papers.c.subject_id).where(among(papers.c.id, ids["paper"]))
        subjects = {*family, *(one for found in ids.values() for one in found)}
        subjects.update(one for one in self._connection.scalars(told_by) if one)
        asked = among(paper_approvals.c.subject_id, sorted(subjects))
        waits = paper_approvals.c.state.in_(("asked", "approved"))
        self._connection.execute(
            paper_approvals.update().where(asked, waits).values(state="refused", why=reason)
        )
        self._connection.execute(paper_approvals.update().where(asked).values(customer="", request=""))
        for paper_id in ids["paper"]:
            archive.erase(paper_id, who, reason)

    def mentions(self, customer_id: str) -> int:
        """How many links of the audit speak of a customer. See the port."""
        family = self._family(customer_id)
        return len(self._links(family, self._ids(family), self._tokens(family)))

    def _links(self, family: Sequence[str], ids: dict[str, list[str]], tokens: Sequence[str]) -> list[int]:
        every = {*family, *(one for found in ids.values() for one in found)}
        rows = self._connection.execute(
            sa.select(audit.c.seq, audit.c.subject, audit_payloads.c.payload)
            .join_from(audit, audit_payloads)
            .where(audit_payloads.c.payload.is_not(None))
        )
        return [
            seq
            for seq, subject, payload in rows
            if subject in every
            or any(token in payload for token in tokens)
            or not every.isdisjoint(_UUID.findall(payload))
        ]


def scrub(engine: sa.Engine) -> None:
    """Take out of the file what was deleted: of the search index, of free pages, and of the journal.

    Others may go on reading; while one of them reads an earlier state the journal stays until it is done.
    """
    with engine.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA query_only = OFF")
        for name in ("customer_index", "quotation_index", "contract_index", "visit_index", "paper_index"):
            raw.execute(f"INSERT INTO {name}({name}) VALUES ('optimize')")  # noqa: S608 - names of ours
        raw.commit()
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
