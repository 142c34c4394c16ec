"""The week as it stands on the screen: what is shown, where one stands, what is on its way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.words import _
from ui.qt import Focus, Policy
from ui.theme import theme
from ui.visits import moving as moves
from ui.visits.grid_words import block_reading, moving_reading, slot_reading
from ui.visits.week_facts import Block, WeekFacts, WeekFilter
from ui.visits.week_layout import Lane, WeekLayout
from ui.visits.week_paint import WeekPainter

if TYPE_CHECKING:
    from app.visit.slots import Slot
    from ui.visits.moving import Judge, Moving

_Key = tuple[str, int, str]
_NONE: _Key = ("", 0, "")
SHELF = -1


class WeekView(QWidget):
    """Paints the week and knows where one stands; ``WeekGrid`` adds the keys and the mouse."""

    visit_chosen = Signal(str)
    moved = Signal(object)
    refused = Signal(object, object)
    release_wanted = Signal(str)
    place_chosen = Signal(object, int, str)
    slot_chosen = Signal(int)
    current_changed = Signal(str)
    fold_wanted = Signal(str)
    laid_out = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._facts = WeekFacts(today)
        self._filter = WeekFilter()
        self._folded: frozenset[str] = frozenset()
        self._large = False
        self._judge: Judge | None = None
        self._slots: tuple[Slot, ...] = ()
        self._slot, self._slot_name = -1, ""
        self._at: _Key = _NONE
        self._moving: Moving | None = None
        self._held: _Key | None = None
        self._by_key = False
        self.layout_ = WeekLayout(self._facts, self._filter, self._folded, theme.ems(60))
        self.setFocusPolicy(Focus.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self._speak()

    # --- what it shows --------------------------------------------------------------------------------

    def set_today(self, today: date) -> None:
        """Another day has begun."""
        if today != self._today:
            self._today = today
            self.update()

    def show_week(self, facts: WeekFacts, judge: Judge | None, *, large: bool = False) -> None:
        """Show some days; the current block stays current where it still is."""
        self._facts, self._judge, self._large = facts, judge, large
        self.stop_moving()
        self._lay_out()

    def show_only(self, chosen: WeekFilter, folded: frozenset[str]) -> None:
        """Show a part of it, the lanes of some technicians folded."""
        if (chosen, folded) != (self._filter, self._folded):
            self._filter, self._folded = chosen, folded
            self._lay_out()

    def show_slots(self, slots: Sequence[Slot], chosen: int, name: str) -> None:
        """The slots that are offered for a request, and which one is taken (−1: none)."""
        if (tuple(slots), chosen, name) != (self._slots, self._slot, self._slot_name):
            self._slots, self._slot, self._slot_name = tuple(slots), chosen, name
            self._take_slot()
            self._speak()
            self.update()

    def _take_slot(self) -> None:
        """The chosen slot takes its time: ways and break stand around it."""
        self.layout_.taken = {}
        if 0 <= self._slot < len(self._slots):
            slot = self._slots[self._slot]
            for technician in slot.technicians:
                for span in slot.spans:
                    place = self.layout_.taken.setdefault((span.on, technician), [])
                    place.append((span.first, span.last))

    def _lay_out(self) -> None:
        self.layout_ = WeekLayout(self._facts, self._filter, self._folded, self.width(), large=self._large)
        self.setFixedHeight(max(self.layout_.height, theme.size.visit_lane))
        self._take_slot()
        if self._at not in self._keys():
            self._at = _NONE
        self._speak()
        self.laid_out.emit()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(50), self.layout_.height)

    @property
    def facts(self) -> WeekFacts:
        """What it shows."""
        return self._facts

    @property
    def moving(self) -> Moving | None:
        """What is on its way."""
        return self._moving

    # --- walking --------------------------------------------------------------------------------------

    def _keys(self) -> list[_Key]:
        shelf = [(one.row.id, SHELF, "") for one in self.layout_.waiting]
        return shelf + [one.key for one in self.layout_.blocks()]

    @property
    def current(self) -> Block | None:
        """The block one stands on."""
        return next((one for one in self.layout_.blocks() if one.key == self._at), None)

    @property
    def current_id(self) -> str:
        """The id of the visit one stands on, also on the shelf; "" for none."""
        return self._at[0]

    def go_to(self, visit_id: str) -> bool:
        """Stand on a visit; False when it is not shown."""
        key = next((one for one in self._keys() if one[0] == visit_id), None)
        if key is None:
            return False
        self._stand_on(key)
        return True

    def _stand_on(self, key: _Key) -> None:
        before = self._rect_of(self._at)
        self._at = key
        self._speak()
        self.update(before.adjusted(-3, -3, 3, 3))
        self.update(self._rect_of(key).adjusted(-3, -3, 3, 3))
        self.current_changed.emit(key[0])

    def _rect_of(self, key: _Key) -> QRect:
        for one in self.layout_.waiting:
            if (one.row.id, SHELF, "") == key:
                return one.rect
        block = next((one for one in self.layout_.blocks() if one.key == key), None)
        return self.layout_.rect_of(block) if block is not None else QRect()

    def current_rect(self) -> QRect:
        """Where what one stands on, or moves, is."""
        if self._moving is not None:
            return WeekPainter.moving_rect(self.layout_, self._moving)
        return self._rect_of(self._at)

    def _walk(self, across: int, down: int) -> None:
        keys = self._keys()
        if not keys:
            return
        if self._at not in keys:
            self._stand_on(keys[0] if across + down > 0 else keys[-1])
        elif across:
            place = keys.index(self._at) + across
            self._stand_on(keys[min(max(place, 0), len(keys) - 1)])
        else:
            self._walk_down(keys, down)

    def _walk_down(self, keys: list[_Key], down: int) -> None:
        """The nearest block above or below."""
        here = self._rect_of(self._at).center()
        best: tuple[int, int, _Key] | None = None
        for key in keys:
            centre = self._rect_of(key).center()
            off = (centre.y() - here.y()) * down
            if off > 2:
                found = (off, abs(centre.x() - here.x()), key)
                best = min(best, found) if best is not None else found
        if best is not None:
            self._stand_on(best[2])

    # --- moving ---------------------------------------------------------------------------------------

    @property
    def _step(self) -> int:
        return max(5, self._facts.settings.step)

    def start_moving(self) -> None:
        """Take up what one stands on; the arrows move it, Enter drops, Esc puts it back."""
        block = self.current
        row = self._facts.row_of(self._at[0])
        if block is not None and block.movable:
            self._begin(moves.picked_up(block), block.key)
        elif block is None and row is not None and self._at[1] == SHELF:
            lane = next((one for one in self.layout_.lanes() if one.day >= self._today), None)
            if lane is not None:
                made = moves.from_shelf(row, lane.day, self.layout_.first, lane.technician, self._length(row))
                self._begin(made, self._at)
        self._by_key = self._moving is not None

    def _length(self, row: object) -> int:
        from app.visit.conflicts import span_minutes

        return max(self._step, span_minutes(row.minutes))  # type: ignore[attr-defined]

    def _begin(self, moving: Moving, held: _Key) -> None:
        self._moving, self._held = moving, held
        self._speak()
        self.update()

    def stop_moving(self) -> None:
        """Put back what was taken up."""
        self._by_key = False
        if self._moving is not None:
            self._moving, self._held = None, None
            self.unsetCursor()
            self._speak()
            self.update()

    def move_to(self, moving: Moving) -> None:
        """Show it at another place; only what changed is painted anew."""
        if moving == self._moving:
            return
        before = self.dirty()
        self._moving = moving
        self._speak()
        self.update(before.united(self.dirty()) if before.intersects(self.dirty()) else before)
        self.update(self.dirty())

    def dirty(self) -> QRect:
        """What a block on its way and its reason cover: its lane."""
        if self._moving is None:
            return QRect()
        rect = WeekPainter.moving_rect(self.layout_, self._moving)
        return QRect(self.layout_.left - 2, rect.top() - 3, self.layout_.width + 4, rect.height() + 6)

    def drop(self) -> None:
        """Leave it where it is; what stands against it there is told."""
        moving = self._moving
        if moving is None:
            return
        found = self._judge.obstacles(moving) if self._judge is not None else ()
        self.stop_moving()
        if not moving.changed:
            return
        if found:
            self.refused.emit(moving, found)
        else:
            self.moved.emit(moving)

    def _move_by_key(self, across: int, down: int, *, longer: bool) -> None:
        moving = self._moving
        assert moving is not None
        if longer and across:
            last = moving.span.last + across * self._step
            self.move_to(moves.lengthened(moving, last, self._step))
            return
        lanes = self.layout_.lanes()
        here = self.layout_.lane_of(moving.span.on, moving.technician)
        lane: Lane = here if here is not None else lanes[0]
        if down:
            place = lanes.index(lane) + down
            lane = lanes[min(max(place, 0), len(lanes) - 1)]
        first = moving.span.first + across * self._step
        self.move_to(moves.to_place(moving, lane.day, self._inside(first, moving), lane.technician))

    def _inside(self, first: int, moving: Moving) -> int:
        """A start at which the block is still to be seen."""
        length = min(moving.span.last - moving.span.first, self._step)
        return min(max(first, self.layout_.first), self.layout_.last - length)

    # --- painting and speaking ------------------------------------------------------------------------

    def _speak(self) -> None:
        """What a screen reader hears of where one stands."""
        if self._moving is not None:
            found = self._judge.obstacles(self._moving) if self._judge is not None else ()
            self.setAccessibleName(moving_reading(self._moving, self._facts, found))
            return
        block = self.current
        row = self._facts.row_of(self._at[0])
        if block is not None:
            self.setAccessibleName(block_reading(block, self._facts))
        elif row is not None:
            self.setAccessibleName(_("日時未定 {customer}").format(customer=row.customer))
        else:
            self.setAccessibleName(_("訪問の予定表、{count}件").format(count=len(self._keys())))
        self.setAccessibleDescription(
            "\n".join(slot_reading(slot, self._facts, number) for number, slot in enumerate(self._slots))
        )

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint = WeekPainter(painter, self.layout_, event.rect())
        paint.ground(self._today)
        current, focused = self._at, self.hasFocus()
        blocks = self.layout_.blocks()
        paint.links(blocks)
        paint.blocks(blocks, current=current, held=self._held, focused=focused)
        paint.waiting(current=current, held=self._held, focused=focused)
        paint.slots(self._slots, self._slot, self._slot_name)
        if self._moving is not None:
            found = self._judge.obstacles(self._moving) if self._judge is not None else ()
            paint.moving(self._moving, moves.told(found))
