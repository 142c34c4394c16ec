"""The frame every field wears: an edit in the middle, pictures and small buttons beside it, one focus ring
around all.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from ui import icons
from ui.qt import Mouse, Policy
from ui.theme import theme
from ui.widgets.paint import field_frame


class Picture(QLabel):
    """An icon in a tone that follows the theme. It says nothing to a screen reader: the words beside do."""

    def __init__(self, name: str, tone: str = "text2", size: str = "icon") -> None:
        super().__init__()
        self._name = name
        self._tone = tone
        self._size = size
        side = getattr(theme.size, size)
        self.setFixedSize(side, side)

    def set_icon(self, name: str, tone: str | None = None) -> None:
        """Another picture, or another tone."""
        self._name = name
        self._tone = tone or self._tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, self._name, 0, 0, self._tone, getattr(theme.size, self._size))


class BareEdit(QLineEdit):
    """The line edit inside a frame. It asks its frame first what a key does (an event filter would cost
    every event).
    """

    focus_moved = Signal()

    def __init__(self, frame: FramedControl) -> None:
        super().__init__(frame)
        self._frame = frame
        self.setProperty("bare", True)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._frame.take_key(event):
            super().keyPressEvent(event)


class FramedControl(QWidget):
    """A field's frame around a bare line edit (`edit`) and what stands before and after it.

    `MARK_INSIDE`: whether the sign of a mistake stands in the field; where it would cover what is typed, the
    words below carry it.
    """

    MARK_INSIDE = True

    def __init__(self, leading: str = "") -> None:
        super().__init__()
        self._error = False
        self._mark: Picture | None = None
        self.edit = BareEdit(self)
        self.edit.focus_moved.connect(self.update)
        self.setFocusProxy(self.edit)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(theme.size.control)
        box = QHBoxLayout(self)
        box.setContentsMargins(theme.size.field_pad, 0, theme.size.field_pad, 0)
        box.setSpacing(theme.size.s)
        if leading:
            box.addWidget(Picture(leading))
        box.addWidget(self.edit, 1)
        self.box = box

    def set_error(self, wrong: bool) -> None:
        """Show the frame of a field with a mistake."""
        if wrong and self._mark is None and self.MARK_INSIDE:
            self._mark = Picture("triangle-alert", "danger")
            self.box.insertWidget(self.box.indexOf(self.edit) + 1, self._mark)
        if self._mark is not None:
            self._mark.setVisible(wrong)
        self._error = wrong
        self.update()

    @property
    def wrong(self) -> bool:
        """Whether it shows a mistake."""
        return self._error

    def sizeHint(self) -> QSize:
        return QSize(theme.ems(14), theme.size.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(4), theme.size.control)

    def take_key(self, event: QKeyEvent) -> bool:
        """What a key does in this control before the edit sees it; True when that is all it does."""
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Mouse.LeftButton:
            self.edit.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        field_frame(
            QPainter(self),
            self.rect(),
            focused=self.edit.hasFocus(),
            error=self._error,
            enabled=self.isEnabled() and not self.edit.isReadOnly(),
        )
