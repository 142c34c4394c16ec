"""One contract of a service on an internet line, where the terms say so: held against the days of both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from app.contract.facts import Ended, Started
from app.contract.life import entries_standing, state_on
from app.contract.record import ContractContent, ContractRow, ContractState, Entry
from app.contract.steps import Accepted
from app.days import date_words
from app.errors import Problem
from app.tariff.catalogue import Catalogue
from app.tariff.editions import stands_for
from app.usecases.ports import UnitOfWork
from app.words import _

_NEVER_BEGUN = frozenset({ContractState.REFUSED, ContractState.WITHDRAWN, ContractState.REVOKED})
_WAITING = frozenset({ContractState.PREPARING, ContractState.SUBMITTED})


def line_problems(
    work: UnitOfWork,
    content: ContractContent,
    entries: Sequence[Entry],
    catalogue: Catalogue,
    today: date,
    contract_id: str = "",
) -> Iterator[Problem]:
    """What keeps a contract off its line: another one of the service that stands on it on any of its days,
    those long gone too.

    Code ``line-taken``, field ``line_number``. Nothing for a contract that holds no line, or has no number.
    """
    clause = one_per_line_clause(content, catalogue, today)
    if not clause or not content.line_number.strip() or state_on(entries, today) in _NEVER_BEGUN:
        return
    if not _takes(entries):
        return
    first = begins_on(content, entries, today)
    end = min((one.on for one in entries_standing(entries) if isinstance(one, Ended)), default=None)
    for row in work.contracts.on_line(content.service, content.line_number):
        if row.id != contract_id and stands_on(row, first, end, today):
            yield taken(row, clause)


def begins_on(content: ContractContent, entries: Sequence[Entry], today: date) -> date:
    """The day from which a contract needs its line: its start, else the day it takes effect or is wished."""
    held = entries_standing(entries)
    started = min((one.on for one in held if isinstance(one, Started)), default=None)
    effective = max((one.effective for one in held if isinstance(one, Accepted)), default=None)
    return started or effective or content.application.wished_start or today


def stands_on(row: ContractRow, first: date, end: date | None, today: date) -> bool:
    """Whether another contract holds its line on a day from ``first`` to before ``end`` (None: for good): its
    end frees it. One that has not begun may need it from ``today`` on.
    """
    if row.state in _NEVER_BEGUN or row.state in _WAITING:
        return False
    freed = row.ended_on is not None and row.ended_on <= first
    begins = row.started_on or today
    return not freed and (end is None or begins < end)


def one_per_line_clause(content: ContractContent, catalogue: Catalogue, today: date) -> str:
    """The clause that allows one contract a line; "" where the terms say nothing of it."""
    life = stands_for(catalogue.service(content.service).editions, today).life
    return life.one_per_line_clause if life is not None else ""


def taken(row: ContractRow, clause: str) -> Problem:
    """What to tell of a line that another contract stands on."""
    what = _("この回線には、すでに契約 {number}（{customer}）があります。").format(
        number=row.number, customer=row.customer
    )
    if row.ended_on is not None:
        why = _("その契約の解約日は{day}です。").format(day=date_words(row.ended_on, weekday=False))
        remedy = _("解約日以後の日を開始日にしてください。")
    else:
        why = _("1つの回線に結べる契約は1つです。")
        remedy = _("回線番号を確かめるか、先の契約の解約を記録してください。")
    return Problem("line-taken", what, why, remedy, clause, "line_number")


def _takes(entries: Sequence[Entry]) -> bool:
    return any(isinstance(one, Accepted | Started) for one in entries_standing(entries))
