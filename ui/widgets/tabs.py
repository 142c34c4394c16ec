"""Tabs: a few views of one thing, the shown one with a line below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from ui.qt import LEFT, Focus, Policy
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, width_of, words


class _Tab(Hovering, QAbstractButton):
    def __init__(self, value: Any, text: str) -> None:
        super().__init__()
        self.value = value
        self._words, self._count = text, ""
        self.pad = theme.size.s
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setAccessibleName(text)

    def set_count(self, count: str) -> None:
        self._count = count
        self.setAccessibleName(f"{self._words} {count}".strip())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        s = theme.size
        count = width_of(self._count, "body") + s.icon_gap if self._count else 0
        return QSize(width_of(self._words, "body-bold") + count + 2 * self.pad, s.side_head)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        here = self.isChecked()
        if self.hasFocus():
            box(painter, self.rect().adjusted(0, s.xs, 0, -s.xs), None, theme.colour("accent"), width=s.focus)
        elif self._hovered and not here:
            box(painter, self.rect().adjusted(0, s.xs, 0, -s.xs), theme.colour("hover"))
        tone, role = ("accent", "body-bold") if here else ("text2", "body")
        room = self.rect().adjusted(self.pad, 0, 0, 0)
        used = words(painter, room, self._words, role, tone, LEFT)
        words(painter, room.adjusted(used + s.icon_gap, 0, 0, 0), self._count, "body", "text2", LEFT)
        if here:
            line = QRect(0, self.height() - s.focus, self.width(), s.focus)
            painter.fillRect(line, theme.colour("accent"))


class Tabs(QWidget):
    """`chosen` carries the value of the tab somebody goes to; ← and → move."""

    chosen = Signal(object)

    def __init__(self, options: Sequence[tuple[Any, str]], value: Any = None) -> None:
        super().__init__()
        self._tabs = [_Tab(one, text) for one, text in options]
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.size.s)
        for tab in self._tabs:
            row.addWidget(tab)
            tab.clicked.connect(self._on_clicked)
        self.set_value(value if value is not None else options[0][0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Where there is little room the gaps go before a word is cut."""
        s = theme.size
        shown = [tab for tab in self._tabs if not tab.isHidden()]
        full = sum(tab.sizeHint().width() + 2 * (s.s - tab.pad) for tab in shown)
        gaps = max(1, len(shown) - 1)
        gap = min(s.s, max(0, (self.width() - full) // gaps))
        pad = s.s if self.width() >= full else s.xs
        self._row.setSpacing(gap)
        for tab in shown:
            if tab.pad != pad:
                tab.pad = pad
                tab.updateGeometry()
                tab.update()

    def value(self) -> Any:
        """The view shown."""
        return next((tab.value for tab in self._tabs if tab.isChecked()), None)

    def set_value(self, value: Any) -> None:
        """Go to a view; not an edit."""
        for tab in self._tabs:
            if tab.value == value:
                tab.setChecked(True)
                self.setFocusProxy(tab)

    def set_shown(self, value: Any, *, shown: bool) -> None:
        """Offer a view, or leave it out."""
        for tab in self._tabs:
            if tab.value == value:
                tab.setVisible(shown)

    def set_count(self, value: Any, count: str) -> None:
        """A number after the word of a tab; "" for none."""
        for tab in self._tabs:
            if tab.value == value:
                tab.set_count(count)

    def _on_clicked(self) -> None:
        self.set_value(self.value())
        self.chosen.emit(self.value())
