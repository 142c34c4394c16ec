"""The forms of the kinds of paper that ask for something of their own."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from app.days import Month, month_words
from app.papers.request import PaperRequest
from app.usecases.desk import Desk
from app.words import _
from ui.issuing.option_form import OptionForm, day_option, first_of_year
from ui.session import Session
from ui.theme import theme
from ui.widgets.choices import Check, Choice
from ui.widgets.dates import DateField
from ui.widgets.field import Field
from ui.widgets.form import shares

_MONTHS_TO_COME: Final = 3


def read_months(desk: Desk, contract_id: str) -> list[str]:
    """On the database worker: the months of a contract that have charges, the newest first."""
    from app.usecases.open_contract import months_until, open_contract

    view = open_contract(desk, contract_id)
    return [str(row.month) for row in months_until(view, _MONTHS_TO_COME)][::-1]


class MonthForm(OptionForm):
    """料金計算書: the month."""

    def fill(self) -> None:
        wanted = str(self.request.options.get("month") or Month.of(self.session.today))
        self.month = Choice([(wanted, _words(wanted))], wanted)
        self.add_field("month", Field(_("対象月"), self.month))
        self.session.hub.look(read_months, self.request.subject, done=self._on_months, owner=self)

    def _on_months(self, months: list[str]) -> None:
        wanted = self.month.value()
        offered = months if wanted in months else [wanted, *months]
        self.month.set_options([(one, _words(one)) for one in offered], wanted)

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


class PlainForm(OptionForm):
    """Nothing to ask: what the request carries stays as it is."""

    def fill(self) -> None:
        self.setMaximumHeight(theme.size.hairline)
        self.hide()


_FORMS: Final[dict[str, type[OptionForm]]] = {
    "F": MonthForm,
    "P": PaymentsForm,
}


def form_for(session: Session, request: PaperRequest) -> OptionForm:
    """The form of a kind of paper."""
    return _FORMS.get(request.kind, PlainForm)(session, request)
