"""Paints a life bar from its places: stretches, marks with their leaders and labels, months, today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from app.days import DAY, Month
from app.usecases.contract_view import LifePicture, Mark, Segment
from app.words import _
from ui.contracts.life_words import (
    BELOW,
    after_words,
    mark_reading,
    mark_texts,
    month_label,
    renewal_texts,
    term_texts,
    today_words,
)
from ui.qt import CENTRE, LEFT, Hint
from ui.theme import theme
from ui.widgets.paint import box, width_of, words

if TYPE_CHECKING:
    from ui.contracts.life_bar import LifeBar

_ROLE = "panel"


class LifePainter:
    """One picture of a bar."""

    def __init__(self, bar: LifeBar, painter: QPainter, life: LifePicture) -> None:
        self._widget, self._painter, self._life = bar, painter, life
        self._scale = bar.scale()
        self._bar = bar.bar()

    def paint(self) -> None:
        """Everything, from the ground up."""
        self._paint_ahead()
        self._paint_past()
        self._paint_suspended()
        self._paint_axis()
        self._painter.setRenderHint(Hint.Antialiasing)
        for number, mark in enumerate(self._widget.marks):
            self._paint_label(number, mark)
        self._paint_today()
        for mark in self._widget.marks:
            self._paint_mark(mark)
        self._paint_current()

    # --- stretches ----------------------------------------------------------------------------------

    def _stretch(self, first: date, last: date) -> QRect:
        """The part of the bar for the days from ``first`` to ``last``."""
        left, right = round(self._scale.x(first)), round(self._scale.x(last + DAY))
        right = min(right, self._bar.right() + 1)
        return QRect(left, self._bar.top(), max(1, right - left), self._bar.height())

    def _line(self, rect: QRect, colour: str, *, dashed: bool = False) -> None:
        pen = QPen(theme.colour(colour), theme.size.hairline)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        self._painter.setPen(pen)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawRect(rect.adjusted(0, 0, -1, -1))

    def _inside(self, rect: QRect, texts: tuple[str, ...], tone: str) -> None:
        """The first of the texts that fits into a stretch."""
        room = rect.adjusted(theme.size.xs, 0, -theme.size.xs, 0)
        for text in texts:
            if width_of(text, _ROLE) <= room.width():
                words(self._painter, room, text, _ROLE, tone, CENTRE, elide=False)
                return

    def _paint_ahead(self) -> None:
        """What is still to come: the rest of the term, then what follows it."""
        life = self._life
        begins = max(life.today, life.start or life.first)
        if life.end is not None:
            if life.end > life.today:
                rect = self._stretch(begins, life.end)
                self._painter.fillRect(rect, theme.colour("tint2"))
                self._line(rect, "bar")
            return
        behind = begins
        if life.term_end is not None and life.term_end >= begins:
            rect = self._stretch(begins, life.term_end)
            self._painter.fillRect(rect, theme.colour("tint2"))
            self._line(rect, "bar")
            self._inside(rect, term_texts(life), "text")
            behind = life.term_end + DAY
        if behind <= life.last:
            rect = self._stretch(behind, life.last)
            self._painter.fillRect(rect, theme.colour("sunken"))
            self._line(rect, "edge", dashed=True)
            self._inside(rect, (after_words(life),), "text2")
        if life.renewal is not None and life.renewal.last >= life.today:
            self._paint_renewal()

    def _paint_renewal(self) -> None:
        assert self._life.renewal is not None
        first = max(self._life.renewal.first, self._life.today)
        rect = self._stretch(first, self._life.renewal.last)
        window = QRect(rect.left(), rect.bottom() + 1, rect.width(), theme.size.xs)
        self._painter.fillRect(window, theme.colour("note"))
        placed = self._widget.labels.get(-1)
        if placed is not None:
            text = renewal_texts(self._life)[placed.words]
            top = self._low_top()
            x = rect.left()
            self._painter.fillRect(
                x, window.bottom(), 1, top + theme.line(_ROLE) // 2 - window.bottom(), theme.colour("note")
            )
            room = QRect(placed.left, top, width_of(text, _ROLE) + 2, theme.line(_ROLE))
            words(self._painter, room, text, _ROLE, "note", LEFT, elide=False)

    def _paint_past(self) -> None:
        until = min(self._life.today, self._life.end or self._life.today)
        for number, segment in enumerate(self._life.segments):
            if segment.first > until:
                return
            rect = self._stretch(segment.first, min(segment.last, until))
            self._painter.fillRect(rect, theme.colour("accent"))
            if number and rect.width() > theme.size.xs:
                self._painter.fillRect(
                    rect.left(), rect.top(), theme.size.focus, rect.height(), theme.colour("panel")
                )
            self._inside(rect, _segment_texts(segment), "on_accent")

    def _paint_suspended(self) -> None:
        """Days without service are hatched, with the warning's line below them."""
        for segment in self._life.segments:
            lasts = segment.last >= (self._life.end or self._life.last)  # nobody knows yet until when
            until = min(segment.last, self._life.today) if lasts else segment.last
            if segment.suspended and until >= segment.first:
                self._hatch(self._stretch(segment.first, until))

    def _hatch(self, rect: QRect) -> None:
        painter, s = self._painter, theme.size
        painter.save()
        painter.setClipRect(rect)
        painter.fillRect(rect, theme.colour("warn_tint"))
        painter.setRenderHint(Hint.Antialiasing)
        painter.setPen(QPen(theme.colour("warn"), s.hairline * 1.5))
        for x in range(rect.left() - rect.height(), rect.right() + s.s, s.s):
            painter.drawLine(QPointF(x, rect.bottom() + 1), QPointF(x + rect.height() + 1, rect.top()))
        painter.restore()
        self._line(rect, "warn")

    # --- months -------------------------------------------------------------------------------------

    def _paint_axis(self) -> None:
        s, life = theme.size, self._life
        y = self._bar.bottom() + s.icon_gap
        self._painter.fillRect(self._bar.left() - s.xs, y, self._bar.width() + s.s, 1, theme.colour("line"))
        step = self._step()
        named = 0
        for month in Month.of(life.first).until(Month.of(life.last)):
            x = round(self._scale.x(month.first))
            if self._scale.month >= s.xs or month.month == 1:
                self._painter.fillRect(x, y, 1, s.xs, theme.colour("frame"))
            if month.first <= life.first or not step(month):
                continue
            text = month_label(month, with_year=month.month == 1 or not named)
            width = width_of(text, _ROLE)
            left = x - width // 2
            fits = left >= s.xs and left + width <= self._widget.width() - s.xs
            if fits and not self._crossed(left, left + width):
                room = QRect(left, y + s.xs, width + 2, theme.line(_ROLE))
                tone = "text" if month.month == 1 else "text2"
                words(self._painter, room, text, _ROLE, tone, LEFT, elide=False)
                named += 1

    def _step(self) -> Callable[[Month], bool]:
        """Which months have a name: Januaries and Julys, Januaries alone, or one in several years."""
        room = width_of(month_label(Month(2028, 12), with_year=True), _ROLE) + theme.size.l
        if self._scale.month * 6 >= room:
            return lambda month: month.month in {1, 7}
        years = 1
        while self._scale.month * 12 * years < room:
            years += 1
        return lambda month: month.month == 1 and month.year % years == 0

    # --- marks --------------------------------------------------------------------------------------

    def _tone(self, mark: Mark) -> str:
        if mark.kind in BELOW:
            return "warn"
        if mark.kind == "fee-zero":
            return "good"
        return "accent" if mark.planned and mark.kind in {"changed", "started", "handed-over"} else "text"

    def _label_top(self, row: int) -> int:
        s = theme.size
        return s.life_top - theme.line(_ROLE) - s.xs if row == 0 else s.s

    def _low_top(self) -> int:
        """The line of words below the months."""
        s = theme.size
        return self._bar.bottom() + s.icon_gap + s.s + theme.line(_ROLE) - s.xs // 2

    def _crossed(self, left: int, right: int) -> bool:
        """Whether a leader goes down through what would stand between two places."""
        placed = self._widget.labels
        leaders = [
            self._scale.x(mark.on)
            for number, mark in enumerate(self._widget.marks)
            if mark.kind in BELOW and number in placed
        ]
        if -1 in placed and self._life.renewal is not None:
            leaders.append(self._scale.x(max(self._life.renewal.first, self._life.today)))
        return any(left <= x <= right for x in leaders)

    def _paint_label(self, number: int, mark: Mark) -> None:
        placed = self._widget.labels.get(number)
        if placed is None:
            return
        s, x = theme.size, self._scale.x(mark.on)
        text = mark_texts(mark, self._life)[placed.words]
        tone = self._tone(mark)
        width = width_of(text, _ROLE) + 2
        pen = QPen(theme.colour(tone if tone != "text" else "edge"), s.hairline)
        if mark.planned and mark.kind != "deadline":
            pen.setDashPattern([2, 2])
        self._painter.setPen(pen)
        if mark.kind in BELOW:
            top = self._low_top()
            self._painter.drawLine(
                QPointF(x, self._bar.bottom() + s.s), QPointF(x, top + theme.line(_ROLE) - s.xs)
            )
        else:
            top = self._label_top(placed.row)
            self._painter.drawLine(QPointF(x, top + s.xs // 2), QPointF(x, self._bar.top()))
        room = QRect(placed.left, top, width, theme.line(_ROLE))
        words(self._painter, room, text, _ROLE, tone, LEFT, elide=False)

    def _paint_mark(self, mark: Mark) -> None:
        painter, half = self._painter, theme.size.life_mark
        x, y = self._scale.x(mark.on), float(self._bar.top())
        tone = theme.colour("accent" if self._tone(mark) in {"text", "accent"} else self._tone(mark))
        painter.setPen(QPen(tone, theme.size.focus * 0.9))
        painter.setBrush(theme.colour("panel"))
        if mark.kind in BELOW:
            _triangle(painter, x, self._bar.bottom() + 1, half, tone)
        elif mark.kind == "fee-zero":
            painter.setBrush(tone)
            _diamond(painter, x, y, half)
        elif mark.kind in {"deadline", "ended"}:
            painter.drawRect(QRectF(x - half + 1, y - half + 1, 2 * half - 2, 2 * half - 2))
        elif mark.planned:
            _diamond(painter, x, y, half)
        else:
            painter.drawEllipse(QPointF(x, y), half - 0.5, half - 0.5)

    def _paint_today(self) -> None:
        s, life = theme.size, self._life
        x = round(self._scale.x(life.today))
        tag = self._widget.today_tag()
        bottom = self._bar.bottom() + s.icon_gap
        self._painter.fillRect(x - 1, tag.bottom(), s.focus, bottom - tag.bottom(), theme.colour("text"))
        box(self._painter, tag, theme.colour("toast"), radius=s.radius_tag)
        words(self._painter, tag, today_words(life.today), "panel-bold", "on_toast", CENTRE, elide=False)

    def _paint_current(self) -> None:
        """The mark one has walked to: a ring around it, and all its words above."""
        mark = self._widget.current
        if mark is None:
            return
        painter, s = self._painter, theme.size
        x = self._scale.x(mark.on)
        y = self._bar.bottom() + s.xs if mark.kind in BELOW else self._bar.top()
        painter.setPen(QPen(theme.colour("accent"), s.focus))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(x, y), s.life_mark + s.xs, s.life_mark + s.xs)
        text = mark_reading(mark, self._life.today)
        width = width_of(text, "panel-bold") + 2 * s.m
        left = min(max(round(x) - width // 2, s.s), self._widget.width() - s.s - width)
        tag = QRect(left, s.s, width, s.life_bar)
        covered = self._widget.today_tag()
        if covered.intersects(tag.adjusted(-s.xs, 0, s.xs, 0)):  # half a tag would say half a date
            painter.fillRect(covered, theme.colour("panel"))
        painter.fillRect(tag.adjusted(-s.xs, -s.xs, s.xs, s.xs), theme.colour("panel"))
        box(painter, tag, theme.colour("accent"), radius=s.radius_tag)
        words(painter, tag, text, "panel-bold", "on_accent", CENTRE, elide=False)


def _segment_texts(segment: Segment) -> tuple[str, ...]:
    """``31 ID``, or only the figure where there is no room."""
    first = segment.words.split(_("・"))[0]
    return tuple(dict.fromkeys((segment.words, first, segment.words.split(" ")[0])))


def _diamond(painter: QPainter, x: float, y: float, half: float) -> None:
    painter.drawPolygon(
        QPolygonF([QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)])
    )


def _triangle(painter: QPainter, x: float, top: float, half: float, tone: QColor) -> None:
    painter.setBrush(tone)
    painter.drawPolygon(
        QPolygonF(
            [QPointF(x, top), QPointF(x + half, top + 2 * half - 1), QPointF(x - half, top + 2 * half - 1)]
        )
    )
