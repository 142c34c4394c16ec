"""A list whose rows can be marked, one by one or all that were found, to do something with them together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QPoint, QRect, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionViewItem

from app.words import _
from ui import icons
from ui.qt import Key, Mod, Mouse
from ui.theme import theme
from ui.widgets.cell_painter import CellPainter, Index
from ui.widgets.choices import paint_check
from ui.widgets.paint import box
from ui.widgets.rows_model import Cell, Column, RowsModel
from ui.widgets.table import Head, RowTable

_EMS = 3.2
_MOST_KEPT = 100_000


class Marks:
    """The rows that are marked, by their ``seq``."""

    def __init__(self) -> None:
        self.seqs: set[int] = set()

    def cell(self, record: Any) -> Cell:
        """For screen readers: whether a row is marked."""
        return Cell(_("選択中") if record.seq in self.seqs else "", raw=record.seq in self.seqs)

    def column(self) -> Column:
        """The column of the check boxes; it goes first."""
        return Column("", _EMS, self.cell)


class _MarkHead(Head):
    def paintSection(self, painter: QPainter, rect: QRect, index: int) -> None:  # noqa: N802 - Qt's name
        super().paintSection(painter, rect, index)
        view = self.parent()
        if index != 0 or not isinstance(view, MarkedTable):
            return
        s = theme.size
        at = QPoint(rect.left() + s.l, rect.center().y() - s.check // 2)
        chosen, found = len(view.marks.seqs), view.rows.rowCount()
        if not chosen or chosen >= found:
            paint_check(painter, at, checked=bool(chosen))
            return
        frame = QRect(at.x(), at.y(), s.check, s.check)
        box(painter, frame, theme.colour("panel"), theme.colour("accent"), radius=s.radius_tag)
        icons.draw(painter, "minus", at.x() + 1, at.y() + 1, "accent", s.icon_small)


class _MarkPainter(CellPainter):
    """The ground says what is marked; the current row has its lines, and they alone."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        view = self.parent()
        if index.column() != 0 or not isinstance(view, MarkedTable):
            return
        s, rect = theme.size, option.rect
        at = QPoint(rect.left() + s.l, rect.center().y() - s.check // 2)
        paint_check(painter, at, checked=view.is_marked(index.row()))

    def _content(self, painter: QPainter, rect: QRect, cell: Cell, *, right: bool) -> None:
        if not isinstance(cell.raw, bool):  # the words of the check box are for screen readers
            super()._content(painter, rect, cell, right=right)

    def _ground(
        self, painter: QPainter, rect: QRect, index: Index, view: RowTable, *, selected: bool
    ) -> None:
        marked = isinstance(view, MarkedTable) and view.is_marked(index.row())
        super()._ground(painter, rect, index, view, selected=marked)
        if index.row() == view.currentIndex().row() and not view.hasFocus():
            painter.setPen(QPen(theme.colour("frame"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())


class MarkedTable(RowTable):
    """A RowTable over a model whose first column is ``Marks.column()``.

    Space marks the current row, Shift with ↑ ↓ marks while walking, Ctrl+A marks all that were found, Esc
    takes all marks away. `marks_changed` comes after each change.
    """

    marks_changed = Signal()

    HEAD = _MarkHead

    def __init__(self, model: RowsModel, marks: Marks, *, two_lines: bool = True, name: str = "") -> None:
        self.marks = marks
        super().__init__(model, two_lines=two_lines, name=name)
        self.head.sectionClicked.connect(self._on_mark_all)
        model.modelReset.connect(self._on_found)

    def _make_painter(self) -> CellPainter:
        return _MarkPainter(self, two_lines=self._two_lines)

    def is_marked(self, row: int) -> bool:
        """Whether a row is marked."""
        return bool(self.marks.seqs) and self.rows.seq_at(row) in self.marks.seqs

    def _change(self, change: Callable[[], None]) -> None:
        change()
        self.viewport().update()
        self.head.viewport().update()
        self.marks_changed.emit()

    def mark(self, row: int, *, marked: bool) -> None:
        """Mark a row, or take its mark away."""
        if 0 <= row < self.rows.rowCount():
            seq = self.rows.seq_at(row)
            seqs = self.marks.seqs
            self._change(lambda: seqs.add(seq) if marked else seqs.discard(seq))

    def mark_all(self) -> None:
        """Mark everything that was found."""
        self._change(lambda: self.marks.seqs.update(self.rows.all_seqs()))

    def unmark_all(self) -> None:
        """Take all marks away."""
        self._change(self.marks.seqs.clear)

    def chosen(self) -> list[int]:
        """The marked rows by their ``seq``, in the order of the list."""
        seqs = self.marks.seqs
        return [seq for seq in self.rows.all_seqs() if seq in seqs]

    def _on_found(self) -> None:
        """What is no longer found is no longer marked: nothing is done to what nobody sees. So many marks as
        only "all" makes go with what was found then: to go through them would hold the window.
        """
        if len(self.marks.seqs) > _MOST_KEPT:
            self.unmark_all()
        elif self.marks.seqs:
            kept = self.marks.seqs.intersection(self.rows.all_seqs())
            if len(kept) != len(self.marks.seqs):
                self.marks.seqs.intersection_update(kept)
                self.marks_changed.emit()

    def _on_mark_all(self, column: int) -> None:
        if column == 0:
            if self.marks.seqs:
                self.unmark_all()
            else:
                self.mark_all()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, shift = event.key(), bool(event.modifiers() & Mod.ShiftModifier)
        row = self.currentIndex().row()
        if key == Key.Key_Space and not event.modifiers():
            self.mark(row, marked=not self.is_marked(row) if row >= 0 else True)
        elif key in {Key.Key_Down, Key.Key_Up} and shift:
            self.mark(row, marked=True)
            self.go_to(row + (1 if key == Key.Key_Down else -1))
            self.mark(self.currentIndex().row(), marked=True)
        elif key == Key.Key_A and event.modifiers() & Mod.ControlModifier:
            self.mark_all()
        elif key == Key.Key_Escape and self.marks.seqs:
            self.unmark_all()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        super().mousePressEvent(event)
        if index.isValid() and index.column() == 0 and event.button() == Mouse.LeftButton:
            self.mark(index.row(), marked=not self.is_marked(index.row()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.indexAt(event.position().toPoint()).column() == 0:
            self.mousePressEvent(event)
        else:
            super().mouseDoubleClickEvent(event)
