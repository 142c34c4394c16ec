"""The place of the customers: the list, and in front of it the form one has opened, or a merge."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.contract.customer import Customer, Merge
from app.words import _
from ui.customers.form_page import CustomerPage
from ui.customers.list_page import CustomersPage
from ui.customers.merge_page import MergePage
from ui.operations.customers import undo_merge
from ui.session import Session
from ui.widgets.strips import Toasts


class CustomersPlace(QStackedWidget):
    """`quotation_wanted` and `contract_wanted` carry the id of the customer a new one is for;
    `quotation_chosen` and `contract_chosen` that of a stored one, as `visit_wanted` and `visit_chosen`.
    """

    quotation_wanted = Signal(str)
    quotation_chosen = Signal(str)
    contract_wanted = Signal(str)
    contract_chosen = Signal(str)
    visit_chosen = Signal(str)
    visit_wanted = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self._merged: Merge | None = None
        self.list = CustomersPage(session)
        self.form: CustomerPage | None = None
        self.merge: MergePage | None = None
        self.addWidget(self.list)
        self.list.customer_chosen.connect(self.open_customer)
        self.list.new_wanted.connect(self.open_new)
        self.list.quotation_wanted.connect(self.quotation_wanted)
        self.list.contract_wanted.connect(self.contract_wanted)
        self.list.merge_wanted.connect(self.open_merge)

    def _form(self) -> CustomerPage:
        if self.form is None:
            self.form = CustomerPage(self._session, self._toasts)
            self.form.left.connect(self.show_list)
            self.form.customer_chosen.connect(self.open_customer)
            self.form.quotation_wanted.connect(self.quotation_wanted)
            self.form.quotation_chosen.connect(self.quotation_chosen)
            self.form.contract_wanted.connect(self.contract_wanted)
            self.form.side.visit_chosen.connect(self.visit_chosen)
            self.form.side.visit_wanted.connect(self.visit_wanted)
            self.form.contract_chosen.connect(self.contract_chosen)
            self.form.merge_wanted.connect(self.open_merge)
            self.addWidget(self.form)
        return self.form

    def open_customer(self, customer_id: str) -> None:
        """The form of a stored customer."""
        form = self._form()
        self.setCurrentWidget(form)
        form.open_customer(customer_id)

    def open_new(self) -> None:
        """An empty form."""
        form = self._form()
        self.setCurrentWidget(form)
        form.open_new()

    def open_merge(self, customer_id: str, other: str = "") -> None:
        """Two customers side by side; with other "" the second is looked for there."""
        if self.merge is None:
            self.merge = MergePage(self._session, self._toasts)
            self.merge.left.connect(self.open_customer)
            self.merge.merged.connect(self._on_merged)
            self.addWidget(self.merge)
        self.setCurrentWidget(self.merge)
        self.merge.open_pair(customer_id, other)

    def _on_merged(self, merge: Merge) -> None:
        self._merged = merge
        self.open_customer(merge.kept)
        self._toasts.show_message(_("顧客を統合しました"), _("元に戻す"), self._on_undo)

    def _on_undo(self) -> None:
        if self._merged is not None:
            self._session.hub.run(undo_merge, self._merged, done=self._on_undone, owner=self)

    def _on_undone(self, customer: Customer) -> None:
        self._toasts.show_message(_("統合を取り消しました"))
        self.open_customer(customer.id)

    def show_list(self) -> None:
        """Back to the list."""
        self.setCurrentWidget(self.list)
        self.list.table.setFocus()

    @property
    def unsaved(self) -> bool:
        """Whether the open form holds something that is not stored."""
        return self.form is not None and self.currentWidget() is self.form and self.form.changed

    def arrive(self) -> None:
        """Somebody came here by the rail: the keys work in the list, or where they did before."""
        if self.currentWidget() is self.list:
            self.list.table.setFocus()
            return
        current = self.currentWidget()
        last = current.focusWidget() if current is not None else None
        if last is not None:
            last.setFocus()
