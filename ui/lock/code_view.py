"""The recovery code as it is shown once: seven groups, large enough to be written down."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.recovery_code import GROUP
from app.words import _
from ui.qt import CENTRE, Policy
from ui.theme import theme
from ui.widgets.paint import box, words

_ROW = 4  # groups beside one another


class CodeView(QWidget):
    """Not selectable: nothing of it goes to the clipboard."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self._groups = [code[place : place + GROUP] for place in range(0, len(code), GROUP)]
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName(_("復旧コード"))
        self.setAccessibleDescription(" ".join(" ".join(group) for group in self._groups))

    def sizeHint(self) -> QSize:
        s = theme.size
        rows = -(-len(self._groups) // _ROW)
        return QSize(s.dialog_width - 2 * s.xl, rows * (s.touch + s.s) - s.s)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        wide = (self.width() - (_ROW - 1) * s.s) // _ROW
        for place, group in enumerate(self._groups):
            row, column = divmod(place, _ROW)
            room = QRect(column * (wide + s.s), row * (s.touch + s.s), wide, s.touch)
            box(painter, room, theme.colour("reason"), theme.colour("frame"))
            words(painter, room, " ".join(group), "heading", "text", CENTRE)
