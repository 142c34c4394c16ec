"""The form of one customer: what is known, with errors under the fields and possible doubles pointed out."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.contract.customer import Customer, CustomerFields, CustomerKind
from app.contract.customer_doubts import customer_doubts
from app.errors import UserError
from app.postal import Address, normalized
from app.quote.stored import CustomerRow
from app.words import _
from ui.customers.list_page import kind_words
from ui.customers.lookups import read_address, read_customer, read_similar, shown_code
from ui.customers.quotations_part import CustomerQuotations
from ui.operations.customers import change_customer, register_customer
from ui.quotes.customer_form import split_prefecture
from ui.session import Session
from ui.tasks import Task
from ui.theme import theme
from ui.widgets.button import Button, IconButton
from ui.widgets.choices import Segments
from ui.widgets.entries import KanaField, TextArea, TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import Section, form, shares
from ui.widgets.layout import column, holding, on_surface, row, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar, Toasts
from ui.widgets.text import ElidedLabel

_LOOK_FOR_DOUBLES_MS = 250


class CustomerPage(QWidget):
    """`left` when one goes back to the list. `customer_chosen` and `quotation_chosen` carry an id;
    `quotation_wanted` that of the customer a new quotation is for.
    """

    left = Signal()
    quotation_wanted = Signal(str)
    customer_chosen = Signal(str)
    quotation_chosen = Signal(str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._toasts = toasts
        self._customer: Customer | None = None
        self._kept = CustomerFields()
        self._filled = ""  # the address that came from the postal code and may be replaced by another
        self._asked: Task | None = None
        self._similar: list[CustomerRow] = []
        self._below = False
        self.kind = Segments(
            [(kind, kind_words(kind)) for kind in ("corporation", "sole-trader", "organisation")],
            "corporation",
        )
        self.name = TextField(_("例：髙橋精工株式会社"))
        self.kana = KanaField(_("例：タカハシセイコウ"))
        self.postal = TextField(_("例：577-0054"), ems=9.5)
        self.address = TextField(_("郵便番号から入ります"))
        self.building = TextField()
        self.department = TextField(_("例：総務部"))
        self.person = TextField(_("例：髙橋 恵子"))
        self.phone = TextField(_("例：06-0000-0148"))
        self.email = TextField()
        self.note = TextArea(_("応対で気を付けることなど。書類には印刷されません。"))
        self.fields = self._make_fields()
        self.double = AdviceStrip(meaning="warn", icon="users")
        self.double.hide()
        self.unsaved = AdviceStrip(meaning="warn", icon="triangle-alert", closable=True)
        self.unsaved.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LOOK_FOR_DOUBLES_MS)
        self._build()
        self.quotations.stand_below(below=False)
        self._connect()

    # --- building ---

    def _make_fields(self) -> dict[str, Field]:
        return {
            "kind": Field(_("区分"), self.kind),
            "name": Field(_("お名前"), self.name),
            "kana": Field(_("フリガナ"), self.kana),
            "postal_code": Field(_("郵便番号"), self.postal),
            "address": Field(_("住所"), self.address),
            "building": Field(_("建物名・階"), self.building),
            "department": Field(_("部署"), self.department),
            "person": Field(_("ご担当者"), self.person),
            "phone": Field(_("電話番号"), self.phone),
            "email": Field(_("メールアドレス"), self.email),
            "note": Field(_("メモ"), self.note),
        }

    def _build(self) -> None:
        fields, s = self.fields, theme.size
        body = form(
            Section(
                _("お客さま"),
                fields["kind"],
                shares((fields["name"], 3), (fields["kana"], 2)),
                self.double,
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
        )
        fields["note"].set_label_shown(False)  # the section says it
        content = QWidget()
        self._content = column(self.unsaved, body, None, pad=("xl", "s"))
        content.setLayout(self._content)
        self.busy = BusyBar()
        self.quotations = CustomerQuotations(self._session)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(scrolling(content), 1)
        self._body.addWidget(self.quotations)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._make_head())
        outer.addWidget(self.busy)
        outer.addLayout(self._body, 1)
        self.setMinimumWidth(s.form_width)

    def _make_head(self) -> QFrame:
        s = theme.size
        self.back = IconButton("chevron-left", _("一覧に戻る"), key="Alt+Left")
        self.title = ElidedLabel("", "title")
        self.quote = Button(_("この顧客に見積を作る"), "file-plus", "quiet")
        self.save = Button(_("登録"), "check", "filled", key="Ctrl+Enter")
        box = QHBoxLayout()
        box.setContentsMargins(s.s, 0, s.l, 0)
        box.setSpacing(s.s)
        box.addWidget(self.back)
        box.addWidget(self.title, 1)
        box.addLayout(row(self.quote, self.save))
        head = holding(box, "panel", "bottom")
        head.setFixedHeight(s.page_head)
        return head

    def _connect(self) -> None:
        self.kana.follow(self.name)
        self.kind.chosen.connect(self._on_edited)
        for entry in (
            self.name, self.kana, self.address, self.building, self.department, self.person, self.phone,
            self.email, self.note,
        ):  # fmt: skip
            entry.edited.connect(self._on_edited)
        self.postal.edited.connect(self._on_postal)
        self._timer.timeout.connect(self._look_for_doubles)
        self.double.accepted.connect(self._on_double)
        self.unsaved.accepted.connect(self._on_drop)
        self.unsaved.closed.connect(self._on_stay)
        self.back.clicked.connect(self.leave)
        self.save.clicked.connect(self.store)
        self.quote.clicked.connect(self._on_quote)
        self.quotations.new_wanted.connect(self._on_quote)
        self.quotations.quotation_chosen.connect(self.quotation_chosen)
        for entry in (self.kana, self.phone, self.email):
            entry.finished.connect(self._show_doubts)

    # --- opening ---

    def open_new(self, name: str = "") -> None:
        """An empty form, perhaps with the name somebody searched for."""
        self._show(None, CustomerFields(name=name))
        self.name.setFocus()

    def open_customer(self, customer_id: str) -> None:
        """The form of a stored customer."""
        self.busy.start()
        self._session.hub.look(
            read_customer, customer_id, done=self._on_read, ended=self.busy.stop, owner=self
        )

    def _on_read(self, customer: Customer) -> None:
        self._show(customer, customer.fields)
        self.name.setFocus()

    def _show(self, customer: Customer | None, fields: CustomerFields) -> None:
        self._customer, self._kept, self._filled = customer, fields, ""
        self.kind.set_value(fields.kind)
        self.name.set_text(fields.name)
        self.kana.set_text(fields.kana)
        self.postal.set_text(shown_code(fields.postal_code))
        self.address.set_text(fields.prefecture + fields.address)
        self.building.set_text(fields.building)
        self.department.set_text(fields.department)
        self.person.set_text(fields.person)
        self.phone.set_text(fields.phone)
        self.email.set_text(fields.email)
        self.note.set_text(fields.note)
        for field in self.fields.values():
            field.set_error("")
        self.fields["postal_code"].set_helper("")
        self._show_doubts()
        self.double.hide()
        self.unsaved.hide()
        self._say_title()
        if customer is None and fields.name:
            self._timer.start()

    def _say_title(self) -> None:
        known = self._customer is not None
        self.title.set_text(self._kept.name if known else _("新しい顧客"))
        self.save.set_text(_("保存") if known else _("登録"))
        self.quotations.setVisible(known)
        self.quote.setVisible(known and self._below)
        if self._customer is not None:
            self.quotations.show_customer(self._customer.id)

    # --- folding ---

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        s = theme.size
        rest = self.width() - (s.form_width + s.label_column + 2 * s.xl + s.scroll)
        below = rest < s.side_panel
        if below:
            self.quotations.setMinimumWidth(0)
            self.quotations.setMaximumWidth(s.form_width + s.label_column)
        else:
            self.quotations.setFixedWidth(min(rest, theme.ems(46)))
        if below != self._below:
            self._below = below
            self._place_quotations()

    def _place_quotations(self) -> None:
        """Beside the form where there is room, else below it."""
        self.quotations.stand_below(below=self._below)
        if self._below:
            self._content.insertWidget(2, self.quotations)
        else:
            self._body.addWidget(self.quotations)
        self.quotations.setVisible(self._customer is not None)
        self.quote.setVisible(self._customer is not None and self._below)

    # --- editing ---

    def current(self) -> CustomerFields:
        """What stands in the form."""
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

    @property
    def changed(self) -> bool:
        """Whether something stands there that is not stored."""
        return self.current() != self._kept

    def _on_edited(self, _text: object = "") -> None:
        self.unsaved.hide()
        self._timer.start()

    def _show_doubts(self) -> None:
        doubts = customer_doubts(self.current())
        for name in ("kana", "phone", "email"):
            self.fields[name].set_doubt(doubts.get(name, ""))

    def _on_postal(self, text: str) -> None:
        self._on_edited()
        self.fields["postal_code"].set_error("")
        self.fields["postal_code"].set_helper("")
        digits = normalized(text)
        if digits:
            self._session.hub.look(read_address, digits, done=self._on_address, owner=self)

    def _on_address(self, found: Address | None) -> None:
        if found is None:
            self.fields["postal_code"].set_helper(_("住所が見つかりません"))
            return
        words = "".join(found)
        if not self.address.text() or self.address.text() == self._filled:
            self._filled = words
            self.address.set_text(words)
        elif not self.address.text().startswith(words):
            self.fields["postal_code"].set_helper(words)

    def _look_for_doubles(self) -> None:
        fields = self.current()
        if self._asked is not None:
            self._asked.cancel()
        if fields.name or fields.phone:
            self._asked = self._session.hub.look(read_similar, fields, done=self._on_similar, owner=self)
        else:
            self.double.hide()

    def _on_similar(self, rows: list[CustomerRow]) -> None:
        own = self._customer.id if self._customer is not None else ""
        self._similar = [found for found in rows if found.id != own]
        if not self._similar:
            self.double.hide()
            return
        first = self._similar[0]
        more = len(self._similar) - 1
        title = _("同じお客さまが登録済みかもしれません")
        known = "・".join(part for part in (first.name, first.town, first.phone) if part)
        detail = _("{customer} ほか{count}件").format(customer=known, count=more) if more else known
        self.double.set_words(title, detail, _("開く") if self._customer is None else "")
        self.double.show()

    def _on_double(self) -> None:
        if self._similar:
            self.customer_chosen.emit(self._similar[0].id)

    # --- storing and leaving ---

    def store(self) -> None:
        """Store what stands there; errors come under the fields."""
        self.save.setEnabled(False)
        fields = self.current()
        if self._customer is None:
            self._session.hub.run(
                register_customer,
                fields,
                done=self._on_stored,
                failed=self._on_refused,
                ended=self._on_ended,
                owner=self,
            )
        else:
            self._session.hub.run(
                change_customer,
                self._customer.id,
                self._customer.version,
                fields,
                done=self._on_stored,
                failed=self._on_refused,
                ended=self._on_ended,
                owner=self,
            )

    def _on_ended(self) -> None:
        self.save.setEnabled(True)

    def _on_stored(self, customer: Customer) -> None:
        new = self._customer is None
        self._customer, self._kept = customer, customer.fields
        for field in self.fields.values():
            field.set_error("")
        self.double.hide()
        self._show(customer, customer.fields)
        words = _("{name}を登録しました") if new else _("{name}を保存しました")
        self._toasts.show_message(words.format(name=customer.fields.name))

    def _on_refused(self, error: UserError) -> None:
        left = show_problems(self.fields, error)
        if left:
            self._toasts.show_message(" ".join(left))

    def leave(self) -> None:
        """Back to the list; what is not stored is asked about first."""
        if self.changed:
            self.unsaved.set_words(
                _("保存していない変更があります"),
                _("保存するか、変更を捨てて一覧に戻ってください。"),
                _("捨てて戻る"),
            )
            self.unsaved.show()
            self.unsaved.close_button.show()
            self.unsaved.button.setFocus()
            return
        self.left.emit()

    def _on_drop(self) -> None:
        self.unsaved.hide()
        self._show(None, CustomerFields())
        self.left.emit()

    def _on_stay(self) -> None:
        self.name.setFocus()

    def _on_quote(self) -> None:
        if self._customer is not None:
            self.quotation_wanted.emit(self._customer.id)
