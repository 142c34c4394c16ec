"""The place of the papers: the list, and in front of it a paper, verification, what waits for approval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.papers.list_page import PapersPage
from ui.session import Session
from ui.widgets.strips import Toasts

if TYPE_CHECKING:
    from app.papers.archived import PaperQuery
    from ui.papers.approvals_page import ApprovalsPage
    from ui.papers.paper_page import PaperPage
    from ui.papers.verify_page import VerifyPage


class PapersPlace(QStackedWidget):
    """The chosen signals carry ids of what a paper was made from."""

    contract_chosen = Signal(str)
    quotation_chosen = Signal(str)
    visit_chosen = Signal(str)
    customer_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session, self._toasts = session, toasts
        self.list = PapersPage(session)
        self.paper: PaperPage | None = None
        self.verify: VerifyPage | None = None
        self.approvals: ApprovalsPage | None = None
        self._before: QWidget = self.list
        self.addWidget(self.list)
        self.list.paper_chosen.connect(self.open_paper)
        self.list.verify_wanted.connect(self.open_verify)
        self.list.approvals_wanted.connect(self.open_approvals)
        self.list.export_wanted.connect(self._on_export)

    def open_paper(self, paper_id: str) -> None:
        """An issued paper."""
        if self.paper is None:
            from ui.papers.paper_page import PaperPage

            self.paper = PaperPage(self._session, self._toasts)
            self.paper.back_wanted.connect(self.show_before)
            self.paper.subject_wanted.connect(self._on_subject)
            self.addWidget(self.paper)
        here = self.currentWidget()
        self._before = self.verify if self.verify is not None and here is self.verify else self.list
        self.setCurrentWidget(self.paper)
        self.paper.open_paper(paper_id)
        self.paper.back.setFocus()

    def open_verify(self) -> None:
        """The verification of all papers."""
        if self.verify is None:
            from ui.papers.verify_page import VerifyPage

            self.verify = VerifyPage(self._session)
            self.verify.back_wanted.connect(self.show_list)
            self.verify.paper_chosen.connect(self.open_paper)
            self.addWidget(self.verify)
        self.setCurrentWidget(self.verify)
        self.verify.start_button.setFocus()

    def open_approvals(self) -> None:
        """What waits for approval."""
        if self.approvals is None:
            from ui.papers.approvals_page import ApprovalsPage

            self.approvals = ApprovalsPage(self._session, self._toasts)
            self.approvals.back_wanted.connect(self.show_list)
            self.addWidget(self.approvals)
        self.setCurrentWidget(self.approvals)
        self.approvals.arrive()
        self.approvals.list.setFocus()

    def show_customer(self, customer_id: str, name: str) -> None:
        """The list, narrowed to one customer."""
        self.show_list()
        self.list.show_customer(customer_id, name)

    def show_list(self) -> None:
        """Back to the list."""
        self.setCurrentWidget(self.list)
        self.list.table.setFocus()

    def show_before(self) -> None:
        """Back to where a paper was opened from."""
        if self._before is self.list:
            self.show_list()
        else:
            self.setCurrentWidget(self._before)
            self._before.setFocus()

    def _on_export(self, query: PaperQuery) -> None:
        from ui.papers.export_dialog import ExportDialog

        ExportDialog.ask(self, self._session, query)

    def _on_subject(self, kind: str, subject_id: str) -> None:
        signals = {
            "contract": self.contract_chosen,
            "quotation": self.quotation_chosen,
            "visit": self.visit_chosen,
            "customer": self.customer_chosen,
        }
        signals[kind].emit(subject_id)

    # --- the place itself -----------------------------------------------------------------------------

    @property
    def unsaved(self) -> bool:
        """Nothing is typed here that could be lost."""
        return False

    def arrive(self) -> None:
        """Somebody came here by the rail: the keys work in the list, or where they did before."""
        if self.currentWidget() is self.list:
            self.list.table.setFocus()
            return
        current = self.currentWidget()
        last = current.focusWidget() if current is not None else None
        if last is not None:
            last.setFocus()
