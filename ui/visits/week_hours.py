"""The hours of the day, above the week that scrolls."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import theme
from ui.visits.week_paint import hours_head
from ui.visits.week_view import WeekView


class WeekHours(QWidget):
    """The hours, above what scrolls."""

    def __init__(self, grid: WeekView) -> None:
        super().__init__()
        self._grid = grid
        self.setFixedHeight(theme.size.visit_hours)
        grid.laid_out.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("panel"))
        hours_head(painter, self._grid.layout_, self.height())
