"""Forms of the account: money that came, taking something back with a reason, 割増金."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.days import short_month_words
from app.errors import UserError
from app.money import yen_words
from app.words import _
from ui.months.words import method_options
from ui.theme import theme
from ui.unsaved import Values, control_values, put_controls
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField, TextField
from ui.widgets.field import Field, show_problems
from ui.widgets.form import shares
from ui.widgets.layout import on_surface, row
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.charge.stored import PaymentMethod
    from app.usecases.show_bills import OpenBill


@dataclass(frozen=True)
class TypedPayment:
    """What was typed of a payment. ``bill_id`` "": the open bills, the oldest first."""

    on: date
    amount: int
    method: PaymentMethod
    bill_id: str
    note: str


class _Form(QWidget):
    """Fields above a line of buttons. ``closed``: it was left without doing anything; ``edited``: somebody
    changed something.
    """

    closed = Signal()
    edited = Signal()

    def __init__(self, title: str, accept: str, *, danger: bool = False) -> None:
        super().__init__()
        on_surface(self, "reason")
        s = theme.size
        self.fields: dict[str, Field] = {}
        self.rest = Label("", "caption", "danger", wrap=True)
        self.rest.hide()
        self.accept = Button(accept, kind="danger" if danger else "filled")
        self.cancel = Button(_("やめる"), kind="quiet")
        self.cancel.clicked.connect(self._on_cancel)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(s.m, s.m, s.m, s.m)
        self.box.setSpacing(s.field_gap)
        self.title = Label(title, "body-bold", wrap=True)
        self.box.addWidget(self.title)
        self._end = row(None, self.cancel, self.accept)
        self.box.addWidget(self.rest)
        self.box.addLayout(self._end)
        self.hide()

    def add(self, *widgets: QWidget) -> None:
        """Fields above the buttons, side by side where there are several."""
        place = self.box.indexOf(self.rest)
        if len(widgets) == 1:
            self.box.insertWidget(place, widgets[0])
        else:
            self.box.insertLayout(place, shares(*((one, 1) for one in widgets)))

    def add_above(self, widget: QWidget) -> None:
        """Something between the title and the fields."""
        self.box.insertWidget(self.box.indexOf(self.title) + 1, widget)

    @property
    def controls(self) -> dict[str, QWidget]:
        """What is typed into, by name."""
        return {name: field.control for name, field in self.fields.items()}

    def values(self) -> dict[str, Any]:
        """What stands there as typed."""
        return control_values(self.controls)

    def put_values(self, values: Values) -> None:
        """Put back what stood there."""
        put_controls(self.controls, values)

    def _hear(self, *changes: SignalInstance) -> None:
        for change in changes:
            change.connect(self._on_edited)

    def _on_edited(self, *_what: object) -> None:
        self.edited.emit()

    def refuse(self, error: UserError) -> None:
        """Say what is wrong below the fields."""
        left = show_problems(self.fields, error)
        self.rest.set_text("\n".join(left))
        self.rest.setVisible(bool(left))
        self.accept.setEnabled(True)

    def clean(self) -> None:
        """Take what was wrong away."""
        for field in self.fields.values():
            field.set_error("")
        self.rest.hide()
        self.accept.setEnabled(True)

    def _on_cancel(self) -> None:
        self.hide()
        self.closed.emit()


class PaymentForm(_Form):
    """``typed`` carries a TypedPayment."""

    typed = Signal(object)

    def __init__(self, today: date, *, wareki: bool = False) -> None:
        super().__init__(_("入金を記録"), _("記録する"))
        self._today = today
        self.on = DateField(today, today, wareki=wareki)
        self.amount = MoneyField()
        self.method = Choice(method_options(), "transfer")
        self.bill = Choice()
        self.note = TextField()
        self.fields = {
            "on": Field(_("入金日"), self.on),
            "amount": Field(_("入金額"), self.amount),
            "method": Field(_("方法"), self.method),
            "bill_ids": Field(_("どの請求に"), self.bill),
            "note": Field(_("メモ"), self.note, optional=_("（なくても可）")),
        }
        self.add(self.fields["on"])
        self.add(self.fields["amount"], self.fields["method"])
        self.add(self.fields["bill_ids"])
        self.add(self.fields["note"])
        self.bill.chosen.connect(self._on_bill)
        self.accept.clicked.connect(self._on_accept)
        self.amount.edit.returnPressed.connect(self._on_accept)
        self._open: dict[str, int] = {}
        self._hear(
            self.on.day_changed, self.on.edit.textEdited, self.amount.value_changed, self.method.chosen,
            self.bill.chosen, self.note.edited,
        )  # fmt: skip

    def offer(self, bills: tuple[OpenBill, ...], chosen: str = "") -> None:
        """Open bills to pay, and the one to begin with ("": the oldest first)."""
        from app.usecases.bill_contract import month_of

        found = [one for one in reversed(bills) if one.open > 0]
        self._open = {one.row.id: one.open for one in found}
        self._open[""] = sum(one.open for one in found)
        options = [("", _("古い請求から順に"))] + [
            (
                one.row.id,
                _("{month}分　残り{amount}").format(
                    month=short_month_words(month_of(one.row.month)), amount=yen_words(one.open)
                ),
            )
            for one in found
        ]
        self.bill.set_options(options, chosen if chosen in self._open else "")
        self.on.set_day(self._today)
        self.note.set_text("")
        self.clean()
        self._on_bill(self.bill.value())

    def _on_bill(self, bill_id: str) -> None:
        self.amount.set_value(self._open.get(bill_id) or None)

    def _on_accept(self) -> None:
        from app.errors import Problems

        if not self.accept.isEnabled():  # Enter again: it is being recorded
            return
        self.clean()
        problems = Problems()
        on, amount = self.on.day(), self.amount.value()
        if on is None:
            problems.add("bad-input", _("入金日を入力してください。"), field="on")
        if amount is None:
            problems.add("bad-input", _("入金額を数字で入力してください。"), field="amount")
        if on is None or amount is None:
            self.refuse(UserError(*problems))
            return
        self.accept.setEnabled(False)
        self.typed.emit(
            TypedPayment(on, amount, self.method.value(), self.bill.value() or "", self.note.text())
        )


class ReasonForm(_Form):
    """Taking something back needs a reason. ``given`` carries what it is about and the reason."""

    given = Signal(object, str)

    def __init__(self, accept: str) -> None:
        super().__init__("", accept, danger=True)
        self._about: object = None
        self.why = TextField()
        self.fields = {"why": Field(_("理由"), self.why)}
        self.add(self.fields["why"])
        self._hear(self.why.edited)
        self.accept.clicked.connect(self._on_accept)
        self.why.edit.returnPressed.connect(self._on_accept)

    def ask(self, title: str, about: object) -> None:
        """Ask for the reason of taking ``about`` back."""
        self._about = about
        self.title.set_text(title)
        self.why.set_text("")
        self.clean()
        self.show()
        self.why.setFocus()

    def _on_accept(self) -> None:
        self.given.emit(self._about, self.why.text())


class SurchargeForm(_Form):
    """``typed`` carries the evaded net yen, the day and a note."""

    typed = Signal(object, object, str)

    def __init__(self, today: date, *, wareki: bool = False) -> None:
        super().__init__(_("割増金を請求"), _("次の請求に加える"))
        self.amount = MoneyField()
        self.on = DateField(today, today, wareki=wareki)
        self.note = TextField()
        self.fields = {
            "evaded_net": Field(
                _("支払いを免れた額（税抜）"), self.amount, _("免れた料金と、その2倍の割増金を請求します。")
            ),
            "on": Field(_("免れた日"), self.on),
            "note": Field(_("事情"), self.note, optional=_("（なくても可）")),
        }
        for field in self.fields.values():
            self.add(field)
        self._today = today
        self._hear(self.amount.value_changed, self.on.day_changed, self.on.edit.textEdited, self.note.edited)
        self.accept.clicked.connect(self._on_accept)

    def begin(self) -> None:
        """Nothing typed yet."""
        self.amount.set_value(None)
        self.on.set_day(self._today)
        self.note.set_text("")
        self.clean()

    def _on_accept(self) -> None:
        self.clean()
        amount, on = self.amount.value(), self.on.day()
        if amount is None or amount < 1:
            self.fields["evaded_net"].set_error(_("1円以上の税抜の金額を入力してください。"))
        elif on is None:
            self.fields["on"].set_error(_("日付を入力してください。"))
        else:
            self.typed.emit(amount, on, self.note.text())
