"""入金: the money of a contract — what is open, what was paid, what was claimed — and recording it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.days import short_month_words
from app.errors import UserError
from app.money import yen_words
from app.usecases.desk import Desk
from app.usecases.permissions import Act
from app.words import _, pgettext
from ui.lock.gate import Gate
from ui.moments import short_day
from ui.months.payment_form import PaymentForm, ReasonForm, SurchargeForm, TypedPayment
from ui.months.words import method_words, paid_chip
from ui.operations.hub import Changed
from ui.operations.months import claim_surcharge, record_payment, void_payment, withdraw_claim
from ui.session import Session
from ui.theme import theme
from ui.unsaved import Unsaved
from ui.widgets.button import Button
from ui.widgets.layout import column, into_view
from ui.widgets.sheet import Line, Sheet, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import Toasts
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.charge.stored import Claim, Payment
    from app.usecases.show_bills import Account, OpenBill


def read_account(desk: Desk, contract_id: str) -> Account:
    """On the database worker: the money of a contract."""
    from app.usecases.show_bills import account

    return account(desk, contract_id)


class _Figure(QWidget):
    """A caption above an amount."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.amount = Label("", "heading")
        self.setLayout(column(Label(caption, "caption", "text2"), self.amount))

    def show_yen(self, yen: int, tone: str = "") -> None:
        """The amount in a tone."""
        self.amount.set_text(yen_words(yen))
        self.amount.set_tone(tone)


class PaymentsPanel(QWidget):
    """The account of one contract (``open_contract`` shows another). It reads itself again when bills
    change. ``bill_wanted`` carries the id of a bill whose lines somebody wants to see.
    """

    bill_wanted = Signal(object)

    def __init__(self, session: Session, toasts: Toasts, contract_id: str = "") -> None:
        super().__init__()
        self._session = session
        self._toasts = toasts
        self._contract_id = ""
        self.account: Account | None = None
        wareki = session.settings.company.era == "wareki"
        self._wareki = wareki
        self.open = _Figure(_("未入金"))
        self.overdue = _Figure(_("うち期限切れ"))
        self.ahead = _Figure(_("前受"))
        self.record = Button(_("入金を記録"), "plus", small=True)
        self.surcharge = Button(_("割増金"), kind="quiet", small=True)
        Gate(self.record, session, Act.PAYMENTS)
        Gate(self.surcharge, session, Act.PAYMENTS)
        self.form = PaymentForm(session.today, wareki=wareki)
        self.surcharge_form = SurchargeForm(session.today, wareki=wareki)
        self.void_form = ReasonForm(_("取り消す"))
        self.claim_form = ReasonForm(_("請求しない"))
        self._lefts: dict[QWidget, Unsaved] = {}
        for place, form in (
            ("payment", self.form),
            ("surcharge", self.surcharge_form),
            ("payment.void", self.void_form),
            ("claim.withdraw", self.claim_form),
        ):
            left = self._lefts[form] = Unsaved(session, place, form.values, form.put_values, self)
            form.add_above(left.strip)
            form.edited.connect(left.note)
            form.closed.connect(left.done)
        self.left = self._lefts[self.form]
        self.bills = Sheet(
            (SheetColumn(share=5), SheetColumn(share=6, right=True)), name=_("請求と入金の状況"), pad="xs"
        )
        self.payments = Sheet(
            (SheetColumn(), SheetColumn(ems=7.5, right=True)), name=_("入金の履歴"), pad="xs"
        )
        self.claims = Sheet((SheetColumn(), SheetColumn(ems=6.5, right=True)), name=_("加える請求"), pad="xs")
        self._build()
        self._connect()
        if contract_id:
            self.open_contract(contract_id)

    def _build(self) -> None:
        s = theme.size
        figures = QHBoxLayout()
        figures.setSpacing(s.l)
        for figure in (self.open, self.overdue, self.ahead):
            figures.addWidget(figure)
        figures.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(s.s)
        buttons.addWidget(self.record)
        buttons.addWidget(self.surcharge)
        buttons.addStretch(1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(s.m)
        box.addLayout(figures)
        box.addLayout(buttons)
        for widget in (self.form, self.surcharge_form, self.void_form, self.claim_form):
            box.addWidget(widget)
        self._heads = [
            Label(pgettext("sum", "請求"), "caption-bold", "text2"),
            Label(_("次の請求に加えるもの"), "caption-bold", "text2"),
            Label(_("入金の履歴"), "caption-bold", "text2"),
        ]
        self.no_bills = Label(_("締めた請求はまだありません。"), "panel", "text3", wrap=True)
        for head, sheet in zip(self._heads, (self.bills, self.claims, self.payments), strict=True):
            box.addWidget(head)
            box.addWidget(sheet)
        box.insertWidget(box.indexOf(self.bills), self.no_bills)
        box.addStretch(1)

    def _connect(self) -> None:
        self.record.clicked.connect(self._on_record)
        self.surcharge.clicked.connect(self._on_surcharge)
        self.form.typed.connect(self._on_typed)
        self.surcharge_form.typed.connect(self._on_surcharge_typed)
        self.void_form.given.connect(self._on_void)
        self.claim_form.given.connect(self._on_withdraw)
        self.bills.opened.connect(self.bill_wanted)
        self.payments.opened.connect(self._on_payment)
        self.claims.opened.connect(self._on_claim)
        self._session.hub.changed.connect(self._on_changed)

    # --- what it shows ---

    def open_contract(self, contract_id: str) -> None:
        """Show the account of a contract."""
        if contract_id != self._contract_id:
            self._close_forms()
            self._contract_id = contract_id
        self.read()

    def read(self) -> None:
        """Read the account again."""
        if self._contract_id:
            self._session.hub.look(read_account, self._contract_id, done=self._on_read, owner=self)

    def _on_changed(self, changed: Changed) -> None:
        if changed.bills or self._contract_id in changed.contracts:
            self.read()

    def _on_read(self, account: Account) -> None:
        if account.contract.id != self._contract_id:
            return
        self.account = account
        self.open.show_yen(account.open)
        self.overdue.show_yen(account.overdue, "danger" if account.overdue else "")
        self.ahead.show_yen(account.ahead, "good" if account.ahead > 0 else "")
        closed = tuple(one for one in account.bills if one.row.closed)
        self._fill(0, self.bills, [self._bill_row(one) for one in closed])
        self._heads[0].show()
        self.no_bills.setVisible(not closed)
        waiting = [one for one in account.claims if not one.withdrawn and not self._on_closed(one)]
        self._fill(1, self.claims, [self._claim_row(one) for one in waiting])
        self._fill(2, self.payments, [self._payment_row(one) for one in account.payments])

    def _on_closed(self, claim: Claim) -> bool:
        account = self.account
        closed = {one.row.id for one in account.bills if one.row.closed} if account else set()
        return claim.bill_id in closed

    def _fill(self, place: int, sheet: Sheet, rows: list[SheetRow]) -> None:
        sheet.set_sections([SheetSection("", tuple(rows))] if rows else [])
        sheet.setVisible(bool(rows))
        self._heads[place].setVisible(bool(rows))

    def _bill_row(self, one: OpenBill) -> SheetRow:
        row = one.row
        _icon, word, meaning = paid_chip(row, overdue=one.days_late > 0)
        tone = {"danger": "danger", "good": "good", "note": "note"}.get(meaning, "text2")
        below = [
            Line(_("期日 {day}").format(day=short_day(row.due_on, wareki=self._wareki)), "caption", "text2")
        ]
        if one.days_late:
            below = [
                Line(
                    _("期日 {day}　{days}日過ぎ").format(
                        day=short_day(row.due_on, wareki=self._wareki), days=one.days_late
                    ),
                    "caption",
                    "danger",
                )
            ]
        right = [Line(yen_words(row.total)), Line(word, "caption", tone)]
        if one.interest:
            right.append(
                Line(
                    _("延滞利息 {amount}（今日まで）").format(amount=yen_words(one.interest)),
                    "caption",
                    "warn",
                )
            )
        month = _("{month}分").format(month=_month_words(row.month))
        return SheetRow(((Line(month), *below), tuple(right)), row.id)

    def _claim_row(self, claim: Claim) -> SheetRow:
        lines = [Line(line.name) for line in claim.lines]
        lines.append(Line("　".join(claim.lines[0].why[:1]), "caption", "text2"))
        amounts = [Line(yen_words(line.amount)) for line in claim.lines]
        return SheetRow((tuple(lines), tuple(amounts)), claim.id)

    def _payment_row(self, payment: Payment) -> SheetRow:
        gone = bool(payment.voided)
        tone = "text3" if gone else "text"
        on = self._bill_month(payment.bill_id)
        left = [
            Line(f"{short_day(payment.on, wareki=self._wareki)}　{method_words(payment.method)}", tone=tone)
        ]
        if gone:
            left.append(Line(_("取消し：{why}").format(why=payment.voided), "caption", "text3"))
        elif payment.note:
            left.append(Line(payment.note, "caption", "text2"))
        right = (Line(yen_words(payment.amount), tone=tone), Line(on, "caption", "text2"))
        fixed = gone or payment.method == "offset"
        return SheetRow((tuple(left), right), None if fixed else payment.receipt)

    def _bill_month(self, bill_id: str) -> str:
        if not bill_id:
            return _("前受")
        bills = self.account.bills if self.account else ()
        month = next((one.row.month for one in bills if one.row.id == bill_id), "")
        return _("{month}分").format(month=_month_words(month)) if month else ""

    # --- what can be done ---

    def _close_forms(self, *but: QWidget) -> None:
        for form, left in self._lefts.items():
            left.leave()  # what is typed there is kept, and offered when it is opened again
            if form not in but:
                form.hide()

    def pay(self, bill_id: str = "") -> None:
        """Open the form for a payment, perhaps of one bill."""
        if self.account is None:
            return
        self._close_forms(self.form)
        self.form.offer(self.account.bills, bill_id)
        self.form.show()
        self.left.open(self._contract_id)
        self.form.amount.setFocus()
        self.form.amount.edit.selectAll()
        scroll_to(self.form)

    def _on_record(self) -> None:
        self.pay()

    def _on_surcharge(self) -> None:
        self._close_forms(self.surcharge_form)
        self.surcharge_form.begin()
        self.surcharge_form.show()
        self._lefts[self.surcharge_form].open(self._contract_id)
        self.surcharge_form.amount.setFocus()
        scroll_to(self.surcharge_form)

    def _on_typed(self, typed: TypedPayment) -> None:
        self._session.hub.run(
            record_payment, self._contract_id, typed.on, typed.amount, typed.method,
            (typed.bill_id,) if typed.bill_id else (), typed.note,
            done=self._on_recorded, failed=self.form.refuse, owner=self,
        )  # fmt: skip

    def _on_recorded(self, made: list[Payment]) -> None:
        self.left.done()
        self.form.hide()
        self.form.clean()
        ahead = sum(one.amount for one in made if not one.bill_id)
        amount = sum(one.amount for one in made)
        words = _("{amount}の入金を記録しました").format(amount=yen_words(amount))
        if ahead > 0:
            words = _("{words}。うち{ahead}は前受として次の請求に充てます").format(
                words=words, ahead=yen_words(ahead)
            )
        self._toasts.show_message(words)

    def _on_surcharge_typed(self, amount: int, on: date, note: str) -> None:
        self._session.hub.run(
            claim_surcharge, self._contract_id, amount, note, on,
            done=self._on_claimed, failed=self.surcharge_form.refuse, owner=self,
        )  # fmt: skip

    def _on_claimed(self, claim: Claim) -> None:
        self._lefts[self.surcharge_form].done()
        self.surcharge_form.hide()
        total = sum(line.amount for line in claim.lines)
        self._toasts.show_message(_("次の請求に{amount}（税抜）を加えました").format(amount=yen_words(total)))

    def _on_payment(self, receipt: str) -> None:
        found = [one for one in self.account.payments if one.receipt == receipt] if self.account else []
        if found:
            self._close_forms(self.void_form)
            title = _("{day}の入金 {amount}を取り消しますか").format(
                day=short_day(found[0].on, wareki=self._wareki),
                amount=yen_words(sum(one.amount for one in found)),
            )
            self.void_form.ask(title, receipt)
            self._lefts[self.void_form].open(receipt)
            scroll_to(self.void_form)

    def _on_void(self, receipt: str, why: str) -> None:
        self._session.hub.run(
            void_payment, self._contract_id, receipt, why,
            done=self._on_voided, failed=self.void_form.refuse, owner=self,
        )  # fmt: skip

    def _on_voided(self, _nothing: None) -> None:
        self._lefts[self.void_form].done()
        self.void_form.hide()
        self._toasts.show_message(_("入金を取り消しました。記録は履歴に残ります"))

    def _on_claim(self, claim_id: str) -> None:
        claims = self.account.claims if self.account else ()
        claim = next((one for one in claims if one.id == claim_id), None)
        if claim is not None:
            self._close_forms(self.claim_form)
            title = _("「{name}」を請求しないことにしますか").format(name=claim.lines[0].name)
            self.claim_form.ask(title, claim_id)
            self._lefts[self.claim_form].open(claim_id)
            scroll_to(self.claim_form)

    def _on_withdraw(self, claim_id: str, why: str) -> None:
        self._session.hub.run(
            withdraw_claim, self._contract_id, claim_id, why,
            done=self._on_withdrawn, failed=self._on_withdraw_refused, owner=self,
        )  # fmt: skip

    def _on_withdraw_refused(self, error: UserError) -> None:
        self.claim_form.refuse(error)

    def _on_withdrawn(self, _nothing: None) -> None:
        self._lefts[self.claim_form].done()
        self.claim_form.hide()
        self._toasts.show_message(_("次の請求から外しました。記録は残ります"))


def scroll_to(widget: QWidget) -> None:
    """Scroll what holds a widget so far that the whole of it is seen, once it has its place."""
    above = widget.parentWidget()
    while above is not None and not isinstance(above, QScrollArea):
        above = above.parentWidget()
    if above is not None:
        into_view(above, widget, theme.size.m)


def _month_words(month: str) -> str:
    from app.usecases.bill_contract import month_of

    return short_month_words(month_of(month))
