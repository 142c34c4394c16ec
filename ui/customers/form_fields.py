"""The form of one customer: every field with its label, the address from the postal code, what looks like a
slip.
"""

from __future__ import annotations

from typing import cast

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.corporate_number import normalized as number_digits
from app.contract.corporate_number import problem_of
from app.contract.corporate_number import written as number_words
from app.contract.customer import CustomerDetails, CustomerFields, CustomerKind
from app.contract.customer_doubts import customer_doubts, detail_doubts
from app.contract.phones import written
from app.postal import Address, normalized
from app.words import _
from ui.customers.billing_part import BillingPart
from ui.customers.contacts_part import ContactsPart, SitesPart
from ui.customers.list_page import kind_words
from ui.customers.lookups import read_address, shown_code
from ui.quotes.customer_form import split_prefecture
from ui.session import Session
from ui.widgets.choices import Segments
from ui.widgets.entries import KanaField, TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.form import Section, form, shares


class CustomerForm(QWidget):
    """`edited` after every change a person makes. `double`, given by the page, stands below the name."""

    edited = Signal()

    def __init__(self, session: Session, double: QWidget) -> None:
        super().__init__()
        self._session = session
        self._details = CustomerDetails()
        self._filled = ""  # the address that came from the postal code and may be replaced by another
        kinds: tuple[CustomerKind, ...] = ("corporation", "sole-trader", "organisation")
        self.kind = Segments([(kind, kind_words(kind)) for kind in kinds], "corporation")
        self.name = TextField(_("例：髙橋精工株式会社"))
        self.kana = KanaField(_("例：タカハシセイコウ"))
        self.number = TextField(_("13桁"), ems=13)
        self.postal = TextField(_("例：577-0054"), ems=9.5)
        self.address = TextField(_("郵便番号から入ります"))
        self.building = TextField()
        self.department = TextField(_("例：総務部"))
        self.person = TextField(_("例：髙橋 恵子"))
        self.phone = TextField(_("例：06-0000-0148"))
        self.email = TextField()
        self.note = TextArea(_("応対で気を付けることなど。書類には印刷されません。"))
        self.contacts = ContactsPart()
        self.sites = SitesPart(session)
        self.billing = BillingPart(session)
        self.own_fields = {
            "kind": Field(_("区分"), self.kind),
            "name": Field(_("お名前"), self.name),
            "kana": Field(_("フリガナ"), self.kana),
            "corporate_number": Field(_("法人番号"), self.number),
            "postal_code": Field(_("郵便番号"), self.postal),
            "address": Field(_("住所"), self.address),
            "building": Field(_("建物名・階"), self.building),
            "department": Field(_("部署"), self.department),
            "person": Field(_("ご担当者"), self.person),
            "phone": Field(_("電話番号"), self.phone),
            "email": Field(_("メールアドレス"), self.email),
            "note": Field(_("メモ"), self.note),
        }
        self._lay_out(double)
        self._connect()

    def _lay_out(self, double: QWidget) -> None:
        fields = self.own_fields
        body = form(
            Section(
                _("お客さま"),
                shares((fields["kind"], 1), (fields["corporate_number"], 0)),
                shares((fields["name"], 3), (fields["kana"], 2)),
                double,
            ),
            Section(
                _("住所"), shares((fields["postal_code"], 0), (fields["address"], 1)), fields["building"]
            ),
            Section(
                _("連絡先"),
                shares((fields["department"], 1), (fields["person"], 1)),
                shares((fields["phone"], 1), (fields["email"], 1)),
            ),
            Section(_("メモ"), fields["note"]),
            Section(_("ほかの連絡先"), self.contacts),
            Section(_("拠点"), self.sites),
            Section(_("請求・支払"), self.billing),
        )
        fields["note"].set_label_shown(False)  # the section says it
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(body)

    def _connect(self) -> None:
        self.kana.follow(self.name)
        self.kind.chosen.connect(self._on_kind)
        for entry in (
            self.name, self.kana, self.number, self.address, self.building, self.department, self.person,
            self.phone, self.email, self.note,
        ):  # fmt: skip
            entry.edited.connect(self._on_edited)
        for part in (self.contacts, self.sites, self.billing):
            part.edited.connect(self._on_edited)
        for rows in (self.contacts, self.sites):
            rows.left.connect(self.show_doubts)
        self.postal.edited.connect(self._on_postal)
        for entry in (self.kana, self.email):
            entry.finished.connect(self.show_doubts)
        self.phone.finished.connect(self._on_phone_left)
        self.number.finished.connect(self._on_number_left)

    # --- showing ----------------------------------------------------------------------------------

    @property
    def fields(self) -> dict[str, Field]:
        """All fields by the path errors name them with."""
        own = dict(self.own_fields)
        own["details.corporate_number"] = own.pop("corporate_number")
        billing = {f"details.billing.{name}": field for name, field in self.billing.fields.items()}
        return {**own, **self.contacts.fields("contacts"), **self.sites.fields("sites"), **billing}

    def labels(self) -> dict[str, str]:
        """The words for each part of the record, as the form has them."""
        known = {name: field.label.words() for name, field in self.own_fields.items()}
        return {
            **known,
            "prefecture": known["address"],
            "contacts": _("ほかの連絡先"),
            "sites": _("拠点"),
            "billing": _("請求・支払"),
        }

    def show_customer(self, fields: CustomerFields, details: CustomerDetails) -> None:
        """Show what is stored; nothing is wrong yet."""
        self._filled, self._details = "", details
        self.kind.set_value(fields.kind)
        self.name.set_text(fields.name)
        self.kana.set_text(fields.kana)
        self.number.set_text(number_words(details.corporate_number))
        self.postal.set_text(shown_code(fields.postal_code))
        self.address.set_text(fields.prefecture + fields.address)
        self.building.set_text(fields.building)
        self.department.set_text(fields.department)
        self.person.set_text(fields.person)
        self.phone.set_text(fields.phone)
        self.email.set_text(fields.email)
        self.note.set_text(fields.note)
        self.contacts.show_records(details.contacts)
        self.sites.show_records(details.sites)
        self.billing.show_billing(details.billing)
        for field in self.fields.values():
            field.set_error("")
        self.own_fields["postal_code"].set_helper("")
        self._show_number()
        self.show_doubts()

    def current(self) -> CustomerFields:
        """The fields as they stand in the form."""
        prefecture, address = split_prefecture(self.address.text())
        return CustomerFields(
            kind=cast("CustomerKind", self.kind.value()),
            name=self.name.text(),
            kana=self.kana.text(),
            postal_code=normalized(self.postal.text()) or self.postal.text(),
            prefecture=prefecture,
            address=address,
            building=self.building.text(),
            department=self.department.text(),
            person=self.person.text(),
            phone=self.phone.text(),
            email=self.email.text(),
            note=self.note.text(),
        )

    def details(self) -> CustomerDetails:
        """What stands in the form beyond the fields; notices and changes as they were read."""
        return replace(
            self._details,
            corporate_number=number_digits(self.number.text()),
            contacts=self.contacts.current(),
            sites=self.sites.current(),
            billing=self.billing.current(),
        )

    # --- editing ----------------------------------------------------------------------------------

    def _on_edited(self, _value: object = "") -> None:
        self.edited.emit()

    def _on_kind(self, _kind: object) -> None:
        self._show_number()
        self.edited.emit()

    def _show_number(self) -> None:
        """People have no corporate number; one that stands there stays to be seen."""
        wanted = self.kind.value() != "sole-trader" or bool(self.number.text())
        self.own_fields["corporate_number"].setVisible(wanted)

    def _on_number_left(self) -> None:
        wrong = problem_of(self.number.text())
        self.own_fields["corporate_number"].set_doubt(wrong)
        if not wrong:
            self.number.set_text(number_words(number_digits(self.number.text())))

    def _on_phone_left(self) -> None:
        text = written(self.phone.text())
        if text != self.phone.text():
            self.phone.set_text(text)
            self.edited.emit()
        self.show_doubts()

    def show_doubts(self) -> None:
        """What looks like a slip, below the fields; nothing is refused for it."""
        doubts = customer_doubts(self.current())
        for name in ("kana", "phone", "email"):
            self.own_fields[name].set_doubt(doubts.get(name, ""))
        below = detail_doubts(self.details())
        for part, name in ((self.contacts, "contacts"), (self.sites, "sites")):
            for path, field in part.fields(name).items():
                field.set_doubt(below.get(path.removeprefix("details."), ""))

    def _on_postal(self, text: str) -> None:
        self.edited.emit()
        self.own_fields["postal_code"].set_error("")
        self.own_fields["postal_code"].set_helper("")
        digits = normalized(text)
        if digits:
            self._session.hub.look(read_address, digits, done=self._on_address, owner=self)

    def _on_address(self, found: Address | None) -> None:
        if found is None:
            self.own_fields["postal_code"].set_helper(_("住所が見つかりません"))
            return
        words = "".join(found)
        if not self.address.text() or self.address.text() == self._filled:
            self._filled = words
            self.address.set_text(words)
            self.edited.emit()
        elif not self.address.text().startswith(words):
            self.own_fields["postal_code"].set_helper(words)
