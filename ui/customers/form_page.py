"""The page of one customer: the form, possible doubles pointed out, what belongs to them beside it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from app.contract.customer import Customer, CustomerDetails, CustomerFields, Merge
from app.contract.customer_notice import NoticeTold
from app.errors import UserError
from app.usecases.keep_customer import OpenedCustomer, StoredChange
from app.words import _
from ui.customers.conflict_box import ConflictBox
from ui.customers.doubles import DoublesStrip
from ui.customers.form_fields import CustomerForm
from ui.customers.left import KeptCustomer
from ui.customers.lookups import read_customer
from ui.customers.notice_box import NoticeBox
from ui.customers.page_head import PageHead
from ui.customers.privacy_acts import PrivacyActs
from ui.customers.side_part import CustomerSide
from ui.customers.typed import Typed, differing, notifiable
from ui.menus import Menu
from ui.operations.customers import register_customer, store_customer, undo_merge
from ui.operations.hub import Changed
from ui.session import Session
from ui.theme import theme
from ui.widgets.field import Field, show_problems
from ui.widgets.layout import column, on_surface, scrolling
from ui.widgets.strips import AdviceStrip, BusyBar, Toasts

_BESIDE = QBoxLayout.Direction.LeftToRight
_ABOVE = QBoxLayout.Direction.BottomToTop  # the side, which comes second, stands first
_ANY = 16_777_215  # Qt's own "as wide as it likes"
_NOBODY = Typed(CustomerFields(), CustomerDetails())


class CustomerPage(QWidget):
    """`left`: one goes back to the list. `customer_chosen`, `quotation_chosen`, `contract_chosen` carry an
    id; `quotation_wanted` and `contract_wanted` that of the customer a new one is for; `merge_wanted` the
    ids of this customer and of another ("" to look for it).
    """

    left = Signal()
    quotation_wanted = Signal(str)
    contract_wanted = Signal(str)
    customer_chosen = Signal(str)
    quotation_chosen = Signal(str)
    contract_chosen = Signal(str)
    merge_wanted = Signal(str, str)

    def __init__(self, session: Session, toasts: Toasts) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._toasts = toasts
        self._opened: OpenedCustomer | None = None
        self._customer: Customer | None = None
        self._kept = _NOBODY
        self._told: NoticeTold | None = None
        self._newest: OpenedCustomer | None = None
        self._folded = False
        self.double = DoublesStrip(session)
        self.unsaved = AdviceStrip(meaning="warn", icon="triangle-alert", closable=True)
        self.notice = NoticeBox(session.today)
        self.conflict = ConflictBox()
        self.form = CustomerForm(session, self.double)
        self.typing = KeptCustomer(session, self.form, self)
        self.side = CustomerSide(session, toasts)
        self.quotations = self.side.quotations
        self.privacy = PrivacyActs(self, session, toasts)
        self.name, self.kana = self.form.name, self.form.kana
        self.phone, self.email = self.form.phone, self.form.email
        self.postal, self.address, self.person = self.form.postal, self.form.address, self.form.person
        self._head = PageHead()
        self.title, self.quote = self._head.title, self._head.quote
        self.save, self.more = self._head.save, self._head.more
        self._build()
        self._connect()

    def _build(self) -> None:
        content = QWidget()
        strips = (self.typing.strip, self.unsaved, self.notice, self.conflict)
        content.setLayout(column(*strips, self.form, None, pad=("xl", "s")))
        for hidden in (self.unsaved, self.notice, self.conflict, self.double):
            hidden.hide()
        self.busy = BusyBar()
        self._area = scrolling(content)
        self._body = QBoxLayout(_BESIDE)
        self._body.setSpacing(0)
        self._body.addWidget(self._area, 1)
        self._body.addWidget(self.side)
        outer = column(self._head, self.busy, self._body)
        outer.setStretch(2, 1)
        self.setLayout(outer)
        self.setMinimumWidth(theme.size.form_width)

    def _connect(self) -> None:
        self.form.edited.connect(self._on_edited)
        self.double.asked.connect(self._look_for_doubles)
        self.double.chosen.connect(self._on_double)
        self.unsaved.accepted.connect(self._on_drop)
        self.unsaved.closed.connect(self.name.setFocus)
        self.notice.recorded.connect(self._change)
        self.notice.corrected.connect(self._on_correction)
        self.notice.dropped.connect(self._on_notice_dropped)
        self.conflict.settled.connect(self._on_settled)
        self._head.back.clicked.connect(self.leave)
        self.save.clicked.connect(self.store)
        self.more.clicked.connect(self._on_more)
        self.quote.clicked.connect(self._on_quote)
        self.side.quotation_wanted.connect(self._on_quote)
        self.side.contract_wanted.connect(self._on_contract)
        self.side.quotation_chosen.connect(self.quotation_chosen)
        self.side.contract_chosen.connect(self.contract_chosen)
        self.side.undo_wanted.connect(self._on_undo_wanted)
        self.side.form_shown.connect(self._on_form_shown)
        self.privacy.erased.connect(self._on_drop)
        self._session.hub.changed.connect(self._on_changed)

    @property
    def fields(self) -> dict[str, Field]:
        """All fields by the path errors name them with."""
        return self.form.fields

    # --- opening ---

    def open_new(self, name: str = "") -> None:
        """An empty form, perhaps with the name somebody searched for."""
        self._show(None, Typed(CustomerFields(name=name), CustomerDetails()))
        self.name.setFocus()

    def open_customer(self, customer_id: str) -> None:
        """The form of a stored customer."""
        self.busy.start()
        end = self.busy.stop
        self._session.hub.look(read_customer, customer_id, done=self._on_read, ended=end, owner=self)

    def _on_read(self, opened: OpenedCustomer) -> None:
        other = self._customer is None or self._customer.id != opened.customer.id
        self._show(opened, Typed(opened.customer.fields, opened.details))
        if other:
            self.side.begin("contracts" if opened.contracts else "quotations")
        self.name.setFocus()

    def _show(self, opened: OpenedCustomer | None, kept: Typed) -> None:
        self._opened = opened
        self._customer = opened.customer if opened is not None else None
        self.form.show_customer(kept.fields, kept.details)
        self._kept = self.current_typed()
        for hidden in (self.double, self.unsaved, self.notice, self.conflict):
            hidden.hide()
        self._say_title()
        self.typing.open(self._customer.id if self._customer is not None else "")
        if opened is None and kept.fields.name:
            self._kept = _NOBODY
            self.double.soon()

    def _say_title(self) -> None:
        opened = self._opened
        self.title.set_text(opened.customer.fields.name if opened is not None else _("新しい顧客"))
        self.save.set_text(_("保存") if opened is not None else _("登録"))
        self.side.setVisible(opened is not None)
        if opened is None:
            self.side.begin("quotations")
        self.more.setVisible(opened is not None)
        self.quote.setVisible(opened is not None and self._folded)
        if opened is not None:
            self.side.show_customer(opened.customer.id)
            self.side.show_history(opened, self.form.labels(), self._session)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        s = theme.size
        rest = self.width() - (s.form_width + s.label_column + 2 * s.xl + s.scroll)
        folded = rest < s.side_panel
        if folded:
            self.side.setMinimumWidth(0)
            self.side.setMaximumWidth(_ANY)
        else:
            self.side.setFixedWidth(min(rest, theme.ems(46)))
        if folded != self._folded:
            self._folded = folded
            self._body.setDirection(_ABOVE if folded else _BESIDE)
            self.side.fold(folded=folded)
        self.quote.setVisible(self._customer is not None and folded)

    def _on_form_shown(self, shown: bool) -> None:
        """Where the tabs stand above, the form and what belongs to the customer take turns."""
        self._area.setVisible(shown)
        self._body.setStretchFactor(self._area, 1 if shown else 0)
        self._body.setStretchFactor(self.side, 0 if shown else 1)

    # --- editing ---

    def current(self) -> CustomerFields:
        """The fields as they stand in the form."""
        return self.form.current()

    def current_typed(self) -> Typed:
        """All that stands in the form."""
        return Typed(self.form.current(), self.form.details())

    @property
    def changed(self) -> bool:
        """Whether something stands there that is not stored."""
        return self.current_typed() != self._kept or self.side.unsaved

    def _on_edited(self) -> None:
        self.unsaved.hide()
        self.double.soon()

    def _look_for_doubles(self) -> None:
        own = self._customer.id if self._customer is not None else ""
        self.double.look(self.form.current(), self.form.details(), own)

    def _on_double(self, other: str) -> None:
        if self._customer is None:
            self.customer_chosen.emit(other)
        else:
            self._want_merge(other)

    # --- storing ---

    def store(self) -> None:
        """Store what stands there; a change that may have been notified is asked about first."""
        if self._opened is None:
            self._run(register_customer, self.form.current(), self.form.details(), done=self._on_registered)
            return
        changes = notifiable(self._kept, self.current_typed())
        if changes and self._opened.contracts:
            self.notice.ask(changes, len(self._opened.contracts))
            self._show_top()
            return
        self._change(None)

    def _change(self, told: NoticeTold | None) -> None:
        assert self._customer is not None
        self._told = told
        typed = self.current_typed()
        self._run(
            store_customer,
            self._customer.id,
            self._customer.version,
            typed.fields,
            typed.details,
            told,
            done=self._on_changed_stored,
        )

    def _run(self, operation: Any, *arguments: Any, done: Any) -> None:
        self.save.setEnabled(False)
        self._session.hub.run(
            operation, *arguments, done=done, failed=self._on_refused, ended=self._on_ended, owner=self
        )

    def _on_ended(self) -> None:
        self.save.setEnabled(True)

    def _on_registered(self, customer: Customer) -> None:
        self._kept = self.current_typed()
        self.typing.done()
        self.title.set_text(customer.fields.name)
        self._toasts.show_message(_("{name}を登録しました").format(name=customer.fields.name))
        self.open_customer(customer.id)

    def _on_changed_stored(self, stored: StoredChange) -> None:
        self._kept = self.current_typed()
        self.typing.done()
        words = _("{name}を保存しました")
        if stored.noted:
            words = _("{name}の届出を記録しました（契約{count}件）")
        name = stored.customer.fields.name
        self._toasts.show_message(words.format(name=name, count=len(stored.noted)))
        self.open_customer(stored.customer.id)

    def _on_refused(self, error: UserError) -> None:
        if error.code == "conflict" and self._customer is not None:
            self.notice.hide()
            self._session.hub.look(read_customer, self._customer.id, done=self._on_newest, owner=self)
            return
        self.side.show_form()
        both = {**self.form.fields, **(self.notice.fields if self.notice.isVisibleTo(self) else {})}
        left = show_problems(both, error)
        if left:
            self._toasts.show_message(" ".join(left))

    # --- notices and conflicts ---

    def _show_top(self) -> None:
        self.side.show_form()
        self._area.verticalScrollBar().setValue(0)

    def _on_correction(self) -> None:
        self._change(None)

    def _on_notice_dropped(self) -> None:
        self.notice.hide()
        self.save.setFocus()

    def _on_newest(self, newest: OpenedCustomer) -> None:
        """What another window stored meanwhile, beside what stands here."""
        from app.usecases.keep_customer import changed_since

        assert self._customer is not None
        since = changed_since(newest.details, self._customer.version)
        theirs = Typed(newest.customer.fields, newest.details)
        if not differing(self._kept, theirs):  # stored again as it was: nobody's words are at stake
            self._opened, self._customer = newest, newest.customer
            self._change(self._told)
            return
        self.conflict.ask(
            self._kept, self.current_typed(), theirs, since, self._session.desk.now(), self.form.labels()
        )
        self._newest = newest  # taken once somebody chose: saving before that asks again
        self._show_top()

    def _on_settled(self, settled: Typed) -> None:
        assert self._newest is not None
        self._opened, self._customer = self._newest, self._newest.customer
        theirs = Typed(self._customer.fields, self._opened.details)
        self.form.show_customer(theirs.fields, theirs.details)
        self._kept = self.current_typed()
        self.form.show_customer(settled.fields, settled.details)
        self.save.setFocus()

    # --- leaving ---

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
        self.side.notes.close_form()
        self.typing.done()
        self._show(None, _NOBODY)
        self.left.emit()

    # --- ways on ---

    def _on_quote(self) -> None:
        if self._customer is not None:
            self.quotation_wanted.emit(self._customer.id)

    def _on_contract(self) -> None:
        if self._customer is not None:
            self.contract_wanted.emit(self._customer.id)

    def _on_more(self) -> None:
        menu = Menu(self)
        menu.add_item("file-plus", _("この顧客に見積を作る"), self._on_quote)
        menu.add_item("file-check", _("この顧客の契約を作る"), self._on_contract)
        menu.add_item("users", _("ほかの顧客と統合する"), self._want_merge, "")
        if self._customer is not None:
            self.privacy.add_to(menu, self._customer)
        menu.open_at(self._head.below_more())

    def _want_merge(self, other: str) -> None:
        if self._customer is None:
            return
        if self.changed:
            self._toasts.show_message(_("変更を保存してから統合してください"))
        else:
            self.merge_wanted.emit(self._customer.id, other)

    def _on_undo_wanted(self, merge: Merge) -> None:
        self._session.hub.run(undo_merge, merge, done=self._on_undone, owner=self)

    def _on_undone(self, customer: Customer) -> None:
        self._toasts.show_message(_("統合を取り消しました"))
        self.open_customer(customer.id)

    def _on_changed(self, changed: Changed) -> None:
        """Somebody else's change of this customer: read again unless something is being typed here."""
        own = self._customer.id if self._customer is not None else ""
        if own in changed.customers and not self.changed and self.save.isEnabled() and not self.isHidden():
            self._session.hub.look(read_customer, own, done=self._on_again, owner=self)

    def _on_again(self, opened: OpenedCustomer) -> None:
        if self._customer is None or self._customer.id != opened.customer.id or self.changed:
            return
        if opened.customer.version != self._customer.version:
            self._show(opened, Typed(opened.customer.fields, opened.details))
        else:
            self._opened = opened
            self.side.show_history(opened, self.form.labels(), self._session)
