"""One transaction with everything in it, each part imported when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from db.audit import AuditTable
    from db.base import Session
    from db.beside import BesideTable
    from db.bills import BillTable
    from db.contracts import ContractTable
    from db.customers import CustomerTable
    from db.erasure import ErasureTable
    from db.imports import ImportTable
    from db.numbers import NumberTable
    from db.papers import PaperTable
    from db.quotations import QuotationTable
    from db.settings import SettingsTable
    from db.staff_accounts import StaffAccountTable
    from db.technicians import TechnicianTable
    from db.typed import TypedTable
    from db.visits import VisitTable


class SqlWork:
    """``app.usecases.ports.UnitOfWork``. What was not committed when the block ends is undone."""

    def __init__(self, session: Session) -> None:
        self.session: Final = session

    @cached_property
    def customers(self) -> CustomerTable:
        """Customers."""
        from db.customers import CustomerTable

        return CustomerTable(self.session)

    @cached_property
    def quotations(self) -> QuotationTable:
        """Quotations and their revisions."""
        from db.quotations import QuotationTable

        return QuotationTable(self.session)

    @cached_property
    def contracts(self) -> ContractTable:
        """Contracts and their entries."""
        from db.contracts import ContractTable

        return ContractTable(self.session)

    @cached_property
    def bills(self) -> BillTable:
        """Runs, bills, claims and payments."""
        from db.bills import BillTable

        return BillTable(self.session)

    @cached_property
    def beside(self) -> BesideTable:
        """Equipment, call notes and attachments."""
        from db.beside import BesideTable

        return BesideTable(self.session)

    @cached_property
    def imports(self) -> ImportTable:
        """Ledgers that were brought in."""
        from db.imports import ImportTable

        return ImportTable(self.session)

    @cached_property
    def visits(self) -> VisitTable:
        """Visits and what happened to them."""
        from db.visits import VisitTable

        return VisitTable(self.session)

    @cached_property
    def technicians(self) -> TechnicianTable:
        """Those who visit."""
        from db.technicians import TechnicianTable

        return TechnicianTable(self.session)

    @cached_property
    def papers(self) -> PaperTable:
        """Issued papers."""
        from db.papers import PaperTable

        return PaperTable(self.session)

    @cached_property
    def settings(self) -> SettingsTable:
        """Company settings and images."""
        from db.settings import SettingsTable

        return SettingsTable(self.session)

    @cached_property
    def accounts(self) -> StaffAccountTable:
        """Who may sign in."""
        from db.staff_accounts import StaffAccountTable

        return StaffAccountTable(self.session)

    @cached_property
    def typed(self) -> TypedTable:
        """What is typed and not saved yet."""
        from db.typed import TypedTable

        return TypedTable(self.session)

    @cached_property
    def erasures(self) -> ErasureTable:
        """What lets a customer's data go."""
        from db.erasure import ErasureTable

        return ErasureTable(self.session)

    @cached_property
    def numbers(self) -> NumberTable:
        """Document numbers."""
        from db.numbers import NumberTable

        return NumberTable(self.session)

    @cached_property
    def audit(self) -> AuditTable:
        """The audit chain."""
        from db.audit import AuditTable

        return AuditTable(self.session)

    def commit(self) -> None:
        """Keep everything done so far: from here on it survives a power cut."""
        self.session.connection.commit()
