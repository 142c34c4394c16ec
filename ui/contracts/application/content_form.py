"""What the customer applies for: one form for a new contract, for the tab and for the side panel."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.customer import CustomerFields, charged_as
from app.contract.facts import AgreedUnitPrice, Area
from app.contract.record import ContractContent, ContractSite
from app.quote.area import area_of
from app.quote.content import AgreedPrice, ServiceEntry, Site
from app.tariff.model import Edition
from app.words import _
from ui.quotes.agreed_prices import AgreedPrices
from ui.quotes.form_rows import ErrorLine, LinkButton, RowField
from ui.quotes.item_rows import ItemRows
from ui.quotes.problem_board import ProblemBoard
from ui.quotes.reading_fields import day_problem, show_day
from ui.quotes.service_card import line_words
from ui.quotes.site_part import SitePart
from ui.quotes.tariff_forms import form_edition
from ui.session import Session
from ui.theme import theme
from ui.widgets.choices import Choice, Segments, Switch
from ui.widgets.dates import DateField
from ui.widgets.entries import TextArea, TextField
from ui.widgets.field import Field
from ui.widgets.form import shares
from ui.widgets.text import Label


class ContentForm(QWidget):
    """Shows a ContractContent and tells every change by ``changed``. The service itself stays."""

    changed = Signal(object)  # ContractContent
    rebuilt = Signal()  # other fields than before: Tab is to be put in order

    def __init__(self, session: Session, board: ProblemBoard) -> None:
        super().__init__()
        self._session, self.board = session, board
        self._content = ContractContent(service="")
        self._customer = CustomerFields()
        self._built: tuple[str, date | None] | None = None
        self._items: ItemRows | None = None
        self._agreed: AgreedPrices | None = None
        wareki = session.settings.company.era == "wareki"
        self._applied = DateField(session.today, wareki=wareki)
        self._wished = DateField(session.today, wareki=wareki, placeholder=_("例：12/10"))
        self._line = Segments()
        self._number = TextField(_("例：CAF0123456789"))
        self._holder = TextField(_("申込者と同じなら空欄"))
        self._site = SitePart(_("設置場所"), "site", board)
        self._person, self._phone, self._email = TextField(), TextField(_("例：06-0000-0148")), TextField()
        self._method = Choice(
            [
                ("", _("決めていません")),
                ("invoice", _("請求書")),
                ("account-transfer", _("口座振替")),
                ("phone-bill", _("電話料金合算")),
            ]
        )
        self._bill_name = TextField(_("契約者と同じなら空欄"))
        self._bill_address = TextField(_("契約者の住所と同じなら空欄"))
        self._promotion, self._used = Switch(name=_("無料期間を希望")), Switch(name=_("前に適用を受けた"))
        self._remarks = TextArea()
        self._fields = self._make_fields()
        self._build()
        self._connect()

    def _make_fields(self) -> dict[str, Field]:
        fields = {
            "application.wished_start": Field(_("利用開始希望日"), self._wished),
            "application.applied_on": Field(_("申込日"), self._applied),
            "line": Field(_("契約回線"), self._line),
            "line_number": Field(_("回線番号"), self._number),
            "line_holder": Field(_("回線の契約者"), self._holder),
            "contact.name": Field(_("連絡先の担当者"), self._person),
            "contact.phone": Field(_("電話番号"), self._phone),
            "contact.email": Field(_("メールアドレス"), self._email),
            "billing.method": Field(_("支払方法"), self._method),
            "billing.name": Field(_("請求書の宛名"), self._bill_name),
            "billing.address": Field(_("請求書の送付先"), self._bill_address),
            "remarks": Field(_("備考"), self._remarks, optional=_("（なくても可）")),
        }
        for path, field in fields.items():
            self.board.add(path, field)
        return fields

    def _build(self) -> None:
        f = self._fields
        self._first_error = ErrorLine(self)
        self._items_box, self._agreed_box = QVBoxLayout(), QVBoxLayout()
        self._single_row = shares((f["application.wished_start"], 7))
        self._special = LinkButton(_("別段の合意（特別価格）を加える"), "badge-percent")
        self._promotion_row = RowField(_("附則の無料期間を希望する"), self._promotion)
        self._used_row = RowField(_("前に適用を受けたことがある"), self._used)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.m)
        box.addWidget(Label(_("お申込みの内容"), "heading"))
        for part in (
            self._single_row, self._first_error, self._items_box, self._agreed_box, self._special,
            self._promotion_row, self._used_row,
            Label(_("回線と設置場所"), "heading"),
            f["line"], shares((f["line_number"], 1), (f["line_holder"], 1)), self._site,
            Label(_("連絡先"), "heading"),
            shares((f["contact.name"], 1), (f["contact.phone"], 1)), f["contact.email"],
            Label(_("請求"), "heading"),
            shares((f["billing.method"], 1), (f["billing.name"], 1)), f["billing.address"],
            shares((f["application.applied_on"], 1)), f["remarks"],
        ):  # fmt: skip
            if isinstance(part, QWidget):
                box.addWidget(part)
            else:
                box.addLayout(part)

    def _connect(self) -> None:
        self._wished.day_changed.connect(self._on_wished)
        self._applied.day_changed.connect(self._on_applied)
        for path, control in (
            ("application.wished_start", self._wished),
            ("application.applied_on", self._applied),
        ):
            control.setProperty("content_path", path)
            control.edit.textEdited.connect(self._on_day_typed)
        self._line.chosen.connect(self._on_line)
        for path, entry in self._texts().items():
            entry.setProperty("content_path", path)
            entry.edited.connect(self._on_text)
        self._method.chosen.connect(self._on_method)
        self._site.changed.connect(self._on_site)
        self._special.clicked.connect(self._on_special)
        self._promotion.toggled.connect(self._on_promotion)
        self._used.toggled.connect(self._on_used)

    def _texts(self) -> dict[str, TextField | TextArea]:
        return {
            "line_number": self._number,
            "line_holder": self._holder,
            "contact.name": self._person,
            "contact.phone": self._phone,
            "contact.email": self._email,
            "billing.name": self._bill_name,
            "billing.address": self._bill_address,
            "remarks": self._remarks,
        }

    # --- showing ----------------------------------------------------------------------------------

    @property
    def content(self) -> ContractContent:
        """What stands in the fields."""
        return self._content

    def show_content(self, content: ContractContent, customer: CustomerFields) -> None:
        """Show what is typed; what stands in a field already is left alone."""
        self._content, self._customer = content, customer
        applied = content.application
        edition = form_edition(
            self._session.catalogue, content.service, applied.wished_start or self._session.today
        )
        if edition is not None:
            self._rebuild_for(content.service, edition)
        if self._items is not None:
            self._items.show_entry(
                ServiceEntry(service=content.service, items=applied.items, options=applied.options), None
            )
        if self._agreed is not None:
            self._agreed.show_prices(tuple(_shown(one) for one in content.agreed))
        show_day(self._wished, applied.wished_start)
        show_day(self._applied, applied.applied_on)
        self._line.set_value(content.line)
        for path, entry in self._texts().items():
            entry.set_text(_at(content, path))
        self._method.set_value(content.billing.method)
        self._fields["line_holder"].setVisible(content.line != "other")
        self._site.show_site(self._typed_site(), customer, area_of)
        self._show_promotion(edition)

    def _typed_site(self) -> Site:
        site = self._content.site
        plain = Site(name=site.name, postal_code=site.postal_code, address=site.address)
        said = "" if area_of(plain, self._customer) == site.area else site.area
        return replace(plain, area=said)

    def _show_promotion(self, edition: Edition | None) -> None:
        from app.contract.application import applies

        applied = self._content.application
        on = applied.applied_on or self._session.today
        rule = edition.promotion if edition is not None else None
        offered = rule is not None and applies(rule, on, used_before=False)
        self._promotion_row.setVisible(offered or applied.promotion)
        self._used_row.setVisible(applied.promotion)
        for switch, wanted in (
            (self._promotion, applied.promotion),
            (self._used, applied.used_promotion_before),
        ):
            if switch.isChecked() != wanted:
                switch.setChecked(wanted)

    def _rebuild_for(self, service: str, edition: Edition) -> None:
        """Quantities and options of a price list; nothing happens while it is the same one."""
        if self._built == (service, edition.start):
            return
        self._built = (service, edition.start)
        for part in ("items", "options", "agreed"):
            self.board.forget_under(f"application.{part}")
        for gone in (self._items.single if self._items is not None else None, self._items, self._agreed):
            if gone is not None:
                gone.hide()
                gone.setParent(None)
                gone.deleteLater()
        self._items = ItemRows(edition, "application", self.board, self._first_error)
        self._items.item_changed.connect(self._on_item)
        self._items.option_changed.connect(self._on_option)
        if self._items.single is not None:
            self._single_row.insertWidget(0, self._items.single, 5)
        self._items_box.addWidget(self._items)
        self._agreed = AgreedPrices(edition, "agreed", self.board)
        self._agreed.changed.connect(self._on_agreed)
        self._agreed_box.addWidget(self._agreed)
        lines = line_words()
        known = self._session.catalogue.service(service).lines
        self._line.set_options([(line, lines[line]) for line in known or ("flets", "collab", "other")])
        self._fields["line"].setVisible(len(known) != 1)
        self.rebuilt.emit()

    def set_locked(self, *, applied: bool, begun: bool) -> None:
        """What lies with the provider can't change (``applied``); how one pays is an action of its own once
        the service began. Line number, place, contact and where bills go can always be put right.
        """
        for part in (
            self._items,
            self._items.single if self._items is not None else None,
            self._agreed,
            self._special,
            self._wished,
            self._applied,
            self._line,
            self._promotion_row,
            self._used_row,
        ):
            if part is not None:
                part.setEnabled(not applied)
        self._method.setEnabled(not begun)
        self._fields["billing.method"].set_helper(_("「請求・支払方法」で変えます") if begun else "")

    def start(self) -> None:
        """Put the focus where typing begins."""
        first = self._items.first_control if self._items is not None else None
        (first or self._wished).setFocus()

    # --- editing ----------------------------------------------------------------------------------

    def _put(self, content: ContractContent) -> None:
        if content != self._content:
            self.show_content(content, self._customer)
            self.changed.emit(content)

    def _put_application(self, **changes: object) -> None:
        self._put(replace(self._content, application=replace(self._content.application, **changes)))

    def _on_item(self, code: str, quantity: int | None) -> None:
        items = {key: value for key, value in self._content.application.items.items() if key != code}
        self._put_application(items=items | ({code: quantity} if quantity is not None else {}))

    def _on_option(self, code: str, value: bool | int) -> None:
        self._put_application(options=self._content.application.options | {code: value})

    def _on_wished(self, day: date | None) -> None:
        self._put_application(wished_start=day)

    def _on_applied(self, day: date | None) -> None:
        self._put_application(applied_on=day)

    def _on_day_typed(self, _text: str) -> None:
        for control in (self._wished, self._applied):
            path = str(control.property("content_path"))
            self.board.set_unreadable(path, day_problem(control, path))

    def _on_line(self, line: str) -> None:
        self._put(replace(self._content, line=line))

    def _on_text(self, _text: str) -> None:
        content = self._content
        for path, entry in self._texts().items():
            content = _with(content, path, entry.text())
        self._put(content)

    def _on_method(self, method: str) -> None:
        self._put(replace(self._content, billing=replace(self._content.billing, method=method)))

    def _on_site(self, site: Site, _field: str) -> None:
        self._put(replace(self._content, site=contract_site(site, self._customer)))

    def _on_special(self) -> None:
        if self._agreed is not None:
            self._agreed.add()

    def _on_agreed(self, prices: tuple[AgreedPrice, ...], _field: str) -> None:
        agreed = tuple(
            AgreedUnitPrice(
                item=one.item, unit_price=one.unit_price, reason=one.reason, approved_by=one.approved_by
            )
            for one in prices
        )
        self._put(replace(self._content, agreed=agreed))

    def _on_promotion(self, on: bool) -> None:
        self._put_application(promotion=on)

    def _on_used(self, on: bool) -> None:
        self._put_application(used_promotion_before=on)


def contract_site(site: Site, customer: CustomerFields) -> ContractSite:
    """A place as a contract keeps it: which territory it lies in is always said."""
    area: Area = "east" if area_of(site, customer) == "east" else "west"
    return ContractSite(name=site.name, postal_code=site.postal_code, address=site.address, area=area)


def first_content(
    service: str, lines: tuple[str, ...], customer: CustomerFields, now: datetime
) -> ContractContent:
    """What a new application begins with: received now, at the customer's own address."""
    blank = ContractContent(service=service)
    return replace(
        blank,
        customer_kind=charged_as(customer.kind),
        line=lines[0] if lines else "flets",
        site=contract_site(Site(), customer),
        application=replace(blank.application, applied_on=now.date(), received_at=now),
    )


def _shown(one: AgreedUnitPrice) -> AgreedPrice:
    return AgreedPrice(
        item=one.item, unit_price=one.unit_price, reason=one.reason, approved_by=one.approved_by
    )


def _at(content: ContractContent, path: str) -> str:
    record, _dot, name = path.rpartition(".")
    return str(getattr(getattr(content, record) if record else content, name))


def _with(content: ContractContent, path: str, text: str) -> ContractContent:
    record, _dot, name = path.rpartition(".")
    if not record:
        return replace(content, **{name: text})
    return replace(content, **{record: replace(getattr(content, record), **{name: text})})
