"""Why an amount is what it is, drawn as a tree: the formula, its steps with their clauses, the rounding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.clipboard import copy_text
from ui.qt import LEFT, RIGHT, Focus, Policy
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.paint import box, lines_of, width_of, words
from ui.widgets.pieces import kept_whole, without_joints


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """A step: how deep (0 = right below the formula), its words, its value, the clause it rests on.
    `strong`: the amount.
    """

    depth: int
    words: str
    value: str = ""
    clause: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """A whole reason in words: the formula, its value before rounding, the steps."""

    formula: str
    exact: str = ""
    rows: tuple[ReasonRow, ...] = ()


@dataclass(frozen=True, slots=True)
class _Placed:
    row: ReasonRow
    top: int
    middle: int
    height: int
    lines: tuple[str, ...]
    clauses: tuple[str, ...]
    last: bool


class ReasonTree(QWidget):
    """Shows a `ReasonWords`. Ctrl+C copies it as text; a screen reader reads it as one."""

    def __init__(self, reason: ReasonWords | None = None) -> None:
        super().__init__()
        self._reason = reason or ReasonWords("")
        self._placed: list[_Placed] = []
        self._head: tuple[str, ...] = ()
        self._height = 0
        self._laid_width = -1
        self.setFocusPolicy(Focus.StrongFocus)
        self.setProperty(OUTSIDE, True)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(Policy.Expanding)
        policy.setVerticalPolicy(Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_reason(self._reason)

    def set_reason(self, reason: ReasonWords) -> None:
        """Show another reason."""
        self._reason = reason
        self._laid_width = -1
        self.setAccessibleName(self.as_text())
        self.updateGeometry()
        self.update()

    @property
    def reason(self) -> ReasonWords:
        """The reason shown."""
        return self._reason

    def as_text(self) -> str:
        """The reason as lines of text, indented by depth."""
        reason = self._reason
        lines = [f"{reason.formula}  {reason.exact}".rstrip()]
        for row in reason.rows:
            parts = (part for part in (row.words, row.value, row.clause) if part)
            lines.append("  " * (row.depth + 1) + "  ".join(parts))
        return "\n".join(lines)

    def _lay_out(self, width: int) -> None:
        if width == self._laid_width:
            return
        s = theme.size
        room = width - 2 * s.reason_pad_x
        exact = width_of(self._reason.exact, "body") + s.m if self._reason.exact else 0
        self._head = _lines(self._reason.formula, "body-bold", max(theme.ems(8), room - exact))
        y = s.reason_pad_x + len(self._head) * s.reason_row
        self._placed = []
        rows = self._reason.rows
        for index, row in enumerate(rows):
            left = s.reason_words + row.depth * s.reason_words
            value = width_of(row.value, "body-bold" if row.strong else "body") + s.m if row.value else 0
            lines = _lines(row.words, "body", max(theme.ems(6), room - left - value))
            clauses = lines_of(row.clause, "panel", max(theme.ems(6), room - left)) if row.clause else ()
            height = len(lines) * s.reason_row + len(clauses) * (s.reason_clause + s.xs // 2)
            last = not any(
                later.depth == row.depth for later in _until_shallower(rows[index + 1 :], row.depth)
            )
            self._placed.append(_Placed(row, y, y + s.reason_row // 2, height, lines, clauses, last))
            y += height
        self._height = y + s.reason_pad_x
        self._laid_width = width

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._lay_out(width)
        return self._height

    def sizeHint(self) -> QSize:
        width = self.width() if self._laid_width > 0 else theme.ems(28)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(14), self._height if self._laid_width > 0 else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            copy_text(self.as_text())
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        self._lay_out(self.width())
        s = theme.size
        painter = QPainter(self)
        box(painter, self.rect(), theme.colour("reason"))
        left, right = s.reason_pad_x, self.width() - s.reason_pad_x
        y = s.reason_pad_x
        for text in self._head:
            words(painter, QRect(left, y, right - left, s.reason_row), text, "body-bold", "text", LEFT)
            y += s.reason_row
        head = QRect(left, s.reason_pad_x, right - left, s.reason_row)
        words(painter, head, self._reason.exact, "body", "text2", RIGHT)
        self._paint_lines(painter, left, y)
        for placed in self._placed:
            self._paint_row(painter, placed, left, right)

    def _paint_lines(self, painter: QPainter, left: int, top: int) -> None:
        s = theme.size
        painter.setPen(QPen(theme.colour("edge"), s.hairline))
        starts = {0: top}
        for index, placed in enumerate(self._placed):
            depth = placed.row.depth
            x = left + s.reason_trunk + depth * s.reason_words
            begin = starts.get(depth, placed.top)
            painter.drawLine(x, begin, x, placed.middle)
            painter.drawLine(x, placed.middle, x + s.reason_arm, placed.middle)
            starts[depth] = placed.middle
            following = self._placed[index + 1] if index + 1 < len(self._placed) else None
            if following is not None and following.row.depth > depth:
                starts[following.row.depth] = placed.top + placed.height

    def _paint_row(self, painter: QPainter, placed: _Placed, left: int, right: int) -> None:
        s = theme.size
        x = left + s.reason_words + placed.row.depth * s.reason_words
        y = placed.top
        for text in placed.lines:
            words(painter, QRect(x, y, right - x, s.reason_row), text, "body", "text", LEFT, elide=False)
            y += s.reason_row
        role = "body-bold" if placed.row.strong else "body"
        words(painter, QRect(x, placed.top, right - x, s.reason_row), placed.row.value, role, "text", RIGHT)
        for text in placed.clauses:
            words(painter, QRect(x, y, right - x, s.reason_clause), text, "panel", "text3", LEFT, elide=False)
            y += s.reason_clause + s.xs // 2


def _lines(text: str, role: str, width: int) -> tuple[str, ...]:
    """The text broken over lines, but never between a number and its unit."""
    if width_of(text, role) <= width:
        return (text,)
    return tuple(without_joints(line) for line in lines_of(kept_whole(text), role, width))


def _until_shallower(rows: Sequence[ReasonRow], depth: int) -> list[ReasonRow]:
    found = []
    for row in rows:
        if row.depth < depth:
            break
        found.append(row)
    return found
