"""The figures of a contract in a strip: quantity, unit price, fee, the next deadline, who looks after it."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.days import Month, date_words, month_words
from app.money import yen_words
from app.usecases.contract_view import ContractView, Figures
from app.words import _
from ui.moments import days_left_words
from ui.theme import theme
from ui.widgets.layout import on_surface
from ui.widgets.text import ElidedLabel, Label

_SOON = 10
_PRICE_FOLDS, _STAFF_FOLDS = 48, 58  # characters


class _Fact(QWidget):
    """A label above a figure."""

    def __init__(self) -> None:
        super().__init__()
        self.label = Label("", "caption", "text2")
        self.value = Label("", "body-bold")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.size.xs // 2)
        box.addStretch(1)
        box.addWidget(self.label)
        box.addWidget(self.value)
        box.addStretch(1)

    def show_fact(self, label: str, value: str) -> None:
        self.label.set_text(label)
        self.value.set_text(value)


class FactsStrip(QFrame):
    """Figures as of today."""

    def __init__(self) -> None:
        super().__init__()
        on_surface(self, "panel")
        self.setProperty("edge", "bottom")
        s = theme.size
        self.setFixedHeight(s.facts_strip)
        self.quantity, self.price, self.amount, self.staff = _Fact(), _Fact(), _Fact(), _Fact()
        self.due_label = Label(_("次の期限"), "caption", "text2")
        self.due_day = Label("", "body-bold")
        self.due_words = ElidedLabel("", "body", "text")
        due = QVBoxLayout()
        due.setSpacing(s.xs // 2)
        line = QHBoxLayout()
        line.setSpacing(s.s)
        line.addWidget(self.due_day)
        line.addWidget(self.due_words, 1)
        due.addStretch(1)
        due.addWidget(self.due_label)
        due.addLayout(line)
        due.addStretch(1)
        box = QHBoxLayout(self)
        box.setContentsMargins(s.l, 0, s.l, 0)
        box.setSpacing(s.xl + s.m)
        for part in (self.quantity, self.price, self.amount):
            box.addWidget(part)
        box.addLayout(due, 1)
        box.addWidget(self.staff)

    def show_view(self, view: ContractView, staff: str) -> None:
        """Show the figures of a contract as it was read."""
        figures = view.figures
        self.quantity.show_fact(_("数量"), figures.quantity_words or "—")
        price = "—" if figures.unit_price is None else yen_words(figures.unit_price)
        self.price.show_fact(figures.price_words or _("単価"), price)
        label = _("年額（税抜）") if figures.yearly else _("月額（税抜）")
        priced = bool(figures.amount) or figures.unit_price is not None
        self.amount.show_fact(label, yen_words(figures.amount) if priced else "—")
        self.staff.show_fact(_("担当"), staff or "—")
        self._show_due(view, figures)
        self._fit()

    def _show_due(self, view: ContractView, figures: Figures) -> None:
        due = figures.next_deadline
        if due is None:
            self.due_day.set_text(_("なし"))
            self.due_day.set_tone("text2")
            self.due_words.set_text("")
            return
        left = (due.on - view.today).days
        tone = "danger" if left < 0 else "warn" if left <= _SOON else ""
        self.due_day.set_tone(tone)
        self.due_words.set_tone(tone or "text")
        day = date_words(due.on)
        if due.since is not None:
            month = Month.of(due.on)
            whole = (due.since, due.on) == (month.first, month.last)
            span = _("{first}〜{last}").format(first=date_words(due.since, weekday=False), last=day)
            day = month_words(month) if whole else span
        self.due_day.set_text(day)
        self.due_words.set_text(
            _("{deadline}・{left}").format(
                deadline=figures.next_words, left=days_left_words(due.on, view.today)
            )
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = self.width()
        self.price.setVisible(width >= theme.ems(_PRICE_FOLDS))
        self.staff.setVisible(width >= theme.ems(_STAFF_FOLDS))
