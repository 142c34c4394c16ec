"""What the use cases ask of storage and of the printer. ``db/`` and ``reports/`` keep these promises."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from app.charge.stored import BillRow, Claim, Payment, Receivable, Run, StoredBill
from app.contract.beside import (
    Attachment,
    CallNote,
    DueNote,
    Equipment,
    EquipmentFields,
    Subject,
)
from app.contract.customer import Customer, CustomerDetails, CustomerFields, Merge
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
from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.quote.content import QuotationContent
from app.quote.stored import (
    CustomerRow,
    IssuedPaper,
    QuotationQuery,
    QuotationRow,
    QuotationState,
    Revision,
    StoredQuotation,
    Totals,
)


class CustomerRepository(Protocol):
    """Customers. Saving with an old version raises app.errors.ConflictError."""

    def add(self, fields: CustomerFields) -> Customer: ...
    def get(self, customer_id: str) -> Customer: ...
    def save(self, customer_id: str, version: int, fields: CustomerFields) -> Customer: ...
    def find(self, words: str, limit: int = 20) -> list[CustomerRow]: ...
    def similar(
        self, fields: CustomerFields, limit: int = 5, details: CustomerDetails | None = None
    ) -> list[CustomerRow]:
        """Customers that may be the same, the likeliest first: equal phone, e-mail, name or reading, and with
        details also equal corporate number, phone or e-mail of a contact, wherever the other one has it.
        """
        ...

    def seqs(
        self, words: str = "", sort: str = "kana", descending: bool = False, limit: int | None = None
    ) -> array[int]:
        """The ``seq`` of every customer found, sorted; ``limit`` fetches the first ones only, at once."""
        ...

    def rows(self, seqs: Sequence[int]) -> list[CustomerRow]: ...
    def details(self, customer_id: str) -> CustomerDetails:
        """What is known beyond the fields; empty details where nothing was stored."""
        ...

    def save_details(self, customer_id: str, version: int, details: CustomerDetails) -> Customer:
        """Store details; the customer's version grows."""
        ...

    def merge(
        self, kept: str, kept_version: int, gone: str, gone_version: int, staff: str, memo: str = ""
    ) -> Merge:
        """Let ``gone`` become part of ``kept``: its quotations, contracts, notes and scans go over, and no
        list and no search shows it any more. Nothing is deleted. ``memo`` is kept with the merge.
        """
        ...

    def undo_merge(self, merge_id: str) -> Merge:
        """Take a merge back: what came from ``gone``, and has not been given to others since, returns."""
        ...

    def merges(self, customer_id: str) -> list[Merge]:
        """The merges a customer took part in, the newest first."""
        ...


class QuotationRepository(Protocol):
    """Quotations, their drafts and revisions. Revisions are append-only."""

    def add(
        self, content: QuotationContent, totals: Totals, staff: str, copied_from: str = ""
    ) -> StoredQuotation: ...
    def get(self, quotation_id: str) -> StoredQuotation: ...
    def save_draft(
        self, quotation_id: str, version: int, content: QuotationContent, totals: Totals
    ) -> StoredQuotation: ...
    def issue(
        self, quotation_id: str, version: int, revision: Revision, totals: Totals
    ) -> StoredQuotation: ...
    def set_state(self, quotation_id: str, version: int, state: QuotationState) -> StoredQuotation: ...
    def revisions(self, quotation_id: str) -> list[Revision]: ...
    def delete_draft(self, quotation_id: str, version: int) -> None: ...
    def seqs(self, query: QuotationQuery, today: date, limit: int | None = None) -> array[int]:
        """The ``seq`` of every quotation asked for, sorted; ``limit`` fetches the first ones only."""
        ...

    def rows(self, seqs: Sequence[int], today: date) -> list[QuotationRow]: ...
    def count(self) -> int: ...


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

    def receivables(self, today: date, overdue_only: bool, limit: int | None = None) -> list[Receivable]:
        """Closed bills with something open, the oldest due date first."""
        ...

    def overdue(self, today: date) -> tuple[int, int]:
        """How many closed bills are past their due date with something open, and how much is open (yen)."""
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


class PaperArchive(Protocol):
    """Issued papers, append-only. Reading one whose bytes don't match their SHA-256 raises
    EnvironmentProblem.
    """

    def add(
        self, kind: str, number: str, revision: int, customer: str, issued_on: date, total: int, pdf: bytes
    ) -> IssuedPaper: ...
    def get(self, paper_id: str) -> IssuedPaper: ...
    def any_issued(self) -> bool: ...


class SettingsRepository(Protocol):
    """Company settings (one record with a version) and the images that belong to them."""

    def load(self) -> Settings: ...
    def save(self, settings: Settings) -> Settings: ...
    def image(self, name: str) -> bytes | None: ...
    def save_image(self, name: str, data: bytes | None) -> None: ...


class Numbers(Protocol):
    """Document numbers ``KIND-DESK-yymm-n``; never given twice, gaps only where a transaction was undone."""

    def next(self, kind: str, desk: str, day: date) -> str: ...


class AuditTrail(Protocol):
    """Who did what, when; each row carries the salted hash of the one before. Written in the same
    transaction.
    """

    def record(self, who: str, what: str, subject: str, detail: dict[str, Any]) -> None: ...
    def check(self) -> list[str]: ...


class UnitOfWork(Protocol):
    """One transaction. Leaving the block without ``commit`` undoes everything."""

    @property
    def customers(self) -> CustomerRepository: ...
    @property
    def quotations(self) -> QuotationRepository: ...
    @property
    def contracts(self) -> ContractRepository: ...
    @property
    def bills(self) -> BillRepository: ...
    @property
    def beside(self) -> BesideRepository: ...
    @property
    def imports(self) -> ImportRepository: ...
    @property
    def papers(self) -> PaperArchive: ...
    @property
    def settings(self) -> SettingsRepository: ...
    @property
    def numbers(self) -> Numbers: ...
    @property
    def audit(self) -> AuditTrail: ...
    def commit(self) -> None: ...


class Storage(Protocol):
    """An opened database."""

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that may write (it takes the write lock at once)."""
        ...

    def look(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that only reads."""
        ...

    def status(self) -> StorageStatus: ...
    def back_up(self, name: str = "") -> Path:
        """Copy the database as it is now into the folder ``backups``. EnvironmentProblem where it can't be."""
        ...

    def close(self) -> None: ...


class StorageStatus(Protocol):
    """Where the data are and how the key is kept (``keyring``, ``passphrase``, ``none``)."""

    @property
    def path(self) -> str: ...
    @property
    def key_kind(self) -> str: ...
    @property
    def last_backup(self) -> datetime | None: ...


KeyKind = Literal["keyring", "passphrase", "none"]
VaultState = Literal["new", "ready", "key-missing", "database-missing"]


class Vault(Protocol):
    """The data folder before it is opened: its database and the key file beside it.

    ``main.py`` hands one to the window, which asks for the passphrase or runs the first-run screen.
    """

    @property
    def folder(self) -> Path: ...

    def state(self) -> VaultState: ...

    def kind(self) -> KeyKind:
        """How the key is kept. Raises EnvironmentProblem when the key file is missing or damaged."""
        ...

    def keyring_usable(self) -> bool:
        """Whether this computer has a key ring that can keep the key."""
        ...

    def create(self, kind: KeyKind, passphrase: str | None = None) -> Storage:
        """Make key and database and open them. Raises UserError (``passphrase-too-short``),
        EnvironmentProblem.
        """
        ...

    def open(self, passphrase: str | None = None) -> Storage:
        """Open what is there. Raises UserError (``wrong-passphrase``, ``passphrase-needed``),
        EnvironmentProblem.
        """
        ...

    def change(self, kind: KeyKind, passphrase: str | None = None, old_passphrase: str | None = None) -> None:
        """Keep the same key another way; rewrites the key file only. Raises as ``create`` and ``open`` do."""
        ...


Draw = Callable[[Paper, Images], bytes]
"""Draws a finished paper: bytes of a PDF."""
