"""What the use cases ask of storage for contracts: contracts, bills, what stands beside them, imports."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import date
from typing import Protocol

from app.charge.stored import BillRow, Claim, Payment, Receivable, Run, StoredBill
from app.contract.beside import (
    Attachment,
    CallNote,
    DueNote,
    Equipment,
    EquipmentFields,
    Subject,
)
from app.contract.imported import Import
from app.contract.record import (
    ContractContent,
    ContractQuery,
    ContractRow,
    ContractState,
    ContractSums,
    DeadlineRow,
    Entry,
    Standing,
    StoredContract,
)


class ContractRepository(Protocol):
    """Contracts and their entries. Entries are append-only; every change needs the version last seen and
    raises app.errors.ConflictError when it is not the newest.
    """

    def add(
        self, number: str, customer_id: str, content: ContractContent, standing: Standing, staff: str
    ) -> StoredContract: ...
    def get(self, contract_id: str) -> StoredContract: ...
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
        """Store a changed content, append entries (those without an id get one), and where it stands now.

        Raises UserError ``line-taken`` when another contract of the service holds the line.
        """
        ...

    def put_standing(self, contract_id: str, standing: Standing) -> None:
        """Store where it stands on a new day; the version stays."""
        ...

    def due_for_recheck(self, today: date, limit: int) -> list[StoredContract]:
        """Contracts whose standing may have changed by ``today``."""
        ...

    def look_again(self, on: date, services: Sequence[str] = (), contract_ids: Sequence[str] = ()) -> None:
        """Have it worked out anew on a day where contracts stand: of those named, else of all that are not
        over (of some services).
        """
        ...

    def on_line(self, service: str, line_number: str) -> list[ContractRow]:
        """The contracts of a service on a line, however its number is written."""
        ...

    def seqs(self, query: ContractQuery, limit: int | None = None) -> array[int]: ...
    def rows(self, seqs: Sequence[int]) -> list[ContractRow]: ...
    def sums(self, seqs: Sequence[int]) -> ContractSums: ...
    def count_states(self, states: Sequence[ContractState]) -> dict[ContractState, int]:
        """How many contracts stand in each of these states, counted by the database."""
        ...

    def newest(self, states: Sequence[ContractState], limit: int) -> list[ContractRow]:
        """The contracts in these states that were touched last, the newest first."""
        ...

    def count(self) -> int: ...
    def batch(self, after_seq: int, count: int) -> list[StoredContract]:
        """The next contracts in the order of ``seq``, hidden ones left out; for runs over all of them."""
        ...

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
        """The deadlines from ``first`` (None: also those gone by) to ``last``, the earliest first; with
        ``codes`` only those, with ``whose`` only those it is whose move (``limit``: the first ones only).
        """
        ...

    def count_deadlines(
        self,
        first: date | None,
        last: date,
        services: Sequence[str] = (),
        *,
        codes: Sequence[str] = (),
        whose: str = "",
    ) -> int:
        """How many ``deadlines`` would give without a limit, counted by the database."""
        ...

    def last_receipt(self, service: str) -> int:
        """The last place given in the order of receipt of a service."""
        ...

    def of_quotation(self, quotation_id: str) -> list[ContractRow]:
        """The contracts made from a quotation."""
        ...

    def hide(self, contract_id: str, version: int, cause: str) -> None:
        """Take a contract out of every list, search and run (``import:<id>`` undone); it stays stored."""
        ...


class BillRepository(Protocol):
    """Runs of a month, their bills, claims that wait for a bill, payments. Closed bills never change."""

    def run(self, month: str) -> Run | None: ...
    def runs(self) -> list[Run]:
        """All runs, the newest month first."""
        ...

    def add_run(self, run: Run) -> Run: ...
    def save_run(self, run: Run) -> Run:
        """Store a run's progress or its closing; ``version`` as last seen. ConflictError."""
        ...

    def drop_run(self, run_id: str) -> None:
        """Forget a run that is not closed, with its bills; its claims wait again."""
        ...

    def put_bills(self, bills: Sequence[StoredBill]) -> None:
        """Store bills of a run that is not closed; one of the same contract and month is replaced. One
        without lines that was not refused is only noted as worked out: it is no bill to anybody.
        """
        ...

    def bill_of(self, contract_id: str, month: str) -> StoredBill | None: ...
    def bill(self, bill_id: str) -> StoredBill: ...
    def closed_of(self, contract_ids: Sequence[str]) -> dict[str, list[StoredBill]]:
        """The closed bills of contracts, the oldest month first."""
        ...

    def bills_of_run(self, run_id: str, after_seq: int, count: int) -> list[StoredBill]:
        """The next bills of a run in the order of contracts."""
        ...

    def stale(self, run_id: str, limit: int) -> list[str]:
        """Ids of contracts that changed, or came, since the run worked them out."""
        ...

    def closed_versions(self, contract_ids: Sequence[str]) -> dict[str, int]:
        """The version each contract had when the last closed run worked it out; -1 where any of its closed
        bills was refused; contracts no closed run has seen are left out.
        """
        ...

    def rows_of_run(self, run_id: str, words: str, offset: int, count: int) -> list[BillRow]: ...
    def seqs_of_run(
        self, run_id: str, words: str = "", sort: str = "", descending: bool = False
    ) -> array[int]:
        """The ``seq`` of the contracts with a bill in a run, refused ones first unless a sort is named:
        ``number``, ``customer``, ``service``, ``total``, ``due_on``.
        """
        ...

    def rows_at(self, run_id: str, seqs: Sequence[int]) -> list[BillRow]:
        """The bills of a run, by the ``seq`` of their contracts, in the order asked for."""
        ...

    def rows_of_contract(self, contract_id: str) -> list[BillRow]: ...
    def add_claim(self, claim: Claim) -> Claim:
        """Store a claim. UserError ``already-claimed`` when one of its kind and cause stands. The cause of
        late interest is the id of the bill that was paid late.
        """
        ...

    def waiting(self, contract_ids: Sequence[str]) -> dict[str, list[Claim]]:
        """The claims that wait for a bill, or stand on one of a run that is not closed."""
        ...

    def claims_of(self, contract_id: str) -> list[Claim]: ...
    def put_claims(self, bill_of_claim: dict[str, str]) -> None:
        """Note on which bill each claim stands."""
        ...

    def withdraw_claim(self, claim_id: str, why: str) -> None: ...
    def add_payments(self, payments: Sequence[Payment]) -> None:
        """Store payments. UserError ``bill-not-closed`` for a bill nobody was sent yet."""
        ...

    def void_payment(self, payment_id: str, why: str) -> None: ...
    def payments_of(self, contract_id: str) -> list[Payment]: ...
    def advances(self) -> dict[str, int]:
        """What each contract has paid ahead (yen): its payments on no bill, where they don't come to 0."""
        ...

    def receivables(
        self, today: date, overdue_only: bool, limit: int | None = None, *, without: Sequence[str] = ()
    ) -> list[Receivable]:
        """Closed bills with something open, the oldest due date first; none of the services ``without``."""
        ...

    def overdue(self, today: date, without: Sequence[str] = ()) -> tuple[int, int]:
        """How many closed bills are past their due date with something open, and how much is open (yen);
        none of the services ``without``.
        """
        ...

    def paid_late(self, contract_ids: Sequence[str]) -> dict[str, list[StoredBill]]:
        """Closed bills paid in full after their due date, for which no late interest was claimed."""
        ...


class BesideRepository(Protocol):
    """Equipment, call notes and attachments. ConflictError for an old version."""

    def equipment_of(self, contract_id: str) -> list[Equipment]: ...
    def add_equipment(self, contract_id: str, fields: EquipmentFields) -> Equipment: ...
    def save_equipment(self, equipment_id: str, version: int, fields: EquipmentFields) -> Equipment: ...
    def with_serial(self, serial: str) -> list[Equipment]:
        """Devices of any contract with a serial number, however its letters are written."""
        ...

    def notes_of(self, subject: Subject, subject_id: str) -> list[CallNote]:
        """The newest first."""
        ...

    def add_note(self, note: CallNote) -> CallNote: ...
    def save_note(self, note: CallNote) -> CallNote: ...
    def due_notes(self, until: date) -> list[DueNote]:
        """Open next steps due by a day, the earliest first."""
        ...

    def attachments_of(self, subject: Subject, subject_id: str) -> list[Attachment]:
        """Without those removed, the newest first."""
        ...

    def attach(self, attachment: Attachment, data: bytes) -> Attachment: ...
    def attached(self, attachment_id: str) -> bytes:
        """The bytes. EnvironmentProblem ``attachment-damaged`` when they don't match their SHA-256."""
        ...

    def remove_attachment(self, attachment_id: str, why: str) -> None: ...


class ImportRepository(Protocol):
    """What imports brought in, so that one can be undone as a whole."""

    def add(self, import_: Import) -> Import: ...
    def all(self) -> list[Import]: ...
    def made(self, import_id: str) -> list[tuple[str, str, int]]:
        """What it made: kind (``customer``, ``contract``), id and the version it had then."""
        ...

    def note_made(self, import_id: str, made: Sequence[tuple[str, str, int]]) -> None: ...
    def undo(self, import_id: str) -> None:
        """Hide what it made. UserError ``import-changed`` naming what was changed since."""
        ...
