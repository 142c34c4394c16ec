"""A quantity: typed, or changed by one with − and +, or with the arrow keys."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton

from app.words import _
from ui import icons
from ui.qt import RIGHT, Focus, Key, Policy
from ui.theme import theme
from ui.widgets.entries import read_whole_number
from ui.widgets.frame import FramedControl
from ui.widgets.hovering import Hovering
from ui.widgets.paint import width_of
from ui.widgets.text import Label

_USUAL = "00"  # digits a unit leaves room for


class _Step(Hovering, QAbstractButton):
    """− or + behind a line. Not reached by Tab: the arrow keys do the same."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFocusPolicy(Focus.NoFocus)
        self.setAutoRepeat(True)
        self.setAccessibleName(name)
        self.setFixedWidth(theme.size.step_width)
        self.setSizePolicy(Policy.Fixed, Policy.Expanding)

    def sizeHint(self) -> QSize:
        return QSize(theme.size.step_width, theme.size.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        inner = self.rect().adjusted(1, 2, -2, -2)
        if self.isEnabled() and (self._hovered or self.isDown()):
            painter.fillRect(inner, theme.colour("sunken" if self.isDown() else "hover"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(0, 2, 0, self.height() - 3)
        side = theme.size.icon
        middle = self.rect().center()
        tone = "text" if self.isEnabled() else "text3"
        icons.draw(painter, self._icon, middle.x() - side // 2 + 1, middle.y() - side // 2 + 1, tone, side)


class NumberStepper(FramedControl):
    """A whole number with its unit. `value_changed` carries an int, or None when what was typed is no number.

    The range limits what − and + do; a typed number outside it is kept, so that the rules can say what is
    wrong with it.
    """

    MARK_INSIDE = False

    value_changed = Signal(object)

    def __init__(
        self, unit: str = "", least: int = 0, most: int = 9_999, value: int | None = None, *, ems: float = 9
    ) -> None:
        super().__init__()
        self._least = least
        self._most = most
        self._unit = Label(unit, "caption", "text2")
        self._unit.hide()  # showing it before it has its place would open it as a window
        self._less = _Step("minus", _("1つ減らす"))
        self._more = _Step("plus", _("1つ増やす"))
        self.edit.setAlignment(RIGHT)
        self.edit.setMaxLength(40)
        s = theme.size
        self.box.setContentsMargins(s.field_pad, 0, 0, 0)
        self.box.setSpacing(s.icon_gap)
        self.box.addWidget(self._unit)
        self.box.addWidget(self._less)
        self.box.setSpacing(s.xs)
        self.box.addWidget(self._more)
        self.box.setSpacing(s.xs)
        if ems:
            self.setFixedWidth(theme.ems(ems))
            self._show_unit()
        self.set_value(value)
        self._less.clicked.connect(self._on_less)
        self._more.clicked.connect(self._on_more)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.editingFinished.connect(self._on_left)

    def value(self) -> int | None:
        """The number, or None when the field is empty or can't be read."""
        return read_whole_number(self.edit.text())

    def text(self) -> str:
        """What was typed, readable or not."""
        return self.edit.text().strip()

    def set_value(self, value: int | None) -> None:
        """Show a number; not an edit."""
        text = "" if value is None else str(value)
        if value != self.value() or (value is None and self.edit.text()):
            self.edit.setText(text)
        self._show_limits()

    def set_range(self, least: int, most: int) -> None:
        """How far − and + go."""
        self._least, self._most = least, most
        self._show_limits()

    def set_unit(self, unit: str) -> None:
        """The word after the number."""
        self._unit.set_text(unit)
        self._show_unit()

    def _show_unit(self) -> None:
        """Only where the unit does not crowd the number; the tool tip has it always."""
        unit, s = self._unit.words().strip(), theme.size
        room = self.width() - 2 * s.step_width - s.field_pad - s.icon_gap - s.xs - width_of(_USUAL, "body")
        self._unit.setVisible(bool(unit) and width_of(unit, "caption") <= room)
        self.setToolTip(unit)

    def step(self, by: int) -> None:
        """Go up or down, within the range."""
        value = self.value()
        start = (
            self._least - by if value is None and by > 0 else (value if value is not None else self._least)
        )
        new = min(self._most, max(self._least, start + by))
        if new != value:
            self.edit.setText(str(new))
            self.edit.selectAll()
            self._show_limits()
            self.value_changed.emit(new)

    def _show_limits(self) -> None:
        value = self.value()
        self._less.setEnabled(value is None or value > self._least)
        self._more.setEnabled(value is None or value < self._most)

    def _on_less(self) -> None:
        self.step(-1)

    def _on_more(self) -> None:
        self.step(1)

    def _on_edited(self, _text: str) -> None:
        self._show_limits()
        self.value_changed.emit(self.value())

    def _on_left(self) -> None:
        value = self.value()
        if value is not None and self.edit.text() != str(value):
            self.edit.setText(str(value))

    def take_key(self, event: QKeyEvent) -> bool:
        moves = {Key.Key_Up: 1, Key.Key_Down: -1, Key.Key_PageUp: 10, Key.Key_PageDown: -10}
        by = moves.get(Key(event.key()))
        if by is None:
            return False
        self.step(by)
        return True

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # the page scrolls; a quantity never changes by accident

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_unit()
        # The small buttons stand inside the frame's line.
        for button in (self._less, self._more):
            button.setFixedHeight(self.height())
