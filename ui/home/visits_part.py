"""今日の訪問: when, at whose place, what for, who goes, how far it is. Rows of one line that lead to the visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.words import _
from ui import icons
from ui.home.link_list import LinkList, LinkRow
from ui.home.parts import Onward, head_row
from ui.home.rows import how_many, joined
from ui.qt import LEFT
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.layout import rule
from ui.widgets.paint import chip, chip_width, width_of, words
from ui.widgets.text import Label

if TYPE_CHECKING:  # records load with the first reading, after the first picture
    from app.usecases.show_home import TodayVisit, TodayVisits

_HEAD = 44
_WORKING, _DONE = "working", "done"
_FEWEST, _MOST = 3, 8
_ICONS = 3


@dataclass(frozen=True, slots=True)
class VisitLine(LinkRow):
    """A visit of today: ``name`` is the customer, ``right`` the time, ``below`` the work."""

    state: str = ""
    pictures: tuple[str, ...] = ()
    who: str = ""


def visit_line(one: TodayVisit, names: Mapping[str, str]) -> VisitLine:
    """A visit as a line. ``names``: of the work, by code; without them only how many devices there are."""
    from app.visit.conflicts import clock
    from ui.visits.words import nobody, short_work, state_words, work_icons

    row, span = one.row, one.span
    done = [short_work(code, names[code]) for code in row.work if code in names]
    what = _("{work} {count}台").format(work=joined(done), count=row.devices).strip()
    who = _("、").join(one.technicians) or nobody()
    when = _("{first}〜{last}").format(first=clock(span.first), last=clock(span.last))
    return VisitLine(
        name=row.customer,
        right=when,
        below=what,
        below_right=state_words(row.state)[1],
        link=("visit", row.id),
        tip="\n".join(part for part in (row.customer, row.number, row.town, row.phone, what, who) if part),
        ears=who,
        state=row.state.value,
        pictures=work_icons(row.work)[:_ICONS],
        who=who,
    )


class VisitList(LinkList):
    """Visits on one line each; the one that is under way stands on a ground of its own."""

    def row_height(self) -> int:
        return _HEAD * theme.percent // 100

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(30), self.row_height() * len(self.rows))

    def _paint_row(self, painter: QPainter, place: int, row: LinkRow) -> None:
        from ui.visits.words import nobody, state_words

        assert isinstance(row, VisitLine)
        s = theme.size
        rect = QRect(0, place * self.row_height(), self.width(), self.row_height())
        working = row.state == _WORKING
        if working:
            painter.fillRect(rect, theme.colour("tint"))
        elif place == self._hovered:
            painter.fillRect(rect, theme.colour("hover"))
        if place < len(self.rows) - 1:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if place == self._current and self.hasFocus():
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
            painter.drawLine(rect.bottomLeft(), rect.bottomRight())
            painter.fillRect(QRect(0, rect.top(), s.focus, rect.height()), theme.colour("accent"))
        over = row.state == _DONE
        time, name, work, who, state = self._columns(rect)
        words(painter, time, row.right, "body", "text2" if over else "text", LEFT, elide=False)
        words(painter, name, row.name, "body" if over else "body-bold", "text", LEFT)
        x = work.left()
        for picture in row.pictures:
            y = work.top() + (work.height() - s.icon_small) // 2
            icons.draw(painter, picture, x, y, "text2", s.icon_small)
            x += s.icon_small + s.xs
        words(painter, work.adjusted(x - work.left() + s.xs, 0, 0, 0), row.below, "panel", "text2", LEFT)
        words(painter, who, row.who, "panel", "warn" if row.who == nobody() else "text2", LEFT)
        icon, word, meaning = state_words(row.state)
        at = QPoint(state.right() - chip_width(word) + 1, state.center().y() + 1)
        chip(painter, at, icon, word, "on-panel" if working else meaning)

    def _columns(self, rect: QRect) -> tuple[QRect, QRect, QRect, QRect, QRect]:
        """Time, name, work, who and state of a row."""
        from ui.visits.words import state_words

        s = theme.size
        left, right = rect.left() + s.l, rect.right() - s.l
        time = width_of("00:00〜00:00", "body") + s.m
        state = chip_width(state_words("working")[1])
        who = theme.ems(7)
        room = right - left - time - who - state - 2 * s.m
        name = room * 2 // 5
        edges = [left, left + time, left + time + name, right - state - s.m - who, right - state, right]
        parts = [QRect(a, rect.top(), b - a - s.s, rect.height()) for a, b in pairwise(edges)]
        parts[-1].setRight(right)
        return parts[0], parts[1], parts[2], parts[3], parts[4]


class _Order(Button):
    """A quiet button as large as the one beside it."""

    def _role(self) -> str:
        return "panel"


class VisitsPart(QFrame):
    """The head and the rows. ``order_wanted`` carries the id of the visit the keys are at."""

    opened = Signal(object)
    visits_wanted = Signal()
    order_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._lines: tuple[VisitLine, ...] = ()
        self._view: TodayVisits | None = None
        self._names: Mapping[str, str] = {}
        self.title = Label(_("今日の訪問"), "heading")
        self.detail = Label("", "caption", "text2")
        self.order = _Order(_("作業指示書"), "printer", "quiet", small=True)
        self.waiting = Onward("")
        self.more = Onward(_("訪問を見る"))
        self.list = VisitList(_("今日の訪問"))
        head = QWidget()
        head.setLayout(
            head_row(
                Picture("calendar-check", "accent", "icon"),
                self.title,
                self.detail,
                self.waiting,
                None,
                self.order,
                self.more,
            )
        )
        head.setFixedHeight(_HEAD * theme.percent // 100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._line = rule()
        for widget in (head, rule(), self.list, self._line):
            outer.addWidget(widget)
        self.list.opened.connect(self.opened)
        for button in (self.waiting, self.more):
            button.clicked.connect(self.visits_wanted)
        self.order.clicked.connect(self._on_order)
        self.hide()

    def show_visits(self, view: TodayVisits) -> None:
        """Show today's; nothing at all where nobody visits."""
        from ui.visits.words import nobody

        self._view = view
        self._lines = tuple(visit_line(one, self._names) for one in view.rows)
        self.list.set_rows(self._lines)
        self.detail.set_text(detail_words(view))
        self.waiting.setVisible(bool(view.waiting))
        if view.waiting:
            self.waiting.set_text(_("{state} {count}").format(state=nobody(), count=how_many(view.waiting)))
        self.order.setVisible(bool(self._lines))
        self._line.setVisible(bool(self._lines))
        self.setVisible(view.used)

    def show_names(self, names: Mapping[str, str]) -> None:
        """The names of the work, once they are read."""
        if names == self._names:
            return
        self._names = names
        if self._view is not None:
            shown = len(self.list.rows)
            self.show_visits(self._view)
            self.list.set_rows(self._lines[:shown])

    def fit(self, room: int) -> int:
        """Show as many rows as a third of the room lets, the ones gone by going first; returns the height
        it takes in pixels.
        """
        if self._view is None or not self._view.used:
            return 0
        most = max(_FEWEST, min(_MOST, room // 3 // self.list.row_height()))
        lines = shown_lines(self._lines, most)
        if lines != self.list.rows:
            self.list.set_rows(lines)
        return _HEAD * theme.percent // 100 + self.list.sizeHint().height() + 2

    def _on_order(self) -> None:
        current = self.list.current
        if current is not None:
            self.order_wanted.emit(current.link[1])


def shown_lines(lines: Sequence[VisitLine], most: int) -> tuple[VisitLine, ...]:
    """The first lines that have room; where there are more, those of visits that are over give way."""
    if len(lines) <= most:
        return tuple(lines)
    to_come = [line for line in lines if line.state != _DONE][:most]
    left = most - len(to_come)
    over = [line for line in lines if line.state == _DONE]
    kept = [*over[len(over) - left :], *to_come] if left > 0 else to_come
    return tuple(line for line in lines if line in kept)


def detail_words(view: TodayVisits) -> str:
    """``4件・作業中 1件``."""
    from ui.visits.words import state_words

    working = sum(one.row.state == _WORKING for one in view.rows)
    parts = [how_many(len(view.rows)) if view.rows else _("今日の訪問はありません")]
    if working:
        parts.append(_("{state} {count}").format(state=state_words("working")[1], count=how_many(working)))
    return joined(parts)
