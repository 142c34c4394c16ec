"""Runs of a month and their bills."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import Any, Final

import msgspec
import sqlalchemy as sa

from app.charge.stored import BillContent, BillRow, Run, RunState, StoredBill
from app.errors import Problem, UserError
from app.words import _
from db import search
from db.base import Session, conflict, insert_many, not_found, refuse_endless
from db.contract_tables import (
    bill_balances,
    bill_contents,
    bills,
    claims,
    contracts,
    payments,
    run_blanks,
    runs,
)
from db.ids import uuid7
from db.lists import ordered, picked, without
from db.payloads import pack, plain, reader, texts
from db.sqlite import among, seq_array

CLOSED: Final = RunState.CLOSED.value

_read_bill: Final = reader(BillContent)
_NARROW: Final = tuple(name for name in StoredBill.__struct_fields__ if name != "content")
_BILL: Final = sa.select(*(bills.c[name] for name in _NARROW), bill_contents.c.content).join_from(
    bills, bill_contents
)
_REFUSED: Final[sa.ColumnElement[bool]] = bills.c.refused != sa.literal_column("''")
_paid: Final = (
    sa.select(sa.func.coalesce(sa.func.sum(payments.c.amount), 0))
    .where(payments.c.bill_id == bills.c.id, payments.c.voided == "")
    .correlate(bills)
    .scalar_subquery()
)
_BILL_ROW: Final = sa.select(
    bills.c.contract_seq.label("seq"),
    *(bills.c[name] for name in ("id", "contract_id", "month", "net", "tax", "exempt", "total", "due_on")),
    bills.c.refused,
    *(contracts.c[name] for name in ("number", "customer", "service")),
    (runs.c.state == CLOSED).label("closed"),
)


_BY_CONTRACT: Final[dict[str, sa.Column[Any]]] = {
    "number": contracts.c.number_key,
    "customer": contracts.c.customer_key,
    "service": contracts.c.service,
}
_BY_BILL: Final[dict[str, sa.Column[Any]]] = {"total": bills.c.total, "due_on": bills.c.due_on}


class RunPart:
    """What a bill repository does with runs and bills."""

    def __init__(self, session: Session) -> None:
        self._session: Final = session
        self._connection: Final = session.connection

    def run(self, month: str) -> Run | None:
        """The run of a month, if there is one."""
        row = self._connection.execute(sa.select(runs).where(runs.c.month == month)).mappings().first()
        return None if row is None else _run(row)

    def runs(self) -> list[Run]:
        """All runs, the newest month first."""
        found = self._connection.execute(sa.select(runs).order_by(runs.c.month.desc()))
        return [_run(row) for row in found.mappings()]

    def add_run(self, run: Run) -> Run:
        """Store a new run as version 1; without an id it gets one. ConflictError where its month has one."""
        if self.run(run.month) is not None:
            raise conflict()
        new = msgspec.structs.replace(run, id=run.id or uuid7(), version=1)
        self._connection.execute(runs.insert(), _run_columns(new))
        return new

    def save_run(self, run: Run) -> Run:
        """Store a run's progress or its closing; ``version`` as last seen. ConflictError.

        Closed, its bills wait to be paid; from then on neither they nor the run can be changed.
        """
        found = self._connection.execute(
            sa.select(runs.c.version, runs.c.state).where(runs.c.id == run.id)
        ).first()
        if found is None:
            raise not_found()
        if found.version != run.version:
            raise conflict()
        if found.state == CLOSED:
            raise _closed()
        new = msgspec.structs.replace(run, version=run.version + 1)
        if new.state is RunState.CLOSED:
            self._open_balances(run.id)
        self._connection.execute(
            runs.update().where(runs.c.id == run.id, runs.c.version == run.version).values(_run_columns(new))
        )
        return new

    def drop_run(self, run_id: str) -> None:
        """Forget a run that is not closed, with its bills; its claims wait again.

        UserError ``not-found``, ``run-closed``.
        """
        state = self._connection.scalar(sa.select(runs.c.state).where(runs.c.id == run_id))
        if state is None:
            raise not_found()
        if state == CLOSED:
            raise _closed()
        self._connection.execute(bills.delete().where(bills.c.run_id == run_id))
        self._connection.execute(runs.delete().where(runs.c.id == run_id))

    def put_bills(self, new: Sequence[StoredBill]) -> None:
        """Store bills of a run that is not closed; one of the same contract and month is replaced.

        One without lines that was not refused is only noted as worked out: it is no bill to anybody.
        """
        if not new:
            return
        for month in {one.month for one in new}:
            ids = [one.contract_id for one in new if one.month == month]
            same = (bills.c.month == month) & among(bills.c.contract_id, ids)
            self._connection.execute(bills.delete().where(same))
        for run_id in {one.run_id for one in new}:
            ids = [one.contract_id for one in new if one.run_id == run_id]
            same = (run_blanks.c.run_id == run_id) & among(run_blanks.c.contract_id, ids)
            self._connection.execute(run_blanks.delete().where(same))
        kept = [one for one in new if one.content.lines or one.refused]
        blanks = [one for one in new if not (one.content.lines or one.refused)]
        insert_many(self._connection, bills, list(map(_bill_columns, kept)))
        insert_many(
            self._connection,
            bill_contents,
            [{"bill_id": one.id, "content": pack(one.content)} for one in kept],
        )
        names = ("run_id", "contract_id", "contract_version")
        insert_many(
            self._connection, run_blanks, [{name: getattr(one, name) for name in names} for one in blanks]
        )

    def bill_of(self, contract_id: str, month: str) -> StoredBill | None:
        """The bill of a contract for a month, closed or not."""
        found = self._bills(bills.c.contract_id == contract_id, bills.c.month == month)
        return found[0] if found else None

    def bill(self, bill_id: str) -> StoredBill:
        """A bill. UserError ``not-found``."""
        found = self._bills(bills.c.id == bill_id)
        if not found:
            raise not_found()
        return found[0]

    def closed_of(self, contract_ids: Sequence[str]) -> dict[str, list[StoredBill]]:
        """The closed bills of contracts, the oldest month first; every contract asked for has a list."""
        found: dict[str, list[StoredBill]] = {one: [] for one in contract_ids}
        statement = (
            _BILL.join(runs, runs.c.id == bills.c.run_id)
            .where(among(bills.c.contract_id, contract_ids), runs.c.state == CLOSED)
            .order_by(bills.c.contract_id, bills.c.month)
        )
        for bill in map(_bill, self._connection.execute(statement)):
            found[bill.contract_id].append(bill)
        return found

    def bills_of_run(self, run_id: str, after_seq: int, count: int) -> list[StoredBill]:
        """The next bills of a run in the order of contracts."""
        statement = (
            _BILL.where(bills.c.run_id == run_id, bills.c.contract_seq > after_seq)
            .order_by(bills.c.contract_seq)
            .limit(count)
        )
        return list(map(_bill, self._connection.execute(statement)))

    def stale(self, run_id: str, limit: int) -> list[str]:
        """Ids of contracts that changed, came, or got or lost a claim since the run worked them out; in the
        order of contracts.
        """
        run = self._connection.execute(sa.select(runs).where(runs.c.id == run_id)).mappings().first()
        if run is None:
            raise not_found()
        found: dict[str, int] = {}
        for statement in _stale(run_id, run["started_at"]):
            found |= {
                row[0]: row[1]
                for row in self._connection.execute(statement.order_by(contracts.c.seq).limit(limit))
            }
        return sorted(found, key=found.__getitem__)[:limit]

    def closed_versions(self, contract_ids: Sequence[str]) -> dict[str, int]:
        """The version each contract had when the last closed run worked it out; -1 where any of its closed
        bills was refused; contracts no closed run has seen are left out.
        """
        last = self._connection.execute(
            sa.select(runs.c.id, runs.c.month)
            .where(runs.c.state == CLOSED)
            .order_by(runs.c.month.desc())
            .limit(1)
        ).first()
        if last is None:
            return {}
        found: dict[str, int] = {}
        for table, of_last in (
            (run_blanks, run_blanks.c.run_id == last.id),
            (bills, bills.c.month == last.month),  # with the contract one index, unlike the run
        ):
            rows = self._connection.execute(
                sa.select(table.c.contract_id, table.c.contract_version).where(
                    among(table.c.contract_id, contract_ids), of_last
                )
            )
            found |= {row[0]: row[1] for row in rows}
        refused = (
            sa.select(bills.c.contract_id)
            .join(runs)
            .where(among(bills.c.contract_id, contract_ids), _REFUSED, runs.c.state == CLOSED)
        )
        return found | dict.fromkeys(self._connection.scalars(refused), -1)

    def seqs_of_run(
        self, run_id: str, words: str = "", sort: str = "", descending: bool = False
    ) -> array[int]:
        """The ``seq`` of the contracts with a bill in a run, refused ones first unless a sort is named:
        ``number``, ``customer``, ``service``, ``total``, ``due_on``.
        """
        of_run = sa.select(bills.c.contract_seq).where(bills.c.run_id == run_id)
        hits = search.hits_of_words(self._connection, search.CONTRACT_INDEX, words)
        if hits is not None:
            of_run = of_run.where(among(bills.c.contract_seq, hits))
        if sort in _BY_CONTRACT:
            chosen = seq_array(self._connection, of_run)
            order = ordered(self._connection, contracts, _BY_CONTRACT[sort], None, descending=descending)
            return picked(order, chosen) if chosen else chosen
        if sort in _BY_BILL:
            column = _BY_BILL[sort]
            return seq_array(
                self._connection,
                of_run.order_by(
                    column.is_(None), column.desc() if descending else column, bills.c.contract_seq
                ),
            )
        refused = seq_array(
            self._connection, of_run.where(bills.c.refused != "").order_by(bills.c.contract_seq)
        )
        every = seq_array(self._connection, of_run.order_by(bills.c.contract_seq))
        return refused + without(every, refused)

    def rows_at(self, run_id: str, seqs: Sequence[int]) -> list[BillRow]:
        """The bills of a run, by the ``seq`` of their contracts, in the order asked for."""
        found = self._rows(
            bills.c.run_id == run_id, among(bills.c.contract_seq, seqs), order=bills.c.contract_seq
        )
        by_seq = {row.seq: row for row in found}
        return [by_seq[seq] for seq in seqs if seq in by_seq]

    def rows_of_run(self, run_id: str, words: str, offset: int, count: int) -> list[BillRow]:
        """Bills of a run in the order of contracts; those of contracts the words are found in."""
        of_run = bills.c.run_id == run_id
        order = sa.select(bills.c.contract_seq).where(of_run).order_by(bills.c.contract_seq)
        hits = search.hits_of_words(self._connection, search.CONTRACT_INDEX, words)
        if hits is None:
            seqs = seq_array(self._connection, order.offset(offset).limit(count))
        else:
            seqs = seq_array(self._connection, order.where(among(bills.c.contract_seq, hits)))
            seqs = seqs[offset : offset + count]
        return self._rows(of_run, among(bills.c.contract_seq, seqs), order=bills.c.contract_seq)

    def rows_of_contract(self, contract_id: str) -> list[BillRow]:
        """The bills of a contract, the oldest month first."""
        return self._rows(bills.c.contract_id == contract_id, order=bills.c.month)

    def _rows(self, *conditions: sa.ColumnElement[bool], order: sa.Column[Any]) -> list[BillRow]:
        statement = (
            _BILL_ROW.add_columns(_paid.label("paid"))
            .join_from(bills, contracts)
            .join(runs, runs.c.id == bills.c.run_id)
            .where(*conditions)
            .order_by(order)
        )
        return [BillRow(**row) for row in self._connection.execute(statement).mappings()]

    def _bills(self, *conditions: sa.ColumnElement[bool]) -> list[StoredBill]:
        return list(map(_bill, self._connection.execute(_BILL.where(*conditions))))

    def _open_balances(self, run_id: str) -> None:
        """What a run charges is open from its closing on. What earlier ones found nothing to charge for is of
        no more use: this one has seen every contract.
        """
        names = ["bill_id", "contract_id", "due_on", "open"]
        owed = sa.select(bills.c.id, bills.c.contract_id, bills.c.due_on, bills.c.total)
        owed = owed.where(bills.c.run_id == run_id, bills.c.total != 0)
        self._connection.execute(bill_balances.insert().from_select(names, owed))
        earlier = sa.select(runs.c.id).where(runs.c.state == CLOSED, runs.c.id != run_id)
        self._connection.execute(run_blanks.delete().where(run_blanks.c.run_id.in_(earlier)))


def _stale(run_id: str, started_at: Any) -> list[sa.Select[Any]]:
    """Contracts to work out again, as several questions that each read an index: id and ``seq``."""
    which = sa.select(contracts.c.id, contracts.c.seq)
    of_run = bills.c.run_id == run_id
    blank = (run_blanks.c.run_id == run_id) & (run_blanks.c.contract_id == contracts.c.id)
    changed = which.join_from(bills, contracts, bills.c.contract_seq == contracts.c.seq).where(
        of_run, contracts.c.version != bills.c.contract_version
    )
    came = which.where(
        contracts.c.updated_at >= started_at,
        contracts.c.hidden == "",
        ~sa.exists().where(of_run, bills.c.contract_id == contracts.c.id),
        ~sa.exists().where(blank, run_blanks.c.contract_version == contracts.c.version),
    )
    claimed = which.join_from(claims, contracts).where(
        claims.c.bill_id.is_(None),
        claims.c.withdrawn == "",
        claims.c.created_at >= started_at,
        contracts.c.hidden == "",
        sa.or_(
            sa.exists().where(of_run, bills.c.contract_id == contracts.c.id, bills.c.refused == ""),
            sa.exists().where(blank),
        ),
    )
    withdrawn = (
        which.join_from(claims, bills, claims.c.bill_id == bills.c.id)
        .join(contracts, contracts.c.id == bills.c.contract_id)
        .where(of_run, claims.c.withdrawn != "")
    )
    return [changed, came, claimed, withdrawn]


def _closed() -> UserError:
    return UserError(
        Problem(
            "run-closed",
            _("この月の請求は、すでに締められています。"),
            remedy=_("変更は、次の月の請求で調整されます。"),
        )
    )


def _run_columns(run: Run) -> dict[str, Any]:
    refuse_endless("run", run.net, run.tax, run.exempt, run.total)
    return {**msgspec.structs.asdict(run), "state": run.state.value, "readings": plain(run.readings)}


def _run(row: Any) -> Run:
    return Run(**{**row, "state": RunState(row["state"]), "readings": texts(row["readings"])})


def _bill_columns(bill: StoredBill) -> dict[str, Any]:
    refuse_endless("bill", bill.net, bill.tax, bill.exempt, bill.total)
    return {name: getattr(bill, name) for name in _NARROW}


def _bill(row: Any) -> StoredBill:
    return StoredBill(**dict(zip(_NARROW, row, strict=False)), content=_read_bill(row[-1]))
