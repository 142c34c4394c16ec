"""The place of the customers: the list, and in front of it the form one has opened."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from ui.customers.form_page import CustomerPage
from ui.customers.list_page import CustomersPage
from ui.session import Session
from ui.widgets.strips import Toasts


class CustomersPlace(QStackedWidget):
    """`quotation_wanted` carries the id of the customer a new quotation is for, `quotation_chosen` that of a
    stored one.
    """

    quotation_wanted = Signal(str)
    quotation_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self.list = CustomersPage(session)
        self.form: CustomerPage | None = None
        self.addWidget(self.list)
        self.list.customer_chosen.connect(self.open_customer)
        self.list.new_wanted.connect(self.open_new)
        self.list.quotation_wanted.connect(self.quotation_wanted)

    def _form(self) -> CustomerPage:
        if self.form is None:
            self.form = CustomerPage(self._session, self._toasts)
            self.form.left.connect(self.show_list)
            self.form.customer_chosen.connect(self.open_customer)
            self.form.quotation_wanted.connect(self.quotation_wanted)
            self.form.quotation_chosen.connect(self.quotation_chosen)
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
