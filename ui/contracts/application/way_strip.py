"""準備 → 送付 → 審査・承諾 → 開始: the way of an application as a strip, with days."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.words import _
from ui import icons
from ui.contracts.application.way import WayStep
from ui.qt import PenStyle, Policy
from ui.theme import theme
from ui.widgets.paint import box, words

_ICONS = {"done": "check", "now": "circle-dot", "ahead": "circle", "stopped": "x"}
_GROUNDS = {"done": "good_tint", "now": "tint", "ahead": "panel", "stopped": "danger_tint"}
_TONES = {"done": "good", "now": "accent", "ahead": "text3", "stopped": "danger"}


class WayStrip(QWidget):
    """Steps in a row, a line between them. A screen reader reads it as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: tuple[WayStep, ...] = ()
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(theme.size.row_two)

    def show_steps(self, steps: tuple[WayStep, ...]) -> None:
        """Show other steps."""
        self._steps = steps
        spoken = {
            "done": _("済み"),
            "now": _("いまここ"),
            "ahead": _("これから"),
            "stopped": _("終わり"),
        }
        self.setAccessibleName(
            _("、").join(f"{one.name} {one.detail} {spoken[one.state]}".strip() for one in steps)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(36), theme.size.row_two)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(24), theme.size.row_two)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = QPainter(self)
        s = theme.size
        width = self.width() // len(self._steps)
        middle = self.height() // 2
        side = s.step_mark
        for place, step in enumerate(self._steps):
            left = place * width
            mark = QRect(left, middle - side // 2, side, side)
            tone = theme.colour(_TONES[step.state])
            line = theme.colour("edge") if step.state == "ahead" else tone
            box(painter, mark, theme.colour(_GROUNDS[step.state]), line, radius=side // 2)
            icons.draw(
                painter,
                _ICONS[step.state],
                mark.center().x() - s.icon_small // 2 + 1,
                mark.center().y() - s.icon_small // 2 + 1,
                _TONES[step.state],
                s.icon_small,
            )
            room = QRect(mark.right() + s.s, 0, width - side - 2 * s.s, self.height())
            end = room.x() + self._words(painter, room, step)
            if place + 1 < len(self._steps):
                self._line(painter, end + s.s, left + width - s.s, step, self._steps[place + 1])

    def _words(self, painter: QPainter, room: QRect, step: WayStep) -> int:
        """Name and day; returns the width they took."""
        half = room.height() // 2
        tone = "text3" if step.state == "ahead" else "text"
        role = "panel" if step.state == "ahead" else "panel-bold"
        if not step.detail:
            return words(painter, room, step.name, role, tone)
        height = theme.line("panel")
        upper = QRect(room.x(), half - height, room.width(), height)
        under = QRect(room.x(), half, room.width(), theme.line("caption"))
        detail_tone = "accent" if step.state == "now" else "text2"
        return max(
            words(painter, upper, step.name, role, tone),
            words(painter, under, step.detail, "caption", detail_tone),
        )

    def _line(self, painter: QPainter, since: int, until: int, step: WayStep, following: WayStep) -> None:
        """To the next step: whole where the way was gone, dashed where it lies ahead; none without room."""
        if until - since < theme.size.s:
            return
        gone = step.state == "done" and following.state != "ahead"
        pen = QPen(theme.colour("good" if gone else "edge"), theme.size.hairline)
        if not gone:
            pen.setStyle(PenStyle.DashLine)
        painter.setPen(pen)
        middle = self.height() // 2
        painter.drawLine(since, middle, until, middle)
