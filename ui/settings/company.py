"""会社: name, address, registration number, pictures, bank, and what every quotation says."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.days import month_name
from app.papers.issuer import Settings
from app.postal import Address, normalized
from app.words import _, pgettext
from ui.customers.lookups import read_address, shown_code
from ui.session import Session
from ui.settings.image_field import ImageField
from ui.settings.section import SettingsSection
from ui.widgets.choices import Choice, Segments
from ui.widgets.entries import KanaField, TextField
from ui.widgets.field import Field
from ui.widgets.form import Section, form, shares
from ui.widgets.number import NumberStepper

_TEXTS = ("name", "kana", "address", "building", "phone", "fax", "complaints_desk", "payment_terms")
_BANK = ("name", "branch", "number", "holder")


class CompanySection(SettingsSection):
    """`image_chosen` carries the image's name and its bytes or None; `typed` comes with every keystroke."""

    image_chosen = Signal(str, object)
    typed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._filled = ""
        self._make_controls()
        self._make_fields()
        fields = self.fields
        path = "company."
        self.lay_out(
            form(
                Section(
                    _("会社"),
                    shares((fields[path + "name"], 1), (fields[path + "kana"], 1)),
                    shares((fields[path + "registration"], 1), (self._spare(), 1)),
                    shares((fields[path + "postal_code"], 0), (fields[path + "address"], 1)),
                    fields[path + "building"],
                    shares((fields[path + "phone"], 1), (fields[path + "fax"], 1)),
                ),
                Section(_("画像"), shares((fields["logo"], 1), (fields["seal"], 1))),
                Section(
                    _("振込先"),
                    shares((fields["bank.name"], 1), (fields["bank.branch"], 1)),
                    shares((fields["bank.kind"], 0), (fields["bank.number"], 1), (fields["bank.holder"], 2)),
                    shares((fields[path + "due_months"], 0), (fields[path + "payment_terms"], 1)),
                ),
                Section(
                    _("書類"),
                    shares((fields[path + "validity_days"], 0), (fields[path + "era"], 1)),
                    fields[path + "complaints_desk"],
                    shares((fields[path + "fiscal_year_end_month"], 0), (self._spare(), 1)),
                ),
            )
        )
        self._connect()

    @staticmethod
    def _spare() -> QWidget:
        return QWidget()

    def _make_controls(self) -> None:
        self.texts = {name: TextField() for name in _TEXTS if name != "kana"}
        self.texts["kana"] = KanaField()
        self.bank = {name: TextField() for name in _BANK}
        self.registration = TextField(_("例：T9990001000123"))
        self.postal = TextField(_("例：541-0053"), ems=9.5)
        self.bank_kind = Choice([("", "—"), ("ordinary", _("普通")), ("current", _("当座"))], "", ems=7)
        self.due = Choice([(0, _("当月末")), (1, _("翌月末")), (2, _("翌々月末"))], 1, ems=9)
        self.validity = NumberStepper(pgettext("unit", "日"), 1, 365, ems=9)
        self.era = Segments([("western", _("西暦（2026年）")), ("wareki", _("和暦（令和8年）"))], "western")
        self.month = Choice(
            [(month, _("{month}末").format(month=month_name(month))) for month in range(1, 13)], 3, ems=9
        )
        self.logo = ImageField(_("ロゴ"))
        self.seal = ImageField(_("社印"))

    def _make_fields(self) -> None:
        texts = self.texts
        self.fields = {
            "company.name": Field(_("会社名"), texts["name"]),
            "company.kana": Field(_("フリガナ"), texts["kana"]),
            "company.registration": Field(
                _("登録番号"), self.registration, optional=_("（なくても可）"),
            ),
            "company.postal_code": Field(_("郵便番号"), self.postal),
            "company.address": Field(_("住所"), texts["address"]),
            "company.building": Field(_("建物名・階"), texts["building"]),
            "company.phone": Field(_("電話番号"), texts["phone"]),
            "company.fax": Field(_("FAX"), texts["fax"]),
            "logo": Field(_("ロゴ"), self.logo, _("会社名の左に入ります。PNGかJPEG、4MBまで。")),
            "seal": Field(_("社印"), self.seal, _("発行した書類だけに押されます。下書きには入りません。")),
            "bank.name": Field(_("銀行名"), self.bank["name"]),
            "bank.branch": Field(_("支店名"), self.bank["branch"]),
            "bank.kind": Field(_("種別"), self.bank_kind),
            "bank.number": Field(_("口座番号"), self.bank["number"]),
            "bank.holder": Field(_("口座名義"), self.bank["holder"]),
            "company.due_months": Field(_("毎月の請求の支払期日"), self.due),
            "company.payment_terms": Field(_("お支払い条件"), texts["payment_terms"]),
            "company.validity_days": Field(_("見積の有効日数"), self.validity),
            "company.era": Field(_("書類の年"), self.era),
            "company.complaints_desk": Field(
                _("苦情・お問い合わせ窓口"), texts["complaints_desk"], _("名称・電話・受付時間。書類の署名欄の下に入ります。")
            ),
            "company.fiscal_year_end_month": Field(_("決算月"), self.month),
        }  # fmt: skip

    def _connect(self) -> None:
        for entry in (*self.texts.values(), *self.bank.values(), self.registration, self.postal):
            entry.finished.connect(self._on_edited)
            entry.edited.connect(self._on_typed)
        self.postal.edited.connect(self._on_postal)
        for choice in (self.bank_kind, self.due, self.era, self.month):
            choice.chosen.connect(self._on_edited)
        self.validity.edit.editingFinished.connect(self._on_edited)
        self.validity.value_changed.connect(self._on_stepped)
        for name, field in (("logo", self.logo), ("seal", self.seal)):
            field.setObjectName(name)
            field.chosen.connect(self._on_image)
            field.refused.connect(self._on_image_refused)

    # --- showing and collecting ---

    def show_settings(self, settings: Settings) -> None:
        company = settings.company
        for name, entry in self.texts.items():
            entry.set_text(getattr(company, name))
        for name, entry in self.bank.items():
            entry.set_text(getattr(company.bank, name))
        self.registration.set_text(company.registration)
        self.postal.set_text(shown_code(company.postal_code))
        self.bank_kind.set_value(company.bank.kind)
        self.due.set_value(company.due_months)
        self.validity.set_value(company.validity_days)
        self.era.set_value(company.era)
        self.month.set_value(company.fiscal_year_end_month)

    def collect(self, settings: Settings) -> Settings:
        bank = replace(
            settings.company.bank,
            kind=self.bank_kind.value(),
            **{name: entry.text() for name, entry in self.bank.items()},
        )
        days = self.validity.value()
        company = replace(
            settings.company,
            registration=self.registration.text().upper(),
            postal_code=normalized(self.postal.text()) or self.postal.text(),
            bank=bank,
            due_months=self.due.value(),
            validity_days=0 if days is None else days,
            era=self.era.value(),
            fiscal_year_end_month=self.month.value(),
            **{name: entry.text() for name, entry in self.texts.items()},
        )
        return replace(settings, company=company)

    # --- what people do ---

    def _on_typed(self, _text: str) -> None:
        self.typed.emit()

    def _on_stepped(self, value: object) -> None:
        if not self.validity.edit.hasFocus() and value is not None:
            self._on_edited()

    def _on_postal(self, text: str) -> None:
        digits = normalized(text)
        if digits:
            self.session.hub.look(read_address, digits, done=self._on_address, owner=self)

    def _on_address(self, found: Address | None) -> None:
        address = self.texts["address"]
        words = "".join(found) if found is not None else ""
        self.fields["company.postal_code"].set_helper("" if words else _("住所が見つかりません"))
        if words and (not address.text() or address.text() == self._filled):
            self._filled = words
            address.set_text(words)
            self._on_edited()

    def _on_image(self, data: bytes | None) -> None:
        self.image_chosen.emit(self._image_name(), data)
        self.show_doubts()
        self.typed.emit()

    def show_doubts(self) -> None:
        """Say what looks wrong with the pictures that are used."""
        from app.usecases.keep_settings import doubt_of_image

        for name, field in (("logo", self.logo), ("seal", self.seal)):
            self.fields[name].set_doubt(doubt_of_image(name, field.data))

    def _on_image_refused(self, words: str) -> None:
        self.fields[self._image_name()].set_error(words)

    def _image_name(self) -> str:
        sender = self.sender()
        return sender.objectName() if sender is not None else ""
