"""Prices: a group with its sum that folds, lines in it, and below a line the reason of its amount."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.words import _
from ui import icons
from ui.qt import LEFT, RIGHT, Focus, Key, Policy
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, lines_of, width_of, words
from ui.widgets.reason_tree import ReasonTree, ReasonWords


@dataclass(frozen=True, slots=True)
class PriceLine:
    """An amount with its words, all finished. `reason` makes the words of the reason when somebody looks.

    `calculation` is right-aligned beside the amount (`49 ID × 2,200円`). `tone`: text2, or good for what is
    free. `detail` stands softly beside the name, or below it where there is no room; `detail_tone` says it
    louder.
    """

    name: str
    calculation: str
    amount: str
    reason: Callable[[], ReasonWords] | None = None
    tone: str = "text2"
    detail: str = ""
    detail_tone: str = "text3"


class _Foldable(Hovering, QAbstractButton):
    """A row that opens: Enter, Space or → opens, ← closes, ↑ ↓ go to the row above and below."""

    opened = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.open = False
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.clicked.connect(self._on_clicked)

    def can_open(self) -> bool:
        return True

    def set_open(self, open_: bool) -> None:
        if open_ != self.open and (self.can_open() or not open_):
            self.open = open_
            self.update()
            self.opened.emit(open_)

    def _on_clicked(self) -> None:
        self.set_open(not self.open)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Key.Key_Return, Key.Key_Enter}:
            self.set_open(not self.open)
        elif key == Key.Key_Right:
            self.set_open(True)
        elif key == Key.Key_Left:
            self.set_open(False)
        elif key in {Key.Key_Down, Key.Key_Up}:
            self.focusNextPrevChild(key == Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def _ground(self, painter: QPainter) -> None:
        s = theme.size
        if self.hasFocus():
            box(painter, self.rect().adjusted(s.s, 1, -s.s, -1), None, theme.colour("accent"), width=s.focus)
        elif self._hovered and self.can_open():
            painter.fillRect(self.rect(), theme.colour("hover"))


class _Head(_Foldable):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name, self.caption, self.sum = name, "", ""
        self.setFixedHeight(theme.size.price_head)

    def set_words(self, name: str, caption: str, sum_: str) -> None:
        if (name, caption, sum_) != (self.name, self.caption, self.sum):
            self.name, self.caption, self.sum = name, caption, sum_
            self.setAccessibleName(f"{name} {caption} {sum_}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), theme.size.price_head)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        self._ground(painter)
        x = s.l - s.icon_gap // 2
        chevron = "chevron-down" if self.open else "chevron-right"
        icons.draw(painter, chevron, x, (self.height() - s.icon) // 2, "text2", s.icon)
        right = self.width() - s.l
        sum_width = words(painter, QRect(0, 0, right, self.height()), self.sum, "body-bold", "text", RIGHT)
        x = s.indent
        room = right - sum_width - s.m - x
        name = words(painter, QRect(x, 0, room, self.height()), self.name, "body-bold", "text", LEFT)
        if self.caption and room - name - s.s > theme.ems(3):
            rest = QRect(x + name + s.s, 1, room - name - s.s, self.height())
            words(painter, rest, self.caption, "panel", "text2", LEFT)


class _Row(_Foldable):
    def __init__(self) -> None:
        super().__init__()
        self.line = PriceLine("", "", "")
        self._lines: tuple[str, ...] = ("",)
        self._detail_below = self._calculation_below = False
        self.setFixedHeight(theme.size.price_line)

    def can_open(self) -> bool:
        return self.line.reason is not None

    def set_line(self, line: PriceLine) -> None:
        changed = (line.name, line.calculation, line.amount, line.tone, line.detail) != (
            self.line.name, self.line.calculation, self.line.amount, self.line.tone, self.line.detail,
        )  # fmt: skip
        self.line = line
        if changed:
            self.setAccessibleName(f"{line.name} {line.detail} {line.calculation} {line.amount}")
            self.setToolTip(_("Enterで根拠を表示") if self.can_open() else "")
            self._break()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(20), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._break()

    def _edge(self) -> int:
        """Where the calculation ends."""
        amount = max(width_of(self.line.amount, "body"), theme.ems(6.5))
        return self.width() - theme.size.l - amount - theme.size.l

    def _room(self) -> int:
        """How wide the name may be."""
        whole = self._edge() - theme.size.indent
        if self._calculation_below:
            return max(theme.ems(4), whole)
        return max(theme.ems(4), whole - width_of(self.line.calculation, "body") - theme.size.m)

    def _break(self) -> None:
        """A long name takes another line: it is on the paper too, so it is told in full."""
        self._calculation_below = False
        room = self._room()
        long = len(lines_of(self.line.name, "body", room)) > 2
        if long or min(width_of(self.line.name, "body"), theme.ems(6)) > room:
            self._calculation_below = True  # there is too little room beside it
            room = self._room()
        self._lines = lines_of(self.line.name, "body", room)
        beside = room - width_of(self._lines[-1], "body") - theme.size.s
        self._detail_below = bool(self.line.detail) and width_of(self.line.detail, "caption") > beside
        height = theme.size.price_line + (len(self._lines) - 1) * theme.line("body")
        height += theme.line("body") if self._calculation_below else 0
        height += theme.line("caption") if self._detail_below else 0
        if height != self.height():
            self.setFixedHeight(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        self._ground(painter)
        line, right, height = self.line, self.width() - s.l, s.price_line
        words(painter, QRect(0, 0, right, height), line.amount, "body", line.tone, RIGHT)
        words(
            painter,
            QRect(0, len(self._lines) * theme.line("body") * self._calculation_below, self._edge(), height),
            line.calculation,
            "body",
            line.tone,
            RIGHT,
            elide=False,
        )
        room = QRect(s.indent, 0, self._room(), height)
        for text in self._lines:
            used = words(painter, room, text, "body", line.tone, LEFT)
            rest = room.adjusted(used + s.s, 1, 0, 0)
            room.translate(0, theme.line("body"))
        if self._detail_below:
            top = self.height() - theme.line("caption") - s.xs
            rest = QRect(s.indent, top, right - s.indent, theme.line("caption"))
        if line.detail:
            words(painter, rest, line.detail, "caption", line.detail_tone, LEFT)
        if self._hovered and self.can_open() and not self.hasFocus():
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.drawLine(s.indent, self.height() - 1, right, self.height() - 1)


class PriceGroup(QWidget):
    """A group of prices. Updating it reuses its rows, so that it can follow every keystroke.

    `extra(widget, after=n)` puts something (an AdviceStrip) below line n; `reason_opened` carries the line's
    number.
    """

    reason_opened = Signal(object)

    def __init__(self, name: str, *, open_: bool = True) -> None:
        super().__init__()
        self._head = _Head(name)
        self._head.open = open_
        self._rows: list[_Row] = []
        self._used = 0
        self._open_reasons: dict[int, ReasonTree] = {}
        self._extra: QWidget | None = None
        self._body = QWidget()
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, theme.size.s)
        self._column.setSpacing(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        outer.addWidget(self._body)
        self.setProperty("edge", "bottom")
        self._head.opened.connect(self._on_folded)
        self.setSizePolicy(Policy.Expanding, Policy.Minimum)
        self._on_folded(open_)

    def set_head(self, name: str, caption: str, sum_: str) -> None:
        """Words of the head and the sum."""
        self._head.set_words(name, caption, sum_)

    def set_lines(self, lines: Sequence[PriceLine]) -> None:
        """Other amounts. Reasons that stand open are made anew for the line at the same place."""
        while len(self._rows) < len(lines):
            self._add_row()
        for index, row in enumerate(self._rows):
            visible = index < len(lines)
            if visible:
                row.set_line(lines[index])
            elif row.open:
                row.set_open(False)
            if row.isHidden() == visible:
                row.setVisible(visible)
        self._used = len(lines)
        for index, tree in list(self._open_reasons.items()):
            reason = self._rows[index].line.reason
            if reason is None:
                self._rows[index].set_open(False)
            else:
                tree.set_reason(reason())
        self._show_body()

    def set_extra(self, widget: QWidget | None) -> None:
        """Something below the lines, such as advice; None takes it away (the caller keeps it)."""
        if widget is self._extra:
            return
        if self._extra is not None:
            self._column.removeWidget(self._extra)
            self._extra.setParent(None)
        self._extra = widget
        if widget is not None:
            self._column.addWidget(widget)
        self._show_body()

    def set_open(self, open_: bool) -> None:
        """Fold or unfold the group."""
        self._head.set_open(open_)

    @property
    def is_open(self) -> bool:
        """Whether its lines show."""
        return self._head.open

    def open_reason(self, index: int, open_: bool = True) -> None:
        """Open or close the reason of a line."""
        self._rows[index].set_open(open_)

    def rows(self) -> list[QWidget]:
        """The rows shown, to move the focus to."""
        return list[QWidget](self._rows[: self._used])

    def reason_of(self, index: int) -> ReasonTree | None:
        """The open reason of a line."""
        return self._open_reasons.get(index)

    def _add_row(self) -> None:
        row = _Row()
        row.opened.connect(self._on_row_opened)
        place = self._column.indexOf(self._extra) if self._extra is not None else -1
        if place < 0:
            self._column.addWidget(row)
        else:
            self._column.insertWidget(place, row)
        self._rows.append(row)

    def _on_row_opened(self, open_: bool) -> None:
        row = self.sender()
        if not isinstance(row, _Row):
            return
        index = self._rows.index(row)
        if not open_:
            tree = self._open_reasons.pop(index, None)
            if tree is not None:
                had_focus = tree.hasFocus()
                holder = tree.parentWidget()
                assert holder is not None
                self._column.removeWidget(holder)
                holder.deleteLater()
                if had_focus:
                    row.setFocus()
            return
        if row.line.reason is None:
            return
        tree = ReasonTree(row.line.reason())
        holder = QWidget()
        box_ = QVBoxLayout(holder)
        box_.setContentsMargins(theme.size.indent, theme.size.xs, theme.size.l, theme.size.s)
        box_.addWidget(tree)
        self._column.insertWidget(self._column.indexOf(row) + 1, holder)
        self._open_reasons[index] = tree
        self.reason_opened.emit(index)

    def _on_folded(self, open_: bool) -> None:
        self._show_body()

    def _show_body(self) -> None:
        self._body.setVisible(self._head.open and (self._used > 0 or self._extra is not None))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
