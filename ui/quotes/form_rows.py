"""Rows of the form that stand beside their label instead of below it, and lines that unfold."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons
from ui.qt import LEFT, Key, Policy
from ui.theme import theme
from ui.widgets.field import BelowRow, Field
from ui.widgets.hovering import Hovering
from ui.widgets.paint import box, key_hint, key_width, width_of, words
from ui.widgets.text import Label


class RowField(QWidget):
    """Label at the left, control at the right, helper or error below: for quantities and switches."""

    def __init__(self, label: str, control: QWidget, helper: str = "") -> None:
        super().__init__()
        self.control = control
        self._helper = helper
        self._error = ""
        self.label = Label(label, "panel", "text2", wrap=True)
        self.below = Label(helper, "caption", "text3", wrap=True)
        if not helper:  # showing it before it has its place would open it as a window
            self.below.hide()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.label)
        self._below_row = BelowRow(control, self.below)
        left.addLayout(self._below_row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.size.m)
        row.addLayout(left, 1)
        row.addWidget(control)
        target = control.focusProxy() or control
        target.setAccessibleName(label)
        buddy = QLabel.setBuddy
        buddy(self.label, target)

    def set_helper(self, text: str) -> None:
        """A soft line below the label."""
        self._helper = text
        self._show()

    def set_error(self, text: str) -> None:
        """Say below the label what is wrong; "" takes it away."""
        if text == self._error:
            return
        self._error = text
        if hasattr(self.control, "set_error"):
            self.control.set_error(bool(text))
        self._show()

    def _show(self) -> None:
        text = self._error or self._helper
        self.below.set_text(text)
        self.below.set_tone("danger" if self._error else "text3")
        self.below.setVisible(bool(text))
        self._below_row.set_wrong(bool(self._error))
        (self.control.focusProxy() or self.control).setAccessibleDescription(text)


class ErrorLine(QWidget):
    """Where a part of the form tells what belongs to none of its fields, or what is wrong with fields side by
    side, across their whole width. ``control`` takes the focus.
    """

    def __init__(self, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self._told: dict[object, str] = {}
        self._words = Label("", "caption", "danger", wrap=True)
        self._row = BelowRow(self, self._words)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._row)
        self.setVisible(False)

    def set_error(self, text: str) -> None:
        """Say what is wrong; "" takes it away."""
        self.tell(None, text)

    def tell(self, whose: object, text: str) -> None:
        """Say what is wrong with one of several; "" takes it away."""
        if text:
            self._told[whose] = text
        else:
            self._told.pop(whose, None)
        said = "\n".join(dict.fromkeys(self._told.values()))
        self._words.set_text(said)
        self._row.set_wrong(bool(said))
        self.setVisible(bool(said))

    def words(self) -> str:
        """What is said."""
        return self._words.words()


class Beside:
    """One of several controls in a row: its mistakes are told by the line below all of them. ``field``: the
    one it stands in, if any.
    """

    def __init__(self, control: QWidget, line: ErrorLine, field: Field | None = None) -> None:
        self.control, self._line, self._field = control, line, field

    def set_error(self, text: str) -> None:
        """Mark the control and say below the row what is wrong; "" takes it away."""
        self._line.tell(self, text)
        if self._field is not None:
            self._field.set_told_elsewhere(text)
            return
        if hasattr(self.control, "set_error"):
            self.control.set_error(bool(text))
        (self.control.focusProxy() or self.control).setAccessibleDescription(text)


class _PlainButton(Hovering, QPushButton):
    """A painted button that Enter presses too, as everywhere in the program."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("painted", True)
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Key.Key_Return, Key.Key_Enter} and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class LinkButton(_PlainButton):
    """An action among fields: an icon and words in the accent, the key at the right end."""

    def __init__(self, text: str, icon: str = "plus", key: str = "") -> None:
        super().__init__()
        self._words, self._icon, self._key = text, icon, key
        self.setAccessibleName(text)
        self.setSizePolicy(Policy.Expanding if key else Policy.Fixed, Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Other words."""
        self._words = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key to show at the right end, or none."""
        if key != self._key:
            self._key = key
            self.update()

    def words(self) -> str:
        """The words on it."""
        return self._words

    def sizeHint(self) -> QSize:
        s = theme.size
        width = s.icon + s.icon_gap + width_of(self._words, "body") + 2 * s.xs
        return QSize(width + (s.m + key_width(self._key) if self._key else 0), s.control_small)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        tone = ("accent_hover" if self._hovered else "accent") if self.isEnabled() else "text3"
        if self.hasFocus():
            box(painter, self.rect(), None, theme.colour("accent"), width=s.focus)
        icons.draw(painter, self._icon, s.xs // 2, (self.height() - s.icon) // 2, tone, s.icon)
        room = self.rect().adjusted(s.icon + s.icon_gap + s.xs // 2, 0, 0, 0)
        words(painter, room, self._words, "body", tone, LEFT)
        if self._key:
            width = key_width(self._key)
            frame = self.rect().adjusted(self.width() - width, 0, 0, 0)
            top = (self.height() - s.key_height) // 2
            frame.setTop(top)
            frame.setHeight(s.key_height)
            key_hint(painter, frame, self._key, "text3", "frame")


class FoldLine(_PlainButton):
    """A quiet line that unfolds what it sums up: `設置場所 お客さまの住所 ⌄`. ``opened`` carries whether it is
    open. It stands at the right of a label or alone, as wide as its words.
    """

    opened = Signal(bool)

    def __init__(self, label: str) -> None:
        super().__init__()
        self._label, self._value = label, ""
        self._open = False
        self.setAccessibleName(label)
        self.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.setFixedHeight(theme.size.chip)
        self.clicked.connect(self._on_clicked)

    @property
    def is_open(self) -> bool:
        """Whether what it sums up is shown."""
        return self._open

    def set_value(self, text: str) -> None:
        """What it sums up."""
        if text != self._value:
            self._value = text
            self.setAccessibleDescription(text)
            self.setToolTip(text)
            self.updateGeometry()
            self.update()

    def set_open(self, now: bool) -> None:
        """Unfold or fold."""
        if now != self._open:
            self._open = now
            self.update()
            self.opened.emit(now)

    def _on_clicked(self) -> None:
        self.set_open(not self._open)

    def sizeHint(self) -> QSize:
        s = theme.size
        label, value = width_of(self._label, "caption"), width_of(self._value, "caption")
        return QSize(label + s.s + value + s.xs + s.icon_small + 2 * s.xs, s.chip)

    def minimumSizeHint(self) -> QSize:
        s = theme.size
        label = width_of(self._label, "caption")
        return QSize(label + theme.ems(3) + s.icon_small + 3 * s.xs, s.chip)

    def paintEvent(self, event: QPaintEvent) -> None:
        s = theme.size
        painter = QPainter(self)
        if self._hovered:
            box(painter, self.rect(), theme.colour("hover"))
        room = self.rect().adjusted(s.xs, 0, 0, 0)
        used = words(painter, room, self._label, "caption", "text2", LEFT)
        side = s.icon_small
        room = room.adjusted(used + s.s, 0, -side - 2 * s.xs, 0)
        words(painter, room, self._value, "caption", "text", LEFT)
        name = "chevron-up" if self._open else "chevron-down"
        icons.draw(painter, name, self.width() - side - s.xs, (self.height() - side) // 2, "text2", side)
        if self.hasFocus():
            box(painter, self.rect(), None, theme.colour("accent"), width=s.focus)
