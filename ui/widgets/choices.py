"""Choosing: segments, a switch, a check box, a list that drops down, cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from ui import icons
from ui.qt import CENTRE, LEFT, Focus, Hint, Policy
from ui.theme import theme
from ui.widgets.focus_ring import OUTSIDE
from ui.widgets.paint import box, field_frame, width_of, words

Options = Sequence[tuple[Any, str]]


class _Segment(QRadioButton):
    """One of a row of choices. The chosen one has a ground, a frame and a check."""

    def __init__(self, text: str, value: Any, place: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.value = value
        self._place = place  # first, middle, last, only
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFixedHeight(theme.size.control)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        s = theme.size
        return QSize(width_of(self._words, "body-bold") + s.icon_small + 3 * s.s, s.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(width_of(self._words, "body") + 2 * theme.size.xs, theme.size.control)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def _outline(self, rect: QRectF) -> QPainterPath:
        r = float(theme.size.radius)
        path = QPainterPath()
        if self._place == "middle":
            path.addRect(rect)
            return path
        path.addRoundedRect(rect, r, r)
        if self._place != "only":
            square = QPainterPath()
            half = rect.width() / 2
            square.addRect(
                rect.adjusted(half, 0, 0, 0) if self._place == "first" else rect.adjusted(0, 0, -half, 0)
            )
            path = path.united(square)
        return path

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        painter.setRenderHint(Hint.Antialiasing)
        chosen, focused = self.isChecked(), self.hasFocus()
        line = "accent" if chosen or focused else "frame"
        width = s.focus if focused else 1
        half = width / 2
        right = -half if self._place in {"last", "only"} or chosen or focused else half
        painter.setBrush(theme.colour("tint" if chosen else "panel"))
        painter.setPen(QPen(theme.colour(line), width))
        painter.drawPath(self._outline(QRectF(self.rect()).adjusted(half, half, right, -half)))
        tone = ("accent" if chosen else "text2") if self.isEnabled() else "text3"
        role = "body-bold" if chosen else "body"
        text_width = min(width_of(self._words, role), self.width() - 2 * s.xs)
        room = self.rect()
        if chosen and text_width + s.icon_small + s.xs + 2 * s.xs <= self.width():
            x = (self.width() - text_width - s.icon_small - s.xs) // 2
            icons.draw(painter, "check", x, (self.height() - s.icon_small) // 2, tone, s.icon_small)
            room = QRect(x + s.icon_small + s.xs, 0, text_width + 2, self.height())
            words(painter, room, self._words, role, tone, LEFT)
        else:
            words(painter, room.adjusted(s.xs, 0, -s.xs, 0), self._words, role, tone, CENTRE)


class Segments(QWidget):
    """A few choices side by side; one is chosen. ← and → move. `chosen` carries the value."""

    chosen = Signal(object)

    def __init__(self, options: Options = (), value: Any = None) -> None:
        super().__init__()
        self._buttons: list[_Segment] = []
        self._box = QHBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(0)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.set_options(options, value)

    def set_options(self, options: Options, value: Any = None) -> None:
        """Other choices."""
        for button in self._buttons:
            self._box.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        last = len(options) - 1
        for index, (choice, text) in enumerate(options):
            place = "only" if last == 0 else "first" if index == 0 else "last" if index == last else "middle"
            button = _Segment(text, choice, place)
            button.clicked.connect(self._on_clicked)
            self._box.addWidget(button)
            self._buttons.append(button)
        if self._buttons:
            self.setFocusProxy(self._buttons[0])
        self.set_value(value)

    def value(self) -> Any:
        """The chosen value, or None."""
        return next((button.value for button in self._buttons if button.isChecked()), None)

    def chosen_words(self) -> str:
        """The words of the chosen one, or ""."""
        return next((one.accessibleName() for one in self._buttons if one.isChecked()), "")

    def set_value(self, value: Any) -> None:
        """Choose; not an edit."""
        for button in self._buttons:
            if button.value == value and not button.isChecked():
                button.setChecked(True)
                self.setFocusProxy(button)

    def _on_clicked(self) -> None:
        for button in self._buttons:
            if button.isChecked():
                self.setFocusProxy(button)
        self.chosen.emit(self.value())


class Switch(QCheckBox):
    """On or off, at once. The word stands at the left. `toggled` is Qt's own."""

    def __init__(self, text: str = "", on: bool = False, *, name: str = "") -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setChecked(on)
        self.setAccessibleName(name or text)
        self.setProperty(OUTSIDE, True)
        self.setSizePolicy(Policy.Fixed, Policy.Fixed)

    def sizeHint(self) -> QSize:
        s = theme.size
        gap = s.s if self._words else 0
        return QSize(
            width_of(self._words, "panel") + gap + s.switch_width, max(s.switch_height, theme.line("panel"))
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        words(painter, self.rect(), self._words, "panel", "text2" if self.isEnabled() else "text3")
        track = QRect(
            self.width() - s.switch_width,
            (self.height() - s.switch_height) // 2,
            s.switch_width,
            s.switch_height,
        )
        on = self.isChecked()
        painter.setRenderHint(Hint.Antialiasing)
        box(
            painter,
            track,
            theme.colour("accent" if on else "panel") if self.isEnabled() else theme.colour("window"),
            theme.colour("accent" if on else "edge"),
            radius=s.switch_height // 2,
        )
        knob = s.switch_height - 6
        x = track.right() - knob - 2 if on else track.left() + 3
        painter.setPen(QPen(theme.colour("accent" if on else "edge"), 0))
        painter.setBrush(theme.colour("on_accent" if on else "edge"))
        painter.drawEllipse(QRectF(x, track.top() + 3, knob, knob))


class Check(QCheckBox):
    """A check box with its words at the right."""

    def __init__(self, text: str, checked: bool = False) -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setChecked(checked)
        self.setAccessibleName(text)
        self.setProperty(OUTSIDE, True)
        self.setSizePolicy(Policy.Preferred, Policy.Fixed)

    def sizeHint(self) -> QSize:
        s = theme.size
        return QSize(
            s.check + s.s + width_of(self._words, "body") + 2, max(s.check + s.xs, theme.line("body"))
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        paint_check(painter, QPoint(0, (self.height() - s.check) // 2), checked=self.isChecked())
        room = self.rect().adjusted(s.check + s.s, 0, 0, 0)
        words(painter, room, self._words, "body", "text" if self.isEnabled() else "text3")


def paint_check(painter: QPainter, at: QPoint, *, checked: bool) -> None:
    """The square of a check box."""
    s = theme.size
    rect = QRect(at.x(), at.y(), s.check, s.check)
    if checked:
        box(painter, rect, theme.colour("accent"), radius=s.radius_tag)
        icons.draw(painter, "check", at.x() + 1, at.y() + 1, "on_accent", s.icon_small)
    else:
        box(painter, rect, theme.colour("panel"), theme.colour("edge"), radius=s.radius_tag)


class Choice(QComboBox):
    """A list that drops down. `chosen` carries the value when a person chooses."""

    chosen = Signal(object)

    def __init__(self, options: Options = (), value: Any = None, *, ems: float = 0) -> None:
        super().__init__()
        self._error = False
        self._open = False
        self.setFixedHeight(theme.size.control)
        self.setSizePolicy(Policy.Expanding, Policy.Fixed)
        self.setFocusPolicy(Focus.StrongFocus)
        if ems:
            self.setFixedWidth(theme.ems(ems))
        self.set_options(options, value)
        self.activated.connect(self._on_activated)

    def set_options(self, options: Options, value: Any = None) -> None:
        """Other choices; not an edit."""
        self.clear()
        for choice, text in options:
            self.addItem(text, choice)
        self.set_value(value)

    def value(self) -> Any:
        """The chosen value, or None."""
        return self.currentData()

    def set_value(self, value: Any) -> None:
        """Choose; not an edit."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return

    def set_error(self, wrong: bool) -> None:
        """Show the frame of a field with a mistake."""
        self._error = wrong
        self.update()

    def _on_activated(self, _index: int) -> None:
        self.chosen.emit(self.value())

    def showPopup(self) -> None:  # noqa: N802 - Qt's name
        self._open = True
        super().showPopup()

    def hidePopup(self) -> None:  # noqa: N802 - Qt's name
        self._open = False
        super().hidePopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def sizeHint(self) -> QSize:
        widest = max((width_of(self.itemText(i), "body") for i in range(self.count())), default=0)
        return QSize(widest + 3 * theme.size.m + theme.size.icon, theme.size.control)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.ems(5), theme.size.control)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        field_frame(
            painter,
            self.rect(),
            focused=self.hasFocus() or self._open,
            error=self._error,
            enabled=self.isEnabled(),
        )
        side = s.icon
        x = self.width() - s.field_pad - side
        icons.draw(painter, "chevron-down", x, (self.height() - side) // 2, "text2", side)
        room = QRect(s.field_pad, 0, x - s.field_pad - s.xs, self.height())
        words(painter, room, self.currentText(), "body", "text" if self.isEnabled() else "text2")
