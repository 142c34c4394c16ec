"""The place of the contracts: the list, and in front of it a contract, a new one, a month, the deadlines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.contracts.list_page import ContractsPage
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from ui.contracts.application.new_page import NewContractPage
    from ui.contracts.contract_page import ContractPage
    from ui.contracts.deadlines_page import DeadlinesPage
    from ui.imports.page import ImportPage
    from ui.months.page import MonthsPage


class ContractsPlace(QStackedWidget):
    """`customer_chosen` and `quotation_chosen` carry ids; `quotations_wanted` asks for the quotations a
    contract could be made of, `tariffs_wanted` carries what of the tariffs is to be shown; `visit_chosen` a
    visit's id, `visit_wanted` the ids of customer and contract.
    """

    customer_chosen = Signal(str)
    quotation_chosen = Signal(str)
    quotations_wanted = Signal()
    tariffs_wanted = Signal(str)
    visit_chosen = Signal(str)
    visit_wanted = Signal(str, str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self.list = ContractsPage(session, toasts)
        self.contract: ContractPage | None = None
        self.new: NewContractPage | None = None
        self.months: MonthsPage | None = None
        self.imports: ImportPage | None = None
        self.deadlines: DeadlinesPage | None = None
        self._before: QWidget = self.list  # where "back" from a contract leads
        self.addWidget(self.list)
        self.list.contract_chosen.connect(self.open_contract)
        self.list.customer_chosen.connect(self.customer_chosen)
        self.list.new_wanted.connect(self.open_new)
        self.list.quotations_wanted.connect(self.quotations_wanted)
        self.list.months_wanted.connect(self.open_month)
        self.list.import_wanted.connect(self.open_import)
        self.list.deadlines_wanted.connect(self.open_deadlines)

    # --- going there --------------------------------------------------------------------------------

    def open_contract(self, contract_id: str, tab: str = "") -> None:
        """A stored contract, perhaps at one of its tabs."""
        page = self._contract()
        here = self.currentWidget()
        if here is not None and here not in {page, self.new}:
            self._before = here
        self.setCurrentWidget(page)
        page.open_contract(contract_id, tab)

    def _contract(self) -> ContractPage:
        if self.contract is None:
            from ui.contracts.contract_page import ContractPage

            self.contract = ContractPage(self._session, self._toasts)
            self.contract.back_wanted.connect(self.show_before)
            self.contract.customer_chosen.connect(self.customer_chosen)
            self.contract.quotation_chosen.connect(self.quotation_chosen)
            self.contract.contract_chosen.connect(self.open_contract)
            self.contract.tariffs_wanted.connect(self.tariffs_wanted)
            self.contract.visit_chosen.connect(self.visit_chosen)
            self.contract.visit_wanted.connect(self.visit_wanted)
            self.addWidget(self.contract)
        return self.contract

    def open_new(self, customer_id: str = "") -> None:
        """A new contract, perhaps for a customer."""
        if self.new is None:
            from ui.contracts.application.new_page import NewContractPage

            self.new = NewContractPage(self._session, self._toasts)
            self.new.back_wanted.connect(self.show_list)
            self.new.contract_chosen.connect(self.open_contract)
            self.addWidget(self.new)
        self.setCurrentWidget(self.new)
        self.new.open_new(customer_id)

    def open_month(self, month: str = "") -> None:
        """The charges of a month for all contracts (``2026-11``; "": the month now)."""
        if self.months is None:
            from ui.months.page import MonthsPage

            self.months = MonthsPage(self._session, self._toasts)
            self.months.back_wanted.connect(self.show_list)
            self.months.contract_chosen.connect(self.open_contract)
            self.addWidget(self.months)
        self.setCurrentWidget(self.months)
        self.months.open_month(month)

    def open_applications(self) -> None:
        """The list, narrowed to contracts that are applied for and have not begun."""
        self.show_list()
        self.list.show_states(("preparing", "submitted", "accepted"))

    def open_import(self) -> None:
        """Bring in a ledger that was kept until now."""
        if self.imports is None:
            from ui.imports.page import ImportPage

            self.imports = ImportPage(self._session, self._toasts)
            self.imports.back_wanted.connect(self.show_list)
            self.addWidget(self.imports)
        self.setCurrentWidget(self.imports)
        self.imports.arrive()

    def open_deadlines(self) -> None:
        """What falls due in 30, 60 and 90 days."""
        if self.deadlines is None:
            from ui.contracts.deadlines_page import DeadlinesPage

            self.deadlines = DeadlinesPage(self._session, self._toasts)
            self.deadlines.back_wanted.connect(self.show_list)
            self.deadlines.contract_chosen.connect(self.open_contract)
            self.deadlines.quotation_chosen.connect(self.quotation_chosen)
            self.addWidget(self.deadlines)
        self.setCurrentWidget(self.deadlines)
        self.deadlines.arrive()

    def show_list(self) -> None:
        """Back to the list."""
        self._before = self.list
        self.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def show_before(self) -> None:
        """Back to where the contract was opened from."""
        if self._before is self.list:
            self.show_list()
        else:
            self.setCurrentWidget(self._before)
            self._before.setFocus()

    # --- the place itself -----------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Whether a side panel or a form holds something that is not stored."""
        return any(
            page is not None and self.currentWidget() is page and page.unsaved
            for page in (self.contract, self.new)
        )

    def arrive(self) -> None:
        """Somebody came here by the rail: the keys work in the list, or where they did before."""
        if self.currentWidget() is self.list:
            self.list.table.setFocus()
            return
        current = self.currentWidget()
        last = current.focusWidget() if current is not None else None
        if last is not None:
            last.setFocus()
