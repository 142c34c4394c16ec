"""The foot of the price column: first payment, monthly payment, the one great sum, tax, and what ending
early costs.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.money import yen_words
from app.quote.priced import PaymentRow, PricedQuotation
from app.words import _
from ui.qt import LEFT, RIGHT, Policy
from ui.quotes.price_words import exit_fee_words, tax_words, total_caption
from ui.theme import theme
from ui.widgets.paint import width_of, words

_NOTHING = "—"


class _SumRow(QWidget):
    """A label, a soft caption, an amount at the right; ``great`` is the one great sum."""

    def __init__(self, *, great: bool = False, soft: bool = False) -> None:
        super().__init__()
        self._great, self._soft = great, soft
        self._texts = ("", "", "")
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        if self._great:
            return theme.line("sum") + theme.size.xs
        return theme.line("caption") + theme.size.xs if self._soft else theme.size.xl

    def show_texts(self, label: str, caption: str, amount: str) -> None:
        """Say something else; an empty label hides the row."""
        self.setVisible(bool(label))
        if (label, caption, amount) != self._texts:
            self._texts = (label, caption, amount)
            self.setAccessibleName(f"{label} {caption} {amount}")
            self.setToolTip(caption)
            self.update()

    def amount(self) -> str:
        """The amount shown."""
        return self._texts[2]

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        label, caption, amount = self._texts
        role = "sum" if self._great else "caption" if self._soft else "body"
        tone = "text2" if self._soft else "text"
        used = words(painter, self.rect(), amount, role, tone, RIGHT, elide=False)
        room = self.rect().adjusted(0, 0, -used - theme.size.m, 0)
        if self._great:
            room.translate(0, theme.size.xs // 2)
        label_role = "caption" if self._soft else "body-bold"
        words(painter, room, label, label_role, tone, LEFT)
        x = width_of(label, label_role) + theme.size.s
        if caption and room.width() > x:
            rest = QRect(x, room.top(), room.width() - x, room.height())
            words(painter, rest, caption, "caption", "text2", LEFT)


class PriceFoot(QWidget):
    """Follows a priced quotation; figures it has no value for are a dash, never a zero that looks like a
    price.
    """

    def __init__(self) -> None:
        super().__init__()
        self._first, self._monthly, self._total = _SumRow(), _SumRow(), _SumRow(great=True)
        self._taxes = [_SumRow(soft=True) for _row in range(3)]
        self._exits = [_SumRow(soft=True) for _row in range(3)]
        s = theme.size
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.s + 1, s.l, s.s)
        box.setSpacing(0)
        for one in (self._first, self._monthly, self._total, *self._taxes, *self._exits):
            box.addWidget(one)

    def show_priced(self, priced: PricedQuotation) -> None:
        """Show the sums."""
        something = bool(priced.total_bill.lines)
        first = priced.payments[0] if priced.payments else None
        self._first.show_texts(
            _("初回"),
            _("{what}・税込").format(what=_first_words(first)) if first else "",
            yen_words(priced.first_bill.total) if something else _NOTHING,
        )
        monthly = priced.monthly_bill
        self._monthly.show_texts(
            _("毎月") if monthly or not something else "",
            _monthly_caption(priced),
            yen_words(monthly.total) if monthly else _NOTHING,
        )
        term = _("{term}の総額").format(term=priced.term_words) if priced.term_words else _("総額")
        self._total.show_texts(
            term,
            total_caption(priced) if something else "",
            yen_words(priced.total_bill.total) if something else _NOTHING,
        )
        taxes = tax_words(priced) if something else []
        for place, row in enumerate(self._taxes):
            row.show_texts(taxes[place][0], "", taxes[place][1]) if place < len(taxes) else row.show_texts(
                "", "", ""
            )
        fees = [
            exit_fee_words(service.exit_fee) for service in priced.services if service.exit_fee is not None
        ]
        for place, row in enumerate(self._exits):
            row.show_texts(*fees[place]) if place < len(fees) else row.show_texts("", "", "")

    @property
    def total(self) -> str:
        """The great sum as shown."""
        return self._total.amount()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("reason"))
        painter.setPen(theme.colour("frame"))
        painter.drawLine(0, 0, self.width(), 0)


def _first_words(row: PaymentRow) -> str:
    """What the first payment is for; a run of equal months counts as its first."""
    if row.months == 1:
        return row.title
    return _("{year}年{month}月分").format(year=row.first.year, month=row.first.month)


def _monthly_caption(priced: PricedQuotation) -> str:
    """From which month the usual amount is due."""
    if priced.monthly_bill is None:
        return ""
    usual = next((row for row in priced.payments if row.months > 1), None)
    if usual is None:
        return _("税込")
    return _("{year}年{month}月分から・税込").format(year=usual.first.year, month=usual.first.month)
