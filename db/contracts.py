"""Contracts in the database: what was agreed, list row, entries, deadlines, search entry."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import sqlalchemy as sa

from app.contract.record import (
    OVER,
    ContractContent,
    ContractQuery,
    ContractRow,
    ContractState,
    ContractSums,
    DeadlineRow,
    Entry,
    Recorded,
    Standing,
    StoredContract,
)
from app.errors import Problem, UserError
from app.words import _
from db import search
from db.base import Session, conflict, gone, next_seq, not_found, unknown_customer
from db.contract_lists import (
    ROW,
    DeadlineFilter,
    count_states,
    list_rows,
    list_seqs,
    newest,
    row_of,
    sums,
)
from db.contract_rows import (
    CUSTOMER,
    batch,
    columns_of,
    columns_of_content,
    columns_of_customer,
    columns_of_standing,
    deadline_rows,
    entries_of,
    entry_rows,
    highest_receipt,
    line_key,
    named,
    search_again,
    stored,
    to_recheck,
)
from db.contract_tables import (
    bills,
    contract_contents,
    contract_deadlines,
    contract_entries,
    contracts,
    run_blanks,
    runs,
)
from db.ids import uuid7
from db.payloads import pack, unpack
from db.quotations import number_key
from db.tables import customers

# Said as the indexes of few rows say it: only then they are used.
_HAS_LINE: Final[sa.ColumnElement[bool]] = contracts.c.line_key != sa.literal_column("''")
_HOLDS_LINE: Final = sa.text("contracts.holds_line")
_OF_QUOTATION: Final[sa.ColumnElement[bool]] = contracts.c.quotation_id != sa.literal_column("''")


class ContractTable:
    """``app.usecases.ports.ContractRepository``."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def add(
        self, number: str, customer_id: str, content: ContractContent, standing: Standing, staff: str
    ) -> StoredContract:
        """Store a new contract. UserError ``unknown-customer``, ``line-taken``."""
        customer = self._customer(customer_id)
        contract_id, now = uuid7(), self._session.now()
        columns = {
            "id": contract_id,
            "seq": next_seq(self._connection, "contracts"),
            "version": 1,
            "created_at": now,
            "updated_at": now,
            "number": number,
            "number_key": number_key(number),
            "staff": staff,
            "receipt": 0,
            "hidden": "",
            **columns_of(content, standing, customer),
        }
        self._refuse_taken(columns)
        self._connection.execute(contracts.insert(), columns)
        self._connection.execute(
            contract_contents.insert(), {"contract_id": contract_id, "content": pack(content)}
        )
        self._put_deadlines(contract_id, standing, is_new=True)
        search_again(self._connection, content, columns, before=None)
        return stored(columns, content, ())

    def get(self, contract_id: str) -> StoredContract:
        """A contract with everything recorded of it. UserError ``not-found``."""
        row = self._row(contract_id)
        content = unpack(ContractContent, row["content"])
        return stored(row, content, entries_of(self._connection, contract_id))

    def change(
        self,
        contract_id: str,
        version: int,
        standing: Standing,
        *,
        content: ContractContent | None = None,
        customer_id: str | None = None,
        entries: Sequence[Entry] = (),
        staff: str = "",
        note: str = "",
    ) -> StoredContract:
        """Store a changed content, append entries, and where it stands now; the version grows by one.

        ConflictError; UserError ``not-found``, ``unknown-customer``, ``line-taken``.
        """
        row = self._row(contract_id)
        if row["version"] != version:
            raise conflict()
        before = unpack(ContractContent, row["content"])
        known = before if content is None else content
        changes = {
            "version": version + 1,
            "updated_at": self._session.now(),
            "receipt": max(row["receipt"], highest_receipt(entries)),
            **columns_of_content(known),
            **columns_of_standing(standing, line_key(known.line_number)),
        }
        if known != before or (customer_id is not None and customer_id != row["customer_id"]):
            customer = self._customer(customer_id or row["customer_id"])
            changes |= {"customer_id": customer["id"], **columns_of_customer(known, customer)}
        columns = {**row, **changes}
        self._refuse_taken(columns)
        self._write(row, changes)
        if known != before:
            self._connection.execute(
                contract_contents.update()
                .where(contract_contents.c.contract_id == contract_id)
                .values(content=pack(known))
            )
        self._append(contract_id, entries, staff, note)
        self._put_deadlines(contract_id, standing)
        if not row["hidden"]:
            search_again(self._connection, known, columns, before={**row, "content_before": before})
        return stored(columns, known, entries_of(self._connection, contract_id))

    def put_standing(self, contract_id: str, standing: Standing) -> None:
        """Store where it stands on a new day; the version stays. UserError ``not-found``.

        A line somebody else holds by now is left to him: a new day must not fail.
        """
        row = self._narrow(contract_id)
        changes = columns_of_standing(standing, row["line_key"])
        if changes["holds_line"] and self._holder({**row, **changes}):
            changes["holds_line"] = False
        self._write(row, changes)
        self._put_deadlines(contract_id, standing)

    def due_for_recheck(self, today: date, limit: int) -> list[StoredContract]:
        """Contracts whose standing may have changed by ``today``, those longest due first."""
        return to_recheck(self._connection, today, limit)

    def look_again(self, on: date, services: Sequence[str] = (), contract_ids: Sequence[str] = ()) -> None:
        """Have it worked out anew on a day where contracts stand: of those named, else of all that are not
        over (of some services).
        """
        change = sa.update(contracts).where(contracts.c.hidden == "").values(recheck_on=on)
        if contract_ids:
            change = change.where(contracts.c.id.in_(contract_ids))
        else:
            change = change.where(contracts.c.state.not_in([state.value for state in OVER]))
            if services:
                change = change.where(contracts.c.service.in_(services))
        self._connection.execute(change)

    def on_line(self, service: str, line_number: str) -> list[ContractRow]:
        """The contracts of a service on a line, however its number is written; the oldest first."""
        key = line_key(line_number)
        if not key:
            return []
        return self._rows_where(contracts.c.line_key == key, contracts.c.service == service, _HAS_LINE)

    def of_quotation(self, quotation_id: str) -> list[ContractRow]:
        """The contracts made from a quotation, the oldest first."""
        if not quotation_id:
            return []
        return self._rows_where(contracts.c.quotation_id == quotation_id, _OF_QUOTATION)

    def seqs(self, query: ContractQuery, limit: int | None = None) -> array[int]:
        """The ``seq`` of every contract asked for, sorted; ``limit`` fetches the first ones only."""
        return list_seqs(self._connection, query, limit)

    def rows(self, seqs: Sequence[int]) -> list[ContractRow]:
        """The rows in the order asked; those gone or hidden since are left out."""
        return list_rows(self._connection, seqs)

    def sums(self, seqs: Sequence[int]) -> ContractSums:
        """What these contracts come to."""
        return sums(self._connection, seqs)

    def count(self) -> int:
        """How many contracts there are, hidden ones left out."""
        every = self._connection.scalar(sa.select(sa.func.count()).select_from(contracts)) or 0
        hidden = sa.select(sa.func.count()).where(contracts.c.hidden != sa.literal_column("''"))
        return every - (self._connection.scalar(hidden) or 0)

    def count_states(self, states: Sequence[ContractState]) -> dict[ContractState, int]:
        """How many contracts stand in each of these states."""
        return count_states(self._connection, states)

    def newest(self, states: Sequence[ContractState], limit: int) -> list[ContractRow]:
        """The contracts in these states that were touched last."""
        return newest(self._connection, states, limit)

    def batch(self, after_seq: int, count: int) -> list[StoredContract]:
        """The next contracts in the order of ``seq``, hidden ones left out; their moments are in UTC."""
        return batch(self._connection, after_seq, count)

    def deadlines(
        self,
        first: date | None,
        last: date,
        services: Sequence[str] = (),
        *,
        codes: Sequence[str] = (),
        whose: str = "",
        limit: int | None = None,
    ) -> list[DeadlineRow]:
        """The deadlines from ``first`` (None: also those gone by) to ``last``, the earliest first."""
        return DeadlineFilter(first, last, services, codes, whose).rows(self._connection, limit)

    def count_deadlines(
        self,
        first: date | None,
        last: date,
        services: Sequence[str] = (),
        *,
        codes: Sequence[str] = (),
        whose: str = "",
    ) -> int:
        """How many ``deadlines`` would give without a limit."""
        return DeadlineFilter(first, last, services, codes, whose).count(self._connection)

    def last_receipt(self, service: str) -> int:
        """The last place given in the order of receipt of a service; 0 before any was."""
        last = sa.select(sa.func.max(contracts.c.receipt)).where(
            contracts.c.service == service, contracts.c.receipt > sa.literal_column("0")
        )
        return self._connection.scalar(last) or 0

    def hide(self, contract_id: str, version: int, cause: str) -> None:
        """Take a contract out of every list, search and run. It stays stored, with its entries and closed
        bills; bills of a run that is not closed go. ConflictError; UserError ``not-found``.
        """
        row = self._narrow(contract_id)
        if row["version"] != version:
            raise conflict()
        changes = {
            "version": version + 1,
            "updated_at": self._session.now(),
            "hidden": cause,
            "holds_line": False,
            "recheck_on": None,
        }
        self._write(row, changes)
        search.take(self._connection, search.CONTRACT_INDEX, row["seq"])
        closed = sa.select(runs.c.id).where(runs.c.state == "closed")
        self._connection.execute(
            bills.delete().where(bills.c.contract_id == contract_id, bills.c.run_id.not_in(closed))
        )
        self._connection.execute(run_blanks.delete().where(run_blanks.c.contract_id == contract_id))

    def _customer(self, customer_id: str) -> Mapping[Any, Any]:
        row = self._connection.execute(CUSTOMER.where(customers.c.id == customer_id)).mappings().first()
        if row is None or row["hidden"]:
            raise unknown_customer()
        return row

    def _narrow(self, contract_id: str) -> dict[str, Any]:
        row = self._connection.execute(sa.select(contracts).where(contracts.c.id == contract_id)).mappings()
        found = row.first()
        if found is None:
            raise not_found()
        return dict(found)

    def _row(self, contract_id: str) -> dict[str, Any]:
        found = self._connection.execute(
            sa.select(contracts, contract_contents.c.content)
            .join_from(contracts, contract_contents)
            .where(contracts.c.id == contract_id)
        )
        row = found.mappings().first()
        if row is None:
            raise gone(self._connection, contracts, contract_id)
        return dict(row)

    def _rows_where(self, *conditions: sa.ColumnElement[bool]) -> list[ContractRow]:
        # Sorted here: asked to, the database would take an index that has them sorted, and read far more.
        found = self._connection.execute(ROW.where(*conditions, contracts.c.hidden == "")).mappings()
        return sorted((row_of(dict(row)) for row in found), key=lambda row: row.seq)

    def _write(self, row: dict[str, Any], changes: dict[str, Any]) -> None:
        written = {name: value for name, value in changes.items() if value != row[name]}
        if not written:
            return
        done = self._connection.execute(
            contracts.update()
            .where(contracts.c.id == row["id"], contracts.c.version == row["version"])
            .values(written)
        )
        if done.rowcount != 1:
            raise conflict()

    def _append(self, contract_id: str, entries: Sequence[Entry], staff: str, note: str) -> None:
        if not entries:
            return
        now = self._session.now()
        first = next_seq(self._connection, "contract_entries", len(entries))
        recorded = [
            Recorded(entry=named(entry), recorded_at=now, staff=staff, seq=seq, note=note)
            for seq, entry in enumerate(entries, first)
        ]
        self._connection.execute(contract_entries.insert(), entry_rows(contract_id, recorded))

    def _put_deadlines(self, contract_id: str, standing: Standing, *, is_new: bool = False) -> None:
        rows, table = deadline_rows(contract_id, standing), contract_deadlines
        if not is_new:
            stand = self._connection.execute(
                sa.select(table).where(table.c.contract_id == contract_id).order_by(table.c.place)
            )
            if [dict(row) for row in stand.mappings()] == rows:
                return
            self._connection.execute(table.delete().where(table.c.contract_id == contract_id))
        if rows:
            self._connection.execute(table.insert(), rows)

    def _refuse_taken(self, columns: Mapping[str, Any]) -> None:
        """UserError ``line-taken``. The write lock is ours already; what would slip through elsewhere, the
        unique index refuses.
        """
        number = self._holder(columns)
        if number:
            raise UserError(
                Problem(
                    "line-taken",
                    _("この回線は、契約{number}で使われています。").format(number=number),
                    why=_("同じサービスの契約は、1つの回線に1つだけです。"),
                    remedy=_("回線の番号を確かめるか、先の契約が終わる日よりあとに開始してください。"),
                    field="line_number",
                )
            )

    def _holder(self, columns: Mapping[str, Any]) -> str:
        """The number of the other contract that holds the line a contract is about to hold; "" if none."""
        if not columns["holds_line"] or columns.get("hidden"):
            return ""
        other = sa.select(contracts.c.number).where(
            contracts.c.service == columns["service"],
            contracts.c.line_key == columns["line_key"],
            _HOLDS_LINE,
            contracts.c.id != columns["id"],
        )
        return self._connection.scalar(other) or ""
