"""One attached file in the list: what it is, how large, when it came and from whom."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton

from app.contract.attachments import size_words, type_words
from app.contract.beside import Attachment
from app.words import _
from ui import icons
from ui.moments import moment_words
from ui.qt import LEFT, Focus, Policy
from ui.theme import theme
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, words


class FileRow(Hovering, QAbstractButton):
    """Checked: it is the one shown beside the list. ↑ and ↓ go through the rows of a list."""

    def __init__(self, attachment: Attachment, now: datetime) -> None:
        super().__init__()
        self.attachment = attachment
        about = (
            type_words(attachment.media_type),
            size_words(attachment.size),
            moment_words(attachment.at, now),
            attachment.staff,
        )
        self._about = _("・").join(part for part in about if part)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Focus.StrongFocus)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setAccessibleName(f"{attachment.name} {self._about}")
        self.setToolTip(attachment.name)

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(18), theme.size.row_two)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(8), theme.size.row_two)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        here = self.isChecked()
        if here or self._hovered:
            painter.fillRect(self.rect(), theme.colour("tint" if here else "hover"))
        if self.hasFocus():
            inside = self.rect().adjusted(1, 1, -1, -1)
            box(painter, inside, None, theme.colour("accent"), width=s.focus)
        icon = "image" if self.attachment.media_type.startswith("image/") else "file-text"
        icons.draw(painter, icon, s.l, (self.height() - s.icon_large) // 2, "text2", s.icon_large)
        x = s.l + s.icon_large + s.m
        half = self.height() // 2
        room = self.width() - x - s.m
        above, below = QRect(x, s.xs, room, half - s.xs), QRect(x, half, room, half - s.xs)
        words(painter, above, self.attachment.name, "body-bold" if here else "body", "text", LEFT)
        words(painter, below, self._about, "caption", "text2", LEFT)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
