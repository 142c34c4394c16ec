"""The columns of the list of contracts: how a stored row becomes cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from app.charge.words_basic import counted
from app.usecases.desk import Desk
from app.words import _
from ui.contracts.words import next_words, service_name, state_words, unit_words
from ui.moments import days_left_words, short_day
from ui.widgets.marked_table import Marks
from ui.widgets.rows_model import Cell, Column

if TYPE_CHECKING:
    from app.contract.record import ContractRow

SOON_DAYS = 10
_NUMBER_FOLDS = 78  # characters: in a narrower list the number stands below the name
_START_FOLDS = 84
_QUANTITY_FOLDS = 64


@dataclass(frozen=True, slots=True)
class ListedContract:
    """A row with the words the tariff has for it. They are found where the row is read, off the GUI
    thread.
    """

    row: ContractRow
    service: str
    unit: str
    deadline: str

    @property
    def seq(self) -> int:
        """Its place in storage, as the model asks for it."""
        return self.row.seq

    @property
    def id(self) -> str:
        """The contract's id."""
        return self.row.id


def listed(desk: Desk, rows: list[ContractRow]) -> list[ListedContract]:
    """On the database worker: rows with the words of their services."""
    catalogue = desk.catalogue
    services = {code: service_name(catalogue, code) for code in {row.service for row in rows}}
    units = {key: unit_words(catalogue, *key) for key in {(row.service, row.item) for row in rows}}
    dues = {(row.service, row.next_code) for row in rows}
    deadlines = {key: next_words(catalogue, *key) if key[1] else "" for key in dues}
    return [
        ListedContract(
            row,
            services[row.service],
            units[row.service, row.item],
            deadlines[row.service, row.next_code],
        )
        for row in rows
    ]


def yen_words(amount: int) -> str:
    """`1,234,567円`. Money loads with the first rows, after the first picture."""
    from app.money import yen_words as words

    return words(amount)


def columns(marks: Marks, now: Callable[[], datetime], wareki: Callable[[], bool]) -> list[Column]:
    """All columns. `now` is asked when a cell is painted, so that days left stay right overnight."""

    def started(one: ListedContract) -> Cell:
        return Cell(short_day(one.row.started_on, wareki=wareki()), tone="text2", raw=one.row.started_on)

    def next_deadline(one: ListedContract) -> Cell:
        return deadline_cell(one, now().date(), wareki=wareki())

    return [
        marks.column(),
        Column(_("契約番号"), 11.8, _number, "number", fold=_NUMBER_FOLDS),
        Column(
            _("顧客"), 20, _customer, "customer", stretch=True,
            narrow=_customer_with_number, narrow_below=_NUMBER_FOLDS,
        ),
        Column(_("サービス"), 13.2, _service, "service"),
        Column(_("状態"), 8.8, _state, "state"),
        Column(_("数量"), 7.4, _quantity, "quantity", right=True, fold=_QUANTITY_FOLDS),
        Column(_("月額（税抜）"), 9.8, _monthly, "monthly_net", right=True),
        Column(_("開始日"), 8.1, started, "started_on", right=True, fold=_START_FOLDS),
        Column(_("次の期限"), 12, next_deadline, "next_on"),
    ]  # fmt: skip


def orders() -> list[tuple[tuple[str, bool], str]]:
    """The orders offered by name: (sort, descending) and its words."""
    return [
        (("next_on", False), _("次の期限が近い順")),
        (("updated_at", True), _("更新が新しい順")),
        (("customer", False), _("顧客のかな順")),
        (("monthly_net", True), _("月額が大きい順")),
        (("quantity", True), _("数量が大きい順")),
        (("started_on", True), _("開始日が新しい順")),
        (("number", True), _("番号が大きい順")),
    ]


def _number(one: ListedContract) -> Cell:
    return Cell(one.row.number, tone="text2", raw=one.row.number)


def _where(row: ContractRow) -> list[str]:
    return [part for part in (row.town, row.phone) if part]


def _customer(one: ListedContract) -> Cell:
    row = one.row
    return Cell(row.customer or "—", after=row.kana, second=_("・").join(_where(row)), raw=row.customer)


def _customer_with_number(one: ListedContract) -> Cell:
    row = one.row
    return Cell(row.customer or "—", second=_("・").join((row.number, *_where(row))), raw=row.customer)


def _service(one: ListedContract) -> Cell:
    return Cell(one.service, raw=one.row.service)


def _state(one: ListedContract) -> Cell:
    return Cell(chip=state_words(one.row.state), raw=one.row.state.value)


def _quantity(one: ListedContract) -> Cell:
    row = one.row
    if not row.quantity:
        return Cell("—", tone="text3", raw=0)
    return Cell(counted(row.quantity, one.unit), raw=row.quantity)


def _monthly(one: ListedContract) -> Cell:
    row = one.row
    yearly = yen_words(row.yearly_net)
    if row.monthly_net:
        second = f"{_('年額')} {yearly}" if row.yearly_net else ""
        return Cell(yen_words(row.monthly_net), second=second, second_tone="text2", raw=row.monthly_net)
    if row.yearly_net:
        return Cell(yearly, before=_("年額"), raw=0)
    return Cell("—", tone="text3", raw=0)


def deadline_cell(one: ListedContract, today: date, *, wareki: bool) -> Cell:
    """The next deadline: its day, what it is, and how long there is where it is near."""
    row, what = one.row, one.deadline
    day = row.next_on
    if day is None:
        return Cell("—", tone="text3")
    left = (day - today).days
    tone = "danger" if left < 0 else "warn" if left <= SOON_DAYS else "text"
    second = what
    if left <= SOON_DAYS:
        second = _("{deadline}・{left}").format(deadline=what, left=days_left_words(day, today))
    second_tone = tone if tone != "text" else "text2"
    return Cell(
        _span(row, day, wareki=wareki),
        second=second,
        tone=tone,
        second_tone=second_tone,
        bold=left <= SOON_DAYS,
        raw=day,
    )


def _span(row: ContractRow, day: date, *, wareki: bool) -> str:
    """The day with its weekday; a month, or the first and last day, where it is a span."""
    from app.days import Month, month_words, weekday_words

    since = row.next_since
    if since is None:
        return _("{day}（{weekday}）").format(day=short_day(day, wareki=wareki), weekday=weekday_words(day))
    month = Month.of(day)
    if (since, day) == (month.first, month.last):
        return month_words(month)
    return f"{short_day(since, wareki=wareki)}〜{day.month}/{day.day:02}"
