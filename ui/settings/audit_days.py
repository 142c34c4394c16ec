"""The days the record of what was done is narrowed by, both ends included."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.dates import DateField
from ui.widgets.layout import holding
from ui.widgets.list_frame import NarrowingBar
from ui.widgets.text import Label


class DayBar(NarrowingBar):
    """``changed`` when the days were."""

    changed = Signal()

    def __init__(self, today: date, *, wareki: bool) -> None:
        super().__init__()
        s = theme.size
        self.first = DateField(today, wareki=wareki, placeholder=_("開始日"))
        self.last = DateField(today, wareki=wareki, placeholder=_("終了日"))
        self.clear_button = Button(_("クリア"), "x", "quiet", small=True)
        box = QHBoxLayout()
        box.setContentsMargins(s.l, 0, s.l, s.s)
        box.setSpacing(s.s)
        for field, name in ((self.first, _("操作日の初め")), (self.last, _("操作日の終わり"))):
            field.edit.setAccessibleName(name)
            field.setFixedWidth(theme.ems(14.6))
            field.day_changed.connect(self._on_changed)
        dash = Label("〜", "panel", "text2")
        for widget in (
            Label(_("操作日"), "caption", "text2"),
            self.first,
            dash,
            self.last,
            self.clear_button,
        ):
            box.addWidget(widget)
        box.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(holding(box, "panel"))
        self.clear_button.clicked.connect(self.clear)
        self._on_changed()

    @property
    def narrows(self) -> bool:
        """Whether anything stands in the fields."""
        return any(self.days())

    def days(self) -> tuple[date | None, date | None]:
        """The first and last day asked for; the other way round where they were typed so."""
        first, last = self.first.day(), self.last.day()
        return (last, first) if first and last and first > last else (first, last)

    def set_days(self, first: date | None, last: date | None) -> None:
        """Ask for these days."""
        self.first.set_day(first)
        self.last.set_day(last)
        self._on_changed()

    def clear(self) -> None:
        """Ask for all days again."""
        self.set_days(None, None)

    def _on_changed(self, _day: object = None) -> None:
        self.clear_button.setEnabled(self.narrows)
        self.changed.emit()


def days_of(period: str, today: date) -> tuple[date | None, date | None]:
    """The first and last day of a period by its name."""
    from app.days import Month

    if period == "today":
        return today, today
    if period == "week":
        return today - timedelta(days=6), today
    month = Month.of(today) if period == "month" else Month.of(today).plus(-1)
    return month.first, month.last
