"""The columns of the list of quotations: how a stored row becomes cells."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from app.money import yen_words
from app.words import _
from ui.moments import days_left_words, moment_words, short_day
from ui.widgets.rows_model import Cell, Column

if TYPE_CHECKING:
    from app.quote.stored import QuotationRow, QuotationState

SOON_DAYS = 10


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
        Column(_("見積番号"), 12.5, _number, "number"),
        Column(_("顧客"), 19, _customer, "customer", stretch=True),
        Column(_("件名・サービス"), 15, _title, "title", stretch=True),
        Column(_("状態"), 7.2, _state, "state"),
        Column(_("月額（税抜）"), 8, _monthly, "monthly_net", right=True),
        Column(_("総額（税込）"), 8.6, _total, "total", right=True),
        Column(_("発行日"), 8.2, issued, "issued_on", fold=86),
        Column(_("有効期限"), 8.7, valid, "valid_until"),
        Column(_("更新"), 8.6, updated, "updated_at", fold=76),
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
        return Cell("—", second=_("発行時に付きます"), tone="text3", raw="")
    second = _("第{revision}版").format(revision=row.revision)
    if row.dirty:
        second = _("{revision}・変更あり").format(revision=second)
    return Cell(row.number, second=second, tone="text2", raw=row.number)


def _customer(row: QuotationRow) -> Cell:
    second = "・".join(part for part in (row.town, row.phone) if part)
    if not row.customer:
        return Cell(_("（お客さま未定）"), second=second, tone="text3", raw="")
    return Cell(row.customer, after=row.kana, second=second, raw=row.customer)


def _title(row: QuotationRow) -> Cell:
    if row.title and row.services and row.title != row.services:
        return Cell(row.title, second=row.services, raw=row.title)
    return Cell(row.title or row.services or "—", raw=row.title)


def _state(row: QuotationRow) -> Cell:
    return Cell(chip=state_words(row.state), raw=row.state.value)


def _monthly(row: QuotationRow) -> Cell:
    if not row.monthly_net:  # a service charged by the year, or nothing yet
        return Cell("—", tone="text3", raw=0)
    return Cell(yen_words(row.monthly_net), raw=row.monthly_net)


def _total(row: QuotationRow) -> Cell:
    return Cell(yen_words(row.total), raw=row.total)


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
