"""A sheet of words: sections of rows whose cells break over lines, painted as one, found by typing, walked by
key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QScrollArea, QWidget

from ui import icons
from ui.clipboard import copy_text
from ui.qt import LEFT, RIGHT, Focus, Key, Policy, Scroll, Shape
from ui.theme import theme
from ui.widgets.hits import folded
from ui.widgets.layout import column, on_surface
from ui.widgets.paint import lines_of, words


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of a cell in a role and a tone, perhaps with an icon before it."""

    text: str
    role: str = "panel"
    tone: str = "text"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells of a row, each a few paragraphs. A row with a `link` opens it by Enter or a click."""

    cells: tuple[tuple[Line, ...], ...]
    link: Any = None
    also: str = ""  # what it is found by besides its words

    def as_text(self) -> str:
        """The row on one line, cells apart by tabs."""
        return "\t".join(" ".join(line.text for line in cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SheetSection:
    """Rows below a heading ("" for none)."""

    heading: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its head, its width in full-width characters or (0) its share of what is left."""

    head: str = ""
    ems: float = 0
    share: int = 1
    right: bool = False


@dataclass(slots=True)
class _Placed:
    top: int
    height: int
    heading: str = ""
    row: SheetRow | None = None
    lines: list[list[tuple[Line, tuple[str, ...]]]] = field(default_factory=list)


class Sheet(QWidget):
    """`opened` carries the link of a row; `shown` where the current row is, so that it can be scrolled to.

    Ctrl+C copies the current row. `pad` names the space at both ends of a row.
    """

    opened = Signal(object)
    shown = Signal(object)

    def __init__(self, columns: Sequence[SheetColumn], *, name: str = "", pad: str = "l") -> None:
        super().__init__()
        self._pad = pad
        self._marked: Any = None
        self._columns = tuple(columns)
        self._sections: tuple[SheetSection, ...] = ()
        self._placed: list[_Placed] = []
        self._wanted: tuple[str, ...] = ()
        self._laid = (-1, -1)
        self._height = 0
        self._current = -1
        self._hovered = -1
        self._name = name
        self.setAccessibleName(name)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setMouseTracking(True)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(Policy.Expanding)
        policy.setVerticalPolicy(Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    # --- what it shows ---

    def set_sections(self, sections: Sequence[SheetSection]) -> None:
        """Show other rows."""
        self._sections = tuple(sections)
        self._current = -1
        self._again()

    def narrow(self, typed: str) -> None:
        """Show only the rows that hold all the words, in any script."""
        self._wanted = tuple(folded(word) for word in typed.split())
        self._current = -1
        self._again()

    def mark(self, link: Any) -> None:
        """Tint the row with this link: what it opens is open. None marks nothing."""
        self._marked = link
        self.update()

    def rows(self) -> list[SheetRow]:
        """The rows shown, in order."""
        return [row for section in self._sections for row in section.rows if self._fits(section, row)]

    @property
    def current(self) -> SheetRow | None:
        """The row the keys are at."""
        return self._placed[self._current].row if 0 <= self._current < len(self._placed) else None

    def as_text(self) -> str:
        """Everything shown, a row a line."""
        return "\n".join(row.as_text() for row in self.rows())

    def _fits(self, section: SheetSection, row: SheetRow) -> bool:
        if not self._wanted:
            return True
        text = folded(f"{section.heading} {row.as_text()} {row.also}")
        return all(word in text for word in self._wanted)

    def _again(self) -> None:
        self._laid = (-1, -1)
        self._lay_out(self.width())
        self.setAccessibleDescription(self.as_text()[:2000])
        self.updateGeometry()
        self.update()

    # --- places ---

    def _side(self) -> int:
        return int(getattr(theme.size, self._pad))

    def _widths(self, width: int) -> list[int]:
        s = theme.size
        rest = width - 2 * self._side() - (len(self._columns) - 1) * s.l
        fixed = [theme.ems(spec.ems) if spec.ems else 0 for spec in self._columns]
        left = max(0, rest - sum(fixed))
        shares = sum(spec.share for spec in self._columns if not spec.ems) or 1
        return [fixed[place] or left * spec.share // shares for place, spec in enumerate(self._columns)]

    def _lay_out(self, width: int) -> None:
        if self._laid == (width, theme.line("panel")):
            return
        s = theme.size
        widths = self._widths(width)
        heads = any(spec.head for spec in self._columns)
        y = s.table_head if heads and self._sections else 0
        self._placed = []
        for section in self._sections:
            rows = [row for row in section.rows if self._fits(section, row)]
            if rows and section.heading:
                self._placed.append(_Placed(y, s.side_head, heading=section.heading))
                y += s.side_head
            for row in rows:
                lines = [
                    [(line, _broken(line, room)) for line in cell]
                    for cell, room in zip(row.cells, widths, strict=False)
                ]
                height = max(
                    (sum(len(parts) * theme.line(line.role) for line, parts in cell) for cell in lines),
                    default=0,
                )
                self._placed.append(_Placed(y, height + 2 * s.icon_gap, row=row, lines=lines))
                y += height + 2 * s.icon_gap
        self._height = y
        self._laid = (width, theme.line("panel"))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay_out(width)
        return self._height

    def sizeHint(self) -> QSize:
        width = max(self.width(), theme.ems(20))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(12), self._height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.width())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _at(self, where: QPoint) -> int:
        for place, placed in enumerate(self._placed):
            if placed.row is not None and placed.top <= where.y() < placed.top + placed.height:
                return place
        return -1

    def _rect(self, place: int) -> QRect:
        placed = self._placed[place]
        return QRect(0, placed.top, self.width(), placed.height)

    # --- keys and mouse ---

    def _go(self, place: int) -> None:
        self._current = place
        row = self._placed[place].row
        if row is not None:
            self.setAccessibleDescription(row.as_text())
        self.shown.emit(self._rect(place))
        self.update()

    def _step(self, by: int) -> None:
        place = self._current
        if place < 0:
            place = -1 if by > 0 else len(self._placed)
        place += by
        while 0 <= place < len(self._placed):
            if self._placed[place].row is not None:
                self._go(place)
                return
            place += by

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.current
        if event.key() in {Key.Key_Down, Key.Key_Up}:
            self._step(1 if event.key() == Key.Key_Down else -1)
        elif event.key() == Key.Key_Home:
            self._current = -1
            self._step(1)
        elif event.key() == Key.Key_End:
            self._current = -1
            self._step(-1)
        elif event.matches(QKeySequence.StandardKey.Copy):
            copy_text(row.as_text() if row is not None else self.as_text())
        elif event.key() in {Key.Key_Return, Key.Key_Enter} and row is not None and row.link is not None:
            self.opened.emit(row.link)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self._current < 0:
            self._step(1)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        row = self._placed[place].row if place >= 0 else None
        self._set_hovered(place if row is not None and row.link is not None else -1)

    def leaveEvent(self, event: QEvent) -> None:
        self._set_hovered(-1)

    def _set_hovered(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().toPoint())
        if place >= 0:
            self._go(place)
            row = self._placed[place].row
            if row is not None and row.link is not None:
                self.opened.emit(row.link)

    # --- painting ---

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        painter = QPainter(self)
        widths = self._widths(self.width())
        seen = event.rect()
        if any(spec.head for spec in self._columns) and self._placed:
            self._paint_heads(painter, widths)
        for place, placed in enumerate(self._placed):
            if placed.top + placed.height < seen.top() or placed.top > seen.bottom():
                continue
            if placed.row is None:
                room = self._rect(place).adjusted(self._side(), theme.size.s, -self._side(), 0)
                words(painter, room, placed.heading, "body-bold", "text", LEFT)
            else:
                self._paint_row(painter, place, placed, widths)

    def _paint_heads(self, painter: QPainter, widths: list[int]) -> None:
        s = theme.size
        head = QRect(0, 0, self.width(), s.table_head)
        painter.fillRect(head, theme.colour("window"))
        painter.setPen(QPen(theme.colour("frame"), 1))
        painter.drawLine(head.bottomLeft(), head.bottomRight())
        x = self._side()
        for spec, width in zip(self._columns, widths, strict=True):
            room = QRect(x, 0, width, s.table_head)
            words(painter, room, spec.head, "caption", "text2", RIGHT if spec.right else LEFT)
            x += width + s.l

    def _paint_row(self, painter: QPainter, place: int, placed: _Placed, widths: list[int]) -> None:
        s = theme.size
        rect = self._rect(place)
        if self._marked is not None and placed.row is not None and placed.row.link == self._marked:
            painter.fillRect(rect, theme.colour("tint"))
        elif place == self._hovered:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if place == self._current and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            painter.fillRect(QRect(0, rect.top(), s.focus, rect.height()), theme.colour("accent"))
        x = self._side()
        for spec, width, cell in zip(self._columns, widths, placed.lines, strict=False):
            y = placed.top + s.icon_gap
            for line, parts in cell:
                y = self._paint_line(painter, QRect(x, y, width, theme.line(line.role)), line, parts, spec)
            x += width + s.l

    def _paint_line(
        self, painter: QPainter, room: QRect, line: Line, parts: tuple[str, ...], spec: SheetColumn
    ) -> int:
        s = theme.size
        left = 0
        if line.icon:
            y = room.top() + (room.height() - s.icon_small) // 2
            icons.draw(painter, line.icon, room.left(), y, line.tone, s.icon_small)
            left = s.icon_small + s.xs
        for part in parts:
            align = RIGHT if spec.right else LEFT
            words(painter, room.adjusted(left, 0, 0, 0), part, line.role, line.tone, align, elide=False)
            room.translate(0, room.height())
        return room.top()


def _broken(line: Line, room: int) -> tuple[str, ...]:
    """A paragraph in lines; its own line breaks are kept."""
    left = theme.size.icon_small + theme.size.xs if line.icon else 0
    return tuple(
        part for text in line.text.split("\n") for part in lines_of(text, line.role, max(1, room - left))
    )


class SheetArea(QScrollArea):
    """A sheet that scrolls, its current row kept in sight."""

    def __init__(self, columns: Sequence[SheetColumn], *, name: str = "") -> None:
        super().__init__()
        self.sheet = Sheet(columns, name=name)
        self.setWidgetResizable(True)
        self.setFrameShape(Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        holder = QWidget()  # rows keep their height where there are few
        holder.setLayout(column(self.sheet, None))
        on_surface(holder, "panel")
        on_surface(self.viewport(), "panel")
        self.setWidget(holder)
        self.sheet.shown.connect(self._on_shown)
        self.setFocusProxy(self.sheet)

    def _on_shown(self, rect: QRect) -> None:
        bar = self.verticalScrollBar()
        if rect.top() < bar.value():
            bar.setValue(rect.top())
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() - self.viewport().height())
