"""The columns of the list of papers: how a stored row becomes cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from app.papers.kinds import title_of
from app.usecases.send_paper import how_words
from app.words import _
from ui.moments import short_day
from ui.widgets.rows_model import Cell, Column

if TYPE_CHECKING:
    from app.papers.archived import PaperRow

_NUMBER_FOLDS = 66  # characters: in a narrower list the number stands below the name
_SENT_FOLDS = 74


def columns(wareki: Callable[[], bool]) -> list[Column]:
    """All columns."""

    def issued(row: PaperRow) -> Cell:
        return Cell(short_day(row.issued_on, wareki=wareki()), second=row.staff, raw=row.issued_on)

    return [
        Column(_("発行日"), 8.8, issued, "issued_on"),
        Column(_("書類"), 10.4, _title, "title"),
        Column(_("番号"), 14.2, _number, "number", fold=_NUMBER_FOLDS),
        Column(
            _("宛名"), 20, _customer, "customer", stretch=True,
            narrow=_customer_with_number, narrow_below=_NUMBER_FOLDS,
        ),
        Column(_("金額（税込）"), 9.8, _total, "total", right=True),
        Column(_("送付"), 7.4, _sent, fold=_SENT_FOLDS),
        Column(_("状態"), 7.4, _state),
    ]  # fmt: skip


def orders() -> list[tuple[tuple[str, bool], str]]:
    """The orders offered by name: (sort, descending) and its words."""
    return [
        (("issued_on", True), _("発行日が新しい順")),
        (("issued_on", False), _("発行日が古い順")),
        (("total", True), _("金額が大きい順")),
        (("customer", False), _("宛名のかな順")),
        (("number", True), _("番号が大きい順")),
        (("title", False), _("書類の種類順")),
    ]


def number_words(row: PaperRow) -> str:
    """The number, with its revision where it is not the first."""
    return row.number if row.revision == 1 else f"{row.number}/{row.revision}"


def customer_words(row: PaperRow) -> str:
    """Whose it is; "（消去済み）" after its retention."""
    return _("（消去済み）") if row.erased else row.customer or "—"


def state_of(row: PaperRow) -> tuple[str, str, str]:
    """(icon, word, meaning) of where a paper stands."""
    if row.erased:
        return "trash-2", _("消去済み"), "quiet"
    if row.voided:
        return "circle-x", _("取消"), "danger"
    return "circle-check", _("有効"), "plain"


def _title(row: PaperRow) -> Cell:
    return Cell(title_of(row.kind), raw=row.kind)


def _number(row: PaperRow) -> Cell:
    return Cell(number_words(row), tone="text2", raw=row.number)


def _customer(row: PaperRow) -> Cell:
    return Cell(customer_words(row), second=row.voided, second_tone="danger", raw=row.customer)


def _customer_with_number(row: PaperRow) -> Cell:
    return Cell(customer_words(row), second=number_words(row), raw=row.customer)


def _total(row: PaperRow) -> Cell:
    from app.money import yen_words  # money loads with the first rows, after the first picture

    if row.total:
        return Cell(yen_words(row.total), tone="text3" if row.voided else "text", raw=row.total)
    return Cell("—", tone="text3", raw=0)


def _sent(row: PaperRow) -> Cell:
    return Cell(how_words(row.sent), tone="text2") if row.sent else Cell("—", tone="text3")


def _state(row: PaperRow) -> Cell:
    return Cell(chip=state_of(row), raw=row.voided)
