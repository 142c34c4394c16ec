"""Weighty choices: cards that explain what follows from each, and the round mark they share with rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from ui.qt import CENTRE, Hint, Policy
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, chip_width, lines_of, words


class Radio(QRadioButton):
    """A round mark without words beside it; `name` is what a screen reader says."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setProperty(OUTSIDE, True)
        self.setFixedSize(theme.size.check, theme.size.control)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_radio(
            QPainter(self), QPoint(0, (self.height() - theme.size.check) // 2), chosen=self.isChecked()
        )


def paint_radio(painter: QPainter, at: QPoint, *, chosen: bool) -> None:
    """The round mark of a choice."""
    side = theme.size.check
    painter.setRenderHint(Hint.Antialiasing)
    painter.setPen(QPen(theme.colour("accent" if chosen else "edge"), 5 if chosen else 1))
    painter.setBrush(theme.colour("panel"))
    inset = 2.0 if chosen else 0.0
    ring = QRectF(at.x() + 0.5, at.y() + 0.5, side - 1, side - 1)
    painter.drawEllipse(ring.adjusted(inset, inset, -inset, -inset))


class Card(Hovering, QRadioButton):
    """One of a few weighty choices: a title, a word of advice, a line that explains."""

    def __init__(self, title: str, explanation: str, value: Any, badge: str = "") -> None:
        super().__init__(title.replace("&", "&&"))
        self._title = title
        self._explanation = explanation
        self._badge = badge
        self.value = value
        self._laid = False
        self.setAccessibleName(title)
        self.setAccessibleDescription(explanation)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _lines(self, width: int) -> tuple[str, ...]:
        s = theme.size
        return lines_of(self._explanation, "caption", width - 2 * s.l - s.check - s.m)

    def _title_lines(self, width: int) -> tuple[str, ...]:
        s = theme.size
        badge = chip_width(self._badge) - s.icon_small + s.s if self._badge else 0
        return lines_of(self._title, "body-bold", width - 2 * s.l - s.check - s.m - badge)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = len(self._lines(width)) if self._explanation else 0
        title = len(self._title_lines(width)) * theme.line("body")
        return 2 * theme.size.m + title + lines * (theme.line("caption") + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(14), 2 * theme.size.m + theme.line("body"))

    def sizeHint(self) -> QSize:
        width = self.width() if self._laid else theme.ems(26)
        return QSize(width, self.heightForWidth(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._laid = True
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()  # in a narrow place its words need more lines

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        chosen = self.isChecked()
        ground = "tint" if chosen else "hover" if self._hovered else "panel"
        strong = self.hasFocus()
        box(
            painter,
            self.rect(),
            theme.colour(ground),
            theme.colour("accent" if chosen or strong else "frame"),
            width=s.focus if strong else 1,
        )
        line = theme.line("body")
        paint_radio(painter, QPoint(s.l, s.m + (line - s.check) // 2), chosen=chosen)
        x = s.l + s.check + s.m
        room = QRect(x, s.m, self.width() - x - s.l, line)
        tone = "text" if self.isEnabled() else "text3"
        width = 0
        titles = self._title_lines(self.width())
        for text in titles:
            used = words(painter, room, text, "body-bold" if chosen else "body", tone, elide=False)
            width = max(width, used)
            room.translate(0, line)
        if self._badge:
            tag = QRect(x + width + s.s, s.m - 1, chip_width(self._badge) - s.icon_small, s.chip)
            box(painter, tag, theme.colour("panel"), radius=s.radius_chip)
            words(painter, tag, self._badge, "caption", "accent", CENTRE)
        y = s.m + len(titles) * line + 2
        for text in self._lines(self.width()) if self._explanation else ():
            words(
                painter,
                QRect(x, y, room.width(), theme.line("caption")),
                text,
                "caption",
                "text2",
                elide=False,
            )
            y += theme.line("caption") + 2


class Cards(QWidget):
    """A few `Card`s, one of them chosen. `chosen` carries its value."""

    chosen = Signal(object)

    def __init__(self, cards: Sequence[Card], value: Any = None) -> None:
        super().__init__()
        self._cards = list(cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.size.s)
        for card in self._cards:
            column.addWidget(card)
            card.clicked.connect(self._on_clicked)
        if self._cards:
            self.setFocusProxy(self._cards[0])
        self.set_value(value)

    def value(self) -> Any:
        """The chosen value, or None."""
        return next((card.value for card in self._cards if card.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Choose; not an edit."""
        for card in self._cards:
            if card.value == value:
                card.setChecked(True)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.value())
