"""The days and amounts the list of papers is narrowed by, both ends included."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout

from app.words import _
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.dates import DateField
from ui.widgets.entries import MoneyField
from ui.widgets.frame import FramedControl
from ui.widgets.layout import holding
from ui.widgets.list_frame import NarrowingBar
from ui.widgets.text import Label

_GROWS = 100  # as much as the fields may; what is left stays empty behind them
_WAIT_MS = 250


class RangeBar(NarrowingBar):
    """``changed`` when days or amounts were: a moment after somebody stopped typing."""

    changed = Signal()

    def __init__(self, today: date, *, wareki: bool) -> None:
        super().__init__()
        s = theme.size
        self.first = DateField(today, wareki=wareki, placeholder=_("開始日"))
        self.last = DateField(today, wareki=wareki, placeholder=_("終了日"))
        self.least, self.most = MoneyField(_("円")), MoneyField(_("円"))
        self.clear_button = Button(_("クリア"), "x", "quiet", small=True)
        box = QHBoxLayout()
        box.setContentsMargins(s.l, 0, s.l, s.s)
        box.setSpacing(s.s)
        names = (_("発行日の初め"), _("発行日の終わり"), _("金額の下限"), _("金額の上限"))
        fields: tuple[FramedControl, ...] = (self.first, self.last, self.least, self.most)
        for field, name in zip(fields, names, strict=True):
            field.edit.setAccessibleName(name)
        for field, least, most in zip(fields, (11.4, 11.4, 5.4, 5.4), (14.6, 14.6, 8, 8), strict=True):
            field.setMinimumWidth(
                theme.ems(least)
            )  # where large text leaves less room, nothing covers another
            field.setMaximumWidth(theme.ems(most))
        for widget in (
            Label(_("発行日"), "caption", "text2"), self.first, Label("〜", "panel", "text2"), self.last,
            Label(_("金額"), "caption", "text2"), self.least, Label("〜", "panel", "text2"), self.most,
        ):  # fmt: skip
            box.addWidget(widget, _GROWS if widget in fields else 0)
        box.addWidget(self.clear_button)
        box.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(holding(box, "panel"))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.changed)
        self.first.day_changed.connect(self._on_changed)
        self.last.day_changed.connect(self._on_changed)
        self.least.value_changed.connect(self._on_changed)
        self.most.value_changed.connect(self._on_changed)
        self.clear_button.clicked.connect(self.clear)
        self._show_clear()

    @property
    def narrows(self) -> bool:
        """Whether anything stands in the fields."""
        return any(one is not None for one in self.days() + self.amounts())

    def days(self) -> tuple[date | None, date | None]:
        """The first and last day asked for; the other way round where they were typed so."""
        first, last = self.first.day(), self.last.day()
        return (last, first) if first and last and first > last else (first, last)

    def amounts(self) -> tuple[int | None, int | None]:
        """The least and largest amount asked for."""
        least, most = self.least.value(), self.most.value()
        return (most, least) if least is not None and most is not None and least > most else (least, most)

    def set_days(self, first: date | None, last: date | None) -> None:
        """Ask for these days."""
        self.first.set_day(first)
        self.last.set_day(last)
        self._on_changed()

    def clear(self) -> None:
        """Ask for all days and amounts again."""
        self.first.set_day(None)
        self.last.set_day(None)
        self.least.set_value(None)
        self.most.set_value(None)
        self._on_changed()

    def _on_changed(self, _value: object = None) -> None:
        self._show_clear()
        self._timer.start()

    def _show_clear(self) -> None:
        self.clear_button.setEnabled(self.narrows)
