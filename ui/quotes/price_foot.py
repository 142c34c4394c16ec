"""The foot of the price column: first payment, monthly payment, the one great sum, tax, and what ending
early costs.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.charge.engine import month_title
from app.days import Month, short_month_words
from app.money import yen_words
from app.quote.priced import PaymentRow, PricedQuotation
from app.words import _, pgettext
from ui.qt import LEFT, RIGHT, Policy
from ui.quotes.price_words import exit_fee_words, provisional_captions, tax_words, total_captions
from ui.theme import theme
from ui.widgets.paint import width_of, words

_NOTHING = "—"


class _SumRow(QWidget):
    """A label, a soft caption, an amount at the right; ``great`` is the one great sum.

    Of several captions the first that fits is shown, so that nothing is cut; none where none fits.
    """

    def __init__(self, *, great: bool = False, soft: bool = False) -> None:
        super().__init__()
        self._great, self._soft = great, soft
        self._texts: tuple[str, tuple[str, ...], str] = ("", (), "")
        self._partial = False
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(self._height())

    def _height(self) -> int:
        if self._great:
            return theme.line("sum") + theme.size.xs
        return theme.line("caption") + theme.size.xs if self._soft else theme.size.xl

    def show_texts(self, label: str, captions: str | tuple[str, ...], amount: str) -> None:
        """Say something else; an empty label hides the row."""
        captions = (captions,) if isinstance(captions, str) else captions
        self.setVisible(bool(label))
        if (label, captions, amount) != self._texts:
            self._texts = (label, captions, amount)
            self.setAccessibleName(f"{label} {captions[0]} {amount}")
            self.setToolTip(captions[0])
            self.update()

    def set_partial(self, partial: bool) -> None:
        """Draw the amount softly: it lacks something, or may change."""
        if partial != self._partial:
            self._partial = partial
            self.update()

    def amount(self) -> str:
        """The amount shown."""
        return self._texts[2]

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        label, captions, amount = self._texts
        role = "sum" if self._great else "caption" if self._soft else "body"
        tone = "text2" if self._soft else "text"
        tone_of_amount = "text3" if self._partial else tone
        used = words(painter, self.rect(), amount, role, tone_of_amount, RIGHT, elide=False)
        room = self.rect().adjusted(0, 0, -used - theme.size.m, 0)
        if self._great:
            room.translate(0, theme.size.xs // 2)
        label_role = "caption" if self._soft else "body-bold"
        words(painter, room, label, label_role, tone, LEFT)
        x = width_of(label, label_role) + theme.size.s
        rest = QRect(x, room.top(), room.width() - x, room.height())
        caption = next((one for one in captions if width_of(one, "caption") <= rest.width()), "")
        words(painter, rest, caption, "caption", "text2", LEFT)


class PriceFoot(QWidget):
    """Follows a priced quotation; figures it has no value for are a dash, never a zero that looks like a
    price.
    """

    def __init__(self) -> None:
        super().__init__()
        self._first, self._monthly, self._total = _SumRow(), _SumRow(), _SumRow(great=True)
        self._softs: list[_SumRow] = []  # taxes, then what ending early costs
        s = theme.size
        box = QVBoxLayout(self)
        box.setContentsMargins(s.l, s.s + 1, s.l, s.s)
        box.setSpacing(0)
        for one in (self._first, self._monthly, self._total):
            box.addWidget(one)
        self._box = box

    def show_priced(self, priced: PricedQuotation) -> None:
        """Show the sums."""
        something = bool(priced.total_bill.lines)
        first = priced.payments[0] if priced.payments else None
        self._first.show_texts(
            _("初回"),
            (_("{what}・税込").format(what=_first_words(first)), _first_words(first)) if first else "",
            yen_words(priced.first_bill.total) if something else _NOTHING,
        )
        monthly = priced.monthly_bill
        self._monthly.show_texts(
            _("毎月") if monthly or not something else "",
            _monthly_caption(priced),
            yen_words(monthly.total) if monthly else _NOTHING,
        )
        term = _("{term}の総額").format(term=priced.term_words) if priced.term_words else _("総額")
        provisional = provisional_captions(priced)
        captions = provisional or total_captions(priced)
        if priced.partial:
            captions = (_("計算できた分のみ・税込"), _("一部のみ"))
        self._total.show_texts(
            term,
            captions if something else "",
            yen_words(priced.total_bill.total) if something else _NOTHING,
        )
        for row in (self._first, self._monthly, self._total):
            row.set_partial(priced.partial or bool(provisional))
        taxes = [(label, "", tax) for label, tax in tax_words(priced)] if something else []
        several = len(priced.services) > 1
        fees = [
            row
            for service in priced.services
            if service.exit_fee is not None
            for row in exit_fee_words(service.exit_fee, service.short if several else "")
        ]
        self._show_softs([*taxes, *fees])

    def _show_softs(self, texts: list[tuple[str, str, str]]) -> None:
        while len(self._softs) < len(texts):
            row = _SumRow(soft=True)
            self._box.addWidget(row)
            self._softs.append(row)
        for place, row in enumerate(self._softs):
            row.show_texts(*(texts[place] if place < len(texts) else ("", "", "")))

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
    return month_title(Month.of(row.first))


def _monthly_caption(priced: PricedQuotation) -> str:
    """From which month the usual amount is due."""
    if priced.monthly_bill is None:
        return ""
    usual = next((row for row in priced.payments if row.months > 1), None)
    if usual is None:
        return pgettext("caption", "税込")
    return _("{month}分から・税込").format(month=short_month_words(Month.of(usual.first)))
