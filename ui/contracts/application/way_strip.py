"""準備 → 送付 → 審査・承諾 → 開始: the way of an application as a strip, with days."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from app.words import _
from ui import icons
from ui.contracts.application.way import WayStep
from ui.qt import Hint, PenStyle, Policy
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
            if place + 1 < len(self._steps):
                self._line(painter, mark, left + width, step, self._steps[place + 1])
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
            self._words(painter, QRect(mark.right() + s.s, 0, width - side - 2 * s.s, self.height()), step)

    def _words(self, painter: QPainter, room: QRect, step: WayStep) -> None:
        half = room.height() // 2
        name = QRect(room.x(), room.y(), room.width(), room.height())
        tone = "text3" if step.state == "ahead" else "text"
        role = "panel" if step.state == "ahead" else "panel-bold"
        if not step.detail:
            words(painter, name, step.name, role, tone)
            return
        height = theme.line("panel")
        words(painter, QRect(room.x(), half - height, room.width(), height), step.name, role, tone)
        detail_tone = "accent" if step.state == "now" else "text2"
        under = QRect(room.x(), half, room.width(), theme.line("caption"))
        words(painter, under, step.detail, "caption", detail_tone)

    def _line(self, painter: QPainter, mark: QRect, until: int, step: WayStep, following: WayStep) -> None:
        """Along the foot of the marks to the next one: whole where the way was gone, dashed where it lies ahead."""
        gone = step.state == "done" and following.state != "ahead"
        painter.save()
        painter.setRenderHint(Hint.Antialiasing)
        pen = QPen(theme.colour("good" if gone else "frame"), theme.size.hairline)
        if not gone:
            pen.setStyle(PenStyle.DashLine)
        painter.setPen(pen)
        y = float(self.height() - theme.size.hairline)
        painter.drawLine(QPointF(mark.x(), y), QPointF(until - theme.size.s, y))
        painter.restore()
