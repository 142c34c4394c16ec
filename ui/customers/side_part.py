"""What belongs to a customer, beside their form or in turn with it: contracts, quotations, notes, scans,
history.
"""

from __future__ import annotations

from typing import cast

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
from ui.widgets.later import Later
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
        self._session, self._toasts = session, toasts
        self._customer = ""
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
        self._pages = Later(
            self,
            {
                "quotations": self._make_quotations,
                "contracts": self._make_contracts,
                "visits": self._make_visits,
                "papers": self._make_papers,
                "notes": self._make_notes,
                "files": self._make_files,
                "history": self._make_history,
            },
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)  # beside the line at its edge
        outer.setSpacing(0)
        outer.addWidget(holding(bar, "panel", "bottom"))
        outer.addWidget(body, 1)
        self._body = body
        self._folded = False
        self._value = "quotations"
        self.tabs.set_shown(FORM, shown=False)
        self.tabs.chosen.connect(self._on_tab)
        self.quotations = self._pages.take("quotations")

    # --- the tabs: the one that shows at once, the others each in a turn of its own ---

    def _make_quotations(self) -> CustomerQuotations:
        made = CustomerQuotations(self._session)
        self._stack.addWidget(made)
        made.quotation_chosen.connect(self.quotation_chosen)
        made.new_wanted.connect(self.quotation_wanted)
        made.model.found.connect(self._on_quotations)
        return made

    def _make_contracts(self) -> CustomerContracts:
        made = CustomerContracts(self._session)
        self._stack.addWidget(made)
        made.contract_chosen.connect(self.contract_chosen)
        made.counted.connect(self._on_contracts)
        made.new_wanted.connect(self.contract_wanted)
        if self._customer:
            made.show_customer(self._customer)
        return made

    def _make_visits(self) -> VisitsTab:
        made = VisitsTab(self._session)
        self._stack.addWidget(made)
        made.visit_chosen.connect(self.visit_chosen)
        made.visit_wanted.connect(self._on_visit_wanted)
        made.counted.connect(self._on_visits)
        if self._customer:
            made.show_customer(self._customer)
        return made

    def _make_papers(self) -> PapersTab:
        made = PapersTab(self._session)
        self._stack.addWidget(made)
        made.counted.connect(self._on_papers)
        if self._customer:
            made.show_customer(self._customer)
        return made

    def _make_notes(self) -> NotesTab:
        made = NotesTab(self._session, self._toasts)
        self._stack.addWidget(made)
        made.counted.connect(self._on_notes)
        if self._customer:
            made.show_subject("customer", self._customer)
        return made

    def _make_files(self) -> AttachmentsTab:
        made = AttachmentsTab(self._session, self._toasts)
        self._stack.addWidget(made)
        made.counted.connect(self._on_files)
        if self._customer:
            made.show_subject("customer", self._customer)
        return made

    def _make_history(self) -> CustomerHistory:
        made = CustomerHistory()
        self._stack.addWidget(made)
        made.undo_wanted.connect(self.undo_wanted)
        return made

    @property
    def contracts(self) -> CustomerContracts:
        """The contracts of the customer."""
        return cast("CustomerContracts", self._pages.take("contracts"))

    @property
    def visits(self) -> VisitsTab:
        """Their visits."""
        return cast("VisitsTab", self._pages.take("visits"))

    @property
    def papers(self) -> PapersTab:
        """The papers issued to them."""
        return cast("PapersTab", self._pages.take("papers"))

    @property
    def notes(self) -> NotesTab:
        """What was noted about them."""
        return cast("NotesTab", self._pages.take("notes"))

    @property
    def files(self) -> AttachmentsTab:
        """What was scanned for them."""
        return cast("AttachmentsTab", self._pages.take("files"))

    @property
    def history(self) -> CustomerHistory:
        """What happened to them."""
        return cast("CustomerHistory", self._pages.take("history"))

    def show_customer(self, customer_id: str) -> None:
        """All that belongs to a stored customer."""
        self._customer = customer_id
        self.quotations.show_customer(customer_id)
        for name in ("visits", "papers", "contracts"):
            if self._pages.has(name):
                self._pages.take(name).show_customer(customer_id)
        for name in ("notes", "files"):
            if self._pages.has(name):
                self._pages.take(name).show_subject("customer", customer_id)

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
            self._stack.setCurrentWidget(self._pages.take(name))
        self._body.setVisible(name != FORM)
        self.form_shown.emit(not self._folded or name == FORM)

    @property
    def unsaved(self) -> bool:
        """Whether a note is written here that is not stored."""
        return self._pages.has("notes") and self.notes.unsaved

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
