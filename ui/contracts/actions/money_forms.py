"""請求・支払方法, 工事費 and 割増金."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from app.contract.facts import Billing, WorksFee
from app.days import Month, month_words
from app.money import yen_words
from app.tariff.clauses import clause_note
from app.words import N_, _, pgettext
from ui.contracts.actions.form import ActionForm
from ui.contracts.actions.shown import FeeWords, Note
from ui.widgets.choices import Switch
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField
from ui.widgets.number import NumberStepper

if TYPE_CHECKING:
    from datetime import date

    from app.contract.record import Entry
    from app.tariff.model import Fee


class BillingForm(ActionForm):
    """How bills are sent and paid from a month on, and what was asked for in that month."""

    TITLE = N_("請求・支払方法")
    BUTTON = N_("請求方法を登録")

    def build(self) -> None:
        before = self._before()
        self.add(
            self.segments(
                "method",
                _("支払方法"),
                [
                    ("invoice", _("請求書")),
                    ("account-transfer", _("口座振替")),
                    ("phone-bill", _("電話料金合算")),
                ],
                before.method or "invoice",
            )
        )
        self.add(self.day("on", _("いつから"), self._first_day()))
        self.add(self.switch("notice", _("口座振替通知書を送る"), before.notice))
        self.add(self.switch("combined", _("他社の請求とまとめる"), before.combined))
        self.add(self.switch("assigned", _("債権を譲渡している"), before.receivable_assigned))
        unit = pgettext("unit", "通")
        for name, label in (
            ("qualified", _("適格請求書の発行（この月）")),
            ("certificates", _("支払証明書の発行（この月）")),
        ):
            self.add(self.number(name, label, unit, 0, 0, 99))

    def _before(self) -> Billing:
        timeline = self.context.view.timeline
        billings = timeline.history.billings if timeline is not None else ()
        if billings:
            return billings[-1]
        method = self.context.stored.content.billing.method
        return Billing(method=method or "invoice")

    def _first_day(self) -> date:
        closed = self.context.view.closed_until
        first = Month.of(self.today).plus(1).first
        return max(first, closed.plus(1).first) if closed is not None else first

    def refresh(self) -> None:
        on = self.control("on", DateField).day()
        words = _("{month}分の請求から").format(month=month_words(Month.of(on))) if on is not None else ""
        self.fields["on"].set_helper(words)
        self.fields["notice"].setVisible(self.value_of("method") == "account-transfer")
        fees: dict[str, Fee] = {fee.per: fee for fee in self.edition_on(on).fees}
        for name, per in (("qualified", "qualified-invoice"), ("certificates", "payment-certificate")):
            fee = fees.get(per)
            self.fields[name].setVisible(fee is not None)
            if fee is not None:
                price = yen_words(fee.amount) if fee.amount is not None else _("実費")
                self.fields[name].set_helper(
                    _("1通 {price}（{clause}）").format(price=price, clause=clause_note(fee.clause))
                )

    def entries(self) -> tuple[Entry, ...]:
        on = self.day_of("on")
        qualified = self.number_of("qualified", needed=False) or 0
        certificates = self.number_of("certificates", needed=False) or 0
        if on is None:
            return ()
        month, method = str(Month.of(on)), self.value_of("method")
        return (
            Billing(
                method=method,  # type: ignore[arg-type]
                notice=method == "account-transfer" and self.control("notice", Switch).isChecked(),
                combined=self.control("combined", Switch).isChecked(),
                receivable_assigned=self.control("assigned", Switch).isChecked(),
                qualified_invoices={month: qualified} if qualified else {},
                payment_certificates={month: certificates} if certificates else {},
                on=on,
            ),
        )

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, Billing):
            self.choose("method", entry.method or "invoice")
            self.control("on", DateField).set_day(entry.on)
            for name, on in (
                ("notice", entry.notice),
                ("combined", entry.combined),
                ("assigned", entry.receivable_assigned),
            ):
                self.control(name, Switch).setChecked(on)
            for name, counts in (
                ("qualified", entry.qualified_invoices),
                ("certificates", entry.payment_certificates),
            ):
                self.control(name, NumberStepper).set_value(sum(counts.values()))


class WorksFeeForm(ActionForm):
    """工事費: net, and how much of the works was carried out."""

    TITLE = N_("工事費")
    BUTTON = N_("工事費を登録")

    def build(self) -> None:
        fee = next((one for one in self.edition_on(self.today).fees if one.per == "works"), None)
        clause = clause_note(fee.clause) if fee is not None else ""
        self.add(self.money("amount", _("工事費（税抜）"), None, clause))
        self.add(self.number("done", _("済んだ割合"), "%", 100, 0, 100))
        self.fields["done"].set_helper(_("途中で終わったときは、済んだ部分だけを請求します。"))
        self.note_field()

    def entries(self) -> tuple[Entry, ...]:
        amount, done = self.number_of("amount"), self.number_of("done")
        if amount is None or done is None:
            return ()
        return (WorksFee(amount=amount, done=Fraction(done, 100)),)

    def fill_from(self, entry: Entry) -> None:
        if isinstance(entry, WorksFee):
            self.control("amount", MoneyField).set_value(entry.amount)
            share = entry.done * 100
            self.control("done", NumberStepper).set_value(int(share))


class SurchargeForm(ActionForm):
    """割増金 for a fee that was unlawfully evaded: a claim on the next bill."""

    TITLE = N_("割増金の請求")
    BUTTON = N_("割増金を請求")
    PREVIEWED = False
    UNDOABLE = False
    ALIASES: ClassVar[Mapping[str, str]] = {"evaded_net": "evaded", "net": "evaded"}

    def build(self) -> None:
        rule = self.edition_on(self.today).surcharge
        helper = ""
        if rule is not None:
            helper = _("免れた額の{factor}倍（{clause}）").format(
                factor=rule.factor, clause=clause_note(rule.clause)
            )
        self.add(self.money("evaded", _("免れた額（税抜）"), None, helper))
        self.add(self.day("on", _("料金を免れた日"), self.today))
        self.add(self.area("note", _("事情"), hint=_("例：申告した台数より多く使っていた")))

    def entries(self) -> tuple[Entry, ...]:
        amount = self.number_of("evaded")
        self.text_of("note", needed=True)
        self.day_of("on")
        if amount is not None and amount <= 0:
            self.wrong("evaded", _("1円以上の金額を入力してください。"))
        return ()

    def fee(self) -> FeeWords | None:
        """What is owed, as the amount stands."""
        from app.charge.surcharge import EvadedFee, surcharge
        from ui.quotes.price_words import reason_words

        amount = self.control("evaded", MoneyField).value()
        rule = self.edition_on(self.today).surcharge
        if amount is None or amount <= 0 or rule is None:
            return None
        on = self.control("on", DateField).day() or self.today
        fee = EvadedFee(self.context.stored.content.service, amount, on)
        due = surcharge(fee, self.context.session.catalogue)
        return FeeWords(
            _("割増金"),
            _("税込"),
            yen_words(due.total),
            _("{amount} × {factor} ＋ 消費税 {tax}").format(
                amount=yen_words(amount), factor=rule.factor, tax=yen_words(due.tax)
            ),
            clause_note(rule.clause),
            _("免れた額（税込）との合計"),
            yen_words(due.total_due),
            reason_words(due.reason),
        )

    def write(self, entries: tuple[Entry, ...]) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        from ui.operations.contracts import claim_surcharge

        return claim_surcharge, (
            self.context.stored.id,
            self.control("evaded", MoneyField).value(),
            self.note(),
            self.control("on", DateField).day(),
        )

    def obligations(self) -> tuple[Note, ...]:
        found = [Note("info", _("次に締める月の請求に載ります。"))]
        rule = self.edition_on(self.today).surcharge
        if rule is not None and rule.discretionary:
            found.append(Note("info", _("請求するかどうかは提供会社が決められます。")))
        return tuple(found)
