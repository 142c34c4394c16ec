"""How the cells of a list look: one or two lines, a chip, hits of the search marked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.qt import LEFT, RIGHT
from ui.qt_style import State
from ui.theme import theme
from ui.widgets.hits import hit_in
from ui.widgets.paint import chip, lines_of, width_of, words
from ui.widgets.rows_model import CELL_ROLE, Cell
from ui.widgets.table import RowTable

Index = QModelIndex | QPersistentModelIndex
_BREAK_AFTER = frozenset(" 　・、）)")
_BREAK_BEFORE = frozenset("（(")


class CellPainter(QStyledItemDelegate):
    """Paints cells: text, a soft text after it, a second line, a chip; hits of the search bold and
    underlined.
    """

    def __init__(self, parent: QWidget, *, two_lines: bool) -> None:
        super().__init__(parent)
        self.words = ""
        self._two_lines = two_lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.ems(4), theme.size.row_two if self._two_lines else theme.size.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state = option.state
        view = self.parent()
        assert isinstance(view, RowTable)
        self._ground(painter, rect, index, view, selected=bool(state & State.State_Selected))
        cell: Cell | None = index.data(CELL_ROLE)
        if cell is not None:
            s = theme.size
            first = s.l if view.is_first(index.column()) else s.s
            inner = rect.adjusted(first, 0, -(s.l if view.is_last(index.column()) else s.s), -1)
            column = view.rows.columns[index.column()]
            self._content(painter, inner, cell, right=column.right)

    def _ground(
        self, painter: QPainter, rect: QRect, index: Index, view: RowTable, *, selected: bool
    ) -> None:
        if selected:
            painter.fillRect(rect, theme.colour("tint"))
        elif index.row() == view.hovered:
            painter.fillRect(rect, theme.colour("hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.row() == view.currentIndex().row() and view.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            if view.is_first(index.column()):
                painter.fillRect(
                    QRect(rect.left(), rect.top(), theme.size.focus, rect.height()), theme.colour("accent")
                )

    def _content(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        if cell.chip is not None:
            icon, word, meaning = cell.chip
            x = rect.left() - (theme.size.chip_pad if meaning in {"plain", "quiet"} else 0)
            chip(painter, QPoint(x, rect.center().y() + 1), icon, word, meaning)
            return
        if (
            cell.before
            and width_of(cell.before, "caption") + width_of(f" {cell.text}", "body") > rect.width()
        ):
            cell = replace(cell, before="", second=cell.before, second_tone="text2")
        if cell.second:
            half = theme.line("body")
            top = rect.center().y() - (half + theme.line("caption")) // 2 + 1
            first = QRect(rect.left(), top, rect.width(), half)
            second = QRect(rect.left(), top + half, rect.width(), theme.line("caption"))
            self._line(painter, first, cell, right=right)
            self._marked(painter, second, cell.second, "caption", cell.second_tone, right=right)
        elif self._two_lines and not (right or cell.after) and self._is_long(cell, rect.width()):
            self._both_lines(painter, rect, cell)
        else:
            self._line(painter, rect, cell, right=right)

    def _is_long(self, cell: Cell, width: int) -> bool:
        return width_of(cell.text, "body-bold" if cell.bold else "body") > width

    def _both_lines(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        role = "body-bold" if cell.bold else "body"
        first = first_of_two(cell.text, role, rect.width())
        height = theme.line(role)
        top = rect.center().y() - height + 1
        for place, text in enumerate((first, cell.text[len(first) :].lstrip())):
            line = QRect(rect.left(), top + place * height, rect.width(), height)
            self._marked(painter, line, text, role, cell.tone, right=False)

    def _line(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        role = "body-bold" if cell.bold else "body"
        used = self._marked(painter, rect, cell.text, role, cell.tone, right=right)
        if cell.before and right:
            rest = rect.adjusted(0, 1, -used - theme.size.xs, 0)
            words(painter, rest, cell.before, "caption", "text2", RIGHT)
        if cell.after and not right:
            rest = rect.adjusted(used + theme.size.s, 1, 0, 0)
            if rest.width() > theme.ems(2):
                self._marked(painter, rest, cell.after, "caption", "text2", right=False)

    def _marked(self, painter: QPainter, rect: QRect, text: str, role: str, tone: str, *, right: bool) -> int:
        place = hit_in(text, self.words) if self.words and not right else None
        if place is None or width_of(text, role) > rect.width():
            return words(painter, rect, text, role, tone, RIGHT if right else LEFT)
        x = rect.left()
        bold = "body-bold" if role in {"body", "body-bold"} else "caption-bold"
        for part, part_role, part_tone in (
            (text[: place[0]], role, tone),
            (text[place[0] : place[1]], bold, "accent"),
            (text[place[1] :], role, tone),
        ):
            room = QRect(x, rect.top(), rect.right() - x + 1, rect.height())
            width = words(painter, room, part, part_role, part_tone, LEFT)
            if part_tone == "accent":
                under = rect.center().y() + theme.ems(0.5, role) + 1
                painter.drawLine(x, under, x + width - 1, under)
            x += width
        return x - rect.left()


def first_of_two(text: str, role: str, width: int) -> str:
    """What stands on the first of two lines: up to a break people would make, if the rest fits below it."""
    most = lines_of(text, role, width)[0]
    for end in range(min(len(most), len(text) - 1), len(most) // 2, -1):
        breaks = text[end - 1] in _BREAK_AFTER or text[end] in _BREAK_BEFORE
        if breaks and width_of(text[end:].lstrip(), role) <= width:
            return text[:end]
    return most
