"""Who the quotation is for: found by a few letters, shown as a card, or typed in on the spot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.contract.customer import Customer, CustomerFields
from app.errors import UserError
from app.quote.content import QuotationContent
from app.quote.stored import CustomerRow
from app.usecases.desk import Desk
from app.words import _
from ui.operations.customers import change_customer, register_customer
from ui.qt import Event, Key, Policy
from ui.quotes.candidates import Candidates
from ui.quotes.context import EditorContext
from ui.quotes.customer_form import CustomerForm
from ui.quotes.form_rows import LinkButton
from ui.theme import theme
from ui.widgets.button import IconButton
from ui.widgets.field import Field
from ui.widgets.layout import row
from ui.widgets.paint import box, lines_of, words
from ui.widgets.search_field import SearchField
from ui.widgets.text import Label

_SIMILAR_WAIT_MS = 400


class CustomerCard(QWidget):
    """The chosen customer: reading, name, address, phone and contact."""

    def __init__(self) -> None:
        super().__init__()
        self._customer = CustomerFields()
        self._lines: list[tuple[str, str, str]] = []
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)

    def show_customer(self, customer: CustomerFields) -> None:
        """Show another customer."""
        if customer != self._customer or not self._lines:
            self._customer = customer
            self._break()

    def _break(self) -> None:
        c = self._customer
        postal = f"〒{c.postal_code[:3]}-{c.postal_code[3:]} " if len(c.postal_code) == 7 else ""
        address = f"{postal}{c.prefecture}{c.address} {c.building}".strip()
        person = _("{person} 様").format(person=c.person) if c.person else ""
        who = " ".join(part for part in (c.department, person) if part)
        contact = _("・").join(part for part in (c.phone, who) if part)
        room = max(theme.ems(10), self.width() - 2 * theme.size.field_pad)
        self._lines = []
        for text, role, tone in (
            (c.kana, "caption", "text2"), (c.name or _("お名前はまだありません"), "body-bold", "text"),
            (address, "panel", "text2"), (contact, "panel", "text2"),
        ):  # fmt: skip
            self._lines += [(line, role, tone) for line in lines_of(text, role, room)] if text else []
        height = sum(theme.line(role) for _line, role, _tone in self._lines) + 2 * theme.size.s
        self.setAccessibleName(" ".join(line for line, _role, _tone in self._lines))
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    def resizeEvent(self, event: object) -> None:
        self._break()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        s = theme.size
        box(painter, self.rect(), theme.colour("window"), theme.colour("frame"))
        y = s.s
        for text, role, tone in self._lines:
            height = theme.line(role)
            words(painter, QRect(s.field_pad, y, self.width() - 2 * s.field_pad, height), text, role, tone)
            y += height


class CustomerPart(QWidget):
    """The customer of the draft. ``settled`` comes when a customer was chosen or stored: go on to the
    service.
    """

    settled = Signal()

    def __init__(self, context: EditorContext, label: str = "") -> None:
        super().__init__()
        self._context = context
        self._label = label or _("顧客")
        self._typing = False  # the form stands open
        self._found_for = ""  # the words whose hits are shown
        self._take_soon = False  # Enter came before the hits
        self._changing = False  # the search stands open although somebody is chosen
        self._known: Customer | None = None
        self._search = SearchField(_("カナ・漢字・電話・住所の一部"), name=_("顧客を探す"))
        self._field = Field(self._label, self._search)
        self._candidates = Candidates()
        self._card = CustomerCard()
        self._unknown = Label(_("顧客台帳にはまだありません"), "caption", "warn")
        self._change = IconButton("search", _("別の顧客にする"))
        self._edit = IconButton("pencil", _("顧客の情報を直す"))
        self._new = LinkButton(_("新しい顧客として登録"), "user-plus")
        self._form: CustomerForm | None = None  # made when somebody first types a customer
        self._similar_timer = QTimer(self)
        self._similar_timer.setSingleShot(True)
        self._similar_timer.setInterval(_SIMILAR_WAIT_MS)
        self._build()
        self._connect()
        context.board.add("customer", self._field)

    def _build(self) -> None:
        s = theme.size
        self._card_box = QWidget()
        card = QVBoxLayout(self._card_box)
        card.setContentsMargins(0, 0, 0, 0)
        card.setSpacing(s.xs)
        card.addLayout(
            row(Label(self._label, "caption", "text2"), self._unknown, None, self._change, self._edit)
        )
        card.addWidget(self._card)
        for button in (self._change, self._edit):
            button.setFixedSize(s.control_small, s.chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._card_box)
        layout.addWidget(self._field)
        layout.addWidget(self._candidates)
        layout.addWidget(self._new)
        self._layout = layout

    def _connect(self) -> None:
        self._search.searched.connect(self._on_searched)
        self._search.down.connect(self._on_down)
        self._search.entered.connect(self._on_entered)
        self._search.escaped.connect(self._on_escaped)
        self._search.edit.installEventFilter(self)
        self._candidates.chosen.connect(self._on_chosen)
        self._candidates.new_wanted.connect(self._on_new)
        self._change.clicked.connect(self.start_search)
        self._edit.clicked.connect(self._on_edit)
        self._new.clicked.connect(self._on_new_clicked)
        self._similar_timer.timeout.connect(self._look_for_similar)

    # --- showing ----------------------------------------------------------------------------------

    def show_content(self, content: QuotationContent) -> None:
        """Show the customer of the content: the card, the form while it is typed, or the search."""
        customer = content.customer
        empty = customer == CustomerFields(kind=customer.kind)
        known = content.customer_id is not None
        searching = self._changing or (empty and not self._typing)
        self._card_box.setVisible(not searching and not self._typing)
        self._field.setVisible(searching)
        self._new.setVisible(searching and not self._candidates.isVisibleTo(self))
        if not searching and self._candidates.isVisibleTo(self):
            self._candidates.hide()
        if self._form is not None:
            self._form.setVisible(self._typing)
        self._unknown.setVisible(not known)
        self._card.show_customer(customer)
        if self._typing and self._form is not None:
            self._form.show_fields(customer, known=known)

    def form(self) -> CustomerForm:
        """The form for a customer's fields."""
        if self._form is None:
            self._form = CustomerForm(self._context.board)
            self._form.changed.connect(self._on_typed)
            self._form.stored.connect(self._on_store)
            self._form.dropped.connect(self._on_dropped)
            self._layout.addWidget(self._form)
        return self._form

    @property
    def shape(self) -> object:
        """Changes when fields come or go."""
        return self._form is not None

    def start_search(self) -> None:
        """Look for a customer; the one chosen so far stays until another is taken."""
        self._changing = self._context.draft.content.customer.name != ""
        self._typing = False
        self.show_content(self._context.draft.content)
        self._search.take_focus()

    # --- finding ----------------------------------------------------------------------------------

    def _on_searched(self, typed: str) -> None:
        self._take_soon = False
        if not typed:
            self._show_found([])
            return
        self._context.hub.look(_found, typed, done=self._on_found, owner=self)

    def _on_found(self, found: tuple[str, list[CustomerRow]]) -> None:
        typed, rows = found
        if typed == self._search.text():  # an answer to older words comes too late
            self._show_found(rows)
            if self._take_soon:
                self._take_soon = False
                self._candidates.take()

    def _show_found(self, rows: list[CustomerRow]) -> None:
        typed = self._found_for = self._search.text()
        self._candidates.show_rows(rows, typed)
        self._show_count(len(rows))
        self._new.setVisible(not typed and self._field.isVisibleTo(self))

    def _show_count(self, found: int) -> None:
        if not self._search.text():
            self._search.set_count("")
        elif not found:
            self._search.set_count(_("見つかりません"))
        else:
            place = min(self._candidates.place, found)
            self._search.set_count(_("{count}件中 {place}件目").format(count=found, place=place))

    def _on_down(self) -> None:
        self._candidates.move_by(1)
        self._show_count(self._candidates.count)

    def _on_entered(self) -> None:
        typed = self._search.text()
        if typed and typed == self._found_for:
            self._candidates.take()
        else:
            self._take_soon = bool(typed)

    def _on_escaped(self) -> None:
        if self._changing:
            self._changing = False
            self.show_content(self._context.draft.content)
            self._change.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == Event.KeyPress and isinstance(event, QKeyEvent) and event.key() == Key.Key_Up:
            self._candidates.move_by(-1)
            self._show_count(self._candidates.count)
            return True
        return super().eventFilter(watched, event)

    def _on_chosen(self, found: CustomerRow) -> None:
        from app.usecases.keep_customer import get_customer

        self._context.hub.look(get_customer, found.id, done=self._on_got, owner=self)

    def _on_got(self, customer: Customer) -> None:
        self._take(customer)
        self.settled.emit()

    def _take(self, customer: Customer) -> None:
        """The search words go, and the field folds to the card."""
        self._known = customer
        self._changing = self._typing = False
        self._search.edit.clear()
        self._candidates.hide()
        self._put(customer.fields, "", customer.id)
        self.show_content(self._context.draft.content)

    def _put(self, fields: CustomerFields, field: str, customer_id: str | None) -> None:
        from msgspec.structs import replace

        draft = self._context.draft
        draft.put(
            replace(draft.content, customer=fields, customer_id=customer_id),
            f"customer.{field}" if field else "",
        )

    # --- a new customer, or other facts about a known one -----------------------------------------

    def _on_new_clicked(self) -> None:
        self._on_new("")

    def _on_new(self, typed: str) -> None:
        self._typing, self._changing, self._known = True, False, None
        self._search.edit.clear()
        self._candidates.hide()
        form = self.form()
        self._put(_first_fields(typed), "name", None)
        self.show_content(self._context.draft.content)
        form.start()

    def _on_edit(self) -> None:
        self._typing = True
        form = self.form()
        content = self._context.draft.content
        if content.customer_id is not None:
            from app.usecases.keep_customer import get_customer

            self._context.hub.look(get_customer, content.customer_id, done=self._on_version, owner=self)
        self.show_content(content)
        form.start()

    def _on_version(self, customer: Customer) -> None:
        self._known = customer

    def _on_typed(self, fields: CustomerFields, field: str) -> None:
        self._put(fields, field, self._context.draft.content.customer_id)
        if self._context.draft.content.customer_id is None and field in {"name", "kana", "phone"}:
            self._similar_timer.start()

    def _look_for_similar(self) -> None:
        from app.usecases.keep_customer import similar_customers

        fields = self._context.draft.content.customer
        if fields.name.strip():
            self._context.hub.look(similar_customers, fields, done=self._on_similar, owner=self)

    def _on_similar(self, rows: list[CustomerRow]) -> None:
        names = _("、").join(f"{row.name}（{row.town}）" for row in rows[:3])
        self.form().similar.set_text(
            _("よく似た顧客があります：{names}").format(names=names) if names else ""
        )
        self.form().similar.setVisible(bool(names) and self._typing)

    def _on_store(self) -> None:
        content = self._context.draft.content
        hub = self._context.hub
        if content.customer_id is not None and self._known is not None:
            hub.run(
                change_customer, self._known.id, self._known.version, content.customer,
                done=self._on_stored, failed=self._on_refused, owner=self,
            )  # fmt: skip
        else:
            hub.run(
                register_customer, content.customer, done=self._on_stored, failed=self._on_refused, owner=self
            )

    def _on_stored(self, customer: Customer) -> None:
        self.form().similar.hide()
        self._take(customer)
        self.settled.emit()

    def _on_refused(self, error: UserError) -> None:
        self.form().set_errors(error)

    def _on_dropped(self) -> None:
        """Fold the form; what was typed stays on the quotation."""
        self._typing = False
        self.show_content(self._context.draft.content)
        if self._field.isVisibleTo(self):
            self._search.setFocus()
        else:
            self._edit.setFocus()


def _found(desk: Desk, typed: str) -> tuple[str, list[CustomerRow]]:
    from app.usecases.keep_customer import find_customers

    return typed, find_customers(desk, typed)


def _first_fields(typed: str) -> CustomerFields:
    """What was searched for goes where it belongs: digits are a phone, kana a reading, the rest a name."""
    from ui.widgets.entries import to_katakana

    plain = typed.strip()
    if plain and all(one.isdigit() or one in "-() +" for one in plain):
        return CustomerFields(phone=plain)
    kana = to_katakana(plain)
    if kana and all("ァ" <= one <= "ー" or one in "・　 " for one in kana):
        return CustomerFields(kana=kana)
    return CustomerFields(name=plain)
