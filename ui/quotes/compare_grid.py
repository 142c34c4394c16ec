"""The table of 並べて比較: rows of cells under their columns; an amount opens its reason below itself."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from app.words import _
from ui.qt import LEFT, RIGHT, Focus, Key, Policy
from ui.quotes.compare_words import Cell, Row
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.layout import holding
from ui.widgets.paint import box, chip, chip_width, lines_of, width_of, words
from ui.widgets.reason_tree import ReasonTree

_LABEL_EMS = 9.6
_SOFT_SHARE = 3  # a clause takes at most a third of its cell
_MOVES = {Key.Key_Up: (-1, 0), Key.Key_Down: (1, 0), Key.Key_Left: (0, -1), Key.Key_Right: (0, 1)}


def label_width() -> int:
    """The width of the column with the names of the rows."""
    return theme.ems(_LABEL_EMS) + theme.size.l


def in_columns(label: QWidget | None, widgets: Sequence[QWidget]) -> QHBoxLayout:
    """A row whose widgets stand under the columns of the table."""
    box_ = QHBoxLayout()
    box_.setContentsMargins(0, 0, theme.size.l, 0)
    box_.setSpacing(0)
    if label is None:
        box_.addSpacing(label_width())
    else:
        label.setFixedWidth(label_width())
        box_.addWidget(label)
    for widget in widgets:
        policy = widget.sizePolicy()
        policy.setHorizontalPolicy(Policy.Ignored)
        widget.setSizePolicy(policy)
        box_.addWidget(widget, 1)
    return box_


class CellButton(Hovering, QAbstractButton):
    """One cell. Enter or Space opens its reason, arrow keys go to its neighbours."""

    moved = Signal(int, int)
    opened = Signal()
    broken = Signal()  # its words take another number of lines

    def __init__(self) -> None:
        super().__init__()
        self.cell = Cell()
        self._kind = "amount"
        self._lines: tuple[str, ...] = ("",)
        self.setFocusPolicy(Focus.ClickFocus)
        self.setSizePolicy(Policy.Ignored, Policy.Preferred)
        self.clicked.connect(self.opened)

    def show_cell(self, cell: Cell, kind: str, name: str) -> None:
        """Show another cell of the row and column called ``name``."""
        self.cell, self._kind = cell, kind
        self.setAccessibleName(f"{name} {cell.spoken()}".strip())
        self.setToolTip("" if kind != "term" else " ".join(filter(None, (cell.words, cell.soft))))
        self._break()
        self.update()

    def needed_height(self) -> int:
        """How high its words make the row."""
        more = len(self._lines) - 1
        return self._line() + more * theme.line("panel")

    def _line(self) -> int:
        return theme.size.row if self._kind == "sum" else theme.size.price_line

    def _room(self) -> int:
        return max(1, self.width() - theme.size.m - theme.size.s)

    def _soft_width(self) -> int:
        return min(width_of(self.cell.soft, "caption"), self._room() // _SOFT_SHARE) if self.cell.soft else 0

    def _break(self) -> None:
        if self._kind != "term":
            self._lines = (self.cell.words,)
            return
        soft = self._soft_width()
        room = self._room() - (soft + theme.size.s if soft else 0)
        self._lines = lines_of(self.cell.words, "panel", max(theme.ems(6), room))

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(14), self.needed_height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(10), theme.size.price_line)

    def resizeEvent(self, event: QResizeEvent) -> None:
        before = len(self._lines)
        self._break()
        if len(self._lines) != before:
            self.broken.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        if key in _MOVES:
            self.moved.emit(*_MOVES[key])
        elif key in {Key.Key_Return, Key.Key_Enter}:
            self.opened.emit()
        else:
            event.ignore() if key == Key.Key_Escape else super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        best = bool(self.cell.chip)
        ground = "good_tint" if best else "reason" if self._kind == "sum" else "panel"
        if self._hovered and self.cell.reason is not None and not best:
            ground = "hover"
        painter.fillRect(self.rect(), theme.colour(ground))
        room = self.rect().adjusted(s.m, 0, -s.s, 0)
        if self._kind == "term":
            self._paint_term(painter, room)
        else:
            self._paint_amount(painter, room)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        painter.fillRect(0, 0, 1, self.height(), theme.colour("line"))
        if self.hasFocus():
            inner = self.rect().adjusted(s.xs // 2, 1, -s.xs // 2, -1)
            box(painter, inner, None, theme.colour("accent"), width=s.focus)

    def _paint_amount(self, painter: QPainter, room: QRect) -> None:
        s, cell = theme.size, self.cell
        role = "body-bold" if self._kind == "sum" else "body"
        tone = "good" if cell.chip else cell.tone
        used = words(painter, room, cell.amount, role, tone, RIGHT)
        rest = room.adjusted(0, 0, -used - s.s, 0)
        if cell.chip and chip_width(cell.chip) <= rest.width():
            chip(painter, QPoint(room.left(), room.center().y() + 1), "circle-check", cell.chip, "good")
        elif cell.chip:
            chip(painter, QPoint(room.left(), room.center().y() + 1), "circle-check", "", "good")
        elif cell.words and rest.width() > theme.ems(2):
            words(painter, rest, cell.words, "caption", "text3" if cell.amount else "text2", LEFT)

    def _paint_term(self, painter: QPainter, room: QRect) -> None:
        top = QRect(room.left(), 0, room.width(), theme.size.price_line)
        soft = self._soft_width()
        if soft:
            words(
                painter, top.adjusted(room.width() - soft, 0, 0, 0), self.cell.soft, "caption", "text3", LEFT
            )
        line = QRect(top)
        for text in self._lines:
            words(painter, line, text, "panel", self.cell.tone, LEFT, elide=False)
            line.translate(0, theme.line("panel"))


class _Label(QWidget):
    """The name of a row."""

    def __init__(self) -> None:
        super().__init__()
        self._text, self._kind = "", "amount"
        self.setSizePolicy(Policy.Fixed, Policy.Preferred)

    def show_text(self, text: str, kind: str) -> None:
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        strong = self._kind == "sum"
        painter.fillRect(self.rect(), theme.colour("reason" if strong else "panel"))
        height = s.row if strong else s.price_line
        room = QRect(s.l, 0, self.width() - s.l - s.xs, height)
        words(painter, room, self._text, "panel-bold" if strong else "panel", "text" if strong else "text2")
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))


class _RowOfCells(QWidget):
    """A row, and below it the reasons that stand open, each under its own cell."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.label = _Label()
        self.cells = [CellButton() for _number in range(count)]
        self.trees: dict[int, ReasonTree] = {}
        self._line = QWidget()
        self._line.setLayout(in_columns(self.label, self.cells))
        self._slots = [QWidget() for _number in range(count)]
        self._reasons = holding(in_columns(None, self._slots), "panel", "bottom")
        for slot in self._slots:
            column = QVBoxLayout(slot)
            column.setContentsMargins(theme.size.s, theme.size.xs, theme.size.xs, theme.size.s)
            column.setSpacing(0)
        box_ = QVBoxLayout(self)
        box_.setContentsMargins(0, 0, 0, 0)
        box_.setSpacing(0)
        box_.addWidget(self._line)
        box_.addWidget(self._reasons)
        self._reasons.hide()
        for cell in self.cells:
            cell.broken.connect(self.fit)

    def show_row(self, row: Row, names: Sequence[str]) -> None:
        """Show another row; reasons that stand open follow."""
        self.label.show_text(row.label, row.kind)
        for at, (cell, made) in enumerate(zip(self.cells, row.cells, strict=True)):
            cell.show_cell(made, row.kind, f"{row.label} {names[at]}")
            if at in self.trees:
                self._show_reason(at, cell)
        self.fit()

    def _show_reason(self, at: int, cell: CellButton) -> None:
        if cell.cell.reason is None:
            self.toggle(at)
        else:
            said = cell.cell.reason()
            if said != self.trees[at].reason:
                self.trees[at].set_reason(said)

    def fit(self) -> None:
        """As high as the highest cell."""
        height = max(cell.needed_height() for cell in self.cells)
        if self._line.height() != height or self._line.maximumHeight() != height:
            self._line.setFixedHeight(height)

    def toggle(self, at: int) -> None:
        """Open or close the reason of a cell."""
        tree = self.trees.pop(at, None)
        if tree is not None:
            had_focus = tree.hasFocus()
            tree.hide()
            tree.deleteLater()
            if had_focus:
                self.cells[at].setFocus()
        elif (reason := self.cells[at].cell.reason) is not None:
            self.trees[at] = ReasonTree(reason())
            layout = self._slots[at].layout()
            assert layout is not None
            layout.addWidget(self.trees[at])
        self._reasons.setVisible(bool(self.trees))


class CompareGrid(QWidget):
    """Rows under columns. One cell at a time is reached by Tab; the arrow keys go from there."""

    focused = Signal(object)  # the cell that has the focus, to be scrolled to

    def __init__(self, columns: int) -> None:
        super().__init__()
        self._columns = columns
        self._rows: list[_RowOfCells] = []
        self._current = (0, 0)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setAccessibleName(_("サービスの比較"))

    def show_rows(self, rows: Sequence[Row], names: Sequence[str]) -> None:
        """Show other rows; widgets are kept, so that it can follow every keystroke."""
        while len(self._rows) < len(rows):
            self._add_row()
        for widget, row in zip(self._rows, rows, strict=True):
            widget.show_row(row, names)
        self._let_in()

    def _add_row(self) -> None:
        row = _RowOfCells(self._columns)
        for cell in row.cells:
            cell.moved.connect(self._on_moved)
            cell.opened.connect(self._on_opened)
            cell.installEventFilter(self)
        self._box.addWidget(row)
        self._rows.append(row)

    def cell(self, row: int, column: int) -> CellButton:
        """A cell by its place."""
        return self._rows[row].cells[column]

    def tree(self, row: int, column: int) -> ReasonTree | None:
        """The reason that stands open below a cell."""
        return self._rows[row].trees.get(column)

    def open_reason(self, row: int, column: int) -> None:
        """Open or close the reason of a cell."""
        self._rows[row].toggle(column)

    def start(self) -> None:
        """Put the focus on the current cell."""
        if self._rows:
            self.cell(*self._current).setFocus()

    def _place_of(self, cell: object) -> tuple[int, int] | None:
        for at, row in enumerate(self._rows):
            if cell in row.cells:
                return at, row.cells.index(cell)
        return None

    def _let_in(self) -> None:
        """Only the current cell is on the way of Tab."""
        for at, row in enumerate(self._rows):
            for column, cell in enumerate(row.cells):
                wanted = Focus.StrongFocus if (at, column) == self._current else Focus.ClickFocus
                if cell.focusPolicy() != wanted:
                    cell.setFocusPolicy(wanted)

    def _on_moved(self, down: int, right: int) -> None:
        place = self._place_of(self.sender())
        if place is None:
            return
        row = min(len(self._rows) - 1, max(0, place[0] + down))
        column = min(self._columns - 1, max(0, place[1] + right))
        self.cell(row, column).setFocus()

    def _on_opened(self) -> None:
        place = self._place_of(self.sender())
        if place is not None:
            self.open_reason(*place)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            place = self._place_of(watched)
            if place is not None and place != self._current:
                self._current = place
                self._let_in()
            self.focused.emit(watched)
        return False
