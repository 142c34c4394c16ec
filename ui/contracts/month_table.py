"""The months of a contract as a table: what each is charged, with a bar, and the sum below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.days import Month
from app.money import yen_words
from app.usecases.contract_view import MonthRow, MonthSum
from ui.contracts.month_words import head_words, month_cells, month_told, sum_cells
from ui.qt import (
    LEFT,
    RIGHT,
    Edit,
    Focus,
    Key,
    Orient,
    Policy,
    Resize,
    Role,
    Scroll,
    Select,
    SelectBy,
    SelectMode,
    Shape,
)
from ui.theme import theme
from ui.widgets.paint import fill, width_of, words

Index = QModelIndex | QPersistentModelIndex
MONTH, WHAT, NET, TAX, TOTAL, BAR = range(6)
_MONTH_EMS = 7.4
_WHAT_LEAST = 7.6
_AMOUNTS = ("72,800円", "7,280円", "80,080円")  # the columns are at least as wide as these


class MonthsModel(QAbstractTableModel):
    """Rows of months; ``planned`` holds what an open action would make of some."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[MonthRow, ...] = ()
        self.planned: dict[Month, MonthRow] = {}

    def show_rows(self, rows: Sequence[MonthRow]) -> None:
        """Other months."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def show_planned(self, planned: Mapping[Month, MonthRow]) -> None:
        """What an action that is open would make of months."""
        if dict(planned) != self.planned:
            self.planned = dict(planned)
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, BAR))

    def shown(self, place: int) -> MonthRow:
        """The month at a place as it is shown: as planned while an action is open."""
        row = self.rows[place]
        return self.planned.get(row.month, row)

    @property
    def most(self) -> int:
        """The highest amount, which fills a bar."""
        rows = [*self.rows, *self.planned.values()]
        return max((charged(row) for row in rows), default=0) or 1

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else BAR + 1

    def headerData(self, section: int, orientation: Orient, role: int = Role.DisplayRole) -> Any:
        if orientation == Orient.Horizontal and role == Role.DisplayRole:
            return head_words()[section]
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.shown(index.row())
        if role == Role.AccessibleTextRole:
            return month_told(row, planned=row.month in self.planned)
        if role == Role.DisplayRole:
            before = self.rows[index.row() - 1].month if index.row() else None
            return month_cells(row, before)[index.column()]
        if role == Role.ToolTipRole:
            return month_told(row, planned=row.month in self.planned)
        return None


def charged(row: MonthRow) -> int:
    """What a bar shows of a month: the charges with tax. A fee for leaving would dwarf all others."""
    return max(0, row.net + row.tax)


class _MonthPainter(QStyledItemDelegate):
    """Figures at the right, words at the left; planned months softer, what an action changes in accent."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(theme.ems(3), theme.size.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        table = self.parent()
        assert isinstance(table, MonthTable)
        s, rect, model = theme.size, option.rect, table.months
        if index.row() == table.hovered and index.column() == MONTH:  # for the words go over into the next
            painter.fillRect(rect.adjusted(0, 0, table.viewport().width(), 0), theme.colour("hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if index.row() == table.currentIndex().row() and table.hasFocus():
            self._paint_current(painter, rect, first=index.column() == 0)
        row = model.shown(index.row())
        if index.column() == BAR:
            paint_bar(painter, rect, model.rows[index.row()], model.planned.get(row.month), model.most)
            return
        tone = "text2" if row.state == "planned" else "text"
        if row.month in model.planned and index.column() >= NET:
            tone = "accent"
        if row.refused and index.column() == WHAT:
            tone = "danger"
        text = str(index.data(Role.DisplayRole))
        if index.column() == MONTH:
            words(painter, rect.adjusted(s.l, 0, 0, -1), text, "body", tone, LEFT)
        elif index.column() == WHAT:
            free = table.columnWidth(NET) - width_of(yen_words(row.net), "body") - s.s
            room = rect.adjusted(s.xs, 0, max(0, free), -1)
            words(painter, room, text, "panel", "text2" if tone == "text" else tone, LEFT)
        else:
            words(painter, rect.adjusted(0, 0, -s.xs, -1), text, "body", tone, RIGHT, elide=False)

    def _paint_current(self, painter: QPainter, rect: QRect, *, first: bool) -> None:
        painter.setPen(QPen(theme.colour("accent"), 1))
        painter.drawLine(rect.topLeft(), rect.topRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if first:
            painter.fillRect(rect.left(), rect.top(), theme.size.focus, rect.height(), theme.colour("accent"))


def paint_bar(painter: QPainter, rect: QRect, row: MonthRow, planned: MonthRow | None, most: int) -> None:
    """How much a month is: billed in the accent, not yet billed grey, planned soft. Beside a plan the dashes
    are today's amount.
    """
    s = theme.size
    left, top = rect.left() + s.s, rect.center().y() - s.month_bar // 2 + 1

    def bar(one: MonthRow) -> QRect:
        return QRect(left, top, max(1, s.month_bar_width * charged(one) // most), s.month_bar)

    tone = {"billed": "accent", "planned": "bar"}.get(row.state, "bar2")
    if planned is None:
        painter.fillRect(bar(row), theme.colour(tone))
        return
    painter.fillRect(bar(planned), theme.colour("bar"))
    pen = QPen(theme.colour("accent"), s.hairline)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.drawRect(bar(row).adjusted(-2, -2, 1, 1))


class _Head(QHeaderView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(Orient.Horizontal, parent)
        self.setFixedHeight(theme.size.control_small)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:  # noqa: N802 - Qt's name
        s = theme.size
        fill(painter, rect, theme.colour("window"))
        painter.setPen(QPen(theme.colour("frame"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        text = head_words()[index]
        if index in {MONTH, WHAT}:
            room = rect.adjusted(s.l if index == MONTH else s.xs, 0, 0, 0)
            words(painter, room, text, "caption", "text2", LEFT)
        else:
            words(painter, rect.adjusted(0, 0, -s.xs, 0), text, "caption", "text2", RIGHT)


class MonthTable(QTableView):
    """``opened`` carries the Month one wants to look into (Enter, a click on an amount)."""

    opened = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.months = MonthsModel(self)
        self.hovered = -1
        self._widest: tuple[int, ...] = (0, 0, 0)
        self._sum: MonthSum | None = None
        self._names = 0  # the width the longest name of a month needs
        self.setAccessibleName(name)
        self.setHorizontalHeader(_Head(self))
        self.setModel(self.months)
        self.setItemDelegate(_MonthPainter(self))
        self.setFrameShape(Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(Edit.NoEditTriggers)
        self.setSelectionBehavior(SelectBy.SelectRows)
        self.setSelectionMode(SelectMode.NoSelection)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setHorizontalScrollBarPolicy(Scroll.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(Resize.Fixed)
        self.verticalHeader().setDefaultSectionSize(theme.size.row)
        self.clicked.connect(self._on_clicked)

    def widths(self) -> dict[int, int]:
        """The widths of the columns at the width there is; 0 for one that folds away."""
        s = theme.size
        found = {MONTH: max(theme.ems(_MONTH_EMS), self._names), BAR: s.month_bar_width + s.m + s.s}
        for place, column in enumerate((NET, TAX, TOTAL)):
            found[column] = max(width_of(_AMOUNTS[place], "body") + s.m, self._widest[place])
        room = self.viewport().width()
        for column in (BAR, TAX):
            if room - sum(found.values()) < theme.ems(_WHAT_LEAST):
                found[column] = 0
        found[WHAT] = max(theme.ems(4), room - sum(found.values()))
        return found

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    def _lay_columns(self) -> None:
        for column, width in self.widths().items():
            self.setColumnHidden(column, not width)
            if width:
                self.setColumnWidth(column, width)

    def show_rows(self, rows: Sequence[MonthRow], sum_: MonthSum | None) -> None:
        """Other months; the columns take the width their amounts need."""
        self.months.show_rows(rows)
        self._sum = sum_
        names = (width_of(month_cells(row, None)[0], "body") for row in rows[-12:])
        self._names = max(names, default=0) + theme.size.l + theme.size.xs
        self._fit_columns()

    def show_planned(self, planned: Mapping[Month, MonthRow], sum_: MonthSum | None = None) -> None:
        """What an open action would make of months and of their sum; its amounts find room as well."""
        self.months.show_planned(planned)
        self._sum = sum_ or self._sum
        self._fit_columns()

    def _fit_columns(self) -> None:
        rows, sum_ = (*self.months.rows, *self.months.planned.values()), self._sum
        amounts = [(row.net, row.tax, row.total) for row in rows]
        widest = (max((abs(one[place]) for one in amounts), default=0) for place in range(3))
        sums = sum_cells(sum_)[1:] if sum_ is not None else ("", "", "")
        self._widest = tuple(
            max(width_of(yen_words(most), "body") + theme.size.m, width_of(text, "body-bold") + theme.size.s)
            for most, text in zip(widest, sums, strict=True)
        )
        self._lay_columns()

    def go_to(self, month: Month) -> None:
        """Make a month the current one and show it."""
        place = next((place for place, row in enumerate(self.months.rows) if row.month == month), -1)
        if place >= 0:
            index = self.months.index(place, 0)
            self.selectionModel().setCurrentIndex(index, Select.NoUpdate)
            self.scrollTo(index)

    @property
    def current_month(self) -> Month | None:
        """The month one is at."""
        place = self.currentIndex().row()
        return self.months.rows[place].month if place >= 0 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        month = self.current_month
        if event.key() in {Key.Key_Return, Key.Key_Enter, Key.Key_Right} and month is not None:
            self.opened.emit(month)
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.months.rows[index.row()].month)

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.currentIndex().row() < 0 and self.months.rows:
            self.go_to(self.months.rows[-1].month)
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


class SumRow(QFrame):
    """The months that are not planned, added up, in the columns of the table."""

    def __init__(self, table: MonthTable) -> None:
        super().__init__()
        self._table = table
        self._cells: tuple[str, ...] = ()
        self.setFixedHeight(theme.size.row)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)

    def show_sum(self, sum_: MonthSum | None) -> None:
        """Other sums; nothing where nothing is charged yet."""
        self.setVisible(sum_ is not None)
        if sum_ is not None:
            self._cells = sum_cells(sum_)
            self.setAccessibleName(" ".join(self._cells))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._cells:
            return
        s, painter = theme.size, QPainter(self)
        painter.fillRect(self.rect(), theme.colour("window"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("frame"))
        widths = self._table.widths()
        x = widths[MONTH] + widths[WHAT]
        for column, text in zip((NET, TAX, TOTAL), self._cells[1:], strict=True):
            if widths[column]:
                room = QRect(x - s.m, 0, widths[column] + s.m - s.xs, self.height())
                words(painter, room, text, "body-bold", "text", RIGHT, elide=False)
            x += widths[column]
        room = QRect(s.l, 0, widths[MONTH] + widths[WHAT] - s.l - s.m, self.height())
        words(painter, room, self._cells[0], "body-bold", "text", LEFT)


def stacked(table: MonthTable, foot: SumRow) -> QWidget:
    """The table with its sum below."""
    whole = QWidget()
    box = QVBoxLayout(whole)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(0)
    box.addWidget(table, 1)
    box.addWidget(foot)
    return whole
