"""Where the bills of a customer go, and how they are paid."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.customer import CustomerBilling
from app.contract.customer_notice import method_words
from app.postal import Address, normalized
from app.words import _
from ui.customers.lookups import read_address, shown_code
from ui.session import Session
from ui.theme import theme
from ui.widgets.choices import Segments
from ui.widgets.entries import TextField
from ui.widgets.field import Field
from ui.widgets.form import shares


class BillingPart(QWidget):
    """`edited` after every change a person makes."""

    edited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        methods = [(one, method_words(one)) for one in ("invoice", "account-transfer", "phone-bill")]
        self.method = Segments([("", _("未定")), *methods], "")
        self.name = TextField(_("お客さまと同じなら空欄"))
        self.department = TextField()
        self.person = TextField()
        self.postal = TextField(_("例：577-0054"), ems=9.5)
        self.address = TextField(_("お客さまの住所と同じなら空欄"))
        self.fields = {
            "method": Field(_("支払方法"), self.method),
            "name": Field(_("請求先の宛名"), self.name),
            "department": Field(_("部署"), self.department),
            "person": Field(_("ご担当者"), self.person),
            "postal_code": Field(_("郵便番号"), self.postal),
            "address": Field(_("請求書の送り先"), self.address),
        }
        fields = self.fields
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(fields["method"])
        box.addLayout(shares((fields["name"], 2), (fields["department"], 1), (fields["person"], 1)))
        box.addLayout(shares((fields["postal_code"], 0), (fields["address"], 1)))
        self.method.chosen.connect(self._on_edited)
        for entry in (self.name, self.department, self.person, self.postal, self.address):
            entry.edited.connect(self._on_edited)
        self.postal.edited.connect(self._on_postal)

    def show_billing(self, billing: CustomerBilling) -> None:
        """Show what is stored."""
        self.method.set_value(billing.method)
        self.name.set_text(billing.name)
        self.department.set_text(billing.department)
        self.person.set_text(billing.person)
        self.postal.set_text(shown_code(billing.postal_code))
        self.address.set_text(billing.address)

    def current(self) -> CustomerBilling:
        """What stands there."""
        return CustomerBilling(
            name=self.name.text(),
            department=self.department.text(),
            person=self.person.text(),
            postal_code=normalized(self.postal.text()) or self.postal.text(),
            address=self.address.text(),
            method=self.method.value() or "",
        )

    def _on_edited(self, _value: object = "") -> None:
        self.edited.emit()

    def _on_postal(self, text: str) -> None:
        digits = normalized(text)
        if digits:
            self._session.hub.look(read_address, digits, done=self._on_address, owner=self)

    def _on_address(self, found: Address | None) -> None:
        if found is not None and not self.address.text():
            self.address.set_text("".join(found))
            self.edited.emit()
