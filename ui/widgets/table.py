"""The list itself: a table over a RowsModel, painted from the tokens and worked with the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui import icons
from ui.preferences import Preferences
from ui.qt import (
    LEFT,
    Context,
    Edit,
    Key,
    Mod,
    Orient,
    Resize,
    Scroll,
    Select,
    SelectBy,
    SelectMode,
    Shape,
)
from ui.theme import theme
from ui.widgets.paint import fill, width_of, words
from ui.widgets.rows_model import RowsModel

if TYPE_CHECKING:  # rows are painted after the first picture
    from ui.widgets.cell_painter import CellPainter

Index = QModelIndex | QPersistentModelIndex


class Head(QHeaderView):
    """Heads of columns; the one the list is sorted by is bold with an arrow."""

    released = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Orient.Horizontal, parent)
        self.sorted_by = ""
        self.descending = False
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setFixedHeight(theme.size.table_head)
        self.setMinimumSectionSize(theme.ems(3))

    def show_order(self, name: str, *, descending: bool) -> None:
        """Mark the column the list is sorted by."""
        self.sorted_by, self.descending = name, descending
        if self.isVisible():
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.released.emit()

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:  # noqa: N802 - Qt's name
        view = self.parent()
        if not isinstance(view, RowTable) or index >= len(view.rows.columns):
            return
        s = theme.size
        column = view.rows.columns[index]
        fill(painter, rect, theme.colour("window"))
        painter.setPen(QPen(theme.colour("frame"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        chosen = bool(column.sort) and column.sort == self.sorted_by
        role, tone = ("caption-bold", "text") if chosen else ("caption", "text2")
        inner = rect.adjusted(
            s.l if view.is_first(index) else s.s, 0, -(s.l if view.is_last(index) else s.s), 0
        )
        arrow = s.icon_small + s.xs if chosen else 0
        width = min(width_of(column.head, role), inner.width() - arrow)
        x = inner.right() - width - arrow + 1 if column.right else inner.left()
        words(painter, QRect(x, inner.top(), width + 1, inner.height()), column.head, role, tone, LEFT)
        if chosen:
            icon = "arrow-down" if self.descending else "arrow-up"
            icons.draw(
                painter, icon, x + width + s.xs, (rect.height() - s.icon_small) // 2, "text", s.icon_small
            )


class RowTable(QTableView):
    """A list. `opened` carries the record (Enter, double click), `menu_wanted` the record and where to open
    a menu.

    `order_wanted` carries a column's sort name; `typed` the first character of something to find; `left_up`
    asks to go
    back to the search field.
    """

    opened = Signal(object)
    menu_wanted = Signal(object, object)
    order_wanted = Signal(str)
    typed = Signal(str)
    left_up = Signal()

    HEAD: type[Head] = Head

    def __init__(self, model: RowsModel, *, two_lines: bool = True, name: str = "") -> None:
        super().__init__()
        self.rows = model
        self._two_lines = two_lines
        self._painter: CellPainter | None = None
        self._words = ""
        self.hovered = -1
        self._kept: tuple[int, int] | None = None
        self._preferences: Preferences | None = None
        self._kept_name = ""
        self.setAccessibleName(name)
        self.head = self.HEAD(self)
        self.setHorizontalHeader(self.head)
        self.setModel(model)
        self.setFrameShape(Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(Edit.NoEditTriggers)
        self.setSelectionBehavior(SelectBy.SelectRows)
        self.setSelectionMode(SelectMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Context.CustomContextMenu)
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(Resize.Fixed)
        side.setDefaultSectionSize(theme.size.row_two if two_lines else theme.size.row)
        self._lay_columns()
        self.head.sectionClicked.connect(self._on_head_clicked)
        self.customContextMenuRequested.connect(self._on_menu)
        self.doubleClicked.connect(self._on_double_clicked)
        model.modelAboutToBeReset.connect(self._on_resetting)
        model.modelReset.connect(self._on_reset)

    # --- columns ---

    def is_first(self, column: int) -> bool:
        """Whether a column is the leftmost that shows."""
        return all(self.isColumnHidden(other) for other in range(column))

    def is_last(self, column: int) -> bool:
        """Whether a column is the rightmost that shows."""
        return all(self.isColumnHidden(other) for other in range(column + 1, len(self.rows.columns)))

    def _lay_columns(self) -> None:
        columns = self.rows.columns
        for place, column in enumerate(columns):
            self.head.setSectionResizeMode(place, Resize.Interactive)
            self.setColumnWidth(place, theme.ems(column.ems))

    def _fold_columns(self) -> None:
        width = self.head.width()
        columns = self.rows.columns
        self.rows.set_width(width / theme.ems(1))
        for place, column in enumerate(columns):
            self.setColumnHidden(place, bool(column.fold) and width < theme.ems(column.fold))
        shown = [place for place in range(len(columns)) if not self.isColumnHidden(place)]
        fixed = sum(self.columnWidth(place) for place in shown if not columns[place].stretch)
        stretching = [place for place in shown if columns[place].stretch]
        wanted = sum(columns[place].ems for place in stretching)
        rest = width - fixed
        for place in stretching:
            share = round(rest * columns[place].ems / wanted)
            self.setColumnWidth(place, max(theme.ems(6), share))
        current = self.currentIndex()
        if current.isValid() and self.isColumnHidden(current.column()):
            self.go_to(current.row())

    def _first_shown(self) -> int:
        """The leftmost column that shows: from a hidden one Qt neither walks nor scrolls."""
        return next((place for place in range(len(self.rows.columns)) if not self.isColumnHidden(place)), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold_columns()

    def keep_widths(self, preferences: Preferences, name: str) -> None:
        """Take the widths a person gave the columns before, and remember new ones."""
        self._preferences, self._kept_name = preferences, name
        widths = preferences.tables.get(name, [])
        if len(widths) == len(self.rows.columns):
            for place, width in enumerate(widths):
                if not self.rows.columns[place].stretch and width >= theme.ems(3):
                    self.setColumnWidth(place, width)
        self.head.sectionHandleDoubleClicked.connect(self._on_width_reset)
        self.head.released.connect(self._on_widths_changed)

    def _on_width_reset(self, place: int) -> None:
        self.setColumnWidth(place, theme.ems(self.rows.columns[place].ems))
        self._on_widths_changed()

    def _on_widths_changed(self) -> None:
        if self._preferences is not None:
            columns = range(len(self.rows.columns))
            self._preferences.tables[self._kept_name] = [self.columnWidth(place) for place in columns]
            self._fold_columns()

    # --- finding, sorting ---

    def show_words(self, text: str) -> None:
        """Mark these words in the cells."""
        self._words = text
        if self._painter is not None:
            self._painter.words = text

    def _on_head_clicked(self, place: int) -> None:
        name = self.rows.columns[place].sort
        if name:
            self.order_wanted.emit(name)

    def _on_resetting(self) -> None:
        row = self.currentIndex().row()
        self._kept = (self.rows.seq_at(row), row) if row >= 0 else None

    def _make_painter(self) -> CellPainter:
        from ui.widgets.cell_painter import CellPainter

        return CellPainter(self, two_lines=self._two_lines)

    def _on_reset(self) -> None:
        if self._painter is None:
            self._painter = self._make_painter()
            self._painter.words = self._words
            self.setItemDelegate(self._painter)
        if self._kept is None:
            return
        seq, row = self._kept
        found = self.rows.row_of(seq)
        count = self.rows.rowCount()
        if found >= 0:
            self.go_to(found)
        elif count:
            self.go_to(min(row, count - 1) if self.hasFocus() else 0)

    def go_to(self, row: int) -> None:
        """Make a row the current one and show it."""
        if not 0 <= row < self.rows.rowCount():
            return
        index = self.rows.index(row, self._first_shown())
        self.selectionModel().setCurrentIndex(index, Select.ClearAndSelect | Select.Rows)
        self.scrollTo(index)

    # --- keys and mouse ---

    def current_record(self) -> object | None:
        """The record of the current row, or None."""
        return self.rows.record(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, record = event.key(), self.current_record()
        if key in {Key.Key_Return, Key.Key_Enter} and record is not None:
            self.opened.emit(record)
        elif key == Key.Key_Menu or (key == Key.Key_F10 and event.modifiers() & Mod.ShiftModifier):
            self._on_menu(self.visualRect(self.currentIndex()).center())
        elif key == Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif (
            event.text().strip() and event.text().isprintable() and not event.modifiers() & ~Mod.ShiftModifier
        ):
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.currentIndex().row() < 0 and self.rows.rowCount():
            self.go_to(0)
        if self.rows.rowCount():  # asking Qt for the viewport costs the first picture ten milliseconds
            self.viewport().update()

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: object) -> None:
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        super().currentChanged(current, previous)
        if self.isVisible():
            self.viewport().update()

    def _on_double_clicked(self, index: QModelIndex) -> None:
        record = self.rows.record(index.row())
        if record is not None:
            self.opened.emit(record)

    def _on_menu(self, where: QPoint) -> None:
        index = self.indexAt(where)
        record = self.rows.record(index.row()) if index.isValid() else None
        if record is not None:
            self.go_to(index.row())
            self.menu_wanted.emit(record, self.viewport().mapToGlobal(where))
