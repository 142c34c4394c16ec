"""The forms of the kinds of paper that ask for something of their own."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtWidgets import QWidget

from app.days import Month, month_words
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.words import _
from ui.issuing.option_form import OptionForm, day_option, first_of_year
from ui.issuing.row_forms import CoverForm, DepositForm
from ui.session import Session
from ui.theme import theme
from ui.widgets.choices import Check, Choice, Segments
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField
from ui.widgets.field import Field
from ui.widgets.form import shares
from ui.widgets.number import NumberStepper

_MONTHS_TO_COME: Final = 3
_MOST_MONTHS: Final = 12
OF_QUOTATION: Final = "of_quotation"
"""Among the options of a 重要事項説明書 that is opened: the subject is a quotation, whose services are offered."""


def read_months(desk: Desk, contract_id: str) -> list[str]:
    """On the database worker: the months of a contract that have charges, the newest first."""
    from app.usecases.open_contract import months_until, open_contract

    view = open_contract(desk, contract_id)
    return [str(row.month) for row in months_until(view, _MONTHS_TO_COME)][::-1]


class MonthForm(OptionForm):
    """料金計算書: the month."""

    def fill(self) -> None:
        last = Month.of(self.session.today).plus(-1)  # the newest whose charges are all known
        wanted = str(self.request.options.get("month") or last)
        self.month = Choice([(wanted, _words(wanted))], wanted)
        self.add_field("month", Field(_("対象月"), self.month))
        self.session.hub.look(read_months, self.request.subject, done=self._on_months, owner=self)

    def _on_months(self, months: list[str]) -> None:
        wanted = self.month.value()
        if months and wanted not in months and "month" not in self.request.options:
            wanted = next((one for one in months if one <= wanted), months[-1])
        offered = months if wanted in months else [wanted, *months]
        other = wanted != self.month.value()
        self.month.set_options([(one, _words(one)) for one in offered], wanted)
        if other:
            self.edited.emit()

    def options(self) -> dict[str, Any]:
        return {"month": self.month.value()}


def _words(month: str) -> str:
    year, number = (int(part) for part in month.split("-"))
    return month_words(Month(year, number))


class PaymentsForm(OptionForm):
    """支払証明書: from when to when, and whether the fee of the terms is charged."""

    def fill(self) -> None:
        today = self.session.today
        given = self.request.options
        self.first = DateField(today, _day(given.get("first")) or first_of_year(today))
        self.last = DateField(today, _day(given.get("last")) or today)
        self.charge = Check(_("発行手数料を次の請求に載せる"), checked=bool(given.get("charge", True)))
        first = self.add_field("first", Field(_("最初の日"), self.first), beside=True)
        last = self.add_field("last", Field(_("最後の日"), self.last), beside=True)
        self.body.addLayout(shares((first, 1), (last, 1)))
        self.add_field("charge", Field("", self.charge, _("規約に手数料の定めがある契約だけに載ります。")))

    def options(self) -> dict[str, Any]:
        return {
            "first": day_option(self.first),
            "last": day_option(self.last),
            "charge": self.charge.isChecked(),
        }


def _day(given: object) -> date | None:
    if isinstance(given, date):
        return given
    try:
        return date.fromisoformat(str(given)) if given else None
    except ValueError:
        return None


class QualifiedForm(OptionForm):
    """適格請求書: how many months on one paper, the fee of the terms, postage."""

    def fill(self) -> None:
        given = self.request.options
        self.months = NumberStepper(_("か月分"), 1, _MOST_MONTHS, int(given.get("months", 1)))
        self.charge = Check(_("発行手数料を次の請求に載せる"), checked=bool(given.get("fee", True)))
        self.postage = MoneyField()
        self.postage.set_value(given.get("postage"))
        helper = _("この月までの何か月分を1枚にするか。")
        self.add_field("months", Field(_("対象の月数"), self.months, helper))
        self.add_field("fee", Field("", self.charge, _("規約に手数料の定めがあるサービスだけに載ります。")))
        self.add_field("postage", Field(_("送料（実費）"), self.postage, optional=_("（なくても可）")))

    def options(self) -> dict[str, Any]:
        months = self.months.value()
        postage = self.postage.value() if self.postage.text() else 0
        found: dict[str, Any] = {
            "months": months if months is not None else self.months.text(),
            "postage": postage if postage is not None else self.postage.text(),
        }
        if not self.charge.isChecked():  # else the maker knows whether it was recorded already
            found["fee"] = False
        return found


class SettlementForm(OptionForm):
    """解約精算書: what the provider itself counted as 解約金, where it told us."""

    def fill(self) -> None:
        self.fee = MoneyField()
        self.fee.set_value(self.request.options.get("provider_fee"))
        helper = _("提供会社から通知があるときだけ入力します。当社の計算と並べて示します。")
        self.add_field("provider_fee", Field(_("提供会社の計算した解約金"), self.fee, helper))

    def options(self) -> dict[str, Any]:
        if not self.fee.text():
            return {}
        value = self.fee.value()
        return {"provider_fee": value if value is not None else self.fee.text()}


class ComparisonForm(OptionForm):
    """比較見積書: over how many months; what is compared comes from the comparison on the screen."""

    def fill(self) -> None:
        from app.usecases.compare_services import SPANS

        spans = [(months, _("{count}か月").format(count=months)) for months in SPANS]
        self.months = Segments(spans, self.request.options.get("months", SPANS[1]))
        self.add_field("months", Field(_("比べる期間"), self.months))

    def options(self) -> dict[str, Any]:
        return {**self.request.options, "months": self.months.value()}


def read_services(desk: Desk, quotation_id: str) -> list[tuple[str, str]]:
    """On the database worker: the services of a quotation with their short names."""
    from app.tariff.texts import words

    with desk.storage.look() as work:
        content = work.quotations.get(quotation_id).content
    return [
        (one.service, words(desk.catalogue.service(one.service).short))
        for one in content.services
        if one.service
    ]


class TermsForm(OptionForm):
    """重要事項説明書 of a quotation: of which of its services."""

    def fill(self) -> None:
        given = self.request.options
        self.service = Choice([(given.get("service", ""), "")], given.get("service", ""))
        self.field = self.add_field("service", Field(_("サービス"), self.service))
        self.field.hide()
        if OF_QUOTATION in given:
            self.session.hub.look(read_services, self.request.subject, done=self._on_services, owner=self)

    def _on_services(self, services: list[tuple[str, str]]) -> None:
        wanted = self.service.value() or (services[0][0] if services else "")
        self.service.set_options(services, wanted)
        self.field.setVisible(len(services) > 1)

    @property
    def begins_at(self) -> QWidget | None:
        return None

    def options(self) -> dict[str, Any]:
        given = {name: one for name, one in self.request.options.items() if name != OF_QUOTATION}
        return {**given, "service": self.service.value()} if self.service.value() else given


class PlainForm(OptionForm):
    """Nothing to ask: what the request carries stays as it is."""

    def fill(self) -> None:
        self.setMaximumHeight(theme.size.hairline)
        self.hide()


_FORMS: Final[dict[str, type[OptionForm]]] = {
    "D": DepositForm,
    "E": TermsForm,
    "L": CoverForm,
    "S": SettlementForm,
    "T": QualifiedForm,
    "V": ComparisonForm,
    "F": MonthForm,
    "P": PaymentsForm,
}


def form_for(session: Session, request: PaperRequest) -> OptionForm:
    """The form of a kind of paper."""
    return _FORMS.get(request.kind, PlainForm)(session, request)
