"""The columns of a month's bills: how a stored bill becomes cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from app.charge.refused import refused_words
from app.money import yen_words
from app.usecases.desk import Desk
from app.words import _
from ui.contracts.words import service_name
from ui.moments import short_day
from ui.months.words import paid_chip
from ui.widgets.marked_table import Marks
from ui.widgets.rows_model import Cell, Column

if TYPE_CHECKING:
    from app.charge.stored import BillRow

_SERVICE_FOLDS = 62
_PARTS_FOLD = 84  # characters: in a narrower list net and tax stand below the total
_DUE_FOLDS = 72


@dataclass(frozen=True, slots=True)
class ListedBill:
    """A bill with the name of its service, found where it is read, off the GUI thread."""

    row: BillRow
    service: str

    @property
    def seq(self) -> int:
        """Its contract's place in storage, as the model asks for it."""
        return self.row.seq

    @property
    def id(self) -> str:
        """The bill's id."""
        return self.row.id


def listed(desk: Desk, rows: list[BillRow]) -> list[ListedBill]:
    """On the database worker: bills with the names of their services."""
    names = {code: service_name(desk.catalogue, code) for code in {row.service for row in rows}}
    return [ListedBill(row, names[row.service]) for row in rows]


def columns(marks: Marks, today: Callable[[], date], wareki: Callable[[], bool]) -> list[Column]:
    """All columns, those of the marks first. ``today`` is asked when a cell is painted."""

    def due(one: ListedBill) -> Cell:
        day = one.row.due_on
        return Cell(short_day(day, wareki=wareki()), tone="text2" if day else "text3", raw=day)

    def paid(one: ListedBill) -> Cell:
        day = one.row.due_on
        return Cell(chip=paid_chip(one.row, overdue=day is not None and day < today()), raw=one.row.paid)

    return [
        marks.column(),
        Column(
            _("顧客・契約番号"), 18, _customer, "customer", stretch=True,
            narrow=_customer_with_service, narrow_below=_SERVICE_FOLDS,
        ),
        Column(_("サービス"), 15.5, _service, "service", fold=_SERVICE_FOLDS),
        Column(_("税抜"), 8.4, _net, right=True, fold=_PARTS_FOLD),
        Column(_("消費税"), 7.4, _tax, right=True, fold=_PARTS_FOLD),
        Column(_("不課税"), 7.8, _exempt, right=True, fold=_PARTS_FOLD),
        Column(
            _("合計"), 10.8, _total, "total", right=True,
            narrow=_total_with_parts, narrow_below=_PARTS_FOLD,
        ),
        Column(_("支払期日"), 8, due, "due_on", fold=_DUE_FOLDS),
        Column(_("入金"), 10.4, paid),
    ]  # fmt: skip


def _customer(one: ListedBill) -> Cell:
    return Cell(one.row.customer, second=one.row.number, raw=one.row.customer)


def _customer_with_service(one: ListedBill) -> Cell:
    if one.row.refused:
        why = refused_words(one.row.refused)
        return Cell(one.row.customer, second=why, second_tone="danger", raw=one.row.customer)
    return Cell(one.row.customer, second=f"{one.row.number}  {one.service}", raw=one.row.customer)


def _service(one: ListedBill) -> Cell:
    if one.row.refused:
        why = refused_words(one.row.refused)
        return Cell(one.service, second=why, second_tone="danger", raw=one.row.service)
    return Cell(one.service, tone="text2", raw=one.row.service)


def _yen(amount: int, refused: str) -> Cell:
    if refused or not amount:
        return Cell("—", tone="text3", raw=amount)
    return Cell(yen_words(amount), raw=amount)


def _net(one: ListedBill) -> Cell:
    return _yen(one.row.net, one.row.refused)


def _tax(one: ListedBill) -> Cell:
    return _yen(one.row.tax, one.row.refused)


def _exempt(one: ListedBill) -> Cell:
    return _yen(one.row.exempt, one.row.refused)


def _total(one: ListedBill) -> Cell:
    if one.row.refused:
        return Cell("—", tone="text3", raw=0)
    return Cell(yen_words(one.row.total), bold=True, raw=one.row.total)


def _total_with_parts(one: ListedBill) -> Cell:
    if one.row.refused:
        return Cell("—", tone="text3", raw=0)
    second = _("不課税") if one.row.exempt else ""
    if one.row.tax:
        second = _("うち消費税 {tax}").format(tax=yen_words(one.row.tax))
    return Cell(yen_words(one.row.total), second=second, bold=True, raw=one.row.total)
