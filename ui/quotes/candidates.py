"""The hits of the customer search, joined below its field: reading with the typed part marked, name, town,
phone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.quote.stored import CustomerRow
from app.words import _
from ui import icons
from ui.qt import LEFT, RIGHT, Mouse, Policy
from ui.theme import theme
from ui.widgets.hits import hit_in
from ui.widgets.paint import box, width_of, words

_MOST = 6


class Candidates(QWidget):
    """Rows to choose from; the last one registers what was typed as a new customer.

    The keyboard stays in the search field, which calls ``move`` and ``take``. ``chosen`` carries a
    CustomerRow, ``new_wanted``
    the words typed.
    """

    chosen = Signal(object)
    new_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[CustomerRow, ...] = ()
        self._words = ""
        self._current = 0
        self.setMouseTracking(True)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName(_("顧客の候補"))
        self.hide()

    def show_rows(self, rows: Sequence[CustomerRow], typed: str) -> None:
        """Show what was found for the words typed."""
        self._rows, self._words = tuple(rows[:_MOST]), typed
        self._current = 0
        self.setVisible(bool(typed))
        self.setFixedHeight(len(self._rows) * theme.size.row_two + theme.size.popup_row + 1)
        self._announce()
        self.update()

    @property
    def count(self) -> int:
        """How many customers are shown."""
        return len(self._rows)

    @property
    def place(self) -> int:
        """The current row, 1 = first."""
        return self._current + 1

    def move_by(self, step: int) -> None:
        """Go up or down, over the end to the other one."""
        self._current = (self._current + step) % (len(self._rows) + 1)
        self._announce()
        self.update()

    def take(self) -> None:
        """Take the current row."""
        if self._current < len(self._rows):
            self.chosen.emit(self._rows[self._current])
        else:
            self.new_wanted.emit(self._words)

    def _announce(self) -> None:
        row = self._rows[self._current] if self._current < len(self._rows) else None
        text = f"{row.kana} {row.name} {row.town} {row.phone}" if row else self._new_words()
        self.setAccessibleDescription(text)

    def _new_words(self) -> str:
        return _("「{words}」を新しい顧客として登録").format(words=self._words)

    def _at(self, y: int) -> int:
        return min(len(self._rows), max(0, y // theme.size.row_two))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self._at(round(event.position().y()))
        if place != self._current:
            self._current = place
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Mouse.LeftButton:
            self._current = self._at(round(event.position().y()))
            self.take()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        s = theme.size
        box(painter, self.rect().adjusted(0, -s.radius, 0, 0), theme.colour("window"), theme.colour("frame"))
        for place, row in enumerate(self._rows):
            area = QRect(1, place * s.row_two, self.width() - 2, s.row_two)
            self._paint_ground(painter, area, current=place == self._current)
            self._paint_row(painter, area, row)
        last = QRect(1, len(self._rows) * s.row_two, self.width() - 2, s.popup_row)
        self._paint_ground(painter, last, current=self._current == len(self._rows))
        icons.draw(
            painter,
            "user-plus",
            last.x() + s.field_pad,
            last.center().y() - s.icon // 2 + 1,
            "accent",
            s.icon,
        )
        room = last.adjusted(s.field_pad + s.icon + s.s, 0, -s.s, 0)
        words(painter, room, self._new_words(), "body", "accent")

    def _paint_ground(self, painter: QPainter, area: QRect, *, current: bool) -> None:
        s = theme.size
        if current:
            inner = area.adjusted(0, 0, 0, -s.radius // 2 if area.bottom() >= self.height() - 2 else 0)
            painter.fillRect(inner, theme.colour("tint"))
            painter.fillRect(QRect(inner.x(), inner.y(), s.focus, inner.height()), theme.colour("accent"))
        painter.setPen(theme.colour("line"))
        if area.bottom() < self.height() - 3:
            painter.drawLine(area.left(), area.bottom(), area.right(), area.bottom())

    def _paint_row(self, painter: QPainter, area: QRect, row: CustomerRow) -> None:
        s = theme.size
        inner = area.adjusted(s.field_pad, s.xs, -s.field_pad, -s.xs)
        half = inner.height() // 2
        upper = QRect(inner.x(), inner.y(), inner.width(), half)
        lower = QRect(inner.x(), inner.y() + half, inner.width(), half)
        town = width_of(row.town, "caption")
        words(painter, upper, row.town, "caption", "text2", RIGHT)
        paint_marked(
            painter, upper.adjusted(0, 0, -town - s.s, 0), row.name, self._words, "body-bold", "text"
        )
        phone = width_of(row.phone, "caption")
        words(painter, lower, row.phone, "caption", "text2", RIGHT)
        paint_marked(
            painter, lower.adjusted(0, 0, -phone - s.s, 0), row.kana, self._words, "caption", "text2"
        )


def paint_marked(painter: QPainter, room: QRect, text: str, typed: str, role: str, tone: str) -> None:
    """A line of text whose typed part is bold, underlined and in the accent."""
    hit = hit_in(text, typed)
    if hit is None or width_of(text, role) > room.width():
        words(painter, room, text, role, tone, LEFT)
        return
    bold = role if role.endswith("bold") else f"{role}-bold"
    x = room.x()
    for part, marked in ((text[: hit[0]], False), (text[hit[0] : hit[1]], True), (text[hit[1] :], False)):
        width = width_of(part, bold if marked else role)
        area = QRect(x, room.y(), width + 2, room.height())
        words(painter, area, part, bold if marked else role, "accent" if marked else tone, LEFT, elide=False)
        if marked:
            y = room.center().y() + theme.line(role) // 2 - 1
            painter.fillRect(QRect(x, y, width, 1), theme.colour("accent"))
        x += width
