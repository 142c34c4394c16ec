"""期限切れの入金: bills past their due day with something open, by how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from app.days import short_month_words
from app.money import yen_words
from app.usecases.desk import Desk
from app.words import _, pgettext
from ui.contracts.words import service_name
from ui.moments import short_day
from ui.months.words import span_words
from ui.session import Session
from ui.theme import theme
from ui.widgets.layout import holding, on_surface
from ui.widgets.sheet import Line, SheetArea, SheetColumn, SheetRow, SheetSection
from ui.widgets.strips import EmptyState
from ui.widgets.text import Label

if TYPE_CHECKING:
    from app.charge.stored import Receivable
    from app.usecases.show_bills import AgeGroup, Ageing

MOST = 1_000
"""Bills listed; of more, only the groups tell."""


def read_ageing(desk: Desk) -> tuple[Ageing, dict[str, str]]:
    """On the database worker: overdue bills, and the names of their services."""
    from app.usecases.show_bills import ageing

    found = ageing(desk)
    codes = {one.bill.service for one in found.rows}
    return found, {code: service_name(desk.catalogue, code) for code in codes}


class _Group(QWidget):
    """What an age comes to."""

    def __init__(self, caption: str) -> None:
        super().__init__()
        self.amount = Label("", "heading")
        self.count = Label("", "caption", "text2")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(Label(caption, "caption", "text2"))
        box.addWidget(self.amount)
        box.addWidget(self.count)

    def show_group(self, count: int, yen: int, tone: str) -> None:
        """How many bills and how much is open."""
        self.amount.set_text(yen_words(yen))
        self.amount.set_tone(tone if yen else "text3")
        self.count.set_text(pgettext("column", "{count}件").format(count=f"{count:,}"))


class AgeingView(QWidget):
    """``bill_chosen`` carries the id of a bill; ``counted`` how many are overdue."""

    bill_chosen = Signal(object)
    counted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__()
        on_surface(self, "panel")
        self._session = session
        self._wareki = session.settings.company.era == "wareki"
        self.found: Ageing | None = None
        from app.usecases.show_bills import AGES

        spans = [*zip((1, *(one + 1 for one in AGES)), (*AGES, None), strict=True)]
        self.all = _Group(_("期限切れの合計"))
        self.groups = [_Group(span_words(first, last)) for first, last in spans]
        self.area = SheetArea(
            (
                SheetColumn(_("顧客"), share=6),
                SheetColumn(_("契約・月"), share=6),
                SheetColumn(_("支払期日"), 9),
                SheetColumn(_("遅れ"), 5, right=True),
                SheetColumn(_("未入金"), 9, right=True),
            ),
            name=_("期限切れの入金"),
        )
        self.nothing = EmptyState(
            "circle-check",
            _("期限切れの入金はありません"),
            _(
                "締めた請求の支払期日を過ぎても入金がないものが、ここに古い順に並びます。提供会社が請求する"
                "取次ぎのサービスは含みません。"
            ),
        )
        self._build()
        self.area.sheet.opened.connect(self.bill_chosen)

    def _build(self) -> None:
        s = theme.size
        bar = QHBoxLayout()
        bar.setContentsMargins(s.l, s.m, s.l, s.m)
        bar.setSpacing(s.xl)
        for group in (self.all, *self.groups):
            bar.addWidget(group)
        bar.addStretch(1)
        self.bar = holding(bar, "panel", "bottom")
        body = QWidget()
        self._stack = QStackedLayout(body)
        self._stack.addWidget(self.area)
        self._stack.addWidget(self.nothing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.bar)
        box.addWidget(body, 1)

    def read(self) -> None:
        """Read what is overdue."""
        self._session.hub.look(read_ageing, done=self._on_read, owner=self)

    def _on_read(self, read: tuple[Ageing, dict[str, str]]) -> None:
        found, names = read
        self.found = found
        count = sum(group.count for group in found.groups)
        self.all.show_group(count, found.open, "danger")
        for place, (view, group) in enumerate(zip(self.groups, found.groups, strict=True)):
            view.show_group(group.count, group.open, "warn" if not place else "danger")
        sections = [
            SheetSection(_heading(group), tuple(self._row(one, names) for one in rows))
            for group in reversed(found.groups)
            if (rows := [one for one in found.rows[:MOST] if _within(one, group)])
        ]
        self.area.sheet.set_sections(sections)
        self.bar.setVisible(bool(count))
        self._stack.setCurrentWidget(self.area if count else self.nothing)
        self.counted.emit(count)

    def _row(self, one: Receivable, names: dict[str, str]) -> SheetRow:
        from app.usecases.bill_contract import month_of

        bill = one.bill
        month = _("{month}分").format(month=short_month_words(month_of(bill.month)))
        paid = [Line(_("入金済み {paid}").format(paid=yen_words(bill.paid)), "caption", "text2")]
        return SheetRow(
            (
                (Line(bill.customer), Line(one.phone, "caption", "text2")),
                (
                    Line(f"{names.get(bill.service, bill.service)}　{month}"),
                    Line(bill.number, "caption", "text2"),
                ),
                (Line(short_day(bill.due_on, wareki=self._wareki)),),
                (Line(_("{days}日").format(days=one.days), "panel-bold", "danger"),),
                (Line(yen_words(one.open), "panel-bold"), *(paid if bill.paid else [])),
            ),
            bill.id,
        )


def _heading(group: AgeGroup) -> str:
    return _("{span}過ぎ　{count}件　{open}").format(
        span=span_words(group.first, group.last), count=f"{group.count:,}", open=yen_words(group.open)
    )


def _within(one: Receivable, group: AgeGroup) -> bool:
    return group.first <= one.days and (group.last is None or one.days <= group.last)
