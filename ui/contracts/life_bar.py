"""A contract's life as a bar: what it had when, what befell it, the term, what lies ahead, and today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QToolTip, QWidget

from app.usecases.contract_view import LifePicture, Mark
from app.words import _
from ui.contracts.life_labels import LifeScale, PlacedLabel, Rows, Wanted, place_labels
from ui.contracts.life_paint import LifePainter
from ui.contracts.life_words import (
    BELOW,
    life_description,
    mark_reading,
    mark_texts,
    renewal_texts,
    today_words,
)
from ui.qt import Event, Focus, Key, Policy
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.paint import width_of

_RANKS = {
    "ended": 1, "deadline": 2, "fee-zero": 3, "started": 4, "outage": 2, "suspended": 1, "interrupted": 3,
    "handed-over": 5, "changed": 6,
}  # fmt: skip
LABEL_ROLE = "panel"
RENEWAL = -1  # the key of the renewal window's label


class LifeBar(QWidget):
    """← → walk from mark to mark and read each; Home and End go to the first and the last; Enter or a click
    on a mark tells the entry it comes from (``mark_chosen``).
    """

    mark_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._life: LifePicture | None = None
        self._planned: tuple[Mark, ...] = ()
        self.marks: tuple[Mark, ...] = ()
        self.labels: dict[int, PlacedLabel] = {}
        self._at = -1
        self._laid = QSize()
        self.setFocusPolicy(Focus.StrongFocus)
        self.setProperty(OUTSIDE, True)
        self.setMouseTracking(True)
        self.setSizePolicy(Policy.Ignored, Policy.Fixed)
        self.setFixedHeight(theme.size.life_height)

    # --- what it shows ------------------------------------------------------------------------------

    def show_life(self, life: LifePicture) -> None:
        """Show a contract's life; nothing is planned."""
        self._life, self._planned = life, ()
        self._take()

    def show_planned(self, marks: Sequence[Mark]) -> None:
        """Show what is planned in an action's panel, beside what is recorded."""
        if tuple(marks) != self._planned:
            self._planned = tuple(marks)
            self._take()

    @property
    def life(self) -> LifePicture | None:
        """What it shows."""
        return self._life

    def _take(self) -> None:
        assert self._life is not None
        ends = {mark.on for mark in self._planned if mark.kind == "ended"}
        stay = (mark for mark in self._life.marks if mark.kind != "deadline" or mark.on not in ends)
        every = (*stay, *self._planned)  # on the day of a planned end no term is left to end
        self.marks = tuple(sorted(every, key=lambda one: one.on))
        self._at = min(self._at, len(self.marks) - 1)
        self._laid = QSize()
        s = theme.size
        low = any(mark.kind in BELOW for mark in self.marks) or self._life.renewal is not None
        self.setFixedHeight(s.life_height if low else s.life_height_low)
        self.setAccessibleDescription(life_description(self._life))
        self._speak()
        self.update()

    def _speak(self) -> None:
        assert self._life is not None
        if 0 <= self._at < len(self.marks):
            self.setAccessibleName(mark_reading(self.marks[self._at], self._life.today))
        else:
            self.setAccessibleName(_("契約の経過 {today}").format(today=today_words(self._life.today)))

    @property
    def current(self) -> Mark | None:
        """The mark one has walked to."""
        return self.marks[self._at] if 0 <= self._at < len(self.marks) else None

    # --- geometry -----------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(40), theme.size.life_height)

    def scale(self) -> LifeScale:
        """Where days stand."""
        assert self._life is not None
        s = theme.size
        return LifeScale(self._life.first, self._life.last, s.l + s.xs, self.width() - 2 * s.l - s.s)

    def bar(self) -> QRect:
        """The bar over all days shown."""
        s, scale = theme.size, self.scale()
        return QRect(scale.left, s.life_top, scale.width, s.life_bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._laid = QSize()

    def lay_out(self) -> None:
        """Find a place for every label; once for a size and a life."""
        if self._life is None or self._laid == self.size():
            return
        self._laid = self.size()
        s, scale = theme.size, self.scale()
        above = Rows(2, s.s, self.width() - s.s, s.xs)
        today = scale.x(self._life.today)
        above.take(0, today - s.focus, today + s.focus)
        tag = self.today_tag()
        above.take(1, tag.left(), tag.right())
        below = Rows(1, s.s, self.width() - s.s, s.s)
        up = [number for number, mark in enumerate(self.marks) if mark.kind not in BELOW]
        down = [number for number, mark in enumerate(self.marks) if mark.kind in BELOW]
        for number in up:  # the leaders stand first: no words may lie over them
            x = scale.x(self.marks[number].on)
            above.keep_clear(x)
        placed = place_labels([self._wanted(number, scale) for number in up], above, s.xs)
        low = [self._wanted(number, scale) for number in down]
        placed += place_labels([*low, *self._renewal(scale)], below, s.xs)
        self.labels = {one.key: one for one in placed}

    def _wanted(self, number: int, scale: LifeScale) -> Wanted:
        assert self._life is not None
        mark = self.marks[number]
        widths = tuple(width_of(text, LABEL_ROLE) for text in mark_texts(mark, self._life))
        rank = 0 if mark in self._planned or (mark.planned and mark.kind == "changed") else _RANKS[mark.kind]
        return Wanted(number, scale.x(mark.on), widths, rank, before=mark.kind == "fee-zero")

    def _renewal(self, scale: LifeScale) -> list[Wanted]:
        """The label of the days in which the renewal is decided."""
        assert self._life is not None
        if self._life.renewal is None or self._life.renewal.last < self._life.today:
            return []
        widths = tuple(width_of(text, LABEL_ROLE) for text in renewal_texts(self._life))
        x = scale.x(max(self._life.renewal.first, self._life.today))
        return [Wanted(RENEWAL, x, widths, rank=2, before=True)]

    def today_tag(self) -> QRect:
        """Where the tag of today stands."""
        assert self._life is not None
        s = theme.size
        width = width_of(today_words(self._life.today), "panel-bold") + 2 * s.m
        x = round(self.scale().x(self._life.today)) - width // 2
        x = min(max(x, s.s), self.width() - s.s - width)
        return QRect(x, s.s, width, s.life_bar)

    # --- walking ------------------------------------------------------------------------------------

    def _move_to(self, at: int) -> None:
        if self.marks:
            self._at = min(max(0, at), len(self.marks) - 1)
            self._speak()
            self.update()

    def _from_today(self, by: int) -> int:
        """The first mark after today, or the last one before it."""
        assert self._life is not None
        past = sum(mark.on <= self._life.today for mark in self.marks)
        return past if by > 0 else past - 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Key(event.key())
        by = {Key.Key_Left: -1, Key.Key_Right: 1}.get(key)
        mark = self.current
        if not self.marks:
            super().keyPressEvent(event)
        elif by is not None:
            self._move_to(self._from_today(by) if mark is None else self._at + by)
        elif key == Key.Key_Home:
            self._move_to(0)
        elif key == Key.Key_End:
            self._move_to(len(self.marks) - 1)
        elif key in {Key.Key_Return, Key.Key_Enter} and mark is not None and mark.entry_id:
            self.mark_chosen.emit(mark.entry_id)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: object) -> None:
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self._at = -1
        if self._life is not None:
            self._speak()
        self.update()

    def mark_at(self, x: float) -> int:
        """The mark nearest to a place, or −1 where none is near."""
        scale = self.scale()
        near = [(abs(scale.x(mark.on) - x), number) for number, mark in enumerate(self.marks)]
        distance, number = min(near, default=(self.width(), -1))
        return number if distance <= theme.size.s else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus()
        number = self.mark_at(event.position().x()) if self._life is not None else -1
        if number >= 0:
            self._move_to(number)
            if self.marks[number].entry_id:
                self.mark_chosen.emit(self.marks[number].entry_id)

    def event(self, event: QEvent) -> bool:
        if event.type() == Event.ToolTip and isinstance(event, QHelpEvent) and self._life is not None:
            number = self.mark_at(event.pos().x())
            if number >= 0:
                told = mark_reading(self.marks[number], self._life.today)
                QToolTip.showText(event.globalPos(), told, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    # --- painting -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        if self._life is not None:
            self.lay_out()
            LifePainter(self, painter, self._life).paint()
