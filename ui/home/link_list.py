"""Rows of two painted lines that lead somewhere: one stop of the Tab key, walked with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui import icons
from ui.qt import LEFT, RIGHT, Focus, FocusReason, Key, Policy
from ui.theme import theme
from ui.widgets.paint import width_of, words


@dataclass(frozen=True, slots=True)
class LinkRow:
    """What a row says: a name with a figure or day at its right, a line below with another at its right.

    ``tone`` colours both texts at the right; other tones than ``text`` are set bold. ``link`` is what opens.
    """

    name: str
    right: str = ""
    below: str = ""
    below_right: str = ""
    icon: str = ""
    tone: str = "text"
    link: Any = None
    tip: str = ""
    ears: str = ""  # what its icon says

    def as_text(self) -> str:
        """The row on one line, for ears."""
        return "、".join(
            part for part in (self.name, self.below, self.ears, self.right, self.below_right) if part
        )


class LinkList(QWidget):
    """``opened`` carries the link of a row. ↓ at the last row goes to what follows, ↑ at the first back."""

    opened = Signal(object)
    shown = Signal(object)  # QRect of the current row, so that it can be scrolled to

    def __init__(self, name: str, *, pad: str = "l", close: bool = False) -> None:
        super().__init__()
        self._gap = theme.size.icon_gap if close else theme.size.s
        self._rows: tuple[LinkRow, ...] = ()
        self._pad = pad
        self._current = 0
        self._hovered = -1
        self._name = name
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFocusPolicy(Focus.NoFocus)

    # --- what it shows ---

    def set_rows(self, rows: Sequence[LinkRow]) -> None:
        """Show other rows; the keys stay at the same link where it is still there."""
        link = self.current.link if self.current is not None else None
        self._rows = tuple(rows)
        self._hovered = -1
        links = [row.link for row in self._rows]
        self._current = links.index(link) if link in links else min(self._current, max(0, len(links) - 1))
        self.setFocusPolicy(Focus.StrongFocus if self._rows else Focus.NoFocus)
        self._describe()
        self.updateGeometry()
        self.update()

    @property
    def rows(self) -> tuple[LinkRow, ...]:
        """The rows shown."""
        return self._rows

    @property
    def current(self) -> LinkRow | None:
        """The row the keys are at."""
        return self._rows[self._current] if self._current < len(self._rows) else None

    def _describe(self) -> None:
        row = self.current
        self.setAccessibleDescription(row.as_text() if row is not None else "")

    # --- sizes ---

    def row_height(self) -> int:
        """How high a row is."""
        return theme.line("body") + theme.line("caption") + 2 * self._gap

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(14), self.row_height() * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(9), self.sizeHint().height())

    def _rect(self, place: int) -> QRect:
        return QRect(0, place * self.row_height(), self.width(), self.row_height())

    def _at(self, where: QPoint) -> int:
        place = where.y() // self.row_height()
        return place if 0 <= place < len(self._rows) else -1

    # --- keys and mouse ---

    def _go(self, place: int) -> None:
        self._current = place
        self._describe()
        self.shown.emit(self._rect(place))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Key.Key_Down, Key.Key_Up}:
            step = 1 if key == Key.Key_Down else -1
            if 0 <= self._current + step < len(self._rows):
                self._go(self._current + step)
            else:
                self.focusNextPrevChild(step > 0)
        elif key == Key.Key_Home and self._rows:
            self._go(0)
        elif key == Key.Key_End and self._rows:
            self._go(len(self._rows) - 1)
        elif key in {Key.Key_Return, Key.Key_Enter, Key.Key_Space} and self.current is not None:
            self.opened.emit(self.current.link)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() == FocusReason.BacktabFocusReason and self._rows:
            self._current = len(self._rows) - 1
        elif event.reason() == FocusReason.TabFocusReason:
            self._current = 0
        self._describe()
        if self._rows:
            self.shown.emit(self._rect(self._current))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place != self._hovered:
            self._hovered = place
            row = self._rows[place] if place >= 0 else None
            self.setToolTip((row.tip or row.as_text()) if row is not None else "")
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place >= 0 and self.rect().contains(event.position().toPoint()):
            self._go(place)
            self.opened.emit(self._rows[place].link)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, row in enumerate(self._rows):
            self._paint_row(painter, place, row)

    def _paint_row(self, painter: QPainter, place: int, row: LinkRow) -> None:
        s = theme.size
        rect = self._rect(place)
        pad = int(getattr(s, self._pad))
        if place == self._hovered:
            painter.fillRect(rect, theme.colour("hover"))
        if place < len(self._rows) - 1:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(rect.left() + pad, rect.bottom(), rect.right() - pad, rect.bottom())
        if place == self._current and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            painter.fillRect(QRect(0, rect.top(), s.focus, rect.height()), theme.colour("accent"))
        left = rect.left() + pad
        upper = QRect(left, rect.top() + self._gap, rect.width() - 2 * pad, theme.line("body"))
        lower = QRect(left, upper.bottom() + 1, upper.width(), theme.line("caption"))
        if row.icon:
            y = upper.top() + (upper.height() - s.icon_small) // 2
            icons.draw(painter, row.icon, left, y, "text2", s.icon_small)
            upper.setLeft(left + s.icon_small + s.m)
            lower.setLeft(upper.left())
        toned = row.tone != "text"
        role, small = ("body-bold", "caption-bold") if toned else ("body", "caption")
        soft = row.tone if toned else "text2"
        self._paint_line(painter, upper, row.name, row.right, ("body", "text"), (role, row.tone))
        self._paint_line(painter, lower, row.below, row.below_right, ("caption", "text2"), (small, soft))

    def _paint_line(
        self,
        painter: QPainter,
        room: QRect,
        text: str,
        right: str,
        left_look: tuple[str, str],
        right_look: tuple[str, str],
    ) -> None:
        taken = 0
        if right:
            words(painter, room, right, *right_look, RIGHT, elide=False)
            taken = width_of(right, right_look[0]) + theme.size.s
        words(painter, room.adjusted(0, 0, -taken, 0), text, *left_look, LEFT)
