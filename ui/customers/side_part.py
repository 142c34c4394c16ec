"""What belongs to a customer, beside their form or in turn with it: contracts, quotations, notes, scans,
history.
"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QStackedLayout, QVBoxLayout, QWidget

from app.usecases.keep_customer import OpenedCustomer
from app.words import _, pgettext
from ui.contracts.beside.attachments_tab import AttachmentsTab
from ui.contracts.beside.notes_tab import NotesTab
from ui.contracts.visits_tab import VisitsTab
from ui.customers.contracts_part import CustomerContracts
from ui.customers.history_part import CustomerHistory
from ui.customers.quotations_part import CustomerQuotations
from ui.issuing.papers_tab import PapersTab
from ui.session import Session
from ui.theme import theme
from ui.widgets.layout import holding, on_surface, row
from ui.widgets.strips import Toasts
from ui.widgets.tabs import Tabs

FORM = "form"
"""The tab of the form itself."""


class CustomerSide(QFrame):
    """`quotation_chosen` and `contract_chosen` carry an id; `quotation_wanted`, `contract_wanted` ask for a
    new one for this customer, `visit_wanted` with its id; `undo_wanted` carries a Merge. In a narrow window
    (`fold`) its tabs stand above the form, which is then the first of them: `form_shown` tells whether the
    form is to be seen.
    """

    form_shown = Signal(bool)
    quotation_chosen = Signal(str)
    contract_chosen = Signal(str)
    quotation_wanted = Signal()
    contract_wanted = Signal()
    undo_wanted = Signal(object)
    visit_chosen = Signal(str)
    visit_wanted = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        s = theme.size
        self.contracts = CustomerContracts(session)
        self.quotations = CustomerQuotations(session)
        self.visits = VisitsTab(session)
        self.papers = PapersTab(session)
        self._customer = ""
        self.notes = NotesTab(session, toasts)
        self.files = AttachmentsTab(session, toasts)
        self.history = CustomerHistory()
        self._pages: dict[str, QWidget] = {
            "contracts": self.contracts,
            "quotations": self.quotations,
            "visits": self.visits,
            "papers": self.papers,
            "notes": self.notes,
            "files": self.files,
            "history": self.history,
        }
        self.tabs = Tabs(
            [
                (FORM, _("お客さま")),
                ("contracts", pgettext("place", "契約")),
                ("quotations", pgettext("place", "見積")),
                ("visits", pgettext("place", "訪問")),
                ("papers", pgettext("place", "書類")),
                ("notes", _("メモ")),
                ("files", _("添付")),
                ("history", _("履歴")),
            ],
            "quotations",
        )
        bar = row(self.tabs, None)
        bar.setContentsMargins(s.s, 0, s.s, 0)
        body = QWidget()
        self._stack = QStackedLayout(body)
        for page in self._pages.values():
            self._stack.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)  # beside the line at its edge
        outer.setSpacing(0)
        outer.addWidget(holding(bar, "panel", "bottom"))
        outer.addWidget(body, 1)
        self._body = body
        self._folded = False
        self._value = "quotations"
        self.tabs.set_shown(FORM, shown=False)
        self._connect()

    def _connect(self) -> None:
        self.tabs.chosen.connect(self._on_tab)
        self.contracts.contract_chosen.connect(self.contract_chosen)
        self.contracts.counted.connect(self._on_contracts)
        self.contracts.new_wanted.connect(self.contract_wanted)
        self.quotations.quotation_chosen.connect(self.quotation_chosen)
        self.quotations.new_wanted.connect(self.quotation_wanted)
        self.quotations.model.found.connect(self._on_quotations)
        self.visits.visit_chosen.connect(self.visit_chosen)
        self.visits.visit_wanted.connect(self._on_visit_wanted)
        self.visits.counted.connect(self._on_visits)
        self.papers.counted.connect(self._on_papers)
        self.notes.counted.connect(self._on_notes)
        self.files.counted.connect(self._on_files)
        self.history.undo_wanted.connect(self.undo_wanted)

    def show_customer(self, customer_id: str) -> None:
        """All that belongs to a stored customer."""
        self._customer = customer_id
        self.visits.show_customer(customer_id)
        self.papers.show_customer(customer_id)
        self.contracts.show_customer(customer_id)
        self.quotations.show_customer(customer_id)
        self.notes.show_subject("customer", customer_id)
        self.files.show_subject("customer", customer_id)

    def show_history(self, opened: OpenedCustomer, labels: dict[str, str], session: Session) -> None:
        """What happened to the customer, as read now."""
        self.history.show_customer(opened, labels, session.desk.now())

    def go(self, name: str) -> None:
        """Show a tab: contracts, quotations, visits, papers, notes, files, history; `FORM` where it is
        folded.
        """
        self.tabs.set_value(name)
        if name != FORM:
            self._value = name
            self._stack.setCurrentWidget(self._pages[name])
        self._body.setVisible(name != FORM)
        self.form_shown.emit(not self._folded or name == FORM)

    @property
    def unsaved(self) -> bool:
        """Whether a note is written here that is not stored."""
        return self.notes.unsaved

    def begin(self, name: str) -> None:
        """Another customer: the form first where it is folded, the tab beside it."""
        self.go(name)
        self.show_form()

    def show_form(self) -> None:
        """Where the form is folded, it is its turn."""
        if self._folded:
            self.go(FORM)

    def fold(self, *, folded: bool) -> None:
        """Stand above the form and take turns with it, or beside it for good."""
        self._folded = folded
        self.setProperty("edge", "" if folded else "left")
        self.style().unpolish(self)
        self.style().polish(self)
        self.tabs.set_shown(FORM, shown=folded)
        self.go(FORM if folded else self._value)

    def _on_visit_wanted(self) -> None:
        self.visit_wanted.emit(self._customer)

    def _on_visits(self, count: int) -> None:
        self.tabs.set_count("visits", str(count) if count else "")

    def _on_papers(self, count: int) -> None:
        self.tabs.set_count("papers", f"{count:,}" if count else "")

    def _on_tab(self, name: str) -> None:
        self.go(name)

    def _on_contracts(self, count: int) -> None:
        self.tabs.set_count("contracts", f"{count:,}" if count else "")

    def _on_quotations(self, count: int) -> None:
        self.tabs.set_count("quotations", f"{count:,}" if count else "")

    def _on_notes(self, count: int, _open: int) -> None:
        self.tabs.set_count("notes", f"{count:,}" if count else "")

    def _on_files(self, count: int) -> None:
        self.tabs.set_count("files", f"{count:,}" if count else "")
