"""The list of contracts: which, in which order, the rows of a screenful, sums, and deadlines."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from operator import sub
from typing import Any, Final

import sqlalchemy as sa

from app.contract.record import (
    ContractQuery,
    ContractRow,
    ContractState,
    ContractSums,
    DeadlineDay,
    DeadlineRow,
)
from db import search
from db.contract_tables import contract_deadlines, contracts
from db.lists import common, hidden_seqs, ordered, picked, rows_by_seq, without
from db.sqlite import among as one_of
from db.sqlite import seq_array

_SORTS: Final[dict[str, sa.Column[Any]]] = {
    "number": contracts.c.number_key,
    "customer": contracts.c.customer_key,
    "service": contracts.c.service,
    "quantity": contracts.c.quantity,
    "monthly_net": contracts.c.monthly_net,
    "started_on": contracts.c.started_on,
    "next_on": contracts.c.next_on,
    "updated_at": contracts.c.updated_at,
}
_EMPTY_LAST: Final = {"started_on", "next_on"}

_SHOWN: Final = contracts.c.hidden == ""
_HIDDEN: Final = contracts.c.hidden != sa.literal_column("''")  # as written in the index of the hidden ones

ROW: Final = sa.select(*(contracts.c[name] for name in ContractRow.__struct_fields__))


def list_seqs(connection: sa.Connection, query: ContractQuery, limit: int | None) -> array[int]:
    """Every contract the query asks for, sorted; only the first ``limit``, if given."""
    hidden = hidden_seqs(connection, contracts)
    enough = None if limit is None else limit + len(hidden)
    chosen = _among(connection, query)
    if query.sort == "state":
        found = _by_state(connection, chosen, enough, descending=query.descending)
    else:
        found = ordered(
            connection,
            contracts,
            _SORTS[query.sort],
            chosen,
            descending=query.descending,
            limit=enough,
            empty_last=query.sort in _EMPTY_LAST,
        )
    return without(found, hidden)[:limit]


def _among(connection: sa.Connection, query: ContractQuery) -> array[int] | None:
    """The contracts that pass all filters; None when there is no filter. Each filter reads an index only."""
    chosen = search.hits_of_words(connection, search.CONTRACT_INDEX, query.words)
    for condition in _conditions(query):
        if chosen is not None and not chosen:
            return chosen
        chosen = common(chosen, seq_array(connection, sa.select(contracts.c.seq).where(condition)))
    return chosen


def _conditions(query: ContractQuery) -> list[sa.ColumnElement[bool]]:
    found: list[sa.ColumnElement[bool]] = []
    if query.customer_id:
        found.append(contracts.c.customer_id == query.customer_id)
    if query.services:
        found.append(contracts.c.service.in_(query.services))
    if query.staff:
        found.append(contracts.c.staff == query.staff)
    if query.next_until is not None:
        found.append(contracts.c.next_on <= query.next_until)
    if query.states:
        found.append(contracts.c.state.in_([state.value for state in query.states]))
    return found


def _by_state(
    connection: sa.Connection, chosen: array[int] | None, limit: int | None, *, descending: bool
) -> array[int]:
    """State after state in the order of a contract's life, within each the newest change first."""
    found: array[int] = array("q")
    states = tuple(ContractState)
    for state in reversed(states) if descending else states:
        of_state = (
            sa.select(contracts.c.seq)
            .where(contracts.c.state == state.value)
            .order_by(contracts.c.updated_at.desc(), contracts.c.seq.desc())
        )
        found += seq_array(
            connection, of_state if chosen is not None or limit is None else of_state.limit(limit)
        )
        if chosen is None and limit is not None and len(found) >= limit:
            break
    return (found if chosen is None else picked(found, chosen))[:limit]


def list_rows(connection: sa.Connection, seqs: Sequence[int]) -> list[ContractRow]:
    """The rows in the order asked; those gone or hidden since are left out."""
    by_seq = rows_by_seq(connection, ROW.where(contracts.c.hidden == ""), contracts.c.seq, seqs)
    return [row_of(by_seq[seq]) for seq in seqs if seq in by_seq]


def count_states(connection: sa.Connection, states: Sequence[ContractState]) -> dict[ContractState, int]:
    """How many contracts stand in each of these states."""
    values = [state.value for state in states]
    every = sa.select(contracts.c.state, sa.func.count()).where(contracts.c.state.in_(values))
    found = dict.fromkeys(states, 0)
    for state, count in connection.execute(every.group_by(contracts.c.state)):
        found[ContractState(state)] += count
    for state in connection.scalars(sa.select(contracts.c.state).where(_HIDDEN)):  # few
        if state in found:
            found[ContractState(state)] -= 1
    return found


def newest(connection: sa.Connection, states: Sequence[ContractState], limit: int) -> list[ContractRow]:
    """The contracts in these states that were touched last."""
    found: list[ContractRow] = []
    for state in states:  # each walks the end of an index
        of_state = ROW.where(contracts.c.state == state.value, _SHOWN).order_by(
            contracts.c.updated_at.desc(), contracts.c.seq.desc()
        )
        found += [row_of(dict(row)) for row in connection.execute(of_state.limit(limit)).mappings()]
    return sorted(found, key=lambda row: (row.updated_at, row.seq), reverse=True)[:limit]


def row_of(columns: dict[str, Any]) -> ContractRow:
    """A row of the list out of its columns."""
    return ContractRow(**{**columns, "state": ContractState(columns["state"])})


def sums(connection: sa.Connection, seqs: Sequence[int]) -> ContractSums:
    """What these contracts come to."""
    count = connection.scalar(sa.select(sa.func.count()).select_from(contracts)) or 0
    if 2 * len(seqs) <= count:
        return _told(_by_item(connection, one_of(contracts.c.seq, seqs)))
    # Of most of them: all of them, which one index holds, less the others.
    every = seq_array(connection, sa.select(contracts.c.seq))
    found = _by_item(connection, sa.true())
    for item, less in _by_item(connection, one_of(contracts.c.seq, without(every, seqs))).items():
        found[item] = tuple(map(sub, found[item], less))
    return _told(found)


def _by_item(connection: sa.Connection, condition: sa.ColumnElement[bool]) -> dict[str, tuple[int, ...]]:
    """Item → contracts, units, yen a month and a year."""
    names = ("quantity", "monthly_net", "yearly_net")
    rows = connection.execute(
        sa.select(contracts.c.item, sa.func.count(), *(sa.func.sum(contracts.c[name]) for name in names))
        .where(condition)
        .group_by(contracts.c.item)
    )
    return {row[0]: tuple(row[1:]) for row in rows}


def _told(by_item: dict[str, tuple[int, ...]]) -> ContractSums:
    count, _units, monthly, yearly = (sum(one) for one in zip((0,) * 4, *by_item.values(), strict=True))
    return ContractSums(
        count=count,
        monthly_net=monthly,
        yearly_net=yearly,
        units={item: found[1] for item, found in sorted(by_item.items()) if item and found[0]},
    )


class DeadlineFilter:
    """Which deadlines somebody asks for: days, services, codes, whose move."""

    def __init__(
        self, first: date | None, last: date, services: Sequence[str], codes: Sequence[str], whose: str
    ) -> None:
        days = contract_deadlines.c
        self._services = bool(services)
        self._conditions: list[sa.ColumnElement[bool]] = [days.day <= last]
        if first is not None:
            self._conditions.append(days.day >= first)
        if services:
            self._conditions.append(contracts.c.service.in_(services))
        if codes:
            self._conditions.append(days.code.in_(codes))
        if whose:
            self._conditions.append(days.whose == whose)

    def rows(self, connection: sa.Connection, limit: int | None) -> list[DeadlineRow]:
        """The deadlines, the earliest first."""
        found = connection.execute(
            sa.select(
                *(contracts.c[name] for name in ("number", "customer", "phone", "service", "state")),
                *contract_deadlines.c,
            )
            .join_from(contract_deadlines, contracts)
            .where(*self._conditions, _SHOWN)
            .order_by(contract_deadlines.c.day, contract_deadlines.c.code, contract_deadlines.c.contract_id)
            .limit(limit)
        )
        return [_deadline(row) for row in found.mappings()]

    def count(self, connection: sa.Connection) -> int:
        """How many there are."""
        both = sa.select(sa.func.count()).select_from(contract_deadlines.join(contracts))
        if self._services:
            return connection.scalar(both.where(*self._conditions, _SHOWN)) or 0
        # Of all services: those of the index alone, less those of the few contracts that are hidden.
        every = sa.select(sa.func.count()).select_from(contract_deadlines).where(*self._conditions)
        hidden = list(connection.scalars(sa.select(contracts.c.id).where(_HIDDEN)))
        if not hidden:
            return connection.scalar(every) or 0
        less = every.where(one_of(contract_deadlines.c.contract_id, hidden))
        return (connection.scalar(every) or 0) - (connection.scalar(less) or 0)


def _deadline(row: Any) -> DeadlineRow:
    return DeadlineRow(
        contract_id=row["contract_id"],
        number=row["number"],
        customer=row["customer"],
        phone=row["phone"],
        service=row["service"],
        state=ContractState(row["state"]),
        deadline=DeadlineDay(
            code=row["code"], on=row["day"], since=row["since"], whose=row["whose"], clause=row["clause"]
        ),
    )
