"""Further people to speak to, and further places of a customer."""

from __future__ import annotations

from app.contract.customer import CustomerContact, CustomerSite
from app.postal import Address, normalized
from app.words import _, pgettext
from ui.customers.lookups import read_address, shown_code
from ui.customers.repeated import RepeatedRow, RepeatedRows
from ui.session import Session
from ui.widgets.choices import Choice
from ui.widgets.entries import KanaField, TextField
from ui.widgets.field import Field
from ui.widgets.form import shares


class ContactRow(RepeatedRow):
    """One person."""

    def __init__(self, contact: CustomerContact | None) -> None:
        super().__init__(_("連絡先"))
        known = contact or CustomerContact()
        self.name = TextField(_("例：西田 明子"))
        self.kana = KanaField()
        self.kana.follow(self.name)
        self.entries = {
            "name": self.name,
            "kana": self.kana,
            "department": TextField(),
            "role": TextField(),
            "phone": TextField(),
            "email": TextField(),
        }
        labels = {
            "name": _("お名前"),
            "kana": _("フリガナ"),
            "department": _("部署"),
            "role": _("役職"),
            "phone": _("電話番号"),
            "email": _("メールアドレス"),
        }
        for name, entry in self.entries.items():
            entry.set_text(getattr(known, name))
            entry.edited.connect(self._on_edited)
            entry.finished.connect(self.left)
            self.fields[name] = Field(labels[name], entry)
        fields = self.fields
        self.lines.addLayout(
            shares((fields["name"], 3), (fields["kana"], 3), (fields["department"], 2), (fields["role"], 2))
        )
        self.lines.addLayout(shares((fields["phone"], 2), (fields["email"], 3), (self.buttons(), 0)))

    def current(self) -> CustomerContact:
        return CustomerContact(**{name: entry.text() for name, entry in self.entries.items()})


class ContactsPart(RepeatedRows[CustomerContact]):
    """Further people."""

    def __init__(self) -> None:
        super().__init__(_("連絡先を追加"), "user-plus")

    def make_row(self, record: CustomerContact | None) -> ContactRow:
        return ContactRow(record)


class SiteRow(RepeatedRow):
    """One place. Its address comes from the postal code; its area from the address unless chosen."""

    def __init__(self, session: Session, site: CustomerSite | None) -> None:
        super().__init__(_("拠点"))
        self._session = session
        known = site or CustomerSite()
        self.name = TextField(_("例：堺営業所"))
        self.postal = TextField(_("例：577-0054"), ems=9.5)
        self.address = TextField(_("郵便番号から入ります"))
        self.phone = TextField()
        self.area = Choice(
            [
                ("", _("住所から判断")),
                ("west", pgettext("area", "西日本")),
                ("east", pgettext("area", "東日本")),
            ],
            known.area,
        )
        for entry, text in (
            (self.name, known.name),
            (self.postal, shown_code(known.postal_code)),
            (self.address, known.address),
            (self.phone, known.phone),
        ):
            entry.set_text(text)
            entry.edited.connect(self._on_edited)
            entry.finished.connect(self.left)
        self.area.chosen.connect(self._on_edited)
        self.postal.edited.connect(self._on_postal)
        self.fields = {
            "name": Field(_("名称"), self.name),
            "postal_code": Field(_("郵便番号"), self.postal),
            "address": Field(_("住所"), self.address),
            "phone": Field(_("電話番号"), self.phone),
            "area": Field(_("エリア"), self.area),
        }
        fields = self.fields
        self.lines.addLayout(shares((fields["name"], 3), (fields["phone"], 2), (fields["area"], 2)))
        self.lines.addLayout(shares((fields["postal_code"], 0), (fields["address"], 1), (self.buttons(), 0)))

    def current(self) -> CustomerSite:
        return CustomerSite(
            name=self.name.text(),
            postal_code=normalized(self.postal.text()) or self.postal.text(),
            address=self.address.text(),
            phone=self.phone.text(),
            area=self.area.value() or "",
        )

    def _on_postal(self, text: str) -> None:
        digits = normalized(text)
        if digits:
            self._session.hub.look(read_address, digits, done=self._on_address, owner=self)

    def _on_address(self, found: Address | None) -> None:
        if found is not None and not self.address.text():
            self.address.set_text("".join(found))
            self.edited.emit()


class SitesPart(RepeatedRows[CustomerSite]):
    """Further places."""

    def __init__(self, session: Session) -> None:
        super().__init__(_("拠点を追加"), "map-pin")
        self._session = session

    def make_row(self, record: CustomerSite | None) -> SiteRow:
        return SiteRow(self._session, record)
