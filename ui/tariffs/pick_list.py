"""A short list one is chosen from: rows of a few painted lines, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QVBoxLayout, QWidget

from ui import icons
from ui.qt import LEFT, Focus, Policy, Scroll, Shape
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.layout import clear, column, on_surface
from ui.widgets.paint import box, words
from ui.widgets.sheet import Line


@dataclass(frozen=True)
class Pick:
    """Something to choose: its value and the lines it shows."""

    value: object
    lines: tuple[Line, ...]


class _PickRow(Hovering, QAbstractButton):
    def __init__(self, pick: Pick) -> None:
        super().__init__()
        self.pick = pick
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName("、".join(line.text for line in pick.lines))
        self.setToolTip("\n".join(line.text for line in pick.lines))

    def sizeHint(self) -> QSize:
        lines = sum(theme.line(line.role) for line in self.pick.lines)
        return QSize(theme.ems(10), lines + 2 * theme.size.s)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        here = self.isChecked()
        if here or self._hovered:
            box(painter, self.rect(), theme.colour("tint" if here else "hover"))
        if self.hasFocus():
            box(painter, self.rect(), None, theme.colour("accent"), width=s.focus)
        y = s.s
        for place, line in enumerate(self.pick.lines):
            tone = "accent" if here and place == 0 else line.tone
            left = s.m
            if line.icon:
                top = y + (theme.line(line.role) - s.icon_small) // 2
                icons.draw(painter, line.icon, left, top, line.tone, s.icon_small)
                left += s.icon_small + s.xs
            room = QRect(left, y, self.width() - left - s.s, theme.line(line.role))
            words(painter, room, line.text, line.role, tone, LEFT)
            y += theme.line(line.role)


class PickList(QScrollArea):
    """`chosen` carries the value somebody goes to. ↑ and ↓ walk it."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._rows: list[_PickRow] = []
        self.setWidgetResizable(True)
        self.setFrameShape(Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setAccessibleName(name)
        self._room = QVBoxLayout()
        self._room.setSpacing(theme.size.xs)
        inside.setLayout(column(self._room, None, pad="s"))
        on_surface(inside, "panel")
        on_surface(self.viewport(), "panel")
        self.setWidget(inside)

    def set_picks(self, picks: Sequence[Pick], value: object = None) -> None:
        """Other things to choose from."""
        focused = any(row.hasFocus() for row in self._rows)
        clear(self._room)
        self._rows = [_PickRow(pick) for pick in picks]
        for row in self._rows:
            self._room.addWidget(row)
            row.toggled.connect(self._on_toggled)
        self.set_value(value)
        if focused:
            self.setFocus()

    def value(self) -> object:
        """What is chosen, or None."""
        return next((row.pick.value for row in self._rows if row.isChecked()), None)

    def values(self) -> list[object]:
        """All there is to choose from."""
        return [row.pick.value for row in self._rows]

    def set_value(self, value: object) -> None:
        """Choose; not an edit."""
        focused = any(row.hasFocus() for row in self._rows)
        for row in self._rows:
            if row.pick.value == value:
                row.blockSignals(True)
                row.setChecked(True)
                row.blockSignals(False)
                self.setFocusProxy(row)
                QTimer.singleShot(0, self, self._reveal)  # new rows have no place yet
                row.update()
                if focused:
                    row.setFocus()

    def _reveal(self) -> None:
        row = next((row for row in self._rows if row.isChecked()), None)
        if row is not None:
            self.ensureWidgetVisible(row, 0, 0)

    def _on_toggled(self, on: bool) -> None:
        if on:
            row = next(row for row in self._rows if row.isChecked())
            self.setFocusProxy(row)
            self.ensureWidgetVisible(row, 0, 0)
            self.chosen.emit(row.pick.value)
