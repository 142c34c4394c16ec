"""The week one works in: blocks are walked, opened, moved, lengthened, by mouse and by keyboard."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QToolTip

from app.visit.order import Span
from ui.qt import Event, Key, Mouse
from ui.theme import theme
from ui.visits import moving as moves
from ui.visits.grid_words import block_reading
from ui.visits.week_facts import Block
from ui.visits.week_view import SHELF, WeekView

_DRAG_FROM = 4  # pixels
_ARROWS = {
    Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, -1), Key.Key_Down: (0, 1),
}  # fmt: skip


class WeekGrid(WeekView):
    """``visit_chosen``: the id of the block opened (Enter, double click). ``moved`` carries a ``Moving`` that
    was dropped where nothing stands against it, ``refused`` one that was dropped elsewhere, with the
    obstacles. ``release_wanted``: the id of a visit to lose its slot. ``place_chosen``: (day, minute,
    technician) of a double click on free time. ``slot_chosen``: the number of an offered slot.
    ``current_changed``: the id of the visit one stands on. ``shown``: a rectangle to be scrolled to.
    """

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self._grab: tuple[QPoint, Block, int, bool] | None = None  # where, what, minutes in, by its edge

    def stop_moving(self) -> None:
        """Put back what was taken up."""
        self._grab = None
        super().stop_moving()

    # --- keyboard -------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        override = event.type() == Event.ShortcutOverride and self._moving is not None
        if override and isinstance(event, QKeyEvent) and event.key() == Key.Key_Escape:
            event.accept()  # before the panel beside takes it
            return True
        if event.type() == Event.ToolTip and isinstance(event, QHelpEvent):
            block = self._block_at(event.pos())
            if block is not None:
                QToolTip.showText(event.globalPos(), block_reading(block, self._facts), self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        arrow = _ARROWS.get(key)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._moving is not None:
            if arrow is not None:
                self._move_by_key(*arrow, longer=shift)
                self.current_changed.emit(self._at[0])
            elif key in {Key.Key_Return, Key.Key_Enter}:
                self.drop()
            elif key == Key.Key_Escape:
                self.stop_moving()
            else:
                super().keyPressEvent(event)
        elif arrow is not None:
            self._walk(*arrow)
        elif not self._act(key):
            super().keyPressEvent(event)

    def _act(self, key: Key) -> bool:
        """What the keys do on a block; False for other keys."""
        number = key - Key.Key_1
        if 0 <= number < len(self._slots):
            self.slot_chosen.emit(number)
        elif not self._at[0]:
            return False
        elif key in {Key.Key_Return, Key.Key_Enter}:
            self.visit_chosen.emit(self._at[0])
        elif key == Key.Key_M:
            self.start_moving()
        elif key == Key.Key_F:
            self.fold_wanted.emit(self._at[2])
        elif key in {Key.Key_Delete, Key.Key_Backspace}:
            self.release_wanted.emit(self._at[0])
        else:
            return False
        return True

    def focusInEvent(self, event: object) -> None:
        super().focusInEvent(event)  # type: ignore[arg-type]
        self.update(self.current_rect().adjusted(-3, -3, 3, 3))

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        if self._by_key:
            self.stop_moving()
        self.update(self.current_rect().adjusted(-3, -3, 3, 3))

    # --- mouse ----------------------------------------------------------------------------------------

    def _block_at(self, point: QPoint) -> Block | None:
        for one in self.layout_.waiting:
            if one.rect.contains(point):
                length = self._length(one.row)
                span = Span(on=self._today, first=self.layout_.first, last=self.layout_.first + length)
                return Block(one.row, SHELF, span, "")
        lane = self.layout_.lane_at(point.y())
        if lane is None:
            return None
        return next((one for one in lane.blocks if self.layout_.rect_of(one).contains(point)), None)

    def _on_edge(self, block: Block, point: QPoint) -> bool:
        rect = self.layout_.rect_of(block)
        return block.number != SHELF and point.x() > rect.right() - theme.size.visit_edge

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        point = event.position().toPoint()
        if event.button() != Mouse.LeftButton:
            return
        slot = self._slot_at(point)
        if slot >= 0:
            self.slot_chosen.emit(slot)
            return
        lane = self.layout_.lane_at(point.y())
        if lane is not None and self.layout_.day_width < point.x() < self.layout_.left:
            self.fold_wanted.emit(lane.technician)
            return
        block = self._block_at(point)
        if block is None:
            return
        self._stand_on(block.key)
        if block.movable:
            inside = self.layout_.minute_at(point.x()) - block.span.first
            if block.number == SHELF:
                inside = min(inside, self._step)
            self._grab = (point, block, inside, self._on_edge(block, point))

    def _slot_at(self, point: QPoint) -> int:
        for number, slot in enumerate(self._slots):
            for technician in slot.technicians or ("",):
                for span in slot.spans:
                    lane = self.layout_.lane_of(span.on, technician)
                    if lane is not None and self.layout_.rect_in(lane, span.first, span.last).contains(point):
                        return number
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if self._grab is None:
            self._show_cursor(point)
            return
        start, block, inside, by_edge = self._grab
        if self._moving is None:
            if (point - start).manhattanLength() < _DRAG_FROM:
                return
            self._pick_up(block)
        assert self._moving is not None
        if by_edge:
            last = moves.snapped(self.layout_.minute_at(point.x()), self._step)
            self.move_to(moves.lengthened(self._moving, last, self._step))
            return
        lane = self.layout_.lane_at(point.y())
        day, technician = self._moving.span.on, self._moving.technician
        if lane is not None:
            day, technician = lane.day, lane.technician
        first = moves.snapped(self.layout_.minute_at(point.x()) - inside, self._step)
        self.move_to(moves.to_place(self._moving, day, self._inside(first, self._moving), technician))

    def _pick_up(self, block: Block) -> None:
        if block.number == SHELF:
            length = block.span.last - block.span.first
            made = moves.from_shelf(block.row, block.span.on, block.span.first, "", length)
            self._begin(made, block.key)
        else:
            self._begin(moves.picked_up(block), block.key)
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _show_cursor(self, point: QPoint) -> None:
        block = self._block_at(point)
        if block is None or not block.movable:
            self.unsetCursor()
        elif self._on_edge(block, point):
            self.setCursor(Qt.CursorShape.SizeHorCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grab = None
        self.drop()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        block = self._block_at(point)
        lane = self.layout_.lane_at(point.y())
        if block is not None:
            self.visit_chosen.emit(block.row.id)
        elif lane is not None and point.x() >= self.layout_.left:
            first = self.layout_.minute_at(point.x()) // self._step * self._step
            self.place_chosen.emit(lane.day, first, lane.technician)
