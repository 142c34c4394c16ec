"""Sections of Home: a head that says what and how many, rows that lead there; columns of deadlines."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.words import _, pgettext
from ui import icons
from ui.home.link_list import LinkList, LinkRow
from ui.qt import CENTRE, LEFT, Policy
from ui.theme import theme
from ui.widgets.button import Button
from ui.widgets.frame import Picture
from ui.widgets.layout import rule
from ui.widgets.paint import box, width_of, words
from ui.widgets.text import ElidedLabel, Label

_HEAD = 44


class Count(QWidget):
    """A small figure on a ground: ``6件``."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)

    def set_count(self, count: int) -> None:
        """Show another figure."""
        self._text = pgettext("column", "{count}件").format(count=f"{count:,}")
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(width_of(self._text, "caption") + 2 * theme.size.chip_pad, theme.size.chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        rect = QRect(QPoint(0, 0), self.size())
        box(painter, rect, theme.colour("chip"), radius=theme.size.radius_chip)
        words(painter, rect, self._text, "caption", "text2", CENTRE, elide=False)


class Onward(Button):
    """A quiet button that leads on: words, then a chevron."""

    def __init__(self, text: str) -> None:
        super().__init__(text, "chevron-right", "quiet", small=True)

    def _role(self) -> str:
        return "panel"

    def _paint_content(self, painter: QPainter, rect: QRect, tone: str) -> None:
        s = theme.size
        room = rect.adjusted(s.button_pad, 0, -s.button_pad, 0)
        words(painter, room, self.words(), self._role(), tone, LEFT)
        y = rect.center().y() - s.icon // 2 + 1
        icons.draw(painter, "chevron-right", room.right() - s.icon + 1, y, tone, s.icon)


def head_row(*widgets: QWidget | None) -> QHBoxLayout:
    """A section's head: as high everywhere; None stretches."""
    s = theme.size
    line = QHBoxLayout()
    line.setContentsMargins(s.l, 0, s.s, 0)
    line.setSpacing(s.s)
    for widget in widgets:
        if widget is None:
            line.addStretch(1)
        else:
            line.addWidget(widget)
    return line


class Section(QFrame):
    """A head and rows. Without rows it is not there at all. ``more_wanted`` comes from the head's button."""

    opened = Signal(object)
    more_wanted = Signal()

    def __init__(self, icon: str, title: str, more: str = "", *, close: bool = False) -> None:
        super().__init__()
        self._rows: tuple[LinkRow, ...] = ()
        self.title = Label(title, "heading")
        self.detail = Label("", "caption", "text2")
        self.more = Onward(more)
        if not more:  # showing it before it has its place would open it as a window
            self.more.hide()
        self.more.clicked.connect(self.more_wanted)
        self.list = LinkList(title, close=close)
        self.list.opened.connect(self.opened)
        head = QWidget()
        head.setLayout(head_row(Picture(icon, "accent", "icon"), self.title, self.detail, None, self.more))
        head.setFixedHeight(_HEAD * theme.percent // 100)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        for widget in (head, rule(), self.list, rule()):
            outer.addWidget(widget)
        self.hide()

    def show_rows(self, rows: Sequence[LinkRow], detail: str) -> None:
        """Show rows, or nothing; ``fit`` says how many have room."""
        self._rows = tuple(rows)
        self.list.set_rows(rows)
        self.detail.set_text(detail)
        self.setVisible(bool(rows))

    def head_height(self) -> int:
        """How high it is without its rows."""
        return _HEAD * theme.percent // 100 + 2 * theme.size.hairline

    @property
    def offered(self) -> int:
        """How many rows there are to show."""
        return len(self._rows)

    def fit(self, count: int) -> None:
        """Show so many rows."""
        if len(self.list.rows) != min(count, len(self._rows)):
            self.list.set_rows(self._rows[:count])


class DeadlineColumn(QWidget):
    """The deadlines of a stretch of days. ``more_wanted`` comes when there are more than shown."""

    opened = Signal(object)
    more_wanted = Signal()

    def __init__(self, title: str) -> None:
        super().__init__()
        s = theme.size
        self._rows: tuple[LinkRow, ...] = ()
        self._count = 0
        self.title = Label(title, "heading")
        self.count = Count()
        self.until = Label("", "caption", "text2")
        self.list = LinkList(title)
        self.nothing = Label(_("ありません"), "caption", "text3")
        self.more = Onward("")
        for unknown in (self.count, self.nothing, self.more):  # until it was read
            unknown.hide()
        self.list.opened.connect(self.opened)
        self.more.clicked.connect(self.more_wanted)
        head = QHBoxLayout()
        head.setContentsMargins(s.l, s.s, s.l, s.s)
        head.setSpacing(s.s)
        for widget in (self.title, self.count):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.until)
        self.nothing.setContentsMargins(s.l, s.m, s.l, s.m)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(head)
        line = QHBoxLayout()
        line.setContentsMargins(s.l, 0, s.l, 0)
        line.addWidget(rule())
        outer.addLayout(line)
        outer.addWidget(self.nothing)
        outer.addWidget(self.list)
        outer.addWidget(self.more)
        outer.addStretch(1)

    def show_rows(self, rows: Sequence[LinkRow], count: int, until: str) -> None:
        """Show the first rows of so many; ``fit`` says how many have room."""
        self._rows, self._count = tuple(rows), count
        self.list.setVisible(bool(rows))
        self.count.set_count(count)
        self.count.show()
        self.until.set_text(until)
        self.nothing.setVisible(not rows)
        self.list.set_rows(rows)
        self._say_more()

    @property
    def offered(self) -> int:
        """How many rows there are to show."""
        return len(self._rows)

    def fit(self, count: int) -> None:
        """Show so many rows."""
        if len(self.list.rows) != min(count, len(self._rows)):
            self.list.set_rows(self._rows[:count])
            self._say_more()

    def _say_more(self) -> None:
        more = self._count - len(self.list.rows)
        self.more.setVisible(more > 0)
        self.more.set_text(_("ほか{count}件").format(count=f"{more:,}") if more > 0 else "")


class DeadlinesHead(QWidget):
    """Above the columns of deadlines: what the icons stand for, and the way to all of them."""

    def __init__(self, all_deadlines: Onward) -> None:
        from app.contract.deadline_words import WHOSE, whose_icon, whose_words

        super().__init__()
        self.legend = Legend([(whose_icon(whose), whose_words(whose)) for whose in WHOSE])
        self.setLayout(
            head_row(
                Picture("flag", "accent", "icon"),
                Label(_("期限"), "heading"),
                self.legend,
                None,
                all_deadlines,
            )
        )
        self.setFixedHeight(_HEAD * theme.percent // 100)


class StateLine(QWidget):
    """An icon, a sentence with a smaller one below, and a button at the right."""

    def __init__(self, icon: str, tone: str, button: str, *, quiet: bool = False) -> None:
        super().__init__()
        s = theme.size
        self.picture = Picture(icon, tone, "icon_large")
        self.title = ElidedLabel("", "body")
        self.detail = ElidedLabel("", "caption", "text2")
        self.button = Onward(button) if quiet else Button(button, small=True)
        lines = QVBoxLayout()
        lines.setSpacing(s.xs)
        lines.addWidget(self.title)
        lines.addWidget(self.detail)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(s.l, s.m, s.l if not quiet else s.s, s.m)
        whole.setSpacing(s.m)
        whole.addWidget(self.picture)
        whole.addLayout(lines, 1)
        whole.addWidget(self.button)

    def say(self, title: str, detail: str, icon: str, tone: str) -> None:
        """Say something else."""
        self.title.set_text(title)
        self.detail.set_text(detail)
        self.detail.setVisible(bool(detail))
        self.picture.set_icon(icon, tone)


class Legend(QWidget):
    """Icons with what they stand for, small: ``お客さまから``, ``当店から``."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._entries = tuple(entries)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.setAccessibleName("、".join(text for _icon, text in entries))

    def sizeHint(self) -> QSize:
        s = theme.size
        each = s.icon_small + s.xs + s.m
        width = sum(width_of(text, "caption") + each for _icon, text in self._entries)
        return QSize(width, theme.line("caption"))

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        x = 0
        for icon, text in self._entries:
            icons.draw(painter, icon, x, (self.height() - s.icon_small) // 2, "text2", s.icon_small)
            x += s.icon_small + s.xs
            room = QRect(x, 0, width_of(text, "caption") + 1, self.height())
            words(painter, room, text, "caption", "text2", LEFT, elide=False)
            x += room.width() + s.m
