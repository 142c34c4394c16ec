"""What the use cases ask of storage and of the printer. ``db/`` and ``reports/`` keep these promises."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from app.contract.customer import Customer, CustomerDetails, CustomerFields, Merge
from app.errors import EnvironmentProblem
from app.papers.archived import (
    Approval,
    ApprovalState,
    ChainPlace,
    PaperAbout,
    PaperFault,
    PaperQuery,
    PaperRow,
    PaperSent,
    PaperSums,
    PaperVoid,
    SentHow,
    SubjectKind,
)
from app.papers.issuer import Settings
from app.papers.model import Images, Paper
from app.quote.content import QuotationContent
from app.quote.stored import (
    CustomerRow,
    IssuedPaper,
    PaperHead,
    QuotationQuery,
    QuotationRow,
    QuotationState,
    Revision,
    StoredQuotation,
    Totals,
)
from app.usecases.audit_entries import AuditCheck, AuditEntry, AuditQuery, AuditRow
from app.usecases.backups import Backups
from app.usecases.contract_ports import (
    BesideRepository,
    BillRepository,
    ContractRepository,
    ImportRepository,
)
from app.usecases.erasure_ports import ErasureRepository
from app.usecases.findings import Finding
from app.usecases.keep_typed import TypedRepository
from app.usecases.staff_account import AccountRepository
from app.usecases.visit_ports import TechnicianRepository, VisitRepository


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
    def running_out(self, first: date, last: date, services: Sequence[str] = ()) -> list[QuotationRow]:
        """The issued ones whose validity ends in these days, the earliest first; of these services (none:
        all).
        """
        ...

    def revisions(self, quotation_id: str) -> list[Revision]: ...
    def delete_draft(self, quotation_id: str, version: int) -> None: ...
    def seqs(self, query: QuotationQuery, today: date, limit: int | None = None) -> array[int]:
        """The ``seq`` of every quotation asked for, sorted; ``limit`` fetches the first ones only."""
        ...

    def rows(self, seqs: Sequence[int], today: date) -> list[QuotationRow]: ...
    def count(self) -> int: ...


class PaperArchive(Protocol):
    """Issued papers, append-only. Reading one whose bytes don't match their SHA-256 raises
    EnvironmentProblem.
    """

    def add(
        self,
        kind: str,
        number: str,
        revision: int,
        customer: str,
        issued_on: date,
        total: int,
        pdf: bytes,
        about: PaperAbout = ...,
    ) -> IssuedPaper:
        """Archive a paper; the chain grows by one link. Kind, number and revision are unique."""
        ...

    def get(self, paper_id: str) -> IssuedPaper: ...
    def with_numbers(self, kinds: Sequence[str], numbers: Sequence[str]) -> list[PaperHead]:
        """The papers of some kinds issued under some numbers, in every revision, the earliest first."""
        ...

    def any_issued(self) -> bool: ...
    def about(self, subject_kind: SubjectKind, subject_id: str, kinds: Sequence[str] = ()) -> list[PaperRow]:
        """The papers made from something, the earliest first; of these kinds (none: all)."""
        ...

    def seqs(self, query: PaperQuery, limit: int | None = None) -> array[int]:
        """The ``seq`` of every paper asked for, sorted; ``limit`` fetches the first ones only."""
        ...

    def rows(self, seqs: Sequence[int]) -> list[PaperRow]: ...
    def row(self, paper_id: str) -> PaperRow:
        """One paper's row. UserError ``not-found``."""
        ...

    def sums(self, seqs: Sequence[int], query: PaperQuery | None = None) -> PaperSums:
        """What papers come to; faster when told what found them."""
        ...

    def send(self, paper_id: str, how: SentHow, to: str, staff: str, note: str = "") -> PaperSent: ...
    def sends(self, paper_id: str) -> list[PaperSent]:
        """How a paper went, the earliest first."""
        ...

    def void(self, paper_id: str, staff: str, why: str) -> PaperVoid:
        """Let a paper no longer count. UserError ``already-voided``."""
        ...

    def voided(self, paper_id: str) -> PaperVoid | None: ...
    def ask(self, approval: Approval) -> Approval:
        """Keep an asking for approval (its id is given here)."""
        ...

    def answer(self, approval_id: str, state: ApprovalState, staff: str, why: str = "") -> Approval: ...
    def approvals(
        self, subject_id: str = "", kind: str = "", states: Sequence[ApprovalState] = ()
    ) -> list[Approval]:
        """Askings for approval, the newest first."""
        ...

    def erase(self, paper_id: str, who: str, reason: str) -> None:
        """Let what tells of the customer go: name, bytes, SHA-256, salt. A tombstone stays in the chain, and
        the audit says who did it. The caller sees that the retention is over. UserError ``not-found``.
        """
        ...

    def faults(self, told: Callable[[int, int], bool] | None = None) -> Iterator[PaperFault]:
        """What does not hold in the archive: bytes, facts, chain, gaps. ``told`` hears now and then how many
        of how many papers are read, and ends it by False.
        """
        ...

    def check_some(self, place: ChainPlace) -> tuple[ChainPlace, list[PaperFault]]:
        """Check the papers after a place: where that leads, and what does not hold of them."""
        ...

    def faults_of(self, paper_id: str) -> list[PaperFault]:
        """What does not hold of one paper: its bytes, its facts, its link to the one before."""
        ...

    def check(self) -> list[str]:
        """What does not hold in the archive, as sentences naming each paper."""
        ...


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
    def recent(self, limit: int) -> list[AuditEntry]:
        """The last entries, the newest first."""
        ...

    def seqs(self, query: AuditQuery, limit: int | None = None) -> array[int]:
        """The places of the entries asked for, the newest first; ``limit`` fetches the first ones only."""
        ...

    def entries(self, query: AuditQuery, before_seq: int | None = None, limit: int = 200) -> list[AuditEntry]:
        """The entries asked for, the newest first; ``before_seq`` goes on where the last ones ended."""
        ...

    def rows(self, seqs: Sequence[int]) -> list[AuditRow]:
        """Entries by their places, with what their subjects are called; in no order."""
        ...

    def check_some(self, place: AuditCheck, count: int = 2_000) -> AuditCheck:
        """Check the next entries after a place: where that leads, and what does not hold of them."""
        ...

    def last_at(self) -> datetime | None:
        """When the last thing was recorded."""
        ...


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
    def visits(self) -> VisitRepository: ...
    @property
    def technicians(self) -> TechnicianRepository: ...
    @property
    def papers(self) -> PaperArchive: ...
    @property
    def settings(self) -> SettingsRepository: ...
    @property
    def accounts(self) -> AccountRepository: ...
    @property
    def typed(self) -> TypedRepository: ...
    @property
    def erasures(self) -> ErasureRepository: ...
    @property
    def numbers(self) -> Numbers: ...
    @property
    def audit(self) -> AuditTrail: ...
    def commit(self) -> None: ...


class Storage(Protocol):
    """An opened database."""

    @property
    def signed_in(self) -> str:
        """The id of who signed in at this window; "" before that and without PINs."""
        ...

    def let_in(self, staff_id: str) -> None:
        """From now on this member works at this window; "": nobody. Whoever calls it has seen the PIN."""
        ...

    def work(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that may write (it takes the write lock at once)."""
        ...

    def look(self) -> AbstractContextManager[UnitOfWork]:
        """A transaction that only reads."""
        ...

    def status(self) -> StorageStatus: ...
    @property
    def trouble(self) -> EnvironmentProblem | None:
        """What was found wrong when it was opened, and is to be told to whoever works with it."""
        ...

    @property
    def backups(self) -> Backups:
        """Its backups."""
        ...

    def findings(self, told: Callable[[str], bool] | None = None) -> list[Finding]:
        """Look through everything stored, part by part; ``told`` hears each one's code and stops by False."""
        ...

    def back_up(self, name: str = "") -> Path:
        """Copy the database as it is now into the folder ``backups``. EnvironmentProblem where it can't."""
        ...

    def scrub(self) -> None:
        """Take what was deleted out of the file and its journal. EnvironmentProblem ``disk-full``,
        ``database-locked``; nothing is lost by that.
        """
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
    @property
    def has_recovery(self) -> bool:
        """Whether a recovery code opens the data, too."""
        ...


Draw = Callable[[Paper, Images], bytes]
"""Draws a finished paper: bytes of a PDF."""
