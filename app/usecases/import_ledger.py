"""Bring an existing ledger in: a trial that changes nothing, then everything in one transaction, and one
undo for all of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain

import msgspec

from app.charge.stored import Run, RunState, StoredBill
from app.contract.customer import CustomerFields
from app.contract.facts import Billing, Ended, Fact, Started, Timeline
from app.contract.imported import Import
from app.contract.record import Entry
from app.contract.timeline_check import check_timeline
from app.days import Month
from app.errors import Problem, UserError
from app.folding import fold, fold_name, phone_digits
from app.tariff.catalogue import Catalogue
from app.usecases.bill_contract import month_of
from app.usecases.desk import Desk
from app.usecases.desk_code import check_desk_code
from app.usecases.keep_quotation import who
from app.usecases.ledger_columns import Columns, missing
from app.usecases.ledger_file import Ledger
from app.usecases.ledger_rows import LedgerContract, RowProblem, understand
from app.usecases.line_check import one_per_line_clause, stands_on
from app.usecases.permissions import Act, require
from app.usecases.ports import UnitOfWork
from app.usecases.run_month import without_bills
from app.usecases.stand_contract import standing_of
from app.words import _

Progress = Callable[[int, int], bool]
"""Told how many contracts of how many are done; False stops, and nothing is kept."""

CustomerKey = tuple[str, str]


@dataclass(frozen=True)
class Trial:
    """What an import would do. With any problem it can't be done: the ledger is mended first.

    ``known``: customers who are stored already, by key. ``new``: customers to be registered. ``namesakes``:
    rows whose customer has the name of a stored one but another phone or address: they become new ones.
    ``billed_from``: the first month (``2026-11``) this desk bills what is imported.
    """

    ledger: Ledger
    contracts: tuple[LedgerContract, ...]
    problems: tuple[RowProblem, ...]
    known: dict[CustomerKey, str]
    new: dict[CustomerKey, CustomerFields]
    namesakes: tuple[int, ...] = ()
    billed_from: str = ""

    @property
    def facts(self) -> int:
        """How many dated facts it would record: not how bills are paid, which comes with a start."""
        return sum(not isinstance(fact, Billing) for one in self.contracts for fact in one.facts)


class _Stopped(Exception):  # noqa: N818 - not an error: somebody pressed stop
    """The import was stopped; its transaction is undone."""


def try_import(desk: Desk, ledger: Ledger, columns: Columns) -> Trial:
    """Read every row and look for everything that is wrong; nothing is stored.

    Raises UserError ``columns-missing`` when a field no row can do without has no column.
    """
    lacking = missing(columns)
    if lacking:
        raise UserError(
            *(
                Problem(
                    "columns-missing",
                    _("「{name}」の列が決まっていません。").format(name=one.words),
                    remedy=_("どの列かを選んでください。"),
                    field=one.code,
                )
                for one in lacking
            )
        )
    with desk.storage.look() as work:
        catalogue = desk.catalogue_for(work.settings.load())
        contracts, problems = understand(ledger, columns, catalogue, desk.today())
        impossible = chain.from_iterable(_impossible(one, catalogue) for one in contracts)
        problems += _with_cells(impossible, ledger, columns)
        problems += _on_taken_lines(work, contracts, catalogue, desk.today())
        known, new, namesakes = _customers(work, contracts)
        first = _first_open_month(work, desk.today())
    problems.sort(key=lambda problem: problem.row)
    return Trial(ledger, tuple(contracts), tuple(problems), known, new, namesakes, first)


def import_ledger(desk: Desk, trial: Trial, progress: Progress = lambda _done, _all: True) -> Import | None:
    """Store what the trial found, all of it or nothing. None when it was stopped.

    Raises UserError ``import-has-problems``, ``no-desk-code``; ``line-taken`` when another window took a line
    meanwhile.
    """
    if trial.problems:
        raise UserError(
            Problem(
                "import-has-problems",
                _("直す行が{count}件あります。").format(count=len(trial.problems)),
                remedy=_("台帳を直してから、もう一度読み込んでください。"),
            )
        )
    try:
        with desk.storage.work() as work:
            require(work, work.settings.load(), Act.IMPORT)
            done = _stored(desk, work, trial, progress)
            work.commit()
    except _Stopped:
        return None
    return done


def undo_import(desk: Desk, import_id: str) -> None:
    """Take an import back as a whole: what it brought is hidden everywhere. UserError ``import-changed``
    where something of it was changed since. The months that are worked out and open go on without it.
    """
    with desk.storage.work() as work:
        require(work, work.settings.load(), Act.IMPORT)
        counted = _counted(work, import_id)
        work.imports.undo(import_id)
        for run, gone in counted:
            work.bills.save_run(without_bills(run, gone))
        work.audit.record(who(work.settings.load()), "import-undone", import_id, {})
        work.commit()


def _counted(work: UnitOfWork, import_id: str) -> list[tuple[Run, list[StoredBill]]]:
    """The runs that are not closed, each with the bills it holds of what an import brought."""
    made = [one for kind, one, _version in work.imports.made(import_id) if kind == "contract"]
    found = []
    for run in work.bills.runs():
        if run.state is not RunState.CLOSED:
            bills = [bill for one in made if (bill := work.bills.bill_of(one, run.month)) is not None]
            if bills:
                found.append((run, bills))
    return found


def imports(desk: Desk) -> list[Import]:
    """All imports, the newest first."""
    with desk.storage.look() as work:
        return work.imports.all()


def customer_key(fields: CustomerFields) -> CustomerKey:
    """What tells two customers of a ledger apart: the name, and the phone or else the address."""
    return fold_name(fields.name), phone_digits(fields.phone) or fold(fields.prefecture + fields.address)


def _first_open_month(work: UnitOfWork, today: date) -> str:
    """The month after the last closed one, or this month where none was: earlier ones were billed by whoever
    kept the ledger.
    """
    closed = [run.month for run in work.bills.runs() if run.state is RunState.CLOSED]
    return str(month_of(max(closed)).plus(1)) if closed else str(Month.of(today))


# --- what is wrong -----------------------------------------------------------------------------------------


def _impossible(one: LedgerContract, catalogue: Catalogue) -> Iterable[RowProblem]:
    """Facts that can't all have happened, and quantities the price list does not know."""
    if not any(isinstance(fact, Started) for fact in one.facts):
        return
    timeline = Timeline(
        service=one.content.service,
        facts=_named(one.facts),
        customer=one.content.customer_kind,
        line=one.content.line,
        area=one.content.site.area,
    )
    for problem in check_timeline(timeline, catalogue.service(one.content.service)):
        row, column = _row_of(one, problem.field), _column_of(one, problem.field)
        yield RowProblem(row, column, "", problem.what, problem.remedy, clause=problem.clause)


def _named(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts with their place as id, so that a problem tells which it is about."""
    return tuple(msgspec.structs.replace(fact, id=f"fact-{place}") for place, fact in enumerate(facts))


def _row_of(one: LedgerContract, field: str) -> int:
    """The row of the fact a problem is about. The facts of the first row are what further rows are not."""
    name = field.partition(".")[0]
    if name.startswith("fact-") and name[5:].isdigit():
        further = int(name[5:]) - (len(one.facts) - len(one.rows) + 1)
        if further >= 0:
            return one.rows[further + 1]
    return one.rows[0]


def _column_of(one: LedgerContract, field: str) -> str:
    """The column a problem of a fact is about; "" where it is about the row as a whole."""
    name, _dot, member = field.partition(".")
    if not (name.startswith("fact-") and name[5:].isdigit()):
        return ""
    fact = one.facts[int(name[5:])]
    if member.startswith("items"):
        return "quantity"
    if _row_of(one, field) != one.rows[0]:
        return "event_until" if member in {"to", "restored_at"} else "event_on"
    return "start" if isinstance(fact, Started) else "end" if isinstance(fact, Ended) else ""


def _with_cells(problems: Iterable[RowProblem], ledger: Ledger, columns: Columns) -> Iterable[RowProblem]:
    """The problems with what stands in the cells they are about."""
    found = list(problems)
    rows = {row.number: row for row in ledger.rows} if found else {}
    for one in found:
        place = columns.get(one.field)
        yield one if place is None else replace(one, found=rows[one.row].cells[place])


def _on_taken_lines(
    work: UnitOfWork, contracts: Iterable[LedgerContract], catalogue: Catalogue, today: date
) -> Iterable[RowProblem]:
    """Contracts on a line that another one of the service stands on, in the ledger or stored, on any of their
    days; only where the terms allow one a line, as ``line_problems`` of a single contract.
    """
    before: dict[tuple[str, str], list[tuple[LedgerContract, date, date | None]]] = {}
    for one in contracts:
        first = min((fact.on for fact in one.facts if isinstance(fact, Started)), default=None)
        clause = one_per_line_clause(one.content, catalogue, today)
        number = one.content.line_number
        if first is None or not clause or not number:
            continue
        end = min((fact.on for fact in one.facts if isinstance(fact, Ended)), default=None)
        others = before.setdefault((one.content.service, fold(number)), [])
        for other, began, ended in others:
            if (ended is None or first < ended) and (end is None or began < end):
                what = _("{row}行目の契約と同じ回線です。1回線に1契約です。").format(row=other.rows[0])
                yield RowProblem(one.rows[0], "line_number", number, what, clause=clause)
                break
        others.append((one, first, end))
        for row in work.contracts.on_line(one.content.service, number):
            if stands_on(row, first, end, today):
                what = _("この回線には契約「{number}」がもうあります。").format(number=row.number)
                yield RowProblem(one.rows[0], "line_number", number, what, clause=clause)


def _customers(
    work: UnitOfWork, contracts: Iterable[LedgerContract]
) -> tuple[dict[CustomerKey, str], dict[CustomerKey, CustomerFields], tuple[int, ...]]:
    """Who is stored already, who is new, and the rows of new ones with the name of a stored one."""
    known: dict[CustomerKey, str] = {}
    new: dict[CustomerKey, CustomerFields] = {}
    namesakes: list[int] = []
    for one in contracts:
        key = customer_key(one.customer)
        if key in known or key in new:
            continue
        same_name = [
            row for row in work.customers.similar(one.customer, limit=20) if fold_name(row.name) == key[0]
        ]
        same = next(
            (row for row in same_name if key[1] in {phone_digits(row.phone), fold(row.address)}), None
        )
        if same is not None:
            known[key] = same.id
        else:
            new[key] = one.customer
            if same_name:
                namesakes.append(one.rows[0])
    return known, new, tuple(namesakes)


# --- storing -----------------------------------------------------------------------------------------------


def _stored(desk: Desk, work: UnitOfWork, trial: Trial, progress: Progress) -> Import:
    settings = work.settings.load()
    check_desk_code(settings)
    staff, today = who(settings), desk.today()
    catalogue = desk.catalogue_for(settings)
    ids = dict(trial.known)
    made: list[tuple[str, str, int]] = []
    for key, fields in trial.new.items():
        customer = work.customers.add(fields)
        ids[key] = customer.id
        made.append(("customer", customer.id, customer.version))
    for place, one in enumerate(trial.contracts):
        if place % 50 == 0 and not progress(place, len(trial.contracts)):
            raise _Stopped
        number = work.numbers.next("C", settings.desk_code, today)
        content = msgspec.structs.replace(one.content, billed_from=trial.billed_from)
        one = replace(one, content=content)
        made.append(_store(work, one, ids[customer_key(one.customer)], number, catalogue, today, staff))
    done = work.imports.add(_record(desk.now(), staff, trial))
    work.imports.note_made(done.id, made)
    counts = {"customers": done.customers, "contracts": done.contracts, "facts": done.facts}
    work.audit.record(staff, "ledger-imported", done.id, {"file": done.sha256, **counts})
    progress(len(trial.contracts), len(trial.contracts))
    return done


def _store(
    work: UnitOfWork,
    one: LedgerContract,
    customer_id: str,
    number: str,
    catalogue: Catalogue,
    today: date,
    staff: str,
) -> tuple[str, str, int]:
    entries: tuple[Entry, ...] = one.facts
    standing = standing_of(one.content, entries, catalogue, today)
    stored = work.contracts.add(number, customer_id, one.content, standing, staff)
    if entries:
        note = _("台帳の取込み")
        stored = work.contracts.change(
            stored.id, stored.version, standing, entries=entries, staff=staff, note=note
        )
    return "contract", stored.id, stored.version


def _record(at: datetime, staff: str, trial: Trial) -> Import:
    return Import(
        id="",
        at=at,
        staff=staff,
        file_name=trial.ledger.file_name,
        sha256=trial.ledger.sha256,
        customers=len(trial.new),
        contracts=len(trial.contracts),
        facts=trial.facts,
    )
