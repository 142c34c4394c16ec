"""The columns of the list of quotations: how a stored row becomes cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from app.words import _
from ui.moments import days_left_words, moment_words, short_day
from ui.widgets.rows_model import Cell, Column

if TYPE_CHECKING:
    from app.quote.stored import QuotationRow, QuotationState

SOON_DAYS = 10
_NUMBER_FOLDS = 72  # characters: in a narrower list the number stands below the title


def yen_words(amount: int) -> str:
    """`1,234,567円`. Money loads with the first rows, after the first picture."""
    from app.money import yen_words as words

    return words(amount)


def states_in_words() -> dict[str, tuple[str, str, str]]:
    """Icon, word and meaning of each state, by its value. The usual ones stand without a ground."""
    return {
        "draft": ("pencil", _("下書き"), "quiet"),
        "issued": ("send", _("発行済み"), "plain"),
        "won": ("circle-check", _("受注"), "good"),
        "lost": ("circle-x", _("失注"), "neutral"),
        "expired": ("clock", _("期限切れ"), "warn"),
    }


def state_words(state: QuotationState) -> tuple[str, str, str]:
    """Icon, word and meaning of a state."""
    return states_in_words()[state.value]


def columns(now: Callable[[], datetime], wareki: Callable[[], bool]) -> list[Column]:
    """All columns. `now` is asked when a cell is painted, so that 今日 stays right overnight."""

    def issued(row: QuotationRow) -> Cell:
        return Cell(short_day(row.issued_on, wareki=wareki()), tone="text2", raw=row.issued_on)

    def valid(row: QuotationRow) -> Cell:
        return _valid(row, now(), wareki=wareki())

    def updated(row: QuotationRow) -> Cell:
        return Cell(moment_words(row.updated_at, now()), tone="text2", second=row.staff, raw=row.updated_at)

    return [
        Column(_("見積番号"), 12.5, _number, "number", fold=_NUMBER_FOLDS),
        Column(_("顧客"), 18, _customer, "customer", stretch=True),
        Column(
            _("件名・サービス"), 16, _title, "title", stretch=True,
            narrow=_title_with_number, narrow_below=_NUMBER_FOLDS,
        ),
        Column(_("状態"), 7.2, _state, "state"),
        Column(_("月額（税抜）"), 9.8, _monthly, "monthly_net", right=True),
        Column(_("総額（税込）"), 9.2, _total, "total", right=True),
        Column(_("発行日"), 8.2, issued, "issued_on", fold=98),
        Column(_("有効期限"), 8.7, valid, "valid_until"),
        Column(_("更新"), 8.6, updated, "updated_at", fold=76),
    ]  # fmt: skip


def customer_columns(now: Callable[[], datetime]) -> list[Column]:
    """The columns of the quotations of one customer."""

    def updated(row: QuotationRow) -> Cell:
        total = _total(row)
        moment = moment_words(row.updated_at, now())
        return replace(total, second=total.second or moment)

    return [
        Column(_("件名・サービス"), 16, _title_with_number, stretch=True),
        Column(_("状態"), 7.2, _state),
        Column(_("総額（税込）"), 9.8, updated, right=True),
    ]


def orders() -> list[tuple[tuple[str, bool], str]]:
    """The orders offered by name: (sort, descending) and its words."""
    return [
        (("updated_at", True), _("更新が新しい順")),
        (("valid_until", False), _("有効期限が近い順")),
        (("issued_on", True), _("発行日が新しい順")),
        (("number", True), _("番号が大きい順")),
        (("customer", False), _("顧客のかな順")),
        (("total", True), _("総額が大きい順")),
        (("monthly_net", True), _("月額が大きい順")),
    ]


def _number(row: QuotationRow) -> Cell:
    if not row.number:
        return Cell("—", tone="text3", raw="")
    return Cell(row.number, second=_revision(row), tone="text2", raw=row.number)


def _revision(row: QuotationRow) -> str:
    second = _("第{revision}版").format(revision=row.revision)
    if row.dirty:
        second = _("{revision}・変更あり").format(revision=second)
    return second


def _customer(row: QuotationRow) -> Cell:
    second = _("・").join(part for part in (row.town, row.phone) if part)
    if not row.customer:
        return Cell(_("（お客さま未定）"), second=second, tone="text3", raw="")
    return Cell(row.customer, after=row.kana, second=second, raw=row.customer)


def _title(row: QuotationRow) -> Cell:
    names = row.services.replace(", ", "・").split("・")  # as Japanese and English papers put them together
    told = all(name in row.title for name in names)
    return Cell(row.title or row.services or "—", second="" if told else row.services, raw=row.title)


def _title_with_number(row: QuotationRow) -> Cell:
    if not row.number:
        return _title(row)
    second = f"{row.number} {_revision(row)}"
    return Cell(row.title or row.services or "—", second=second, raw=row.title)


def _state(row: QuotationRow) -> Cell:
    return Cell(chip=state_words(row.state), raw=row.state.value)


def _monthly(row: QuotationRow) -> Cell:
    yearly = yen_words(row.yearly_net)
    if row.monthly_net:
        second = f"{_('年額')} {yearly}" if row.yearly_net else ""
        return Cell(yen_words(row.monthly_net), second=second, second_tone="text2", raw=row.monthly_net)
    if row.yearly_net:
        return Cell(yearly, before=_("年額"), raw=0)
    return Cell("—", tone="text3", raw=0)


def _total(row: QuotationRow) -> Cell:
    if not row.open_items:
        return Cell(yen_words(row.total), raw=row.total)
    words = yen_words(row.total) if row.total else "—"
    still = _("あと{count}か所").format(count=row.open_items)
    return Cell(words, second=still, tone="text3", second_tone="warn", raw=row.total)


def _valid(row: QuotationRow, now: datetime, *, wareki: bool) -> Cell:
    day = row.valid_until
    if day is None:
        return Cell("—", tone="text3")
    open_ = row.state.value in {"issued", "expired"}
    left = (day - now.date()).days
    if not open_ or left > SOON_DAYS:
        return Cell(short_day(day, wareki=wareki), tone="text2", raw=day)
    words = days_left_words(day, now.date())
    tone = "danger" if left < 0 else "warn"
    return Cell(short_day(day, wareki=wareki), second=words, tone=tone, second_tone=tone, bold=True, raw=day)
